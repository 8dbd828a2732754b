"""The resolvers of repositories and accounts."""

from collections.abc import Sequence
from typing import Any

from github_simulator.graphql.connections import connection
from github_simulator.graphql.context import Context, fields_of
from github_simulator.graphql.gitobjects import RefObject, object_at
from github_simulator.graphql.threads import pull_state
from github_simulator.permissions import right_on, role_of
from github_simulator.pulls import pulls_of
from github_simulator.state import (
    App,
    Discussion,
    Issue,
    PullRequest,
    Repository,
    Thread,
    User,
)
from github_simulator.views.base import page
from github_simulator.world import thread_of

KINDS: dict[str, type[Thread]] = {"issue": Issue, "pullRequest": PullRequest, "discussion": Discussion}


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
        for pull in pulls_of(it)
        if (not states or pull_state(pull) in states)
        and headRefName in (None, pull.head_ref)
        and baseRefName in (None, pull.base_ref)
    ]
    return connection(_ordered(found, args.get("orderBy"), args.get("labels")), args)


def _issues(
    it: Repository,
    context: Context,
    states: Sequence[str] | None = None,
    filterBy: dict[str, Any] | None = None,  # noqa: N803
    **args: Any,
) -> dict[str, Any]:
    context.check(it, "issue:read")
    if filterBy:
        raise NotImplementedError("the simulator does not know filterBy of issues")
    found = [t for t in it.threads.values() if isinstance(t, Issue) and it.has_issues]
    found = [issue for issue in found if not states or issue.state.upper() in states]
    return connection(_ordered(found, args.get("orderBy"), args.get("labels")), args)


def _discussions(
    it: Repository,
    context: Context,
    states: Sequence[str] = (),
    categoryId: str | None = None,  # noqa: N803
    answered: bool | None = None,
    **args: Any,
) -> dict[str, Any]:
    context.check(it, "discussion:read")
    if answered is not None:
        raise NotImplementedError("the simulator does not know answers of discussions")
    found = [
        thread
        for thread in it.threads.values()
        if isinstance(thread, Discussion)
        and it.has_discussions
        and (not states or thread.state.upper() in states)
        and categoryId in (None, thread.category.node_id)
    ]
    return connection(_ordered(found, args.get("orderBy"), None), args)


def _categories(it: Repository, context: Context, **args: Any) -> dict[str, Any]:
    context.check(it, "discussion:read")
    return connection(list(it.categories.values()) if it.has_discussions else [], args)


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
    found = it.git.refs(prefix)
    names = [name for name in found if not query or query in name]
    by_date = orderBy is not None and orderBy["field"] == "TAG_COMMIT_DATE"
    if by_date and prefix.startswith("refs/tags/"):
        names.sort(key=lambda name: _date_of(it, found[name]))
    elif by_date:  # TAG_COMMIT_DATE orders tags only; branches stay ordered by name
        return connection([RefObject(it, name) for name in names], args)
    if (orderBy or {}).get("direction", direction) == "DESC":
        names.reverse()
    return connection([RefObject(it, name) for name in names], args)


def _date_of(it: Repository, oid: str) -> int:
    commit = it.git.commit_at(oid)
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


fields_of(
    Repository,
    {
        "nameWithOwner": lambda it, _: it.full_name,
        "isPrivate": lambda it, _: it.private,
        "isArchived": lambda it, _: it.archived,
        "isFork": lambda it, _: it.fork,
        "isEmpty": lambda it, _: not it.git.refs(),
        "isInOrganization": lambda it, _: it.owner.type == "Organization",
        "visibility": lambda it, _: it.visibility.upper(),
        "updatedAt": lambda it, _: it.pushed_at,
        "url": lambda it, context: page(context.world, it),
        "hasIssuesEnabled": lambda it, _: it.has_issues,
        "hasDiscussionsEnabled": lambda it, _: it.has_discussions,
        "mergeCommitAllowed": lambda it, _: "merge" in it.merge_methods,
        "squashMergeAllowed": lambda it, _: "squash" in it.merge_methods,
        "rebaseMergeAllowed": lambda it, _: "rebase" in it.merge_methods,
        "deleteBranchOnMerge": lambda it, _: it.delete_branch_on_merge,
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
        "discussionCategory": lambda it, _, slug: it.categories.get(slug),
        "discussions": _discussions,
        "discussionCategories": _categories,
        "pullRequest": _thread("pullRequest"),
        "pullRequests": _pulls,
        "issueOrPullRequest": _issue_or_pull,
    },
)

# -- accounts


fields_of(
    User,
    {
        # a bot's login is its slug in GraphQL, slug[bot] in REST and in commits
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
