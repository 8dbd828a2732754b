"""Meeting day through the house: a draft is opened, people write into it or close it, or nobody does."""

from datetime import timedelta

import pytest

from bot.model import Kind
from bot.state import without_state
from github_simulator.state import PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, House
from tests.house.meeting_day import (
    FILE,
    KINDS,
    MONDAY,
    TUESDAY,
    WEEK,
    drafts,
    lists,
    open_calendar,
    the_draft,
    threads,
)

HOUR = timedelta(hours=1)
EVENING = TUESDAY + 8 * HOUR


# -- the draft ---------------------------------------------------------------------------------------------


async def test_at_midnight_of_meeting_day_the_draft_is_opened(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY - 13 * HOUR - timedelta(seconds=1))
    before = drafts(bare)
    await bare.live(TUESDAY - 13 * HOUR)
    at_midnight = drafts(bare)
    await bare.live(TUESDAY)

    assert (before, at_midnight) == ([], [("2026-08-18", "draft")])
    pull = the_draft(bare)
    assert (pull.title, pull.head_ref) == ("Minutes of 2026-08-18", "minutes/team-meeting/2026-08-18")
    assert without_state(pull.body).startswith("**Type here**: ")
    assert bare.minutes(FILE, pull.head_ref) == paper.TEMPLATE.replace(
        "Agenda template", "2026-08-18"
    ).replace("https://example.org", "2026-08-11.md")


async def test_a_look_with_nothing_to_do_is_one_request_and_a_draft_is_two_more(bare: House) -> None:
    await open_calendar(bare)
    found = len(bare.sent())
    await bare.live(TUESDAY)
    opened = bare.sent(found)
    bare.imani.close(the_draft(bare))
    await bare.quiet()
    looked = bare.sent(found)[len(opened) :]

    assert [len(steps) for steps in opened] == [4, 3], "one query, one batch"
    assert opened[1] == ("createRef", "createCommitOnBranch", "createPullRequest")
    assert looked == opened[:1]


@pytest.mark.parametrize("more", ["    open_issue: true\n", "    open_discussion: Meetings\n"])
async def test_where_the_notes_are_opened_too_it_is_two_more(bare: House, more: str) -> None:
    await open_calendar(bare, more)
    bare.imani.label(bare.imani.open_issue(ARCHIVE, "Welcome"), LABEL)  # the label is there
    bare.imani.open_discussion(ARCHIVE, "Welcome", "", "Meetings")
    await bare.quiet()
    found = len(bare.sent())
    await bare.live(TUESDAY)

    assert len(bare.sent(found)) <= 2 + 2
    assert drafts(bare) == [("2026-08-18", "draft")]


async def test_where_the_plan_has_no_drafts_the_title_says_so_until_there_are_notes(bare: House) -> None:
    bare.simulator.person("tern-lab").actor.account.has_drafts = False
    await open_calendar(bare, private=True)
    await bare.live(TUESDAY)
    pull = the_draft(bare)
    opened = (pull.title, pull.draft)
    bare.simulator.world.repository("tern-lab", "planning").private = True
    source = bare.publish()
    await bare.quiet()

    assert opened == ("Draft: Minutes of 2026-08-18", False)
    assert (pull.title, bare.status_of(source)) == ("Minutes of 2026-08-18", ("ready", ""))
    assert drafts(bare) == [("2026-08-18", "open")]


# -- notes come --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["issue", "discussion"])
async def test_notes_that_come_become_the_content_of_the_draft(bare: House, kind: Kind) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    pull = the_draft(bare)
    source = bare.publish(kind=kind)
    await bare.quiet()

    assert threads(bare, PullRequest) == [pull]
    assert (pull.draft, bare.status_of(source)) == (False, ("ready", ""))
    assert bare.minutes(FILE, pull.head_ref) == paper.MADE
    assert "Minutes of **Tuesday 2026-08-18**, 2 people present" in pull.body
    await bare.live(TUESDAY + 2 * WEEK)
    assert drafts(bare)[0] == ("2026-08-18", "open"), "no reminder, and it does not close"
    assert bare.comments(pull) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_where_notes_are_there_already_no_draft_is_opened(bare: House, kind: Kind) -> None:
    await open_calendar(bare)
    source = bare.publish(kind=kind)
    await bare.live(MONDAY + 2 * HOUR)
    published = drafts(bare)
    await bare.live(TUESDAY)

    assert published == drafts(bare) == [("2026-08-18", "open")]
    assert bare.status_of(source) == ("ready", "")


