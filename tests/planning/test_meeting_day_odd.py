"""Meeting day where something is odd: it comes another way, is cut short, broken or refused. On paper."""

from dataclasses import replace

from bot.model import (
    ClosePull,
    DeleteBranch,
    EditPull,
    Pull,
    Refusal,
    Remind,
)
from bot.planning.meeting_day import due
from bot.trailers import commit_trailer
from tests import paper
from tests.planning.meeting_days import (
    EVENING,
    MORNING,
    TUESDAYS,
    TWO,
    WEEK,
    archive_of,
    calendar,
    land,
    pulls,
    settle,
    with_notes,
)


def test_a_draft_closes_although_its_minutes_came_another_way() -> None:
    seen, _ = settle(calendar())
    seen = land(seen, "2026/2026-08-18.md")
    seen, _ = settle(seen, MORNING + WEEK)
    seen, _ = settle(seen, MORNING + 3 * WEEK)
    assert pulls(seen)[0][1] == "closed"


def test_a_draft_closes_although_a_person_opened_a_pull_request_by_hand() -> None:
    seen, _ = settle(calendar())
    hand = Pull(
        "PR_9",
        9,
        "https://github.com/x/y/pull/9",
        "open",
        "Minutes",
        "",
        "mine",
        "a" * 40,
        files=("2026/2026-08-18.md",),
    )
    seen = paper.with_archive(seen, pulls=(hand, *archive_of(seen).pulls))
    seen, _ = settle(seen, MORNING + WEEK)
    assert next(p for p in archive_of(seen).pulls if p.number == 1).state == "closed"


def test_the_second_meeting_of_the_day_is_not_the_first() -> None:
    seen, _ = settle(calendar())
    with_second = paper.commented(with_notes(seen), "/minutes date 2026-08-18 afternoon")
    seen, _ = paper.settle(with_second)
    found = {p.files[0]: p.state for p in archive_of(seen).pulls}
    assert found == {"2026/2026-08-18.md": "open", "2026/2026-08-18-afternoon.md": "open"}
    seen, _ = settle(replace(seen, source=None), MORNING + WEEK)
    assert {p.files[0]: p.state for p in archive_of(seen).pulls}["2026/2026-08-18.md"] == "closed"


def test_after_a_second_meeting_the_draft_is_opened_all_the_same() -> None:
    seen, _ = paper.settle(paper.commented(with_notes(calendar()), "/minutes date 2026-08-18 afternoon"))
    assert [p.files for p in archive_of(seen).pulls] == [("2026/2026-08-18-afternoon.md",)]
    seen, _ = settle(replace(seen, source=None))
    assert ("2026/2026-08-18.md",) in [p.files for p in archive_of(seen).pulls]


def test_a_draft_of_a_series_that_got_another_name_closes() -> None:
    seen, _ = settle(calendar())
    seen, _ = settle(
        paper.with_archive(seen, config=TUESDAYS.replace("Team meeting", "Team call")), MORNING + WEEK
    )
    seen, _ = settle(seen, MORNING + 3 * WEEK)
    assert pulls(seen)[0][1] == "closed"


def test_a_draft_of_a_series_that_was_removed_closes() -> None:
    seen, _ = settle(calendar(TWO))
    only = TWO.split("  - name: Team")[0]
    seen, _ = settle(paper.with_archive(seen, config=only), MORNING + WEEK)
    assert next(p for p in archive_of(seen).pulls if "team" in p.branch).state == "closed"


def test_a_closing_cut_short_is_finished() -> None:
    seen, _ = settle(calendar())
    _, plan = paper.decide(seen, MORNING + WEEK, due)
    first = [s for s in plan.steps if isinstance(s, EditPull)][:1]
    seen, _ = settle(paper.apply(seen, first), MORNING + WEEK)
    seen, _ = settle(seen, MORNING + 2 * WEEK)
    (one,) = [p for p in archive_of(seen).pulls if p.number == 1]
    assert "Closed by itself" not in one.body or one.state == "closed"


def test_a_closing_that_failed_in_the_middle_of_its_batch_is_finished() -> None:
    """Of a GraphQL batch one mutation can fail at GitHub, and the next ones are done."""
    seen, _ = settle(calendar())
    _, plan = paper.decide(seen, MORNING + WEEK, due)
    done = [s for s in plan.steps if not isinstance(s, ClosePull | DeleteBranch)]

    seen, _ = settle(paper.apply(seen, done), MORNING + WEEK)

    assert [p.state for p in archive_of(seen).pulls if p.number == 1] == ["closed"]


def test_a_reminder_whose_note_was_refused_is_not_posted_again() -> None:
    seen, _ = settle(calendar())
    refused = replace(seen, refusals=(Refusal("EditPull", "body is too long"),))
    posts = 0
    for _ in range(5):
        refused, plan = paper.decide(refused, EVENING, due)
        done = [s for s in plan.steps if not isinstance(s, EditPull)]
        posts += sum(isinstance(s, Remind) for s in done)
        refused = paper.apply(refused, done)
    assert posts <= 1


def test_a_draft_on_a_branch_of_an_older_base_lapses() -> None:
    """The pull request was not opened at the first try; meanwhile other minutes were merged."""
    seen, plan = paper.decide(calendar(), MORNING, due)
    seen = paper.apply(seen, plan.steps[:2])  # branch and commit
    other = paper.revision("c" * 40, "Minutes of 2026-08-11\n\n" + commit_trailer("2026/2026-08-11.md", "x"))
    merge = paper.revision("d" * 40, "Merge pull request #3", "bo")
    moved = replace(archive_of(seen).repository, head="e" * 40)
    seen, _ = settle(paper.with_archive(seen, repository=moved))
    pull = paper.the_pull(seen)
    # GitHub lists those of the (old) base too: newest first
    seen = paper.with_pull(
        seen, revisions=(*pull.revisions, paper.revision("b" * 40, "Merge", "bo"), merge, other)
    )
    seen, _ = settle(seen, EVENING)
    assert len(paper.the_pull(seen).comments) == 1, "reminded"
    seen, _ = settle(seen, MORNING + WEEK)
    assert pulls(seen)[0][1] == "closed"
