"""Meetings in local time: what follows what, exceptions, ends, and the clocks that change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import EXAMPLES, Extra, Series, read

ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("zone", "day", "at", "local", "utc"),
    [
        ("Europe/London", date(2026, 3, 29), time(1, 30), "02:30", "01:30"),
        ("Europe/London", date(2026, 10, 25), time(1, 30), "01:30", "00:30"),
        ("America/New_York", date(2026, 3, 8), time(2, 30), "03:30", "07:30"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "01:30", "05:30"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "02:45", "15:45"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "01:45", "14:45"),
    ],
)
def test_gap_and_overlap(zone, day, at, local, utc):
    series = Series("A", read(f"daily {at:%H:%M}"), ZoneInfo(zone))
    meeting = series.on(day)
    assert (f"{meeting.local:%H:%M}", f"{meeting.starts:%H:%M}") == (local, utc)
    assert series.on(day + timedelta(days=1)).local.time() == at


DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SERIES = st.builds(
    lambda words, zone, skip, extra: Series(
        "A", read(words), ZoneInfo(zone), date(2024, 2, 29), None, skip,
        tuple(Extra(day, at) for day, at in extra.items()),
    ),
    st.sampled_from(EXAMPLES),
    st.sampled_from(ZONES),
    st.frozensets(DAYS, max_size=9),
    st.dictionaries(DAYS, st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)), max_size=3),
)  # fmt: skip
MOMENTS = st.datetimes(datetime(2024, 3, 10), datetime(2028, 12, 1), timezones=st.just(UTC))


@given(SERIES, MOMENTS)
def test_meetings_follow_each_other(series, now):
    near = series.between(now - timedelta(days=400), now + timedelta(days=400))
    assert all(one.starts < next_.starts for one, next_ in pairwise(near))
    after = next((each for each in near if each.starts > now), None)
    before = next((each for each in reversed(near) if each.starts < now), None)
    assert series.next_after(now) == after
    previous = series.previous_before(now)
    assert previous == before if before or not previous else previous.starts < now - timedelta(days=400)
    extra = {each.day for each in series.extra}
    plain = replace(series, skip=frozenset(), extra=())
    for each in near:
        assert each.day in extra or (each.day not in series.skip and plain.on(each.day))
        assert series.on(each.day) == each


def test_a_moved_meeting_is_a_skip_and_an_extra():
    tuesdays = Series("A", read("every Tuesday 14:00"), ZoneInfo("Europe/London"))
    moved = replace(
        tuesdays,
        skip=frozenset({date(2026, 12, 29)}),
        extra=(Extra(date(2026, 12, 30)), Extra(date(2026, 12, 22), time(9))),
    )
    december = [f"{each.local:%d %H:%M}" for each in moved.of_year(2026)[-3:]]
    assert december == ["15 14:00", "22 09:00", "30 14:00"]


def test_until_is_the_last_instant():
    zone = ZoneInfo("America/New_York")
    for until, last in (("20261201T005959Z", 29), ("20261201T010000Z", 30), ("20261130", 30)):
        rule = read(f"FREQ=DAILY;BYHOUR=20;UNTIL={until}")
        assert Series("A", rule, zone).of_year(2026)[-1].day == date(2026, 11, last)
    assert Series("A", rule, zone).next_after(datetime(2026, 12, 2, tzinfo=UTC)) is None


def test_minutes_are_opened_when_the_day_begins_or_before_the_meeting():
    series = Series("A", read("every Tuesday 14:00"), ZoneInfo("America/New_York"))
    day = date(2026, 11, 24)
    assert series.on(day).opens == datetime(2026, 11, 24, 5, tzinfo=UTC)
    assert replace(series, open_before=timedelta(days=2)).on(day).opens == datetime(
        2026, 11, 22, 19, tzinfo=UTC
    )


def test_without_a_time_a_meeting_is_its_day():
    series = Series(
        "A", read("every Tuesday"), ZoneInfo("Asia/Kolkata"), extra=(Extra(date(2026, 11, 25), time(9)),)
    )
    tuesday, wednesday = series.on(date(2026, 11, 24)), series.on(date(2026, 11, 25))
    assert (tuesday.is_all_day, wednesday.is_all_day) == (True, False)
    assert tuesday.starts == tuesday.opens == datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    assert (tuesday.local.date(), tuesday.local.time()) == (tuesday.day, time())
    assert wednesday.opens == datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert f"{wednesday.local:%H:%M}" == "09:00"


def test_a_series_begins_where_it_says_else_where_its_rule_does():
    rule = read("DTSTART:20260106 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert Series("A", rule).of_year(2026)[0].day == date(2026, 1, 6)
    assert Series("A", rule, since=date(2026, 1, 13)).of_year(2026)[0].day == date(2026, 1, 13)
    assert Series("A", read("every other Tuesday")).begins == date(2000, 1, 3)


@pytest.mark.parametrize("days", [45, 500, 4_000])
def test_a_meeting_is_looked_for_far_and_near(days):
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)
    ahead, ago = now.date() + timedelta(days=days), now.date() - timedelta(days=days)
    series = Series("A", read("DTSTART:20400101 FREQ=DAILY"), extra=(Extra(ago), Extra(ahead)))
    assert series.next_after(now).day == ahead
    assert series.previous_before(now).day == ago
    assert series.next_after(datetime(2040, 3, 1, 12, tzinfo=UTC)).day == date(2040, 3, 2)
    assert Series("A", series.schedule).next_after(now) is None
    assert Series("A", series.schedule).previous_before(now) is None
