"""The context of resolvers, and the table of resolvers by type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from github_simulator.faults import Fault
from github_simulator.limits import Window
from github_simulator.permissions import check, may
from github_simulator.state import Node, Repository
from github_simulator.tokens import Actor
from github_simulator.world import World


@dataclass(frozen=True)
class Context:
    """What the resolvers of one GraphQL request share: the world, the caller, the cost, the faults.

    `window` is the caller's rate limit, `cost` is in its points, `nodes` is the most nodes that the request
    may return.
    """

    world: World
    actor: Actor
    window: Window
    cost: int
    nodes: int
    faults: tuple[Fault, ...] = ()

    def check(self, repository: Repository, right: str) -> None:
        """Raise ApiError 401, 403 or 404 when the caller lacks a right on a repository: "issue:read"."""
        check(self.actor, repository, right)

    def may(self, repository: Repository, right: str) -> bool:
        """Return whether the caller has a right on a repository, such as "issue:read"."""
        return may(self.actor, repository, right)


Resolver = Callable[..., Any]
FIELDS: dict[type, Mapping[str, Resolver]] = {}
"""By Python class, the resolvers `resolver(it, context, **args)` of fields that are not plain attributes."""


def fields_of(cls: type, fields: Mapping[str, Resolver]) -> None:
    """Register functions that compute GraphQL fields, by the fields' names, for objects of the class `cls`.

    They are used for its subclasses, too.
    """
    FIELDS[cls] = {**FIELDS.get(cls, {}), **fields}


fields_of(
    Node,
    {
        "id": lambda it, _: it.node_id,
        "databaseId": lambda it, _: it.id,
        "fullDatabaseId": lambda it, _: str(it.id),
    },
)
