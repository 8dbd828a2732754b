"""The bot as a process that may be killed, with its settings from the environment like `minutes-bot serve`.

Only the times differ: it does not pause between writes, takes a dead replica's jobs over after a second, and
its clock is AHEAD by so many seconds. `GET /waiting` tells whether its queue is at rest, and what waits.
"""

import asyncio
import os
from datetime import UTC, datetime, timedelta

from aiohttp import web

from bot.service import Service, log
from bot.service.jobs import _job
from bot.service.settings import load


class Ahead:
    """The clock of the town."""

    by = timedelta(seconds=float(os.environ["AHEAD"]))

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


async def main() -> None:
    log.configure("WARNING")
    service = Service(load(os.environ), Ahead(), between_writes=0, beat=0.2, dead_after=1.0, poll=0.02)

    async def waiting(_: web.Request) -> web.Response:
        idle = await service.idle()
        jobs = await service.jobs._list(status="DELAYED")
        return web.json_response({"idle": idle, "waiting": [_job(each).subject for each in jobs]})

    service.app.router.add_get("/waiting", waiting)
    async with service:
        print(service.url, flush=True)  # noqa: T201  # for who started us
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
