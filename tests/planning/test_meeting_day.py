"""What is due on meeting day, decided on paper."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model import (
    AgendaItem,
    Archive,
    Comment,
    Commit,
    FileRef,
    OpenPull,
    Plan,
    Pull,
    Refusal,
    Repository,
    Role,
    Snapshot,
)
from bot.planning.meeting_day import due
from bot.state import PullState, embed_state, find_state, without_state
from tests import paper
from tests.paper import MINUTES, TEMPLATE

TUESDAYS = """
series:
  - name: Team meeting
    schedule: every Tuesday 14:00
    timezone: Europe/London
"""
MORNING = datetime(2026, 8, 18, 8, tzinfo=UTC)
"""Of a Tuesday; the archive has the minutes of the Tuesday before."""
LATER = paper.LATER + timedelta(hours=1)
EVENING = datetime(2026, 8, 18, 20, tzinfo=UTC)
WEEK = timedelta(days=7)


def calendar(config: str = TUESDAYS, **changes: object) -> Snapshot:
    """A look at the calendar of an archive that has the minutes of the last meeting."""
    archive = paper.archive(config=config, **changes)
    texts = dict.fromkeys(map(FileRef, archive.files.values()), MINUTES) | {FileRef("1" * 40): TEMPLATE}
    return Snapshot(None, archive.repository.name, archive, texts=texts)


def settle(seen: Snapshot, now: datetime = MORNING) -> tuple[Snapshot, list[Plan]]:
    return paper.settle(replace(seen, refusals=()), now, due)


def pulls(seen: Snapshot) -> list[tuple[str, str, str]]:
    """The pull requests, the oldest first: title, state, and what the mark says."""
    assert seen.archive is not None
    found = []
    for pull in reversed(seen.archive.pulls):
        mark = find_state(pull.body, PullState)
        assert mark is not None
        found.append(
            (pull.title, "draft" if pull.draft and pull.state == "open" else pull.state, mark.status)
        )
    return found


def test_on_meeting_day_a_draft_is_opened_with_the_template_filled_in() -> None:
    seen, plans = settle(calendar())

    (pull,) = archive_of(seen).pulls
    mark = find_state(pull.body, PullState)
    assert [type(step).__name__ for step in plans[0].steps] == ["CreateBranch", "Commit", "OpenPull"]
    assert (pull.title, pull.draft, pull.branch) == (
        "Minutes of 2026-08-18",
        True,
        "minutes/team-meeting/2026-08-18",
    )
    assert mark is not None
    assert (mark.source, mark.series, mark.day, mark.path) == (
        "",
        "Team meeting",
        date(2026, 8, 18),
        "2026/2026-08-18.md",
    )
    text = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")]
    assert text is not None
    assert "2026-08-18" in text
    assert "[last meeting](2026-08-11.md)" in text


def archive_of(seen: Snapshot) -> Archive:
    assert seen.archive is not None
    return seen.archive


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
    for mark in (before, objected):
        body = embed_state(mark, "")
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


TWO = """
series:
  - name: Board
    schedule: every Tuesday 10:00
    path: board/YYYY-MM-DD.md
    labels: [board]
  - name: Team meeting
    schedule: every Tuesday 14:00
    path: YYYY/YYYY-MM-DD.md
    labels: [team]
