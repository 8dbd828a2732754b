"""What only a person can answer, and the previous meeting."""

from dataclasses import replace

import pytest

from bot.model import (
    Commit,
    OpenPull,
    Pad,
    PadRef,
    PadTrouble,
    PostComment,
    Pull,
    Snapshot,
)
from bot.planning.plan import make_plan
from bot.state import PullState, SourceState, embed_state, find_state
from bot.trailers import commit_trailer
from tests import paper
from tests.paper import (
    LATER,
    decide,
    published,
    settle,
    snapshot,
    with_archive,
    with_source,
)
from tests.planning.plans import MARK_OF_13TH, kinds, other_pull, status_of


def change_archive(**changes: object) -> Snapshot:
    seen = snapshot()
    assert seen.archive is not None
    return with_archive(seen, repository=replace(seen.archive.repository, **changes))  # type: ignore[arg-type]


WITHOUT_NOTES: dict[str, object] = {
    "body": embed_state(replace(MARK_OF_13TH, source="", path="2026/2026-08-13.md"), "x"),
    "revisions": (paper.revision("c" * 40, f"Minutes\n\n{commit_trailer('2026/2026-08-13.md', 'x')}"),),
}


PAD = PadRef("https://pad.example.org/weekly")


def in_pad(trouble: PadTrouble) -> Snapshot:
    """Return a snapshot of notes that are a link to a pad, which cannot be read."""
    seen = with_source(with_archive(snapshot(), config="pads: [pad.example.org]"), body=PAD.url)
    return replace(seen, asked=seen.asked | {PAD}, pads={PAD: Pad(None, LATER, LATER, trouble)})


def linked(url: str, config: str | None = None) -> Snapshot:
    return with_source(with_archive(snapshot(), config=config), body=f"Notes: {url}")


QUESTIONS: dict[str, tuple[Snapshot, str]] = {
    "no-notes": (with_source(snapshot(), body=" \r\n"), "no text"),
    "no-date": (
        with_source(snapshot(), title="Team meeting", body="- we talked"),
        "Minutes 2026-08-18",
    ),
    "which-series": (
        with_archive(snapshot(), files={"a/2026-08-11.md": "1" * 40, "b/2026-08-12.md": "2" * 40}),
        "/minutes series a",
    ),
    "which-layout": (
        with_archive(snapshot(), files={f"a/0{day}-01-2026.md": f"{day}" * 40 for day in (6, 7)}),
        'path: "a/DD-MM-YYYY.md"',
    ),
    "unrecognised": (
        with_archive(snapshot(), files={"minutes/2026.md": "1" * 40}),
        'path: "minutes/YYYY-MM-DD.md"',
    ),
    "which-series of the calendar": (
        with_archive(
            snapshot(),
            config="series:\n"
            "  - {name: Board, schedule: every Tuesday, path: board/YYYY-MM-DD.md, labels: [board]}\n"
            "  - {name: Team, schedule: every Tuesday}\n",
        ),
        "- `/minutes series Board` for `board/2026-08-18.md`",
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
            paper.commented(snapshot(), "/minutes date 2026-08-20", reacted=frozenset({"EYES"})),
            body="# 2026-08-18\n\nHello.\n\n# 2026-08-11\n\nHello again.\n",
        ),
        "2026-08-11",
    ),
    "source-leak": (
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
    "pad that is gone": (in_pad("gone"), "There is no pad at"),
    "pad with a login": (in_pad("login"), "Let everybody with the link read the pad"),
    "pad that is a page": (in_pad("page"), "perhaps it wants a login"),
    "pad that is empty": (in_pad("empty"), "Type the notes there"),
    "pad that is too long": (in_pad("long"), "longer than minutes can be"),
    "pad that is no text": (in_pad("binary"), "is no text"),
    "pad that leads elsewhere": (in_pad("moved"), "to another host"),
    "pad that is not public": (in_pad("private"), "not on the public internet"),
    "pad that is slow": (in_pad("slow"), "I try again tomorrow"),
    "pad that is away": (in_pad("away"), "I try again tomorrow"),
    "only-a-link to a pad": (linked("https://hackmd.io/AbC"), "pads: [hackmd.io]"),
    "only-a-link to nowhere": (linked("https://hackmd.io/", "pads: [hackmd.io]"), "I know of no pad"),
    "only-a-link to GitHub": (linked("https://github.com/tern-lab/planning/pull/7"), "/minutes include"),
    "only-a-link to documents": (linked("https://docs.google.com/document/d/AbC"), "I cannot read"),
    "source-not-listed": (with_archive(snapshot(), config="sources: [minutes]"), "does not list"),
    "configuration": (with_archive(snapshot(), config="settel: 1"), "line 1, column 1"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_only_a_person_can_answer_is_asked_and_nothing_is_written(name: str) -> None:
    seen, cure = QUESTIONS[name]

    _, plan = decide(seen)

    step, *_ = plan.steps
    assert isinstance(step, PostComment)
    stored = find_state(step.body, SourceState)
    assert stored is not None
    assert (stored.status, stored.detail) == ("question", name.partition(" ")[0])
    assert cure in step.body.replace("\\", "").replace("\u2060", "")


def test_a_fork_that_names_itself_as_the_archive_is_one() -> None:
    seen = with_archive(change_archive(fork=True), config="archive: tern-lab/meeting-minutes")

    assert kinds(make_plan(seen, LATER)) == ["CreateBranch", "Commit", "OpenPull"]


def test_every_question_has_its_text_and_its_row() -> None:
    from importlib.resources import files

    texts = {text.name.removesuffix(".md") for text in (files("bot.planning.texts") / "questions").iterdir()}

    assert texts == {name.partition(" ")[0] for name in QUESTIONS}


def test_a_question_is_asked_once_and_its_answer_goes_on() -> None:
    asked, _ = settle(with_source(snapshot(), title="Team meeting", body="- we talked"))
    again = make_plan(asked, LATER)
    answered, _ = settle(with_source(asked, title="Team meeting 2026-08-18"))

    assert again.steps == ()
    assert status_of(answered) == ("ready", "")


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

    assert status_of(seen) == ("question", "taken")


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
