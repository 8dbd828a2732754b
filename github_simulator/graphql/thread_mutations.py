"""Mutations of pull requests, issues, discussions and labels."""

from github_simulator import discussions, issues, pulls
from github_simulator.errors import not_found
from github_simulator.graphql.context import Context
from github_simulator.graphql.mutation import MutationInput, Payload, mutation, only, see
from github_simulator.state import (
    Discussion,
    DiscussionCategory,
    Issue,
    Label,
    PullRequest,
    Repository,
    Thread,
)

# -- pull requests


@mutation
def create_pull_request(c: Context, given: MutationInput) -> Payload:
    """Open a pull request."""
    repository = see(c, given["repositoryId"], Repository)
    pull = pulls.open_pull(
        c.world, c.actor, repository, given["title"], given["headRefName"].removeprefix("refs/heads/"),
        given["baseRefName"].removeprefix("refs/heads/"), given.get("body") or "",
        draft=bool(given.get("draft")),
    )  # fmt: skip
    return {"pullRequest": pull}


@mutation
def update_pull_request(c: Context, given: MutationInput) -> Payload:
    """Change title, body or state of a pull request."""
    pull = see(c, given["pullRequestId"], PullRequest)
    issues.edit(c.world, c.actor, pull, given.get("title"), given.get("body"))
    if given.get("state") == "CLOSED":
        issues.set_state(c.world, c.actor, pull, "closed")
    elif given.get("state") == "OPEN" and pull.state == "closed":
        pulls.reopen(c.world, c.actor, pull)
    return {"pullRequest": pull, "actor": c.actor.account}


@mutation
def close_pull_request(c: Context, given: MutationInput) -> Payload:
    """Close a pull request."""
    pull = see(c, given["pullRequestId"], PullRequest)
    issues.set_state(c.world, c.actor, pull, "closed")
    return {"pullRequest": pull}


@mutation
def reopen_pull_request(c: Context, given: MutationInput) -> Payload:
    """Reopen a pull request."""
    pull = see(c, given["pullRequestId"], PullRequest)
    pulls.reopen(c.world, c.actor, pull)
    return {"pullRequest": pull}


@mutation
def merge_pull_request(c: Context, given: MutationInput) -> Payload:
    """Merge a pull request."""
    pull = see(c, given["pullRequestId"], PullRequest)
    how = str(given.get("mergeMethod") or "MERGE").lower()
    pulls.merge(c.world, c.actor, pull, how, given.get("expectedHeadOid"))
    return {"pullRequest": pull, "actor": c.actor.account}


def _set_draft(c: Context, given: MutationInput, *, draft: bool) -> Payload:
    pull = see(c, given["pullRequestId"], PullRequest)
    pulls.set_draft(c.world, c.actor, pull, draft=draft)
    return {"pullRequest": pull}


@mutation
def convert_pull_request_to_draft(c: Context, given: MutationInput) -> Payload:
    """Convert a pull request to a draft."""
    return _set_draft(c, given, draft=True)


@mutation
def mark_pull_request_ready_for_review(c: Context, given: MutationInput) -> Payload:
    """Mark a draft as ready for review."""
    return _set_draft(c, given, draft=False)


# -- issues, discussions and labels


@mutation
def create_issue(c: Context, given: MutationInput) -> Payload:
    """Open an issue."""
    only(given, "repositoryId", "title", "body", "labelIds")
    repository = see(c, given["repositoryId"], Repository)
    names = [label.name for label in _labels(c, given, repository)]
    body = given.get("body") or ""
    return {"issue": issues.open_issue(c.world, c.actor, repository, given["title"], body, names)}


@mutation
def update_issue(c: Context, given: MutationInput) -> Payload:
    """Change title, body, labels or state of an issue."""
    only(given, "id", "title", "body", "labelIds", "state")
    issue = see(c, given["id"], Issue)
    if given.get("labelIds") is not None:
        issues.set_labels(c.world, c.actor, issue, _labels(c, given, issue.repository))
    issues.edit(c.world, c.actor, issue, given.get("title"), given.get("body"))
    if given.get("state"):
        issues.set_state(c.world, c.actor, issue, given["state"].lower())
    return {"issue": issue, "actor": c.actor.account}


@mutation
def close_issue(c: Context, given: MutationInput) -> Payload:
    """Close an issue."""
    issue = see(c, given["issueId"], Issue)
    issues.set_state(c.world, c.actor, issue, "closed", (given.get("stateReason") or "COMPLETED").lower())
    return {"issue": issue}


@mutation
def reopen_issue(c: Context, given: MutationInput) -> Payload:
    """Reopen an issue."""
    issue = see(c, given["issueId"], Issue)
    issues.set_state(c.world, c.actor, issue, "open")
    return {"issue": issue}


@mutation
def create_discussion(c: Context, given: MutationInput) -> Payload:
    """Open a discussion."""
    repository = see(c, given["repositoryId"], Repository)
    category = _category(c, given, repository)
    made = discussions.open_discussion(c.world, c.actor, repository, given["title"], given["body"], category)
    return {"discussion": made}


@mutation
def update_discussion(c: Context, given: MutationInput) -> Payload:
    """Change title, body or category of a discussion."""
    discussion = see(c, given["discussionId"], Discussion)
    issues.edit(c.world, c.actor, discussion, given.get("title"), given.get("body"))
    if given.get("categoryId"):
        category = _category(c, given, discussion.repository)
        discussions.move_to_category(c.world, c.actor, discussion, category)
    return {"discussion": discussion}


def _category(c: Context, given: MutationInput, repository: Repository) -> DiscussionCategory:
    category = c.world.node(given["categoryId"], DiscussionCategory)
    if category.repository is not repository:
        raise not_found("Could not resolve to a DiscussionCategory of this repository")
    return category


@mutation
def close_discussion(c: Context, given: MutationInput) -> Payload:
    """Close a discussion."""
    discussion = see(c, given["discussionId"], Discussion)
    issues.set_state(c.world, c.actor, discussion, "closed", (given.get("reason") or "RESOLVED").lower())
    return {"discussion": discussion}


@mutation
def create_label(c: Context, given: MutationInput) -> Payload:
    """Create a label in a repository."""
    repository = see(c, given["repositoryId"], Repository)
    color, description = given["color"], given.get("description")
    return {"label": issues.create_label(c.world, c.actor, repository, given["name"], color, description)}


def _labels(c: Context, given: MutationInput, repository: Repository) -> list[Label]:
    labels = [c.world.node(each, Label) for each in given.get("labelIds") or ()]
    for label in labels:
        if label not in repository.labels.values():
            raise not_found("Could not resolve to a Label of this repository")
    return labels


@mutation
def add_labels_to_labelable(c: Context, given: MutationInput) -> Payload:
    """Add labels to a thread."""
    thread = see(c, given["labelableId"], Thread)
    issues.add_labels(c.world, c.actor, thread, _labels(c, given, thread.repository))
    return {"labelable": thread}


@mutation
def remove_labels_from_labelable(c: Context, given: MutationInput) -> Payload:
    """Remove labels from a thread."""
    thread = see(c, given["labelableId"], Thread)
    issues.remove_labels(c.world, c.actor, thread, _labels(c, given, thread.repository))
    return {"labelable": thread}
