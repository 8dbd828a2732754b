"""A series: a recurring meeting, with its exceptions, in the local time of its people."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from bot.calendar.schedule import BEGINNING, YEARS, Schedule

_DAY = timedelta(days=1)
_YEARS = YEARS * timedelta(days=366)
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Extra:
    """A meeting that the schedule does not name; without a time it begins when the others do."""

    day: date
    at: time | None = None


@dataclass(frozen=True)
class Occurrence:
    """One meeting: its day on the wall calendar, and the instant at which it starts, in UTC.

    UTC because datetimes of one zone compare and subtract by the clock on the wall, which goes back once a
    year.
    """

    series: "Series" = field(repr=False)
    day: date
    starts: datetime

    @property
    def local(self) -> datetime:
        """When it starts, on the clocks of the series."""
        return self.starts.astimezone(self.series.timezone)

    @property
    def is_all_day(self) -> bool:
        """Return whether nobody said at what time it starts."""
        return self.series.time_of(self.day) is None

    @cached_property
    def opens(self) -> datetime:
        """When its minutes are opened, in UTC: `open_before` it starts, else when its day begins."""
        if self.series.open_before is not None:
            return self.starts - self.series.open_before
        return min(self.starts, instant(self.day, time(), self.series.timezone))


@dataclass(frozen=True)
class Series:
    """A recurring meeting, at most one a day.

    An `extra` on a day of the schedule, or on a skipped one, is that day's meeting, at its own time: so a
    meeting is moved by a skip and an extra. Without a time a meeting starts when its day does.
    `open_issue` and `open_discussion` (a category) say where its notes are opened; never both.
    """

    name: str
    schedule: Schedule
    timezone: ZoneInfo = _UTC
    since: date | None = None
    open_before: timedelta | None = None
    skip: frozenset[date] = frozenset()
    extra: tuple[Extra, ...] = ()
    template: str | None = None
    path: str | None = None
    labels: tuple[str, ...] = ()
    open_issue: bool = False
    open_discussion: str | None = None

    @property
    def begins(self) -> date:
        """The day from which the schedule counts; nothing of it lies before."""
        return self.since or self.schedule.since or BEGINNING

    def between(self, start: datetime, end: datetime) -> tuple[Occurrence, ...]:
        """List the meetings that start at `start` or later and before `end`; both are aware."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        found = self._on(start.date() - 2 * _DAY, end.date() + 2 * _DAY)
        return tuple(each for each in found if start <= each.starts < end)

    def of_year(self, year: int) -> tuple[Occurrence, ...]:
        """List the meetings of a year, by their days."""
        return self._on(date(year, 1, 1), date(year, 12, 31))

    def on(self, day: date) -> Occurrence | None:
        """Find the meeting of a day."""
        return next(iter(self._made(day, day)), None)

    def next_after(self, now: datetime) -> Occurrence | None:
        """Find the first meeting that starts after `now`; None where none comes in 12 years."""
        now = now.astimezone(UTC)
        first, last = now.date() - 2 * _DAY, now.date() + _YEARS
        planned = (day for day in self.schedule.days(self.begins, first, last) if self._is_on(day))
        coming = (day for day in planned if self._starts(day) > now)  # day by day: most meet within a month
        days = [*islice(coming, 1), *(each.day for each in self.extra if first <= each.day <= last)]
        made = (Occurrence(self, day, self._starts(day)) for day in days)
        return min((each for each in made if each.starts > now), key=lambda each: each.starts, default=None)

    def previous_before(self, now: datetime) -> Occurrence | None:
        """Find the last meeting that started before `now`; None where none did in 12 years."""
        now = now.astimezone(UTC)
        last = now.date() + 2 * _DAY
        for span in (timedelta(days=40), timedelta(days=400), _YEARS):  # most met within a month
            for found in reversed(self._on(last - span, last)):
                if found.starts < now:
                    return found
            last -= span
        return None

    def time_of(self, day: date) -> time | None:
        """Return the time of the clock at which a meeting of that day starts; None where nobody said it."""
        return next((each.at for each in self.extra if each.day == day and each.at), self.schedule.at)

    def _on(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """List the meetings whose days lie from `first` to `last`, in the order in which they start."""
        return _remembered(self, first, last)

    def _made(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """Make the meetings that `_on` lists."""
        days = {day for day in self.schedule.days(self.begins, first, last) if self._is_on(day)}
        days |= {each.day for each in self.extra if first <= each.day <= last}
        made = (Occurrence(self, day, self._starts(day)) for day in days)
        return tuple(sorted(made, key=lambda each: each.starts))

    def _is_on(self, day: date) -> bool:
        until = self.schedule.until
        over = isinstance(until, datetime) and self._starts(day) > until
        return day not in self.skip and not over

    def _starts(self, day: date) -> datetime:
        return instant(day, self.time_of(day) or time(), self.timezone)


@lru_cache(maxsize=64)
def _remembered(series: Series, first: date, last: date) -> tuple[Occurrence, ...]:
    """Remember the meetings of a while: whoever looks at a calendar asks for the same year again and again.

    Neither a series nor its meetings ever change.
    """
    return series._made(first, last)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which clocks of a zone show that time.

    A time that the clocks leave out is moved on by what they leave out, and of a time that they show twice
    the first is meant (RFC 5545 section 3.3.5); that is also what fold=0 says (PEP 495).
    """
    return datetime.combine(day, at, zone).astimezone(UTC)