@pytest.mark.parametrize("kind", KINDS)
async def test_notes_that_were_not_quiet_yet_adopt_the_draft(bare: House, kind: Kind) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY - 13 * HOUR - timedelta(minutes=5))
    source = bare.publish(kind=kind)
    await bare.live(TUESDAY)

    assert drafts(bare) == [("2026-08-18", "open")]
    assert bare.status_of(source) == ("ready", "")


@pytest.mark.parametrize("kind", KINDS)
async def test_what_people_typed_into_the_draft_stays_beside_the_notes(bare: House, kind: Kind) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    pull = the_draft(bare)
    typed = bare.minutes(FILE, pull.head_ref).replace("## AOB\n", "## AOB\n\nThe press is sold.\n")
    bare.imani.push(ARCHIVE, {FILE: typed}, "AOB", pull.head_ref)
    await bare.quiet()
    bare.publish(kind=kind)
    await bare.quiet()

    text = bare.minutes(FILE, pull.head_ref)
    assert "The press is sold." in text
    assert "Attending: Imani, Tove" in text
    assert drafts(bare) == [("2026-08-18", "open")]


async def test_who_types_into_the_draft_needs_no_notes(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    pull = the_draft(bare)
    bare.imani.push(ARCHIVE, {FILE: paper.MADE}, "Minutes", pull.head_ref)
    await bare.live(TUESDAY + 2 * WEEK)

    assert bare.comments(pull) == []
    assert [state for _, state in drafts(bare)] == ["draft", "closed", "draft"], (
        "only the one in between lapsed"
    )
    bare.imani.mark_ready(pull)
    bare.imani.merge(pull)
    await bare.quiet()
    assert drafts(bare)[0] == ("2026-08-18", "merged")


@pytest.mark.parametrize("kind", KINDS)
async def test_notes_of_a_day_whose_draft_a_person_closed_are_published(bare: House, kind: Kind) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    bare.imani.close(the_draft(bare))
    await bare.quiet()
    source = bare.publish(kind=kind)
    await bare.quiet()

    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-18", "open")]
    assert bare.status_of(source) == ("ready", "")


async def test_a_draft_that_a_person_closed_stays_closed(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    bare.imani.close(the_draft(bare))
    await bare.live(EVENING)
    await bare.begin()
    await bare.live(TUESDAY + WEEK)

    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-25", "draft")]
    assert lists(bare) == []


# -- nobody writes -----------------------------------------------------------------------------------------


async def test_people_are_reminded_once_and_at_the_next_meeting_the_draft_closes(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY)
    pull = the_draft(bare)
    await bare.live(TUESDAY + 5 * HOUR - timedelta(seconds=1))
    before = bare.comments(pull)
    await bare.live(TUESDAY + 5 * HOUR)
    await bare.begin()
    await bare.live(TUESDAY + 6 * timedelta(days=1))
    (reminder,) = bare.comments(pull)
    await bare.live(TUESDAY + WEEK)

    assert before == []
    assert "2026-08-25" in reminder.body, "when it closes"
    assert bare.comments(pull) == [reminder]
    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-25", "draft")]
    assert pull.repository.git.branch(pull.head_ref) is None
    assert without_state(pull.body).startswith("**Closed by itself**")


async def test_a_lapsed_draft_does_not_keep_the_notes_out(bare: House) -> None:
    await open_calendar(bare)
    await bare.live(TUESDAY + WEEK)
    source = bare.publish()
    await bare.quiet()

    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-25", "draft"), ("2026-08-18", "open")]
    assert bare.status_of(source) == ("ready", "")


async def test_the_next_draft_links_the_newest_meeting_that_was_held(bare: House) -> None:
    """Never the empty draft of last week."""
    await open_calendar(bare)
    await bare.live(TUESDAY + WEEK)

    pull = threads(bare, PullRequest)[-1]
    assert "[last meeting](2026-08-11.md)" in bare.minutes("2026/2026-08-25.md", pull.head_ref)


async def test_a_server_that_slept_opens_the_newest_meeting_only(bare: House) -> None:
    await open_calendar(bare)
    bare.later.clear()
    bare.simulator.clock.set(TUESDAY + 2 * WEEK)
    await bare.begin()

    assert drafts(bare) == [("2026-09-01", "draft")]
