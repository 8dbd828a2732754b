"""What people tell the bot with `/minutes`, and what becomes of it; without any GitHub."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.minutes import Minutes, normalise
from bot.model import (
    ClosePull,
    Comment,
    Commit,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    Plan,
    PostComment,
    Pull,
    React,
    Repository,
    Role,
    Snapshot,
    Step,
    ThreadRef,
    Visibility,
)
from bot.state import PullState, SourceState, embed_state, find_state, replace_state
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
    with_archive,
    with_pull,
    with_source,
)
from tests.paper import told as says

SOURCE, ARCHIVE = "tern-lab/planning", "tern-lab/meeting-minutes"


def comment(body: str, author: str = "imani", number: int = 50, **changes: object) -> Comment:
    made = Comment(
        f"IC_{number}",
        body,
        author,
        LATER + timedelta(seconds=number),
        url=f"https://github.com/{SOURCE}/issues/7#issuecomment-{number}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def says_on_pull(seen: Snapshot, body: str, author: str = "imani") -> Snapshot:
    """Somebody comments on the pull request."""
    pull = the_pull(seen)
    return with_pull(seen, comments=(*pull.comments, comment(body, author, 80 + len(pull.comments))))


def may(seen: Snapshot, login: str, role: str, repository: str = SOURCE) -> Snapshot:
    return replace(seen, roles={**seen.roles, Role(repository, login): role})


def steps(plans: list[Plan]) -> list[Step]:
    return [step for plan in plans for step in plan.steps]


def kinds(plan: Plan) -> list[str]:
    return [type(step).__name__ for step in plan.steps]


def shown(plans: list[Plan]) -> list[str]:
    return [step.content for step in steps(plans) if isinstance(step, React)]


def noted(seen: Snapshot) -> SourceState:
    assert seen.source is not None
    (own,) = (find_state(each.body, SourceState) for each in seen.source.comments if each.mine)
    assert own is not None
    return own


def status(seen: Snapshot) -> str:
    assert seen.source is not None
    (own,) = (each.body for each in seen.source.comments if each.mine)
    return own


def unlabelled(**changes: object) -> Snapshot:
    return with_source(snapshot(), labels=(), labelled_by={}, **changes)


# -- who may, and when -------------------------------------------------------------------------------------


def test_a_command_starts_what_has_no_label_and_skips_the_wait() -> None:
    seen, plans = settle(says(unlabelled(), "/minutes"), NOON)

    assert [kinds(plan) for plan in plans] == [
        ["React"],
        ["CreateBranch", "Commit", "OpenPull"],
        ["PostComment", "React"],
        [],
    ]
    assert shown(plans) == ["EYES", "ROCKET"]
    assert noted(seen).status == "ready"


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
    *others, told = seen.source.comments
    edited = replace(told, body=f"{told.body}\n/minutes help", edited_at=LATER, editor="imani")

    seen, plans = settle(with_source(seen, comments=(*others, edited)))

    assert [kinds(plan) for plan in plans] == [["EditComment", "React"], []]
    assert len(noted(seen).handled_commands) == 2


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


# -- what they do ------------------------------------------------------------------------------------------


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
    *others, told = seen.source.comments
    edited = replace(told, body=told.body.replace("paint", "red paint"), edited_at=LATER, editor="imani")
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


@pytest.mark.parametrize("said", ["", "The last minutes are accepted."])
def test_an_objection_to_the_previous_minutes_is_shown_as_open_whatever_these_notes_say(said: str) -> None:
    before = PullState("", day=date(2026, 8, 11), objections=(("tove", "no"),))
    last = Pull("PR_9", 9, "", "merged", "", embed_state(before, ""), "minutes/2026-08-11", None, mine=True)

    seen, _ = settle(with_archive(with_source(snapshot(), body=f"{paper.NOTES}\n{said}\n"), pulls=(last,)))

    assert seen.archive is not None
    shown = [row for row in seen.archive.pulls[0].body.split("\n") if row.startswith("| Last meeting |")]
    assert [row.rpartition("), ")[2] for row in shown] == ["objection open |"]


def test_the_previous_minutes_are_accepted_under_the_notes_and_the_answer_names_the_date() -> None:
    seen, _ = settle(may(says(published(), "/minutes accept"), "imani", "write", ARCHIVE))

    assert "The minutes of 2026-08-11 are accepted." in status(seen)
    assert noted(seen).accepts_previous is not None


def test_without_a_calendar_there_is_nothing_to_skip() -> None:
    seen, plans = settle(may(says(published(), "/minutes skip 2026-12-29"), "imani", "write", ARCHIVE))

    assert shown(plans) == ["EYES", "CONFUSED"]
    assert "There is no calendar" in status(seen)


def test_stop_takes_it_back_until_told_again() -> None:
    stopped, _ = settle(says(published(), "/minutes stop"))
    assert the_pull(stopped).state == "closed"
    assert noted(stopped).status == "stopped"
    assert settle(with_source(stopped, body=paper.NOTES + "more"))[1][0].steps == ()

    seen, _ = settle(says(stopped, "/minutes"))
    assert seen.archive is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open", "closed"]
    assert noted(seen).status == "ready"


def test_a_closed_pull_request_is_opened_anew_when_somebody_says_so() -> None:
    closed, _ = settle(with_pull(published(), state="closed"))
    assert noted(closed).status == "closed"

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


# -- edits that wait ---------------------------------------------------------------------------------------

EDITED = paper.NOTES.replace("Tove", "Tove, Yuki")


def test_an_edit_by_somebody_without_write_access_waits_for_a_word() -> None:
    edited = with_source(published(), body=EDITED, editor="yuki", edited_at=LATER)
    seen, plans = settle(may(edited, "yuki", "read"), LATER + timedelta(hours=1))
    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert noted(seen).status == "needs-approval"

    seen, plans = settle(says(seen, "/minutes"), LATER + timedelta(hours=2))
    assert ["Commit", "EditPull", "EditComment", "React"] in [kinds(plan) for plan in plans]
    assert noted(seen).status == "ready"


def test_a_stranger_cannot_make_the_bot_ask_a_question() -> None:
    edited = with_source(published(), body="", title="", editor="yuki", edited_at=LATER)

    seen, plans = settle(may(edited, "yuki", "read"), LATER + timedelta(hours=1))

    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert noted(seen).status == "needs-approval"


def test_an_edit_after_an_approval_waits_for_a_word() -> None:
    seen = with_source(with_pull(published(), approved=True), body=EDITED)

    assert noted(settle(seen)[0]).status == "needs-approval"


def test_what_a_stranger_wrote_after_the_label_waits_for_a_word() -> None:
    edited = with_source(snapshot(), editor="yuki", edited_at=NOON + timedelta(minutes=1))

    assert noted(settle(may(edited, "yuki", "none"))[0]).status == "needs-approval"


def test_after_a_merge_a_word_opens_a_small_pull_request() -> None:
    made = published()
    assert made.archive is not None
    path = the_pull(made).files[0]
    blob = blob_oid(paper.MADE)
    merged = paper.with_archive(with_pull(made, state="merged"), files={**made.archive.files, path: blob})
    edited, _ = settle(with_source(merged, body=EDITED))
    assert (noted(edited).status, noted(edited).detail) == ("merged", "changed")

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

    assert [kinds(plan) for plan in plans] == [["DeleteComment", "PostComment"], []]
    assert "Attending: Imani, Tove, Yuki" in status(seen)
    assert "Attending: Imani, Tove B." in status(seen)
    assert isinstance(steps(plans)[-1], PostComment | EditComment)


def test_who_was_there_is_read_once_for_all_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str, **how: Any) -> Minutes:
        read.append(text)
        return normalise(text, **how)

    monkeypatch.setattr("bot.planning.case.normalise", counted)
    orders = "\n".join(f"/minutes object number {number}" for number in range(10))
    seen = says(published(), orders, "stranger")
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
    mark = find_state(status.body, SourceState)
    assert mark
    assert (mark.status, mark.redacted_pulls, mark.pull_number) == ("ready", ("1",), 2)
    withdrawn = next(pull for pull in seen.archive.pulls if pull.number == 1)
    assert (withdrawn.state, withdrawn.title) == ("closed", "Withdrawn")


# -- what must not happen ----------------------------------------------------------------------------------


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


@pytest.mark.parametrize(("answered", "heard"), [(2_000, True), (2_001, False)])
def test_after_two_thousand_commands_nothing_more_is_heard(answered: int, *, heard: bool) -> None:
    seen = published()
    assert seen.source is not None
    (own,) = seen.source.comments
    mark = replace(noted(seen), handled_commands=tuple(f"{number:010d}+" for number in range(answered)))
    full = replace(own, body=replace_state(own.body, mark))

    _, plans = settle(says(with_source(seen, comments=(full,)), "/minutes preview"))

    assert shown(plans) == (["EYES", "ROCKET"] if heard else [])
    assert bool(steps(plans)) == heard


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
