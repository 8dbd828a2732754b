"""Where a team meets, and when its meetings are to be opened: arithmetic on the clocks of a zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
BEFORE = timedelta(hours=1)
"""How long before it starts the weekly meeting is opened; the monthly one is at midnight."""


@dataclass(frozen=True)
class Place:
    """A zone, and a time on Sundays: where clocks change, one that is left out or shown twice then."""

    zone: str
    sundays: time
    known: Mapping[str, str] = field(default_factory=dict)
    """Computed by hand: days of meetings, and the instant in UTC at which each is to be opened."""


PLACES = [
    Place(
        "Europe/London",
        time(1, 30),
        {
            "2027-03-28": "2027-03-28T00:30Z",
            "2027-10-31": "2027-10-30T23:30Z",
            "2027-12-12": "2027-12-12T00:30Z",
        },
    ),
    Place(
        "America/New_York",
        time(2, 30),
        {
            "2027-03-14": "2027-03-14T06:30Z",
            "2027-11-07": "2027-11-07T06:30Z",
            "2027-07-11": "2027-07-11T05:30Z",
        },
    ),
    Place(
        "Asia/Kolkata", time(2, 30), {"2027-03-28": "2027-03-27T20:00Z", "2027-10-31": "2027-10-30T20:00Z"}
    ),
    Place(
        "Australia/Lord_Howe",  # by half an hour: https://www.timeanddate.com/time/zone/australia/lord-howe-island
        time(2, 15),
        {
            "2027-10-03": "2027-10-02T14:45Z",
            "2027-04-04": "2027-04-03T14:45Z",
            "2027-06-06": "2027-06-05T14:45Z",
        },
    ),
]


@dataclass(frozen=True)
class Span:
    """Some weeks in a place, or a year, and what is to happen in them."""

    place: Place
    first: date
    last: date

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.place.zone)

    def at(self, day: date, clock: time) -> datetime:
        """Return the instant at which the clocks there show a time; of two the first (PEP 495)."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """Return the day there."""
        return moment.astimezone(self.zone).date()

    @property
    def days(self) -> Iterator[date]:
        return (self.first + count * DAY for count in range((self.last - self.first).days + 1))

    @property
    def sundays(self) -> list[date]:
        return [day for day in self.days if day.weekday() == 6]

    @property
    def closed(self) -> date:
        """The Sunday on which somebody says early that there is no meeting."""
        return self.sundays[1]

    @property
    def skipped(self) -> list[date]:
        """Holidays."""
        return self.sundays[2::12]

    @property
    def moved(self) -> tuple[date, datetime]:
        """A meeting that is held on Wednesday, at 18:45: the day it moved from, and when it starts."""
        away = self.sundays[3]
        return away, self.at(away + 3 * DAY, time(18, 45))

    @property
    def written(self) -> set[date]:
        """Sundays on which somebody writes minutes: three of four."""
        return {*self.sundays} - {*self.sundays[3::4], *self.skipped, self.closed, self.moved[0]}

    def openings(self) -> dict[tuple[str, date], datetime]:
        """Return of each meeting when it is to be opened."""
        away, instead = self.moved
        weekly = [
            self.at(day, self.place.sundays) for day in self.sundays if day not in (*self.skipped, away)
        ]
        monthly = [day for day in self.days if day.weekday() == 1 and day.day <= 7]
        return {
            **{("Weekly", self.day_of(starts)): starts - BEFORE for starts in (*weekly, instead)},
            **{("Monthly", day): self.at(day, time()) for day in monthly},
        }

    def calendar(self, *, is_moved: bool) -> str:
        """Write the configuration, before the meeting was moved or after."""
        away, instead = self.moved
        skip = [*self.skipped, *([away] if is_moved else [])]
        extra = f"[{instead.astimezone(self.zone):%Y-%m-%d %H:%M}]" if is_moved else "[]"
        return f"""settle: 0 minutes
series:
  - name: Weekly
    schedule: every Sunday {self.place.sundays:%H:%M}
    timezone: {self.place.zone}
    since: {self.first}
    open_before: 1 hour
    skip: [{", ".join(map(str, skip))}]
    extra: {extra}
    path: weekly/YYYY-MM-DD.md
  - name: Monthly
    schedule: first Tuesday of the month 14:00
    timezone: {self.place.zone}
    since: {self.first}
    path: monthly/YYYY-MM-DD.md
"""
