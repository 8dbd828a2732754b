"""Serves the page of a set-up until the App is registered."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.setup.page import Setup, make_app


@asynccontextmanager
async def serving(setup: Setup, host: str, port: int, *more: web.RouteDef) -> AsyncIterator[str]:
    """Serve the page, and `more` routes, at a host and port; yield the URL on this machine. Raises OSError.

    Requests are not logged: their addresses have the token and GitHub's code.
    """
    app = make_app(setup)
    app.add_routes(more)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        listening: int = runner.addresses[0][1]
        yield f"http://127.0.0.1:{listening}"
    finally:
        await runner.cleanup()  # the answer that is under way is sent first
