"""A series: a recurring meeting with its exceptions, in a time zone."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from bot.calendar.schedule import BEGINNING, NEVER, YEARS, Schedule

_DAY = timedelta(days=1)
_YEARS = YEARS * timedelta(days=366)
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Extra:
    """A meeting of a series outside its schedule.

    Without a time of day, `at`, it starts at the time of the schedule.
    """

    day: date
    at: time | None = None


@dataclass(frozen=True)
class Occurrence:
    """One meeting of a series: its local day, and the instant at which it starts, in UTC.

    UTC because Python compares and subtracts datetimes of one time zone by local time, which daylight saving
    time sets back once a year.
    """

    series: "Series" = field(repr=False)
    day: date
    starts: datetime

    @property
    def local(self) -> datetime:
        """When the meeting starts, in the time zone of the series."""
        return self.starts.astimezone(self.series.timezone)

    @property
    def is_all_day(self) -> bool:
        """Whether no time of day is given for the meeting."""
        return self.series.time_of(self.day) is None

    @cached_property
    def opens(self) -> datetime:
        """When the minutes of the meeting are opened, in UTC.

        That is `open_before` its start, or when its day begins if the series does not set that.
        """
        if self.series.open_before is not None:
            return self.starts - self.series.open_before
        return min(self.starts, instant(self.day, time(), self.series.timezone))


@dataclass(frozen=True)
class Series:
    """A recurring meeting, at most one a day.

    An `extra` on a day of the schedule replaces that day's meeting, and is not affected by `skip`: a meeting
    is moved by a skip and an extra. A meeting without a time of day starts at midnight. `open_before` is how
    long before the start its minutes are opened. `template` and `path` are None where those of the archive
    are used. `labels`, words of `titles` and repositories (`sources`) say that notes are of the series.
    `open_issue` and `open_discussion` (the name of a category) say where its notes are opened;
    never both.
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
    titles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_scheduled(self) -> bool:
        """Whether the series has a schedule, or meetings outside one."""
        return self.schedule != NEVER or bool(self.extra)

    @property
    def begins(self) -> date:
        """The first day of the schedule, from which every other week and the like are counted."""
        return self.since or self.schedule.since or BEGINNING

    def between(self, start: datetime, end: datetime) -> tuple[Occurrence, ...]:
        """Return the meetings that start at `start` or later and before `end`, in order; both are aware."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        found = self._on(start.date() - 2 * _DAY, end.date() + 2 * _DAY)
        return tuple(each for each in found if start <= each.starts < end)

    def of_year(self, year: int) -> tuple[Occurrence, ...]:
        """Return the meetings whose local days are in a year, in the order in which they start."""
        return self._on(date(year, 1, 1), date(year, 12, 31))

    def on(self, day: date) -> Occurrence | None:
        """Return the meeting of the series on a local day, None if there is none."""
        return next(iter(self._made(day, day)), None)

    def next_after(self, now: datetime) -> Occurrence | None:
        """Return the first meeting that starts after `now` (aware); None if there is none in 12 years."""
        now = now.astimezone(UTC)
        first, last = now.date() - 2 * _DAY, now.date() + _YEARS
        planned = (day for day in self.schedule.days(self.begins, first, last) if self._is_on(day))
        coming = (day for day in planned if self._starts(day) > now)  # lazy: most meet within a month
        days = [*islice(coming, 1), *(each.day for each in self.extra if first <= each.day <= last)]
        made = (Occurrence(self, day, self._starts(day)) for day in days)
        return min((each for each in made if each.starts > now), key=lambda each: each.starts, default=None)

    def previous_before(self, now: datetime) -> Occurrence | None:
        """Return the last meeting that started before `now` (aware); None if there was none in 13 years."""
        now = now.astimezone(UTC)
        last = now.date() + 2 * _DAY
        for span in (timedelta(days=40), timedelta(days=400), _YEARS):  # most met within a month
            for found in reversed(self._on(last - span, last)):
                if found.starts < now:
                    return found
            last -= span
        return None

    def time_of(self, day: date) -> time | None:
        """Return the local time at which a meeting of that day starts; None if no time is given."""
        return next((each.at for each in self.extra if each.day == day and each.at), self.schedule.at)

    def _on(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """Return the meetings whose days are from `first` to `last`, in the order in which they start."""
        return _remembered(self, first, last)

    def _made(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """Compute the meetings that `_on` returns."""
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
    """Cache the meetings of a range of days, since reconciling asks for the same ranges again and again.

    Series and meetings are immutable, so a cached result stays right.
    """
    return series._made(first, last)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, of a local day and time in a time zone.

    A time in a gap (skipped by daylight saving time) moves on by the length of the gap; of an ambiguous time
    the first is taken (RFC 5545 section 3.3.5), as fold=0 does (PEP 495).
    """
    return datetime.combine(day, at, zone).astimezone(UTC)
