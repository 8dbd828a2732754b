"""What is done in which situation; each row a reader can follow, without any GitHub."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    Branch,
    Comment,
    Commit,
    CreateBranch,
    File,
    FileRef,
    OpenPull,
    Plan,
    PostComment,
    Pull,
    Refusal,
    Role,
    Snapshot,
)
from bot.planning.plan import make_plan
from bot.state import PullState, SourceState, embed_state, find_state
from bot.trailers import blob_oid, commit_trailer, find_trailer
from tests import paper
from tests.paper import (
    LATER,
    NOON,
    decide,
    facts_needed,
    published,
    pushed,
    settle,
    snapshot,
    the_pull,
    with_archive,
    with_pull,
    with_source,
)


def kinds(plan: Plan) -> list[str]:
    return [type(step).__name__ for step in plan.steps]


def status(seen: Snapshot) -> Comment:
    assert seen.source is not None
    (comment,) = (comment for comment in seen.source.comments if comment.mine)
    return comment


def text_of(plan: Plan) -> str:
    (commit,) = (step for step in plan.steps if isinstance(step, Commit))
    return commit.text


def paper_text(seen: Snapshot) -> str:
    return the_pull(seen).body.replace("\\", "").replace("\u2060", "")


def roles(role: str | None) -> dict[Role, str]:
    return {Role("tern-lab/planning", "imani"): role or "none"}


def said(seen: Snapshot) -> tuple[str, str]:
    mark = find_state(status(seen).body, SourceState)
    assert mark is not None
    return mark.status, mark.detail


# -- the first publication ---------------------------------------------------------------------------------


def test_two_batches_publish() -> None:
    seen, plans = settle(snapshot())

    assert [kinds(plan) for plan in plans] == [
        ["CreateBranch", "Commit", "OpenPull"],
        ["PostComment", "AddLabels"],
        [],
    ]
    assert said(seen) == ("ready", "")


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
    assert said(seen) == ("ready", "")


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
    assert said(seen) == ("ready", "")


# -- who and when ------------------------------------------------------------------------------------------


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


# -- questions ---------------------------------------------------------------------------------------------


def change_archive(**changes: object) -> Snapshot:
    seen = snapshot()
    assert seen.archive is not None
    return with_archive(seen, repository=replace(seen.archive.repository, **changes))  # type: ignore[arg-type]


def other_pull(**changes: object) -> Pull:
    made = Pull(
        "PR_9", 9, "https://github.com/tern-lab/meeting-minutes/pull/9", "open", "t", "b", "x", "c" * 40
    )
    return replace(made, **changes)  # type: ignore[arg-type]


MARK_OF_13TH = PullState("tern-lab/planning#5", day=NOON.date() - timedelta(days=5))
WITHOUT_NOTES: dict[str, object] = {
    "body": embed_state(replace(MARK_OF_13TH, source="", path="2026/2026-08-13.md"), "x"),
    "revisions": (paper.revision("c" * 40, f"Minutes\n\n{commit_trailer('2026/2026-08-13.md', 'x')}"),),
}
QUESTIONS: dict[str, tuple[Snapshot, str]] = {
    "no-notes": (with_source(snapshot(), body=" \r\n"), "no text"),
    "no-date": (
        with_source(snapshot(), title="Team meeting", body="- we talked"),
        "Minutes 2026-08-18",
    ),
    "which-layout": (
        with_archive(snapshot(), files={"a/2026-08-11.md": "1" * 40, "b/2026-08-12.md": "2" * 40}),
        "path: ",
    ),
    "which-series": (
        with_archive(
            snapshot(),
            config="series:\n"
            "  - {name: Board, schedule: every Tuesday, path: board/YYYY-MM-DD.md, labels: [board]}\n"
            "  - {name: Team, schedule: every Tuesday}\n",
        ),
        "- Board: `board`",
    ),
    "taken": (
        with_archive(snapshot(), files={"2026/2026-08-18.md": "1" * 40}),
        "blob/main/2026/2026-08-18.md",
    ),
    "no-archive": (replace(snapshot(), archive=None), "not installed"),
    "archive-archived": (change_archive(archived=True), "Unarchive"),
    "archive-empty": (change_archive(head=None, default_branch=None), "no commit"),
    "archive-fork": (change_archive(fork=True), "fork"),
    "private-source": (
        with_source(snapshot(), repository=replace(paper.source().repository, visibility="private")),
        "no more open",
    ),
    "archive-silent": (
        replace(change_archive(name="tern-lab/secrets"), archive_name="tern-lab/secrets"),
        "an empty one will do",
    ),
    "none-of-several": (
        with_source(
            paper.told(snapshot(), "/minutes date 2026-08-20", reacted=frozenset({"EYES"})),
            body="# 2026-08-18\n\nHello.\n\n# 2026-08-11\n\nHello again.\n",
        ),
        "2026-08-11",
    ),
    "telltale": (
        with_archive(
            with_source(
                snapshot(),
                body=paper.NOTES + "\nsee tern-lab/planning#3\n",
                repository=replace(paper.source().repository, visibility="private"),
            ),
            config="allow_private_sources: [tern-lab/planning]",
        ),
        "would name this repository",
    ),
    "source-not-listed": (with_archive(snapshot(), config="sources: [minutes]"), "does not list"),
    "configuration": (with_archive(snapshot(), config="settel: 1"), "line 1, column 1"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_only_a_person_can_answer_is_asked_and_nothing_is_written(name: str) -> None:
    seen, cure = QUESTIONS[name]

    _, plan = decide(seen)

    step, *_ = plan.steps
    assert isinstance(step, PostComment)
    mark = find_state(step.body, SourceState)
    assert mark is not None
    assert (mark.status, mark.detail) == ("question", name)
    assert cure in step.body.replace("\\", "").replace("\u2060", "")


def test_a_fork_that_names_itself_as_the_archive_is_one() -> None:
    seen = with_archive(change_archive(fork=True), config="archive: tern-lab/meeting-minutes")

    assert kinds(make_plan(seen, LATER)) == ["CreateBranch", "Commit", "OpenPull"]


def test_every_question_has_its_text_and_its_row() -> None:
    from importlib.resources import files

    texts = {text.name.removesuffix(".md") for text in (files("bot.planning.texts") / "questions").iterdir()}

    assert texts == set(QUESTIONS)


def test_a_question_is_asked_once_and_its_answer_goes_on() -> None:
    asked, _ = settle(with_source(snapshot(), title="Team meeting", body="- we talked"))
    again = make_plan(asked, LATER)
    answered, _ = settle(with_source(asked, title="Team meeting 2026-08-18"))

    assert again.steps == ()
    assert said(answered) == ("ready", "")


def test_a_question_after_the_pull_request_is_posted_anew_so_that_people_are_told() -> None:
    seen = with_source(published(), title="Team meeting", body="- we talked")

    assert kinds(make_plan(seen, LATER)) == ["DeleteComment", "PostComment"]


@pytest.mark.parametrize(
    "pull",
    [
        other_pull(files=("2026/2026-08-18.md",)),
        other_pull(files=("2026/2026-08-18.md",), mine=True, body=embed_state(PullState("tern-lab/x#1"), "")),
    ],
)
def test_a_pull_request_with_that_file_from_elsewhere_is_a_question(pull: Pull) -> None:
    seen, _ = settle(with_archive(snapshot(), pulls=(pull,)))

    assert said(seen) == ("question", "taken")


# -- the previous meeting ----------------------------------------------------------------------------------


def test_a_newer_previous_meeting_in_an_open_pull_request_is_linked_in_the_body_with_a_finding() -> None:
    pull = other_pull(mine=True, body=embed_state(MARK_OF_13TH, "x"), files=("2026/2026-08-13.md",))

    plan = make_plan(with_archive(snapshot(), pulls=(pull,)), LATER)

    commit, opened = plan.steps[1:]
    assert isinstance(commit, Commit)
    assert isinstance(opened, OpenPull)
    assert "[last meeting](2026-08-11.md)" in commit.text
    assert "2026-08-13, in [pull request 9]" in opened.body
    assert "Merge that one first" in opened.body


@pytest.mark.parametrize("changes", [WITHOUT_NOTES, {"state": "closed"}, {"mine": False}])
def test_an_empty_draft_or_closed_or_foreign_pull_request_is_no_previous_meeting(
    changes: dict[str, object],
) -> None:
    pull = replace(other_pull(mine=True, body=embed_state(MARK_OF_13TH, "x")), **changes)  # type: ignore[arg-type]

    plan = make_plan(with_archive(snapshot(), pulls=(pull,)), LATER)

    assert "pull request 9" not in str(plan.steps[-1])


# -- afterwards --------------------------------------------------------------------------------------------

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
    other = File("agenda-template.md", paper.TEMPLATE.replace("## AOB", "## Any other business"))
    changed = with_archive(seen, files=files, template=other)
    old = {FileRef("1" * 40): paper.TEMPLATE, FileRef("2" * 40): paper.MINUTES}

    kept = settle(with_source(replace(changed, texts={**changed.texts, **old}), body=EDITED))[0]
    lost = settle(with_source(changed, body=EDITED))[0]

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
    assert said(seen) == outcome


def test_a_pull_request_too_old_to_be_listed_is_not_opened_again() -> None:
    seen = with_archive(with_source(published(), body=EDITED), pulls=())

    assert make_plan(seen, LATER).steps == ()


def test_a_label_taken_away_takes_the_pull_request_back() -> None:
    seen, plans = settle(with_source(published(), labels=()))

    assert [kinds(plan) for plan in plans] == [["DeleteBranch"], ["EditComment"], []]
    assert said(seen) == ("stopped", "")
    assert "is closed, its branch deleted" in status(seen).body


def test_it_is_stopped_only_when_the_pull_request_is_closed() -> None:
    """The first try failed, and everything but GitHub was forgotten."""
    unlabelled = with_source(published(), labels=())
    refusal = Refusal("ClosePull", "Resource not accessible by integration", "pull_requests: write")

    seen, _ = settle(replace(unlabelled, refusals=(refusal,)))
    assert said(seen) == ("refused", "pull_requests: write")

    seen, _ = settle(replace(seen, refusals=()))
    assert the_pull(seen).state == "closed"
    assert said(seen) == ("stopped", "")


def test_a_pull_request_that_was_never_announced_is_taken_back_too() -> None:
    opened = paper.apply(snapshot(), make_plan(snapshot(), LATER).steps)

    seen, plans = settle(with_source(opened, labels=()))

    assert [kinds(plan) for plan in plans] == [["DeleteBranch"], []]
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
    assert said(seen) == ("ready", "")
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


# -- findings on their lines -------------------------------------------------------------------------------

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


# -- refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["CreateBranch", "Commit", "OpenPull", "EditPull"])
def test_a_refused_write_is_said_once_with_the_permission_that_is_missing(step: str) -> None:
    refusal = Refusal(step, "Resource not accessible by integration", "contents: write")

    seen, plans = settle(snapshot(refusals=(refusal,)))

    assert [kinds(plan) for plan in plans] == [["PostComment"], []]
    assert said(seen) == ("refused", "contents: write")
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
    assert said(settle(seen)[0]) == ("ready", "")


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

    assert said(seen)[0] == "ready"
    assert "I lack the permission" in status(seen).body
    assert make_plan(replace(seen, refusals=()), LATER) == Plan(
        "done, but for what the app lacks: issues: write"
    )
