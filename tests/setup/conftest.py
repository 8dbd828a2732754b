"""A person with a browser at the page of the set-up, and a simulated GitHub to which it leads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.setup.page import Filled, Setup
from bot.setup.registration import GitHubHost
from bot.setup.serving import serving
from bot.setup.store import EnvFile, Store
from github_simulator import Simulator, pages
from tests.forms import Form, forms
from tests.service.town import ARCHIVE, ARCHIVED, SOURCE


@dataclass
class Answer:
    """What a browser gets: the status, the headers, the page."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def leads_to(self) -> str:
        return self.headers.get("Location", "")

    @property
    def form(self) -> Form:
        return forms(self.text)[-1]


class Visitor:
    """A browser without JavaScript that follows no redirects by itself; `seen` are all answers."""

    def __init__(self, session: aiohttp.ClientSession, setup: Setup, github: Simulator) -> None:
        self.setup = setup
        self.github = github
        self.seen: list[Answer] = []
        self._session = session

    async def get(self, url: str) -> Answer:
        return await self._answer("GET", url)

    async def send(self, form: Form, at: str, **typed: str) -> Answer:
        """Send a form of a page at this address, with what was typed into its fields."""
        base = "{0.scheme}://{0.netloc}".format(urlsplit(at))
        url = form.action if "://" in form.action else base + form.action
        return await self._answer("POST", url, form.fields | typed)

    async def _answer(self, method: str, url: str, data: dict[str, str] | None = None) -> Answer:
        async with self._session.request(method, url, data=data, allow_redirects=False) as answer:
            made = Answer(answer.status, dict(answer.headers), await answer.text())
        self.seen.append(made)
        return made

    async def reviewed(self, **typed: str) -> Answer:
        """Fill in the form; return what comes then."""
        page = await self.get(self.setup.address)
        return await self.send(page.form, self.setup.address, **typed)

    async def registered(self, **typed: str) -> str:
        """Go all the way to GitHub and press the button there; return where that leads."""
        review = await self.reviewed(**typed)
        at_github = await self.send(review.form, self.setup.address)
        return (await self.send(at_github.form, self.github.url)).leads_to


@asynccontextmanager
async def open_github() -> AsyncIterator[Simulator]:
    """Start a GitHub where Ada may write notes, and whose pages she can use."""
    simulator = Simulator()
    simulator.extra_routes = pages.routes(simulator)
    await simulator.start()
    simulator.create_user("ada")
    simulator.create_repository(SOURCE, {"README.md": "# Notes\n"})
    simulator.create_repository(ARCHIVE, ARCHIVED)
    for name in (SOURCE, ARCHIVE):
        simulator.add_collaborator(name, "ada", "admin")
    yield simulator
    await simulator.close()
    assert simulator.violations == []


@pytest.fixture
async def github() -> AsyncIterator[Simulator]:
    """A GitHub where Ada may write notes, and whose pages she can use."""
    async with open_github() as simulator:
        yield simulator


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


@pytest.fixture
def store(env_file: Path) -> Store:
    return EnvFile(env_file)


@pytest.fixture
async def visitor(github: Simulator, store: Store) -> AsyncIterator[Visitor]:
    async with open_setup(github, store) as visitor:
        yield visitor


@asynccontextmanager
async def open_setup(github: Simulator, store: Store) -> AsyncIterator[Visitor]:
    filled = Filled("Hill minutes", "http://127.0.0.1:9", "hill-lab")
    setup = Setup(GitHubHost(github.url), store, github.clock, filled=filled)
    async with serving(setup, "127.0.0.1", 0) as url, aiohttp.ClientSession() as session:
        setup.base_url = url
        yield Visitor(session, setup, github)


def text_of(file: Path) -> str:
    """Return what is in a file, nothing if there is none."""
    return file.read_text() if file.exists() else ""
