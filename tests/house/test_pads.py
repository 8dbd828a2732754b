"""Notes that are typed in a pad: a link to it is enough."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.pad import PadServer
from github_simulator.state import Discussion, Issue
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, PADS, SOURCE, House

PATH = "2026/2026-08-18.md"
BRANCH = "minutes/2026-08-18"
LINK = f"https://{PADS}/weekly"
CONFIGURED = {**FILES, ".github/minutes.yml": f"pads: [{PADS}]\n"}


@pytest.fixture
async def pad() -> AsyncIterator[PadServer]:
    """A server of pads, with the notes of a meeting in the pad `weekly`."""
    server = PadServer({"weekly": paper.NOTES})
    await server.start()
    yield server
    await server.close()


@pytest.fixture
async def team(bare: House, pad: PadServer) -> House:
    """A team that types its notes in a pad on a host that its archive lists."""
    bare.pads = pad
    bare.install(CONFIGURED)
    return bare


def branch(house: House) -> str:
    (pull,) = house.pulls()
    return pull.head_ref


def said(house: House, source: Issue | Discussion) -> str:
    """Return what the bot's one comment says, without its state."""
    (comment,) = house.comments(source)
    return re.sub(r"[\\\u2060\u200b]|</?(?:span|b)>", "", comment.body.partition("-->")[2])


async def tomorrow(house: House) -> None:
    """Let a day and a bit pass."""
    await house.live(house.simulator.clock.now() + timedelta(days=1, hours=2))


@pytest.mark.parametrize(
    "body",
    [
        LINK,
        f"The notes are in our pad: {LINK}.",
        f"## Team meeting\n\n[Pad]({LINK}?both#Agenda)\n",
        f"<!-- Say where the notes are. -->\n### Link to the pad\n\n<{LINK}/edit>\n",
    ],
)
async def test_a_link_to_a_pad_is_enough(team: House, body: str) -> None:
    source = team.publish(body)
    await team.quiet()

    assert team.minutes(PATH, branch(team)) == paper.MADE
    assert team.status_of(source) == ("ready", "")
    assert f"From [the pad]({LINK}): 6 lines, read on 2026-08-18 at 12:" in said(team, source)
    assert LINK not in "".join(pull.body for pull in team.pulls())


async def test_a_still_pad_costs_no_request(team: House, pad: PadServer) -> None:
    team.publish(LINK)
    await team.quiet()
    sent, reads = len(team.sent()), pad.reads
    await tomorrow(team)

    assert team.sent(sent) == []
    assert pad.reads == reads + 1
    assert team.later == {}, "after a day without a change nobody looks any more"


async def test_the_edits_of_a_pad_flow_once_it_is_still(team: House, pad: PadServer) -> None:
    team.publish(LINK)
    await team.quiet()
    sent = len(team.sent())
    pad.texts["weekly"] = paper.NOTES.replace("10:00", "10:05")
    await tomorrow(team)

    assert "10:05" in team.minutes(PATH, branch(team))
    assert team.sent(sent)[1:2] == [("createCommitOnBranch", "updatePullRequest", "updateIssueComment")]
    assert len(team.sent(sent)) == 3, "a query, a batch; and the look a minute later, as after each write"


async def test_a_person_who_does_not_want_to_wait_says_minutes(team: House, pad: PadServer) -> None:
    source = team.publish(LINK)
    await team.quiet()
    pad.texts["weekly"] = paper.NOTES.replace("10:00", "10:05")
    team.imani.comment(source, "/minutes")
    await team.quiet()

    assert "10:05" in team.minutes(PATH, branch(team))


async def test_a_pad_is_added_to_notes_by_a_command(team: House, pad: PadServer) -> None:
    pad.texts["more"] = "## Any other business\n\n- Kites fly again\n"
    source = team.publish()
    await team.quiet()
    team.imani.comment(source, f"/minutes include https://{PADS}/more")
    await team.quiet()

    text = team.minutes(PATH, branch(team))
    assert "- Kites fly again" in text
    assert "Imani" in text


