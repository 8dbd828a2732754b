"""Edits by people without write access, and what must never happen."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.minutes import Minutes, normalise
from bot.model import (
    Commit,
    EditPull,
    Plan,
    Repository,
    Role,
    ThreadRef,
    Visibility,
)
from bot.state import SourceState, find_state, replace_state
from bot.trailers import blob_oid
from tests import paper
from tests.paper import (
    LATER,
    NOON,
    decide,
    published,
    settle,
    snapshot,
    the_pull,
    with_pull,
    with_source,
)
from tests.paper import commented as says
from tests.planning.commands_given import (
    ARCHIVE,
    SOURCE,
    kinds,
    may,
    says_on_pull,
    shown,
    status,
    steps,
    stored_state,
    unlabelled,
)

EDITED = paper.NOTES.replace("Tove", "Tove, Yuki")


def test_an_edit_by_somebody_without_write_access_waits_for_a_word() -> None:
    edited = with_source(published(), body=EDITED, editor="yuki", edited_at=LATER)
    seen, plans = settle(may(edited, "yuki", "read"), LATER + timedelta(hours=1))
    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert stored_state(seen).status == "needs-approval"

    seen, plans = settle(says(seen, "/minutes"), LATER + timedelta(hours=2))
    assert ["Commit", "EditPull", "EditComment", "React"] in [kinds(plan) for plan in plans]
    assert stored_state(seen).status == "ready"


def test_a_stranger_cannot_make_the_bot_ask_a_question() -> None:
    edited = with_source(published(), body="", title="", editor="yuki", edited_at=LATER)

    seen, plans = settle(may(edited, "yuki", "read"), LATER + timedelta(hours=1))

    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert stored_state(seen).status == "needs-approval"


def test_an_edit_after_an_approval_waits_for_a_word() -> None:
    seen = with_source(with_pull(published(), approved=True), body=EDITED)

    assert stored_state(settle(seen)[0]).status == "needs-approval"


def test_what_a_stranger_wrote_after_the_label_waits_for_a_word() -> None:
    edited = with_source(snapshot(), editor="yuki", edited_at=NOON + timedelta(minutes=1))

    assert stored_state(settle(may(edited, "yuki", "none"))[0]).status == "needs-approval"


def test_after_a_merge_a_word_opens_a_small_pull_request() -> None:
    made = published()
    assert made.archive is not None
    path = the_pull(made).files[0]
    blob = blob_oid(paper.MADE)
    merged = paper.with_archive(with_pull(made, state="merged"), files={**made.archive.files, path: blob})
    edited, _ = settle(with_source(merged, body=EDITED))
    assert (stored_state(edited).status, stored_state(edited).detail) == ("merged", "changed")

    seen, _ = settle(says(edited, "/minutes"))

    assert seen.archive is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open", "merged"]
    assert seen.archive.pulls[0].branch == "minutes/2026-08-18.2"


def test_what_people_pushed_stays_when_the_notes_are_edited_again_and_again() -> None:
    seen = paper.pushed(published(), paper.MADE.replace("## AOB", "## AOB\n\nSee you."))
    for more in ("Tove, Yuki", "Tove, Yuki, Bo"):
        seen, plans = settle(with_source(seen, body=paper.NOTES.replace("Tove", more)))
        (text,) = (step.text for step in steps(plans) if isinstance(step, Commit))
        assert "See you." in text
        assert more in text


def test_a_conflict_changes_nothing_and_shows_both() -> None:
    seen = paper.pushed(published(), paper.MADE.replace("Tove", "Tove B."))

    seen, plans = settle(with_source(seen, body=EDITED))

    assert [kinds(plan) for plan in plans] == [["DeleteComment", "PostComment", "EditPull", "Check"], []]
    assert "Attending: Imani, Tove, Yuki" in status(seen)
    assert "Attending: Imani, Tove B." in status(seen)
    assert "**Conflict**" in the_pull(seen).body


def test_who_was_there_is_read_once_for_all_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str, **how: Any) -> Minutes:
        read.append(text)
        return normalise(text, **how)

    monkeypatch.setattr("bot.planning.case.normalise", counted)
    parsed_commands = "\n".join(f"/minutes object number {number}" for number in range(10))
    seen = says(published(), parsed_commands, "stranger")
    seen = replace(
        seen, roles={**seen.roles, Role(ARCHIVE, "stranger"): "read", Role(SOURCE, "stranger"): "read"}
    )

    decide(seen)

    assert len(read) == 1


@pytest.mark.parametrize("done", range(8))
def test_a_redaction_that_was_cut_short_is_done_to_its_end(done: int) -> None:
    seen, plan = decide(says(published(), "/minutes redact"))
    seen = paper.apply(seen, plan.steps)
    seen, plan = decide(seen)
    assert len(plan.steps) >= 6

    seen, _ = settle(paper.apply(seen, plan.steps[:done]))

    assert seen.source
    assert seen.archive
    (status,) = [each for each in seen.source.comments if each.mine]
    stored = find_state(status.body, SourceState)
    assert stored
    assert (stored.status, stored.redacted_pulls, stored.pull_number) == ("ready", ("1",), 2)
    withdrawn = next(pull for pull in seen.archive.pulls if pull.number == 1)
    assert (withdrawn.state, withdrawn.title) == ("closed", "Withdrawn")


def test_who_gets_write_access_later_does_not_run_what_was_refused_before() -> None:
    seen, _ = settle(may(says(unlabelled(), "/minutes", "mallory"), "mallory", "read"))

    assert settle(may(seen, "mallory", "admin"))[1] == [Plan("not meeting notes")]


@pytest.mark.parametrize(("visibility", "done"), [("public", "ROCKET"), ("private", "CONFUSED")])
def test_nobody_reads_a_private_issue_by_including_it(visibility: Visibility, done: str) -> None:
    url = "https://github.com/tern-lab/safe/issues/3"
    there = Repository("R_9", "tern-lab/safe", visibility, url="https://github.com/tern-lab/safe")
    other = replace(paper.source(body="The code is 1234."), id="I_9", number=3, repository=there, url=url)
    seen = replace(says(published(), "/minutes include tern-lab/safe#3"), linked={ThreadRef(url): other})

    seen, plans = settle(seen)

    assert shown(plans) == ["EYES", done]
    assert ("1234" in str(steps(plans))) == (visibility == "public")


@pytest.mark.parametrize(("answered", "handled"), [(2_000, True), (2_001, False)])
def test_after_two_thousand_commands_nothing_more_is_heard(answered: int, *, handled: bool) -> None:
    seen = published()
    assert seen.source is not None
    (own,) = seen.source.comments
    stored = replace(
        stored_state(seen), handled_commands=tuple(f"{number:010d}+" for number in range(answered))
    )
    full = replace(own, body=replace_state(own.body, stored))

    _, plans = settle(says(with_source(seen, comments=(full,)), "/minutes preview"))

    assert shown(plans) == (["EYES", "ROCKET"] if handled else [])
    assert bool(steps(plans)) == handled


def test_a_conflict_that_changes_is_told_in_the_same_comment() -> None:
    seen = paper.pushed(published(), paper.MADE.replace("Tove", "Tove B."))
    seen, _ = settle(with_source(seen, body=EDITED))

    seen, plans = settle(with_source(seen, body=EDITED.replace("Yuki", "Yuki T.")))

    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert "Attending: Imani, Tove, Yuki T." in status(seen)


def test_an_edit_and_an_acceptance_are_one_description() -> None:
    seen = may(
        says_on_pull(with_source(published(), body=EDITED), "/minutes accept"), "imani", "write", ARCHIVE
    )

    seen, plans = settle(seen)

    (edit,) = (step for step in steps(plans) if isinstance(step, EditPull))
    assert "**Accepted**" in edit.body
    assert "3 people present" in edit.body
