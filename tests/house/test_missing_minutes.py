"""Minutes that never came: the one list of them, what is opened for it, and days that are skipped."""

from datetime import timedelta

from bot.config import PATH
from bot.model import MISSING
from github_simulator.state import Issue, PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, House
from tests.house.meeting_day import (
    FILE,
    MONDAY,
    TUESDAY,
    TUESDAYS,
    WEEK,
    drafts,
    lists,
    open_calendar,
    the_draft,
    threads,
)


def the_list(house: House) -> Issue:
    (issue,) = lists(house)
    return issue


def lines(house: House) -> list[str]:
    """Read the list: whether a line is ticked, and its day."""
    found = (line for line in the_list(house).body.split("\n") if line.startswith("- ["))
    return [f"{line[3]} {line.split(',')[0].split(' ')[-1]}" for line in found]


async def slept(house: House, weeks: int, more: str = "") -> None:
    """Open the calendar, and let the bot sleep from the first meeting on."""
    await open_calendar(house, more)
    house.later.clear()
    house.simulator.clock.set(TUESDAY + weeks * WEEK)
    await house.begin()


# -- the list ----------------------------------------------------------------------------------------------


async def test_a_meeting_without_minutes_is_listed_once_and_ticked_off_when_they_land(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    before = lists(bare)
    await bare.live(TUESDAY + 2 * WEEK)
    listed = lines(bare)
    bare.publish()
    await bare.quiet()
    pull = threads(bare, PullRequest)[-1]
    bare.imani.merge(pull)
    await bare.quiet()

    assert before == []
    assert listed == ["  2026-08-18", "  2026-08-25"]
    assert lines(bare) == ["x 2026-08-18", "  2026-08-25"]
    assert [label.name for label in the_list(bare).labels] == [MISSING]
    assert bare.comments(the_list(bare)) == [], "it is edited, nobody is called again"


async def test_one_word_opens_the_backlog_of_a_year_in_one_batch(bare: House) -> None:
    await slept(bare, 10)
    listed, opened = lines(bare), drafts(bare)
    sent = len(bare.sent())
    asked = bare.imani.comment(the_list(bare), "/minutes")
    await bare.quiet()

    assert len(listed) == 10
    assert opened == [("2026-10-27", "draft")]
    assert sorted(drafts(bare)) == [
        *[(str((TUESDAY + week * WEEK).date()), "draft") for week in range(10)],
        ("2026-10-27", "draft"),
    ]
    assert [each.content for each in asked.reactions] == ["rocket"]
    batches = [steps for steps in bare.sent(sent) if "createPullRequest" in steps]
    assert [steps.count("createPullRequest") for steps in batches] == [10]
    await bare.live(TUESDAY + 12 * WEEK)
    assert [state for _, state in drafts(bare)].count("draft") == 11, "what was asked for does not lapse"


async def test_who_may_not_write_opens_nothing(bare: House) -> None:
    await slept(bare, 3)
    asked = bare.yuki.comment(the_list(bare), "/minutes")
    await bare.quiet()

    assert drafts(bare) == [("2026-09-08", "draft")]
    assert [each.content for each in asked.reactions] == ["confused"]


async def test_notes_fill_what_was_opened_for_the_list(bare: House) -> None:
    await slept(bare, 2)
    bare.imani.comment(the_list(bare), "/minutes")
    await bare.quiet()
    source = bare.publish()
    await bare.quiet()

    assert bare.status_of(source) == ("ready", "")
    assert sorted(drafts(bare)) == [("2026-08-18", "open"), ("2026-08-25", "draft"), ("2026-09-01", "draft")]


async def test_a_list_that_people_closed_stays_the_one_list(bare: House) -> None:
    await slept(bare, 2)
    bare.imani.close(the_list(bare))
    await bare.live(TUESDAY + 4 * WEEK)

    assert len(lines(bare)) == 4


# -- skipped days ------------------------------------------------------------------------------------------


async def test_a_day_is_skipped_by_a_pull_request_that_counts_while_it_is_open(bare: House) -> None:
    await open_calendar(bare)
    source = bare.publish(title="Team meeting 2026-08-11", body=paper.MINUTES + "\n- more\n")
    await bare.quiet()
    bare.imani.comment(source, "/minutes skip 2026-08-18 holidays")
    await bare.quiet()
    skip = threads(bare, PullRequest)[-1]
    await bare.live(TUESDAY)

    assert (skip.title, skip.state) == ("No meeting on 2026-08-18: holidays", "open")
    assert drafts(bare)[-1] == ("No meeting on 2026-08-18: holidays", "open")
    text = bare.minutes(PATH, skip.head_ref)
    assert text.startswith(TUESDAYS)
    assert "skip:" in text
    assert "2026-08-18" in text.removeprefix(TUESDAYS)
    bare.imani.merge(skip)
    await bare.live(TUESDAY + WEEK)
    assert drafts(bare)[-2:] == [("No meeting on 2026-08-18: holidays", "merged"), ("2026-08-25", "draft")]
    assert lists(bare) == []


async def test_two_days_are_one_pull_request_which_merges(bare: House) -> None:
    await open_calendar(bare)
    source = bare.publish(title="Team meeting 2026-08-11", body=paper.MINUTES + "\n- more\n")
    await bare.quiet()
    for day in ("2026-08-25", "2026-08-18"):
        bare.imani.comment(source, f"/minutes skip {day} holidays")
        await bare.quiet()
    skip = threads(bare, PullRequest)[-1]
    bare.imani.merge(skip)
    await bare.live(TUESDAY + 2 * WEEK)

    assert skip.title == "No meeting on 2026-08-18, 2026-08-25"
    assert drafts(bare)[-2:] == [(skip.title, "merged"), ("2026-09-01", "draft")]
    assert lists(bare) == []


async def test_closing_it_puts_the_meeting_back(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY - timedelta(hours=4))
    bare.imani.comment(the_draft(bare), "/minutes skip 2026-08-18")
    await bare.quiet()
    skipped = drafts(bare)
    bare.imani.close(threads(bare, PullRequest)[-1])
    await bare.quiet()

    assert skipped == [("2026-08-18", "closed"), ("No meeting on 2026-08-18", "open")]
    assert drafts(bare) == [
        ("2026-08-18", "closed"),
        ("No meeting on 2026-08-18", "closed"),
        ("2026-08-18", "draft"),
    ]


async def test_a_listed_meeting_can_be_skipped_and_is_ticked_off(bare: House) -> None:
    await slept(bare, 2)
    bare.imani.comment(the_list(bare), "/minutes skip 2026-08-18")
    await bare.quiet()
    while_open = lines(bare)
    bare.imani.merge(threads(bare, PullRequest)[-1])
    await bare.quiet()

    assert while_open == lines(bare) == ["x 2026-08-18", "  2026-08-25"]


async def test_a_moved_meeting_is_opened_on_its_new_day(bare: House) -> None:
    await open_calendar(bare, "    skip: [2026-08-18]\n    extra: [2026-08-19 16:30]\n")
    await bare.live(TUESDAY + timedelta(hours=10))
    on_tuesday = drafts(bare)
    await bare.live(TUESDAY + timedelta(days=1))

    assert (on_tuesday, drafts(bare)) == ([], [("2026-08-19", "draft")])
    assert "16:30 Europe/London" in the_draft(bare).body


# -- the calendar changes ----------------------------------------------------------------------------------


async def test_a_calendar_that_is_changed_by_a_push_holds_at_once(bare: House) -> None:
    await open_calendar(bare)
    bare.imani.push(ARCHIVE, {PATH: TUESDAYS.replace("Tuesday", "Monday")})
    await bare.quiet()
    on_monday = drafts(bare)
    bare.imani.push(ARCHIVE, {PATH: None})
    await bare.quiet()
    await bare.live(MONDAY + 3 * WEEK)

    assert on_monday == [("2026-08-17", "draft")]
    assert bare.later == {}
    assert drafts(bare) == on_monday


async def test_a_mistake_in_the_calendar_leaves_the_last_good_one_in_force(bare: House) -> None:
    await open_calendar(bare)
    bare.imani.push(ARCHIVE, {PATH: TUESDAYS.replace("every Tuesday", "FREQ=NEVER")})
    await bare.live(TUESDAY)

    assert drafts(bare) == [("2026-08-18", "draft")]
    assert FILE in bare.simulator.world.repository(*ARCHIVE.split("/")).git.files(the_draft(bare).head_oid)
