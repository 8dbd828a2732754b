"""The JSON of issues, pull requests and discussions, their labels, comments, reviews and reactions."""

from github_simulator import pulls
from github_simulator.comments import replies_to
from github_simulator.permissions import ROLES
from github_simulator.state import (
    AuthoredNode,
    Discussion,
    DiscussionCategory,
    DiscussionComment,
    IssueComment,
    Label,
    LabelEvent,
    PullRequest,
    PullRequestReview,
    Reaction,
    Repository,
    Thread,
)
from github_simulator.views.accounts import app, user, user_or_ghost, user_or_none
from github_simulator.views.base import Json, api, page, repo_api, time, time_or_none
from github_simulator.views.repositories import as_side
from github_simulator.world import World

COUNTED = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def label(world: World, repository: Repository, it: Label) -> Json:
    """Return the JSON of a label."""
    return {
        "id": it.id,
        "node_id": it.node_id,
        "url": repo_api(world, repository, f"/labels/{it.name.replace(' ', '%20')}"),
        "name": it.name,
        "color": it.color,
        "default": False,
        "description": it.description,
    }


def association(repository: Repository, node: AuthoredNode) -> str:
    """Return how the author of a thread, comment or review belongs to a repository, as `author_association`.

    It is "OWNER", "COLLABORATOR" or "NONE". Clients must not use it for authorisation.
    """
    if node.author is None:
        return "NONE"
    if node.author is repository.owner:
        return "OWNER"
    role = repository.collaborators.get(node.author.login.lower(), "none")
    return "COLLABORATOR" if ROLES.index(role) > ROLES.index("read") else "NONE"


def reaction(world: World, it: Reaction) -> Json:
    """Return the JSON of a reaction."""
    return {
        "id": it.id,
        "node_id": it.node_id,
        "user": user_or_ghost(world, it.user),
        "content": it.content,
        "created_at": time(it.created_at),
    }


def _authored(world: World, repository: Repository, it: AuthoredNode, url: str) -> Json:
    counts = {content: sum(r.content == content for r in it.reactions) for content in COUNTED}
    return {
        "id": it.id,
        "node_id": it.node_id,
        "url": url,
        "user": user_or_ghost(world, it.author),
        "body": it.body,
        "created_at": time(it.created_at),
        "updated_at": time(it.updated_at),
        "author_association": association(repository, it),
        "performed_via_github_app": app(world, it.app) if it.app else None,
        "reactions": {"url": f"{url}/reactions", "total_count": len(it.reactions)} | counts,
    }


def comment(world: World, it: IssueComment) -> Json:
    """Return the JSON of a comment on an issue or a pull request."""
    repository, number = it.thread.repository, it.thread.number
    url = repo_api(world, repository, f"/issues/comments/{it.id}")
    return _authored(world, repository, it, url) | {
        "html_url": page(world, repository, f"/issues/{number}#issuecomment-{it.id}"),
        "issue_url": repo_api(world, repository, f"/issues/{number}"),
    }


def _thread(world: World, it: Thread, url: str) -> Json:
    issue_url = repo_api(world, it.repository, f"/issues/{it.number}")
    return _authored(world, it.repository, it, url) | {
        "number": it.number,
        "title": it.title,
        "state": it.state,
        "locked": it.locked,
        "active_lock_reason": None,
        "labels": [label(world, it.repository, each) for each in it.labels],
        "comments": len(it.comments),
        "comments_url": f"{issue_url}/comments",
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "closed_at": time_or_none(it.closed_at),
    }


def issue(world: World, it: Thread) -> Json:
    """Return the JSON of an issue, or of a pull request as REST's issues API has it."""
    url = repo_api(world, it.repository, f"/issues/{it.number}")
    is_pull = isinstance(it, PullRequest)
    kind = "pull" if is_pull else "issues"
    view = _thread(world, it, url) | {
        "html_url": page(world, it.repository, f"/{kind}/{it.number}"),
        "repository_url": repo_api(world, it.repository),
        "labels_url": f"{url}/labels{{/name}}",
        "events_url": f"{url}/events",
        "timeline_url": f"{url}/timeline",
        "closed_by": user_or_none(world, it.closed_by),
        "state_reason": it.state_reason,
    }
    if isinstance(it, PullRequest):
        html = page(world, it.repository, f"/pull/{it.number}")
        view["pull_request"] = {
            "url": repo_api(world, it.repository, f"/pulls/{it.number}"),
            "html_url": html,
            "diff_url": f"{html}.diff",
            "patch_url": f"{html}.patch",
            "merged_at": time_or_none(it.merged_at),
        }
        view["draft"] = it.draft
    return view


def label_event(world: World, thread: Thread, it: LabelEvent) -> Json:
    """Return the JSON of a `labeled` or `unlabeled` event as REST has it in the list of a thread's events."""
    return {
        "id": it.id,
        "node_id": it.node_id,
        "url": repo_api(world, thread.repository, f"/issues/events/{it.id}"),
        "actor": user_or_ghost(world, it.actor),
        "event": "labeled" if it.added else "unlabeled",
        "commit_id": None,
        "commit_url": None,
        "created_at": time(it.created_at),
        "label": {"name": it.label.name, "color": it.label.color},
        "performed_via_github_app": None,
    }


