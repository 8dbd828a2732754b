"""What is done after the minutes were published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import (
    Comment,
    Commit,
    FileRef,
    OpenPull,
    Plan,
    PostComment,
    Refusal,
    Snapshot,
)
from bot.planning.plan import make_plan
from bot.state import embed_state
from bot.trailers import find_trailer
from tests import paper
from tests.paper import (
    LATER,
    published,
    pushed,
    settle,
    snapshot,
    the_pull,
    with_archive,
    with_pull,
    with_source,
)
from tests.planning.plans import (
    MARK_OF_13TH,
    kinds,
    other_pull,
    paper_text,
    roles,
    status,
    status_of,
    text_of,
)

EDITED = paper.NOTES.replace("Tove", "Tove, Yuki")


def test_edited_notes_are_one_batch() -> None:
    seen, plans = settle(with_source(published(), body=EDITED))

    assert [kinds(plan) for plan in plans] == [["Commit", "EditPull", "EditComment"], []]
    assert "3 people present" in the_pull(seen).body


def test_an_edit_whose_commit_failed_is_committed_at_the_next_look() -> None:
    """GitHub goes on with the other steps of a batch after one that failed."""
    edited = with_source(published(), body=EDITED)
    steps = [step for step in make_plan(edited, LATER).steps if not isinstance(step, Commit)]

    seen, plans = settle(paper.apply(edited, steps))

    assert [kinds(plan) for plan in plans] == [["Commit"], []]
    assert find_trailer(the_pull(seen).revisions[0].message) is not None


def test_an_edit_that_a_push_overtook_is_said_to_be_missing() -> None:
    edited = with_source(published(), body=EDITED)
    steps = [step for step in make_plan(edited, LATER).steps if not isinstance(step, Commit)]
    seen = paper.apply(edited, steps)

    seen, plans = settle(pushed(seen, paper.MADE.replace("## AOB", "## AOB\n\nSee you.")))

    assert kinds(plans[0]) == ["Commit", "EditPull"]
    assert "Tove, Yuki" in text_of(plans[0])
    assert "See you." in text_of(plans[0])


def test_a_number_of_another_archive_is_not_taken_for_its_own() -> None:
    """The archive was changed, and there the bot has a pull request of that number for another source."""
    theirs = other_pull(number=1, mine=True, body=embed_state(MARK_OF_13TH, "x"))
    moved = with_archive(published(), pulls=(theirs,), branches=())
    moved = replace(moved, archive_name="tern-lab/records")

    assert kinds(make_plan(moved, LATER)) == ["CreateBranch", "Commit", "OpenPull"]


def test_a_changed_date_moves_the_file_inside_the_same_pull_request() -> None:
    seen = with_source(published(), title="Team meeting 2026-08-19", body=EDITED.replace("08-18", "08-19"))

    (commit, *_) = make_plan(seen, LATER).steps

    assert isinstance(commit, Commit)
    assert (commit.branch, commit.path, commit.delete) == (
        "minutes/2026-08-18",
        "2026/2026-08-19.md",
        "2026/2026-08-18.md",
    )
    assert the_pull(settle(seen)[0]).title == "Minutes of 2026-08-19"


def test_a_pull_request_keeps_the_template_that_it_began_with() -> None:
    seen = published()
    assert seen.archive is not None
    files = {**seen.archive.files, "agenda-template.md": "9" * 40}
    other = {FileRef("9" * 40): paper.TEMPLATE.replace("## AOB", "## Any other business")}
    changed = with_archive(seen, files=files)
    gone = {FileRef("1" * 40): None}

    kept = settle(with_source(replace(changed, texts={**changed.texts, **other}), body=EDITED))[0]
    lost = settle(with_source(replace(changed, texts={**changed.texts, **other, **gone}), body=EDITED))[0]

    not_there = "Of the template's headings these are not in the notes: Any other business."
    assert not_there not in paper_text(kept)
    assert not_there in paper_text(lost)


def test_what_people_wrote_around_the_body_and_their_title_stay() -> None:
    theirs = with_pull(
        published(), title="Ours", body="Mind line 3.\n" + the_pull(published()).body + "\n-- Bo"
    )

    pull = the_pull(settle(with_source(theirs, body=EDITED))[0])

    assert pull.title == "Ours"
    assert pull.body.startswith("Mind line 3.\n")
    assert pull.body.endswith("\n-- Bo")
    assert "3 people present" in pull.body


OUTCOMES: dict[str, tuple[Callable[[Snapshot], Snapshot], tuple[str, str]]] = {
    "merged": (lambda seen: with_pull(seen, state="merged"), ("merged", "")),
    "merged, then edited": (
        lambda seen: with_source(with_pull(seen, state="merged"), body=EDITED),
        ("merged", "changed"),
    ),
    "closed by a person": (lambda seen: with_pull(seen, state="closed"), ("closed", "")),
    "made gone on the branch, then edited": (
        lambda seen: with_source(with_pull(seen, revisions=(), files=()), body=EDITED),
        ("edited-by-people", "changed"),
    ),
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_an_end_is_said_once_and_nothing_else_is_done(name: str) -> None:
    change, outcome = OUTCOMES[name]

    seen, plans = settle(change(published()))

    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert status_of(seen) == outcome


def test_a_pull_request_too_old_to_be_listed_is_not_opened_again() -> None:
    seen = with_archive(with_source(published(), body=EDITED), pulls=())

    assert make_plan(seen, LATER).steps == ()


def test_a_label_taken_away_takes_the_pull_request_back() -> None:
    seen, plans = settle(with_source(published(), labels=()))

    assert [kinds(plan) for plan in plans] == [["EditPull", "DeleteBranch"], ["EditComment"], []]
    assert status_of(seen) == ("stopped", "")
    assert "is closed, its branch deleted" in status(seen).body


def test_it_is_stopped_only_when_the_pull_request_is_closed() -> None:
    """The first try failed, and everything but GitHub was forgotten."""
    unlabelled = with_source(published(), labels=())
    refusal = Refusal("ClosePull", "Resource not accessible by integration", "pull_requests: write")

    seen, _ = settle(replace(unlabelled, refusals=(refusal,)))
    assert status_of(seen) == ("refused", "pull_requests: write")

    seen, _ = settle(replace(seen, refusals=()))
    assert the_pull(seen).state == "closed"
    assert status_of(seen) == ("stopped", "")


def test_a_pull_request_that_was_never_announced_is_taken_back_too() -> None:
    opened = paper.apply(snapshot(), make_plan(snapshot(), LATER).steps)

    seen, plans = settle(with_source(opened, labels=()))

    assert [kinds(plan) for plan in plans] == [["EditPull", "DeleteBranch"], []]
    assert the_pull(seen).state == "closed"


@pytest.mark.parametrize("archive", [{"pulls": ()}, None])
def test_nothing_is_said_of_a_pull_request_that_was_not_seen(archive: dict[str, object] | None) -> None:
    seen = with_source(published(), labels=())
    seen = replace(seen, archive=None) if archive is None else with_archive(seen, **archive)

    assert make_plan(seen, LATER).steps == ()


def test_what_people_reopened_stays_open() -> None:
    stopped, _ = settle(with_source(published(), labels=()))

    assert make_plan(with_pull(stopped, state="open"), LATER).steps == ()


def test_a_label_set_again_by_a_person_with_write_access_starts_anew() -> None:
    stopped, _ = settle(with_source(published(), labels=()))
    again = with_source(stopped, labels=("meeting-notes",))

    seen, _ = settle(again)

    assert seen.archive is not None
    assert [pull.state for pull in seen.archive.pulls] == ["open", "closed"]
    assert status_of(seen) == ("ready", "")
    assert kinds(make_plan(replace(again, roles=roles("read")), LATER)) == []


def test_what_people_pushed_to_stays() -> None:
    theirs = pushed(published(), "# Ours\n")

    seen, plans = settle(with_source(theirs, labels=()))

    assert [kinds(plan) for plan in plans] == [["EditComment"], []]
    assert the_pull(seen).state == "open"
    assert "because somebody changed it" in status(seen).body


def test_of_two_status_comments_the_oldest_stays() -> None:
    seen = published()
    first = status(seen)
    second = replace(first, id="IC_9", created_at=LATER + timedelta(seconds=1))
    assert seen.source is not None

    seen, _ = settle(with_source(seen, comments=(second, *seen.source.comments)))

    assert status(seen) == first


def test_a_mark_that_somebody_else_posted_counts_for_nothing() -> None:
    forged = Comment("IC_9", status(published()).body, "mallory", LATER, mine=False)

    stranger = with_source(snapshot(roles=roles("none")), comments=(forged,))
    assert kinds(make_plan(stranger, LATER)) == []

    seen, _ = settle(with_source(snapshot(), comments=(forged,)))
    assert seen.source is not None
    assert [comment.mine for comment in seen.source.comments] == [False, True]
    assert seen.source.comments[0] == forged


ODD = paper.NOTES.replace("(https://example.org)", "(2026-08-04.md)")  # links a meeting before the last one


def test_findings_on_lines_go_to_a_check_run_of_each_commit_once() -> None:
    seen, first = settle(with_source(snapshot(), body=ODD))
    assert [kinds(plan) for plan in first] == [
        ["CreateBranch", "Commit", "OpenPull"],
        ["PostComment", "AddLabels", "Check"],
        [],
    ]

    seen, second = settle(with_source(seen, body=ODD.replace("Tove", "Tove, Yuki")))
    assert [kinds(plan) for plan in second] == [["Commit", "EditPull"], ["EditComment", "Check"], []]

    closed, _ = settle(with_pull(seen, state="closed"))
    _, third = settle(with_pull(closed, state="open"))
    assert "Check" not in str([kinds(plan) for plan in third])


@pytest.mark.parametrize("step", ["CreateBranch", "Commit", "OpenPull", "EditPull"])
def test_a_refused_write_is_said_once_with_the_permission_that_is_missing(step: str) -> None:
    refusal = Refusal(step, "Resource not accessible by integration", "contents: write")

    seen, plans = settle(snapshot(refusals=(refusal,)))

    assert [kinds(plan) for plan in plans] == [["PostComment"], []]
    assert status_of(seen) == ("refused", "contents: write")
    assert "contents" in status(seen).body


def test_where_no_drafts_are_taken_an_error_is_no_hindrance() -> None:
    bad = with_source(snapshot(), body=paper.NOTES + "\n<script>x</script>\n")
    first = make_plan(bad, LATER)
    assert isinstance(first.steps[-1], OpenPull)
    assert first.steps[-1].draft
    refusal = Refusal("OpenPull", "Draft pull requests are not supported in this repository.")
    seen = replace(paper.apply(bad, first.steps[:-1]), refusals=(refusal,))

    (step,) = make_plan(seen, LATER).steps

    assert isinstance(step, OpenPull)
    assert not step.draft
    assert status_of(settle(seen)[0]) == ("ready", "")


def test_an_archive_that_may_not_be_read_is_said_with_the_permission() -> None:
    refusal = Refusal("archive", "Resource not accessible by integration", "contents: write")

    (step,) = make_plan(snapshot(archive=None, refusals=(refusal,)), LATER).steps

    assert isinstance(step, PostComment)
    assert "contents" in step.body


def test_where_the_source_takes_no_comment_the_pull_request_says_so() -> None:
    opened = paper.apply(snapshot(), make_plan(snapshot(), LATER).steps)
    refusal = Refusal("PostComment", "Resource not accessible by integration", "issues: write")

    plan = make_plan(replace(opened, refusals=(refusal,)), LATER)

    assert kinds(plan) == ["EditPull"]
    assert "issues" in str(plan.steps[0])


def test_labels_that_may_not_be_set_cost_only_the_labels() -> None:
    opened = paper.apply(snapshot(), make_plan(snapshot(), LATER).steps)
    refusal = Refusal("AddLabels", "Resource not accessible by integration", "issues: write")

    seen, _ = settle(replace(opened, refusals=(refusal,)))

    assert status_of(seen)[0] == "ready"
    assert "I lack the permission" in status(seen).body
    assert make_plan(replace(seen, refusals=()), LATER) == Plan(
        "done, but for what the app lacks: issues: write"
    )