async def test_a_pad_on_a_host_that_is_not_listed_is_not_read(bare: House, pad: PadServer) -> None:
    bare.pads = pad
    bare.install(FILES)
    source = bare.publish(LINK)
    await bare.quiet()

    assert bare.pulls() == []
    assert bare.status_of(source) == ("question", "only-a-link")
    assert f"pads: [{PADS}]" in said(bare, source)
    bare.imani.comment(source, f"/minutes include {LINK}")
    await bare.quiet()
    assert "I read pads only where the archive's" in said(bare, source)
    assert pad.reads == 0

    bare.imani.push(ARCHIVE, {".github/minutes.yml": f"pads: [{PADS}]\n"}, "Read our pads")
    await bare.quiet()
    bare.imani.comment(source, "/minutes")
    await bare.quiet()
    assert bare.minutes(PATH, branch(bare)) == paper.MADE


async def test_of_notes_that_nobody_may_start_no_pad_is_read(team: House, pad: PadServer) -> None:
    team.yuki.open_issue(SOURCE, "Team meeting 2026-08-18", LINK)
    await team.quiet()

    assert pad.reads == 0


@pytest.mark.parametrize(
    ("text", "trouble"),
    [(None, "There is no pad at"), ("  \n", "is empty"), ("<!DOCTYPE html><p>Sign in", "wants a login")],
)
async def test_a_pad_that_cannot_be_read_is_a_question(
    team: House, pad: PadServer, text: str | None, trouble: str
) -> None:
    if text is None:
        del pad.texts["weekly"]
    else:
        pad.texts["weekly"] = text
    source = team.publish(LINK)
    await team.quiet()

    assert team.status_of(source) == ("question", "pad")
    assert trouble in said(team, source)

    pad.texts["weekly"] = paper.NOTES
    team.imani.comment(source, "/minutes")
    await team.quiet()
    assert team.minutes(PATH, branch(team)) == paper.MADE


async def test_a_pad_that_is_gone_later_takes_nothing_away(team: House, pad: PadServer) -> None:
    source = team.publish(LINK)
    await team.quiet()
    text = pad.texts.pop("weekly")
    await tomorrow(team)

    assert team.minutes(PATH, branch(team)) == paper.MADE
    assert team.status_of(source) == ("question", "pad")
    assert "Nothing that was written before is changed." in said(team, source)

    pad.texts["weekly"] = text.replace("10:00", "10:05")
    await tomorrow(team)
    assert "10:05" in team.minutes(PATH, branch(team))


async def test_a_pad_that_is_gone_after_the_merge_is_no_question(team: House, pad: PadServer) -> None:
    source = team.publish(LINK)
    await team.quiet()
    (pull,) = team.pulls()
    team.imani.merge(pull)
    await team.quiet()
    del pad.texts["weekly"]
    team.imani.comment(source, "/minutes")
    await team.quiet()

    assert team.status_of(source)[0] == "merged"
    assert team.pulls() == []


async def test_a_pad_that_is_edited_after_the_merge_waits_for_a_word(team: House, pad: PadServer) -> None:
    source = team.publish(LINK)
    await team.quiet()
    (pull,) = team.pulls()
    team.imani.merge(pull)
    await team.quiet()
    pad.texts["weekly"] = paper.NOTES.replace("10:00", "10:05")
    await tomorrow(team)
    assert team.pulls() == []
    assert "The notes changed after the merge." in said(team, source)

    team.imani.comment(source, "/minutes")
    await team.quiet()
    assert "10:05" in team.minutes(PATH, branch(team))


async def test_notes_that_mention_a_pad_are_notes(team: House, pad: PadServer) -> None:
    team.publish(f"{paper.NOTES}\nSee also {LINK}\n")
    await team.quiet()

    assert LINK in team.minutes(PATH, branch(team))
    assert pad.reads == 0


async def test_one_pad_in_two_issues_becomes_minutes_once(team: House) -> None:
    team.publish(LINK)
    await team.quiet()
    second = team.publish(LINK)
    await team.quiet()

    assert len(team.pulls()) == 1
    assert team.status_of(second) == ("question", "taken")


