"""Repositories, threads, comments, labels and accounts: the fields that are more than an attribute."""

from collections.abc import Sequence
from typing import Any

from bot.simulator import pulls
from bot.simulator.graphql.connections import connection
from bot.simulator.graphql.context import Context, Resolver, fields_of
from bot.simulator.graphql.gitobjects import CommitObject, RefObject, find_node, git_object, object_at
from bot.simulator.issues import REACTIONS
from bot.simulator.permissions import may, right_on, role_of
from bot.simulator.state import (
    App,
    CheckRun,
    Discussion,
    Issue,
    IssueComment,
    Label,
    LabelEvent,
    PullRequest,
    Reaction,
    Repository,
    Thing,
    Thread,
    User,
    Written,
)
from bot.simulator.views.base import page
from bot.simulator.views.threads import association
from bot.simulator.world import thread_of

REACTION_NAMES = {
    "+1": "THUMBS_UP", "-1": "THUMBS_DOWN", "laugh": "LAUGH", "confused": "CONFUSED", "heart": "HEART",
    "hooray": "HOORAY", "rocket": "ROCKET", "eyes": "EYES",
}  # fmt: skip
"""REST's content of a reaction, to GraphQL's."""
KINDS: dict[str, type[Thread]] = {"issue": Issue, "pullRequest": PullRequest, "discussion": Discussion}

# -- the root


def root_repository(_: Any, context: Context, owner: str, name: str, **__: Any) -> Repository:
    """Resolve `repository`; what the caller may not see is not there."""
    repository = context.world.repository(owner, name)
    context.check(repository, "metadata:read")
    return repository


def root_node(_: Any, context: Context, id: str) -> Any:  # noqa: A002  # GraphQL's name
    """Resolve `node`; what the caller may not see is not there."""
    found = find_node(context, id)
    if isinstance(found, IssueComment):
        context.check(found.thread.repository, right_on(found.thread, "read"))
    elif isinstance(found, Thread):
        context.check(found.repository, right_on(found, "read"))
    elif isinstance(found, Repository):
        context.check(found, "metadata:read")
    return found


ROOT: dict[str, Resolver] = {
    "repository": root_repository,
    "node": root_node,
    "nodes": lambda _, context, ids: [root_node(None, context, each) for each in ids],
    "viewer": lambda _, context: context.actor.account,
    "user": lambda _, context, login: context.world.user(login),
    "repositoryOwner": lambda _, context, login: context.world.user(login),
    "rateLimit": lambda _, context, **__: {
        "cost": context.cost,
        "limit": context.window.limit,
        "nodeCount": context.nodes,
        "remaining": max(0, context.window.remaining - context.cost),
        "resetAt": context.window.reset,
        "used": context.window.used + context.cost,
    },
}
"""The fields of Query that are known."""

# -- repositories


def _thread(kind: str) -> Any:
    def resolve(it: Repository, context: Context, number: int) -> Thread:
        context.check(it, f"{'pull' if kind == 'pullRequest' else kind}:read")
        return thread_of(it, number, KINDS[kind])

    return resolve


def _issue_or_pull(it: Repository, context: Context, number: int) -> Thread:
    found = thread_of(it, number)
    context.check(it, right_on(found, "read"))
    return found


def _pulls(
    it: Repository,
    context: Context,
    states: Sequence[str] | None = None,
    headRefName: str | None = None,  # noqa: N803
    baseRefName: str | None = None,  # noqa: N803
    **args: Any,
) -> dict[str, Any]:
    context.check(it, "pull:read")
    found = [
        pull
        for pull in pulls.pulls_of(it)
        if (not states or pull_state(pull) in states)
        and headRefName in (None, pull.head_ref)
        and baseRefName in (None, pull.base_ref)
    ]
    return connection(_ordered(found, args.get("orderBy"), args.get("labels")), args)


def _issues(
    it: Repository, context: Context, states: Sequence[str] | None = None, **args: Any
) -> dict[str, Any]:
    context.check(it, "issue:read")
    found = [t for t in it.threads.values() if isinstance(t, Issue)]
    found = [issue for issue in found if not states or issue.state.upper() in states]
    return connection(_ordered(found, args.get("orderBy"), args.get("labels")), args)


