"""`minutes-bot` in a process of its own, and what it makes on a simulated GitHub."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from github_simulator import Simulator
from github_simulator.state import PullRequest
from tests.service.town import ARCHIVE

ROOT = Path(__file__).parents[2]
BARE = {
    name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "HOME", "VIRTUAL_ENV")
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@asynccontextmanager
async def bot(*arguments: str, **environment: str) -> AsyncIterator[Process]:
    """Run `minutes-bot` in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, env=BARE | environment, cwd=ROOT, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def line_with(process: Process, wanted: str) -> str:
    """Return the first line of standard output that contains something."""
    assert process.stdout is not None
    while line := (await asyncio.wait_for(process.stdout.readline(), 30)).decode():
        if wanted in line:
            return line.strip()
    assert process.stderr is not None
    raise AssertionError((await process.stderr.read()).decode())


async def first_pull(github: Simulator) -> PullRequest:
    archive = github.world.repository(*ARCHIVE.split("/"))
    for _ in range(600):
        found = [each for each in archive.threads.values() if isinstance(each, PullRequest)]
        if found:
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError("no pull request came")
