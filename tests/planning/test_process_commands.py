"""What people tell the bot with `/minutes`, and what becomes of it; without any GitHub."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.model import (
    ClosePull,
    Commit,
    DeleteBranch,
    DeleteComment,
    EditPull,
    Plan,
    PostComment,
    Pull,
    Role,
)
from bot.state import PullState, embed_state
from tests import paper
from tests.paper import (
    LATER,
    NOON,
    decide,
    published,
    settle,
    snapshot,
    the_pull,
    with_archive,
    with_pull,
    with_source,
)
from tests.paper import commented as says
from tests.planning.commands_given import (
    ARCHIVE,
    kinds,
    may,
    says_on_pull,
    shown,
    status,
    steps,
    stored_state,
    unlabelled,
)


def test_a_command_starts_what_has_no_label_and_skips_the_wait() -> None:
    seen, plans = settle(says(unlabelled(), "/minutes"), NOON)

    assert [kinds(plan) for plan in plans] == [
        ["React"],
        ["CreateBranch", "Commit", "OpenPull"],
        ["PostComment", "React"],
        [],
    ]
    assert shown(plans) == ["EYES", "ROCKET"]
    assert stored_state(seen).status == "ready"


def test_a_stranger_gets_a_reaction_and_nothing_else() -> None:
    seen, plans = settle(may(says(unlabelled(), "/minutes", "mallory"), "mallory", "read"))

    assert [kinds(plan) for plan in plans] == [["React"], []]
    assert shown(plans) == ["CONFUSED"]
    assert settle(seen)[1][0].steps == ()


def test_the_role_is_asked_once_in_the_right_repository() -> None:
    seen = says_on_pull(says(published(), "/minutes accept", "yuki"), "/minutes stop", "bo")

    assert set(decide(seen)[0].asked) >= {Role(ARCHIVE, "yuki"), Role(ARCHIVE, "bo")}


def test_what_was_answered_is_not_heard_again() -> None:
    seen, plans = settle(says(published(), "/minutes help"))
    assert kinds(plans[1]) == ["EditComment", "React"]
    assert "| `/minutes redact` |" in status(seen)

    assert settle(seen)[1] == [Plan("all is well")]


def test_only_what_an_edit_added_is_run() -> None:
    seen, _ = settle(says(published(), "/minutes date 2026-08-19"))
    assert seen.source is not None
    *others, after = seen.source.comments
    edited = replace(after, body=f"{after.body}\n/minutes help", edited_at=LATER, editor="imani")

    seen, plans = settle(with_source(seen, comments=(*others, edited)))

    assert [kinds(plan) for plan in plans] == [["EditComment", "React"], []]
    assert len(stored_state(seen).handled_commands) == 2


def test_an_edit_by_a_writer_gives_no_right_to_what_a_stranger_wrote() -> None:
    seen = says(unlabelled(), "/minutes", "mallory", edited_at=LATER, editor="imani")

    assert shown(settle(may(seen, "mallory", "none"))[1]) == ["CONFUSED"]


@pytest.mark.parametrize("changes", [{"by_bot": True}, {"mine": True}])
def test_bots_are_not_heard(changes: dict[str, Any]) -> None:
    assert settle(says(unlabelled(), "/minutes", **changes))[1] == [Plan("not meeting notes")]


def test_an_author_without_write_access_has_a_say_once_a_writer_started_it() -> None:
    seen = may(with_source(published(), author="tove"), "tove", "read")

    assert shown(settle(says(seen, "/minutes preview", "tove"))[1]) == ["EYES", "ROCKET"]
    alone = may(with_source(unlabelled(), author="tove"), "tove", "read")
    assert shown(settle(says(alone, "/minutes preview", "tove"))[1]) == ["CONFUSED"]


def test_a_mistake_is_answered_with_what_to_write() -> None:
    seen, plans = settle(says(published(), "/minutes dat 2026-08-19"))

    assert shown(plans) == ["EYES", "CONFUSED"]
    assert "Did you mean `/minutes date" in status(seen)


def test_a_preview_is_folded_into_the_comment_and_nothing_is_written() -> None:
    seen, plans = settle(says(unlabelled(), "/minutes preview"))

    assert [kinds(plan) for plan in plans] == [["React"], ["PostComment", "React"], []]
    assert "Attending: Imani, Tove" in status(seen)
    assert "<details>" in status(seen)


def test_a_date_that_is_told_moves_the_file() -> None:
    seen, plans = settle(says(published(), "/minutes date 2026-08-20 afternoon"))

    assert the_pull(seen).files == ("2026/2026-08-20-afternoon.md",)
    assert the_pull(seen).title == "Minutes of 2026-08-20, afternoon"
    assert shown(plans) == ["EYES", "ROCKET"]


def test_the_rest_of_a_comment_is_notes_too_and_followed_when_it_is_edited() -> None:
    seen = says(published(), "/minutes include\n## AOB\n\nWe need paint.")
    seen, plans = settle(seen)
    texts = [step.text for step in steps(plans) if isinstance(step, Commit)]
    assert "## AOB\n\nWe need paint." in texts[-1]

    assert seen.source is not None
    *others, after = seen.source.comments
    edited = replace(after, body=after.body.replace("paint", "red paint"), edited_at=LATER, editor="imani")
    _, plans = settle(with_source(seen, comments=(*others, edited)), LATER + timedelta(hours=1))
    assert "red paint" in "".join(step.text for step in steps(plans) if isinstance(step, Commit))


def test_what_is_included_stands_in_the_order_in_which_it_was_written() -> None:
    words = ("first of all", "after that", "at last")
    seen = published()
    for word in words:
        seen = says(seen, f"- {word}")
    assert seen.source is not None
    links = [each.url for each in seen.source.comments[-len(words) :]]
    for at in (1, 2, 0):
        seen = says(seen, f"/minutes include {links[at]}")

    _, plans = settle(seen)

    (text,) = (step.text for step in steps(plans) if isinstance(step, Commit))
    assert re.findall("|".join(words), text) == [*words]


def test_acceptance_on_the_pull_request_is_noted_there() -> None:
    seen = may(says_on_pull(published(), "/minutes accept"), "imani", "maintain", ARCHIVE)

    seen, plans = settle(seen)

    assert [kinds(plan) for plan in plans] == [["React"], ["EditPull", "React"], []]
    assert "**Accepted** on 2026-08-18 by imani" in the_pull(seen).body
    assert "The minutes of 2026-08-18 are accepted." in the_pull(seen).body


def test_an_objection_stays_open_until_who_made_it_takes_it_back() -> None:
    seen = may(
        says_on_pull(published(), "/minutes object It was @bo, not #5", "tove"), "tove", "none", ARCHIVE
    )
    seen = with_source(seen, author="tove")
    seen, _ = settle(seen)
    assert "**Objection** by tove: It was" in the_pull(seen).body
    assert "5. It is open until" in the_pull(seen).body  # a sentence ends between what tove typed and ours
    assert "was @bo" not in the_pull(seen).body.replace("`/minutes object It was @bo", "")

    seen, _ = settle(says_on_pull(seen, "/minutes accept", "tove"))
    assert "**Objection**" not in the_pull(seen).body
    assert "**Accepted**" not in the_pull(seen).body


@pytest.mark.parametrize(("by", "role"), [("tove", "read"), ("imani", "write")])
@pytest.mark.parametrize("body", [paper.NOTES, f"{paper.NOTES}more"], ids=["as it was", "edited"])
def test_the_label_of_an_objection_is_there_as_long_as_the_objection(by: str, role: str, body: str) -> None:
    labelled = with_archive(published(), labels={"meeting-notes": "L_1", "objection": "L_2"})
    seen = may(says_on_pull(labelled, "/minutes object No", "tove"), "tove", "read", ARCHIVE)
    seen, _ = settle(with_source(seen, author="tove"))
    assert "objection" in the_pull(seen).labels

    seen = says_on_pull(with_source(seen, body=body), "/minutes accept", by)
    seen, _ = settle(may(seen, by, role, ARCHIVE), LATER + timedelta(hours=1))

    assert "objection" not in the_pull(seen).labels


@pytest.mark.parametrize("answer", ["", "The last minutes are accepted."])
def test_an_objection_to_the_previous_minutes_is_shown_as_open_whatever_these_notes_say(answer: str) -> None:
    before = PullState("", day=date(2026, 8, 11), objections=(("tove", "no"),))
    last = Pull("PR_9", 9, "", "merged", "", embed_state(before, ""), "minutes/2026-08-11", None, mine=True)

    seen, _ = settle(with_archive(with_source(snapshot(), body=f"{paper.NOTES}\n{answer}\n"), pulls=(last,)))

    assert seen.archive is not None
    shown = [row for row in seen.archive.pulls[0].body.split("\n") if row.startswith("| Last meeting |")]
    assert [row.rpartition("), ")[2] for row in shown] == ["objection open |"]


def test_the_previous_minutes_are_accepted_under_the_notes_and_the_answer_names_the_date() -> None:
    seen, _ = settle(may(says(published(), "/minutes accept"), "imani", "write", ARCHIVE))

    assert "The minutes of 2026-08-11 are accepted." in status(seen)
    assert stored_state(seen).accepts_previous is not None


def test_without_a_calendar_there_is_nothing_to_skip() -> None:
    seen, plans = settle(may(says(published(), "/minutes skip 2026-12-29"), "imani", "write", ARCHIVE))

    assert shown(plans) == ["EYES", "CONFUSED"]
    assert "There is no calendar" in status(seen)


def test_stop_takes_it_back_until_told_again() -> None:
    stopped, _ = settle(says(published(), "/minutes stop"))
    assert the_pull(stopped).state == "closed"
    assert stored_state(stopped).status == "stopped"
    assert settle(with_source(stopped, body=paper.NOTES + "more"))[1][0].steps == ()

    seen, _ = settle(says(stopped, "/minutes"))
    assert seen.archive is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open", "closed"]
    assert stored_state(seen).status == "ready"


def test_a_closed_pull_request_is_opened_anew_when_somebody_says_so() -> None:
    closed, _ = settle(with_pull(published(), state="closed"))
    assert stored_state(closed).status == "closed"

    seen, _ = settle(says(closed, "/minutes"))

    assert seen.archive is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open", "closed"]


def test_redact_leaves_nothing_of_the_words_that_can_be_taken_away() -> None:
    secret = "the safe is behind the clock"
    seen, _ = settle(with_source(published(), body=paper.NOTES + f"\n{secret}\n"))
    seen, _ = settle(says(seen, "/minutes preview"))
    before = the_pull(seen)
    seen, plans = settle(says(with_source(seen, body=paper.NOTES), "/minutes redact"))

    done = steps(plans)
    assert {type(step) for step in done} >= {ClosePull, DeleteBranch, DeleteComment, EditPull, PostComment}
    assert seen.archive is not None
    assert seen.source is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open", "closed"]
    assert before.branch not in {branch.name for branch in seen.archive.branches}
    written = [pull.body + pull.title for pull in seen.archive.pulls]
    written += [each.body for each in seen.source.comments]
    assert secret not in "".join(written)
    assert "pull request 1 withdrawn" in status(seen)
    assert settle(seen)[1] == [Plan("all is well")]
