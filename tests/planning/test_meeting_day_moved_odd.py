"""Meetings that were moved without the calendar, dates, clocks, and broken states."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import config as conf
from bot.model import (
    Comment,
    EditPull,
    FileRef,
    OpenPull,
    Pull,
    Refusal,
    Remind,
    Role,
    Snapshot,
)
from bot.planning.meeting_day import due
from bot.state import PullState, embed_state
from tests import paper
from tests.planning.meeting_days import (
    DAY,
    EVENING,
    MORNING,
    TUESDAYS,
    TWO,
    WEEK,
    archive_of,
    calendar,
    land,
    listed,
    pulls,
    settle,
    skipping,
    skips,
    under_the_draft,
    under_the_list,
    with_notes,
)


def test_a_meeting_held_a_day_later_is_not_missing_after_its_draft() -> None:
    seen, _ = settle(calendar())
    seen = land(seen, "2026/2026-08-19.md")
    seen, _ = settle(seen, MORNING + WEEK)
    assert archive_of(seen).opened == (), archive_of(seen).opened[0].body


TWICE = TUESDAYS.replace("every Tuesday 14:00", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;BYHOUR=14")


WEEKDAYS = TUESDAYS.replace("every Tuesday 14:00", "every weekday 9:00")


def test_minutes_between_two_meetings_do_not_swallow_the_next_one() -> None:
    seen = calendar(TWICE, files={"2026/2026-08-18.md": "1" * 40, "2026/2026-08-19.md": "2" * 40})
    seen, _ = settle(seen, MORNING + 2 * DAY)
    assert [t for t, _, _ in pulls(seen)] == ["Minutes of 2026-08-20"]


def test_a_one_off_file_is_not_two_meetings() -> None:
    """Minutes of one Saturday: no standup of the next Monday or Tuesday is opened."""
    files = {f"2026/2026-08-{d}.md": "1" * 40 for d in (17, 18, 19, 20, 21, 22)}
    seen, _ = settle(calendar(WEEKDAYS, files=files), datetime(2026, 8, 24, 5, tzinfo=UTC))
    seen, _ = settle(seen, datetime(2026, 8, 25, 5, tzinfo=UTC))
    assert [t for t, _, _ in pulls(seen)] == ["Minutes of 2026-08-24", "Minutes of 2026-08-25"]


def test_a_late_meeting_on_the_day_of_25_hours_is_opened() -> None:
    sundays = TUESDAYS.replace("every Tuesday 14:00", "every Sunday 23:30")
    seen = calendar(sundays, files={"2026/2026-10-18.md": "2" * 40})
    now, last = datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2026, 11, 2, tzinfo=UTC)
    while now < last:  # as the service does
        seen, plans = settle(seen, now)
        assert plans[-1].look_again
        now = plans[-1].look_again
    assert "Minutes of 2026-10-25" in [t for t, _, _ in pulls(seen)]


@pytest.mark.parametrize("before", ["6 days", "14 days"])
def test_a_draft_says_when_it_closes(before: str) -> None:
    seen = calendar(TUESDAYS + f"    open_before: {before}\n")
    seen, _ = settle(seen)
    draft = next(p for p in archive_of(seen).pulls if p.title.endswith("2026-08-18"))
    at = MORNING
    while True:
        seen, plans = settle(seen, at)
        if next(p for p in archive_of(seen).pulls if p.id == draft.id).state == "closed":
            break
        at = plans[-1].look_again
    assert str(at.date()) in draft.body, (at, draft.body[-300:])


def test_the_backlog_where_drafts_are_refused() -> None:
    seen = under_the_list(listed(), "/minutes")
    now = MORNING + 2 * WEEK
    seen = replace(
        seen,
        asked=seen.asked | {"shape", Role("tern-lab/meeting-minutes", "imani")},
        refusals=(Refusal("OpenPull", "Draft pull requests are not supported in this repository."),),
    )
    _, plan = paper.decide(seen, now)
    assert any(isinstance(s, OpenPull) and not s.draft for s in plan.steps), plan


def test_what_was_ticked_off_does_not_come_back_after_a_year() -> None:
    seen, _ = paper.settle(under_the_list(listed(), "/minutes"), MORNING + 2 * WEEK)
    # a person closes what was opened for the 18th: there was no meeting
    gone = tuple(
        replace(p, state="closed") if p.title.endswith("08-18") else p for p in archive_of(seen).pulls
    )
    seen, _ = settle(replace(paper.with_archive(seen, pulls=gone), source=None), MORNING + 3 * WEEK)
    assert "- [x] Tuesday 2026-08-18" in archive_of(seen).opened[0].body
    seen, _ = settle(seen, MORNING + 54 * WEEK)
    assert "- [ ] Tuesday 2026-08-18" not in archive_of(seen).opened[0].body


def test_the_list_is_not_ticked_off_because_a_place_is_not_clear() -> None:
    seen = listed()
    files = {"a/2026-08-11.md": "2" * 40, "b/2026-08-12.md": "2" * 40}
    seen, _ = settle(paper.with_archive(seen, files=files), MORNING + 2 * WEEK)
    assert "- [x] Tuesday 2026-08-18" not in archive_of(seen).opened[0].body
    assert "Nothing is missing" not in archive_of(seen).opened[0].body


def test_notes_taken_back_are_no_statement_that_there_was_no_meeting() -> None:
    seen, _ = settle(calendar())
    seen, _ = paper.settle(with_notes(seen))
    assert seen.source is not None
    seen, _ = paper.settle(paper.with_source(seen, labels=()))
    assert [s for _, s, _ in pulls(seen)] == ["closed"]
    seen, _ = settle(replace(seen, source=None), EVENING)
    seen, _ = settle(seen, MORNING + WEEK)
    assert [s for s in archive_of(seen).opened if "2026-08-18" in s.body] or (
        "Minutes of 2026-08-18",
        "draft",
        "",
    ) in pulls(seen)


@pytest.mark.parametrize("how", ["lapsed", "skip"])
def test_closing_what_was_opened_again_says_no_meeting(how: str) -> None:
    seen, _ = settle(calendar())
    if how == "skip":
        seen, _ = settle(paper.with_archive(seen, config=TUESDAYS + "    skip: [2026-08-18]\n"))
        now = EVENING
    else:
        now = MORNING + WEEK
    seen, _ = settle(seen, now)

    def all_of(state: str) -> tuple[Pull, ...]:
        return tuple(replace(p, state=state) if p.number == 1 else p for p in archive_of(seen).pulls)  # type: ignore[arg-type]

    seen, _ = settle(paper.with_archive(seen, pulls=all_of("open"), config=TUESDAYS), now)
    seen, _ = settle(paper.with_archive(seen, pulls=all_of("closed")), now)
    assert [t for t, s, _ in pulls(seen) if t.endswith("08-18") and s != "closed"] == [], "opened again"
    assert not any("- [ ] Tuesday 2026-08-18" in s.body for s in archive_of(seen).opened), "missing"


def test_an_extra_day_is_skipped() -> None:
    seen, _ = skipping(calendar(TUESDAYS + "    extra: [2026-08-26 10:00]\n"), "/minutes skip 2026-08-26")
    text = next(t for k, t in seen.texts.items() if t and "series" in t)
    (series,) = conf.read(text).series
    assert series.on(date(2026, 8, 26)) is None


@pytest.mark.parametrize("listed_", [("nonsense",), ("2026-13-99 Team meeting",)])
def test_a_broken_mark_does_not_stop_the_calendar(listed_: tuple[str, ...]) -> None:
    body = embed_state(PullState("", status="skip", series="Team meeting", meetings=listed_), "x")
    skip = Pull("PR_1", 1, "u", "open", "No meeting", body, "b", "a" * 40, mine=True)
    seen, _ = settle(calendar(pulls=(skip,)))
    assert len(archive_of(seen).pulls) == 2


def test_a_skip_under_a_draft_takes_off_only_its_meeting() -> None:
    seen, _ = settle(calendar(TWO))
    comment = Comment("IC_9", "/minutes skip 2026-08-18", "imani", paper.NOON)
    found = tuple(
        replace(p, comments=(comment,)) if "board" in p.branch else p for p in archive_of(seen).pulls
    )
    seen = replace(
        paper.with_archive(seen, pulls=found), roles={Role("tern-lab/meeting-minutes", "imani"): "write"}
    )
    seen, _ = settle(seen)
    assert {
        p.branch.split("/")[1]: p.state for p in archive_of(seen).pulls if p.title.startswith("Minutes")
    } == {"board": "closed", "team-meeting": "open"}


YEAR = {f"{d.year}/{d}.md": "2" * 40 for d in (date(2025, 8, 19) + n * WEEK for n in range(52))}


def test_a_new_series_in_the_same_place_has_no_past() -> None:
    seen = calendar(TUESDAYS + "  - {name: Guests, schedule: every Thursday 14:00}\n", files=YEAR)
    seen, _ = settle(seen)
    assert archive_of(seen).opened == (), archive_of(seen).opened[0].body.count("- [ ]")


def test_a_schedule_that_changes_has_no_past() -> None:
    seen, _ = settle(calendar(files=YEAR))
    assert archive_of(seen).opened == ()
    seen, _ = settle(paper.with_archive(seen, config=TWICE))
    assert archive_of(seen).opened == (), archive_of(seen).opened[0].body.count("- [ ]")


def test_a_series_of_a_day_of_the_month_misses_any_weekday() -> None:
    fifteenth = TUESDAYS.replace("every Tuesday 14:00", "RRULE:FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=14")
    past = [date(2026, month, 15) for month in (1, 2, 3, 4, 6, 7, 8)]  # none of them a Friday
    seen, _ = settle(calendar(fifteenth, files={f"2026/{day}.md": "2" * 40 for day in past}))

    (missing,) = archive_of(seen).opened
    assert "- [ ] Friday 2026-05-15" in missing.body


LABELLED = """
series:
  - {name: Team meeting, schedule: every Tuesday 14:00}
  - {name: Board, schedule: first Tuesday of the month 14:00, labels: [board]}