async def test_what_somebody_without_write_access_links_waits(team: House, pad: PadServer) -> None:
    pad.texts["other"] = paper.NOTES.replace("10:00", "11:00")
    source = team.yuki.open_issue(SOURCE, "Team meeting 2026-08-18", LINK)
    team.imani.label(source, "meeting-notes")
    await team.quiet()
    assert team.minutes(PATH, branch(team)) == paper.MADE

    team.pass_time(60)
    team.yuki.edit(source, body=f"https://{PADS}/other")
    await team.quiet()
    assert team.status_of(source)[0] == "needs-approval"
    assert team.minutes(PATH, branch(team)) == paper.MADE


async def test_a_discussion_and_its_pad(team: House) -> None:
    team.publish(LINK, kind="discussion")
    await team.quiet(datetime(2026, 8, 18, 13, tzinfo=UTC))

    assert team.minutes(PATH, branch(team)) == paper.MADE


# -- docs/pads.md: what happens when -----------------------------------------------------------------------

LATER = paper.NOTES.replace("10:00", "10:05")


async def edit(team: House, pad: PadServer, source: Issue) -> None:
    pad.texts["weekly"] = LATER


async def empty(team: House, pad: PadServer, source: Issue) -> None:
    pad.texts["weekly"] = ""


async def delete(team: House, pad: PadServer, source: Issue) -> None:
    del pad.texts["weekly"]


async def want_login(team: House, pad: PadServer, source: Issue) -> None:
    pad.texts["weekly"] = "<!doctype html><p>Sign in"


async def go_and_come_back(team: House, pad: PadServer, source: Issue) -> None:
    text = pad.texts.pop("weekly")
    await tomorrow(team)
    await tomorrow(team)
    pad.texts["weekly"] = text
    team.imani.comment(source, "/minutes")


async def link_another(team: House, pad: PadServer, source: Issue) -> None:
    pad.texts["other"] = LATER
    team.imani.edit(source, body=f"https://{PADS}/other")


async def type_it(team: House, pad: PadServer, source: Issue) -> None:
    team.imani.edit(source, body=LATER)


async def say_a_word(team: House, pad: PadServer, source: Issue) -> None:
    team.imani.edit(source, body=f"The notes: {LINK}")


async def unlink(team: House, pad: PadServer, source: Issue) -> None:
    team.imani.edit(source, title="Team meeting", body="The pad was a mistake.")


async def unlist(team: House, pad: PadServer, source: Issue) -> None:
    team.imani.push(ARCHIVE, {".github/minutes.yml": "pads: []\n"}, "No pads")
    await team.quiet()
    team.imani.comment(source, "/minutes")


async def link_twice(team: House, pad: PadServer, source: Issue) -> None:
    team.publish(LINK)


EVENTS = {
    "the pad is edited": edit,
    "the pad is emptied": empty,
    "the pad is deleted": delete,
    "the pad wants a login": want_login,
    "the pad is gone for two days, and back": go_and_come_back,
    "the link leads to another pad": link_another,
    "the link is replaced by the text": type_it,
    "a word is said beside the link": say_a_word,
    "the link is removed": unlink,
    "the host is no longer listed": unlist,
    "another issue links the pad, too": link_twice,
}


def rows() -> dict[str, list[str]]:
    """Return the outcomes in `docs/pads.md`: while the pull request is open, and after its merge."""
    table = (Path(__file__).parents[2] / "docs/pads.md").read_text().partition("## What happens when")[2]
    cells = [
        [cell.strip() for cell in line.strip("|\n ").split(" | ")]
        for line in table.split("\n")
        if line.startswith("| ") and not line.startswith(("| --- ", "| what happens"))
    ]
    return {event: outcomes for event, *outcomes in cells}


def test_every_event_has_its_row() -> None:
    assert list(rows()) == list(EVENTS)


@pytest.mark.parametrize("is_merged", [False, True], ids=["open", "merged"])
@pytest.mark.parametrize("event", EVENTS)
async def test_what_happens_when(team: House, pad: PadServer, event: str, is_merged: bool) -> None:
    source = team.publish(LINK)
    await team.quiet()
    at = branch(team)
    if is_merged:
        team.imani.merge(team.pulls()[0])
        await team.quiet()
        at = "main"
    await EVENTS[event](team, pad, source)  # type: ignore[arg-type]
    await tomorrow(team)

    text = team.minutes(PATH, at)
    assert text in (paper.MADE, paper.MADE.replace("10:00", "10:05"))
    said = " ".join(team.status_of(source)).strip().replace("merged changed", "merged, changed")
    outcome = f"{said}; the minutes {'stay' if text == paper.MADE else 'follow'}"
    assert outcome == rows()[event][is_merged]


