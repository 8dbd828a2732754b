"""Issues, comments, labels and reactions."""

from typing import Any

from github_simulator import comments, issues, views
from github_simulator.errors import ApiError, invalid
from github_simulator.permissions import check, right_on
from github_simulator.rest.request import Answer, Call, found, operation
from github_simulator.search import SORTED
from github_simulator.state import Discussion, IssueComment, Label, Repository, Thread
from github_simulator.views.base import Json

LISTED_BY = {"state", "labels", "creator", "sort", "direction", "page", "per_page"}


def _readable(call: Call) -> Thread:
    thread = call.thread()
    if isinstance(thread, Discussion):
        raise ApiError(404, "Not Found")
    check(call.actor, thread.repository, right_on(thread, "read"))
    return thread


@operation("issues/get")
def get(call: Call) -> Json:
    """Answer with an issue, or with a pull request as an issue."""
    return views.issue(call.world, _readable(call))


@operation("issues/list-for-repo")
def list_issues(call: Call) -> Answer:
    """Answer with issues and pull requests, newest first, by `state`, `labels` and `creator`."""
    repository = call.repository("issue:read")
    if unknown := call.query.keys() - LISTED_BY:
        raise NotImplementedError(f"the simulator does not know {', '.join(sorted(unknown))} of issues")
    state, wanted = call.query.get("state", "open"), call.query.get("labels", "")
    names, creator = {name.lower() for name in wanted.split(",") if name}, call.query.get("creator")
    threads = [
        thread
        for thread in repository.threads.values()
        if not isinstance(thread, Discussion)
        and state in ("all", thread.state)
        and names <= {label.name.lower() for label in thread.labels}
        and (creator is None or (thread.author is not None and thread.author.login == creator))
    ]
    order = SORTED[call.query.get("sort", "created")]
    threads.sort(key=order, reverse=call.query.get("direction") != "asc")  # type: ignore[arg-type]
    shown, headers = call.page(threads)
    return Answer([views.issue(call.world, each) for each in shown], headers=headers)


@operation("issues/create", 201)
def create(call: Call) -> Json:
    """Open an issue."""
    names = [each if isinstance(each, str) else each["name"] for each in call.body.get("labels") or []]
    title, body = str(call.body["title"]), call.body.get("body") or ""
    return views.issue(
        call.world, issues.open_issue(call.world, call.actor, call.repository(), title, body, names)
    )


@operation("issues/update")
def update(call: Call) -> Json:
    """Change title, body, labels or state."""
    thread, given = _readable(call), call.body
    if "title" in given or "body" in given:
        body = (given["body"] or "") if "body" in given else None
        issues.edit(call.world, call.actor, thread, given.get("title"), body)
    if "labels" in given:
        _set_labels(call, thread, given["labels"])
    if "state" in given:
        issues.set_state(call.world, call.actor, thread, given["state"], given.get("state_reason"))
    return views.issue(call.world, thread)


@operation("issues/lock", 204)
def lock(call: Call) -> None:
    """Lock a conversation."""
    issues.lock(call.world, call.actor, _readable(call), locked=True)


@operation("issues/unlock", 204)
def unlock(call: Call) -> None:
    """Unlock a conversation."""
    issues.lock(call.world, call.actor, _readable(call), locked=False)


# -- comments


@operation("issues/list-comments")
def list_comments(call: Call) -> Answer:
    """Answer with the comments of a thread, oldest first."""
    shown, headers = call.page(_readable(call).comments)
    return Answer([views.comment(call.world, each) for each in shown], headers=headers)


@operation("issues/list-events")
def list_events(call: Call) -> Answer:
    """Answer with who set and took off labels, oldest first; other events are not kept."""
    thread = _readable(call)
    shown, headers = call.page(thread.timeline)
    return Answer([views.label_event(call.world, thread, each) for each in shown], headers=headers)


@operation("issues/list-comments-for-repo")
def list_all_comments(call: Call) -> Answer:
    """Answer with the comments of all threads, oldest first; `direction` counts only beside `sort`."""
    threads = call.repository("issue:read").threads.values()
    mine = [c for thread in threads if not isinstance(thread, Discussion) for c in thread.comments]
    newest_first = "sort" in call.query and call.query.get("direction") == "desc"
    shown, headers = call.page(sorted(mine, key=lambda each: each.id, reverse=newest_first))
    return Answer([views.comment(call.world, each) for each in shown], headers=headers)


@operation("issues/create-comment", 201)
def create_comment(call: Call) -> Json:
    """Comment."""
    made = comments.comment(call.world, call.actor, _readable(call), call.body["body"])
    return views.comment(call.world, made)


def _comment(call: Call) -> IssueComment:
    repository = call.repository()
    for thread in repository.threads.values():
        for comment in thread.comments:
            if comment.id == int(call.params["comment_id"]) and not isinstance(thread, Discussion):
                check(call.actor, repository, right_on(thread, "read"))
                return comment
    raise ApiError(404, "Not Found")


@operation("issues/get-comment")
def get_comment(call: Call) -> Json:
    """Answer with a comment."""
    return views.comment(call.world, _comment(call))


@operation("issues/update-comment")
def update_comment(call: Call) -> Json:
    """Change a comment."""
    comment = _comment(call)
    comments.edit_comment(call.world, call.actor, comment, call.body["body"])
    return views.comment(call.world, comment)


