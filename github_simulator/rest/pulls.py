"""Pull requests."""

from typing import cast

from github_simulator import issues, pulls, reviews, views
from github_simulator.permissions import check
from github_simulator.rest.request import RestRequest, RestResponse, operation
from github_simulator.state import PullRequest
from github_simulator.views.base import Json


def _pull(request: RestRequest) -> PullRequest:
    pull = cast("PullRequest", request.thread(PullRequest))
    check(request.actor, pull.repository, "pull:read")
    return pull


@operation("pulls/list")
def list_pulls(request: RestRequest) -> RestResponse:
    """Return pull requests, newest first.

    Parameters of the query select some: `state`, `head` (the branch, as `owner:branch`) and `base` (the
    branch that it is merged into).
    """
    repository = request.repository("pull:read")
    state, head, base = (
        request.query.get("state", "open"),
        request.query.get("head"),
        request.query.get("base"),
    )
    owner = repository.owner.login
    mine = [
        pull
        for pull in reversed(pulls.pulls_of(repository))
        if state in ("all", pull.state)
        and head in (None, f"{owner}:{pull.head_ref}")
        and base in (None, pull.base_ref)
    ]
    if request.query.get("direction") == "asc":
        mine.reverse()
    shown, headers = request.page(mine)
    return RestResponse([views.pull_in_list(request.world, each) for each in shown], headers=headers)


@operation("pulls/get")
def get(request: RestRequest) -> Json:
    """Return a pull request."""
    return views.pull(request.world, _pull(request))


@operation("pulls/create", 201)
def create(request: RestRequest) -> Json:
    """Open a pull request."""
    given = request.body
    made = pulls.open_pull(
        request.world, request.actor, request.repository(), given.get("title") or "", given["head"],
        given["base"], given.get("body") or "", draft=bool(given.get("draft")),
    )  # fmt: skip
    return views.pull(request.world, made)


@operation("pulls/update")
def update(request: RestRequest) -> Json:
    """Change title, body or state of a pull request."""
    pull, given = _pull(request), request.body
    if "title" in given or "body" in given:
        body = (given["body"] or "") if "body" in given else None
        issues.edit(request.world, request.actor, pull, given.get("title"), body)
    if given.get("state") == "closed":
        issues.set_state(request.world, request.actor, pull, "closed")
    elif given.get("state") == "open":
        pulls.reopen(request.world, request.actor, pull)
    return views.pull(request.world, pull)


@operation("pulls/list-files")
def list_files(request: RestRequest) -> RestResponse:
    """Return the changed files of a pull request."""
    pull = _pull(request)
    shown, headers = request.page(pulls.changes(pull))
    body = [views.change(request.world, pull.repository, pull.head_oid, each) for each in shown]
    return RestResponse(body, headers=headers)


@operation("pulls/list-commits")
def list_commits(request: RestRequest) -> RestResponse:
    """Return the commits of a pull request, oldest first."""
    pull = _pull(request)
    shown, headers = request.page(pull.repository.git.between(pull.base_oid, pull.head_oid))
    return RestResponse(
        [views.commit(request.world, pull.repository, each) for each in shown], headers=headers
    )


@operation("pulls/merge")
def merge(request: RestRequest) -> Json:
    """Merge a pull request."""
    pull = _pull(request)
    how = request.body.get("merge_method", "merge")
    oid = pulls.merge(request.world, request.actor, pull, how, request.body.get("sha"))
    return {"sha": oid, "merged": True, "message": "Pull Request successfully merged"}


@operation("pulls/request-reviewers", 201)
def request_reviewers(request: RestRequest) -> Json:
    """Request reviews of a pull request from people."""
    pull = _pull(request)
    pulls.request_reviews(request.world, request.actor, pull, request.body.get("reviewers") or ())
    return views.pull_in_list(request.world, pull)


@operation("pulls/create-review", 200)
def create_review(request: RestRequest) -> Json:
    """Review a pull request, with comments on lines of its diff."""
    pull, given = _pull(request), request.body
    state = reviews.STATES[given.get("event", "COMMENT")]
    made = reviews.review(
        request.world, request.actor, pull, state, given.get("body") or "", given.get("comments") or ()
    )
    return _as_here(views.review(request.world, made))


def _as_here(shown: Json) -> Json:
    """Return the JSON of a review with its state in upper case, unlike in webhooks."""
    return shown | {"body": shown["body"] or "", "state": str(shown["state"]).upper()}


@operation("pulls/list-reviews")
def list_reviews(request: RestRequest) -> RestResponse:
    """Return the reviews of a pull request, oldest first."""
    shown, headers = request.page(_pull(request).reviews)
    as_here = [_as_here(views.review(request.world, each)) for each in shown]
    return RestResponse(as_here, headers=headers)
