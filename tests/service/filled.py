"""A queue with a job in each state, as a service leaves it that is killed in the midst of one.

`main` runs in a process of its own (see `tests.service.processes`), with the queue of DATABASE_URL.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.model import ReconcileRequest
from bot.service.clock import SystemClock
from bot.service.job import Job
from bot.service.jobs import Jobs
from bot.service.retry import GivenUp
from tests.service.processes import started

NOTES = ReconcileRequest(1, "hill-lab/notes", 1)
DUE = datetime(2100, 8, 18, 12, tzinfo=UTC)
ERROR = "Refused: Resource not accessible by integration"

DONE = Job(NOTES, "done")
FAILED = Job(replace(NOTES, installation=2, number=2), "failed", attempt=4)
WAITING = Job(replace(NOTES, installation=3, number=3), "waiting", attempt=2, due=DUE, error="Stale: moved")
RUNNING = Job(replace(NOTES, installation=4, number=4), "running")
QUEUED = Job(replace(NOTES, installation=4, number=5), "queued")


async def do(job: Job) -> Sequence[Job]:
    """Do what the job's delivery says."""
    if job.delivery == "failed":
        raise GivenUp(ERROR)
    if job.delivery == "running":
        await asyncio.Event().wait()
    return ()


async def fill(database_url: str) -> None:
    """Have a process do some jobs, and kill it in the midst of one."""
    async with started("tests.service.filled", DATABASE_URL=database_url):
        pass


async def main() -> None:
    jobs = Jobs(os.environ["DATABASE_URL"], "filled", do, SystemClock(), poll=0.02)
    await jobs.start()
    for job in (DONE, FAILED, WAITING, RUNNING):
        await jobs.enqueue(job)
    async with asyncio.timeout(20):
        for job, status in ((DONE, "SUCCESS"), (FAILED, "ERROR"), (RUNNING, "PENDING")):
            while not await jobs._list(status=status, workflow_id_prefix=job.id):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    await jobs.enqueue(QUEUED)  # of the installation whose job runs
    print("filled", flush=True)  # noqa: T201  # for who started us
    await asyncio.Event().wait()


async def finish(database_url: str) -> list[str]:
    """Have another replica do what is left and due; return the deliveries of the jobs that were done."""
    done: list[str] = []

    async def note(job: Job) -> Sequence[Job]:
        done.append(job.delivery)
        return ()

    jobs = Jobs(database_url, "filled", note, SystemClock(), poll=0.02)
    await jobs.start()
    async with asyncio.timeout(20):
        while not await jobs.idle():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await jobs.stop(0)
    return done
