"""A sample of the rows of `docs/ends.md` through server and engine: webhooks come by HTTP, jobs are kept."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Kind
from bot.service import Service
from bot.service.settings import Settings
from github_simulator.deliveries import Delivery
from tests.depth import sample
from tests.house.conftest import Ground, House
from tests.house.ends import EVENTS, SITUATIONS
from tests.house.scene import Scene, again_backwards
from tests.house.test_ends import ROWS

SECRET = "a secret of these tests"
SAMPLE: list[tuple[str, str, Kind]] = [
    ("the notes are edited", "people pushed to the branch", "issue"),
    ("the issue becomes a discussion", "published", "issue"),
    ("the label is removed", "published", "discussion"),
    ("`/minutes redact`", "merged", "discussion"),
]


class ServedHouse(House):
    """A house whose bot is a service: what it does is waited for, not called."""

    async def deliver(self) -> None:
        async with asyncio.timeout(30):
            await self.simulator.idle()

    async def quiet(self) -> None:
        for _ in range(3):  # the settle time, and then what waited for something to wait for
            await self.deliver()
            self.pass_time(11)
        await self.deliver()

    async def follow(self, delivery: Delivery) -> None:
        self.simulator.deliveries.redeliver(delivery)
        await self.deliver()


@pytest.fixture
async def served(ground: Ground, tmp_path: Path) -> AsyncIterator[House]:
    house = ServedHouse(*ground)
    house.install()
    settings = Settings(
        app_id=house.app.id,
        private_key=house.app.private_key,
        webhook_secret=SECRET,
        database_url=f"sqlite:///{tmp_path}/jobs.sqlite",
        rest_url=house.simulator.url,
        graphql_url=f"{house.simulator.url}/graphql",
        host="127.0.0.1",
        port=0,
        replica="web.1",
    )
    async with Service(settings, house.simulator.clock, between_writes=0, poll=0.02) as service:
        house.app.webhook_url, house.app.webhook_secret = f"{service.url}/webhook", SECRET
        house.simulator.idle_checks.append(service.idle)
        yield house


@pytest.mark.parametrize(("event", "situation", "kind"), sample(SAMPLE, SAMPLE[:2].__contains__))
async def test_the_end_is_the_same(served: House, event: str, situation: str, kind: Kind) -> None:
    (outcomes,) = (row[2:] for row in ROWS if row[:2] == (event, situation))
    scene = Scene(served, kind)
    await SITUATIONS[situation](scene)
    await EVENTS[event](scene)
    after, everything = scene.outcome(), scene.everything()
    await again_backwards(scene)

    assert after == outcomes[kind == "discussion"]
    assert scene.everything() == everything
