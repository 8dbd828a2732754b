"""The clocks: the machine's for production, and one that can be moved for the demo and the tests.

How meetings are opened in time: for each archive with `series:` in its configuration one delayed job waits in
the queue, a `CalendarRequest` due when the calendar next needs something. When it runs,
`bot.planning.meeting_day` decides from the calendar and `now()` what to do, and when the next delayed job is
due. So a job that runs early, late or twice does no harm, and nothing polls.

A calendar is also reconciled after a push that changes the configuration, after a pull request of one of its
series is closed or reopened, and at each start of the service (an `AppRequest`, then an `InstallationRequest`
for each installation, then a `CalendarRequest` for each archive found). So what became due while the service
was down, or was lost with a database, is done as soon as it is back. Each of these replaces the delayed job
(see `jobs.py`).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from bot.model.clock import Clock


@runtime_checkable
class Movable(Clock, Protocol):
    """A clock that can be moved by hand, and then calls its subscribers."""

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], object]:
        """Call `callback` each time the clock is moved by hand, until the returned function is called."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return datetime.now(UTC)
