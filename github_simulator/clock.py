"""One clock for simulator and bot: it ticks with real time or stands still, and can be moved by hand."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class SimulatedClock:
    """Time as a parameter. It starts at `now` and ticks on with real time, unless `frozen`.

    Times are UTC. `advance` and `set` tell every subscriber, so that timers may be set anew.
    """

    def __init__(self, now: datetime | None = None, *, frozen: bool = False) -> None:
        self.frozen = frozen
        self._base = (now or datetime.now(UTC)).astimezone(UTC)
        self._started = time.monotonic()
        self._subscribers: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """Return the simulated time, UTC."""
        if self.frozen:
            return self._base
        return self._base + timedelta(seconds=time.monotonic() - self._started)

    def advance(self, by: timedelta) -> datetime:
        """Move on by a duration and return the new time."""
        return self.set(self.now() + by)

    def set(self, now: datetime) -> datetime:
        """Go to a time, given with its zone, and return it."""
        if now.tzinfo is None:
            raise ValueError("a time without a zone means nothing here: add +00:00")
        self._base, self._started = now.astimezone(UTC), time.monotonic()
        for notify in tuple(self._subscribers):
            notify()
        return self.now()

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` after each move by hand; the returned function ends that."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)
