"""Faults on demand: errors, limits, lost or delayed responses, for the requests that match."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from github_simulator.errors import ApiError

FaultKind = Literal[
    "status",  # answers `status` with `body` (HTML by default for 5xx) and does nothing
    "delay",  # waits `seconds`, then acts
    "lose",  # acts, then drops the connection without a response
    "hold",  # acts, then delays the response until released
    "hold-before",  # delays the request until released, then acts
    "error",  # the matched mutation fails with `type` and `message`; the others of the batch run
    "stale",  # the matched commit is refused, as if somebody had pushed
    "secondary",  # secondary limit: 403 with Retry-After of `seconds`
    "secondary-429",  # the same with 429
    "primary",  # primary limit: REST 403 with nothing remaining, GraphQL 200 with RATE_LIMITED
    "no-files",  # `files` of pull requests come null, without an error
    "capped",  # a query that may bring more than `nodes` nodes ends in RESOURCE_LIMITS_EXCEEDED
    "timeout",  # the same ends in a 502
    "lag",  # a read returns the state at the time when the fault was set
    "expired-token",  # 401
]
STALE = "Expected branch to point to another commit but it did not.  Pull and try again."
MATCHES = {"operation", "mutation", "path", "method", "app"}


@dataclass(eq=False)
class Fault:
    """A fault, for the next `times` requests that match (None: for all), after the first `skip`.

    `match`, all of which must hold: `operation` (REST id, or "graphql"), `mutation` (a root field such as
    createCommitOnBranch; "*" for any), `path` (of the request), `method`, `app` (slug).
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
    frozen: Any = field(default=None, repr=False)  # the world as it stood, for "lag"
    released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise ValueError(f"kind is {self.kind!r}, not one of {', '.join(get_args(FaultKind))}")
        if unknown := self.match.keys() - MATCHES:
            raise ValueError(f"match knows {', '.join(sorted(MATCHES))}, not {', '.join(sorted(unknown))}")

    def raise_for(self, step: str) -> None:
        """Raise the ApiError of this fault if it matches a mutation, by name, or a REST request ("*")."""
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
        """Whether nothing is written."""
        return not self.mutations if self.operation == "graphql" else self.method == "GET"

    def matches(self, match: Mapping[str, str]) -> bool:
        """Whether every condition holds."""
        mutation = match.get("mutation")
        if mutation and not (mutation in self.mutations or (mutation == "*" and self.mutations)):
            return False
        return all(getattr(self, key) == value for key, value in match.items() if key != "mutation")


class Faults:
    """The faults that are set."""

    def __init__(self, freeze: Callable[[], object]) -> None:
        self._freeze = freeze
        self.all: list[Fault] = []

    def set(self, kind: FaultKind, match: Mapping[str, str] | None = None, **how: Any) -> Fault:
        """Set a fault; see `Fault` for the parameters. ValueError or TypeError when it makes no sense."""
        fault = Fault(kind, match or {}, **how)
        if kind == "lag":
            fault.frozen = self._freeze()
        self.all.append(fault)
        return fault

    def clear(self) -> None:
        """Remove all faults, and let delayed requests and responses go on."""
        self.release()
        self.all.clear()

    def release(self) -> None:
        """Let delayed requests and responses go on."""
        for fault in self.all:
            fault.released.set()

    def take_matching(self, target: FaultTarget) -> list[Fault]:
        """Return the faults that apply to this request, and count the request for each that matches."""
        active_faults = []
        for fault in self.all:
            if not target.matches(fault.match) or (fault.kind == "lag" and not target.is_read()):
                continue
            fault.hits += 1
            if fault.hits > fault.skip and (fault.times is None or fault.hits <= fault.skip + fault.times):
                active_faults.append(fault)
        return active_faults
