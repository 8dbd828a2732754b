"""Commands under the list of missing minutes, and meetings that are skipped."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.config import read
from bot.model import (
    Commit,
    FileRef,
    OpenPull,
)
from bot.planning.meeting_day import outlook
from tests import paper
from tests.planning.meeting_days import (
    MORNING,
    WEEK,
    archive_of,
    calendar,
    listed,
    pulls,
    settle,
    skipping,
    skips,
    under_the_list,
)


def test_one_word_opens_all_that_is_missing_in_one_batch() -> None:
    seen, plans = paper.settle(under_the_list(listed(), "/minutes"), MORNING + 2 * WEEK)

    opened = [step for step in plans[0].steps if isinstance(step, OpenPull)]
    assert [step.title for step in opened] == ["Minutes of 2026-08-18", "Minutes of 2026-08-25"]
    (missing,) = archive_of(seen).opened
    assert "- [ ] Tuesday 2026-08-18, Team meeting: [pull request 2]" in missing.body
    assert seen.source is not None
    assert seen.source.comments[0].reacted == {"ROCKET"}
    assert plans[-1].steps == ()


def test_the_outlook_has_the_next_meeting_in_the_zone_of_the_series_and_what_is_missing() -> None:
    (team,) = outlook(listed(), MORNING + 2 * WEEK)

    assert team.name == "Team meeting"
    assert team.next is not None
    assert team.next.local.isoformat() == "2026-09-01T14:00:00+01:00"
    assert team.missing == (date(2026, 8, 18), date(2026, 8, 25))
    assert outlook(calendar("settle: 0 minutes\n"), MORNING) == ()


def test_what_was_asked_for_does_not_close_at_the_next_meeting() -> None:
    seen, _ = paper.settle(under_the_list(listed(), "/minutes"), MORNING + 2 * WEEK)

    seen, _ = settle(replace(seen, source=None), MORNING + 3 * WEEK)

    assert [state for _, state, _ in pulls(seen)] == ["closed", "draft", "draft", "draft"]


@pytest.mark.parametrize(("body", "role"), [("/minutes", "read"), ("/minutes stop", "write")])
def test_who_may_not_or_asks_for_something_else_gets_a_sign(body: str, role: str) -> None:
    seen, plans = paper.settle(under_the_list(listed(), body, role), MORNING + 2 * WEEK)

    assert not any(isinstance(step, OpenPull) for plan in plans for step in plan.steps)
    assert seen.source is not None
    assert seen.source.comments[0].reacted == {"CONFUSED"}


def test_a_day_is_skipped_by_a_pull_request_against_the_calendar() -> None:
    seen, plans = skipping(calendar())

    commit = next(s for plan in plans for s in plan.steps if isinstance(s, Commit) and "skip" in s.branch)
    assert commit.path == ".github/minutes.yml"
    assert "2026-08-25" in commit.text
    skip = next(pull for pull in archive_of(seen).pulls if pull.title == "No meeting on 2026-08-25: holidays")
    assert skip.branch == "minutes/skip/2026-08-25"
    assert seen.source is not None
    status = next(comment.body for comment in seen.source.comments if comment.mine)
    assert f"[pull request {skip.number}]" in status


def test_an_open_pull_request_against_the_calendar_counts_already() -> None:
    seen, _ = skipping(calendar())

    seen, _ = settle(replace(seen, source=None), MORNING + WEEK)

    assert not [
        pull for pull in archive_of(seen).pulls if "2026-08-25" in pull.branch and "team" in pull.branch
    ]
    assert "2026-08-25" not in archive_of(seen).opened[0].body, "nor is it missing"


def test_a_meeting_is_moved_by_a_pull_request_that_counts_while_it_is_open() -> None:
    seen, _ = skipping(calendar(), "/minutes move 2026-08-25 2026-08-27 15:00")

    ((title, text),) = skips(seen)
    assert title == "Move the meeting of 2026-08-25 to 2026-08-27"
    series = read(text).series[0]
    assert (series.on(date(2026, 8, 25)), series.time_of(date(2026, 8, 27))) == (None, time(15))
    pull = next(each for each in archive_of(seen).pulls if each.title == title)
    assert "meets on **Thursday 2026-08-27** at 15:00" in pull.body
    assert seen.source is not None
    status = next(comment.body for comment in seen.source.comments if comment.mine)
    assert f"The meeting of 2026-08-25 is on 2026-08-27: [pull request {pull.number}]" in status

    seen, _ = settle(replace(seen, source=None), MORNING + WEEK + timedelta(days=2))

    drafts = [each.branch for each in archive_of(seen).pulls if "team" in each.branch]
    assert "minutes/team-meeting/2026-08-27" in drafts
    assert "minutes/team-meeting/2026-08-25" not in drafts


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/minutes move 2026-08-26 2026-08-27", "no meeting on 2026-08-26; the nearest are"),
        ("/minutes move 2026-08-25 2026-09-01", "Team meeting meets on 2026-09-01 already."),
        ("/minutes move 2026-08-25 2026-08-25 16:00", "Team meeting meets on 2026-08-25 already."),
        (
            "/minutes move 2026-08-25 2026-08-27 25:00",
            "a clock of 24 hours, such as 15:00. Write `/minutes move",
        ),
        ("/minutes move 2026-08-25", "Something is missing."),
    ],
)
def test_a_move_that_cannot_be_is_answered(command: str, says: str) -> None:
    seen, plans = skipping(calendar(), command)

    assert not skips(seen)
    assert seen.source is not None
    status = next(comment.body for comment in seen.source.comments if comment.mine)
    assert says in status.replace("\\", "").replace("\u2060", "")
    assert plans


def test_a_second_day_joins_the_open_pull_request_with_which_it_would_conflict() -> None:
    seen, _ = skipping(calendar())
    seen, _ = skipping(seen, "/minutes skip 2026-09-01\n\n/minutes skip 2026-09-08")

    ((title, text),) = skips(seen)

    assert title == "No meeting on 2026-08-25, 2026-09-01, 2026-09-08"
    assert all(day in text for day in ("2026-08-25", "2026-09-01", "2026-09-08"))
    assert "Tuesday 2026-09-08" in archive_of(seen).pulls[0].body
    assert seen.source is not None
    status = next(comment.body for comment in seen.source.comments if comment.mine)
    assert "No meeting on 2026-09-08: [pull request" in status


def test_where_people_broke_the_calendar_in_the_pull_request_a_second_day_gets_its_own() -> None:
    seen, _ = skipping(calendar())
    (pull,) = [each for each in archive_of(seen).pulls if each.branch.startswith("minutes/skip/")]
    seen = replace(seen, texts={**seen.texts, FileRef(pull.head or "", ".github/minutes.yml"): "series: ["})

    seen, _ = skipping(seen, "/minutes skip 2026-09-01")

    assert [title for title, _ in skips(seen)] == [
        "No meeting on 2026-08-25: holidays",
        "No meeting on 2026-09-01",
    ]


def test_a_skipped_day_closes_its_draft_and_closing_the_skip_brings_it_back() -> None:
    seen, _ = settle(calendar())
    seen, _ = skipping(seen, "/minutes skip 2026-08-18")
    closed = [(pull.title, pull.state) for pull in archive_of(seen).pulls if pull.state == "closed"]
    refused = tuple(
        replace(pull, state="closed") if pull.title.startswith("No meeting") else pull
        for pull in archive_of(seen).pulls
    )

    seen, _ = settle(replace(paper.with_archive(seen, pulls=refused), source=None))

    assert closed == [("Minutes of 2026-08-18", "closed")]
    assert [pull.branch for pull in archive_of(seen).pulls if pull.state == "open"] == [
        "minutes/team-meeting/2026-08-18.2"
    ]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/minutes skip 2026-08-26", "no meeting on 2026-08-26; the nearest are 2026-08-25 and 2026-09-01"),
        ("/minutes skip 2026-02-30", "day"),
    ],
)
def test_a_day_that_cannot_be_skipped_is_answered(command: str, answer: str) -> None:
    seen, _ = skipping(calendar(), command)

    assert seen.source is not None
    status = next(comment.body for comment in seen.source.comments if comment.mine)
    assert answer in status
