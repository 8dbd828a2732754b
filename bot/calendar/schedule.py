"""A schedule: the days of a recurrence rule, and a local time of day.

Rules are those of RFC 5545 section 3.3.10, parsed strictly and expanded by whole days; the time of day is
separate. So daylight saving time cannot move a meeting to another day, and a day identifies a meeting.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from bot.calendar.rule import CODES, expand

BEGINNING = date(2000, 1, 3)
"""The Monday from which "every other week" is counted when `since` is not set."""
YEARS = 12
"""How many years a meeting is searched for: 29 February may be 8 years apart, as around 2100."""

_NUMBER = "[1-9][0-9]{0,2}"
_MONTHDAY = "[+-]?(?:[1-9]|0[1-9]|[12][0-9]|3[01])"
_WEEKNO = "[+-]?(?:[1-9]|0[1-9]|[1-4][0-9]|5[0-3])"
_YEARDAY = "[+-]?(?:[1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])"
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"


def _list_of(one: str) -> str:
    return f"{one}(?:,{one})*"


_PARTS: Mapping[str, tuple[str, str]] = {
    "FREQ": ("DAILY|WEEKLY|MONTHLY|YEARLY", "DAILY, WEEKLY, MONTHLY or YEARLY"),
    "INTERVAL": (_NUMBER, "a number from 1 to 999"),
    "COUNT": (_NUMBER, "a number from 1 to 999"),
    "UNTIL": ("[0-9]{8}(?:T[0-9]{6}Z?)?", "a day such as 20261231"),
    "WKST": (_DAY, "a day such as MO"),
    "BYDAY": (_list_of(f"(?:{_WEEKNO})?{_DAY}"), "days such as TU, 1MO or -1FR"),
    "BYMONTHDAY": (_list_of(_MONTHDAY), "days such as 15 or -1"),
    "BYYEARDAY": (_list_of(_YEARDAY), "days from 1 to 366"),
    "BYMONTH": (_list_of("(?:0?[1-9]|1[0-2])"), "months from 1 to 12"),
    "BYSETPOS": (_list_of(_YEARDAY), "places such as 1 or -1"),
    "BYHOUR": ("[01]?[0-9]|2[0-3]", "one hour from 0 to 23: a series meets once a day"),
    "BYMINUTE": ("[0-5]?[0-9]", "one minute from 0 to 59"),
    "BYSECOND": ("0?0", "0"),
}
"""The parts of a rule: the pattern of each value, and what to write if it does not match."""

_FORBIDDEN: Mapping[str, frozenset[str]] = {
    "BYMONTHDAY": frozenset({"WEEKLY"}),
    "BYYEARDAY": frozenset({"DAILY", "WEEKLY", "MONTHLY"}),
}
"""Parts, with the frequencies with which RFC 5545 forbids them."""

_NAMES_DAYS = frozenset({"BYDAY", "BYMONTHDAY", "BYYEARDAY"})
_OF_THE_CLOCK = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_DTSTART = re.compile(
    r"DTSTART(?:;VALUE=DATE(?:-TIME)?)?(?:;TZID=([^:;\s]+))?:(\d{8})(?:T(\d{4})(\d\d)(Z?))?"
)


class ScheduleError(ValueError):
    """A text of the configuration is no valid schedule; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The days of a recurrence rule, and the local time `at` of its meetings (None: no time is given).

    `rule` is an RRULE without COUNT, UNTIL and the parts for hours, minutes and seconds. `until` is the last
    day, or the last instant in UTC. `since` and `zone` (an IANA name) are from a DTSTART.
    """

    rule: str
    at: time | None = None
    until: date | datetime | None = None
    count: int | None = None
    since: date | None = None
    zone: str | None = None

    def days(self, since: date, first: date, last: date) -> Iterator[date]:
        """Yield the days of the schedule from `first` to `last`, both included; none lies before `since`."""
        if self.until is not None:  # an instant in UTC may be a day later in local time
            last = min(last, _as_day(self.until) + timedelta(days=isinstance(self.until, datetime)))
        parts = _complete(dict(part.split("=") for part in self.rule.split(";")), since)
        if self.count is None:
            yield from expand(parts, since, first, last)
        else:
            yield from (day for day in islice(expand(parts, since, since, last), self.count) if day >= first)


NEVER = Schedule("FREQ=DAILY", until=date.min)
"""The schedule of a series that is not given one: it has no days."""


def from_rule(text: str) -> Schedule:
    """Return the schedule of the text of an RRULE (RFC 5545), with or without a DTSTART before it.

    Raises ScheduleError.
    """
    since, clock, zone = None, None, None
    *before, rule = text.upper().split() if "DTSTART" not in text.upper() else text.split()
    if before:
        match = _DTSTART.fullmatch(before[0]) if len(before) == 1 else None
        if not match:
            raise ScheduleError("write `DTSTART:20260106T140000` before the RRULE, or `since`")
        since = _day(match[2])
        clock = _time(match[3][:2], match[3][2:]) if match[3] else None
        zone = match[1] or ("UTC" if match[5] else None)
    parts = _parts(rule.upper().removeprefix("RRULE:"))
    if "BYHOUR" in parts:
        clock = _time(parts["BYHOUR"], parts.get("BYMINUTE", "0"))
    until, count = parts.get("UNTIL"), parts.get("COUNT")
    days = {name: value for name, value in parts.items() if name not in {"UNTIL", "COUNT", *_OF_THE_CLOCK}}
    return Schedule(
        ";".join(f"{name}={value}" for name, value in days.items()),
        clock,
        _until(until) if until else None,
        int(count) if count else None,
        since,
        zone,
    )


def verify(schedule: Schedule, since: date | None) -> None:
    """Raise ScheduleError when a schedule leaves open which days it means, or has none for many years.

    `since` is the first day that the configuration gives, from which weeks are counted; None: it gives none.
    """
    parts = dict(part.split("=") for part in schedule.rule.split(";"))
    since = since or schedule.since
    if since is None and schedule.count is not None:
        raise ScheduleError("COUNT needs a first day: add `since`")
    if since is None and parts["FREQ"] != "DAILY" and not _NAMES_DAYS & parts.keys():
        raise ScheduleError("which day is it? add BYDAY or BYMONTHDAY, or `since`")
    begin = since or BEGINNING
    endless = Schedule(schedule.rule)
    if not any(endless.days(begin, begin, begin + timedelta(days=round(365.25 * YEARS)))):
        raise ScheduleError(f"no day of {YEARS} years is like that")


def _parts(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name. Raises ScheduleError for the first part that is not supported."""
    parts: dict[str, str] = {}
    for part in rule.rstrip(";").split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS:
            raise ScheduleError(f"`{_shown(name)}` is no part of an RRULE, there are {', '.join(_PARTS)}")
        pattern, cure = _PARTS[name]
        if name in parts:
            raise ScheduleError(f"{name} stands twice")
        if not re.fullmatch(pattern, value):
            raise ScheduleError(f"{name} is {cure}")
        parts[name] = value
    _verify_together(parts)
    return parts


