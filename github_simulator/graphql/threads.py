"""The resolvers of threads, comments, reviews, labels, reactions and check runs."""

from collections.abc import Sequence
from typing import Any

from github_simulator import pulls, reviews
from github_simulator.comments import REACTIONS, replies_to
from github_simulator.graphql.connections import connection
from github_simulator.graphql.context import Context, fields_of
from github_simulator.graphql.gitobjects import CommitObject, RefObject, git_object
from github_simulator.permissions import may, right_on
from github_simulator.state import (
    AuthoredNode,
    CheckRun,
    Discussion,
    DiscussionCategory,
    IssueComment,
    Label,
    Node,
    PullRequest,
    PullRequestReview,
    Reaction,
    Repository,
    Thread,
)
from github_simulator.tokens import Actor
from github_simulator.views.base import page
from github_simulator.views.threads import association

REACTION_NAMES = {
    "+1": "THUMBS_UP", "-1": "THUMBS_DOWN", "laugh": "LAUGH", "confused": "CONFUSED", "heart": "HEART",
    "hooray": "HOORAY", "rocket": "ROCKET", "eyes": "EYES",
}  # fmt: skip
"""The `content` of reactions: REST's spelling to GraphQL's."""


def pull_state(it: PullRequest) -> str:
    """Return the state of a pull request in GraphQL: OPEN, CLOSED or MERGED."""
    return "MERGED" if it.merged_at else it.state.upper()


def _repository_of(it: Thread | IssueComment | PullRequestReview) -> Repository:
    if isinstance(it, PullRequestReview):
        return it.pull.repository
    return it.thread.repository if isinstance(it, IssueComment) else it.repository


def _timeline(
    it: Thread,
    _: Context,
    itemTypes: Sequence[str] | None = None,  # noqa: N803
    since: Any = None,
    **args: Any,
) -> dict[str, Any]:
    names = {True: "LABELED_EVENT", False: "UNLABELED_EVENT"}
    named: list[tuple[str, Node]] = [(names[event.added], event) for event in it.timeline]
    named += [("RENAMED_TITLE_EVENT", event) for event in it.renamings]
    found = [event for name, event in named if not itemTypes or name in itemTypes]
    return connection(sorted(found, key=lambda event: event.id), args)


def _reaction_groups(it: AuthoredNode, context: Context) -> list[dict[str, Any]]:
    return [
        {
            "content": REACTION_NAMES[content],
            "users": connection([r.user for r in it.reactions if r.content == content], {}),
            "reactors": connection([r.user for r in it.reactions if r.content == content], {}),
            "createdAt": None,
            "viewerHasReacted": any(
                r.content == content and r.user is context.actor.user for r in it.reactions
            ),
            "subject": it,
        }
        for content in REACTIONS
    ]


def _reactions(it: AuthoredNode, _: Context, content: str | None = None, **args: Any) -> dict[str, Any]:
    found = [r for r in it.reactions if content in (None, REACTION_NAMES[r.content])]
    return connection(found, args)


def _can(verb: str) -> Any:
    def resolve(it: Thread | IssueComment, context: Context) -> bool:
        thread = it.thread if isinstance(it, IssueComment) else it
        mine = it.author is not None and it.author is context.actor.user
        return mine or may(context.actor, thread.repository, right_on(thread, verb))

    return resolve


fields_of(
    AuthoredNode,
    {
        "viewerDidAuthor": lambda it, context: it.author is not None and it.author is context.actor.user,
        "authorAssociation": lambda it, _: association(_repository_of(it), it),
        "bodyText": lambda it, _: it.body,
        "includesCreatedEdit": lambda it, _: it.last_edited_at is not None,
        "createdViaEmail": lambda *_: False,
        "publishedAt": lambda it, _: it.created_at,
        "reactionGroups": _reaction_groups,
        "reactions": _reactions,
        "viewerCanUpdate": _can("write"),
        "viewerCanDelete": _can("write"),
        "viewerCanReact": _can("comment"),
    },
)
fields_of(
    Thread,
    {
        "state": lambda it, _: it.state.upper(),
        "stateReason": lambda it, _, **__: (it.state_reason or "").upper() or None,
        "closed": lambda it, _: it.state == "closed",
        "activeLockReason": lambda *_: None,
        "labels": lambda it, _, orderBy=None, **args: connection(it.labels, args),  # noqa: N803
        "comments": lambda it, _, orderBy=None, **args: connection(it.comments, args),  # noqa: N803
        "assignees": lambda it, _, **args: connection([], args),
        "milestone": lambda *_: None,
        "timelineItems": _timeline,
        "url": lambda it, context: thread_url(context, it),
        "resourcePath": lambda it, context: thread_url(context, it).removeprefix(context.world.url),
        "viewerCanLabel": _can("triage"),
        "viewerCanClose": _can("triage"),
        "viewerCanReopen": _can("triage"),
    },
)
fields_of(
    Discussion,
    {
        "comments": lambda it, _, **args: connection([c for c in it.comments if not c.reply_to], args),
        "answer": lambda *_: None,
        "isAnswered": lambda *_: None,
        "upvoteCount": lambda *_: 1,
    },
)


fields_of(
    DiscussionCategory,
    {
        "emojiHTML": lambda it, _: f"<div>{it.emoji}</div>",
        "isAnswerable": lambda *_: False,
        "updatedAt": lambda it, _: it.created_at,
    },
)


def thread_url(context: Context, it: Thread) -> str:
    """Return the URL of a thread's web page."""
    path = {"Issue": "issues", "PullRequest": "pull", "Discussion": "discussions"}[type(it).__name__]
    return page(context.world, it.repository, f"/{path}/{it.number}")


