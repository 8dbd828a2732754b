"""Issues, comments, labels and reactions."""

from typing import Any

from github_simulator import comments, issues, views
from github_simulator.errors import ApiError, invalid
from github_simulator.permissions import check, right_on
from github_simulator.rest.request import RestRequest, RestResponse, operation, or_404
from github_simulator.search import SORTED
from github_simulator.state import Discussion, IssueComment, Label, Repository, Thread
from github_simulator.views.base import Json

LISTED_BY = {"state", "labels", "creator", "sort", "direction", "page", "per_page"}


def _readable(request: RestRequest) -> Thread:
    thread = request.thread()
    if isinstance(thread, Discussion):
        raise ApiError(404, "Not Found")
    check(request.actor, thread.repository, right_on(thread, "read"))
    return thread


@operation("issues/get")
def get(request: RestRequest) -> Json:
    """Return an issue, or a pull request as an issue."""
    return views.issue(request.world, _readable(request))


@operation("issues/list-for-repo")
def list_issues(request: RestRequest) -> RestResponse:
    """Return issues and pull requests, newest first.

    Parameters of the query, `state`, `labels` and `creator`, select some of them.
    """
    repository = request.repository("issue:read")
    if unknown := request.query.keys() - LISTED_BY:
        raise NotImplementedError(f"the simulator does not know {', '.join(sorted(unknown))} of issues")
    state, wanted = request.query.get("state", "open"), request.query.get("labels", "")
    names, creator = {name.lower() for name in wanted.split(",") if name}, request.query.get("creator")
    threads = [
        thread
        for thread in repository.threads.values()
        if not isinstance(thread, Discussion)
        and state in ("all", thread.state)
        and names <= {label.name.lower() for label in thread.labels}
        and (creator is None or (thread.author is not None and thread.author.login == creator))
    ]
    order = SORTED[request.query.get("sort", "created")]
    threads.sort(key=order, reverse=request.query.get("direction") != "asc")  # type: ignore[arg-type]
    shown, headers = request.page(threads)
    return RestResponse([views.issue(request.world, each) for each in shown], headers=headers)


@operation("issues/create", 201)
def create(request: RestRequest) -> Json:
    """Open an issue."""
    names = [each if isinstance(each, str) else each["name"] for each in request.body.get("labels") or []]
    title, body = str(request.body["title"]), request.body.get("body") or ""
    return views.issue(
        request.world,
        issues.open_issue(request.world, request.actor, request.repository(), title, body, names),
    )


@operation("issues/update")
def update(request: RestRequest) -> Json:
    """Change title, body, labels or state of an issue or pull request."""
    thread, given = _readable(request), request.body
    if "title" in given or "body" in given:
        body = (given["body"] or "") if "body" in given else None
        issues.edit(request.world, request.actor, thread, given.get("title"), body)
    if "labels" in given:
        _set_labels(request, thread, given["labels"])
    if "state" in given:
        issues.set_state(request.world, request.actor, thread, given["state"], given.get("state_reason"))
    return views.issue(request.world, thread)


@operation("issues/lock", 204)
def lock(request: RestRequest) -> None:
    """Lock a conversation."""
    issues.lock(request.world, request.actor, _readable(request), locked=True)


@operation("issues/unlock", 204)
def unlock(request: RestRequest) -> None:
    """Unlock a conversation."""
    issues.lock(request.world, request.actor, _readable(request), locked=False)


# -- comments


@operation("issues/list-comments")
def list_comments(request: RestRequest) -> RestResponse:
    """Return the comments of a thread, oldest first."""
    shown, headers = request.page(_readable(request).comments)
    return RestResponse([views.comment(request.world, each) for each in shown], headers=headers)


@operation("issues/list-events")
def list_events(request: RestRequest) -> RestResponse:
    """Return the `labeled` and `unlabeled` events of a thread, oldest first; others are not simulated."""
    thread = _readable(request)
    shown, headers = request.page(thread.timeline)
    return RestResponse([views.label_event(request.world, thread, each) for each in shown], headers=headers)


@operation("issues/list-comments-for-repo")
def list_all_comments(request: RestRequest) -> RestResponse:
    """Return the comments of all issues and pull requests of a repository, oldest first.

    `direction` in the query is ignored without `sort`.
    """
    threads = request.repository("issue:read").threads.values()
    mine = [c for thread in threads if not isinstance(thread, Discussion) for c in thread.comments]
    newest_first = "sort" in request.query and request.query.get("direction") == "desc"
    shown, headers = request.page(sorted(mine, key=lambda each: each.id, reverse=newest_first))
    return RestResponse([views.comment(request.world, each) for each in shown], headers=headers)


@operation("issues/create-comment", 201)
def create_comment(request: RestRequest) -> Json:
    """Comment on a thread."""
    made = comments.comment(request.world, request.actor, _readable(request), request.body["body"])
    return views.comment(request.world, made)


def _comment(request: RestRequest) -> IssueComment:
    repository = request.repository()
    for thread in repository.threads.values():
        for comment in thread.comments:
            if comment.id == int(request.params["comment_id"]) and not isinstance(thread, Discussion):
                check(request.actor, repository, right_on(thread, "read"))
                return comment
    raise ApiError(404, "Not Found")


@operation("issues/get-comment")
def get_comment(request: RestRequest) -> Json:
    """Return a comment."""
    return views.comment(request.world, _comment(request))


@operation("issues/update-comment")
def update_comment(request: RestRequest) -> Json:
    """Change a comment."""
    comment = _comment(request)
    comments.edit_comment(request.world, request.actor, comment, request.body["body"])
    return views.comment(request.world, comment)


