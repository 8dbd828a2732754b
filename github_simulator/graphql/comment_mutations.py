"""Mutations of comments, reactions and check runs."""

from typing import Any

from github_simulator import checks, comments
from github_simulator.errors import ApiError
from github_simulator.graphql.context import Context
from github_simulator.graphql.mutation import MutationInput, Payload, mutation, see
from github_simulator.graphql.threads import REACTION_NAMES
from github_simulator.state import CheckRun, Discussion, DiscussionComment, IssueComment, Repository, Thread

CONTENTS = {graphql: rest for rest, graphql in REACTION_NAMES.items()}

# -- comments and reactions


@mutation
def add_comment(c: Context, given: MutationInput) -> Payload:
    """Comment on an issue or a pull request."""
    thread = see(c, given["subjectId"], Thread)
    if isinstance(thread, Discussion):
        raise ApiError(404, "Not Found", graphql="Could not resolve to an Issue or a PullRequest")
    made = comments.comment(c.world, c.actor, thread, given["body"])
    return {"commentEdge": {"node": made, "cursor": made.node_id}, "subject": thread}


@mutation
def add_discussion_comment(c: Context, given: MutationInput) -> Payload:
    """Comment on a discussion, or reply to a comment."""
    thread = see(c, given["discussionId"], Discussion)
    to = c.world.node(given["replyToId"], DiscussionComment) if given.get("replyToId") else None
    return {"comment": comments.comment(c.world, c.actor, thread, given["body"], to)}


def _edit_comment(c: Context, node_id: str, kind: type[IssueComment], body: str) -> IssueComment:
    comment: IssueComment = see(c, node_id, kind)
    comments.edit_comment(c.world, c.actor, comment, body)
    return comment


@mutation
def update_issue_comment(c: Context, given: MutationInput) -> Payload:
    """Change a comment on an issue or a pull request."""
    return {"issueComment": _edit_comment(c, given["id"], IssueComment, given["body"])}


@mutation
def update_discussion_comment(c: Context, given: MutationInput) -> Payload:
    """Change a comment on a discussion."""
    return {"comment": _edit_comment(c, given["commentId"], DiscussionComment, given["body"])}


@mutation
def delete_issue_comment(c: Context, given: MutationInput) -> Payload:
    """Delete a comment on an issue or a pull request."""
    comments.delete_comment(c.world, c.actor, see(c, given["id"], IssueComment))
    return {}


@mutation
def delete_discussion_comment(c: Context, given: MutationInput) -> Payload:
    """Delete a comment on a discussion."""
    comment = see(c, given["id"], DiscussionComment)
    comments.delete_comment(c.world, c.actor, comment)
    return {"comment": comment}


@mutation
def minimize_comment(c: Context, given: MutationInput) -> Payload:
    """Minimize a comment, for the reason in the input's `classifier`."""
    return _minimize(c, given, given["classifier"].lower())


@mutation
def unminimize_comment(c: Context, given: MutationInput) -> Payload:
    """Unminimize a comment."""
    comment = _minimize(c, given, None)["minimizedComment"]
    return {"unminimizedComment": comment}


def _minimize(c: Context, given: MutationInput, why: str | None) -> Payload:
    comment = see(c, given["subjectId"], IssueComment)
    comments.minimize(c.world, c.actor, comment, why)
    return {"minimizedComment": comment}


@mutation
def add_reaction(c: Context, given: MutationInput) -> Payload:
    """Add a reaction."""
    on = see(c, given["subjectId"], comments.Reactable)  # type: ignore[arg-type]  # isinstance takes a union
    made, _ = comments.react(c.world, c.actor, on, CONTENTS[given["content"]])
    return {"reaction": made, "subject": on}


@mutation
def remove_reaction(c: Context, given: MutationInput) -> Payload:
    """Remove a reaction."""
    on = see(c, given["subjectId"], comments.Reactable)  # type: ignore[arg-type]  # isinstance takes a union
    return {"reaction": comments.unreact(c.world, c.actor, on, CONTENTS[given["content"]]), "subject": on}


# -- check runs


@mutation
def create_check_run(c: Context, given: MutationInput) -> Payload:
    """Create a check run."""
    repository = see(c, given["repositoryId"], Repository)
    fields = _check_fields(given)
    made = checks.create_check(c.world, c.actor, repository, given["name"], given["headSha"], fields)
    return {"checkRun": made}


@mutation
def update_check_run(c: Context, given: MutationInput) -> Payload:
    """Change a check run."""
    run = see(c, given["checkRunId"], CheckRun)
    checks.update_check(c.world, c.actor, run, _check_fields(given))
    return {"checkRun": run}


def _check_fields(given: MutationInput) -> dict[str, Any]:
    """Return the fields of a check run as REST names them."""
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
        "actions": given.get("actions"),
        "output": output | {"annotations": annotations},
    }
