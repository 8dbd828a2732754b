"""Opens a session with GitHub as the App, and refuses a repository that is no sandbox."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TextIO

import aiohttp

from bot import config
from bot.admin.smoke.recording import Recorder
from bot.admin.smoke.sandbox import Sandbox, Unexpected, in_words
from bot.archive.dates import read_paths
from bot.github.app import App
from bot.service.clock import SystemClock
from bot.service.service import proxy_for
from bot.service.settings import Settings

WRITES = (
    "issues, a discussion, comments, labels, a check run, branches minutes/smoke-…, two pull requests; one "
    "is merged, so that smoke.md stays in the default branch"
)
"""What will be written, in words."""


class NoSandbox(Exception):
    """A repository in which nothing may be tried; the message says why."""


@asynccontextmanager
async def session_on(
    settings: Settings, name: str, pause: float, record: TextIO | None = None
) -> AsyncIterator[Sandbox]:
    """Provide the sandbox for a repository ("owner/name"), with the App's credentials.

    `pause` is how many seconds are left between two writes, or two looks. `record` is a
    file to which all exchanges are written in the end. Raises NoSandbox when the App is
    not installed there, and GitHubError.
    """
    dates: list[str] = []

    async def keep_date(
        request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        response = await send(request)
        dates[:] = [response.headers["Date"]] if "Date" in response.headers else []
        return response

    run = f"{datetime.now(UTC):%H%M%S%f}"
    recorder = Recorder([*name.split("/"), run]) if record else None
    middlewares = (keep_date, recorder) if recorder else (keep_date,)
    clock, proxy = SystemClock(), proxy_for(settings.rest_url)
    async with aiohttp.ClientSession(proxy=proxy, middlewares=middlewares) as session:
        app = App(
            session,
            settings.app_id,
            settings.private_key,
            rest_url=settings.rest_url,
            graphql_url=settings.graphql_url,
            clock=clock,
            between_writes=pause,
        )
        installation = await app.installation_on(name)
        if installation is None:
            raise NoSandbox(f"The App is not installed on {name}. Install it there, or look at the name.")
        sandbox = Sandbox(
            app,
            session,
            settings.rest_url,
            installation,
            name,
            run,
            clock,
            pause,
            dates=dates,
            recorder=recorder,
        )
        try:
            yield sandbox
        finally:
            if record and recorder:
                recorder.write(record)


async def refuse_real_archive(sandbox: Sandbox) -> None:
    """Raise NoSandbox when the repository has minutes or a configuration.

    Raises Unexpected when it cannot be read.
    """
    found = await sandbox.reader.calendar(sandbox.name)
    if found.archive is None:
        raise Unexpected("; ".join(map(in_words, found.refusals)) or f"{sandbox.name} cannot be read")
    files = found.archive.files
    dated = next(iter(read_paths(files)), None)
    reason = config.PATH if config.PATH in files else dated.path if dated else None
    if reason:
        raise NoSandbox(f"{sandbox.name} has {reason}: it is no sandbox, and nothing is written there.")
