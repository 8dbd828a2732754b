"""Discussions: read in the same one query as issues, and written to by mutations of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.github.apply import apply
from bot.github.errors import Stale
from bot.github.read_snapshot import read
from bot.model import (
    AddLabels,
    CloseSource,
    DeleteComment,
    EditComment,
    PostComment,
    React,
    ReconcileRequest,
    Snapshot,
)
from github_simulator.state import Discussion
from tests.github.conftest import ARCHIVE, PERMISSIONS, SOURCE, Lab, archive, source


@pytest.fixture
def discussion(lab: Lab) -> Discussion:
    """A discussion in a category of its own, with a comment, two replies to it, and a comment after them."""
    imani, rui = lab.simulator.person("imani"), lab.simulator.person("rui")
    found = imani.open_discussion(SOURCE, "Team meeting 2026-11-24", "Notes", "Minutes")
    first = imani.comment(found, "One")
    imani.comment(found, "Two")
    rui.comment(found, "One, answered", first)
    imani.comment(found, "One, answered again", first)
    imani.label(found, "meeting-notes")
    return found


async def look(lab: Lab, found: Discussion, labelled_by: str | None = None) -> Snapshot:
    wanted = ReconcileRequest(lab.installation, SOURCE, found.number, "discussion", labelled_by=labelled_by)
    return await read(lab.client, wanted, lab.hints)


async def test_all_that_is_needed(lab: Lab, discussion: Discussion) -> None:
    lab.simulator.person("rui").react(discussion.comments[0], "rocket")

    seen = await look(lab, discussion, "imani")

    there = source(seen)
    assert (there.kind, there.title, there.body) == ("discussion", "Team meeting 2026-11-24", "Notes")
    assert (there.category, there.labels, there.labelled_by) == ("Minutes", ("meeting-notes",), {})
    assert there.url.endswith(f"/{SOURCE}/discussions/{discussion.number}")
    assert [(each.body, each.author) for each in there.comments] == [
        ("One", "imani"),
        ("One, answered", "rui"),
        ("One, answered again", "imani"),
        ("Two", "imani"),
    ]
    assert not any(each.reacted for each in there.comments)  # what others show is nothing to us
    assert (seen.labelled_by, seen.refusals) == ("imani", ())
    assert archive(seen).repository.name == ARCHIVE
    assert lab.client.requests == 2  # the files of the archive are listed once


async def test_it_is_no_issue_and_an_issue_is_none(lab: Lab, discussion: Discussion) -> None:
    number = await lab.issue()

    assert (await lab.read(discussion.number)).source is None
    assert (
        await read(lab.client, ReconcileRequest(lab.installation, SOURCE, number, "discussion"), lab.hints)
    ).source is None


async def test_closed_locked_and_edited_by_another(lab: Lab, discussion: Discussion) -> None:
    lab.simulator.add_collaborator(SOURCE, "rui", "maintain")
    rui = lab.simulator.person("rui")
    lab.simulator.clock.advance(timedelta(minutes=3))
    rui.edit(discussion, body="Notes, mended")
    rui.edit_comment(discussion.comments[0], "One, mended")
    edited = lab.simulator.clock.now().replace(microsecond=0)
    rui.close(discussion)
    rui.lock(discussion)

    there = source(await look(lab, discussion))

    assert (there.open, there.locked, there.author, there.editor) == (False, True, "imani", "rui")
    assert there.edited_at is not None
    assert there.comments[0].edited_at is not None
    assert edited - timedelta(seconds=1) <= there.edited_at <= there.comments[0].edited_at <= edited
    assert (there.comments[0].author, there.comments[0].actor) == ("imani", "rui")
    assert (there.comments[1].edited_at, there.comments[1].actor) == (None, "rui")


async def test_a_hundred_and_five_comments_with_a_hundred_and_two_replies(
    lab: Lab, discussion: Discussion
) -> None:
    rui = lab.simulator.person("rui")
    rui.fill_thread(discussion, [f"reply {index}" for index in range(100)], discussion.comments[1])
    rui.fill_thread(discussion, [f"comment {index}" for index in range(103)])

    comments = source(await look(lab, discussion)).comments

    bodies = [each.body for each in comments]
    assert bodies[:4] == ["One", "One, answered", "One, answered again", "Two"]
    assert bodies[4:104] == [f"reply {index}" for index in range(100)]
    assert bodies[104:] == [f"comment {index}" for index in range(103)]
    assert lab.client.requests == 3


async def test_more_replies_than_one_page_holds(lab: Lab, discussion: Discussion) -> None:
    lab.simulator.person("rui").fill_thread(
        discussion, [str(index) for index in range(150)], discussion.comments[0]
    )

    comments = source(await look(lab, discussion)).comments

    assert [each.body for each in comments[3:-1]] == [str(index) for index in range(150)]
    assert comments[-1].body == "Two"
    assert lab.client.requests == 3


async def test_what_is_said_there(lab: Lab, discussion: Discussion) -> None:
    seen = await look(lab, discussion)

    seen = await apply(lab.client, seen, [PostComment("First."), PostComment("Twice.")])
    *_, first, second = source(seen).comments
    command = source(seen).comments[1]
    steps = [EditComment(first, "Better."), DeleteComment(second), React(command, "EYES")]
    seen = await apply(lab.client, seen, [*steps, React(command, "EYES"), React(command, "ROCKET")])

    assert [each.body for each in source(seen).comments[-2:]] == ["Two", "Better."]
    assert source(seen).comments[1].reacted == {"EYES", "ROCKET"}
    assert source(seen).comments[-1].mine
    assert source(seen).comments[-1].by_bot
    again = source(await look(lab, discussion))
    assert replace(again, updated_at=source(seen).updated_at) == source(seen)
    assert lab.client.requests == 5


async def test_the_missing_permission_is_that_of_discussions(lab: Lab, discussion: Discussion) -> None:
    lab.simulator.world.repository(*SOURCE.split("/")).private = True
    seen = await look(lab, discussion)
    readable = {name: level for name, level in PERMISSIONS.items() if name != "discussions"}
    less = lab.install({**readable, "discussions": "read"}, slug="less")
    label = await lab.person("GET", f"/repos/{SOURCE}/labels/meeting-notes")
    steps = [PostComment("Hello"), React(source(seen).comments[0], "EYES")]

    after = await apply(less, seen, [*steps, AddLabels(source(seen).id, (label["node_id"],))])

    assert [(no.step, no.permission) for no in after.refusals] == [
        ("PostComment", "discussions: write"),
        ("React", "discussions: write"),
        ("AddLabels", "discussions: write"),
    ]
    none = lab.install(readable, slug="none")
    blind = await read(
        none, ReconcileRequest(lab.installation, SOURCE, discussion.number, "discussion"), lab.hints
    )
    assert "discussions: write" in {refusal.permission for refusal in blind.refusals}


async def test_a_locked_one_refuses(lab: Lab, discussion: Discussion) -> None:
    seen = await look(lab, discussion)
    lab.simulator.add_collaborator(SOURCE, "rui", "maintain")
    lab.simulator.person("rui").lock(discussion)

    after = await apply(lab.client, seen, [PostComment("Hello"), React(source(seen).comments[0], "EYES")])

    assert [(no.step, no.permission) for no in after.refusals] == [("PostComment", None), ("React", None)]
    assert all("locked" in no.message for no in after.refusals)


async def test_it_is_closed_when_its_minutes_are_merged(lab: Lab, discussion: Discussion) -> None:
    seen = await look(lab, discussion)

    after = await apply(lab.client, seen, [CloseSource(source(seen))])

    assert (discussion.state, discussion.state_reason) == ("closed", "resolved")
    assert not source(after).open
    assert not source(await look(lab, discussion)).open


async def test_a_comment_that_somebody_deleted(lab: Lab, discussion: Discussion) -> None:
    seen = await look(lab, discussion)
    lab.simulator.person("imani").delete_comment(discussion.comments[1])

    with pytest.raises(Stale):
        await apply(lab.client, seen, [React(source(seen).comments[-1], "EYES")])
