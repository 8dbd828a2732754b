"""The pages, through real HTTP; what stands behind them is the simulator's own state."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from aiohttp import web

from github_simulator import branches, pulls
from github_simulator.clock import SimulatedClock
from github_simulator.deliveries import Deliveries
from github_simulator.pages import routes
from github_simulator.tokens import Actor
from github_simulator.world import World

HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(2)> <!-- {{ 7*7 }} --> [x](javascript:alert(3))'
)
ARCHIVE = "/hill-lab/meeting-minutes"


@pytest.fixture
def world():
    world = World(SimulatedClock(datetime(2026, 8, 18, 14, tzinfo=UTC), frozen=True))
    for login in ("ada", "ben", "mallory"):
        world.add_user(login)
    archive = world.add_repository("hill-lab/meeting-minutes")
    archive.collaborators |= {"ada": "write", "ben": "read"}
    world.commit_files(
        archive,
        {
            "README.md": b"# Minutes\n\nSee [the last](2026/2026-08-11.md).\n",
            "2026/2026-08-11.md": b"# 2026-08-11\n\n- [ ] Order slides\n",
            "logo.png": b"\x89PNG\0\0",
        },
        "First minutes",
    )
    world.add_repository("hill-lab/secrets", private=True).collaborators["ada"] = "admin"
    return world


@pytest.fixture
def archive(world):
    return world.repository("hill-lab", "meeting-minutes")


@pytest.fixture
def sim(world):
    return SimpleNamespace(world=world, deliveries=Deliveries(world.clock), requests=[], violations=[])


@pytest.fixture
async def browser(aiohttp_client, sim):
    app = web.Application()
    app.add_routes(routes(sim))
    return Browser(await aiohttp_client(app))


class Browser:
    """Reads pages and sends their forms, as a person does."""

    def __init__(self, client):
        self.client = client

    async def read(self, path, status=200):
        async with self.client.get(path, headers={"Accept": "text/html"}) as answer:
            assert answer.status == status, await answer.text()
            return await answer.text()

    async def send(self, page, action, status=200, **fields):
        """Send the form of `page` that leads to `action`, with the hidden fields of the page."""
        text = await self.read(page)
        assert f'action="{action}"' in text
        hidden_fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
        async with self.client.post(action, data={**hidden_fields, **fields}) as answer:
            assert answer.status == status, await answer.text()
            return await answer.text()

    async def be(self, login):
        await self.send("/", "/-/person", login=login)


def actor(world, login):
    return Actor(world.user(login))


def open_pull(world, archive, text="# 2026-08-18\n\nAfter [last meeting](2026-08-11.md).\n"):
    ada, branch = actor(world, "ada"), "minutes/2026-08-18"
    head = archive.git.branch("main")
    branches.create_ref(world, ada, archive, f"refs/heads/{branch}", head)
    files = {"2026/2026-08-18.md": text.encode()}
    branches.commit_files(world, ada, archive, branch, files, "Minutes of 2026-08-18", head)
    return pulls.open_pull(world, ada, archive, "Minutes of 2026-08-18", branch, "main", "From notes.")
