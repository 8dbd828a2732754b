"""Injected faults: errors, rate limits, lost or delayed responses, for the requests that match."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from github_simulator.errors import ApiError

FaultKind = Literal[
    "status",  # responds with `status` and `body` (HTML by default for 5xx); does not execute the request
    "delay",  # waits `seconds`, then executes the request
    "lose",  # executes the request, then drops the connection without a response
    "hold",  # executes the request, then delays the response until `Faults.release`
    "hold-before",  # delays the request until `Faults.release`, then executes it
    "error",  # the matching mutation fails with `type` and `message`; the others of the document run
    "stale",  # the matching commit is refused, as if somebody had pushed
    "secondary",  # secondary rate limit: 403 with Retry-After of `seconds`
    "secondary-429",  # the same with 429
    "primary",  # primary rate limit: REST 403 with nothing remaining, GraphQL 200 with RATE_LIMITED
    "no-files",  # `files` of pull requests is null, without an error
    "capped",  # a query that may return more than `nodes` nodes fails with RESOURCE_LIMITS_EXCEEDED
    "timeout",  # the same with status 502
    "lag",  # a read returns the state at the time when the fault was set
    "expired-token",  # responds with 401; does not execute the request
]
STALE = "Expected branch to point to another commit but it did not.  Pull and try again."
MATCHES = {"operation", "mutation", "path", "method", "app"}


@dataclass(eq=False)
class Fault:
    """A fault for the next `times` requests that match (None: for all), after the first `skip` of them.

    A request matches if it has all values of `match`: `operation` (REST's id, or "graphql"), `mutation` (a
    root field such as createCommitOnBranch; "*" for any), `path`, `method`, `app` (a slug).
    """

    kind: FaultKind
    match: Mapping[str, str] = field(default_factory=dict)
    times: int | None = 1
    skip: int = 0
    status: int = 502
    body: Any = None
    seconds: float = 60.0
    nodes: int = 0
    type: str = "UNPROCESSABLE"
    message: str = "was submitted too quickly"
    hits: int = 0
    frozen: Any = field(default=None, repr=False)  # a copy of the World, for "lag"
    released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"kind is {self.kind!r}, not one of {', '.join(get_args(FaultKind))}")
        if unknown := self.match.keys() - MATCHES:
            raise ValueError(f"match knows {', '.join(sorted(MATCHES))}, not {', '.join(sorted(unknown))}")

    def raise_for(self, step: str) -> None:
        """Raise this fault's ApiError for "error" and "stale", if it matches.

        `step` is the name of a mutation, or "*" for a REST request.
        """
        if step != "*" and self.match.get("mutation", "*") not in ("*", step):
            return
        if self.kind == "error":
            raise ApiError(422, self.message, kind=self.type)
        if self.kind == "stale":
            raise ApiError(409, STALE, kind="STALE_DATA")


@dataclass(frozen=True)
class FaultTarget:
    """The properties of a request that `match` of a fault is compared with."""

    method: str
    path: str
    operation: str
    app: str | None
    mutations: tuple[str, ...] = ()

    def is_read(self) -> bool:
        """Return whether the request only reads: a GraphQL document without mutations, or a GET."""
        return not self.mutations if self.operation == "graphql" else self.method == "GET"

    def matches(self, match: Mapping[str, str]) -> bool:
        """Return whether the request has all values of `match`."""
        mutation = match.get("mutation")
        if mutation and not (mutation in self.mutations or (mutation == "*" and self.mutations)):
            return False
        return all(getattr(self, key) == value for key, value in match.items() if key != "mutation")


class Faults:
    """All faults. `freeze` returns a copy of the world, for "lag"."""

    def __init__(self, freeze: Callable[[], object]) -> None:
        self._freeze = freeze
        self.all: list[Fault] = []

    def set(self, kind: FaultKind, match: Mapping[str, str] | None = None, **how: Any) -> Fault:
        """Add a fault and return it; `how` are further fields of `Fault`.

        Raises ValueError for an unknown kind or key of `match`, TypeError for an unknown field.
        """
        fault = Fault(kind, match or {}, **how)
        if kind == "lag":
            fault.frozen = self._freeze()
        self.all.append(fault)
        return fault

    def clear(self) -> None:
        """Remove all faults; requests and responses that they delay continue."""
        self.release()
        self.all.clear()

    def release(self) -> None:
        """Let the requests and responses that "hold" and "hold-before" delay continue."""
        for fault in self.all:
            fault.released.set()

    def take_matching(self, target: FaultTarget) -> list[Fault]:
        """Return the faults that apply to a request, and count it for each fault that matches."""
        active_faults = []
        for fault in self.all:
            if not target.matches(fault.match) or (fault.kind == "lag" and not target.is_read()):
                continue
            fault.hits += 1
            if fault.hits > fault.skip and (fault.times is None or fault.hits <= fault.skip + fault.times):
                active_faults.append(fault)
        return active_faults
