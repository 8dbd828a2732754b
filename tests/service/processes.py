"""Processes that are started, and killed with SIGKILL."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass


@dataclass
class Process:
    """A process that was started, and the first line that it said."""

    process: asyncio.subprocess.Process
    said: str

    async def kill(self) -> None:
        """End it as a power cut would, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()


@contextlib.asynccontextmanager
async def started(module: str, **environment: str) -> AsyncIterator[Process]:
    """Start `python -m module`, wait for its first line, and kill it in the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, env={**os.environ, **environment}, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    it = Process(process, "")
    try:
        async with asyncio.timeout(30):
            it.said = (await process.stdout.readline()).decode().strip()
        yield it
    finally:
        await it.kill()


async def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds, looking often."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  # it depends on other processes
            await asyncio.sleep(0.02)
