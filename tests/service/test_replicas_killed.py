"""Replicas as processes, killed with SIGKILL: nothing acknowledged is lost, and nothing stays behind."""

import asyncio
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import pytest

from tests.depth import sample, thorough
from tests.service.conftest import SECRET, labelled, sign
from tests.service.databases import KINDS, new_database
from tests.service.processes import Process, started, until

SEEDS = sample(range(8), {0}.__contains__)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from new_database(request.param, tmp_path)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal"
    path.touch()
    return path


def replica(name: str, database_url: str, journal: Path, **more: str) -> AbstractAsyncContextManager[Process]:
    """Start a replica; what it says is its port."""
    return started(
        "tests.service.replica",
        DATABASE_URL=database_url,
        REPLICA=name,
        JOURNAL=str(journal),
        WEBHOOK_SECRET=SECRET,
        **more,
    )


async def deliver(session: aiohttp.ClientSession, port: str, delivery: str, installation: int) -> bool:
    """Send a delivery. False: no answer came."""
    body = json.dumps(labelled() | {"installation": {"id": installation}}).encode()
    headers = {
        "X-GitHub-Event": "issues",
        "X-GitHub-Delivery": delivery,
        "X-Hub-Signature-256": sign(body),
    }
    try:
        async with session.post(f"http://127.0.0.1:{port}/webhook", data=body, headers=headers) as response:
            return response.status == 202
    except (aiohttp.ClientError, ConnectionError):
        return False


def lines(journal: Path, what: str) -> list[str]:
    return [line.split()[2] for line in journal.read_text().splitlines() if line.startswith(what)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_was_acknowledged_is_done_although_the_process_was_killed(
    database_url: str, journal: Path, seed: int
) -> None:
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    async with aiohttp.ClientSession() as session:

        async def keep_delivering(port: str, stream: int) -> None:
            for installation in itertools.count(1000 * stream):  # each its own, so that they are done fast
                if not await deliver(session, port, str(installation), installation):
                    break
                acknowledged.add(str(installation))

        async with replica("web.1", database_url, journal) as first:
            streams = [
                asyncio.create_task(keep_delivering(first.first_line, stream)) for stream in range(1, 5)
            ]
            await asyncio.sleep(chance.uniform(0.2, 0.8))
            await first.kill()
            await asyncio.gather(*streams)
        async with replica("web.1", database_url, journal):
            await until(lambda: acknowledged <= set(lines(journal, "end")))

    assert acknowledged
    # a job may begin twice, when the kill came between its work and its end, but only then
    assert all(times <= 2 for times in Counter(lines(journal, "begin")).values())


@thorough  # slow, and test_kill has a take-over too
@pytest.mark.parametrize("seed", range(2))
async def test_a_dead_replicas_jobs_are_taken_over_by_one_that_lives(
    database_url: str, journal: Path, seed: int
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        replica("web.1", database_url, journal, STUCK="1") as stuck,
    ):
        for installation in range(1, 4):
            await deliver(session, stuck.first_line, f"first-{installation}", installation)
        await until(lambda: len(lines(journal, "begin")) == 3)
        async with (
            replica("web.2", database_url, journal) as second,
            replica("web.3", database_url, journal),
        ):
            for installation in range(1, 4):
                assert await deliver(session, second.first_line, f"second-{installation}", installation)
            # while the first one lives it keeps its jobs, and those behind them wait
            await asyncio.sleep(1.5)
            assert lines(journal, "end") == []
            await stuck.kill()
            await until(lambda: len(lines(journal, "end")) == 6)
            await asyncio.sleep(0.5)

    deliveries = [f"{which}-{n}" for which in ("first", "second") for n in (1, 2, 3)]
    assert Counter(lines(journal, "end")) == Counter(deliveries)
    assert Counter(lines(journal, "begin")) == Counter(deliveries + deliveries[:3])
