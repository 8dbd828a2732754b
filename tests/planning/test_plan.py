"""What is done in which situation; each row a reader can follow, without any GitHub."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    Branch,
    Commit,
    CreateBranch,
    Plan,
    Role,
    Snapshot,
)
from bot.planning.plan import make_plan
from bot.trailers import blob_oid, find_trailer
from tests import paper
from tests.paper import (
    LATER,
    NOON,
    facts_needed,
    published,
    settle,
    snapshot,
    the_pull,
    with_archive,
    with_pull,
    with_source,
)
from tests.planning.plans import kinds, other_pull, roles, status_of


def test_two_batches_publish() -> None:
    seen, plans = settle(snapshot())

    assert [kinds(plan) for plan in plans] == [
        ["CreateBranch", "Commit", "OpenPull"],
        ["PostComment", "AddLabels"],
        [],
    ]
    assert status_of(seen) == ("ready", "")


def test_the_minutes_lie_where_the_archive_keeps_them_and_link_the_previous_meeting() -> None:
    plan = make_plan(snapshot(), LATER)

    (commit,) = (step for step in plan.steps if isinstance(step, Commit))
    assert commit.path == "2026/2026-08-18.md"
    assert "[last meeting](2026-08-11.md)" in commit.text
    assert commit.headline == "Minutes of 2026-08-18"
    assert find_trailer(commit.body) == (commit.path, blob_oid(commit.text))


@given(st.lists(st.integers(0, 3), max_size=6))
def test_stopped_anywhere_it_goes_on_and_does_nothing_twice(stops: list[int]) -> None:
    """After each stop only a part of a batch was done, and everything but GitHub was forgotten."""
    seen = snapshot()
    for done in stops:
        seen = paper.apply(seen, make_plan(seen, LATER).steps[:done])
    seen, _ = settle(seen)

    assert seen.archive is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open"]
    assert [branch.name for branch in seen.archive.branches] == ["minutes/2026-08-18"]
    assert status_of(seen) == ("ready", "")


def test_a_branch_of_that_name_that_is_not_ours_is_left_alone() -> None:
    theirs = Branch("minutes/2026-08-18", "c" * 40, "my own try")

    seen, _ = settle(with_archive(snapshot(), branches=(theirs,)))

    assert the_pull(seen).branch == "minutes/2026-08-18.2"
    assert seen.archive is not None
    assert theirs in seen.archive.branches


def test_a_branch_of_that_name_that_has_a_pull_request_of_somebody_is_left_alone() -> None:
    theirs = Branch("minutes/2026-08-18", paper.BASE)
    pull = other_pull(branch=theirs.name)

    (created, *_) = make_plan(with_archive(snapshot(), branches=(theirs,), pulls=(pull,)), LATER).steps

    assert isinstance(created, CreateBranch)
    assert created.name == "minutes/2026-08-18.2"


def test_a_pull_request_in_which_somebody_else_put_our_mark_counts_for_nothing() -> None:
    forged = other_pull(state="merged", body=the_pull(published()).body)

    seen, plans = settle(with_archive(snapshot(), pulls=(forged,)))

    assert kinds(plans[0]) == ["CreateBranch", "Commit", "OpenPull"]
    assert status_of(seen) == ("ready", "")


@pytest.mark.parametrize("role", [None, "none", "read", "triage"])
def test_a_label_set_without_write_access_waits_silently(role: str | None) -> None:
    assert kinds(make_plan(snapshot(roles=roles(role)), LATER)) == []


@pytest.mark.parametrize("role", ["write", "maintain", "admin"])
def test_a_label_set_with_write_access_starts(role: str) -> None:
    assert kinds(make_plan(snapshot(roles=roles(role)), LATER)) != []


def test_the_role_is_asked_only_when_all_else_says_go() -> None:
    seen = replace(snapshot(), roles={}, asked=frozenset())

    assert facts_needed(seen, NOON) == ()
    assert facts_needed(seen, LATER) == (Role("tern-lab/planning", "imani"),)
    assert facts_needed(with_source(seen, labels=()), LATER) == ()


def test_the_texts_of_the_archive_are_asked_for_only_when_they_are_needed() -> None:
    seen = replace(snapshot(), asked=frozenset())

    assert facts_needed(seen, LATER) == ("shape",)
    assert facts_needed(replace(seen, roles=roles("read")), LATER) == ()
    assert facts_needed(with_archive(seen, config="settel: 1"), LATER) == ("config",)


def test_once_started_nobody_asks_for_the_role_again() -> None:
    assert make_plan(replace(published(), roles={}), LATER) == Plan("all is well")


@pytest.mark.parametrize(
    ("seen", "until"),
    [
        (snapshot(), NOON),
        (with_source(snapshot(), edited_at=NOON + timedelta(minutes=5)), NOON + timedelta(minutes=5)),
        (
            with_source(snapshot(), labelled_by={"meeting-notes": ("imani", NOON + timedelta(minutes=7))}),
            NOON + timedelta(minutes=7),
        ),
    ],
)
def test_nothing_is_written_until_the_source_is_still(seen: Snapshot, until: object) -> None:
    plan = make_plan(seen, NOON + timedelta(minutes=9))

    assert plan == Plan("waiting until quiet", look_again=until + timedelta(minutes=10))  # type: ignore[operator]


def test_what_happened_to_the_pull_request_is_said_without_waiting() -> None:
    seen = with_archive(snapshot(), config="settle: 0")
    seen, _ = settle(seen, NOON)

    merged = with_pull(with_archive(seen, config=None), state="merged")

    assert kinds(make_plan(merged, NOON)) == ["EditComment"]


def test_the_settle_time_is_the_teams() -> None:
    assert kinds(make_plan(with_archive(snapshot(), config="settle: 0"), NOON)) != []


def test_a_source_that_is_gone_is_let_go() -> None:
    assert make_plan(replace(snapshot(), source=None), LATER).steps == ()


def test_without_the_label_nothing_happens() -> None:
    assert kinds(make_plan(with_source(snapshot(), labels=("bug",)), LATER)) == []


def test_the_label_is_the_teams() -> None:
    labelled = with_source(snapshot(), labels=("protokoll",), labelled_by={"protokoll": ("imani", NOON)})
    seen = with_archive(labelled, config="labels: [protokoll]")

    assert kinds(make_plan(seen, LATER)) != []


def test_a_fork_is_no_source() -> None:
    repository = replace(paper.source().repository, fork=True)

    assert kinds(make_plan(with_source(snapshot(), repository=repository), LATER)) == []
