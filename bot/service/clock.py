"""Time as a parameter: production takes the system's, the demo and the tests one that can be moved.

How meetings are opened in time: of each archive that has a `series:` one delayed job waits in the queue, a
`CalendarRequest` that is due when the next thing is. When it runs, `bot.planning.meeting_day` decides by the
archive's calendar and the time that `now()` tells; it says what is to be done, and when the next thing is
due, and that is the next delayed job. So a timer that goes off early, late or twice does no harm, and there
is no polling.

Who else looks at a calendar: a push that changes the configuration, whatever happens to a pull request of the
calendar, and each start of the service (`AppRequest`, then an `InstallationRequest` of each installation,
then a `CalendarRequest` of each archive that they find). So what was due while the service slept, or what was
in a database that was lost, is done as soon as it is back. Whoever looks replaces the job that waits
(`jobs.py`).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from bot.model.clock import Clock


@runtime_checkable
class Movable(Clock, Protocol):
    """A clock that may be moved by hand: those who wait by it are called back then."""

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], object]:
        """Call back whenever the clock was moved by hand, until the returned function is called."""


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)