def _comment_url(it: IssueComment, context: Context) -> str:
    anchor = "discussioncomment" if isinstance(it.thread, Discussion) else "issuecomment"
    return f"{thread_url(context, it.thread)}#{anchor}-{it.id}"


fields_of(
    IssueComment,
    {
        "url": _comment_url,
        "resourcePath": lambda it, context: _comment_url(it, context).removeprefix(context.world.url),
        "issue": lambda it, _: it.thread,
        "discussion": lambda it, _: it.thread,
        "pullRequest": lambda it, _: it.thread if isinstance(it.thread, PullRequest) else None,
        "repository": lambda it, _: it.thread.repository,
        "isMinimized": lambda it, _: it.minimized is not None,
        "minimizedReason": lambda it, _: it.minimized,
        "replies": lambda it, _, **args: connection(replies_to(it), args),
        "isAnswer": lambda *_: False,
        "upvoteCount": lambda *_: 1,
    },
)

# -- pull requests


def _commits(it: PullRequest, _: Context, **args: Any) -> dict[str, Any]:
    found = it.repository.git.between(it.base_oid, it.head_oid)
    wrapped = [{"commit": CommitObject(it.repository, c.id.decode()), "pullRequest": it} for c in found]
    return connection(wrapped, args)


def _files(it: PullRequest, context: Context, **args: Any) -> dict[str, Any] | None:
    if any(fault.kind == "no-files" for fault in context.faults):
        return None
    names = {"removed": "DELETED"}
    found = [
        {
            "path": change.path,
            "additions": change.additions,
            "deletions": change.deletions,
            "changeType": names.get(change.status, change.status.upper()),
            "viewerViewedState": "UNVIEWED",
        }
        for change in pulls.changes(it)
    ]
    return connection(found, args)


def _opinions(
    it: PullRequest,
    _: Context,
    writersOnly: bool = False,  # noqa: N803
    **args: Any,
) -> dict[str, Any]:
    found = reviews.opinions(it)
    if writersOnly:
        found = [
            each for each in found if each.author and may(Actor(each.author), it.repository, "code:write")
        ]
    return connection(found, args)


def _branch(it: PullRequest, name: str) -> RefObject | None:
    return RefObject(it.repository, f"refs/heads/{name}") if it.repository.git.branch(name) else None


fields_of(
    PullRequest,
    {
        "state": lambda it, _: pull_state(it),
        "merged": lambda it, _: it.merged_at is not None,
        "isDraft": lambda it, _: it.draft,
        "headRefName": lambda it, _: it.head_ref,
        "headRefOid": lambda it, _: it.head_oid,
        "headRef": lambda it, _: _branch(it, it.head_ref),
        "headRepository": lambda it, _: it.fork or it.repository,
        "headRepositoryOwner": lambda it, _: (it.fork or it.repository).owner,
        "isCrossRepository": lambda it, _: it.fork is not None,
        "baseRefName": lambda it, _: it.base_ref,
        "baseRefOid": lambda it, _: it.base_oid,
        "baseRef": lambda it, _: _branch(it, it.base_ref),
        "baseRepository": lambda it, _: it.repository,
        "mergeCommit": lambda it, _: git_object(it.repository, it.merge_oid),
        "mergeable": lambda it, _: "MERGEABLE" if it.state == "open" else "UNKNOWN",
        "mergeStateStatus": lambda it, _: "CLEAN" if it.state == "open" else "UNKNOWN",
        "maintainerCanModify": lambda *_: False,
        "commits": _commits,
        "files": _files,
        "changedFiles": lambda it, _: len(pulls.changes(it)),
        "additions": lambda it, _: sum(change.additions for change in pulls.changes(it)),
        "deletions": lambda it, _: sum(change.deletions for change in pulls.changes(it)),
        "reviewDecision": lambda it, _: reviews.decision(it),
        "reviews": lambda it, _, states=None, author=None, **args: connection(
            [each for each in it.reviews if not states or each.state in states], args
        ),
        "latestOpinionatedReviews": _opinions,
        "totalCommentsCount": lambda it, _: len(it.comments),
        "permalink": lambda it, context: thread_url(context, it),
    },
)

fields_of(
    PullRequestReview,
    {
        "submittedAt": lambda it, _: it.created_at,
        "pullRequest": lambda it, _: it.pull,
        "repository": lambda it, _: it.pull.repository,
        "commit": lambda it, _: git_object(it.pull.repository, it.commit_oid),
        "url": lambda it, context: f"{thread_url(context, it.pull)}#pullrequestreview-{it.id}",
        "comments": lambda it, _, **args: connection([], args),
    },
)

# -- labels, reactions, check runs


fields_of(
    Label,
    {
        "isDefault": lambda *_: False,
        "url": lambda it, context: f"{context.world.url}/labels/{it.name}",
    },
)
fields_of(Reaction, {"content": lambda it, _: REACTION_NAMES[it.content]})
fields_of(
    CheckRun,
    {
        "status": lambda it, _: it.status.upper(),
        "conclusion": lambda it, _: it.conclusion.upper() if it.conclusion else None,
        "url": lambda it, context: page(context.world, it.repository, f"/runs/{it.id}"),
        "permalink": lambda it, context: page(context.world, it.repository, f"/runs/{it.id}"),
        "annotations": lambda it, _, **args: connection(
            [
                {
                    "path": each["path"],
                    "message": each["message"],
                    "title": each.get("title"),
                    "annotationLevel": str(each["annotation_level"]).upper(),
                    "location": {
                        "start": {"line": each["start_line"], "column": None},
                        "end": {"line": each["end_line"], "column": None},
                    },
                }
                for each in it.annotations
            ],
            args,
        ),
    },
)
