"""Notes of a day and the draft of that day find each other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import (
    FileRef,
    Role,
    Snapshot,
)
from bot.state import PullState, find_state
from tests import paper
from tests.paper import MINUTES
from tests.planning.meeting_days import (
    LATER,
    MORNING,
    TUESDAYS,
    TWO,
    WEEK,
    archive_of,
    calendar,
    listed,
    pulls,
    settle,
    under_the_draft,
    under_the_list,
    with_notes,
)


def test_notes_of_that_day_become_the_content_of_the_draft() -> None:
    seen, _ = settle(calendar())

    seen, plans = paper.settle(with_notes(seen))

    (pull,) = archive_of(seen).pulls
    stored = find_state(pull.body, PullState)
    assert stored is not None
    assert (stored.source, stored.series, stored.is_bot_draft) == (
        "tern-lab/planning#7",
        "Team meeting",
        False,
    )
    assert seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] == paper.MADE
    assert not pull.draft, "it is ready for review"
    assert seen.source is not None
    assert f"**Ready for review**: [pull request {pull.number}]" in seen.source.comments[0].body
    assert [len(plan.steps) > 0 for plan in plans] == [True, False], "one batch"


def test_what_people_typed_into_the_draft_stays_beside_the_notes() -> None:
    seen, _ = settle(calendar())
    (pull,) = archive_of(seen).pulls
    text = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")]
    assert text is not None

    seen, _ = paper.settle(with_notes(paper.pushed(seen, text.replace("## AOB\n", "## AOB\n\n- cake\n"))))

    (pull,) = archive_of(seen).pulls
    merged = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or ""
    assert "- cake" in merged
    assert "Attending: Imani, Tove" in merged


def test_notes_that_wait_for_a_word_leave_the_draft_alone() -> None:
    seen, _ = settle(calendar())
    seen = with_notes(seen, editor="eve", edited_at=paper.NOON + timedelta(minutes=1))
    roles = {**seen.roles, Role("tern-lab/planning", "eve"): "read"}

    after, _ = paper.settle(replace(seen, roles=roles))
    reported, _ = paper.settle(paper.commented(after, "/minutes"))

    assert archive_of(after).pulls == archive_of(seen).pulls
    assert [
        stored.source for pull in archive_of(reported).pulls if (stored := find_state(pull.body, PullState))
    ] == ["tern-lab/planning#7"]


def test_a_draft_of_another_series_is_left_alone() -> None:
    seen, _ = settle(calendar(TWO))

    seen, _ = paper.settle(with_notes(seen, labels=("meeting-notes", "team")))

    adopted = {
        pull.branch.split("/")[1] for pull in archive_of(seen).pulls if "tern-lab/planning#7" in pull.body
    }
    assert adopted == {"team-meeting"}


def test_an_adopted_draft_neither_closes_nor_is_missing() -> None:
    seen, _ = settle(calendar())
    seen, _ = paper.settle(with_notes(seen))

    seen, _ = settle(replace(seen, source=None), MORNING + WEEK)

    assert [state for _, state, _ in pulls(seen)] == ["open", "draft"]
    assert archive_of(seen).opened == ()


OPENED = TUESDAYS + "    open_issue: true\n"


def in_the_opened_issue(seen: Snapshot, **changes: object) -> Snapshot:
    """A look at the issue that the bot opened for the notes."""
    (opened,) = archive_of(seen).opened
    by_bot = {"meeting-notes": ("minutes-bot[bot]", opened.created_at)}
    source = replace(opened, labelled_by=by_bot, **changes)  # type: ignore[arg-type]
    roles = {Role(source.repository.name, "imani"): "write", Role(source.repository.name, "eve"): "read"}
    return replace(seen, source=source, roles=roles)


def test_the_opened_issue_is_a_source_although_the_bot_wrote_it() -> None:
    seen, _ = settle(calendar(OPENED))
    (opened,) = archive_of(seen).opened

    untouched, _ = paper.settle(in_the_opened_issue(seen), LATER)
    typed = opened.body.replace("Attending:", "Attending: Imani")
    notes = in_the_opened_issue(seen, body=typed, editor="imani", edited_at=paper.NOON)
    edited, _ = paper.settle(notes, LATER)

    assert archive_of(untouched).pulls == archive_of(seen).pulls, "nobody has written anything"
    (pull,) = archive_of(edited).pulls
    text = edited.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or ""
    assert "Attending: Imani\n" in text
    assert "minutes-bot" not in text
    assert "[last meeting](2026-08-11.md)" in text


def test_nobody_is_mentioned_in_the_opened_issue_and_the_minutes_name_them() -> None:
    minutes = MINUTES.replace("## AOB", "## Open actions\n\n- [ ] @bo: tea\n\n## AOB")
    seen = calendar(OPENED)
    seen, _ = settle(replace(seen, texts={**seen.texts, FileRef("2" * 40): minutes}))
    (opened,) = archive_of(seen).opened

    typed = opened.body.replace("Attending:", "Attending: Imani")
    notes = in_the_opened_issue(seen, body=typed, editor="imani", edited_at=paper.NOON)
    edited, _ = paper.settle(notes, LATER)

    assert "@bo" not in opened.body
    (pull,) = archive_of(edited).pulls
    assert "- [ ] @bo: tea" in (edited.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or "")


@pytest.mark.parametrize(("author", "waits"), [("imani", False), ("eve", True)])
def test_comments_are_notes_where_the_bot_opened_the_issue(author: str, waits: bool) -> None:
    seen, _ = settle(calendar(OPENED))

    seen, _ = paper.settle(paper.commented(in_the_opened_issue(seen), "- we bought a boat", author), LATER)

    (pull,) = archive_of(seen).pulls
    text = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or ""
    assert ("- we bought a boat" in text) is not waits
    assert seen.source is not None
    assert ("Waiting for a word" in seen.source.comments[-1].body) is waits


@pytest.mark.parametrize(
    ("body", "role", "reaction", "titles"),
    [
        ("/minutes skip 2026-08-18", "write", "ROCKET", ["No meeting on 2026-08-18"]),
        ("/minutes skip 2026-08-18", "read", "CONFUSED", []),
        ("/minutes stop", "write", "CONFUSED", []),
    ],
)
def test_under_a_draft_its_meeting_can_be_taken_off(
    body: str, role: str, reaction: str, titles: list[str]
) -> None:
    seen, _ = settle(under_the_draft(settle(calendar())[0], body, role))

    draft = next(pull for pull in archive_of(seen).pulls if pull.title.startswith("Minutes"))
    assert [pull.title for pull in archive_of(seen).pulls if pull.id != draft.id] == titles
    assert draft.state == ("closed" if reaction == "ROCKET" else "open")
    assert draft.comments[0].reacted == {reaction}


def test_under_the_list_a_meeting_can_be_taken_off() -> None:
    seen, _ = paper.settle(under_the_list(listed(), "/minutes skip 2026-08-18"), MORNING + 2 * WEEK)

    (missing,) = archive_of(seen).opened
    assert "- [x] Tuesday 2026-08-18, Team meeting: no meeting" in missing.body
    assert "- [ ] Tuesday 2026-08-25, Team meeting" in missing.body
