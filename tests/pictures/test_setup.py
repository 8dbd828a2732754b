"""From nothing to the first minutes in a browser, as a person does it; and the wrong turns on the way."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.setup.page import Filled, Setup
from bot.setup.registration import GitHubHost
from bot.setup.serving import serving
from bot.setup.store import EnvFile
from github_simulator import Simulator
from github_simulator.pages.lists import link
from tests.pictures.browser import Browser
from tests.service.town import ARCHIVE, NOTES, SOURCE
from tests.setup.conftest import Visitor, open_github, text_of
from tests.setup.processes import bot, first_pull, free_port, line_with

pytestmark = pytest.mark.pictures

NOTHING = ("There is nothing here", "As long as no App is registered")
INSTALL = "/apps/hill-minutes/installations/new"


@pytest.fixture
async def github() -> AsyncIterator[Simulator]:
    """A GitHub where Ada may write notes, and whose pages she can use."""
    async with open_github() as simulator:
        yield simulator


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / "bot.env"


@pytest.fixture
async def setup(github: Simulator, env_file: Path) -> AsyncIterator[Setup]:
    """A set-up that is served on, also when it is done."""
    filled = Filled("Hill minutes", "http://127.0.0.1:9", "hill-lab")
    made = Setup(GitHubHost(github.url), EnvFile(env_file), github.clock, filled=filled)
    async with serving(made, "127.0.0.1", 0) as url:
        made.base_url = url
        yield made


class Person:
    """A person at a browser, whose way is kept in pictures."""

    def __init__(self, tab: Browser, pictures: Path) -> None:
        self._tab = tab
        self._pictures = pictures
        self._count = 0

    async def sees(self, name: str, *wanted: str) -> None:
        """Take a picture of the page that is open; on its first screen these texts stand."""
        self._count += 1
        await self._tab.picture_now(self._pictures / f"setup-{self._count}-{name}.png")
        shown = await self._tab.rendered_now()
        assert [each for each in wanted if each not in shown.screen] == [], shown.screen
        assert shown.cut == ()


async def test_a_person_gets_from_nothing_to_the_first_minutes(
    tab: Browser, pictures: Path, github: Simulator, env_file: Path, tmp_path: Path
) -> None:
    person = Person(tab, pictures)
    port = free_port()
    async with bot("setup", "--env-file", str(env_file), "--port", "0", "--host", github.url) as process:
        await tab.open(await line_with(process, "/setup?token="))
        await person.sees("form", "Set up the minutes bot", "Public URL of the bot", "Go on")
        await tab.type("Name of the App", "Hill minutes")
        await tab.type("Public URL of the bot", "my server")
        await tab.type("Organisation", "hill-lab")
        await tab.click("Go on", leads_on=True)
        await person.sees("mistake", "The public URL of the bot is not an address such as")

        await tab.type("Public URL of the bot", f"http://127.0.0.1:{port}")
        await tab.click("Go on", leads_on=True)
        await person.sees("review", "Register “Hill minutes” on GitHub", "Owner: hill-lab", "contents: write")
        await tab.click("Register it on GitHub", leads_on=True)
        await person.sees("create", "Create GitHub App for hill-lab", "Webhook")
        await tab.click("Create GitHub App for hill-lab", leads_on=True)
        await person.sees("registered", "hill-minutes is registered", "Install the App", "Start the bot")
        await tab.click("Install the App", leads_on=True)
        assert await tab.address() == github.url + INSTALL
        await person.sees("install", "on hill-lab", SOURCE, ARCHIVE)

        await tab.click("Only these")
        await tab.click(SOURCE)
        await tab.click(ARCHIVE)
        await tab.click("Install")
        said, _ = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0
        assert f"minutes-bot serve --env-file {env_file}" in said.decode()
        assert f"2 files of minutes found in {ARCHIVE}, 1 series" in said.decode()

    settings = {"DATABASE_URL": f"sqlite:///{tmp_path}/jobs.sqlite", "HOST": "127.0.0.1", "PORT": str(port)}
    async with bot("serve", "--env-file", str(env_file), **settings) as process:
        await line_with(process, "listening")
        await tab.open(f"http://127.0.0.1:{port}/installed")
        await person.sees("installed", "The minutes bot is installed", "Comment /minutes")
        ada = github.person("ada")
        ada.label(ada.open_issue(SOURCE, "Weekly meeting 2026-08-18", NOTES), "meeting-notes")
        pull = await first_pull(github)
    await tab.open(github.url + link(pull))
    await person.sees("minutes", "Minutes of Tuesday 2026-08-18", "Read the minutes")
    assert pull.author.login == "hill-minutes[bot]"


async def reviewed(tab: Browser, setup: Setup) -> None:
    """Go as far as the page that leads to GitHub."""
    await tab.open(setup.address)
    await tab.click("Go on", leads_on=True)


async def registered(tab: Browser) -> str:
    """Go on from there to the page that comes after the App's registration; return its address."""
    await tab.click("Register it on GitHub", leads_on=True)
    await tab.click("Create GitHub App", leads_on=True)
    return await tab.address()


async def test_an_altered_state_is_refused_and_the_form_can_be_sent_again(
    tab: Browser, setup: Setup, github: Simulator, env_file: Path
) -> None:
    await reviewed(tab, setup)
    await tab.value("document.forms[0].action += 'x'")  # its end is the state

    assert urlsplit(await registered(tab)).path == "/setup/created"
    await says_nothing(tab)
    assert not text_of(env_file)

    await reviewed(tab, setup)
    await tab.click("Register it on GitHub", leads_on=True)
    await tab.type("GitHub App name", "Hill minutes 2")  # the first one is there, without its credentials
    await tab.click("Create GitHub App", leads_on=True)
    assert "hill-minutes-2 is registered" in (await tab.rendered_now()).screen
    assert text_of(env_file)


async def test_neither_the_way_back_nor_the_form_opens_twice(
    tab: Browser, setup: Setup, github: Simulator, env_file: Path
) -> None:
    async with aiohttp.ClientSession() as session:
        back = await Visitor(session, setup, github).registered()
    await tab.open(back)
    stored = text_of(env_file)

    for used in (back, setup.address):
        await tab.open(used)
        assert "The set-up is done" in (await tab.rendered_now()).screen
    assert text_of(env_file) == stored


async def says_nothing(tab: Browser) -> None:
    shown = await tab.rendered_now()
    assert [each for each in NOTHING if each not in shown.screen] == []


async def test_no_page_of_the_set_up_needs_scripts(tab: Browser, setup: Setup, github: Simulator) -> None:
    await tab.without_scripts()

    await reviewed(tab, setup)

    await registered(tab)
    assert "hill-minutes is registered" in (await tab.rendered_now()).screen
    assert setup.credentials is not None
