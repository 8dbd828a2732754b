"""What is proposed from the days on which a team met: teams that skip, forget, change and move."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import FEWEST, as_yaml, propose, propose_each, read
from bot.config import read as read_config
from tests.depth import examples

YEAR = date(2025, 1, 7)  # a Tuesday
WEEK = timedelta(weeks=1)


def weekly(count, first=YEAR, step=1):
    return [first + at * step * WEEK for at in range(count)]


def month_ends(count):
    return [date(2025 + at // 12, at % 12 + 1, 1) - timedelta(days=1) for at in range(1, count + 1)]


SHAPES = {
    # what the team does: (its days, the schedule, the day it is counted from, fitting, off, missed)
    "every week": (weekly(52), "every Tuesday", None, 52, 0, 0),
    "some weeks forgotten": ([*weekly(20), *weekly(20, YEAR + 30 * WEEK)], "every Tuesday", None, 40, 0, 10),
    "every third forgotten": (
        [day for at, day in enumerate(weekly(45)) if at % 3], "every Tuesday", None, 30, 0, 14,
    ),
    "every other week": (weekly(26, step=2), "every other Tuesday", YEAR, 26, 0, 0),
    "the other week since a holiday": (
        [*weekly(12, step=2), *weekly(12, YEAR + 27 * WEEK, step=2)],
        "every other Tuesday", YEAR + 27 * WEEK, 12, 12, 13,
    ),
    "another weekday since the summer": (
        [*weekly(25), *weekly(25, YEAR + 25 * WEEK + timedelta(days=2))], "every Thursday", None, 25, 25, 25,
    ),
    "every third week": (weekly(17, step=3), "every 3 weeks on Tuesday", YEAR, 17, 0, 0),
    "twice a week": (
        weekly(30) + weekly(30, YEAR + timedelta(days=2)), "every Tuesday and Thursday", None, 60, 0, 0,
    ),
    "every weekday": (
        [day for at in range(200) if (day := YEAR + timedelta(days=at)).weekday() < 5], "every weekday", None,
        144, 0, 0,
    ),
    "every day": ([YEAR + timedelta(days=at) for at in range(99)], "every day", None, 99, 0, 0),
    "first Monday": (
        [day for at in range(1, 365) if (day := YEAR + timedelta(days=at)).weekday() == 0 and day.day < 8],
        "first Monday of the month", None, 12, 0, 0,
    ),
    "a fixed day": ([date(2025, month, 17) for month in range(1, 13)], "monthly on the 17th", None, 12, 0, 0),
    "the last day": (month_ends(12), "last day of the month", None, 12, 0, 0),
    "three in a row": (weekly(3), "every Tuesday", None, 3, 0, 0),
}  # fmt: skip


@pytest.mark.parametrize("what", SHAPES)
def test_the_schedule_that_the_days_show(what):
    days, *expected = SHAPES[what]
    it = propose(days)
    assert [it.schedule, it.since, it.fitting, len(it.off), len(it.missed)] == expected
    assert it.meetings == len(days) == it.fitting + len(it.off)
    assert propose(reversed(days + days)) == it


@pytest.mark.parametrize(
    "days",
    [
        [],
        weekly(FEWEST - 1),
        [YEAR] * 9,
        [*weekly(9), YEAR + 80 * WEEK],  # long ago
        [YEAR + timedelta(days=at * at) for at in range(19)],
        [date(2025, 1, 2), date(2025, 2, 14), date(2025, 4, 21), date(2025, 6, 4), date(2025, 9, 27)],
    ],
)
def test_no_schedule_to_speak_of(days):
    assert propose(days) is None


@examples(50)  # a hundred schedules are tried each time
@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=40))
def test_any_days_give_a_schedule_that_can_be_read_or_none(days):
    it = propose(days)
    if it:
        assert 0.6 <= it.agreement <= 1
        (series,) = read_config(as_yaml([it])).series
        assert (series.schedule, series.since) == (read(it.schedule), it.since)
        assert it.fitting + len(it.off) == it.meetings
        assert not days & set(it.missed)


# -- archives ----------------------------------------------------------------------------------------------


def proposed(layouts):
    """Write what is proposed, and read it as a configuration: (name, path) of each series."""
    text = as_yaml(propose_each(layouts))
    return [(series.name, series.path) for series in read_config(text).series], text


def test_one_series_needs_no_path():
    assert proposed({"YYYY/YYYY-MM-DD.md": weekly(9)})[0] == [("Tuesday meeting", None)]
    assert proposed({"YYYY-MM-DD.md": [*weekly(9), *weekly(9, YEAR + timedelta(2))]})[0] == [
        ("Team meeting", None)
    ]


NAMED = {
    ("tech/YYYY/YYYY-MM-DD.md", "legal/YYYY-MM-DD.md"): ["legal", "tech"],
    ("wg/a/notes/YYYY-MM-DD.md", "wg/b/notes/YYYY-MM-DD.md"): ["wg/a/notes", "wg/b/notes"],
    ("notes/YYYY-MM-DD--core.md", "notes/YYYY-MM-DD--web.md"): ["core", "web"],
    ("m/core-YYYY-MM-DD.md", "m/web-notes-month-DD-YYYY.md"): ["core", "web-notes"],
    ("YYYY/DD-MM.md", "YYYY/YYYYMMDD.md"): ["Tuesday meeting 1", "Tuesday meeting 2"],
    (f"{'a' * 70}1/YYYY-MM-DD.md", f"{'a' * 70}b/YYYY-MM-DD.md"): ["Tuesday meeting 1", "Tuesday meeting 2"],
    ('say "x": y/YYYY-MM-DD.md', "#z/YYYY-MM-DD.md"): ["#z", 'say "x": y'],
}


@pytest.mark.parametrize("layouts", NAMED)
def test_several_series_have_names_and_paths_of_their_own(layouts):
    found, _ = proposed(dict.fromkeys(layouts, weekly(9)))
    assert [name for name, _ in found] == NAMED[layouts]
    assert {path for _, path in found} == set(layouts)


def test_places_that_differ_by_a_number_are_one():
    layouts = {f"Q{at}/YYYY-MM-DD.md": weekly(13, YEAR + at * 13 * WEEK) for at in range(1, 4)}
    found, text = proposed(layouts | {"b/YYYY-MM-DD.md": weekly(20, YEAR + 30 * WEEK)})
    assert found == [("Q3", "Q3/YYYY-MM-DD.md"), ("b", "b/YYYY-MM-DD.md")]
    assert "# the newest of 3 places\n" in text
    assert "39 of 39 meetings fit" in text


def test_a_place_that_is_no_longer_used_is_left_out():
    old = {"old/YYYY-MM-DD.md": weekly(50), "new/YYYY-MM-DD.md": weekly(9, YEAR + 103 * WEEK)}
    assert [it.layout for it in propose_each(old)] == ["new/YYYY-MM-DD.md"]
    assert propose_each({}) == ()
    assert propose_each({"YYYY-MM-DD.md": []}) == ()


def test_days_that_do_not_fit_are_listed_the_newest_of_many():
    text = as_yaml([propose([*weekly(9), *weekly(40, YEAR + 11 * WEEK), YEAR + timedelta(days=1)])])
    assert "  # 49 of 50 meetings fit.\n  # On other days: 2025-01-08 (Wed).\n" in text
    assert "  # Days without minutes: 2025-03-11 (Tue), 2025-03-18 (Tue).\n" in text
    text = as_yaml([propose([*weekly(20), *weekly(20, YEAR + 30 * WEEK)])])
    assert "  # Days without minutes: 10, the newest 2025-06-24 (Tue), 2025-07-01 (Tue), " in text
    assert text.count("(Tue)") == 6
