"""The root of every query, and what type a value is."""

from typing import Any

from bot.simulator.graphql.context import Context, Resolver
from bot.simulator.graphql.gitobjects import find_node
from bot.simulator.permissions import right_on
from bot.simulator.state import IssueComment, LabelEvent, Repository, Thread, User


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


def type_name(value: Any) -> str:
    """Name the GraphQL type of a value, where the schema leaves it open."""
    if isinstance(value, dict):
        return str(value["__typename"])
    if isinstance(value, User):
        return value.type
    if isinstance(value, LabelEvent):
        return "LabeledEvent" if value.added else "UnlabeledEvent"
    return type(value).__name__.removesuffix("Object")
