"""The resolvers of the Query type, and the GraphQL types of values."""

import re
from collections.abc import Mapping
from typing import Any

from github_simulator import search
from github_simulator.errors import ApiError, not_found
from github_simulator.graphql.connections import connection
from github_simulator.graphql.context import Context, Resolver
from github_simulator.graphql.gitobjects import find_node
from github_simulator.permissions import right_on
from github_simulator.state import (
    Discussion,
    Issue,
    IssueComment,
    LabelEvent,
    PullRequest,
    Repository,
    Thread,
    User,
)
from github_simulator.world import thread_of


def root_repository(_: Any, context: Context, owner: str, name: str, **__: Any) -> Repository:
    """Resolve the query `repository`. Raises ApiError 404 if there is none that the caller may see."""
    repository = context.world.repository(owner, name)
    context.check(repository, "metadata:read")
    return repository


def root_node(_: Any, context: Context, id: str) -> Any:  # noqa: A002  # GraphQL's name
    """Resolve the query `node`. Raises ApiError 404 if there is none that the caller may see."""
    found = find_node(context, id)
    if isinstance(found, IssueComment):
        context.check(found.thread.repository, right_on(found.thread, "read"))
    elif isinstance(found, Thread):
        context.check(found.repository, right_on(found, "read"))
    elif isinstance(found, Repository):
        context.check(found, "metadata:read")
    if isinstance(found, Issue) and not found.repository.has_issues:
        raise not_found(f"Could not resolve to a node with the global id of '{id}'")
    return found


def root_nodes(_: Any, context: Context, ids: list[str]) -> list[Any]:
    """Resolve the query `nodes`: the objects with these node ids, in order.

    In place of one that is missing or that the caller may not see there is its ApiError, which becomes a null
    with an error of its own.
    """

    def found(each: str) -> Any:
        try:
            return root_node(None, context, each)
        except ApiError as error:
            return error  # graphql-core turns an exception in a list into that item's error

    return [found(each) for each in ids]


RESOURCE = re.compile(r"/(?P<owner>[^/]+)/(?P<name>[^/]+)(?:/(?:issues|pull)/(?P<number>\d+))?(?:#.*)?")


def root_resource(_: Any, context: Context, url: str) -> Repository | Thread | None:
    """Resolve the query `resource`: the repository, issue or pull request with this URL; None for others."""
    found = RESOURCE.fullmatch(url.removeprefix(context.world.url))
    if found is None:
        return None
    repository = root_repository(None, context, found["owner"], found["name"])
    if found["number"] is None:
        return repository
    thread = thread_of(repository, int(found["number"]))
    context.check(repository, right_on(thread, "read"))
    return None if isinstance(thread, Discussion) else thread


FOUND: Mapping[str, tuple[str, tuple[type[Thread], ...]]] = {
    "ISSUE": ("issueCount", (Issue, PullRequest)),
    "DISCUSSION": ("discussionCount", (Discussion,)),
}
"""By type of search: the field with the count of results, and the types of threads that it finds."""


def root_search(_: Any, context: Context, query: str, type: str, **args: Any) -> dict[str, Any]:  # noqa: A002
    """Resolve the query `search` for issues, pull requests and discussions that the caller may read.

    `type` is GraphQL's `SearchType`; `args` select the page of the results.
    """
    if type not in FOUND:
        raise NotImplementedError(f"the simulator cannot search for {type}")
    counted, kinds = FOUND[type]
    found = search.find(context.world, context.actor, search.read(query, kinds))
    counts = dict.fromkeys(("repositoryCount", "userCount", "codeCount", "wikiCount"), 0)
    counts |= {count: len(found) if count == counted else 0 for count, _ in FOUND.values()}
    return connection(found[: search.MOST], args) | counts


ROOT: dict[str, Resolver] = {
    "repository": root_repository,
    "node": root_node,
    "nodes": root_nodes,
    "resource": root_resource,
    "search": root_search,
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
"""The resolvers of the fields of Query that the simulator supports."""


def type_name(value: Any) -> str:
    """Return the name of the GraphQL type of an object that a resolver returned.

    It is for fields whose type is an interface or a union.
    """
    if isinstance(value, dict):
        return str(value["__typename"])
    if isinstance(value, User):
        return value.type
    if isinstance(value, LabelEvent):
        return "LabeledEvent" if value.added else "UnlabeledEvent"
    return type(value).__name__.removesuffix("Object")
