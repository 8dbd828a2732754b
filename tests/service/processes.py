"""Processes that are started, and killed with SIGKILL.

They are forked from a server that has imported the bot already, one for each process of the tests: importing
takes two seconds of computing, and hundreds are started.
"""

import asyncio
import contextlib
import importlib
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["bot.service", "dbos", "psycopg", "tests.service.conftest"])


@dataclass
class Process:
    """A process that was started, and the first line that it said."""

    process: ForkServerProcess
    first_line: str

    async def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await asyncio.to_thread(self.process.join)


@contextlib.asynccontextmanager
async def started(module: str, **environment: str) -> AsyncIterator[Process]:
    """Run `main` of a module in a process, wait for its first line, and kill it in the end."""
    reading_end, writing_end = SERVER.Pipe(duplex=False)
    process = SERVER.Process(
        target=_run, args=(module, {**os.environ, **environment}, writing_end), daemon=True
    )
    process.start()
    writing_end.close()  # what is left is the process's own: when that ends, so does the pipe
    it = Process(process, "")
    try:
        with os.fdopen(os.dup(reading_end.fileno())) as lines:
            async with asyncio.timeout(30):
                it.first_line = (await asyncio.to_thread(lines.readline)).strip()
        yield it
    finally:
        reading_end.close()
        await it.kill()


def _run(module: str, environment: dict[str, str], writing_end: Connection) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(writing_end.fileno(), 1)
    writing_end.close()
    sys.stdout = os.fdopen(1, "w")
    asyncio.run(importlib.import_module(module).main())


async def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds, looking often."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  # it depends on other processes
            await asyncio.sleep(0.02)
