"""The days of a rule, judged by dateutil's."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Schedule, ScheduleError, read, verify
from bot.calendar.schedule import from_rule

DAYS_OF_WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
DAYS = st.sampled_from(DAYS_OF_WEEK)
NTH = st.builds(str.__add__, st.sampled_from(["1", "2", "-1", "4", "5", "-5"]), DAYS)


def listed(values):
    return st.lists(values.map(str), min_size=1, max_size=4, unique=True).map(",".join)


@st.composite
def rules(draw):
    """Rules as dateutil reads them too: it takes numbered days away where plain ones stand beside them."""
    every = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": every, "INTERVAL": str(draw(st.integers(1, 3 if every == "YEARLY" else 9)))}
    if draw(st.booleans()):
        numbered = every in ("MONTHLY", "YEARLY") and draw(st.booleans())
        parts["BYDAY"] = draw(listed(NTH if numbered else DAYS))
    elif every != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(listed(st.sampled_from([1, 2, 15, 28, 29, 30, 31, -1, -2, -31])))
    elif every == "YEARLY" and draw(st.booleans()):
        parts["BYYEARDAY"] = draw(listed(st.sampled_from([1, 60, 100, 365, 366, -1, -306])))
    if draw(st.booleans()) and "BYYEARDAY" not in parts:
        parts["BYMONTH"] = draw(listed(st.integers(1, 12)))
    if "BYDAY" in parts and draw(st.booleans()):
        parts["BYSETPOS"] = draw(listed(st.sampled_from([1, 2, -1])))
    if draw(st.booleans()):
        parts["WKST"] = draw(DAYS)
    return ";".join(f"{name}={value}" for name, value in parts.items())


@given(
    rules(),
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.integers(0, 900),
    st.none() | st.integers(1, 9),
)
def test_dateutil_names_the_same_days(rule, since, later, count):
    rule = rule if count is None else f"{rule};COUNT={count}"
    schedule = from_rule(rule)
    try:
        verify(schedule, since)
    except ScheduleError as error:  # dateutil would look for a day until 9999
        assert "no day of 12 years" in str(error)
        assert "BYMONTH" in rule or "BYYEARDAY" in rule or "BYSETPOS" in rule or "INTERVAL=7" in rule
        return
    first, last = since + timedelta(days=later), since + timedelta(days=later + 900)
    assert list(schedule.days(since, first, last)) == theirs(rule, since, first, last)


def theirs(rule, since, first, last):
    """Ask dateutil. To choose among the days of a week it must be shown all of the first one.

    It leaves out days before the first one (dateutil#1398); RFC 5545 section 3.3.10: "a set of recurrence
    instances starts at the beginning of the interval".
    """
    rule, _, count = rule.partition(";COUNT=")
    start = DAYS_OF_WEEK.index(rule.partition("WKST=")[2][:2] or "MO")
    in_week = (since.weekday() - start) % 7 if "WEEKLY" in rule and "BYSETPOS" in rule else 0
    known = rrulestr(rule, dtstart=datetime.combine(since - timedelta(days=in_week), time()))
    # with an end: where nothing is left before 9999 it would look for that
    named = known.between(datetime.combine(since, time()), datetime.combine(last, time()), inc=True)
    return [day.date() for day in named[: int(count) if count else None] if day.date() >= first]


@pytest.mark.parametrize(
    ("rule", "days"),
    [  # Wednesday 7 January 2026 is in the middle of a week
        ("BYDAY=MO,WE,FR;BYSETPOS=1", [12, 19, 26]),
        ("BYDAY=MO,WE,FR;BYSETPOS=2", [7, 14, 21, 28]),
        ("BYDAY=MO,WE,FR;BYSETPOS=-1", [9, 16, 23, 30]),
        ("BYDAY=MO,WE,FR;BYSETPOS=1,-1", [9, 12, 16, 19, 23, 26, 30]),
        ("BYDAY=MO,WE,FR;BYSETPOS=1;WKST=WE", [7, 14, 21, 28]),
        ("BYDAY=MO,WE,FR;BYSETPOS=3,1;WKST=FR;INTERVAL=2", [7, 16, 21, 30]),
    ],
)
def test_places_are_counted_from_the_beginning_of_the_week(rule, days):
    schedule = from_rule(f"FREQ=WEEKLY;{rule}")
    since = date(2026, 1, 7)
    assert [day.day for day in schedule.days(since, since, date(2026, 1, 31))] == days


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY;BYDAY=20MO", "2026-05-18 2027-05-17 2028-05-15"),
        ("FREQ=YEARLY;BYDAY=-1SU", "2026-12-27 2027-12-26 2028-12-31"),
        ("FREQ=YEARLY;BYDAY=-53SU,53SA", "2028-01-02 2028-12-30"),
        ("FREQ=YEARLY;INTERVAL=2;BYDAY=1MO,-1FR;BYMONTH=2", "2026-02-02 2026-02-27 2028-02-07 2028-02-25"),
        ("FREQ=YEARLY;BYYEARDAY=-1,60", "2026-03-01 2026-12-31 2027-03-01 2027-12-31 2028-02-29 2028-12-31"),
        ("FREQ=YEARLY;BYYEARDAY=-366,366", "2028-01-01 2028-12-31"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1", "2026-03-31 2027-03-31 2028-03-31"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=15", "2026-01-15 2028-01-15"),
        ("FREQ=YEARLY;BYMONTH=6", "2026-06-05 2027-06-05 2028-06-05"),
        ("FREQ=YEARLY", "2026-01-05 2027-01-05 2028-01-05"),
        ("FREQ=YEARLY;INTERVAL=2;BYDAY=MO;BYSETPOS=1,-1", "2026-01-05 2026-12-28 2028-01-03 2028-12-25"),
        ("FREQ=MONTHLY;BYDAY=-5TU;BYMONTH=6,9", "2026-06-02 2026-09-01 2027-06-01"),
        ("FREQ=MONTHLY;BYMONTH=1;BYDAY=MO;BYSETPOS=-4", "2026-01-05 2027-01-04 2028-01-10"),
        ("FREQ=MONTHLY;INTERVAL=23;BYDAY=MO;BYSETPOS=-4,4", "2026-01-05 2026-01-26 2027-12-06 2027-12-27"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYSETPOS=1,-1", "2028-02-29"),
        ("FREQ=MONTHLY;INTERVAL=9;BYMONTHDAY=9;BYSETPOS=-1", "2026-01-09 2026-10-09 2027-07-09 2028-04-09"),
        ("FREQ=DAILY;INTERVAL=364;BYDAY=MO;BYSETPOS=1", "2026-01-05 2027-01-04 2028-01-03"),
        ("FREQ=DAILY;INTERVAL=365", "2026-01-05 2027-01-05 2028-01-05"),
        ("FREQ=WEEKLY;INTERVAL=52", "2026-01-05 2027-01-04 2028-01-03"),
        ("FREQ=MONTHLY;INTERVAL=12", "2026-01-05 2027-01-05 2028-01-05"),
    ],
)  # fmt: skip
def test_three_years_from_a_monday(rule, days):
    since = date(2026, 1, 5)
    schedule = from_rule(rule)
    verify(schedule, since)
    assert " ".join(map(str, schedule.days(since, since, date(2028, 12, 31)))) == days


def test_the_31st_does_not_drift():
    days = read("monthly on the 31st").days(date(2026, 1, 31), date(2026, 1, 1), date(2026, 12, 31))
    assert [day.month for day in days] == [1, 3, 5, 7, 8, 10, 12]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "no day of 12 years"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no day of 12 years"),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=6", "no day of 12 years"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TU", "no day of 12 years"),
        ("FREQ=WEEKLY", "which day is it?"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "COUNT needs a first day"),
        ("FREQ=HOURLY", "FREQ is DAILY, WEEKLY"),
        ("INTERVAL=2", "an RRULE needs FREQ"),
        ("FREQ=WEEKLY;INTERVAL=0;BYDAY=TU", "INTERVAL is a number"),
        ("FREQ=WEEKLY;BYDAY=2TU", "a number in BYDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY cannot stand with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY cannot stand"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY is days"),
        ("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "BYMONTH is months"),
        ("RRULE:", "`` is no part of an RRULE"),
        ("FREQ=WEEKLY;BYDAY=TU,", "BYDAY is days such as"),
        ("FREQ=MONTHLY;BYDAY=9XX", "BYDAY is days such as"),
        ("FREQ=MONTHLY;BYDAY=54MO", "BYDAY is days such as"),
        ("FREQ=DAILY;INTERVAL=1000", "INTERVAL is a number"),
        ("FREQ=DAILY;COUNT=0", "COUNT is a number"),
        ("FREQ=DAILY;BYHOUR=24", "BYHOUR is one hour"),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=60", "BYMINUTE is one minute"),
        ("FREQ=DAILY;BYSECOND=30", "BYSECOND is 0"),
        ("FREQ=YEARLY;BYYEARDAY=367", "BYYEARDAY is days from 1 to 366"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY cannot stand with FREQ=MONTHLY"),
        ("FREQ=DAILY;UNTIL=2026-03-01", "UNTIL is a day such as"),
        ("FREQ=DAILY;UNTIL=20260230", "20260230 is no day"),
        ("FREQ=DAILY;UNTIL=20260301;COUNT=2", "cannot stand together"),
        ("FREQ=DAILY;BYHOUR=9,17", "BYHOUR is one hour"),
        ("FREQ=DAILY;BYMINUTE=30", "BYMINUTE needs BYHOUR"),
        ("FREQ=DAILY;FREQ=DAILY", "FREQ stands twice"),
        ("FREQ=DAILY;BYEASTER=0", "`BYEASTER` is no part"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS chooses"),
        ("DTSTART:2026 RRULE:FREQ=DAILY", "write `DTSTART:"),
        ("DTSTART:20260106T250000 FREQ=DAILY", "25:00 is no time"),
        ("every Teusday", "did you mean `Tuesday`?"),
        ("every Tuesday 25:00", "write an RRULE, or words such as"),
        ("every Tuesday 14", "write an RRULE"),
        ("", "write an RRULE"),
        ("every " * 2000, "write an RRULE"),
        ("first " * 30 + "Monday of the month", "write an RRULE"),
    ],
)
def test_what_is_no_schedule(rule, says):
    with pytest.raises(ScheduleError, match=re.escape(says)):
        verify(read(rule), None)


@pytest.mark.parametrize(
    ("text", "at", "since", "zone", "until", "count"),
    [
        ("FREQ=DAILY", None, None, None, None, None),
        ("rrule:freq=daily;byhour=9;", time(9), None, None, None, None),
        ("FREQ=DAILY;BYHOUR=9;BYMINUTE=5;BYSECOND=0", time(9, 5), None, None, None, None),
        ("DTSTART:20260106 RRULE:FREQ=DAILY", None, date(2026, 1, 6), None, None, None),
        ("DTSTART:20260106T140000\nRRULE:FREQ=DAILY", time(14), date(2026, 1, 6), None, None, None),
        ("DTSTART:20260106T140500Z FREQ=DAILY;COUNT=3", time(14, 5), date(2026, 1, 6), "UTC", None, 3),
        (
            "DTSTART;TZID=Europe/London:20260106T140000 FREQ=DAILY;BYHOUR=15;UNTIL=20261231",
            time(15), date(2026, 1, 6), "Europe/London", date(2026, 12, 31), None,
        ),
        ("FREQ=DAILY;UNTIL=20261231T235900", None, None, None, date(2026, 12, 31), None),
        (
            "FREQ=DAILY;UNTIL=20261231T235900Z", None, None, None,
            datetime(2026, 12, 31, 23, 59, tzinfo=UTC), None,
        ),
    ],
)  # fmt: skip
def test_what_stands_beside_the_rule(text, at, since, zone, until, count):
    assert read(text) == Schedule("FREQ=DAILY", at, until, count, since, zone)
