"""Pull requests."""

from typing import cast

from github_simulator import issues, pulls, views
from github_simulator.permissions import check
from github_simulator.rest.request import Answer, Call, operation
from github_simulator.state import PullRequest
from github_simulator.views.base import Json


def _pull(call: Call) -> PullRequest:
    pull = cast("PullRequest", call.thread(PullRequest))
    check(call.actor, pull.repository, "pull:read")
    return pull


@operation("pulls/list")
def list_pulls(call: Call) -> Answer:
    """Answer with pull requests, newest first, by `state`, `head` (`owner:branch`) and `base`."""
    repository = call.repository("pull:read")
    state, head, base = call.query.get("state", "open"), call.query.get("head"), call.query.get("base")
    owner = repository.owner.login
    mine = [
        pull
        for pull in reversed(pulls.pulls_of(repository))
        if state in ("all", pull.state)
        and head in (None, f"{owner}:{pull.head_ref}")
        and base in (None, pull.base_ref)
    ]
    if call.query.get("direction") == "asc":
        mine.reverse()
    shown, headers = call.page(mine)
    return Answer([views.pull_in_list(call.world, each) for each in shown], headers=headers)


@operation("pulls/get")
def get(call: Call) -> Json:
    """Answer with a pull request."""
    return views.pull(call.world, _pull(call))


@operation("pulls/create", 201)
def create(call: Call) -> Json:
    """Open a pull request."""
    given = call.body
    made = pulls.open_pull(
        call.world, call.actor, call.repository(), given.get("title") or "", given["head"], given["base"],
        given.get("body") or "", draft=bool(given.get("draft")),
    )  # fmt: skip
    return views.pull(call.world, made)


@operation("pulls/update")
def update(call: Call) -> Json:
    """Change title, body or state."""
    pull, given = _pull(call), call.body
    if "title" in given or "body" in given:
        body = (given["body"] or "") if "body" in given else None
        issues.edit(call.world, call.actor, pull, given.get("title"), body)
    if given.get("state") == "closed":
        issues.set_state(call.world, call.actor, pull, "closed")
    elif given.get("state") == "open":
        pulls.reopen(call.world, call.actor, pull)
    return views.pull(call.world, pull)


@operation("pulls/list-files")
def list_files(call: Call) -> Answer:
    """Answer with the changed files."""
    pull = _pull(call)
    shown, headers = call.page(pulls.changes(pull))
    body = [views.change(call.world, pull.repository, pull.head_oid, each) for each in shown]
    return Answer(body, headers=headers)


@operation("pulls/list-commits")
def list_commits(call: Call) -> Answer:
    """Answer with the commits, oldest first."""
    pull = _pull(call)
    shown, headers = call.page(pull.repository.git.between(pull.base_oid, pull.head_oid))
    return Answer([views.commit(call.world, pull.repository, each) for each in shown], headers=headers)


@operation("pulls/merge")
def merge(call: Call) -> Json:
    """Merge."""
    pull = _pull(call)
    how = call.body.get("merge_method", "merge")
    oid = pulls.merge(call.world, call.actor, pull, how, call.body.get("sha"))
    return {"sha": oid, "merged": True, "message": "Pull Request successfully merged"}


@operation("pulls/request-reviewers", 201)
def request_reviewers(call: Call) -> Json:
    """Ask people for a review."""
    pull = _pull(call)
    pulls.request_reviews(call.world, call.actor, pull, call.body.get("reviewers") or ())
    return views.pull_in_list(call.world, pull)


@operation("pulls/list-reviews")
def list_reviews(call: Call) -> Answer:
    """Answer with the reviews of a pull request, oldest first; their state in capitals, unlike webhooks."""
    shown, headers = call.page(_pull(call).reviews)
    reviews = (views.review(call.world, each) for each in shown)
    as_here = [each | {"body": each["body"] or "", "state": str(each["state"]).upper()} for each in reviews]
    return Answer(as_here, headers=headers)