@operation("issues/delete-comment", 204)
def delete_comment(call: Call) -> None:
    """Delete a comment."""
    comments.delete_comment(call.world, call.actor, _comment(call))


# -- labels


def _labels(call: Call, repository: Repository, labels: list[Label]) -> list[Json]:
    return [views.label(call.world, repository, each) for each in labels]


@operation("issues/list-labels-for-repo")
def list_labels(call: Call) -> Answer:
    """Answer with the labels of a repository."""
    repository = call.repository()
    shown, headers = call.page(list(repository.labels.values()))
    return Answer(_labels(call, repository, shown), headers=headers)


@operation("issues/get-label")
def get_label(call: Call) -> Json:
    """Answer with a label by name."""
    repository = call.repository()
    label = issues.find_label(call.world, repository, call.params["name"])
    return views.label(call.world, repository, label)


@operation("issues/create-label", 201)
def create_label(call: Call) -> Json:
    """Make a label."""
    repository, given = call.repository(), call.body
    color, description = given.get("color") or "ededed", given.get("description")
    label = issues.create_label(call.world, call.actor, repository, given["name"], color, description)
    return views.label(call.world, repository, label)


@operation("issues/delete-label", 204)
def delete_label(call: Call) -> None:
    """Delete a label of the repository."""
    repository = call.repository()
    label = issues.find_label(call.world, repository, call.params["name"])
    issues.delete_label(call.world, call.actor, repository, label)


@operation("issues/list-labels-on-issue")
def labels_of(call: Call) -> list[Json]:
    """Answer with the labels of a thread."""
    thread = _readable(call)
    return _labels(call, thread.repository, thread.labels)


@operation("issues/add-labels")
def add_labels(call: Call) -> list[Json]:
    """Set labels by name; new names are made."""
    thread = _readable(call)
    check(call.actor, thread.repository, right_on(thread, "triage"))
    issues.add_labels(call.world, call.actor, thread, _named(call, thread, call.body))
    return _labels(call, thread.repository, thread.labels)


@operation("issues/set-labels")
def set_labels(call: Call) -> list[Json]:
    """Replace all labels."""
    thread = _readable(call)
    _set_labels(call, thread, call.body)
    return _labels(call, thread.repository, thread.labels)


@operation("issues/remove-label")
def remove_label(call: Call) -> list[Json]:
    """Take one label off. ApiError 404 when it is not set."""
    thread = _readable(call)
    wanted = call.params["name"].lower()
    label = next((each for each in thread.labels if each.name.lower() == wanted), None)
    if label is None:
        raise ApiError(404, "Label does not exist")
    issues.remove_labels(call.world, call.actor, thread, [label])
    return _labels(call, thread.repository, thread.labels)


@operation("issues/remove-all-labels", 204)
def remove_all_labels(call: Call) -> None:
    """Take all labels off."""
    _set_labels(call, _readable(call), [])


def _named(call: Call, thread: Thread, given: Any) -> list[Label]:
    names = given.get("labels", []) if isinstance(given, dict) else given
    texts = [each if isinstance(each, str) else each["name"] for each in names]
    return [issues.find_label(call.world, thread.repository, name, make=True) for name in texts]


def _set_labels(call: Call, thread: Thread, given: Any) -> None:
    check(call.actor, thread.repository, right_on(thread, "triage"))
    wanted = _named(call, thread, given)
    issues.set_labels(call.world, call.actor, thread, wanted)


# -- reactions


def _react(call: Call, on: Thread | IssueComment) -> Answer:
    made, is_new = comments.react(call.world, call.actor, on, call.body["content"])
    return Answer(views.reaction(call.world, made), 201 if is_new else 200)


def _reactions(call: Call, on: Thread | IssueComment) -> Answer:
    wanted = call.query.get("content")
    shown, headers = call.page([r for r in on.reactions if wanted in (None, r.content)])
    return Answer([views.reaction(call.world, each) for each in shown], headers=headers)


@operation("reactions/create-for-issue")
def react_to_issue(call: Call) -> Answer:
    """React to a thread."""
    return _react(call, _readable(call))


@operation("reactions/create-for-issue-comment")
def react_to_comment(call: Call) -> Answer:
    """React to a comment."""
    return _react(call, _comment(call))


@operation("reactions/list-for-issue")
def reactions_of_issue(call: Call) -> Answer:
    """Answer with the reactions to a thread."""
    return _reactions(call, _readable(call))


@operation("reactions/list-for-issue-comment")
def reactions_of_comment(call: Call) -> Answer:
    """Answer with the reactions to a comment."""
    return _reactions(call, _comment(call))


@operation("reactions/delete-for-issue", 204)
def unreact_issue(call: Call) -> None:
    """Take one's reaction to a thread back."""
    _unreact(call, _readable(call))


@operation("reactions/delete-for-issue-comment", 204)
def unreact_comment(call: Call) -> None:
    """Take one's reaction to a comment back."""
    _unreact(call, _comment(call))


def _unreact(call: Call, on: Thread | IssueComment) -> None:
    wanted = int(call.params["reaction_id"])
    reaction = found(next((r for r in on.reactions if r.id == wanted), None))
    if reaction.user is not call.actor.user:
        raise invalid("Reaction", "user", "invalid")
    comments.unreact(call.world, call.actor, on, reaction.content)