@operation("issues/delete-comment", 204)
def delete_comment(request: RestRequest) -> None:
    """Delete a comment."""
    comments.delete_comment(request.world, request.actor, _comment(request))


# -- labels


def _labels(request: RestRequest, repository: Repository, labels: list[Label]) -> list[Json]:
    return [views.label(request.world, repository, each) for each in labels]


@operation("issues/list-labels-for-repo")
def list_labels(request: RestRequest) -> RestResponse:
    """Return the labels of a repository."""
    repository = request.repository()
    shown, headers = request.page(list(repository.labels.values()))
    return RestResponse(_labels(request, repository, shown), headers=headers)


@operation("issues/get-label")
def get_label(request: RestRequest) -> Json:
    """Return a label by name."""
    repository = request.repository()
    label = issues.find_label(request.world, repository, request.params["name"])
    return views.label(request.world, repository, label)


@operation("issues/create-label", 201)
def create_label(request: RestRequest) -> Json:
    """Create a label."""
    repository, given = request.repository(), request.body
    color, description = given.get("color") or "ededed", given.get("description")
    label = issues.create_label(request.world, request.actor, repository, given["name"], color, description)
    return views.label(request.world, repository, label)


@operation("issues/delete-label", 204)
def delete_label(request: RestRequest) -> None:
    """Delete a label of the repository."""
    repository = request.repository()
    label = issues.find_label(request.world, repository, request.params["name"])
    issues.delete_label(request.world, request.actor, repository, label)


@operation("issues/list-labels-on-issue")
def labels_of(request: RestRequest) -> list[Json]:
    """Return the labels of a thread."""
    thread = _readable(request)
    return _labels(request, thread.repository, thread.labels)


@operation("issues/add-labels")
def add_labels(request: RestRequest) -> list[Json]:
    """Add labels to a thread by name; missing ones are created."""
    thread = _readable(request)
    check(request.actor, thread.repository, right_on(thread, "triage"))
    issues.add_labels(request.world, request.actor, thread, _named(request, thread, request.body))
    return _labels(request, thread.repository, thread.labels)


@operation("issues/set-labels")
def set_labels(request: RestRequest) -> list[Json]:
    """Replace all labels of a thread."""
    thread = _readable(request)
    _set_labels(request, thread, request.body)
    return _labels(request, thread.repository, thread.labels)


@operation("issues/remove-label")
def remove_label(request: RestRequest) -> list[Json]:
    """Remove one label from a thread. Raises ApiError 404 when the thread does not have it."""
    thread = _readable(request)
    wanted = request.params["name"].lower()
    label = next((each for each in thread.labels if each.name.lower() == wanted), None)
    if label is None:
        raise ApiError(404, "Label does not exist")
    issues.remove_labels(request.world, request.actor, thread, [label])
    return _labels(request, thread.repository, thread.labels)


@operation("issues/remove-all-labels", 204)
def remove_all_labels(request: RestRequest) -> None:
    """Remove all labels of a thread."""
    _set_labels(request, _readable(request), [])


def _named(request: RestRequest, thread: Thread, given: Any) -> list[Label]:
    names = given.get("labels", []) if isinstance(given, dict) else given
    texts = [each if isinstance(each, str) else each["name"] for each in names]
    return [issues.find_label(request.world, thread.repository, name, make=True) for name in texts]


def _set_labels(request: RestRequest, thread: Thread, given: Any) -> None:
    check(request.actor, thread.repository, right_on(thread, "triage"))
    wanted = _named(request, thread, given)
    issues.set_labels(request.world, request.actor, thread, wanted)


# -- reactions


def _react(request: RestRequest, on: Thread | IssueComment) -> RestResponse:
    made, is_new = comments.react(request.world, request.actor, on, request.body["content"])
    return RestResponse(views.reaction(request.world, made), 201 if is_new else 200)


def _reactions(request: RestRequest, on: Thread | IssueComment) -> RestResponse:
    wanted = request.query.get("content")
    shown, headers = request.page([r for r in on.reactions if wanted in (None, r.content)])
    return RestResponse([views.reaction(request.world, each) for each in shown], headers=headers)


@operation("reactions/create-for-issue")
def react_to_issue(request: RestRequest) -> RestResponse:
    """Add a reaction to a thread."""
    return _react(request, _readable(request))


@operation("reactions/create-for-issue-comment")
def react_to_comment(request: RestRequest) -> RestResponse:
    """Add a reaction to a comment."""
    return _react(request, _comment(request))


@operation("reactions/list-for-issue")
def reactions_of_issue(request: RestRequest) -> RestResponse:
    """Return the reactions to a thread."""
    return _reactions(request, _readable(request))


@operation("reactions/list-for-issue-comment")
def reactions_of_comment(request: RestRequest) -> RestResponse:
    """Return the reactions to a comment."""
    return _reactions(request, _comment(request))


@operation("reactions/delete-for-issue", 204)
def unreact_issue(request: RestRequest) -> None:
    """Remove the caller's own reaction to a thread."""
    _unreact(request, _readable(request))


@operation("reactions/delete-for-issue-comment", 204)
def unreact_comment(request: RestRequest) -> None:
    """Remove the caller's own reaction to a comment."""
    _unreact(request, _comment(request))


def _unreact(request: RestRequest, on: Thread | IssueComment) -> None:
    wanted = int(request.params["reaction_id"])
    reaction = or_404(next((r for r in on.reactions if r.id == wanted), None))
    if reaction.user is not request.actor.user:
        raise invalid("Reaction", "user", "invalid")
    comments.unreact(request.world, request.actor, on, reaction.content)
