"""What `minutes-bot serve` says by itself about a set-up that is wrong, in its log and to the operator."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest_asyncio

from bot.cli import checks_at_start
from tests.admin.town import Town

TOKEN = "correct horse battery"
AUTH = {"Authorization": f"Bearer {TOKEN}"}
BARE = {name: value for name, value in os.environ.items() if name in ("PATH", "PYTHONPATH", "HOME")}


class Running:
    """The command in a process of its own, and what it has logged so far."""

    def __init__(self, process):
        self.process, self.logged, self.url = process, [], ""

    async def until(self, event):
        while line := await asyncio.wait_for(self.process.stdout.readline(), 30):
            self.logged.append(json.loads(line))
            if self.logged[-1]["event"] == event:
                return self.logged[-1]
        raise AssertionError(self.logged)

    async def health(self):
        async with (
            aiohttp.ClientSession(headers=AUTH) as session,
            session.get(f"{self.url}/healthz?verbose") as answer,
        ):
            return await answer.json()

    async def checked(self):
        """Wait for the checks; return what they found, by the check."""
        async with asyncio.timeout(30):
            while "checks" not in (health := await self.health()):  # noqa: ASYNC110  # it is another process
                await asyncio.sleep(0.1)
        found = {}
        for each in health["checks"]:
            found.setdefault(each["check"], []).append(each)
        return found

    async def stop(self):
        """Tell it to stop; return its exit code, and the warnings that it has logged."""
        self.process.send_signal(signal.SIGTERM)
        rest = await asyncio.wait_for(self.process.stdout.read(), 30)
        self.logged += [json.loads(line) for line in rest.splitlines()]
        code = await asyncio.wait_for(self.process.wait(), 30)
        return code, [each for each in self.logged if each["event"] == "set-up"]


@asynccontextmanager
async def serve(environment):
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        env=BARE | environment | {"HOST": "127.0.0.1", "PORT": "0", "STATUS_TOKEN": TOKEN},
        cwd=Path(__file__).parents[2],
        stdout=PIPE,
        stderr=DEVNULL,
    )
    running = Running(process)
    try:
        running.url = (await running.until("listening"))["url"]
        yield running
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest_asyncio.fixture
async def town(simulator, tmp_path):
    town = await Town(simulator, tmp_path).build()
    yield town
    await town.server.close()


async def test_each_problem_is_a_warning_with_its_cure_and_stays_to_be_seen(town):
    del town.app.permissions["checks"]
    async with serve(town.environment) as running:
        found = await running.checked()
        code, warnings = await running.stop()

    assert {*found} == {*checks_at_start.KEYS}
    (problem,) = found["permissions"]
    assert problem["level"] == "error"
    assert "checks: write" in problem["message"]
    assert "Set it at" in problem["cure"]
    (warning,) = warnings
    assert warning["level"] == "warning"
    assert [warning[key] for key in ("check", "message", "cure")] == [
        problem[key] for key in ("check", "message", "cure")
    ]
    assert code == 0


async def test_what_is_right_is_not_logged(town):
    async with serve(town.environment) as running:
        found = await running.checked()
        code, warnings = await running.stop()

    assert {each["level"] for level in found.values() for each in level} == {"ok"}
    assert (code, warnings) == (0, [])


async def test_a_github_that_is_away_hinders_neither_the_service_nor_its_end(town):
    away = {"GITHUB_REST_URL": "http://127.0.0.1:1"}
    async with serve(town.environment | away) as running:
        at_start = await running.health()
        found = await running.checked()
        code, warnings = await running.stop()

    assert at_start["queue"] == "reachable"
    assert [each["level"] for each in found["github"]] == ["error"]
    assert [each["check"] for each in warnings] == ["github"]
    assert code == 0


async def test_a_service_that_ends_before_its_checks_ends_at_once_and_well(town):
    async with serve(town.environment) as running:
        code, warnings = await running.stop()

    assert (code, warnings) == (0, [])