# -- other ways in which a pad comes to GitHub -------------------------------------------------------------


async def test_a_pad_is_read_at_the_end_of_a_meeting_of_the_calendar(bare: House, pad: PadServer) -> None:
    bare.pads = pad
    series = "series: [{name: Team meeting, schedule: every Tuesday 14:00, path: YYYY/YYYY-MM-DD.md}]\n"
    bare.install({**FILES, ".github/minutes.yml": f"pads: [{PADS}]\n{series}"})
    bare.publish(LINK)
    await bare.quiet()
    (watch,) = (job for job in bare.later.values() if job.subject.endswith("pads"))
    assert watch.due == datetime(2026, 8, 18, 16, tzinfo=UTC)

    pad.texts["weekly"] = LATER
    await bare.live(datetime(2026, 8, 18, 17, tzinfo=UTC))
    assert "10:05" in bare.minutes(PATH, branch(bare))


async def test_a_pad_that_pushed_itself_is_brought_into_form(team: House, pad: PadServer) -> None:
    team.imani.push(ARCHIVE, {PATH: paper.NOTES}, "Push from the pad")
    await team.quiet()
    team.publish(LINK)
    await team.quiet()

    assert team.minutes(PATH, branch(team)) == paper.MADE


async def test_a_file_with_other_lines_than_the_pad_is_of_somebody_else(team: House, pad: PadServer) -> None:
    team.imani.push(ARCHIVE, {PATH: f"{paper.NOTES}\nAnd this.\n"}, "By hand")
    await team.quiet()
    source = team.publish(LINK)
    await team.quiet()

    assert team.status_of(source) == ("question", "taken")
    assert team.pulls() == []


async def test_a_comment_with_a_link_to_a_pad_on_the_bots_issue_is_notes(bare: House, pad: PadServer) -> None:
    bare.pads = pad
    series = "series: [{name: Team meeting, schedule: every Tuesday 14:00, open_issue: true}]\n"
    bare.install({**FILES, ".github/minutes.yml": f"pads: [{PADS}]\n{series}"})
    await bare.begin()
    await bare.live(datetime(2026, 8, 18, 13, tzinfo=UTC))
    archive = bare.simulator.world.repository(*ARCHIVE.split("/"))
    (source,) = (each for each in archive.threads.values() if type(each) is Issue)
    pad.texts["weekly"] = "Attending: Imani, Tove\n\n## Any other business\n\n- Kites fly\n"
    bare.imani.comment(source, f"Our pad: {LINK}")
    await bare.quiet(datetime(2026, 8, 18, 15, tzinfo=UTC))

    text = bare.minutes(PATH, branch(bare))
    assert "- Kites fly" in text
    assert LINK not in text


async def test_the_pad_of_a_private_source_is_not_named_in_the_archive(bare: House, pad: PadServer) -> None:
    bare.pads = pad
    bare.simulator.world.repository(*SOURCE.split("/")).visibility = "private"
    bare.install({**FILES, ".github/minutes.yml": f"pads: [{PADS}]\nallow_private_sources: [{SOURCE}]\n"})
    source = bare.publish(LINK)
    await bare.quiet()
    pad.texts["more"] = "## Any other business\n\n- Kites fly\n"
    bare.imani.comment(source, f"/minutes include https://{PADS}/more")
    await bare.quiet()

    (pull,) = bare.pulls()
    assert "- Kites fly" in bare.minutes(PATH, pull.head_ref)
    assert PADS not in pull.body + bare.minutes(PATH, pull.head_ref)


async def test_stopped_notes_are_not_read(team: House, pad: PadServer) -> None:
    source = team.publish(LINK)
    await team.quiet()
    team.imani.comment(source, "/minutes stop")
    await team.quiet()
    reads = pad.reads
    team.imani.comment(source, "/minutes help")
    await team.quiet()

    assert team.status_of(source)[0] == "stopped"
    assert pad.reads == reads
