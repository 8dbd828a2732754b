"""What is due on meeting day, decided on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model import (
    FileRef,
    OpenPull,
    Pull,
    Refusal,
)
from bot.planning.meeting_day import due
from bot.state import PullState, embed_state, find_state, without_state
from tests import paper
from tests.paper import MINUTES
from tests.planning.meeting_days import (
    EVENING,
    MORNING,
    WEEK,
    archive_of,
    calendar,
    pulls,
    settle,
)


def test_on_meeting_day_a_draft_is_opened_with_the_template_filled_in() -> None:
    seen, plans = settle(calendar())

    (pull,) = archive_of(seen).pulls
    stored = find_state(pull.body, PullState)
    assert [type(step).__name__ for step in plans[0].steps] == ["CreateBranch", "Commit", "OpenPull"]
    assert (pull.title, pull.draft, pull.branch) == (
        "Minutes of 2026-08-18",
        True,
        "minutes/team-meeting/2026-08-18",
    )
    assert stored is not None
    assert (stored.source, stored.series, stored.day, stored.path) == (
        "",
        "Team meeting",
        date(2026, 8, 18),
        "2026/2026-08-18.md",
    )
    text = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")]
    assert text is not None
    assert "2026-08-18" in text
    assert "[last meeting](2026-08-11.md)" in text


def test_the_first_line_says_where_to_type() -> None:
    seen, _ = settle(calendar())

    (pull,) = archive_of(seen).pulls
    first = without_state(pull.body).split("\n")[0]
    assert first.startswith("**Type here**")
    assert "/issues/new?title=Team%20meeting%202026-08-18&labels=meeting-notes&body=" in first
    assert "/edit/minutes/team-meeting/2026-08-18/2026/2026-08-18.md" in first


def test_the_draft_shows_that_an_objection_to_the_last_minutes_is_open() -> None:
    before = PullState("", day=date(2026, 8, 11), accepted="2026-08-12 imani")
    objected = replace(before, objections=(("tove", "no"),))
    shown = []
    for stored in (before, objected):
        body = embed_state(stored, "")
        last = Pull("PR_9", 9, "", "merged", "", body, "minutes/2026-08-11", None, mine=True)
        pull = archive_of(settle(calendar(pulls=(last,)))[0]).pulls[0]
        (row,) = (line for line in pull.body.split("\n") if line.startswith("| Last meeting |"))
        shown.append(row.rpartition("), ")[2])

    assert shown == ["accepted on 2026-08-12 |", "objection open |"]


def test_it_is_looked_at_again_when_the_next_thing_is_due() -> None:
    _, before = settle(calendar(), datetime(2026, 8, 17, 12, tzinfo=UTC))
    opened, morning = settle(calendar())
    _, evening = settle(opened, EVENING)

    assert before[-1].look_again == datetime(2026, 8, 17, 23, tzinfo=UTC), "midnight in London"
    assert morning[-1].look_again == datetime(2026, 8, 18, 17, tzinfo=UTC), "four hours after it began"
    assert evening[-1].look_again == datetime(2026, 8, 24, 23, tzinfo=UTC), "the next meeting"


@pytest.mark.parametrize("state", ["closed", "merged", "open"])
def test_nothing_is_opened_where_there_is_a_pull_request_of_that_day(state: str) -> None:
    seen, _ = settle(calendar())
    seen = paper.with_pull(seen, state=state)

    _, plans = settle(seen, MORNING)

    assert [plan.why for plan in plans] == ["nothing is due"]


def test_nothing_is_opened_where_the_minutes_exist() -> None:
    seen = calendar(files={"2026/2026-08-18.md": "3" * 40})

    assert settle(seen)[1][0].steps == ()


def test_a_person_who_writes_minutes_without_the_bot_is_left_alone() -> None:
    by_hand = Pull("PR_9", 9, "https://github.com/x/y/pull/9", "open", "Minutes", "", "mine", "a" * 40,
                   files=("2026/2026-08-18.md",))  # fmt: skip

    assert settle(calendar(pulls=(by_hand,)))[1][0].steps == ()


def test_people_are_reminded_once_on_the_evening_of_the_meeting() -> None:
    seen, _ = settle(calendar())

    reminded, first = settle(seen, EVENING)
    again, second = settle(reminded, EVENING + timedelta(hours=1))

    assert [type(step).__name__ for step in first[0].steps] == ["Remind", "EditPull"]
    assert second[0].steps == ()
    (pull,) = archive_of(again).pulls
    assert len(pull.comments) == 1
    assert "2026-08-25" in pull.comments[0].body, "when it closes by itself"


def test_nobody_is_reminded_of_a_draft_into_which_people_wrote() -> None:
    seen = paper.pushed(settle(calendar())[0], MINUTES)

    assert settle(seen, EVENING)[1][0].steps == ()


def test_a_draft_without_notes_closes_at_the_next_meeting_and_is_listed_as_missing() -> None:
    seen, _ = settle(calendar())

    seen, _ = settle(seen, MORNING + WEEK)

    assert pulls(seen) == [
        ("Minutes of 2026-08-18", "closed", "lapsed"),
        ("Minutes of 2026-08-25", "draft", ""),
    ]
    assert {branch.name for branch in archive_of(seen).branches} == {"minutes/team-meeting/2026-08-25"}
    (missing,) = archive_of(seen).opened
    assert missing.labels == ("missing-minutes",)
    assert "- [ ] Tuesday 2026-08-18, Team meeting" in missing.body


def test_a_draft_into_which_people_wrote_stays() -> None:
    seen = paper.pushed(settle(calendar())[0], MINUTES)

    seen, _ = settle(seen, MORNING + WEEK)

    assert pulls(seen)[0] == ("Minutes of 2026-08-18", "draft", "")
    assert archive_of(seen).opened == ()


def test_a_draft_that_a_person_closed_says_that_there_was_no_meeting() -> None:
    seen, _ = settle(calendar())
    seen = paper.with_pull(seen, state="closed")

    seen, _ = settle(seen, MORNING + WEEK)

    assert archive_of(seen).opened == ()
    assert [state for _, state, _ in pulls(seen)] == ["closed", "draft"]


def test_what_is_missing_stands_in_one_list_and_is_ticked_off() -> None:
    seen, _ = settle(calendar())
    seen, _ = settle(seen, MORNING + WEEK)
    seen, _ = settle(seen, MORNING + 2 * WEEK)
    files = {**archive_of(seen).files, "2026/2026-08-18.md": "4" * 40}

    seen, _ = settle(paper.with_archive(seen, files=files), MORNING + 2 * WEEK)

    (missing,) = archive_of(seen).opened
    assert "- [x] Tuesday 2026-08-18, Team meeting: [minutes]" in missing.body
    assert "- [ ] Tuesday 2026-08-25, Team meeting" in missing.body
    assert "1 meeting without minutes" in missing.body


def test_a_backlog_of_a_year_is_one_issue() -> None:
    seen = calendar(files={"2025/2025-08-19.md": "5" * 40, "2026/2026-08-11.md": "2" * 40})

    seen, plans = settle(seen)

    (missing,) = archive_of(seen).opened
    assert missing.body.count("- [ ]") == 50
    assert sum(type(step).__name__ == "OpenSource" for plan in plans for step in plan.steps) == 1


def test_a_server_that_slept_opens_the_newest_meeting_and_lists_the_others() -> None:
    seen, _ = settle(calendar(), MORNING + 3 * WEEK + timedelta(days=2))

    assert pulls(seen) == [("Minutes of 2026-09-08", "draft", "")]
    (missing,) = archive_of(seen).opened
    assert [day for day in ("2026-08-18", "2026-08-25", "2026-09-01") if day in missing.body] == [
        "2026-08-18",
        "2026-08-25",
        "2026-09-01",
    ]


def test_what_lies_before_the_pull_requests_that_were_read_is_not_called_missing() -> None:
    seen, _ = settle(calendar(files={"2025/2025-08-19.md": "5" * 40, "2026/2026-08-11.md": "2" * 40}))
    (draft,) = archive_of(seen).pulls
    closed = embed_state(PullState("x/y#1", day=date(2026, 7, 1), path="2026/2026-07-01.md"), "")
    july = datetime(2026, 7, 1, tzinfo=UTC)
    old = replace(draft, id="PR_100", number=100, state="closed", body=closed, created_at=july)
    seen = calendar(files={"2025/2025-08-19.md": "5" * 40}, pulls=(old, draft))

    seen, _ = settle(replace(seen, archive=replace(archive_of(seen), pulls_since=july)))

    (missing,) = archive_of(seen).opened
    assert missing.body.count("- [ ]") == 6, "since 2026-07-01, for a person may have closed what lies before"


def test_a_meeting_that_was_held_a_day_later_is_not_missing() -> None:
    seen = calendar(files={"2026/2026-08-04.md": "5" * 40, "2026/2026-08-12.md": "2" * 40})

    seen, _ = settle(seen)

    assert archive_of(seen).opened == ()


def test_where_drafts_are_refused_the_title_says_so() -> None:
    refusal = Refusal("OpenPull", "Draft pull requests are not supported in this repository.")
    seen = replace(calendar(), asked=frozenset({"shape", FileRef("2" * 40)}), refusals=(refusal,))

    _, plan = paper.decide(seen, MORNING, due)

    assert [(s.title, s.draft) for s in plan.steps if isinstance(s, OpenPull)] == [
        ("Draft: Minutes of 2026-08-18", False)
    ]


def test_what_github_refuses_is_not_asked_again_and_again() -> None:
    refusal = Refusal("OpenPull", "Resource not accessible by integration", "pull_requests: write")

    plan = due(
        replace(calendar(), refusals=(refusal,), asked=frozenset({"shape", FileRef("2" * 40)})), MORNING
    )

    assert plan.steps == ()
    assert plan.look_again is not None
