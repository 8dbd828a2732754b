"""Meetings of five years, computed a second time from the changes of the clocks, without bot.calendar.

The second computation asks zoneinfo only what clocks show at an instant, never which instant a time is.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Extra, Series, read

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
DAY, HALF_HOUR = timedelta(days=1), timedelta(minutes=30)
FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
EVERY_DAY = [FIRST + at * DAY for at in range((LAST - FIRST).days + 1)]


@cache
def offsets(zone):
    """List the offsets from UTC that are in force, each with its first instant, hour by hour."""
    at, found = datetime(2023, 12, 1, tzinfo=UTC), []
    while at < datetime(2029, 2, 1, tzinfo=UTC):
        offset = at.astimezone(ZoneInfo(zone)).utcoffset()
        if not found or found[-1][1] != offset:
            found.append((at, offset))
        at += HALF_HOUR
    return found


def instant(day, at, zone):
    """Return when clocks show that time first; where they leave it out, the clocks of before tell it."""
    wall = datetime.combine(day, at, UTC)
    known = offsets(zone)
    ends = [*(start for start, _ in known[1:]), datetime.max.replace(tzinfo=UTC)]
    spans = zip(known, ends, strict=True)
    shown = [wall - offset for (start, offset), end in spans if start <= wall - offset < end]
    before = [offset for start, offset in known if start <= wall - DAY]
    return shown[0] if shown else wall - before[-1]


SCHEDULES = {
    "every Tuesday 14:00": (lambda day: day.isoweekday() == 2, time(14)),
    "every other Thursday 10:30": (lambda day: (day - date(2024, 1, 4)).days % 14 == 0, time(10, 30)),
    "first Monday of the month 16:00": (lambda day: day.isoweekday() == 1 and day.day < 8, time(16)),
    "every day 1:30": (lambda day: True, time(1, 30)),
    "every day 2:00": (lambda day: True, time(2)),
    "every day 2:15": (lambda day: True, time(2, 15)),
    "every day 2:30": (lambda day: True, time(2, 30)),
    "every Sunday and Saturday 1:45": (lambda day: day.isoweekday() > 5, time(1, 45)),
    "last Friday of the month 23:59": (
        lambda day: day.isoweekday() == 5 and (day + 7 * DAY).month != day.month, time(23, 59),
    ),
    "monthly on the 31st 0:00": (lambda day: day.day == 31, time()),
    "last day of the month": (lambda day: (day + DAY).day == 1, time()),
    "every weekday": (lambda day: day.isoweekday() < 6, time()),
}  # fmt: skip
SKIPPED = {date(2024, 2, 29), date(2024, 12, 24), date(2026, 3, 29), date(2026, 10, 4), date(2027, 5, 4)}
EXTRA = {
    date(2024, 2, 28): None,  # a moved one, unless the schedule names the day
    date(2025, 10, 26): time(1, 30),
    date(2026, 3, 8): time(2, 30),
    date(2026, 10, 4): time(2, 10),  # skipped and put in
    date(2027, 8, 1): time(23, 59),
}


def expected(words, zone):
    """List (day, instant) of each meeting, in order of time."""
    fits, at = SCHEDULES[words]
    days = {day for day in EVERY_DAY if fits(day) and day not in SKIPPED} | EXTRA.keys()
    return sorted(((day, instant(day, EXTRA.get(day) or at, zone)) for day in days), key=lambda it: it[1])


def series(words, zone):
    extra = tuple(Extra(day, at) for day, at in EXTRA.items())
    return Series("A", read(words), ZoneInfo(zone), FIRST, skip=frozenset(SKIPPED), extra=extra)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("words", SCHEDULES)
def test_every_meeting_of_five_years(words, zone):
    found = [meeting for year in range(2024, 2029) for meeting in series(words, zone).of_year(year)]
    assert [(meeting.day, meeting.starts) for meeting in found] == expected(words, zone)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "words", ["every Tuesday 14:00", "every other Thursday 10:30", "last day of the month"]
)
def test_the_next_and_the_last_one_at_any_time(words, zone):
    it, known = series(words, zone), expected(words, zone)
    second = timedelta(seconds=1)
    for (_, one), (day, two), (_, three) in list(zip(known, known[1:], known[2:], strict=False))[::7]:
        assert it.next_after(one).day == it.next_after(two - second).day == day
        assert it.next_after(two).starts == three
        assert it.previous_before(two).starts == one
        assert it.previous_before(two + second).day == it.previous_before(three).day == day
        assert [meeting.starts for meeting in it.between(one, three)] == [one, two]
        assert it.between(one + second, two) == ()
        assert it.on(day).starts == two


@pytest.mark.parametrize("zone", ZONES)
def test_minutes_are_opened_with_the_day_or_so_long_before(zone):
    it = series("every day 2:30", zone)
    early = Series("A", it.schedule, it.timezone, FIRST, timedelta(hours=26))
    for day in EVERY_DAY:
        if it.on(day):
            assert it.on(day).opens == instant(day, time(), zone)
        assert early.on(day).opens == instant(day, time(2, 30), zone) - timedelta(hours=26)


def test_the_clocks_that_are_meant_do_change():
    lord_howe = {offset for _, offset in offsets("Australia/Lord_Howe")}
    assert lord_howe == {timedelta(hours=10, minutes=30), timedelta(hours=11)}
    assert [len(offsets(zone)) for zone in ZONES] == [11, 11, 1, 11]
