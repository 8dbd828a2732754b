"""Expands a recurrence rule of RFC 5545 into days, period by period; always ends, even without a match."""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Parts = Mapping[str, str]


def expand(parts: Parts, since: date, first: date, last: date) -> Iterator[date]:
    """Yield the days of a recurrence rule of RFC 5545 from `first` to `last`, both included.

    No day is before `since`. `parts` is the rule by name (`{"FREQ": "WEEKLY", "BYDAY": "TU"}`). Periods
    (days, weeks, months or years, every INTERVAL-th) count from the one with `since`. In each, every part
    filters the days (section 3.3.10, by whole days), and BYSETPOS selects by position among the rest, days
    before `since` included.
    """
    allows = [test(parts[name], parts) for name, test in _TESTS.items() if name in parts]
    places = [int(place) for place in parts.get("BYSETPOS", "").split(",") if place]
    first = max(first, since)
    for begin, end in _periods(parts, since, first):
        if begin > last:
            return
        days = [date.fromordinal(at) for at in range(begin.toordinal(), end.toordinal())]
        for allow in allows:
            days = list(filter(allow, days))
        if places:
            chosen = {
                place - (place > 0) for place in places if -len(days) <= place - (place > 0) < len(days)
            }
            days = sorted({days[place] for place in chosen})
        yield from (day for day in days if first <= day <= last)


def _periods(parts: Parts, since: date, day: date) -> Iterator[tuple[date, date]]:
    """Yield the periods from the one with `day`, or the last before it: first day, and day after the last."""
    step = int(parts.get("INTERVAL", "1"))
    number, bounds = _PERIODS[parts["FREQ"]](parts)
    origin = number(since)
    at = origin + (number(day) - origin) // step * step
    while True:
        try:
            yield bounds(at)
        except (ValueError, OverflowError):  # after the year 9999
            return
        at += step


Periods = tuple[Callable[[date], int], Callable[[int], tuple[date, date]]]


def _days(_: Parts) -> Periods:
    return date.toordinal, lambda at: (date.fromordinal(at), date.fromordinal(at + 1))


def _weeks(parts: Parts) -> Periods:
    start = CODES.index(parts.get("WKST", "MO")) + 1  # day 1 was a Monday
    return (
        lambda day: (day.toordinal() - start) // 7,
        lambda at: (date.fromordinal(at * 7 + start), date.fromordinal(at * 7 + 7 + start)),
    )


def _months(_: Parts) -> Periods:
    def first(at: int) -> date:
        return date(at // 12, at % 12 + 1, 1)

    return lambda day: day.year * 12 + day.month - 1, lambda at: (first(at), first(at + 1))


def _years(_: Parts) -> Periods:
    return lambda day: day.year, lambda at: (date(at, 1, 1), date(at + 1, 1, 1))


_PERIODS: Mapping[str, Callable[[Parts], Periods]] = {
    "DAILY": _days,
    "WEEKLY": _weeks,
    "MONTHLY": _months,
    "YEARLY": _years,
}
"""By frequency: a function from a day to its period's number, and one from a number to first day and end."""


def _month(value: str, _: Parts) -> Callable[[date], bool]:
    months = _numbers(value)
    return lambda day: day.month in months


def _monthday(value: str, _: Parts) -> Callable[[date], bool]:
    days = _numbers(value)
    return lambda day: day.day in days or day.day - monthrange(day.year, day.month)[1] - 1 in days


def _yearday(value: str, _: Parts) -> Callable[[date], bool]:
    days = _numbers(value)

    def allow(day: date) -> bool:
        number = day.timetuple().tm_yday
        return number in days or number - 366 - isleap(day.year) in days

    return allow


def _weekday(value: str, parts: Parts) -> Callable[[date], bool]:
    """Return the test of BYDAY: weekdays, all of them or the nth of a month.

    With FREQ=YEARLY and without BYMONTH, the nth of the year; a negative n counts from the end.
    """
    wanted = {(int(each[:-2] or 0), CODES.index(each[-2:])) for each in value.split(",")}
    if all(place == 0 for place, _ in wanted):  # the usual case, faster to test
        weekdays = {weekday for _, weekday in wanted}
        return lambda day: day.weekday() in weekdays
    of_year = parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts

    def allow(day: date) -> bool:
        if of_year:
            at, length = day.timetuple().tm_yday, 365 + isleap(day.year)
        else:
            at, length = day.day, monthrange(day.year, day.month)[1]
        nth = {0, (at - 1) // 7 + 1, -((length - at) // 7 + 1)}
        return any((place, day.weekday()) in wanted for place in nth)

    return allow


def _numbers(value: str) -> frozenset[int]:
    return frozenset(map(int, value.split(",")))


_TESTS: Mapping[str, Callable[[str, Parts], Callable[[date], bool]]] = {
    "BYMONTH": _month,
    "BYMONTHDAY": _monthday,
    "BYYEARDAY": _yearday,
    "BYDAY": _weekday,
}
"""By part of a rule: a function that returns the test of a day for the part's value."""
