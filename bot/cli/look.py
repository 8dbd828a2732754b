"""The first look at the repositories on which the App was just installed, for `minutes-bot setup`."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.setup.credentials import Credentials
from bot.setup.store import REPLACED

if TYPE_CHECKING:
    from bot.admin.doctor.finding import Finding

T = TypeVar("T")
PATIENCE = 90
"""Seconds that the look may take: two requests for each of 30 repositories."""


def looking(env_file: Path) -> "Callable[[Credentials], Awaitable[Sequence[Finding]]]":
    """Return the look of an App whose credentials are stored in a file: what `minutes-bot doctor` says.

    Raises ModuleNotFoundError where PyGithub is not installed.
    """
    from bot.admin.doctor.checks import look
    from bot.admin.doctor.context import Context
    from bot.admin.doctor.finding import error

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))

    async def seen(made: Credentials) -> "Sequence[Finding]":
        context = Context(variables(made))
        try:
            return await asyncio.wait_for(_in_thread(lambda: [*look(context)]), PATIENCE)
        except TimeoutError:
            later = f"Run this later: minutes-bot doctor --env-file {env_file}"
            return [error(f"GitHub did not tell within {PATIENCE} seconds.", later)]

    return seen


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
