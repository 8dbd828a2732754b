"""What a draft begins with, and the issue or discussion that the bot opens for the notes of a meeting."""

from datetime import timedelta

import pytest

from bot.model import Kind
from bot.state import without_state
from github_simulator import pulls
from github_simulator.state import Discussion, Issue, PullRequest, Thread
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, LABEL, SOURCE, House
from tests.house.meeting_day import FILE, KINDS, TUESDAY, WEEK, drafts, open_calendar, the_draft, threads

OPENS = {"issue": "    open_issue: true\n", "discussion": "    open_discussion: Meetings\n"}
ACTIONS = paper.MINUTES + "\n## Open actions\n\n- [ ] Bo cleans the press\n- [x] Imani buys ink\n"


def text_of(house: House) -> str:
    return house.minutes(FILE, the_draft(house).head_ref)


def the_source(house: House, kind: Kind) -> Thread:
    """The one issue or discussion that the bot opened in the archive."""
    known = threads(house, Issue) if kind == "issue" else threads(house, Discussion)
    (source,) = [each for each in known if each.author is house.app.bot]
    return source


# -- what a draft begins with ------------------------------------------------------------------------------


async def test_open_actions_are_carried_over_with_their_age(bare: House) -> None:
    await open_calendar(bare, files={**FILES, "2026/2026-08-11.md": ACTIONS})
    await bare.live(TUESDAY)

    assert "Bo cleans the press" in text_of(bare)
    assert "buys ink" not in text_of(bare)
    assert "| Open actions | Bo cleans the press, since 2026-08-11 (7 days) |" in the_draft(bare).body


async def test_standing_items_are_those_of_the_newest_minutes(bare: House) -> None:
    template = paper.TEMPLATE + "\n- Press\n- Ink\n"
    newest = paper.MINUTES + "\n- Ink: low\n- Paper: ordered\n- Imani found the old press in the cellar\n"
    await open_calendar(bare, files={"agenda-template.md": template, "2026/2026-08-11.md": newest})
    await bare.live(TUESDAY)

    assert text_of(bare).endswith("## AOB\n\n- Ink\n- Paper\n")


async def test_without_a_template_standing_items_are_what_the_minutes_share(bare: House) -> None:
    days = ("2026-07-28", "2026-08-04", "2026-08-11")
    shown = {day: f"# {day}\n\nAttending: Imani\n\n## Round\n\n- Ink: fine\n- On {day}\n" for day in days}
    await open_calendar(bare, files={f"2026/{day}.md": text for day, text in shown.items()})
    await bare.live(TUESDAY)

    assert text_of(bare).endswith("## Round\n\n- Ink\n")


async def test_the_agenda_is_what_is_labelled_for_it_each_once_and_without_power(bare: House) -> None:
    await open_calendar(bare)
    imani, simulator = bare.imani, bare.simulator
    simulator.create_repository("tern-lab/private", private=True)
    simulator.add_collaborator("tern-lab/private", "imani", "maintain")
    issue = imani.open_issue(SOURCE, "Ask @everybody about #1 [here](https://evil.example)", "", ("agenda",))
    imani.push(SOURCE, {"README.md": "# Plans\n"}, "Plans", "plans")
    planning = simulator.world.repository(*SOURCE.split("/"))
    pull = pulls.open_pull(simulator.world, imani.actor, planning, "Plans", "plans", "main")
    imani.label(pull, "agenda")
    talk = imani.open_discussion(SOURCE, "Harvest", labels=("Agenda", "harvest"))
    over = imani.open_issue(SOURCE, "Over and done", "", ("agenda",))
    imani.close(over)
    imani.open_issue("tern-lab/private", "A secret", "", ("agenda",))
    await bare.live(TUESDAY)

    text, body = text_of(bare), without_state(the_draft(bare).body)
    named = {"issues": issue, "pull": pull, "discussions": talk}
    links = [f"({simulator.url}/{SOURCE}/{kind}/{thread.number})" for kind, thread in named.items()]
    assert [text.count(link) for link in links] == [body.count(link) for link in links] == [1, 1, 1]
    for shown in ("Over and done", "A secret", "@everybody", "#1", "(https://evil.example)"):
        assert shown not in text + body