"""


def test_each_series_has_its_own_draft() -> None:
    seen, _ = settle(calendar(TWO))

    assert {pull.branch: pull.files for pull in archive_of(seen).pulls} == {
        "minutes/board/2026-08-18": ("board/2026-08-18.md",),
        "minutes/team-meeting/2026-08-18": ("2026/2026-08-18.md",),
    }


def item(number: int, title: str, *labels: str, **of_repository: object) -> AgendaItem:
    repository = replace(Repository("R_1", "tern-lab/planning"), **of_repository)  # type: ignore[arg-type]
    url = f"https://github.com/{repository.name}/issues/{number}"
    return AgendaItem(url, title, repository, number, labels)


AGENDA = (
    item(1, "Budget @everyone", "agenda"),
    item(2, "Elections", "agenda", "board"),
    item(3, "Secret", "agenda", visibility="private"),
    item(4, "Foreign", "agenda", name="other/place"),
)


def test_a_draft_closes_when_its_meeting_is_moved_and_comes_back_with_it() -> None:
    seen, _ = settle(calendar())
    moved = paper.with_archive(seen, config=TUESDAYS + "    skip: [2026-08-18]\n    extra: [2026-08-19]\n")

    after, _ = settle(moved)
    next_day, _ = settle(after, MORNING + timedelta(days=1))
    back, _ = settle(paper.with_archive(after, config=TUESDAYS))

    assert pulls(after) == [("Minutes of 2026-08-18", "closed", "skip")]
    assert "has none on Tuesday 2026-08-18 any more" in archive_of(after).pulls[0].body
    assert pulls(next_day)[1:] == [("Minutes of 2026-08-19", "draft", "")]
    assert pulls(back)[1:] == [("Minutes of 2026-08-18", "draft", "")]


def test_a_draft_into_which_people_wrote_stays_when_its_meeting_is_moved() -> None:
    seen, _ = settle(calendar())
    seen = paper.pushed(seen, "Notes of the 18th\n")
    moved = paper.with_archive(seen, config=TUESDAYS + "    skip: [2026-08-18]\n")

    after, _ = settle(moved)

    assert pulls(after) == [("Minutes of 2026-08-18", "draft", "")]


def test_a_draft_that_lapsed_is_not_opened_again_by_an_edit_of_the_calendar() -> None:
    seen, _ = settle(calendar(TUESDAYS + "    open_before: 6 days\n"))
    later = MORNING + timedelta(days=1, hours=6)  # the next meeting is opened already
    seen, _ = settle(seen, later)
    assert pulls(seen)[0] == ("Minutes of 2026-08-18", "closed", "lapsed")

    seen, _ = settle(paper.with_archive(seen, config=TUESDAYS), later)

    assert "Minutes of 2026-08-18" not in [title for title, state, _ in pulls(seen) if state != "closed"]
    assert "was closed without minutes" in archive_of(seen).opened[0].body, "it is missing"


@pytest.mark.parametrize("how", ["lapsed", "skip", "by a person"])
def test_a_draft_that_a_person_opens_again_stays(how: str) -> None:
    seen, _ = settle(calendar())
    if how == "by a person":
        seen = paper.with_archive(seen, pulls=(replace(archive_of(seen).pulls[0], state="closed"),))
        seen, _ = settle(seen)
    if how == "skip":
        seen, _ = settle(paper.with_archive(seen, config=TUESDAYS + "    skip: [2026-08-18]\n"))
    seen, _ = settle(seen, MORNING + WEEK)
    reopened = [replace(each, state="open") if each.number == 1 else each for each in archive_of(seen).pulls]

    after, _ = settle(paper.with_archive(seen, pulls=tuple(reopened)), MORNING + 2 * WEEK)

    assert pulls(after)[0] == ("Minutes of 2026-08-18", "draft", "")
    closed = [replace(each, state="closed") if each.number == 1 else each for each in archive_of(after).pulls]
    last, _ = settle(paper.with_archive(after, pulls=tuple(closed)), MORNING + 2 * WEEK)
    assert [title for title, _, _ in pulls(last)].count("Minutes of 2026-08-18") == 1
    assert "- [ ] Tuesday 2026-08-18" not in "".join(each.body for each in archive_of(last).opened)


def test_a_draft_that_a_person_closed_by_mistake_is_a_draft_again() -> None:
    seen, _ = settle(calendar())
    (pull,) = archive_of(seen).pulls
    seen, _ = settle(paper.with_archive(seen, pulls=(replace(pull, state="closed"),)))

    seen, _ = settle(paper.with_archive(seen, pulls=(replace(pull, state="open"),)))
    after, _ = settle(seen, MORNING + WEEK)

    assert pulls(seen) == [("Minutes of 2026-08-18", "draft", "")]
    assert pulls(after)[0] == ("Minutes of 2026-08-18", "closed", "lapsed")


def test_the_agenda_has_what_is_labelled_for_it_and_open_to_all_who_read_it() -> None:
    seen, _ = settle(replace(calendar(TWO), agenda=AGENDA))

    texts = {pull.branch.split("/")[1]: pull.body for pull in archive_of(seen).pulls}
    assert [title for title in ("Budget", "Elections", "Secret", "Foreign") if title in texts["board"]] == [
        "Budget",
        "Elections",
    ]
    assert [
        title for title in ("Budget", "Elections", "Secret", "Foreign") if title in texts["team-meeting"]
    ] == ["Budget"]
    assert "@everyone" not in texts["board"]


def test_an_issue_for_the_notes_is_opened_once_and_the_draft_links_it() -> None:
    config = TUESDAYS + "    open_issue: true\n    open_before: 1 day\n"
    now = datetime(2026, 8, 17, 14, tzinfo=UTC)

    seen, _ = settle(calendar(config), now)
    again, after = settle(seen, now)

    (opened,) = archive_of(again).opened
    (pull,) = archive_of(seen).pulls
    assert (opened.title, opened.labels) == ("Team meeting 2026-08-18", ("meeting-notes",))
    assert "[last meeting](https://example.org)" in opened.body, "a path would lead nowhere from an issue"
    assert opened.url.removeprefix("https://github.com") in pull.body.split("\n")[1]
    assert after[0].steps == ()


def test_a_discussion_for_the_notes_gets_its_label_in_a_second_step() -> None:
    config = TUESDAYS + "    open_discussion: Meetings\n"

    seen, _ = settle(calendar(config, categories={"meetings": "DIC_1"}))

    (opened,) = archive_of(seen).opened
    assert (opened.kind, opened.labels) == ("discussion", ("meeting-notes",))
    assert len(archive_of(seen).pulls) == 1


def test_a_category_that_is_not_there_is_said_in_the_draft() -> None:
    seen, _ = settle(calendar(TUESDAYS + "    open_discussion: Meetigns\n", categories={"Meetings": "DIC_1"}))

    (pull,) = archive_of(seen).pulls
    assert archive_of(seen).opened == ()
    assert "a discussion in the category Meetigns" in pull.body


def test_an_untouched_issue_is_closed_with_its_draft() -> None:
    seen, _ = settle(calendar(TUESDAYS + "    open_issue: true\n"))

    seen, _ = settle(seen, MORNING + WEEK)

    assert [source.open for source in archive_of(seen).opened][:2] == [False, True]


@pytest.mark.parametrize(
    ("config", "changes"),
    [
        ("labels: [minutes]", {}),
        ("series: 7", {}),
        ("archive: tern-lab/elsewhere\n" + TUESDAYS, {}),
    ],
    ids=["no series", "a mistake", "another archive"],
)
def test_without_a_calendar_nothing_is_due(config: str, changes: dict[str, object]) -> None:
    _, plans = settle(calendar(config, **changes))

    assert plans[-1].steps == ()
    assert plans[-1].look_again is None


UNCLEAR = TWO.replace("    path: board/YYYY-MM-DD.md\n", "")
"""The board names no place."""


def test_a_draft_of_a_series_without_a_clear_place_asks_for_it() -> None:
    files = {"a/2026-08-11.md": "1" * 40, "b/2026-08-12.md": "2" * 40}

    seen, _ = settle(calendar(UNCLEAR, files=files, template=None, recent=()))

    of_team, of_board = sorted(archive_of(seen).pulls, key=lambda pull: pull.files)
    assert of_team.files == ("2026/2026-08-18.md",)
    assert "**Question**" not in of_team.body
    assert of_board.files == ("a/2026-08-18.md",)
    assert "where do these minutes belong? They are in `a/2026-08-18.md`" in of_board.body
    assert "but the archive keeps minutes in `b/YYYY-MM-DD.md`, too" in of_board.body


def test_minutes_in_any_of_the_places_where_they_may_belong_are_there() -> None:
    files = {"a/2026-08-11.md": "1" * 40, "b/2026-08-18.md": "2" * 40}

    seen, _ = settle(calendar(UNCLEAR, files=files, template=None, recent=()))

    assert [pull.files for pull in archive_of(seen).pulls] == [("2026/2026-08-18.md",)]


def test_skipped_days_and_moved_meetings_are_as_the_calendar_says() -> None:
    config = TUESDAYS + "    skip: [2026-08-18]\n    extra: [2026-08-20 10:00]\n"

    on_the_day, _ = settle(calendar(config))
    later, _ = settle(calendar(config), datetime(2026, 8, 20, 6, tzinfo=UTC))

    assert archive_of(on_the_day).pulls == ()
    assert pulls(later) == [("Minutes of 2026-08-20", "draft", "")]


def test_meetings_that_are_opened_days_before_stay_open_until_they_were_held() -> None:
    config = """