def _ordered(
    threads: Sequence[Thread], order: dict[str, str] | None, labels: Sequence[str] | None
) -> list[Thread]:
    wanted = {name.lower() for name in labels or ()}
    kept = [t for t in threads if not wanted or wanted & {label.name.lower() for label in t.labels}]
    if order:
        keys = {"UPDATED_AT": lambda t: (t.updated_at, t.id), "COMMENTS": lambda t: (len(t.comments), t.id)}
        kept.sort(key=keys.get(order["field"], lambda t: t.id), reverse=order["direction"] == "DESC")
    return kept


def _refs(
    it: Repository,
    context: Context,
    refPrefix: str,  # noqa: N803
    orderBy: dict[str, str] | None = None,  # noqa: N803
    query: str | None = None,
    direction: str | None = None,
    **args: Any,
) -> dict[str, Any]:
    context.check(it, "code:read")
    prefix = refPrefix if refPrefix.endswith("/") else f"{refPrefix}/"
    names = sorted(name for name in it.git.refs("refs/") if name.startswith(prefix))
    if query:
        names = [name for name in names if query in name]
    if orderBy and orderBy["field"] == "TAG_COMMIT_DATE":
        names.sort(key=lambda name: _date_of(it, name))
    if (orderBy or {}).get("direction", direction) == "DESC":
        names.reverse()
    return connection([RefObject(it, name) for name in names], args)


def _date_of(it: Repository, name: str) -> int:
    commit = it.git.commit_at(it.git.ref(name) or "")
    return commit.commit_time if commit else 0


def _ref(it: Repository, context: Context, qualifiedName: str) -> RefObject | None:  # noqa: N803
    context.check(it, "code:read")
    names = (qualifiedName, f"refs/heads/{qualifiedName}", f"refs/{qualifiedName}")
    found = next((name for name in names if it.git.ref(name)), None)
    return RefObject(it, found) if found else None


def _default_branch(it: Repository, context: Context) -> RefObject | None:
    context.check(it, "code:read")
    name = f"refs/heads/{it.default_branch}"
    return RefObject(it, name) if it.git.ref(name) else None


def _permission(it: Repository, context: Context) -> str | None:
    if context.actor.installation:
        return None
    role = role_of(context.actor, it)
    return None if role == "none" else role.upper()


fields_of(Thing, {"id": lambda it, _: it.node_id, "databaseId": lambda it, _: it.id,
                  "fullDatabaseId": lambda it, _: str(it.id)})  # fmt: skip
fields_of(
    Repository,
    {
        "nameWithOwner": lambda it, _: it.full_name,
        "isPrivate": lambda it, _: it.private,
        "isArchived": lambda it, _: it.archived,
        "isFork": lambda it, _: it.fork,
        "isEmpty": lambda it, _: not it.git.refs(),
        "isInOrganization": lambda it, _: it.owner.type == "Organization",
        "visibility": lambda it, _: "PRIVATE" if it.private else "PUBLIC",
        "updatedAt": lambda it, _: it.pushed_at,
        "url": lambda it, context: page(context.world, it),
        "hasIssuesEnabled": lambda *_: True,
        "hasDiscussionsEnabled": lambda *_: True,
        "mergeCommitAllowed": lambda *_: True,
        "squashMergeAllowed": lambda *_: True,
        "rebaseMergeAllowed": lambda *_: False,
        "viewerDefaultMergeMethod": lambda *_: "MERGE",
        "parent": lambda *_: None,
        "description": lambda *_: None,
        "viewerPermission": _permission,
        "viewerCanAdminister": lambda it, context: role_of(context.actor, it) == "admin",
        "defaultBranchRef": _default_branch,
        "object": object_at,
        "ref": _ref,
        "refs": _refs,
        "label": lambda it, _, name: it.labels.get(name.lower()),
        "labels": lambda it, _, query=None, orderBy=None, **args: connection(  # noqa: N803
            [each for each in it.labels.values() if not query or query in each.name], args
        ),
        "issue": _thread("issue"),
        "issues": _issues,
        "discussion": _thread("discussion"),
        "pullRequest": _thread("pullRequest"),
        "pullRequests": _pulls,
        "issueOrPullRequest": _issue_or_pull,
    },
)

# -- accounts


