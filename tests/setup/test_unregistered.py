"""`serve` without credentials: the page with the one-time token in the log, and nothing else."""

import json
from pathlib import Path

import aiohttp
import pytest

from bot.setup.page import Setup
from bot.setup.registration import GitHubHost
from bot.setup.store import NoStore
from github_simulator import Simulator
from tests.service.town import ARCHIVE
from tests.setup.conftest import Visitor
from tests.setup.test_served import bot, free_port, line_with


async def at_the_page(session: aiohttp.ClientSession, github: Simulator, first_line: str) -> Visitor:
    """Return a visitor at the page that the log names."""
    logged = json.loads(first_line)
    setup = Setup(GitHubHost(github.url), NoStore(), github.clock, base_url=logged["url"])
    setup.token = logged["address"].removeprefix("/setup?token=")
    return Visitor(session, setup, github)


@pytest.mark.parametrize("has_file", [True, False])
async def test_it_serves_the_page_and_goes_on_where_it_can_store(
    github: Simulator, env_file: Path, tmp_path: Path, has_file: bool
) -> None:
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    environment = {"GITHUB_REST_URL": f"{github.url}/api/v3", "HOST": "127.0.0.1", "PORT": str(port)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path}/jobs.sqlite"
    asked = ("--env-file", str(env_file)) if has_file else ()
    async with bot("serve", *asked, **environment) as process, aiohttp.ClientSession() as session:
        visitor = await at_the_page(session, github, await line_with(process, "no credentials"))
        assert json.loads((await visitor.get(f"{public}/healthz")).text) == {
            "alive": True,
            "registered": False,
        }
        assert (await visitor.get(f"{public}/setup?token=x")).status == 404
        async with session.post(f"{public}/webhook", data=b"{}") as answer:
            assert answer.status == 503

        ended = await visitor.get(
            await visitor.registered(name="Hill minutes", url=public, organization="hill-lab")
        )

        (app,) = github.world.apps.values()
        told = await line_with(process, "registered")
        if has_file:
            assert "The bot starts with them by itself" in ended.text
            await line_with(process, "listening")
            assert "reachable" in (await visitor.get(f"{public}/healthz")).text
            used = await visitor.get(visitor.setup.address)
            assert (used.status, "The bot is set up" in used.text) == (410, True)
        else:
            assert f"WEBHOOK_SECRET={app.webhook_secret}" in ended.text
            assert "restart the bot" in told
            assert (await visitor.get(visitor.setup.address)).status == 410
        page = await visitor.get(f"{github.url}/apps/hill-minutes/installations/new")
        installed = await visitor.get((await visitor.send(page.form, github.url)).leads_to)
        assert (installed.status, "Comment <code>/minutes" in installed.text) == (200, True)
        assert ARCHIVE not in installed.text
        assert "minutes-bot normalise" in await line_with(process, f"2 files of minutes found in {ARCHIVE}")
        process.terminate()
        rest = b"".join(await process.communicate()).decode() + told
    assert process.returncode == 0
    assert app.webhook_secret not in rest
    assert "PRIVATE KEY" not in rest


async def test_a_file_that_cannot_have_them_is_said_at_once(env_file: Path) -> None:
    async with bot("serve", "--env-file", str(env_file / "below"), HOST="127.0.0.1", PORT="0") as process:
        said = (await process.communicate())[1].decode()

    assert process.returncode == 1
    assert said.startswith("Error: ")
    assert len(said.splitlines()) == 1
    assert "cannot be written" in said
