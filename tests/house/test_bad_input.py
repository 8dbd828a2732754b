"""What arrives empty, huge, hostile, or at the wrong place: nothing is lost, and people are told."""

import sys

import pytest

from bot.minutes import decode
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, LABEL, NOON, SOURCE, House

TITLE = "Team meeting 2026-08-18"
BODY_LIMIT = 65_536  # characters of an issue's body on GitHub

ODD_NOTES: dict[str, str] = {
    "65,536 characters": (paper.NOTES + "- word " * BODY_LIMIT)[:BODY_LIMIT],
    "one line of 65,536 characters": "x" * BODY_LIMIT,
    "binary junk": "".join(map(chr, range(1, 256))) * 20,
    "unpaired and odd Unicode": "\ufffe\uffff\u202e\u200b\U0001f9d1\u200d\U0001f4bb é e\u0301",
    "Windows line ends": paper.NOTES.replace("\n", "\r\n"),
    "old Mac line ends": paper.NOTES.replace("\n", "\r"),
    "a byte order mark": "\ufeff" + paper.NOTES,
    "front matter that is not YAML": "---\ntitle: [unclosed\n\t: :\n---\n" + paper.NOTES,
    "front matter without an end": "---\ntitle: x\n" + paper.NOTES,
    "a list of 200 levels": "".join(f"{' ' * n}- a\n" for n in range(200)),
    "a conflict marker": "<<<<<<< HEAD\n" + paper.NOTES + "=======\n>>>>>>> theirs\n",
    "only a table": "| a | b |\n| - | - |\n| 1 | 2 |\n",
    "an open fence": "```\n" + paper.NOTES,
    "hostile Markdown": "![[" * 5000 + "<a:" * 5000 + "`" * 3001,
}


@pytest.mark.parametrize("name", ODD_NOTES)
async def test_odd_notes_become_minutes_without_losing_a_word(house: House, name: str) -> None:
    notes = ODD_NOTES[name]
    issue = house.publish(notes, TITLE)
    await house.quiet()

    assert house.status_of(issue) == ("ready", "")
    (pull,) = house.pulls()
    written = house.minutes("2026/2026-08-18.md", pull.head_ref)
    assert "internal-error" not in pull.body
    words = decode(notes.encode("utf-8", "surrogatepass")).split()
    linked = ["[last", "meeting](https://example.org)"]
    gone = (
        ["---", "title:", "[unclosed", ":"]
        if "front matter that the template does not have" in pull.body
        else []
    )
    assert [word for word in words if word not in (*linked, *gone) and word not in written] == []


async def test_a_fault_of_the_normaliser_leaves_the_notes_as_typed_and_is_counted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["bot.minutes.normalising.normalise"], "_normalise", lambda task: 1 / 0)
    issue = house.publish()
    await house.quiet()

    (pull,) = house.pulls()
    assert house.minutes("2026/2026-08-18.md", pull.head_ref) == paper.NOTES
    assert house.status_of(issue) == ("ready", "draft")
    assert house.work.metrics.registry.get_sample_value("minutes_caught_total") >= 1


async def test_notes_that_are_not_there_are_asked_for(house: House) -> None:
    issue = house.publish("", TITLE)
    await house.quiet()

    assert house.status_of(issue) == ("question", "no-notes")
    assert house.pulls() == []


@pytest.mark.parametrize(
    "body", ["- we talked", "- on 31 February 2026", "2026-02-30\n\n- we talked", "# 2021-21-08"]
)
async def test_a_date_that_is_not_there_is_asked_for(house: House, body: str) -> None:
    issue = house.publish(body, "Team meeting")
    await house.quiet()
    assert house.status_of(issue) == ("question", "no-date")
    assert house.pulls() == []

    house.pass_time()
    house.imani.edit(issue, title=TITLE)
    await house.quiet()

    assert house.status_of(issue) == ("ready", "")


async def test_a_user_who_was_deleted_after_labelling_starts_nothing_and_breaks_nothing(house: House) -> None:
    house.simulator.add_collaborator(SOURCE, "gone", "write")
    gone = house.simulator.person("gone")
    issue = gone.open_issue(SOURCE, TITLE, paper.NOTES)
    gone.comment(issue, "see you")
    gone.label(issue, LABEL)
    house.simulator.world.delete_user("gone")
    await house.quiet()
    assert house.comments(issue) == []

    house.imani.unlabel(issue, LABEL)
    house.imani.label(issue, LABEL)
    await house.quiet()

    assert house.status_of(issue) == ("ready", "")


