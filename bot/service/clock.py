"""Time as a parameter: production takes the system's, the demo and the tests one that can be moved."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Tell the time, in UTC."""


@runtime_checkable
class Movable(Clock, Protocol):
    """A clock that somebody may move: who waits by it wants to hear of that."""

    def subscribe(self, callback: Callable[[], None]) -> object:
        """Call back whenever the clock was moved by hand."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Tell the time, in UTC."""
        return datetime.now(UTC)
