"""The first look at the repositories on which the App was just installed."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.setup.credentials import Credentials
from bot.setup.store import REPLACED

if TYPE_CHECKING:
    from bot.admin.doctor.finding import Finding

log = structlog.get_logger()

T = TypeVar("T")
Look = Callable[[], Awaitable[Sequence["Finding"]]]
"""A function that looks at the repositories, and returns what is understood of them, or what is wrong."""
PATIENCE = 90
"""Seconds that the look may take: two requests for each of 30 repositories."""
UNTIL_INSTALLED = 5
"""Seconds between two looks while the App is not installed; each is three requests."""
UNTIL_MENDED = 30
"""Seconds between two looks while something is wrong in the repositories."""


def looking(environment: Mapping[str, str]) -> Look:
    """Return the look of the App with these environment variables: what `minutes-bot doctor` says.

    Raises ModuleNotFoundError where PyGithub is not installed.
    """
    from bot.admin.doctor.checks import look
    from bot.admin.doctor.context import Context
    from bot.admin.doctor.finding import error

    async def seen() -> "Sequence[Finding]":
        context = Context(environment)
        try:
            return await asyncio.wait_for(_in_thread(lambda: [*look(context)]), PATIENCE)
        except TimeoutError:
            return [error(f"GitHub did not tell within {PATIENCE} seconds.", "Run minutes-bot doctor later.")]

    return seen


async def looks(look: Look, minutes: float) -> "AsyncIterator[Sequence[Finding]]":
    """Yield what a look sees once the App is installed, and again what has changed, until it sees no error.

    After so many minutes the last look is yielded in any case.
    """
    from bot.admin.doctor.permissions import NOT_INSTALLED

    loop = asyncio.get_running_loop()
    end = loop.time() + minutes * 60
    told: Sequence[Finding] = []
    while True:
        is_last = loop.time() >= end
        seen = await look()
        is_wrong = any(each.level == "error" for each in seen)
        is_installed = all(each.message != NOT_INSTALLED for each in seen)
        if seen != told and (is_installed or is_last):
            told = seen
            yield seen
        if is_last or not is_wrong:
            return
        await asyncio.sleep(UNTIL_MENDED if is_installed else UNTIL_INSTALLED)


async def log_looks(environment: Mapping[str, str], minutes: float = 60) -> None:
    """Log what is understood of the repositories once the App is installed, and what is wrong there."""
    try:
        async for seen in looks(looking(environment), minutes):
            for each in seen:
                tell, event = (log.info, "understood") if each.level == "ok" else (log.warning, "set-up")
                tell(event, check=each.check, message=each.message, cure=each.cure)
    except ModuleNotFoundError as missing:
        cure = "pip install 'minutes-bot[admin]'; then minutes-bot doctor says it"
        log.info("not looked at the repositories", missing=missing.name, cure=cure)
    except Exception as error:  # the service runs without it, too
        log.info("not looked at the repositories", error=repr(error))


def variables(made: Credentials) -> dict[str, str]:
    """Return the environment variables with the credentials of an App, and with none of another App."""
    return {name: value for name, value in os.environ.items() if name not in REPLACED} | made.variables


def _in_thread(function: Callable[[], T]) -> "asyncio.Future[T]":
    """Run a function that blocks in a thread of its own, for which the end of this process does not wait."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def set_result(result: T | None, failed: Exception | None) -> None:
        if future.done():  # nobody waits any more
            return
        if failed is not None:
            future.set_exception(failed)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        try:
            result, failed = function(), None
        except Exception as error:  # it belongs to who waits
            result, failed = None, error
        if not loop.is_closed():
            loop.call_soon_threadsafe(set_result, result, failed)

    Thread(target=run, daemon=True).start()
    return future