async def test_an_issue_that_was_deleted_meanwhile_is_let_go(house: House) -> None:
    issue = house.publish()
    house.imani.delete(issue)
    await house.quiet()

    assert house.pulls() == []


async def test_without_an_archive_it_asks_and_goes_on_when_it_is_there(bare: House) -> None:
    bare.install(files=None)
    issue = bare.publish()
    await bare.quiet()
    assert bare.status_of(issue) == ("question", "no-archive")

    bare.simulator.create_repository(ARCHIVE, files=FILES)
    bare.imani.comment(issue, "it is there now")
    await bare.quiet()

    assert bare.status_of(issue) == ("ready", "")


async def test_an_archive_on_which_it_is_not_installed_is_said(bare: House) -> None:
    bare.install()
    bare.simulator.world.installations[bare.installation].repositories = {
        bare.simulator.world.repository(*SOURCE.split("/")).id
    }
    issue = bare.publish()
    await bare.quiet()

    assert bare.status_of(issue) == ("question", "no-archive")
    assert "not installed" in bare.comments(issue)[0].body


@pytest.mark.parametrize(
    ("files", "archive", "question"),
    [
        ({}, {}, "archive-empty"),
        (FILES, {"fork": True}, "archive-fork"),
        ({**FILES, "2026/2026-08-18.md": "# 2026-08-18\n\nby hand\n"}, {}, "taken"),
        ({**FILES, ".github/minutes.yml": "labels: [meeting-notes\n"}, {}, "configuration"),
        ({"a/2026-08-04.md": "x", "b/2026-08-11.md": "x"}, {}, "which-series"),
    ],
)
async def test_an_archive_that_cannot_take_the_minutes_is_a_question(
    bare: House, files: dict[str, str], archive: dict[str, bool], question: str
) -> None:
    bare.install(files, **archive)
    issue = bare.publish()
    await bare.quiet()

    assert bare.status_of(issue) == ("question", question)
    assert bare.pulls() == []


async def test_an_archived_archive_is_a_question(house: House) -> None:
    house.simulator.world.repository(*ARCHIVE.split("/")).archived = True
    issue = house.publish()
    await house.quiet()

    assert house.status_of(issue) == ("question", "archive-archived")


async def test_notes_of_a_private_repository_do_not_go_to_a_public_archive(bare: House) -> None:
    bare.simulator.world.repository(*SOURCE.split("/")).private = True
    bare.install()
    issue = bare.publish()
    await bare.quiet()

    assert bare.status_of(issue) == ("question", "private-source")
    assert bare.pulls() == []


@pytest.mark.parametrize("template", ["", "just a sentence\n", "\x00\x01"])
async def test_a_template_that_has_no_slots_costs_the_template_only(bare: House, template: str) -> None:
    bare.install({**FILES, "agenda-template.md": template})
    issue = bare.publish()
    await bare.quiet()

    assert bare.status_of(issue) == ("ready", "")
    (pull,) = bare.pulls()
    assert "agenda-template.md was not used" in pull.body.replace("\\", "")


async def test_the_second_of_two_sources_for_one_day_is_asked(house: House) -> None:
    first, second = house.publish(), house.publish(paper.NOTES + "\n- another view\n")
    await house.quiet()

    assert house.status_of(first) == ("ready", "")
    assert house.status_of(second) == ("question", "taken")
    assert len(house.pulls()) == 1


async def test_last_weeks_date_on_this_weeks_notes_never_touches_last_weeks_minutes(house: House) -> None:
    issue = house.publish(paper.MINUTES + "\n- new\n", "Team meeting")
    await house.quiet()

    assert house.status_of(issue) == ("question", "taken")
    assert house.minutes("2026/2026-08-11.md", "main") == paper.MINUTES


async def test_a_clock_that_stands_still_is_no_loop(house: House) -> None:
    issue = house.publish()
    await house.deliver()

    assert house.simulator.clock.now() == NOON
    assert len(house.later) == 1
    assert house.comments(issue) == []
