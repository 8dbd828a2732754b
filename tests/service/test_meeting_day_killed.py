"""A look at a calendar killed at random places, alone or beside another replica: each meeting opens once."""

import random
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.state import PullState, find_state
from github_simulator import Simulator
from github_simulator.state import Issue
from tests.depth import sample
from tests.service.bots import at_rest, bot
from tests.service.databases import KINDS, new_database
from tests.service.processes import until
from tests.service.town import ARCHIVE, Town, found

SEEDS = sample(range(16), {1}.__contains__)
"""Odd ones have two replicas."""
BEFORE_THE_MEETINGS = datetime(2026, 8, 18, 13, tzinfo=UTC)
CONFIGURATION = """series:
  - {name: Harvest, schedule: every Tuesday 14:00, path: harvest/YYYY-MM-DD.md, open_issue: true}
  - {name: Press, schedule: every Tuesday 14:00, path: press/YYYY-MM-DD.md}
  - {name: Seeds, schedule: every Tuesday 16:00, path: seeds/YYYY-MM-DD.md}
"""
REQUESTS = range(3, 10)
"""Which request, counted from 0, is the last before the kill. The first ones find the archive, then come the
look, a label, an issue, and all pull requests in one batch; two replicas ask some of it twice."""


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from new_database(request.param, tmp_path)


@pytest.fixture
def town(simulator: Simulator) -> Iterator[Town]:
    simulator.clock.set(BEFORE_THE_MEETINGS)
    town = found(simulator)
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": CONFIGURATION})
    yield town
    simulator.faults.clear()  # or what is held would hold up the simulator's end


@pytest.mark.parametrize("seed", SEEDS)
async def test_killed_between_its_batches_it_opens_each_meeting_once(
    town: Town, database_url: str, seed: int
) -> None:
    chance = random.Random(seed)
    kind = chance.choice(["hold", "hold-before"])
    async with AsyncExitStack() as running:
        fault = town.github.faults.set(kind, {"app": town.app.slug}, skip=chance.choice(REQUESTS))  # type: ignore[arg-type]
        replicas = [
            await running.enter_async_context(bot(town, database_url, name))
            for name in ("web.1", "web.2")[: 1 + seed % 2]
        ]
        await until(lambda: fault.hits > fault.skip or len(town.pulls()) == 3)
        await replicas.pop(chance.randrange(len(replicas))).kill()
        town.github.faults.clear()
        if not replicas:
            replicas.append(await running.enter_async_context(bot(town, database_url, "web.1")))
        waits = await at_rest(town, replicas[0].first_line)

    assert waits == [f"{ARCHIVE}@calendar"]
    assert_opened_once(town)


def assert_opened_once(town: Town) -> None:
    """Whatever happened on the way: each meeting has a pull request with one commit, and one has an issue."""
    opened = [state for pull in town.pulls() if (state := find_state(pull.body, PullState))]
    assert sorted((state.series, str(state.day)) for state in opened) == [
        (name, "2026-08-18") for name in ("Harvest", "Press", "Seeds")
    ]
    git = town.pulls()[0].repository.git
    base = town.pulls()[0].base_oid
    assert [len(git.between(base, oid)) for oid in git.refs("refs/heads/minutes/").values()] == [1] * 3
    threads = town.github.world.repository(*ARCHIVE.split("/")).threads.values()
    issues = [each for each in threads if isinstance(each, Issue)]
    assert [each.author for each in issues] == [town.app.bot]
