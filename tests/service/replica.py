"""A replica as a process that may be killed: `python -m tests.service.replica`, all by environment variables.

It takes deliveries and runs jobs that write to a journal, one line when one begins and one when it ends.
STUCK=1 lets each job begin and never end.
"""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bot.service import log
from bot.service.clock import SystemClock
from bot.service.job import Job
from bot.service.jobs import Jobs
from bot.service.metrics import Metrics
from bot.service.web import make_app

JOURNAL = Path(os.environ["JOURNAL"])
STUCK = "STUCK" in os.environ


def note(what: str, job: Job) -> None:
    """Add a line in one write, which another process cannot come between."""
    with JOURNAL.open("ab", buffering=0) as journal:
        journal.write(f"{what} {job.request.installation} {job.delivery}\n".encode())


async def work(job: Job) -> Sequence[Job]:
    note("begin", job)
    if STUCK:
        await asyncio.Event().wait()
    await asyncio.sleep(0.005)
    note("end", job)
    return ()


async def main() -> None:
    log.configure("WARNING")
    jobs = Jobs(
        os.environ["DATABASE_URL"], os.environ["REPLICA"], work, SystemClock(), beat=0.2, dead_after=1.0
    )
    await jobs.start()
    runner = web.AppRunner(make_app(jobs, (os.environ["WEBHOOK_SECRET"],), Metrics()))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)  # noqa: T201  # the port, for who started us
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
