"""Series of their own, drafts that people move, close and open again, and agendas."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.model import (
    AgendaItem,
    Repository,
)
from tests import paper
from tests.planning.meeting_days import (
    EVENING,
    MORNING,
    SHARED,
    TUESDAYS,
    TWO,
    WEEK,
    archive_of,
    calendar,
    pulls,
    settle,
    under_the_list,
)


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

    seen, _ = settle(calendar(UNCLEAR, files=files))

    of_team, of_board = sorted(archive_of(seen).pulls, key=lambda pull: pull.files)
    assert of_team.files == ("2026/2026-08-18.md",)
    assert "**Question**" not in of_team.body
    assert of_board.files == ("a/2026-08-18.md",)
    assert "where do these minutes belong? They are in `a/2026-08-18.md`" in of_board.body
    assert "but the archive keeps minutes in `b/YYYY-MM-DD.md`, too" in of_board.body


def test_minutes_in_any_of_the_places_where_they_may_belong_are_there() -> None:
    files = {"a/2026-08-11.md": "1" * 40, "b/2026-08-18.md": "2" * 40}

    seen, _ = settle(calendar(UNCLEAR, files=files))

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
    seen = calendar(config, files={})
    found = []
    for hour in range(0, 72, 3):
        seen, plans = settle(seen, MORNING + timedelta(hours=hour))
        assert plans[-1].look_again is not None
        assert plans[-1].look_again > MORNING + timedelta(hours=hour)
        found.append([day[-10:] for day, state, _ in pulls(seen) if state == "draft"])

    assert found[0] == ["2026-08-17", "2026-08-18", "2026-08-19"], "Monday's is not over yet"
    assert found[1] == ["2026-08-18", "2026-08-19", "2026-08-20"], "the day has one, so has the day after"
    assert found[9] == ["2026-08-19", "2026-08-20", "2026-08-21"], "when the next one starts, it is over"


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
