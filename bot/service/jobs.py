"""The durable queue. This module and `records` are the only ones that know the engine (DBOS).

A job is one durable step that looks, plans and applies: after a crash it starts again with a new snapshot.
Each installation is a partition of the queue, in which one job runs at a time. Waiting is a delayed job,
since a job that sleeps would block its whole installation.
"""

import asyncio
import contextlib
import contextvars
import logging
import sqlite3
import sys
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions, WorkflowStatus, error

from bot.model import CalendarRequest, UninstallRequest
from bot.model.clock import Clock
from bot.service.job import Job
from bot.service.replicas import Replicas, Watch
from bot.service.retry import GivenUp

log = structlog.get_logger()
T = TypeVar("T")

NAME = "minutes-bot"
QUEUE = "looks"
WORKFLOW = "look"
VERSION = "1"
"""The application's version for the engine, pinned: its default is a hash of the sources, and jobs of another
version are not run."""

UNFINISHED = ["DELAYED", "ENQUEUED", "PENDING"]
FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
KEPT = timedelta(days=8)
"""How long finished jobs are kept; GitHub redelivers for 3 days, GHES for 7
(https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks)."""
SWEEP = 3600
"""Seconds between two deletions of old finished jobs."""
SOON = timedelta(seconds=15)
"""A delayed job that is due so soon counts as running (see `Jobs.idle`)."""

Handler = Callable[[Job], Awaitable[Sequence[Job]]]
"""A function that does a job, and returns the jobs that follow it. Where it raises, the job has failed."""


