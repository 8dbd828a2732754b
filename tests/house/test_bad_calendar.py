"""Calendars that are odd or wrong: whatever stands beside a good series, its meetings are opened."""

from collections import Counter

import pytest

from bot.config import PATH
from tests.depth import sample
from tests.house.conftest import ARCHIVE, FILES, House
from tests.house.meeting_day import MONDAY, TUESDAY, TUESDAYS, WEEK, drafts, open_calendar

WRONG = {
    "a rule that is none": "  - {name: Press, schedule: FREQ=NEVER}\n",
    "a rule that cannot be": "  - {name: Press, schedule: FREQ=MONTHLY;BYMONTHDAY=32}\n",
    "an unknown zone": "  - {name: Press, schedule: every Monday, timezone: Europe/Atlantis}\n",
    "a day that is none": "  - {name: Press, schedule: every Monday, skip: [2026-02-30]}\n",
    "a name twice": "  - {name: Team meeting, schedule: every Monday}\n",
    "a thousand": "".join(
        f"  - {{name: Press {number}, schedule: every Monday}}\n" for number in range(1000)
    ),
}
ODD = {
    "over since long": "  - {name: Press, schedule: FREQ=WEEKLY;BYDAY=MO;UNTIL=20200101}\n",
    "on no day at all": "  - {name: Press, schedule: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30}\n",
    "opened in a category that is not there": "  - {name: Press, schedule: every Sunday, since: 2026-08-20,"
    " path: press/YYYY-MM-DD.md, open_discussion: Nowhere}\n",
}


@pytest.mark.parametrize("wrong", sample(WRONG, {"a rule that cannot be", "an unknown zone"}.__contains__))
async def test_beside_a_mistake_the_last_good_calendar_is_in_force(bare: House, wrong: str) -> None:
    await open_calendar(bare)
    bare.imani.push(ARCHIVE, {PATH: TUESDAYS + WRONG[wrong]})
    await bare.quiet()
    await bare.live(TUESDAY + WEEK)

    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-25", "draft")]


@pytest.mark.parametrize("more", ODD.values(), ids=ODD)
async def test_beside_what_is_odd_the_others_meet(bare: House, more: str) -> None:
    await open_calendar(bare)
    bare.imani.push(ARCHIVE, {PATH: TUESDAYS + more})
    await bare.quiet()
    await bare.live(TUESDAY)

    assert drafts(bare) == [("2026-08-18", "draft")]


async def test_two_series_for_one_file_have_one_draft(bare: House) -> None:
    both = TUESDAYS + "  - {name: Press, schedule: every Tuesday 16:00, since: 2026-08-15}\n"
    await open_calendar(bare)
    bare.imani.push(ARCHIVE, {PATH: both})
    await bare.quiet()
    await bare.live(TUESDAY)
    await bare.begin()
    opened = drafts(bare)
    await bare.live(TUESDAY + WEEK)

    assert opened == [("2026-08-18", "draft")]
    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-25", "draft")]


async def test_of_90_series_in_a_file_each_meets(bare: House) -> None:
    """On the days of a month from the 18th on, seven or six a day."""
    rules = "".join(
        f"- {{name: a{number}, schedule: FREQ=MONTHLY;BYMONTHDAY={18 + number % 14},"
        f" path: a{number}/YYYY/YYYY-MM-DD.md}}\n"
        for number in range(90)
    )
    bare.simulator.clock.set(MONDAY)
    bare.install({**FILES, PATH: f"series:\n{rules}"})
    await bare.begin()
    await bare.live(TUESDAY)
    await bare.begin()
    await bare.live(TUESDAY + WEEK / 7)

    assert Counter(day for day, _ in drafts(bare)) == {"2026-08-18": 7, "2026-08-19": 7}
