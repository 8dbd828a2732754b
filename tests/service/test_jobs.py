"""The durable queue with its real engine: what is one job, in which order, and what happens later.

One engine runs through all of these tests, since to start and stop it takes seconds; each finds it empty.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from dbos import DBOS

from bot.model import CalendarRequest, ConfigCheckRequest, InstallationRequest, ReconcileRequest
from bot.service.job import Job
from bot.service.jobs import Jobs, _job
from bot.service.retry import GivenUp
from tests.service.databases import KINDS, new_database

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOOK = ReconcileRequest(77, "hill-lab/notes", 12)
NOON = datetime(2100, 8, 18, 12, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock that only a test moves."""

    time: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.time


@dataclass
class Workshop:
    """The queue, and a handler that notes what it is given and does what the test says."""

    jobs: Jobs
    clock: HandClock
    done: list[Job] = field(default_factory=list)
    do: Callable[[Job], Awaitable[Sequence[Job]]] | None = None

    async def handle(self, job: Job) -> Sequence[Job]:
        self.done.append(job)
        return await self.do(job) if self.do else ()

    async def until_idle(self) -> None:
        async with asyncio.timeout(20):
            while not await self.jobs.idle():  # noqa: ASYNC110  # the engine tells nobody
                await asyncio.sleep(0.05)

    async def clear_out(self) -> None:
        """Leave nothing to the next test."""
        while await self.jobs._list(status=["ENQUEUED", "PENDING"]):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await DBOS.delete_workflows_async([each.workflow_id for each in await self.jobs._list()])
        self.clock.time, self.done, self.do = datetime.now(UTC), [], None