class Jobs:
    """The durable queue of the service and its workers. One per process, since the engine is global."""

    def __init__(
        self,
        database_url: str,
        replica: str,
        handler: Handler,
        clock: Clock,
        *,
        beat: float = 5,
        dead_after: float = 30,
        poll: float = 0.2,
    ) -> None:
        """`beat`: seconds between two pulses of this replica; after `dead_after` seconds without one, a
        replica counts as dead, and its jobs are taken over. `poll`: seconds between two queries for jobs
        whose turn it is.
        """
        self._url = database_url
        self._replica = replica
        self._handler = handler
        self._clock = clock
        self._beat = beat
        self._poll = poll
        self._replicas = Replicas(database_url, replica)
        self._watch = Watch(dead_after)
        self._tasks: list[asyncio.Task[None]] = []
        self._running = 0

    # -- life ----------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Start the queue's engine in the running loop, so that jobs share the loop's client session."""
        if self._url.startswith("sqlite"):
            await asyncio.to_thread(_write_ahead, self._url.removeprefix("sqlite:///"))
        # before the engine, so that nobody else takes over the jobs that it recovers for this replica
        await asyncio.to_thread(self._replicas.begin)
        _log_to_stderr()
        DBOS(config=self._config())
        DBOS.workflow(name=WORKFLOW, max_recovery_attempts=10)(self._workflow())
        DBOS.launch()
        await DBOS.register_queue_async(QUEUE, partition_concurrency=1, polling_interval_sec=self._poll)
        self._tasks = [
            asyncio.create_task(self._regularly(self._beat, self._look_after_replicas)),
            asyncio.create_task(self._regularly(SWEEP, self._sweep)),
        ]

    async def stop(self, patience: int = 10) -> None:
        """Take no new job, wait `patience` seconds at most for the running ones, leave the rest for later."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        patience = patience if self._running else 0
        # in a thread of ours: destroy() sleeps, and ends the pool that the engine gave to the loop
        with ThreadPoolExecutor(1) as pool:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(
                pool, lambda: DBOS.destroy(workflow_completion_timeout_sec=patience, destroy_registry=True)
            )
            await loop.run_in_executor(pool, self._replicas.end)
            loop.set_default_executor(ThreadPoolExecutor())

    def _config(self) -> DBOSConfig:
        config = DBOSConfig(
            name=NAME,
            system_database_url=self._url,
            application_version=VERSION,
            executor_id=self._replica,
            # the default is pickle, with which whoever writes the database could run code
            serializer=DBOSPortableJSONSerializer(),
            log_level="WARNING",
        )
        if self._url.startswith("sqlite"):
            config["sys_db_pool_size"] = 3  # with the default of 20, SQLite's connections lock each other out
        return config

    # -- what others ask for -------------------------------------------------------------------------------

    async def enqueue(self, job: Job) -> bool:
        """Store a job durably. Return False if one that does the same waits or runs already.

        That is one with the same id, or a waiting one of the same subject that is due no later. A finished
        job with the same id does not count: the new one gets another id.
        """
        if await self._waits_earlier(job):
            return False
        later = max((job.due - self._clock.now()).total_seconds(), 0) if job.due else 0
        turn = 1
        while True:
            options = options_of(job, turn)
            if later:
                options["delay_seconds"] = later
            try:
                await _aside(DBOS.enqueue_workflow_with_options_async(options, job.to_json()))
            except error.DBOSWorkflowIDInUseError as used:
                if used.workflow_status in UNFINISHED:
                    return False
                turn += 1
            else:
                return True

    async def _waits_earlier(self, job: Job) -> bool:
        """Return whether a waiting job for the same subject is due no later than this one.

        It sees what this one would see, and its plan says when to look again. So ten edits in a row leave one
        waiting job, not ten.
        """
        due = job.due
        if due is None:
            return False
        waiting = await self._list(status=["DELAYED", "ENQUEUED"], workflow_id_prefix=job.waiting)
        return any((known := _job(each).due) is not None and known <= due for each in waiting)

    async def reachable(self) -> bool:
        """Return whether the queue's database answers within 3 seconds."""
        try:
            async with asyncio.timeout(3):
                await _aside(DBOS.list_workflows_async(queue_name=QUEUE, limit=1, load_input=False))
        except Exception as failure:  # each database has exceptions of its own
            log.warning("queue unreachable", error=type(failure).__name__)
            return False
        return True

    async def idle(self) -> bool:
        """Return whether no job of the queue runs, waits for its turn, or is due within 15 seconds."""
        soon = self._clock.now() + SOON
        return all(
            status.status == "DELAYED" and (due := _job(status).due) is not None and due > soon
            for status in await self._list(status=UNFINISHED)
        )

    async def next_due(self) -> datetime | None:
        """Return when the first of the delayed jobs is due, in UTC; None if there are none."""
        waiting = [_job(status).due for status in await self._list(status="DELAYED")]
        return min(filter(None, waiting), default=None)

    async def wake(self, now: datetime) -> None:
        """Reschedule the delayed jobs after the clock was moved to `now`: those that are due run at once."""
        due: list[str] = []
        for status in await self._list(status="DELAYED"):
            wait = ((_job(status).due or now) - now).total_seconds()
            if wait > 0:
                await _aside(DBOS.set_workflow_delay_async(status.workflow_id, delay_seconds=wait))
            else:
                due.append(status.workflow_id)
        if due:  # the engine itself looks for delays that are over once a second only
            await _aside(DBOS.resume_workflows_async(due, queue_name=QUEUE))

    # -- what the engine runs ------------------------------------------------------------------------------

    def _workflow(self) -> Callable[[dict[str, object]], Coroutine[Any, Any, None]]:
        async def step(kept: dict[str, object]) -> list[dict[str, object]]:
            self._running += 1
            try:
                following = await self._handler(Job.from_json(kept))
            finally:
                self._running -= 1
            return [each.to_json() for each in following]

        async def request(kept: dict[str, object]) -> None:
            done = await DBOS.run_step_async({"name": WORKFLOW}, step, kept)
            following = [Job.from_json(each) for each in done]
            await self._forget(Job.from_json(kept), following)
            for each in following:
                await self.enqueue(each)

        return request

    async def _forget(self, done: Job, following: Sequence[Job]) -> None:
        """Delete the delayed jobs of an installation that is gone, or those due by an older calendar.

        A finished calendar job has seen the newest calendar: only the jobs that follow from it may stay
        delayed. Jobs that are due already stay queued. Deleted, not cancelled: a cancelled job leaves its
        queue, where `_sweep` would not find it.
        """
        if isinstance(done.request, UninstallRequest):
            waiting = await self._list(
                status="DELAYED", workflow_id_prefix=f"at-{done.request.installation}-"
            )
            log.info("uninstalled", waiting=len(waiting))
            if waiting:
                await _aside(DBOS.delete_workflows_async([each.workflow_id for each in waiting]))
            return
        if not isinstance(done.request, CalendarRequest) or any(each.attempt for each in following):
            return  # a failed job has not seen the calendar
        dues = {each.due for each in following}
        plain = replace(done, request=replace(done.request, head=None))  # jobs for a push keep waiting
        waiting = await self._list(status="DELAYED", workflow_id_prefix=plain.waiting)
        if outdated := [each.workflow_id for each in waiting if _job(each).due not in dues]:
            await _aside(DBOS.delete_workflows_async(outdated))

    # -- what is done regularly ----------------------------------------------------------------------------

    async def _regularly(self, seconds: float, do: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await do()
            except Exception:  # a database that cannot be reached for a while must not end the loop
                log.exception("regular work failed")
            await asyncio.sleep(seconds)

    async def _look_after_replicas(self) -> None:
        """Write this replica's pulse, and take over the jobs of replicas whose pulse stands still."""
        if not await asyncio.to_thread(self._replicas.beat):
            log.error(
                "taken for dead, or not the only one: does each replica have a REPLICA name of its own?"
            )
            await asyncio.to_thread(self._replicas.begin)
        holders = {status.executor_id for status in await self._list(status="PENDING", load_input=False)}
        pulses = await asyncio.to_thread(self._replicas.pulses)
        others = {name: pulses.get(name) for name in holders if name and name != self._replica}
        for name, pulse in self._watch.still(others, asyncio.get_running_loop().time()).items():
            if await asyncio.to_thread(self._replicas.claim, name, pulse):
                await self._take_over(name)

    async def _take_over(self, name: str) -> None:
        ids = [status.workflow_id for status in await self._list(status="PENDING", executor_id=name)]
        log.warning("take over", replica=name, jobs=len(ids))
        if ids:
            # without queue_name they would leave their queue, and no longer run one at a time
            await _aside(DBOS.resume_workflows_async(ids, queue_name=QUEUE))

    async def _sweep(self) -> None:
        """Delete the jobs that finished longer ago than `KEPT`."""
        before = (self._clock.now() - KEPT).isoformat()
        while old := await self._list(status=FINISHED, completed_before=before, limit=500, load_input=False):
            await _aside(DBOS.delete_workflows_async([status.workflow_id for status in old]))

    async def _list(self, **which: Any) -> list[WorkflowStatus]:
        return await _aside(DBOS.list_workflows_async(queue_name=QUEUE, load_output=False, **which))


def options_of(job: Job, turn: int = 1) -> EnqueueOptions:
    """Return how the engine is to queue a job; `turn` counts the jobs that had the same id, and this one."""
    return {
        "queue_name": QUEUE,
        "workflow_name": WORKFLOW,
        "workflow_id": job.id if turn == 1 else f"{job.id}~{turn}",
        "workflow_id_reuse_policy": "reject",
        "queue_partition_key": str(job.request.installation),
        "app_version": VERSION,
    }


def _job(status: WorkflowStatus) -> Job:
    assert status.input is not None
    return Job.from_json(status.input["args"][0])


async def _aside(call: Coroutine[Any, Any, T]) -> T:
    """Call the engine in a context of its own: it takes a call from within a job for a part of that job."""
    return await asyncio.create_task(call, context=contextvars.Context())


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether a record of the engine's log says more than the bot's own log."""
    return not (record.exc_info and isinstance(record.exc_info[1], GivenUp))


def _log_to_stderr() -> None:
    """Let the engine's log go to standard error as it is now, not as it was when the engine was imported."""
    logging.getLogger("dbos").addFilter(_is_news)
    for handler in logging.getLogger("dbos").handlers:
        if type(handler) is logging.StreamHandler:
            handler.stream = sys.stderr


def _write_ahead(file: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")  # stays with the file; the engine never sets it