def _verify_together(parts: Mapping[str, str]) -> None:
    """Raise ScheduleError when the parts cannot be combined."""
    every = parts.get("FREQ")
    if every is None:
        raise ScheduleError("an RRULE needs FREQ, such as FREQ=WEEKLY;BYDAY=TU")
    for name, frequencies in _FORBIDDEN.items():
        if name in parts and every in frequencies:
            raise ScheduleError(f"{name} cannot stand with FREQ={every}")
    numbered = re.search(r"\d", parts.get("BYDAY", ""))
    if numbered and every not in ("MONTHLY", "YEARLY"):
        raise ScheduleError("a number in BYDAY counts in months or years: FREQ=MONTHLY;BYDAY=1MO")
    if "COUNT" in parts and "UNTIL" in parts:
        raise ScheduleError("COUNT and UNTIL cannot stand together")
    if "BYSETPOS" in parts and not (_NAMES_DAYS | {"BYMONTH"}) & parts.keys():
        raise ScheduleError("BYSETPOS chooses among days: add BYDAY")
    if "BYMINUTE" in parts and "BYHOUR" not in parts:
        raise ScheduleError("BYMINUTE needs BYHOUR")


def _complete(parts: dict[str, str], since: date) -> dict[str, str]:
    """Return the parts with the weekday, month or day that RFC 5545 takes from the first day if missing."""
    if _NAMES_DAYS & parts.keys() or parts["FREQ"] == "DAILY":
        return parts
    if parts["FREQ"] == "WEEKLY":
        return parts | {"BYDAY": CODES[since.weekday()]}
    month = {"BYMONTH": f"{since.month}"} if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts else {}
    return parts | month | {"BYMONTHDAY": f"{since.day}"}


def _until(text: str) -> date | datetime:
    """Parse UNTIL: an instant in UTC if it ends with Z, else a day, without its local time."""
    day = _day(text[:8])
    if not text.endswith("Z"):
        return day
    return datetime.combine(day, _time(text[9:11], text[11:13]), UTC)


def _as_day(until: date | datetime) -> date:
    return until.date() if isinstance(until, datetime) else until


def _day(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise ScheduleError(f"{digits} is no day of the calendar") from None


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ScheduleError(f"{hour}:{minute} is no time of a day") from None


def _shown(text: str) -> str:
    return text.replace("`", "'")[:40]
