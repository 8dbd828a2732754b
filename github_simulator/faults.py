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
    """A failure of the kind `kind` that the simulator makes on purpose, for the requests that match.

    It is for the next `times` of them (None: for all), after the first `skip`. A request matches if it has
    all values of `match`: `operation` (REST's id, or "graphql"), `mutation` (a root field such as
    createCommitOnBranch; "*" for any), `path`, `method`, `app` (a slug).
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
        """Raise the ApiError of a fault whose kind is "error" or "stale", if its `match` includes `step`.

        `step` is the name of the mutation about to run, or "*" for a REST request. Faults of other kinds do
        nothing here.
        """
        if step != "*" and self.match.get("mutation", "*") not in ("*", step):
            return
        if self.kind == "error":
            raise ApiError(422, self.message, kind=self.type)
        if self.kind == "stale":
            raise ApiError(409, STALE, kind="STALE_DATA")


@dataclass(frozen=True)
class FaultTarget:
    """The properties of a request by which it is decided which faults apply to it.

    `operation` is REST's id, or "graphql"; `app` is a slug, None for people; `mutations` are the root fields
    of a GraphQL mutation.
    """

    method: str
    path: str
    operation: str
    app: str | None
    mutations: tuple[str, ...] = ()

    def is_read(self) -> bool:
        """Return whether the request only reads: a GraphQL document without mutations, or a GET."""
        return not self.mutations if self.operation == "graphql" else self.method == "GET"

    def matches(self, match: Mapping[str, str]) -> bool:
        """Return whether the request has all values of `match`, that of a fault: `{"method": "GET"}`."""
        mutation = match.get("mutation")
        if mutation and not (mutation in self.mutations or (mutation == "*" and self.mutations)):
            return False
        return all(getattr(self, key) == value for key, value in match.items() if key != "mutation")


class Faults:
    """All faults that are set: failures that the simulator makes on purpose.

    `freeze` returns a copy of the simulated world, which a fault of the kind "lag" serves to reads.
    """

    def __init__(self, freeze: Callable[[], object]) -> None:
        self._freeze = freeze
        self.all: list[Fault] = []

    def set(self, kind: FaultKind, match: Mapping[str, str] | None = None, **how: Any) -> Fault:
        """Add a fault of this kind for the requests that match, and return it.

        `match` has values that a request must have (None: any request does). `how` are further fields of
        `Fault`. Raises ValueError for an unknown kind or key of `match`, TypeError for an unknown field.
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
        """Let the requests and responses continue that faults of the kinds "hold" and "hold-before" delay."""
        for fault in self.all:
            fault.released.set()

    def take_matching(self, target: FaultTarget) -> list[Fault]:
        """Return the faults that apply to a request, and count the request for each fault that matches it.

        A fault may match and not apply, since its first requests are skipped or its last one is over.
        """
        active_faults = []
        for fault in self.all:
            if not target.matches(fault.match) or (fault.kind == "lag" and not target.is_read()):
                continue
            fault.hits += 1
            if fault.hits > fault.skip and (fault.times is None or fault.hits <= fault.skip + fault.times):
                active_faults.append(fault)
        return active_faults
