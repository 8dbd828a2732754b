"""What a job does for calendars, without the engine: who has one, what is due, what an outage does."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.model import AnyRequest, AppRequest, CalendarRequest, InstallationRequest, Plan
from bot.service import reconcile
from bot.service.job import Job
from bot.state import PullState, find_state
from tests.service.bench import Bench
from tests.service.town import ARCHIVE, NOTES, SOURCE, assert_published_once

MONDAY = datetime(2026, 8, 17, 9, tzinfo=UTC)
NOON = datetime(2026, 8, 18, 12, tzinfo=UTC)
EVENING = NOON + timedelta(hours=6)
WEEK = timedelta(days=7)
SERIES = """series:
  - name: Weekly meeting
    schedule: every Tuesday 14:00
    open_before: 2 hours
"""


@pytest.fixture
def calendar(bench: Bench) -> CalendarRequest:
    """Return the archive a calendar; it is the Monday before the meeting."""
    bench.town.github.clock.set(MONDAY)
    bench.town.maintainer.push(ARCHIVE, {".github/minutes.yml": SERIES})
    (installation,) = bench.town.github.world.installations
    return CalendarRequest(installation, ARCHIVE)


def opened(bench: Bench) -> list[tuple[str, str]]:
    """List the pull requests: the day of the meeting, and their state."""
    return [
        (str(state.day), pull.state)
        for pull in bench.town.pulls()
        if (state := find_state(pull.body, PullState))
    ]


async def follow(bench: Bench, request: AnyRequest, until: datetime) -> Sequence[datetime]:
    """Do a job and those that follow it until a time; tell for when each of them was kept."""
    clock, work = bench.town.github.clock, bench.work()
    (job, *_), dues = await work(Job(request, "a-delivery")), []
    while job.due and job.due <= until:
        dues.append(job.due.replace(microsecond=0))
        clock.set(max(job.due, clock.now()))
        (job, *_) = await work(job)  # after a push, a look through the installation follows too
    clock.set(until)
    return dues


async def test_a_start_finds_each_archive_with_a_calendar(bench: Bench, calendar: CalendarRequest) -> None:
    now = bench.town.github.clock.now
    work, before = bench.work(), now()
    installations = await work(Job(AppRequest(), "start-web.1-7"))
    archives = [each for job in installations for each in await work(job)]

    assert [(job.request, job.delivery) for job in installations] == [
        (InstallationRequest(calendar.installation), "start-web.1-7")
    ]
    assert [(job.request, job.delivery) for job in archives] == [(calendar, "start-web.1-7")]
    assert all(job.due and before <= job.due <= now() for job in (*installations, *archives))
    assert len(bench.requests()) == 5  # installations, repositories, configurations, what is open, the App


async def test_meetings_are_opened_in_time_and_on_other_days_nothing_is_asked(
    bench: Bench, calendar: CalendarRequest
) -> None:
    dues = await follow(bench, calendar, MONDAY + 2 * WEEK)

    assert dues == [NOON, EVENING, NOON + WEEK, EVENING + WEEK]
    assert opened(bench) == [("2026-08-18", "closed"), ("2026-08-25", "open")]


async def test_an_outage_of_days_delays_a_meeting_and_loses_none(
    bench: Bench, calendar: CalendarRequest
) -> None:
    bench.town.github.faults.set("status", {"operation": "graphql"}, status=502, times=70)

    dues = await follow(bench, calendar, MONDAY + 4 * timedelta(days=1))

    gaps = [later - sooner for sooner, later in pairwise(dues)]
    # when a job is due is kept in whole seconds
    assert timedelta(hours=1) <= max(gaps[:68]) <= timedelta(hours=1, seconds=1)
    assert opened(bench) == [("2026-08-18", "open")]


async def test_our_own_fault_is_tried_every_hour_and_nobody_is_told(
    bench: Bench, calendar: CalendarRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.town.github.clock.set(NOON - timedelta(hours=4))
    with monkeypatch.context() as broken:
        broken.setattr(reconcile, "due", lambda *_: 1 / 0)
        failed = await follow(bench, calendar, NOON)
    during = opened(bench)
    await follow(bench, calendar, NOON)

    assert failed[-1] - failed[-2] == timedelta(hours=1)
    assert during == []
    assert opened(bench) == [("2026-08-18", "open")]


async def test_what_is_due_and_cannot_be_done_is_not_asked_for_every_second(
    bench: Bench, calendar: CalendarRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "due", lambda _, now: Plan("GitHub says no", look_again=now))

    dues = await follow(bench, calendar, MONDAY + timedelta(minutes=10))

    assert len(dues) == 9


async def test_a_configuration_that_is_not_there_yet_is_waited_for(
    bench: Bench, calendar: CalendarRequest
) -> None:
    town = bench.town
    town.github.clock.set(NOON - timedelta(hours=1))
    town.github.faults.set("lag", {"operation": "graphql"}, times=2)
    earlier = SERIES.replace("2 hours", "3 hours")
    head = town.maintainer.push(ARCHIVE, {".github/minutes.yml": earlier})

    pushed = CalendarRequest(calendar.installation, ARCHIVE, head=head)
    dues = await follow(bench, pushed, NOON - timedelta(minutes=30))

    assert len(dues) == 2
    assert opened(bench) == [("2026-08-18", "open")]


async def test_a_push_that_others_followed_is_believed_after_a_while(
    bench: Bench, calendar: CalendarRequest
) -> None:
    pushed = CalendarRequest(calendar.installation, ARCHIVE, head="c0ffee" * 7)

    dues = await follow(bench, pushed, NOON)

    assert len(dues) == 7 + 1
    assert opened(bench) == [("2026-08-18", "open")]


async def test_an_archive_that_was_renamed_is_followed(bench: Bench, calendar: CalendarRequest) -> None:
    bench.town.github.person("hill-lab").rename_repository(ARCHIVE, "minutes")

    (job,) = await bench.work()(Job(calendar, "a-delivery"))

    assert job.request == CalendarRequest(calendar.installation, "hill-lab/minutes")


async def test_an_archive_that_is_gone_is_asked_for_during_a_week(
    bench: Bench, calendar: CalendarRequest
) -> None:
    gone = CalendarRequest(calendar.installation, "hill-lab/nowhere")

    following = await bench.work_off(gone, most=20)

    assert len(following) == 4 + 7


async def test_an_archive_without_a_calendar_is_not_asked_again(bench: Bench) -> None:
    (installation,) = bench.town.github.world.installations

    assert await bench.work_off(CalendarRequest(installation, ARCHIVE)) == []
    assert len(bench.requests()) == 2  # the archive, and its files


async def test_notes_and_calendar_are_one_meeting(bench: Bench, calendar: CalendarRequest) -> None:
    bench.town.maintainer.push(ARCHIVE, {".github/minutes.yml": f"settle: 0 minutes\n{SERIES}"})
    issue = bench.town.write_notes(NOTES)
    await bench.work_off(bench.request(issue))
    await follow(bench, calendar, EVENING)

    assert_published_once(bench.town, issue)
    assert SOURCE in bench.town.pulls()[0].body


@pytest.mark.parametrize(
    "more", ["", "    open_issue: true\n"], ids=["nothing more", "an issue for the notes"]
)
async def test_an_archive_without_issues_has_its_meetings_opened_all_the_same(
    bench: Bench, calendar: CalendarRequest, more: str
) -> None:
    bench.town.maintainer.push(ARCHIVE, {".github/minutes.yml": SERIES + more})
    bench.town.github.world.repository(*ARCHIVE.split("/")).has_issues = False
    dues = await follow(bench, calendar, NOON + WEEK)

    assert dues == [NOON, EVENING, NOON + WEEK]
    assert opened(bench) == [("2026-08-18", "closed"), ("2026-08-25", "open")]
    assert "/issues/new" not in "".join(pull.body for pull in bench.town.pulls())