fields_of(
    User,
    {
        # in GraphQL a bot goes by its slug, in REST and in commits by slug[bot]
        "login": lambda it, _: it.login.removesuffix("[bot]"),
        "url": lambda it, context: page(context.world, it),
        "resourcePath": lambda it, _: f"/{it.login}",
        "avatarUrl": lambda it, context, **_: page(context.world, it, ".png"),
        "name": lambda it, _: it.login,
        "email": lambda *_: "",
        "updatedAt": lambda it, _: it.created_at,
    },
)
fields_of(App, {"name": lambda it, _: it.slug, "url": lambda it, c: f"{c.world.url}/apps/{it.slug}"})

# -- threads and comments


def pull_state(it: PullRequest) -> str:
    """Return OPEN, CLOSED or MERGED."""
    return "MERGED" if it.merged_at else it.state.upper()


def _repository_of(it: Thread | IssueComment) -> Repository:
    return it.thread.repository if isinstance(it, IssueComment) else it.repository


def _timeline(
    it: Thread,
    _: Context,
    itemTypes: Sequence[str] | None = None,  # noqa: N803
    since: Any = None,
    **args: Any,
) -> dict[str, Any]:
    names = {True: "LABELED_EVENT", False: "UNLABELED_EVENT"}
    found = [event for event in it.timeline if not itemTypes or names[event.added] in itemTypes]
    return connection(found, args)


def _reaction_groups(it: Written, context: Context) -> list[dict[str, Any]]:
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


def _reactions(it: Written, _: Context, content: str | None = None, **args: Any) -> dict[str, Any]:
    found = [r for r in it.reactions if content in (None, REACTION_NAMES[r.content])]
    return connection(found, args)


def _can(verb: str) -> Any:
    def resolve(it: Thread | IssueComment, context: Context) -> bool:
        thread = it.thread if isinstance(it, IssueComment) else it
        mine = it.author is not None and it.author is context.actor.user
        return mine or may(context.actor, thread.repository, right_on(thread, verb))

    return resolve


fields_of(
    Written,
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
        "category": lambda it, _: {
            "id": f"DIC_{it.category}",
            "name": it.category,
            "slug": it.category.lower().replace(" ", "-"),
            "isAnswerable": False,
        },
        "comments": lambda it, _, **args: connection([c for c in it.comments if not c.reply_to], args),
        "answer": lambda *_: None,
        "isAnswered": lambda *_: None,
        "upvoteCount": lambda *_: 1,
    },
)


def thread_url(context: Context, it: Thread) -> str:
    """Return the address of a thread's page."""
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
        "replies": lambda it, _, **args: connection(
            [c for c in it.thread.comments if getattr(c, "reply_to", None) is it], args
        ),
        "isAnswer": lambda *_: False,
        "upvoteCount": lambda *_: 1,
    },
)

# -- pull requests


def _commits(it: PullRequest, _: Context, **args: Any) -> dict[str, Any]:
    found = it.repository.git.between(it.base_oid, it.head_oid)
    wrapped = [{"commit": CommitObject(it.repository, c.id.decode()), "pullRequest": it} for c in found]
    return connection(wrapped, args)


def _files(it: PullRequest, _: Context, **args: Any) -> dict[str, Any]:
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
        "headRepository": lambda it, _: it.repository,
        "headRepositoryOwner": lambda it, _: it.repository.owner,
        "isCrossRepository": lambda *_: False,
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
        "reviewDecision": lambda *_: None,
        "reviews": lambda it, _, **args: connection([], {k: v for k, v in args.items() if k != "states"}),
        "totalCommentsCount": lambda it, _: len(it.comments),
        "permalink": lambda it, context: thread_url(context, it),
    },
)

# -- the rest


fields_of(
    Label,
    {
        "isDefault": lambda *_: False,
        "url": lambda it, context: f"{context.world.url}/labels/{it.name}",
    },
)
fields_of(Reaction, {"content": lambda it, _: REACTION_NAMES[it.content]})
fields_of(LabelEvent, {})
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


def type_name(value: Any) -> str:
    """Name the GraphQL type of a value, where the schema leaves it open."""
    if isinstance(value, dict):
        return str(value["__typename"])
    if isinstance(value, User):
        return value.type
    if isinstance(value, LabelEvent):
        return "LabeledEvent" if value.added else "UnlabeledEvent"
    return type(value).__name__.removesuffix("Object")
