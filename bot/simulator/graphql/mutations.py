"""Mutations: each a function of the context and its input, giving the fields of its payload."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from bot.simulator import branches, checks, comments, issues, pulls
from bot.simulator.errors import ApiError, not_found, unprocessable
from bot.simulator.graphql.context import Context
from bot.simulator.graphql.gitobjects import CommitObject, RefObject, find_node
from bot.simulator.graphql.threads import REACTION_NAMES
from bot.simulator.permissions import check, right_on
from bot.simulator.state import (
    CheckRun,
    Discussion,
    DiscussionComment,
    Issue,
    IssueComment,
    Label,
    PullRequest,
    Repository,
    Thread,
)

Input = dict[str, Any]
Payload = dict[str, Any]
Mutation = Callable[[Context, Input], Payload]
MUTATIONS: dict[str, Mutation] = {}
CONTENTS = {graphql: rest for rest, graphql in REACTION_NAMES.items()}


def mutation(function: Mutation) -> Mutation:
    """Register a mutation under its name in GraphQL's spelling."""
    first, *rest = function.__name__.split("_")
    MUTATIONS[first + "".join(word.capitalize() for word in rest)] = function
    return function


def _see(c: Context, node_id: str, kind: type[Any]) -> Any:
    """Find what a mutation is about; what the caller may not see is not there."""
    found = c.world.node(node_id, kind)
    thread = found.thread if isinstance(found, IssueComment) else found
    if isinstance(thread, Thread):
        check(c.actor, thread.repository, right_on(thread, "read"))
    elif isinstance(thread, Repository | CheckRun):
        check(c.actor, thread if isinstance(thread, Repository) else thread.repository, "metadata:read")
    return found


# -- branches


@mutation
def create_ref(c: Context, given: Input) -> Payload:
    """Create a reference."""
    repository = _see(c, given["repositoryId"], Repository)
    name = given["name"]
    try:
        branches.create_ref(c.world, c.actor, repository, name, given["oid"])
    except ApiError as error:
        if error.message == "Reference already exists":
            raise unprocessable(f'A ref named "{name}" already exists in the repository.') from None
        raise
    return {"ref": RefObject(repository, name)}


def _ref(c: Context, node_id: str) -> RefObject:
    found = find_node(c, node_id)
    if not isinstance(found, RefObject):
        raise not_found(f"Could not resolve to a Ref with the global id of '{node_id}'")
    return found


@mutation
def update_ref(c: Context, given: Input) -> Payload:
    """Move a reference."""
    ref = _ref(c, given["refId"])
    force = bool(given.get("force"))
    branches.update_ref(c.world, c.actor, ref.repository, ref.full_name, given["oid"], force=force)
    return {"ref": ref}


@mutation
def update_refs(c: Context, given: Input) -> Payload:
    """Create, move or delete references, all or none."""
    repository = _see(c, given["repositoryId"], Repository)
    updates = [
        branches.RefUpdate(each["name"], each.get("beforeOid"), each["afterOid"], bool(each.get("force")))
        for each in given["refUpdates"]
    ]
    branches.update_refs(c.world, c.actor, repository, updates)
    return {}


@mutation
def delete_ref(c: Context, given: Input) -> Payload:
    """Delete a reference."""
    ref = _ref(c, given["refId"])
    branches.delete_ref(c.world, c.actor, ref.repository, ref.full_name)
    return {}


@mutation
def create_commit_on_branch(c: Context, given: Input) -> Payload:
    """Commit whole files onto the head that the caller knows."""
    branch = given["branch"]
    if "id" in branch:
        ref = _ref(c, branch["id"])
        repository, name = ref.repository, ref.full_name
    else:
        owner, _, repo = branch["repositoryNameWithOwner"].partition("/")
        repository, name = c.world.repository(owner, repo), branch["branchName"]
        check(c.actor, repository, "metadata:read")
    name = name.removeprefix("refs/heads/")
    if not repository.git.branch(name):
        raise unprocessable(f'Branch "{name}" not found')
    message = given["message"]
    text = "\n\n".join(filter(None, (message["headline"], message.get("body"))))
    files = _files(given.get("fileChanges") or {})
    oid = branches.commit_files(c.world, c.actor, repository, name, files, text, given["expectedHeadOid"])
    return {"commit": CommitObject(repository, oid), "ref": RefObject(repository, f"refs/heads/{name}")}


def _files(changes: Input) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {each["path"]: None for each in changes.get("deletions") or ()}
    for addition in changes.get("additions") or ():
        try:
            files[addition["path"]] = base64.b64decode(addition["contents"], validate=True)
        except (binascii.Error, ValueError):
            raise unprocessable(f"contents of `{addition['path']}` is not valid Base64") from None
    return files


# -- pull requests


