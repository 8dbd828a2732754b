"""The durable queue with its real engine: what is one job, in which order, and what happens later."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.model import ConfigLook, Look
from bot.service.job import Job
from bot.service.jobs import Jobs, _job
from tests.service.databases import KINDS, new_database

LOOK = Look(77, "hill-lab/notes", 12)
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
    do: Callable[[Job], Awaitable[Job | None]] | None = None

    async def handle(self, job: Job) -> Job | None:
        self.done.append(job)
        return await self.do(job) if self.do else None

    async def until_idle(self) -> None:
        async with asyncio.timeout(20):
            while not await self.jobs.idle():  # noqa: ASYNC110  # the engine tells nobody
                await asyncio.sleep(0.05)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from new_database(request.param, tmp_path)


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Workshop]:
    clock = HandClock()

    async def handle(job: Job) -> Job | None:
        return await shop.handle(job)

    shop = Workshop(Jobs(database_url, "the-test", handle, clock), clock)
    await shop.jobs.start()
    yield shop
    await shop.jobs.stop(0)


async def test_a_delivery_that_waits_or_runs_is_dropped_and_one_that_has_finished_is_done_again(
    shop: Workshop,
) -> None:
    go_on = asyncio.Event()

    async def wait(job: Job) -> None:
        await go_on.wait()
        if job.look == failing.look:
            raise ArithmeticError("a handler that fails")

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


async def test_an_installation_has_one_job_at_a_time_and_they_keep_their_order(shop: Workshop) -> None:
    running: dict[int, int] = {}
    most: dict[int, int] = {}
    together = 0

    async def work(job: Job) -> None:
        nonlocal together
        place = job.look.installation
        running[place] = running.get(place, 0) + 1
        most[place] = max(most.get(place, 0), running[place])
        together = max(together, sum(running.values()))
        await asyncio.sleep(0.05)
        running[place] -= 1

    shop.do = work
    for turn in range(4):
        for place in (1, 2):
            await shop.jobs.enqueue(Job(replace(LOOK, installation=place), f"{place}-{turn}"))
            await asyncio.sleep(0.002)  # the order is by time of arrival in milliseconds
    await shop.until_idle()

    assert most == {1: 1, 2: 1}
    assert together == 2
    for place in ("1", "2"):
        order = [job.delivery for job in shop.done if job.delivery.startswith(place)]
        assert order == sorted(order)
        assert len(order) == 4


async def test_what_a_job_says_shall_follow_comes_later_with_all_that_it_knew(shop: Workshop) -> None:
    async def fail_twice(job: Job) -> Job | None:
        if job.attempt == 2:
            return None
        return replace(
            job, attempt=job.attempt + 1, due=shop.clock.now() + timedelta(seconds=0.1 * job.attempt)
        )

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


async def test_ten_edits_in_a_row_leave_one_look_that_waits(shop: Workshop) -> None:
    settle = timedelta(minutes=10)
    edits = [shop.clock.now() + timedelta(minutes=minute) for minute in range(10)]

    async def wait_until_quiet(job: Job) -> Job | None:
        made = [each for each in edits if each <= shop.clock.time]
        return replace(job, due=made[-1] + settle) if made[-1] + settle > shop.clock.time else None

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
    assert len(shop.done) == 10 + 2  # the first that waited, and the one that found it quiet
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
    (Job(ConfigLook(77, "hill-lab/notes", "a" * 40), "i", due=LATER), True),
    (Job(replace(LOOK, installation=78), "j", due=LATER), True),
]
"""What is wanted while a look at the source waits until ten past noon, and whether it has to wait too."""


async def test_what_a_look_that_waits_already_stands_for(shop: Workshop) -> None:
    shop.clock.time = NOON
    await shop.jobs.enqueue(Job(LOOK, "a", due=NOON + timedelta(minutes=10)))

    assert [await shop.jobs.enqueue(job) for job, _ in BESIDE] == [kept for _, kept in BESIDE]


async def test_finished_jobs_are_swept_out_after_a_while(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shop.jobs.enqueue(Job(LOOK, "a-delivery"))
    await shop.until_idle()
    await shop.jobs._sweep()
    kept = len(await shop.jobs._list())
    monkeypatch.setattr("bot.service.jobs.KEPT", timedelta(seconds=-60))
    await shop.jobs._sweep()

    assert (kept, len(await shop.jobs._list())) == (1, 0)


async def test_the_queue_can_be_reached_while_it_lives(shop: Workshop) -> None:
    assert await shop.jobs.reachable()
