"""What this process has seen since its start, for the status page: the last deliveries, repositories,
and calendars.

It is kept in memory, within bounds: what is older, or the most, is forgotten.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model import Repository
from bot.model.clock import Clock
from bot.planning.meeting_day import SeriesOutlook
from bot.service.job import Job

MOST_DELIVERIES = 50
MOST_REFUSED = 10
MOST_REPOSITORIES = 1000
MOST_CALENDARS = 200


@dataclass(frozen=True, slots=True)
class Delivered:
    """A webhook delivery, and what became of it. Event and id are as they came, also of a refused one."""

    at: datetime
    event: str
    id: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CalendarSeen:
    """The calendar of an archive, as it was at the last look: `series` has its next and missing meetings."""

    at: datetime
    archive: str
    url: str
    series: tuple[SeriesOutlook, ...]


@dataclass
class Seen:
    """What one process has seen. Refused deliveries are kept apart: anybody can send those."""

    clock: Clock
    _deliveries: deque[Delivered] = field(default_factory=lambda: deque(maxlen=MOST_DELIVERIES))
    _refused: deque[Delivered] = field(default_factory=lambda: deque(maxlen=MOST_REFUSED))
    _repositories: dict[tuple[int, str], datetime] = field(default_factory=dict)
    _calendars: dict[tuple[int, str], CalendarSeen] = field(default_factory=dict)

    def add_delivery(self, event: str, delivery: str, outcome: str, *, is_refused: bool) -> None:
        """Remember a delivery."""
        into = self._refused if is_refused else self._deliveries
        into.appendleft(Delivered(self.clock.now(), event, delivery, outcome))

    def add_job(self, job: Job) -> None:
        """Remember the installation and the repository of a job that is done now."""
        key = (job.request.installation, getattr(job.request, "repository", ""))
        self._repositories.pop(key, None)
        self._repositories[key] = self.clock.now()
        if len(self._repositories) > MOST_REPOSITORIES:
            del self._repositories[next(iter(self._repositories))]

    def add_calendar(self, installation: int, archive: Repository, series: tuple[SeriesOutlook, ...]) -> None:
        """Remember the calendar of an archive; forget it where it has no series any more."""
        key = (installation, archive.id)  # the archive may be renamed
        self._calendars.pop(key, None)
        if series:
            self._calendars[key] = CalendarSeen(self.clock.now(), archive.name, archive.url, series)
        if len(self._calendars) > MOST_CALENDARS:
            del self._calendars[next(iter(self._calendars))]

    def forget_calendars(self, installation: int) -> None:
        """Forget the calendars of an installation that is no more."""
        for key in [key for key in self._calendars if key[0] == installation]:
            del self._calendars[key]

    @property
    def calendars(self) -> Sequence[CalendarSeen]:
        """The calendars, by the name of the archive."""
        return sorted(self._calendars.values(), key=lambda each: each.archive)

    @property
    def deliveries(self) -> Sequence[Delivered]:
        """The last deliveries, accepted and refused, the newest first."""
        return sorted((*self._deliveries, *self._refused), key=lambda each: each.at, reverse=True)

    @property
    def repositories(self) -> Mapping[int, Mapping[str, datetime]]:
        """By installation its repositories, each with the time when it was looked at last."""
        found: dict[int, dict[str, datetime]] = {}
        for (installation, repository), at in sorted(self._repositories.items()):
            known = found.setdefault(installation, {})
            if repository:
                known[repository] = at
        return found