@mutation
def create_pull_request(c: Context, given: Input) -> Payload:
    """Open a pull request."""
    repository = _see(c, given["repositoryId"], Repository)
    pull = pulls.open_pull(
        c.world, c.actor, repository, given["title"], given["headRefName"].removeprefix("refs/heads/"),
        given["baseRefName"].removeprefix("refs/heads/"), given.get("body") or "",
        draft=bool(given.get("draft")),
    )  # fmt: skip
    return {"pullRequest": pull}


@mutation
def update_pull_request(c: Context, given: Input) -> Payload:
    """Change title, body or state."""
    pull = _see(c, given["pullRequestId"], PullRequest)
    issues.edit(c.world, c.actor, pull, given.get("title"), given.get("body"))
    if given.get("state") == "CLOSED":
        issues.set_state(c.world, c.actor, pull, "closed")
    elif given.get("state") == "OPEN" and pull.state == "closed":
        pulls.reopen(c.world, c.actor, pull)
    return {"pullRequest": pull, "actor": c.actor.account}


@mutation
def close_pull_request(c: Context, given: Input) -> Payload:
    """Close."""
    pull = _see(c, given["pullRequestId"], PullRequest)
    issues.set_state(c.world, c.actor, pull, "closed")
    return {"pullRequest": pull}


@mutation
def reopen_pull_request(c: Context, given: Input) -> Payload:
    """Open again."""
    pull = _see(c, given["pullRequestId"], PullRequest)
    pulls.reopen(c.world, c.actor, pull)
    return {"pullRequest": pull}


@mutation
def merge_pull_request(c: Context, given: Input) -> Payload:
    """Merge."""
    pull = _see(c, given["pullRequestId"], PullRequest)
    how = str(given.get("mergeMethod") or "MERGE").lower()
    pulls.merge(c.world, c.actor, pull, how, given.get("expectedHeadOid"))
    return {"pullRequest": pull, "actor": c.actor.account}


def _set_draft(c: Context, given: Input, *, draft: bool) -> Payload:
    pull = _see(c, given["pullRequestId"], PullRequest)
    check(c.actor, pull.repository, "pull:write")
    pull.draft = draft
    action = "converted_to_draft" if draft else "ready_for_review"
    issues.tell(c.world, pull, action, c.actor.account)
    return {"pullRequest": pull}


@mutation
def convert_pull_request_to_draft(c: Context, given: Input) -> Payload:
    """Make a pull request a draft."""
    return _set_draft(c, given, draft=True)


@mutation
def mark_pull_request_ready_for_review(c: Context, given: Input) -> Payload:
    """Make a draft an ordinary pull request."""
    return _set_draft(c, given, draft=False)


# -- issues and labels


@mutation
def create_issue(c: Context, given: Input) -> Payload:
    """Open an issue."""
    repository = _see(c, given["repositoryId"], Repository)
    names = [c.world.node(each, Label).name for each in given.get("labelIds") or ()]
    body = given.get("body") or ""
    return {"issue": issues.open_issue(c.world, c.actor, repository, given["title"], body, names)}


@mutation
def update_issue(c: Context, given: Input) -> Payload:
    """Change title, body or state."""
    issue = _see(c, given["id"], Issue)
    issues.edit(c.world, c.actor, issue, given.get("title"), given.get("body"))
    if given.get("state"):
        issues.set_state(c.world, c.actor, issue, given["state"].lower())
    return {"issue": issue, "actor": c.actor.account}


@mutation
def close_issue(c: Context, given: Input) -> Payload:
    """Close."""
    issue = _see(c, given["issueId"], Issue)
    issues.set_state(c.world, c.actor, issue, "closed", (given.get("stateReason") or "COMPLETED").lower())
    return {"issue": issue}


@mutation
def reopen_issue(c: Context, given: Input) -> Payload:
    """Open again."""
    issue = _see(c, given["issueId"], Issue)
    issues.set_state(c.world, c.actor, issue, "open")
    return {"issue": issue}


@mutation
def create_label(c: Context, given: Input) -> Payload:
    """Make a label."""
    repository = _see(c, given["repositoryId"], Repository)
    color, description = given["color"], given.get("description")
    return {"label": issues.create_label(c.world, c.actor, repository, given["name"], color, description)}


def _labels(c: Context, given: Input, thread: Thread) -> list[Label]:
    labels = [c.world.node(each, Label) for each in given["labelIds"]]
    for label in labels:
        if label not in thread.repository.labels.values():
            raise ApiError(404, "Not Found", graphql="Could not resolve to a Label of this repository")
    return labels


@mutation
def add_labels_to_labelable(c: Context, given: Input) -> Payload:
    """Set labels."""
    thread = _see(c, given["labelableId"], Thread)
    issues.add_labels(c.world, c.actor, thread, _labels(c, given, thread))
    return {"labelable": thread}


