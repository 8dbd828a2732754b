"""The bot as a process that may be killed, with its settings from the environment like `minutes-bot serve`.

Only the times differ: it does not pause between writes, and takes a dead replica's jobs over after a second.
`GET /idle` tells whether its queue is at rest.
"""

import asyncio
import os

from aiohttp import web

from bot.service import Service, log
from bot.service.settings import load


async def main() -> None:
    log.configure("WARNING")
    service = Service(load(os.environ), between_writes=0, beat=0.2, dead_after=1.0)

    async def idle(_: web.Request) -> web.Response:
        return web.json_response(await service.idle())

    service.app.router.add_get("/idle", idle)
    async with service:
        print(service.url, flush=True)  # noqa: T201  # for who started us
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
