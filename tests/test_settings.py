"""What the keys of `.github/minutes.yml` do; without any GitHub."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import (
    CloseSource,
    Commit,
    MergePull,
    OpenPull,
    PostComment,
    RequestReviews,
    Snapshot,
    Step,
)
from bot.state import PullState, find_state, replace_state
from tests import paper
from tests.paper import LATER, decide, settle, snapshot, the_pull, with_archive, with_pull, with_source

PRIVATE = replace(paper.source().repository, visibility="private")


def steps(seen: Snapshot) -> list[Step]:
    return [step for plan in settle(seen)[1] for step in plan.steps]


def one(seen: Snapshot, kind: type[Step]) -> Step:
    (found,) = (step for step in steps(seen) if isinstance(step, kind))
    return found


def with_config(text: str) -> Snapshot:
    return with_archive(snapshot(), config=text)


# -- trust -------------------------------------------------------------------------------------------------


def test_nothing_that_is_public_names_a_private_source() -> None:
    seen = with_source(with_config("allow_private_sources: [tern-lab/planning]"), repository=PRIVATE)

    public = [step for step in steps(seen) if not isinstance(step, PostComment)]

    assert any(isinstance(step, OpenPull) for step in public)
    assert "planning" not in repr(public)


def test_a_private_source_finds_its_pull_request_again() -> None:
    seen = with_source(with_config("allow_private_sources: [tern-lab/planning]"), repository=PRIVATE)
    published, _ = settle(seen)

    assert settle(published)[1][0].steps == ()
    stored = find_state(the_pull(published).body, PullState)
    assert stored is not None
    assert stored.source.startswith("~")


def test_without_leave_a_private_source_is_not_published() -> None:
    assert [type(step) for step in steps(with_source(snapshot(), repository=PRIVATE))] == [PostComment]


def test_a_broken_configuration_keeps_private_sources_back_and_lets_others_go_on() -> None:
    broken = with_config("settel: 1")
    broken = replace(broken, good_config="allow_private_sources: [tern-lab/planning]")

    assert any(isinstance(step, OpenPull) for step in steps(broken))
    private = with_source(broken, repository=PRIVATE)
    assert [type(step) for step in steps(private)] == [PostComment]


def test_the_newest_configuration_that_can_be_read_is_in_force_and_said_so() -> None:
    broken = replace(with_config("settel: 1"), good_config="path: minutes/YYYY-MM-DD.md")

    assert one(broken, Commit).path == "minutes/2026-08-18.md"  # type: ignore[attr-defined]
    assert "has mistakes" in one(broken, OpenPull).body  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("listed", "goes"), [("[planning]", True), ("[tern-lab/planning]", True), ("[x]", False)]
)
def test_sources_that_are_listed_may_publish(listed: str, goes: bool) -> None:
    assert any(isinstance(step, OpenPull) for step in steps(with_config(f"sources: {listed}"))) == goes


# -- what happens to the pull request ----------------------------------------------------------------------


def test_attendees_who_are_known_are_asked_to_review_once_but_not_who_wrote_the_notes() -> None:
    seen = with_config("reviewers: attendees\npeople: {Tove: tove-b, Imani: imani}")

    assert one(seen, RequestReviews).logins == ("tove-b",)  # type: ignore[attr-defined]


def test_people_who_are_listed_are_asked_to_review_once_but_not_who_wrote_the_notes() -> None:
    seen = with_config("reviewers: [Tove-B, Imani, ada, tove-b]")

    assert one(seen, RequestReviews).logins == ("Tove-B", "ada")  # type: ignore[attr-defined]


def test_of_private_notes_all_who_are_listed_are_asked_whoever_wrote_them() -> None:
    allowed = "allow_private_sources: [tern-lab/planning]\npeople: {Tove: tove-b}\nreviewers: "
    listed, attendees = (
        with_source(with_config(f"{allowed}{who}"), repository=PRIVATE)
        for who in ("[imani, ada]", "attendees")
    )

    assert one(listed, RequestReviews).logins == ("imani", "ada")  # type: ignore[attr-defined]
    assert not any(isinstance(step, RequestReviews) for step in steps(attendees))


def test_where_nobody_is_listed_nobody_is_asked() -> None:
    assert not any(isinstance(step, RequestReviews) for step in steps(with_config("reviewers: []")))


def test_of_many_who_were_there_fifteen_are_asked_to_review_in_the_order_of_the_notes() -> None:
    names = [f"Guest {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
    people = ", ".join(f"{name}: {name.lower().replace(' ', '-')}" for name in names)
    body = paper.NOTES.replace("Imani, Tove", ", ".join(names))
    seen = with_source(with_config(f"reviewers: attendees\npeople: {{{people}}}"), body=body)

    asked = one(seen, RequestReviews).logins  # type: ignore[attr-defined]

    assert asked == tuple(f"guest-{letter}" for letter in "abcdefghijklmno")


def test_who_wrote_the_notes_is_credited() -> None:
    assert "| Notes by | imani |" in one(snapshot(), OpenPull).body  # type: ignore[attr-defined]
    after = one(with_config("credit: co-author"), Commit).body  # type: ignore[attr-defined]
    assert "Co-authored-by: imani <imani@users.noreply.github.com>" in after
    assert "Co-authored-by" not in one(snapshot(), Commit).body  # type: ignore[attr-defined]


def test_it_merges_after_quiet_days_and_not_before() -> None:
    published, _ = settle(with_config("merge: after 3 quiet days"))

    _, plan = decide(published)
    assert plan.look_again == paper.NOON + timedelta(days=3)
    _, plan = decide(published, paper.NOON + timedelta(days=3))
    assert [type(step) for step in plan.steps] == [MergePull]


@pytest.mark.parametrize(
    "changes",
    [{"draft": True}, {"files": ("2026/2026-08-18.md", "README.md")}],
)
def test_what_is_no_longer_only_the_minutes_is_not_merged(changes: dict[str, object]) -> None:
    published, _ = settle(with_config("merge: after 3 quiet days"))

    _, plan = decide(with_pull(published, **changes), LATER + timedelta(days=9))

    assert MergePull not in {type(step) for step in plan.steps}


def test_it_merges_when_accepted_and_not_before() -> None:
    published, _ = settle(with_config("merge: when accepted"))
    assert decide(published, LATER + timedelta(days=99))[1].steps == ()

    stored = find_state(the_pull(published).body, PullState)
    assert stored is not None
    accepted = replace_state(the_pull(published).body, replace(stored, accepted="2026-08-25 imani"))
    _, plan = decide(with_pull(published, body=accepted))
    assert [type(step) for step in plan.steps] == [MergePull]


def test_the_source_is_closed_when_its_minutes_are_merged() -> None:
    published, _ = settle(with_config("close_source_when_merged: true"))

    closing = [step for step in steps(with_pull(published, state="merged")) if isinstance(step, CloseSource)]
    assert len(closing) == 1
    plain, _ = settle(snapshot())
    assert CloseSource not in {type(step) for step in steps(with_pull(plain, state="merged"))}


@pytest.mark.parametrize("rule", ["after 3 quiet days", "when accepted"])
@pytest.mark.parametrize(("shown", "goes"), [("<script>", False), ("plain words", True)])
def test_an_error_among_the_findings_keeps_it_from_being_merged(rule: str, shown: str, *, goes: bool) -> None:
    seen = with_source(with_config(f"merge: {rule}"), body=f"{paper.NOTES}\n{shown}\n")
    published, _ = settle(seen)
    stored = find_state(the_pull(published).body, PullState)
    assert stored is not None
    accepted = replace_state(the_pull(published).body, replace(stored, accepted="2026-08-25 imani"))
    ready = with_pull(published, body=accepted, draft=False)  # a person says so

    plans = settle(ready, LATER + timedelta(days=9))[1]

    assert (MergePull in {type(step) for plan in plans for step in plan.steps}) == goes


def test_an_open_objection_keeps_it_from_being_merged() -> None:
    published, _ = settle(with_config("merge: after 3 quiet days"))
    stored = find_state(the_pull(published).body, PullState)
    assert stored is not None
    objected = replace_state(the_pull(published).body, replace(stored, objections=(("tove", "no"),)))

    _, plans = settle(with_pull(published, body=objected), LATER + timedelta(days=9))

    assert MergePull not in {type(step) for plan in plans for step in plan.steps}