@mutation
def remove_labels_from_labelable(c: Context, given: Input) -> Payload:
    """Take labels off."""
    thread = _see(c, given["labelableId"], Thread)
    issues.remove_labels(c.world, c.actor, thread, _labels(c, given, thread))
    return {"labelable": thread}


# -- comments and reactions


@mutation
def add_comment(c: Context, given: Input) -> Payload:
    """Comment on an issue or a pull request."""
    thread = _see(c, given["subjectId"], Thread)
    if isinstance(thread, Discussion):
        raise ApiError(404, "Not Found", graphql="Could not resolve to an Issue or a PullRequest")
    made = comments.comment(c.world, c.actor, thread, given["body"])
    return {"commentEdge": {"node": made, "cursor": made.node_id}, "subject": thread}


@mutation
def add_discussion_comment(c: Context, given: Input) -> Payload:
    """Comment on a discussion, or reply."""
    thread = _see(c, given["discussionId"], Discussion)
    to = c.world.node(given["replyToId"], DiscussionComment) if given.get("replyToId") else None
    return {"comment": comments.comment(c.world, c.actor, thread, given["body"], to)}


def _edit_comment(c: Context, node_id: str, kind: type[IssueComment], body: str) -> IssueComment:
    comment: IssueComment = _see(c, node_id, kind)
    comments.edit_comment(c.world, c.actor, comment, body)
    return comment


@mutation
def update_issue_comment(c: Context, given: Input) -> Payload:
    """Change a comment."""
    return {"issueComment": _edit_comment(c, given["id"], IssueComment, given["body"])}


@mutation
def update_discussion_comment(c: Context, given: Input) -> Payload:
    """Change a comment on a discussion."""
    return {"comment": _edit_comment(c, given["commentId"], DiscussionComment, given["body"])}


@mutation
def delete_issue_comment(c: Context, given: Input) -> Payload:
    """Delete a comment."""
    comments.delete_comment(c.world, c.actor, _see(c, given["id"], IssueComment))
    return {}


@mutation
def delete_discussion_comment(c: Context, given: Input) -> Payload:
    """Delete a comment on a discussion."""
    comment = _see(c, given["id"], DiscussionComment)
    comments.delete_comment(c.world, c.actor, comment)
    return {"comment": comment}


@mutation
def minimize_comment(c: Context, given: Input) -> Payload:
    """Hide a comment."""
    return _minimize(c, given, given["classifier"].lower())


@mutation
def unminimize_comment(c: Context, given: Input) -> Payload:
    """Show a hidden comment again."""
    comment = _minimize(c, given, None)["minimizedComment"]
    return {"unminimizedComment": comment}


def _minimize(c: Context, given: Input, why: str | None) -> Payload:
    comment = _see(c, given["subjectId"], IssueComment)
    check(c.actor, comment.thread.repository, right_on(comment.thread, "write"))
    comment.minimized = why
    return {"minimizedComment": comment}


@mutation
def add_reaction(c: Context, given: Input) -> Payload:
    """React."""
    on = _see(c, given["subjectId"], Thread | IssueComment)  # type: ignore[arg-type]  # isinstance takes both
    made, _ = comments.react(c.world, c.actor, on, CONTENTS[given["content"]])
    return {"reaction": made, "subject": on}


@mutation
def remove_reaction(c: Context, given: Input) -> Payload:
    """Take a reaction back."""
    on = _see(c, given["subjectId"], Thread | IssueComment)  # type: ignore[arg-type]  # isinstance takes both
    return {"reaction": comments.unreact(c.world, c.actor, on, CONTENTS[given["content"]]), "subject": on}


# -- check runs


@mutation
def create_check_run(c: Context, given: Input) -> Payload:
    """Create a check run."""
    repository = _see(c, given["repositoryId"], Repository)
    fields = _check_fields(given)
    made = checks.create_check(c.world, c.actor, repository, given["name"], given["headSha"], fields)
    return {"checkRun": made}


@mutation
def update_check_run(c: Context, given: Input) -> Payload:
    """Change a check run."""
    run = _see(c, given["checkRunId"], CheckRun)
    checks.update_check(c.world, c.actor, run, _check_fields(given))
    return {"checkRun": run}


def _check_fields(given: Input) -> dict[str, Any]:
    """Say in REST's words what GraphQL says in its own."""
    output = dict(given.get("output") or {})
    annotations = [
        {
            "path": each["path"],
            "start_line": each["location"]["startLine"],
            "end_line": each["location"]["endLine"],
            "annotation_level": each["annotationLevel"].lower(),
            "message": each["message"],
            "title": each.get("title"),
        }
        for each in output.pop("annotations", None) or ()
    ]
    return {
        "name": given.get("name"),
        "status": (given.get("status") or "").lower() or None,
        "conclusion": (given.get("conclusion") or "").lower() or None,
        "details_url": given.get("detailsUrl"),
        "external_id": given.get("externalId"),
        "output": output | {"annotations": annotations},
    }
