"""The server before the App is registered: the page of the set-up, where `serve` has no credentials."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog
from aiohttp import web

from bot.service.clock import SystemClock
from bot.service.service import proxy_for
from bot.service.settings import Settings
from bot.setup.credentials import Credentials
from bot.setup.page import Setup
from bot.setup.registration import GitHubHost
from bot.setup.serving import serving
from bot.setup.store import EnvFile, NoStore

log = structlog.get_logger()


async def serve_unregistered(
    settings: Settings, env_file: Path | None, follow_up: Callable[[Credentials], Awaitable[None]]
) -> bool:
    """Serve the page until the App is registered, and return True once its credentials are in the file.

    Without a file the page shows them, and this goes on without it: it calls `follow_up`, and waits until the
    platform restarts the bot with them. Raises CannotStore for a file that cannot have them, and OSError if
    nothing can listen.
    """
    store = EnvFile(env_file) if env_file else NoStore()
    store.check()
    host = GitHubHost.with_rest(settings.rest_url)
    setup = Setup(host, store, SystemClock(), proxy=proxy_for(host.rest_url))
    more = [web.get("/healthz", _health), web.post("/webhook", _not_yet)]
    async with serving(setup, settings.host, settings.port, *more) as url:
        log.warning(
            "no credentials: open this address at the bot's public URL, or run `minutes-bot setup`",
            address=setup.address,
            url=url,
        )
        await setup.done.wait()
        if not setup.not_stored:
            log.info("registered", file=str(env_file))
            return True
        log.warning("registered: restart the bot with the variables that the page showed")
        assert setup.credentials is not None
        await follow_up(setup.credentials)
        await asyncio.Event().wait()
    return False


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"alive": True, "registered": False})


async def _not_yet(_: web.Request) -> web.Response:
    return web.Response(status=503, text="The App is not registered yet.")
