"""Days without a year, as a question offers them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.minutes import guess_days

NEAR = date(2026, 8, 20)
MONDAY = 0


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Team meeting 24 August", ["2026-08-24"]),
        ("August 24th", ["2026-08-24"]),
        ("Sitzung 24. August", ["2026-08-24"]),
        ("Team meeting 24.8.26", ["2026-08-24"]),
        ("Team meeting 24.8.", ["2026-08-24"]),
        ("Meeting 24/8", ["2026-08-24"]),
        ("Meeting 8/24", ["2026-08-24"]),
        ("Meeting 11/12", ["2026-12-11", "2026-11-12"]),  # neither is a Monday
        ("Meeting 7/12", ["2026-12-07"]),  # a Monday; 12 July is a Sunday
        ("Meeting W35", ["2026-08-24"]),
        ("Protokoll KW 35", ["2026-08-24"]),
        ("Minutes of 5 January", ["2027-01-05"]),  # nearer than that of this year
        ("30 February", []),
        ("version 1.2.3 of 10.0.0.1", []),
        ("week 99", []),
        ("two of us talked", []),
    ],
)
def test_a_day_without_a_year_is_the_nearest(text: str, days: list[str]) -> None:
    assert [day.isoformat() for _, day in guess_days(text, NEAR, MONDAY)] == days


def test_a_week_says_no_day_where_the_weekday_is_not_known() -> None:
    assert guess_days("W35", NEAR) == ()


@given(st.text(), st.sampled_from([None, *range(7)]))
def test_any_text_can_be_searched(text: str, weekday: int | None) -> None:
    assert all(words in text for words, _ in guess_days(text, NEAR, weekday))