def pull_in_list(world: World, it: PullRequest) -> Json:
    """Return the JSON of a pull request as REST has it in lists, without counts and mergeability."""
    url = repo_api(world, it.repository, f"/pulls/{it.number}")
    issue_url = repo_api(world, it.repository, f"/issues/{it.number}")
    statuses = repo_api(world, it.repository, f"/statuses/{it.head_oid}")
    html = page(world, it.repository, f"/pull/{it.number}")
    view = _thread(world, it, url) | {
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "issue_url": issue_url,
        "commits_url": f"{url}/commits",
        "review_comments_url": f"{url}/comments",
        "review_comment_url": api(world, f"/repos/{it.repository.full_name}/pulls/comments{{/number}}"),
        "statuses_url": statuses,
        "head": as_side(world, it.fork or it.repository, it.head_ref, it.head_oid),
        "base": as_side(world, it.repository, it.base_ref, it.base_oid),
        "draft": it.draft,
        "merged_at": time_or_none(it.merged_at),
        "merge_commit_sha": it.merge_oid,
        "auto_merge": None,
        "requested_reviewers": [user(world, each) for each in it.requested],
        "requested_teams": [],
        "_links": {
            "self": {"href": url},
            "html": {"href": html},
            "issue": {"href": issue_url},
            "comments": {"href": f"{issue_url}/comments"},
            "review_comments": {"href": f"{url}/comments"},
            "review_comment": {"href": f"{url}/comments{{/number}}"},
            "commits": {"href": f"{url}/commits"},
            "statuses": {"href": statuses},
        },
    }
    del view["reactions"], view["performed_via_github_app"], view["comments"]
    return view


def pull(world: World, it: PullRequest) -> Json:
    """Return the JSON of a pull request as REST has it alone, with counts and mergeability."""
    changes = pulls.changes(it)
    return pull_in_list(world, it) | {
        "comments": len(it.comments),
        "review_comments": 0,
        "commits": len(it.repository.git.between(it.base_oid, it.head_oid)),
        "additions": sum(change.additions for change in changes),
        "deletions": sum(change.deletions for change in changes),
        "changed_files": len(changes),
        "merged": it.merged_at is not None,
        "merged_by": user_or_none(world, it.merged_by),
        "mergeable": it.state == "open" or None,
        "rebaseable": None,
        "mergeable_state": "clean" if it.state == "open" else "unknown",
        "maintainer_can_modify": False,
    }


def review(world: World, it: PullRequestReview) -> Json:
    """Return the JSON of a review as webhook payloads have it, with its state in lower case."""
    pull_url = repo_api(world, it.pull.repository, f"/pulls/{it.pull.number}")
    html = page(world, it.pull.repository, f"/pull/{it.pull.number}#pullrequestreview-{it.id}")
    return {
        "id": it.id,
        "node_id": it.node_id,
        "user": user_or_ghost(world, it.author),
        "body": it.body or None,
        "commit_id": it.commit_oid,
        "submitted_at": time(it.created_at),
        "updated_at": time(it.updated_at),
        "state": it.state.lower(),
        "html_url": html,
        "pull_request_url": pull_url,
        "author_association": association(it.pull.repository, it),
        "_links": {"html": {"href": html}, "pull_request": {"href": pull_url}},
    }


# -- discussions, in webhook payloads only


def category(world: World, it: DiscussionCategory) -> Json:
    """Return the JSON of a category of discussions."""
    del world
    return {
        "id": it.id,
        "node_id": it.node_id,
        "repository_id": it.repository.id,
        "emoji": it.emoji,
        "name": it.name,
        "description": it.description,
        "created_at": time(it.created_at),
        "updated_at": time(it.created_at),
        "slug": it.slug,
        "is_answerable": False,
    }


def discussion(world: World, it: Discussion) -> Json:
    """Return the JSON of a discussion. It has REST URLs, although REST has no operations for discussions."""
    url = repo_api(world, it.repository, f"/discussions/{it.number}")
    view = _authored(world, it.repository, it, url)
    del view["url"], view["performed_via_github_app"]
    return view | {
        "repository_url": repo_api(world, it.repository),
        "html_url": page(world, it.repository, f"/discussions/{it.number}"),
        "timeline_url": f"{url}/timeline",
        "category": category(world, it.category),
        "answer_html_url": None,
        "answer_chosen_at": None,
        "answer_chosen_by": None,
        "number": it.number,
        "title": it.title,
        "labels": [label(world, it.repository, each) for each in it.labels],
        "state": "locked" if it.locked else it.state,
        "state_reason": it.state_reason,
        "locked": it.locked,
        "active_lock_reason": None,
        "comments": len(it.comments),
    }


def discussion_comment(world: World, it: DiscussionComment) -> Json:
    """Return the JSON of a comment on a discussion; `parent_id` is the comment to which it replies."""
    repository, number = it.thread.repository, it.thread.number
    view = _authored(world, repository, it, repo_api(world, repository, f"/discussions/comments/{it.id}"))
    del view["url"], view["performed_via_github_app"]
    return view | {
        "html_url": page(world, repository, f"/discussions/{number}#discussioncomment-{it.id}"),
        "repository_url": repo_api(world, repository),
        "discussion_id": it.thread.id,
        "parent_id": it.reply_to.id if it.reply_to else None,
        "child_comment_count": len(replies_to(it)),
    }
