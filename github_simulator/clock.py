"""The clock that simulator and bot share: it runs with real time or stands still, and can be set."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimulatedClock:
    """A clock that starts at `now` (aware; by default the real time) and runs on unless it is `frozen`.

    `advance` and `set` call every subscriber, so that timers can be rescheduled.
    """

    def __init__(self, now: datetime | None = None, *, frozen: bool = False) -> None:
        self.frozen = frozen
        self._base = (now or datetime.now(UTC)).astimezone(UTC)
        self._started = time.monotonic()
        self._subscribers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the simulated time, in UTC."""
        if self.frozen:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._started)

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by a duration and return the new time."""
        return self.set(self.now() + by)

    def set(self, now: datetime) -> datetime:
        """Set the clock to an aware time and return it in UTC. Raises ValueError for a naive one."""
        if now.tzinfo is None:
            raise ValueError("a time without a zone means nothing here: add +00:00")
        self._base, self._started = now.astimezone(UTC), time.monotonic()
        for notify in tuple(self._subscribers):
            notify()
        return self.now()

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after each `set` and `advance`; return a function that unsubscribes it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)