# -- the issue or discussion for the notes -----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["issue", "discussion"])
async def test_the_notes_are_opened_with_the_template_and_the_draft_leads_there(
    bare: House, kind: Kind
) -> None:
    await open_calendar(bare, OPENS[kind])
    bare.imani.open_discussion(ARCHIVE, "Welcome", "", "Meetings")
    await bare.live(TUESDAY)
    source = the_source(bare, kind)

    assert source.title == "Team meeting 2026-08-18"
    assert [label.name for label in source.labels] == [LABEL]
    assert without_state(source.body).startswith("# 2026-08-18\n\nAttending:")
    assert drafts(bare) == [("2026-08-18", "draft")]
    pull = the_draft(bare)
    assert without_state(pull.body).startswith(
        f"**Type here**: [the notes]({bare.simulator.url}/{ARCHIVE}/{kind}s/{source.number})"
    )
    assert bare.comments(source) == [], "nothing is announced of an empty draft"


@pytest.mark.parametrize("kind", KINDS)
async def test_its_text_becomes_the_minutes_when_people_edit_it(bare: House, kind: Kind) -> None:
    await open_calendar(bare, OPENS[kind])
    bare.imani.open_discussion(ARCHIVE, "Welcome", "", "Meetings")
    await bare.live(TUESDAY)
    source, pull = the_source(bare, kind), the_draft(bare)
    bare.imani.edit(source, body=source.body.replace("Attending:", "Attending: Imani, Tove"))
    await bare.quiet()

    assert bare.minutes(FILE, pull.head_ref) == paper.MADE
    assert drafts(bare) == [("2026-08-18", "open")]
    assert bare.status_of(source) == ("ready", "")
    await bare.live(TUESDAY + WEEK)
    assert drafts(bare)[0] == ("2026-08-18", "open")


@pytest.mark.parametrize("kind", KINDS)
async def test_comments_of_people_without_write_access_are_notes_that_wait_for_a_word(
    bare: House, kind: Kind
) -> None:
    await open_calendar(bare, OPENS[kind])
    bare.imani.open_discussion(ARCHIVE, "Welcome", "", "Meetings")
    await bare.live(TUESDAY)
    source, pull = the_source(bare, kind), the_draft(bare)
    bare.yuki.comment(source, "## Project status\n\nThe press is sold.\n")
    await bare.quiet()
    waits = bare.status_of(source)[0], drafts(bare), "sold" in bare.minutes(FILE, pull.head_ref)
    bare.imani.comment(source, "/minutes")
    await bare.quiet()

    assert waits == ("needs-approval", [("2026-08-18", "draft")], False)
    assert "The press is sold." in bare.minutes(FILE, pull.head_ref)
    assert drafts(bare) == [("2026-08-18", "open")]
    assert bare.status_of(source) == ("ready", "")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_source_into_which_nobody_wrote_closes_with_its_draft(bare: House, kind: Kind) -> None:
    await open_calendar(bare, OPENS[kind])
    bare.imani.open_discussion(ARCHIVE, "Welcome", "", "Meetings")
    await bare.live(TUESDAY)
    source = the_source(bare, kind)
    await bare.live(TUESDAY + WEEK - timedelta(days=1))
    before = source.state
    await bare.live(TUESDAY + WEEK)

    assert (before, source.state) == ("open", "closed")
    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-25", "draft")]


@pytest.mark.parametrize("kind", KINDS)
async def test_removing_the_label_of_an_adopted_source_takes_the_minutes_back(
    bare: House, kind: Kind
) -> None:
    """As everywhere: what nobody else had touched is closed, and there is no new draft for that day."""
    await open_calendar(bare)
    await bare.live(TUESDAY)
    source = bare.publish(kind=kind)
    await bare.quiet()
    bare.imani.unlabel(source, LABEL)
    await bare.quiet()
    await bare.live(TUESDAY + timedelta(hours=9))

    assert bare.status_of(source) == ("stopped", "")
    assert drafts(bare) == [("2026-08-18", "closed")]
    bare.imani.label(source, LABEL)
    await bare.quiet()
    assert drafts(bare) == [("2026-08-18", "closed"), ("2026-08-18", "open")]
    assert threads(bare, PullRequest)[-1].state == "open"