@pytest.fixture(scope="module", params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from new_database(request.param, tmp_path_factory.mktemp("jobs"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened_shop(database_url: str) -> AsyncIterator[Workshop]:
    clock = HandClock()

    async def handle(job: Job) -> Sequence[Job]:
        return await shop.handle(job)

    shop = Workshop(Jobs(database_url, "the-test", handle, clock), clock)
    await shop.jobs.start()
    yield shop
    await shop.jobs.stop(0)


@pytest_asyncio.fixture(loop_scope="module")
async def shop(opened_shop: Workshop) -> AsyncIterator[Workshop]:
    yield opened_shop
    await opened_shop.clear_out()


async def test_a_delivery_that_waits_or_runs_is_dropped_and_one_that_has_finished_is_done_again(
    shop: Workshop,
) -> None:
    go_on = asyncio.Event()

    async def wait(job: Job) -> Sequence[Job]:
        await go_on.wait()
        if job.request == failing.request:
            raise ArithmeticError("a handler that fails")
        return ()

    shop.do = wait
    job, failing = Job(LOOK, "first"), Job(replace(LOOK, installation=78, number=13), "second")
    queued = [await shop.jobs.enqueue(each) for each in (job, job, failing, failing)]
    while len(shop.done) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    running = [await shop.jobs.enqueue(each) for each in (job, failing)]
    go_on.set()
    await shop.until_idle()
    finished = [await shop.jobs.enqueue(each) for each in (job, job, failing)]
    await shop.until_idle()
    again = await shop.jobs.enqueue(job)
    await shop.until_idle()

    assert queued == [True, False, True, False]
    assert running == [False, False]
    assert finished == [True, False, True]
    assert again
    assert sorted(each.delivery for each in shop.done) == ["first"] * 3 + ["second"] * 2


async def test_a_job_that_is_given_up_is_kept_as_failed_and_logged_by_the_bot_alone(
    shop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    async def give_up(job: Job) -> Sequence[Job]:
        raise GivenUp("Gone: not there")

    shop.do = give_up
    await shop.jobs.enqueue(Job(LOOK, "first"))
    await shop.until_idle()

    (kept,) = await shop.jobs._list(status="ERROR")
    assert _job(kept) == Job(LOOK, "first")
    assert [record for record in caplog.records if record.exc_info] == []


async def test_an_installation_has_one_job_at_a_time_and_they_keep_their_order(shop: Workshop) -> None:
    running: dict[int, int] = {}
    most: dict[int, int] = {}
    together = 0

    async def work(job: Job) -> Sequence[Job]:
        nonlocal together
        place = job.request.installation
        running[place] = running.get(place, 0) + 1
        most[place] = max(most.get(place, 0), running[place])
        together = max(together, sum(running.values()))
        await asyncio.sleep(0.05)
        running[place] -= 1
        return ()

    shop.do = work
    for turn in range(4):
        for place in (1, 2):
            await shop.jobs.enqueue(Job(replace(LOOK, installation=place), f"{place}-{turn}"))
            await asyncio.sleep(0.002)  # the order is by time of arrival in milliseconds
    await shop.until_idle()

    assert most == {1: 1, 2: 1}
    assert together == 2
    for place in ("1", "2"):
        parsed_command = [job.delivery for job in shop.done if job.delivery.startswith(place)]
        assert parsed_command == sorted(parsed_command)
        assert len(parsed_command) == 4


async def test_what_a_job_says_shall_follow_comes_later_with_all_that_it_knew(shop: Workshop) -> None:
    async def fail_twice(job: Job) -> Sequence[Job]:
        if job.attempt == 2:
            return ()
        soon = shop.clock.now() + timedelta(seconds=0.1 * job.attempt)
        return [replace(job, attempt=job.attempt + 1, due=soon)]

    shop.do = fail_twice
    await shop.jobs.enqueue(Job(LOOK, "a-delivery"))
    await shop.until_idle()

    assert [(job.delivery, job.attempt) for job in shop.done] == [("a-delivery", n) for n in range(3)]


async def test_a_look_at_a_later_time_is_kept_once_and_a_moved_clock_wakes_it(shop: Workshop) -> None:
    in_an_hour = shop.clock.now() + timedelta(hours=1)
    in_a_year = shop.clock.now() + timedelta(days=365)
    other = replace(LOOK, number=13)
    kept = [await shop.jobs.enqueue(Job(LOOK, name, due=in_an_hour)) for name in ("a", "b")]
    kept.append(await shop.jobs.enqueue(Job(other, "c", due=in_a_year)))
    idle_before = await shop.jobs.idle()

    shop.clock.time += timedelta(hours=1)
    idle_between = await shop.jobs.idle()
    await shop.jobs.wake(shop.clock.now())
    await shop.until_idle()

    assert kept == [True, False, True]
    assert idle_before  # nothing to do until time moves on
    assert not idle_between
    assert [job.delivery for job in shop.done] == ["a"]


async def test_edits_in_a_row_leave_one_look_that_waits(shop: Workshop) -> None:
    settle = timedelta(minutes=10)
    edits = [shop.clock.now() + timedelta(minutes=minute) for minute in range(5)]

    async def wait_until_quiet(job: Job) -> Sequence[Job]:
        made = [each for each in edits if each <= shop.clock.time]
        return [replace(job, due=made[-1] + settle)] if made[-1] + settle > shop.clock.time else []

    shop.do = wait_until_quiet
    for number, edit in enumerate(edits):
        shop.clock.time = edit
        await shop.jobs.enqueue(Job(LOOK, f"edit-{number}"))
        await shop.until_idle()
    waiting = [len(await shop.jobs._list(status="DELAYED"))]
    while waiting[-1]:
        (status,) = await shop.jobs._list(status="DELAYED")
        shop.clock.time = _job(status).due or shop.clock.time
        await shop.jobs.wake(shop.clock.now())
        await shop.until_idle()
        waiting.append(len(await shop.jobs._list(status="DELAYED")))

    assert waiting == [1, 1, 0]
    assert len(shop.done) == 5 + 2  # the first that waited, and the one that found it quiet
    assert shop.clock.time == edits[-1] + settle


SOONER, LATER = NOON + timedelta(minutes=5), NOON + timedelta(minutes=15)
BESIDE = [
    (Job(LOOK, "b", due=LATER), False),
    (Job(LOOK, "c", due=SOONER), True),  # a retry, say: it does not wait for the first
    (Job(LOOK, "d"), True),
    (Job(replace(LOOK, number=120), "e", due=LATER), True),
    (Job(replace(LOOK, repository="hill_lab/notes"), "f", due=LATER), True),
    (Job(replace(LOOK, kind="discussion"), "g", due=LATER), True),
    # only this event tells who set the label of a discussion
    (Job(replace(LOOK, kind="discussion", labelled_by="ada-lou"), "h", due=LATER), True),
    (Job(replace(LOOK, kind="discussion", labelled_by="ada"), "h", due=LATER), True),
    (Job(replace(LOOK, kind="discussion", labelled_by="ada"), "h", due=LATER), False),
    (Job(ConfigCheckRequest(77, "hill-lab/notes", "a" * 40), "i", due=LATER), True),
    (Job(replace(LOOK, installation=78), "j", due=LATER), True),
]
"""What is wanted while a look at the source waits until ten past noon, and whether it has to wait too."""


async def test_what_a_look_that_waits_already_stands_for(shop: Workshop) -> None:
    shop.clock.time = NOON
    await shop.jobs.enqueue(Job(LOOK, "a", due=NOON + timedelta(minutes=10)))

    assert [await shop.jobs.enqueue(job) for job, _ in BESIDE] == [kept for _, kept in BESIDE]


def in_months(months: int) -> datetime:
    return NOON + timedelta(days=30 * months)


async def test_of_an_archive_one_look_at_its_calendar_waits_the_one_that_the_newest_look_asked_for(
    shop: Workshop,
) -> None:
    shop.clock.time = NOON
    ours, theirs = CalendarRequest(77, "hill-lab/minutes"), CalendarRequest(77, "hill-lab/minutes-2")
    settling = Job(LOOK, "notes", due=in_months(1))
    says = {"first": [3], "sooner": [1], "later": [5], "the same": [5], "no series any more": []}

    async def follow(job: Job) -> Sequence[Job]:
        if isinstance(job.request, InstallationRequest):
            return [Job(each, job.delivery, due=NOON) for each in (ours, theirs)]
        return [replace(job, due=in_months(each)) for each in says[job.delivery]]

    shop.do = follow
    await shop.jobs.enqueue(settling)
    await shop.jobs.enqueue(Job(InstallationRequest(77), "first"))
    waiting = {}
    for delivery in says:
        if delivery != "first":
            await shop.jobs.enqueue(Job(ours, delivery))
        await shop.until_idle()
        jobs = [_job(each) for each in await shop.jobs._list(status="DELAYED")]
        waiting[delivery] = sorted((job.request.repository, job.due) for job in jobs)

    for delivery, months in says.items():
        assert waiting[delivery] == [
            *(("hill-lab/minutes", in_months(each)) for each in months),
            ("hill-lab/minutes-2", in_months(3)),
            ("hill-lab/notes", in_months(1)),
        ]
    assert {status.status for status in await shop.jobs._list()} == {"DELAYED", "SUCCESS"}


async def test_a_look_at_a_calendar_that_waits_for_its_turn_is_not_taken_away(shop: Workshop) -> None:
    calendar = CalendarRequest(77, "hill-lab/minutes")
    go_on = asyncio.Event()

    async def wait(job: Job) -> Sequence[Job]:
        await go_on.wait()
        return [replace(job, due=shop.clock.now() + timedelta(days=200))]

    shop.do = wait
    await shop.jobs.enqueue(Job(calendar, "start"))
    while not shop.done:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    kept = [await shop.jobs.enqueue(Job(calendar, "push")) for _ in range(2)]  # redelivered
    go_on.set()
    await shop.until_idle()
    shop.clock.time += timedelta(days=200)
    waited = await shop.jobs._list(status="DELAYED")
    await shop.jobs.wake(shop.clock.now())
    await shop.until_idle()

    assert kept == [True, False]
    assert [job.delivery for job in shop.done[:2]] == ["start", "push"]
    assert (len(waited), len(shop.done)) == (1, 3)


async def test_finished_jobs_are_kept_for_eight_days_and_then_swept_out(shop: Workshop) -> None:
    await shop.jobs.enqueue(Job(LOOK, "a-delivery"))
    await shop.until_idle()
    finished, kept = shop.clock.now(), []
    for passed in (timedelta(), timedelta(days=7, hours=23), timedelta(days=8, hours=1)):
        shop.clock.time = finished + passed
        await shop.jobs._sweep()
        kept.append(len(await shop.jobs._list()))

    assert kept == [1, 1, 0]


async def test_the_queue_can_be_reached_while_it_lives(shop: Workshop) -> None:
    assert await shop.jobs.reachable()


async def test_a_push_that_is_waited_for_is_not_forgotten_for_another_look(shop: Workshop) -> None:
    calendar = CalendarRequest(77, "hill-lab/minutes")

    async def see(job: Job) -> Sequence[Job]:
        if isinstance(job.request, CalendarRequest) and job.request.head:  # GitHub does not show the push yet
            return [replace(job, attempt=1, due=shop.clock.now() + timedelta(seconds=60))]
        return [replace(job, due=shop.clock.now() + timedelta(days=6))]

    shop.do = see
    await shop.jobs.enqueue(Job(replace(calendar, head="c0ffee"), "push"))
    await shop.until_idle()
    await shop.jobs.enqueue(Job(calendar, "a pull request was merged"))
    await shop.until_idle()

    waiting = [_job(each).request for each in await shop.jobs._list(status="DELAYED")]
    assert sorted(str(getattr(request, "head", "")) for request in waiting) == ["None", "c0ffee"]
