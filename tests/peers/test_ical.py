"""ical.js reads the files that `series --ics` writes, and expands the same schedules by itself."""

import json
import subprocess
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Extra, Series, as_ics, read
from tests.peers.conftest import HERE

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
NAME = "Ünïted; a, b\\c: " + "ümläut " * 20 + "end"


def run_program(node, program, text):
    """Run a program of this folder."""
    done = subprocess.run(
        [node, program], cwd=HERE, input=text.encode(), capture_output=True, timeout=60, check=True
    )
    return json.loads(done.stdout)


def instants(meetings):
    return [f"{each.starts:%Y-%m-%dT%H:%M:%S.000Z}" for each in meetings]


# -- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ZONES)
def test_every_instant(node, zone):
    series = Series(NAME[:60], read("every day 1:45"), ZoneInfo(zone), date(2024, 1, 1))
    meetings = [meeting for year in range(2024, 2029) for meeting in series.of_year(year)]
    output = run_program(node, "ical.mjs", as_ics(meetings, NOW))
    assert [each["starts"] for each in output] == instants(meetings)
    assert {each["summary"] for each in output} == {NAME[:60]}


def test_days_without_a_time_and_long_names(node):
    meetings = Series(NAME, read("every Tuesday")).of_year(2026)
    output = run_program(node, "ical.mjs", as_ics(meetings, NOW))
    assert [each["starts"] for each in output] == [meeting.day.isoformat() for meeting in meetings]
    assert {each["summary"] for each in output} == {NAME}


# -- rules -------------------------------------------------------------------------------------------------

WORKING = "BYDAY=MO,TU,WE,TH,FR"
SCHEDULES = (
    # (in words, the first meeting, the rule)
    ("every Tuesday 14:00", "2024-01-02T14:00:00", "FREQ=WEEKLY;BYDAY=TU"),
    ("every other Thursday 10:30", "2024-01-04T10:30:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
    ("first Monday of the month 16:00", "2024-01-01T16:00:00", "FREQ=MONTHLY;BYDAY=1MO"),
    ("last Friday of the month 23:59", "2024-01-26T23:59:00", "FREQ=MONTHLY;BYDAY=-1FR"),
    ("last weekday of the month noon", "2024-01-31T12:00:00", f"FREQ=MONTHLY;{WORKING};BYSETPOS=-1"),
    ("monthly on the 31st 9:00", "2024-01-31T09:00:00", "FREQ=MONTHLY;BYMONTHDAY=31"),
    ("every 3 months on the second Tuesday 0:00", "2024-01-09T00:00:00", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU"),
    # the clocks leave these out in spring, or show them twice in autumn, in one of the zones or another
    ("every day 1:30", "2024-01-01T01:30:00", "FREQ=DAILY"),
    ("every day 2:00", "2024-01-01T02:00:00", "FREQ=DAILY"),
    ("every day 2:15", "2024-01-01T02:15:00", "FREQ=DAILY"),
    ("every day 2:30", "2024-01-01T02:30:00", "FREQ=DAILY"),
    ("every Sunday 1:45", "2024-01-07T01:45:00", "FREQ=WEEKLY;BYDAY=SU"),
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_the_same_schedules_five_years_long(node, zone):
    plain = [{"start": start, "rule": rule, "skip": [], "extra": []} for _, start, rule in SCHEDULES]
    output = run_program(node, "expand.mjs", json.dumps({"zone": zone, "schedules": plain, "until": 2028}))
    for (words, start, _), theirs in zip(SCHEDULES, output, strict=True):
        series = Series("A", read(words), ZoneInfo(zone), date.fromisoformat(start[:10]))
        ours = [meeting for year in range(2024, 2029) for meeting in series.of_year(year)]
        assert instants(ours) == theirs, words
        assert len(theirs) > 15


@pytest.mark.parametrize("zone", ZONES)
def test_the_same_meetings_are_skipped_and_moved(node, zone):
    series = Series(
        "A",
        read("every Sunday 2:30"),
        ZoneInfo(zone),
        date(2024, 1, 7),
        skip=frozenset({date(2024, 12, 29), date(2026, 4, 5), date(2026, 4, 6), date(2026, 10, 4)}),
        extra=(
            Extra(date(2024, 12, 30)),  # moved to the day after
            Extra(date(2026, 3, 29), time(1, 30)),  # at another time: Londoners leave it out
            Extra(date(2026, 10, 4), time(2, 10)),  # the same, skipped and put in: the clocks of Lord Howe
            Extra(date(2026, 11, 1), time(1, 15)),  # and New Yorkers see it twice
            Extra(date(2027, 2, 3), time(23, 59)),
        ),
    )
    moved = {
        "start": "2024-01-07T02:30:00",
        "rule": "FREQ=WEEKLY;BYDAY=SU",
        "skip": [
            f"{day}T02:30:00"
            for day in ("2024-12-29", "2026-03-29", "2026-04-05", "2026-10-04", "2026-11-01")
        ],
        "extra": [
            "2024-12-30T02:30:00",
            "2026-03-29T01:30:00",
            "2026-10-04T02:10:00",
            "2026-11-01T01:15:00",
            "2027-02-03T23:59:00",
        ],
    }
    (theirs,) = run_program(
        node, "expand.mjs", json.dumps({"zone": zone, "schedules": [moved], "until": 2028})
    )
    assert instants(meeting for year in range(2024, 2029) for meeting in series.of_year(year)) == theirs


def test_of_weeks_ical_js_chooses_no_days(node):
    """It ignores BYSETPOS there (kewisch/ical.js#1039). When this fails, compare those rules, too."""
    rule = {"start": "2026-01-05T09:00:00", "rule": "FREQ=WEEKLY;BYDAY=MO,FR;BYSETPOS=-1;COUNT=4"}
    payload = {"zone": "UTC", "schedules": [rule | {"skip": [], "extra": []}], "until": 2026}
    (theirs,) = run_program(node, "expand.mjs", json.dumps(payload))
    assert [each[:10] for each in theirs] == ["2026-01-05", "2026-01-09", "2026-01-12", "2026-01-16"]