"""


def test_notes_of_the_other_series_of_one_file_find_the_draft() -> None:
    day = datetime(2026, 9, 1, 8, tzinfo=UTC)
    seen, _ = settle(calendar(LABELLED, files={"2026/2026-08-25.md": "2" * 40}), day)
    assert [p.files for p in archive_of(seen).pulls][:1] == [("2026/2026-09-01.md",)]
    notes = with_notes(
        seen,
        body=paper.NOTES.replace("2026-08-18", "2026-09-01"),
        title="Board 2026-09-01",
        labels=("meeting-notes", "board"),
    )
    seen, _ = paper.settle(notes, day + timedelta(hours=8))
    assert any("tern-lab/planning#7" in p.body for p in archive_of(seen).pulls), seen.source.comments[0].body


def test_a_draft_is_not_opened_and_reminded_of_in_one_breath() -> None:
    seen, _ = settle(calendar(), MORNING + 2 * DAY)
    assert len(paper.the_pull(seen).comments) == 0


def test_a_refused_comment_that_is_edited_is_heard_again() -> None:
    """As it is under notes (`bot.planning.thread._was_refused`)."""
    seen = under_the_list(listed(), "/minutes skip 2026-08-19")
    now = MORNING + 2 * WEEK
    seen, _ = paper.settle(seen, now)
    (comment,) = seen.source.comments
    assert comment.reacted == {"CONFUSED"}
    edited = replace(
        comment, body="/minutes skip 2026-08-18", editor="imani", edited_at=comment.created_at + DAY
    )
    seen, _ = paper.settle(paper.with_source(replace(seen, refusals=()), comments=(edited,)), now)
    assert any(p.title == "No meeting on 2026-08-18" for p in archive_of(seen).pulls)


def test_the_end_of_the_mark_was_cut_off() -> None:
    seen, _ = settle(calendar())
    body = paper.the_pull(seen).body.replace("\n<!-- /minutes-bot -->", "")
    seen, _ = settle(paper.with_pull(seen, body=body), MORNING + WEEK)
    assert archive_of(seen).opened != (), "it lapsed, and is missing"


def test_a_draft_that_lapsed_is_listed_in_an_archive_with_many_other_pull_requests() -> None:
    seen, _ = settle(calendar())
    others = tuple(Pull(f"X{n}", n, "u", "merged", "Code", "", f"x{n}", None) for n in range(2, 62))
    seen = paper.with_archive(seen, pulls=(*reversed(others), *archive_of(seen).pulls))
    seen, _ = settle(seen, MORNING + WEEK)
    assert [p.state for p in archive_of(seen).pulls if p.number == 1] == ["closed"]
    assert archive_of(seen).opened != (), "its text says that it stands in the list"


def test_a_skip_that_is_refused_leaves_the_draft() -> None:
    """A ruleset keeps `.github/` from the bot: the commit is refused, closing the draft is not."""
    seen = under_the_draft(settle(calendar())[0], "/minutes skip 2026-08-18")
    asked = seen.asked | {Role("tern-lab/meeting-minutes", "imani")}
    seen, plan = paper.decide(replace(seen, asked=asked), MORNING, due)
    done = [s for s in plan.steps if type(s).__name__ not in ("Commit", "OpenPull")]
    seen = replace(paper.apply(seen, done), refusals=(Refusal("Commit", "File path is restricted"),))
    for _ in range(6):
        seen, plan = paper.decide(seen, MORNING, due)
        if not plan.steps:
            break
        seen = paper.apply(seen, plan.steps)
    assert [p.state for p in archive_of(seen).pulls if "Minutes" in p.title].count("open") == 1, pulls(seen)


def test_a_second_skip_comes_to_an_end_where_people_cut_the_end_of_the_mark_off() -> None:
    seen, _ = skipping(calendar())
    pulls_ = tuple(
        replace(p, body=p.body.replace("<!-- /minutes-bot -->", "")) for p in archive_of(seen).pulls
    )
    seen, _ = skipping(paper.with_archive(seen, pulls=pulls_), "/minutes skip 2026-09-01")

    assert "2026-09-01" in next(text for _, text in skips(seen))


def test_the_title_of_many_skipped_days_fits() -> None:
    """GitHub takes 256 characters; a title that it refuses is tried again with a new commit each time."""
    seen = calendar(WEEKDAYS)
    days = [d for n in range(1, 36) if (d := date(2026, 8, 19) + n * DAY).weekday() < 5][:22]
    for day in days:
        seen, _ = skipping(seen, f"/minutes skip {day}")
    title = next(p.title for p in archive_of(seen).pulls if p.branch.startswith("minutes/skip"))
    assert len(title) <= 256, len(title)


def test_a_refused_edit_is_not_followed_by_commit_after_commit() -> None:
    seen, _ = skipping(calendar())
    names = ("tern-lab/planning", "tern-lab/meeting-minutes")
    seen = replace(seen, source=paper.source(), roles={Role(n, "imani"): "write" for n in names})
    seen = replace(
        paper.commented(seen, "/minutes skip 2026-09-01"),
        refusals=(Refusal("EditPull", "title is too long"),),
    )
    commits = 0
    for _ in range(8):
        seen, plan = paper.decide(seen, MORNING)
        done = [s for s in plan.steps if not isinstance(s, EditPull)]
        commits += sum(type(s).__name__ == "Commit" for s in done)
        if not done:
            break
        seen = paper.apply(seen, done)
    assert commits <= 1, commits


def test_a_click_on_update_branch_is_no_notes() -> None:
    seen, _ = settle(calendar())
    pull = paper.the_pull(seen)
    merge = replace(
        paper.revision("f" * 40, "Merge branch 'main' into minutes/team-meeting/2026-08-18", "bo"),
        committer="GitHub",
    )
    seen = paper.with_pull(seen, revisions=(merge, *pull.revisions), head="f" * 40)
    seen, _ = settle(seen, MORNING + WEEK)
    assert pulls(seen)[0][1] == "closed"


def test_a_reminder_whose_answer_was_lost_is_not_posted_again() -> None:
    seen, _ = settle(calendar())
    _, plan = paper.decide(seen, EVENING, due)
    seen = paper.apply(seen, [s for s in plan.steps if isinstance(s, Remind)])  # then the connection broke
    seen, _ = settle(seen, EVENING + timedelta(minutes=1))
    assert len(paper.the_pull(seen).comments) == 1


def conflicting() -> Snapshot:
    """Somebody typed the attendees into the draft, and others stand in the notes."""
    seen, _ = settle(calendar())
    text = text_of(paper.the_pull(seen), seen)
    seen = paper.pushed(seen, text.replace("Attending:", "Attending: Imani, Yuki"))
    notes = paper.NOTES.replace("Imani, Tove", "Rasmus, Imani")
    seen, _ = paper.settle(with_notes(seen, body=notes))
    assert seen.source is not None
    assert "**Conflict**" in seen.source.comments[-1].body
    return seen


def text_of(pull: Pull, seen: Snapshot) -> str:
    return seen.texts[FileRef(pull.head or "", pull.files[0])] or ""


def test_notes_and_draft_that_conflicted_become_one_when_they_say_the_same() -> None:
    seen = conflicting()
    same = text_of(paper.the_pull(seen), seen).replace("Imani, Yuki", "Rasmus, Imani")
    seen = paper.commented(paper.pushed(seen, same), "/minutes")

    seen, _ = paper.settle(seen, paper.LATER)

    pull = paper.the_pull(seen)
    assert (pull.state, pull.draft) == ("open", False)
    assert "tern-lab/planning#7" in pull.body
    assert "Attending: Rasmus, Imani" in text_of(pull, seen)


def test_notes_that_conflicted_with_a_draft_get_a_pull_request_of_their_own_when_it_is_closed() -> None:
    seen = conflicting()
    closed = tuple(replace(each, state="closed") for each in archive_of(seen).pulls)
    seen = paper.commented(paper.with_archive(seen, pulls=closed), "/minutes")

    seen, _ = paper.settle(seen, paper.LATER)

    newest, _ = archive_of(seen).pulls
    assert newest.state == "open"
    assert "Attending: Rasmus, Imani" in text_of(newest, seen)
