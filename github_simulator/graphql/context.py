"""What resolvers share, and the tables in which they stand."""

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
    """One GraphQL request."""

    world: World
    actor: Actor
    window: Window
    cost: int
    nodes: int
    faults: tuple[Fault, ...] = ()

    def check(self, repository: Repository, right: str) -> None:
        """Let the caller pass, or raise ApiError."""
        check(self.actor, repository, right)

    def may(self, repository: Repository, right: str) -> bool:
        """Whether the caller has this right."""
        return may(self.actor, repository, right)


Resolver = Callable[..., Any]
FIELDS: dict[type, Mapping[str, Resolver]] = {}
"""By Python class, the fields that are more than an attribute: `resolver(it, context, **args)`."""


def fields_of(cls: type, fields: Mapping[str, Resolver]) -> None:
    """Register the fields of a class and of what derives from it."""
    FIELDS[cls] = {**FIELDS.get(cls, {}), **fields}


fields_of(
    Node,
    {
        "id": lambda it, _: it.node_id,
        "databaseId": lambda it, _: it.id,
        "fullDatabaseId": lambda it, _: str(it.id),
    },
)