series:
  - name: Standup
    schedule: every weekday 9:00
    open_before: 2 days
"""
    seen = calendar(config, files={}, recent=(), template=None)
    found = []
    for hour in range(0, 72, 3):
        seen, plans = settle(seen, MORNING + timedelta(hours=hour))
        assert plans[-1].look_again is not None
        assert plans[-1].look_again > MORNING + timedelta(hours=hour)
        found.append([day[-10:] for day, state, _ in pulls(seen) if state == "draft"])

    assert found[0] == ["2026-08-17", "2026-08-18", "2026-08-19"], "Monday's is not over yet"
    assert found[1] == ["2026-08-18", "2026-08-19", "2026-08-20"], "the day has one, so has the day after"
    assert found[9] == ["2026-08-19", "2026-08-20", "2026-08-21"], "when the next one starts, it is over"


SHARED = """
series:
  - {name: Team meeting, schedule: every Tuesday 14:00}
  - {name: Guests, schedule: every Thursday 14:00}
  - {name: Board, schedule: first Tuesday of the month 14:00}
"""


def test_series_that_write_one_file_have_one_pull_request() -> None:
    day = datetime(2026, 9, 1, 8, tzinfo=UTC)  # the first Tuesday of its month
    seen, _ = settle(calendar(SHARED, files={"2026/2026-08-27.md": "2" * 40}), day)
    seen, _ = settle(seen, day + timedelta(hours=12))

    (pull,) = [each for each in archive_of(seen).pulls if each.files == ("2026/2026-09-01.md",)]
    assert len(pull.comments) == 1, "and one reminder"


def test_a_draft_that_closed_is_not_opened_again_by_the_other_series_of_its_file() -> None:
    day = datetime(2026, 9, 1, 8, tzinfo=UTC)
    seen, _ = settle(calendar(SHARED, files={"2026/2026-08-27.md": "2" * 40}), day)

    after, _ = settle(seen, day + timedelta(days=6))  # the meeting of Tuesday the 8th is opened
    after, _ = settle(after, day + timedelta(days=7))

    assert ("Minutes of 2026-09-01", "closed", "lapsed") in pulls(after)
    assert [title for title, _, _ in pulls(after)].count("Minutes of 2026-09-01") == 1
    (missing,) = archive_of(after).opened
    assert missing.body.count("Tuesday 2026-09-01") == 1


def test_minutes_of_the_other_series_in_one_place_are_no_moved_meeting() -> None:
    files = {f"2026/2026-08-{day}.md": "1" * 40 for day in (18, 20, 27)}
    seen, _ = settle(calendar(SHARED, files=files), datetime(2026, 9, 2, tzinfo=UTC))

    (missing,) = archive_of(seen).opened
    assert "- [ ] Tuesday 2026-08-25, Team meeting" in missing.body


def test_what_is_missing_of_series_that_write_one_file_is_listed_and_opened_once() -> None:
    now = datetime(2026, 9, 10, 8, tzinfo=UTC)
    seen, _ = settle(
        calendar(SHARED, files={"2026/2026-08-25.md": "2" * 40, "2026/2026-08-27.md": "2" * 40}), now
    )
    (missing,) = archive_of(seen).opened

    after, _ = paper.settle(under_the_list(seen, "/minutes"), now)

    assert missing.body.count("2026-09-01,") == 1
    assert [title for title, _, _ in pulls(after)].count("Minutes of 2026-09-01") == 1


def test_the_draft_of_the_last_meeting_of_a_series_stays() -> None:
    config = TUESDAYS.replace("every Tuesday 14:00", "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260819;BYHOUR=14")
    seen, _ = settle(calendar(config))
    seen, _ = settle(seen, EVENING)

    after, plans = settle(seen, MORNING + timedelta(days=60))

    assert pulls(after) == [("Minutes of 2026-08-18", "draft", "")]
    assert plans[-1].look_again is None


# -- /minutes under the list, and /minutes skip ------------------------------------------------------------


def under_the_list(seen: Snapshot, body: str, role: str = "write") -> Snapshot:
    """Somebody comments under the list of meetings without minutes."""
    (missing,) = archive_of(seen).opened
    seen = replace(seen, source=missing, roles={Role(missing.repository.name, "imani"): role})
    return paper.told(seen, body)


def listed() -> Snapshot:
    """Two meetings are missing."""
    return settle(calendar(), MORNING + 2 * WEEK + timedelta(hours=1))[0]


def test_one_word_opens_all_that_is_missing_in_one_batch() -> None:
    seen, plans = paper.settle(under_the_list(listed(), "/minutes"), MORNING + 2 * WEEK)

    opened = [step for step in plans[0].steps if isinstance(step, OpenPull)]
    assert [step.title for step in opened] == ["Minutes of 2026-08-18", "Minutes of 2026-08-25"]
    (missing,) = archive_of(seen).opened
    assert "- [ ] Tuesday 2026-08-18, Team meeting: [pull request 2]" in missing.body
    assert seen.source is not None
    assert seen.source.comments[0].reacted == {"ROCKET"}
    assert plans[-1].steps == ()


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


def skipping(
    seen: Snapshot, command: str = "/minutes skip 2026-08-25 holidays"
) -> tuple[Snapshot, list[Plan]]:
    """A writer says so under notes."""
    names = ("tern-lab/planning", "tern-lab/meeting-minutes")
    with_notes = replace(seen, source=paper.source(), roles={Role(name, "imani"): "write" for name in names})
    return paper.settle(paper.told(with_notes, command), MORNING)


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


def skips(seen: Snapshot) -> list[tuple[str, str]]:
    """The pull requests against the calendar, the oldest first, and what they make of it."""
    found = [pull for pull in archive_of(seen).pulls if pull.branch.startswith("minutes/skip/")]
    return [
        (pull.title, seen.texts[FileRef(pull.head or "", ".github/minutes.yml")] or "")
        for pull in found[::-1]
    ]


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


# -- notes and drafts find each other ----------------------------------------------------------------------


def with_notes(seen: Snapshot, **changes: object) -> Snapshot:
    """Notes of that day appear in an issue, and a person labels them."""
    roles = {Role("tern-lab/planning", login): "write" for login in ("imani", "tove")}
    return replace(seen, source=paper.source(**changes), roles=roles)  # type: ignore[arg-type]


def test_notes_of_that_day_become_the_content_of_the_draft() -> None:
    seen, _ = settle(calendar())

    seen, plans = paper.settle(with_notes(seen))

    (pull,) = archive_of(seen).pulls
    mark = find_state(pull.body, PullState)
    assert mark is not None
    assert (mark.source, mark.series, mark.is_bot_draft) == ("tern-lab/planning#7", "Team meeting", False)
    assert seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] == paper.MADE
    assert not pull.draft, "it is ready for review"
    assert seen.source is not None
    assert f"**Ready for review**: [pull request {pull.number}]" in seen.source.comments[0].body
    assert [len(plan.steps) > 0 for plan in plans] == [True, False], "one batch"


def test_what_people_typed_into_the_draft_stays_beside_the_notes() -> None:
    seen, _ = settle(calendar())
    (pull,) = archive_of(seen).pulls
    text = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")]
    assert text is not None

    seen, _ = paper.settle(with_notes(paper.pushed(seen, text.replace("## AOB\n", "## AOB\n\n- cake\n"))))

    (pull,) = archive_of(seen).pulls
    merged = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or ""
    assert "- cake" in merged
    assert "Attending: Imani, Tove" in merged


def test_notes_that_wait_for_a_word_leave_the_draft_alone() -> None:
    seen, _ = settle(calendar())
    seen = with_notes(seen, editor="eve", edited_at=paper.NOON + timedelta(minutes=1))
    roles = {**seen.roles, Role("tern-lab/planning", "eve"): "read"}

    after, _ = paper.settle(replace(seen, roles=roles))
    told, _ = paper.settle(paper.told(after, "/minutes"))

    assert archive_of(after).pulls == archive_of(seen).pulls
    assert [mark.source for pull in archive_of(told).pulls if (mark := find_state(pull.body, PullState))] == [
        "tern-lab/planning#7"
    ]


def test_a_draft_of_another_series_is_left_alone() -> None:
    seen, _ = settle(calendar(TWO))

    seen, _ = paper.settle(with_notes(seen, labels=("meeting-notes", "team")))

    adopted = {
        pull.branch.split("/")[1] for pull in archive_of(seen).pulls if "tern-lab/planning#7" in pull.body
    }
    assert adopted == {"team-meeting"}


def test_an_adopted_draft_neither_closes_nor_is_missing() -> None:
    seen, _ = settle(calendar())
    seen, _ = paper.settle(with_notes(seen))

    seen, _ = settle(replace(seen, source=None), MORNING + WEEK)

    assert [state for _, state, _ in pulls(seen)] == ["open", "draft"]
    assert archive_of(seen).opened == ()


OPENED = TUESDAYS + "    open_issue: true\n"


def in_the_opened_issue(seen: Snapshot, **changes: object) -> Snapshot:
    """A look at the issue that the bot opened for the notes."""
    (opened,) = archive_of(seen).opened
    by_bot = {"meeting-notes": ("minutes-bot[bot]", opened.created_at)}
    source = replace(opened, labelled_by=by_bot, **changes)  # type: ignore[arg-type]
    roles = {Role(source.repository.name, "imani"): "write", Role(source.repository.name, "eve"): "read"}
    return replace(seen, source=source, roles=roles)


def test_the_opened_issue_is_a_source_although_the_bot_wrote_it() -> None:
    seen, _ = settle(calendar(OPENED))
    (opened,) = archive_of(seen).opened

    untouched, _ = paper.settle(in_the_opened_issue(seen), LATER)
    typed = opened.body.replace("Attending:", "Attending: Imani")
    notes = in_the_opened_issue(seen, body=typed, editor="imani", edited_at=paper.NOON)
    edited, _ = paper.settle(notes, LATER)

    assert archive_of(untouched).pulls == archive_of(seen).pulls, "nobody has written anything"
    (pull,) = archive_of(edited).pulls
    text = edited.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or ""
    assert "Attending: Imani\n" in text
    assert "minutes-bot" not in text
    assert "[last meeting](2026-08-11.md)" in text


def test_nobody_is_mentioned_in_the_opened_issue_and_the_minutes_name_them() -> None:
    minutes = MINUTES.replace("## AOB", "## Open actions\n\n- [ ] @bo: tea\n\n## AOB")
    seen = calendar(OPENED)
    seen, _ = settle(replace(seen, texts={**seen.texts, FileRef("2" * 40): minutes}))
    (opened,) = archive_of(seen).opened

    typed = opened.body.replace("Attending:", "Attending: Imani")
    notes = in_the_opened_issue(seen, body=typed, editor="imani", edited_at=paper.NOON)
    edited, _ = paper.settle(notes, LATER)

    assert "@bo" not in opened.body
    (pull,) = archive_of(edited).pulls
    assert "- [ ] @bo: tea" in (edited.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or "")


@pytest.mark.parametrize(("author", "waits"), [("imani", False), ("eve", True)])
def test_comments_are_notes_where_the_bot_opened_the_issue(author: str, waits: bool) -> None:
    seen, _ = settle(calendar(OPENED))

    seen, _ = paper.settle(paper.told(in_the_opened_issue(seen), "- we bought a boat", author), LATER)

    (pull,) = archive_of(seen).pulls
    text = seen.texts[FileRef(pull.head or "", "2026/2026-08-18.md")] or ""
    assert ("- we bought a boat" in text) is not waits
    assert seen.source is not None
    assert ("Waiting for a word" in seen.source.comments[-1].body) is waits


def under_the_draft(seen: Snapshot, body: str, role: str = "write") -> Snapshot:
    """Somebody comments in the conversation of the draft."""
    (pull,) = archive_of(seen).pulls
    made = Comment("IC_9", body, "imani", paper.NOON)
    roles = {Role("tern-lab/meeting-minutes", "imani"): role}
    return replace(paper.with_pull(seen, comments=(*pull.comments, made)), roles=roles)


@pytest.mark.parametrize(
    ("body", "role", "reaction", "titles"),
    [
        ("/minutes skip 2026-08-18", "write", "ROCKET", ["No meeting on 2026-08-18"]),
        ("/minutes skip 2026-08-18", "read", "CONFUSED", []),
        ("/minutes stop", "write", "CONFUSED", []),
    ],
)
def test_under_a_draft_its_meeting_can_be_taken_off(
    body: str, role: str, reaction: str, titles: list[str]
) -> None:
    seen, _ = settle(under_the_draft(settle(calendar())[0], body, role))

    draft = next(pull for pull in archive_of(seen).pulls if pull.title.startswith("Minutes"))
    assert [pull.title for pull in archive_of(seen).pulls if pull.id != draft.id] == titles
    assert draft.state == ("closed" if reaction == "ROCKET" else "open")
    assert draft.comments[0].reacted == {reaction}


def test_under_the_list_a_meeting_can_be_taken_off() -> None:
    seen, _ = paper.settle(under_the_list(listed(), "/minutes skip 2026-08-18"), MORNING + 2 * WEEK)

    (missing,) = archive_of(seen).opened
    assert "- [x] Tuesday 2026-08-18, Team meeting: no meeting" in missing.body
    assert "- [ ] Tuesday 2026-08-25, Team meeting" in missing.body
