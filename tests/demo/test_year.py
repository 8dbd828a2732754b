"""The year of the demo: what it tells is what happened."""

import io
from datetime import date, time

from rich.console import Console

from bot.demo.year import LONDON, Meeting, plan_year, print_year, simulate_year
from tests.depth import THOROUGH


def test_a_year_is_made_up_the_same_every_time() -> None:
    calendar, meetings = plan_year(2026)

    assert plan_year(2026) == (calendar, meetings)
    assert len(meetings) == 51
    assert {meeting.day.weekday() for meeting in meetings} == {1, 2}, "one is moved to a Wednesday"
    assert date(2026, 12, 29) not in {meeting.day for meeting in meetings}


async def test_each_meeting_is_opened_when_its_day_begins_and_quiet_days_stay_quiet() -> None:
    finished: list[Meeting] = []

    record = await simulate_year(2026, finished.append, most=None if THOROUGH else 3)

    expected = plan_year(2026)[1] if THOROUGH else plan_year(2026)[1][:3]
    assert [meeting.day for meeting in record.meetings] == [meeting.day for meeting in expected]
    opened = [each.opened.astimezone(LONDON) for each in record.meetings if each.opened]
    assert [(at.date(), at.time()) for at in opened] == [(each.day, time()) for each in expected]
    assert record.quiet == 0
    assert record.requests.total() > len(expected)
    assert sorted(each.day for each in finished) == [each.day for each in expected]


async def test_the_table_sums_it_up() -> None:
    printed = io.StringIO()

    await print_year(2026, Console(file=printed, width=120), most=2)

    assert "Tue 2026-01-06  opened 00:00" in printed.getvalue()
    assert "pull request open on the day of the meeting" in printed.getvalue()
