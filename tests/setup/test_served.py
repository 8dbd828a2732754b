"""From nothing to the first minutes: `minutes-bot setup`, GitHub's pages, `minutes-bot serve --env-file`."""

import asyncio
import signal
import socket
from asyncio.subprocess import Process
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.setup.page import Setup
from bot.setup.registration import GitHubHost
from bot.setup.store import NoStore
from github_simulator import Simulator
from tests.service.town import ARCHIVE, NOTES, SOURCE
from tests.setup.conftest import Visitor
from tests.setup.processes import bot, first_pull, free_port, line_with


async def test_the_command_registers_and_the_bot_makes_minutes(
    github: Simulator, env_file: Path, tmp_path: Path
) -> None:
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    asked = ("--host", github.url, "--url", public, "--name", "Hill minutes", "--organization", "hill-lab")
    async with aiohttp.ClientSession() as session:
        async with bot("setup", "--env-file", str(env_file), "--port", "0", *asked) as process:
            visitor = await registered(github, process, session)
            page = await visitor.get(f"{github.url}/apps/hill-minutes/installations/new")
            led_to = (await visitor.send(page.form, github.url)).leads_to
            ended = await asyncio.wait_for(process.communicate(), 30)
            said = b"".join(ended).decode()
            assert process.returncode == 0, said

        (app,) = github.world.apps.values()
        assert f"minutes-bot serve --env-file {env_file}" in said
        assert f"2 files of minutes found in {ARCHIVE}" in said
        assert app.webhook_secret not in said
        assert "PRIVATE KEY" not in said

        database = f"sqlite:///{tmp_path}/jobs.sqlite"
        serving = bot(
            "serve", "--env-file", str(env_file), DATABASE_URL=database, HOST="127.0.0.1", PORT=str(port)
        )
        async with serving as process:
            await line_with(process, "listening")
            async with aiohttp.ClientSession() as session, session.get(led_to) as answer:
                assert "The minutes bot is installed" in await answer.text()
            ada = github.person("ada")
            ada.label(ada.open_issue(SOURCE, "Weekly meeting 2026-08-18", NOTES), "meeting-notes")

            pull = await first_pull(github)

    assert pull.title
    assert pull.author is app.bot


@pytest.mark.parametrize("problem", ["has credentials already", "is a symbolic link"])
def test_what_cannot_be_stored_is_said_before_anything_is_registered(
    env_file: Path, tmp_path: Path, problem: str
) -> None:
    if "link" in problem:
        env_file.symlink_to(tmp_path / "elsewhere")
    else:
        env_file.write_text("WEBHOOK_SECRET=hunter2\n")

    shown = CliRunner().invoke(main, ["setup", "--env-file", str(env_file)])

    assert shown.exit_code == 1
    assert problem in shown.output
    assert "hunter2" not in shown.output
    assert len(shown.output.splitlines()) == 1


def test_a_port_that_is_in_use_is_one_line(env_file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        shown = CliRunner().invoke(main, ["setup", "--env-file", str(env_file), "--port", port])

    assert shown.exit_code == 1
    assert f"127.0.0.1:{port}" in shown.output
    assert len(shown.output.splitlines()) == 1


def test_an_env_file_that_is_no_text_is_one_line(env_file: Path) -> None:
    env_file.write_bytes(b"\xff\xfe")
    shown = CliRunner().invoke(main, ["serve", "--env-file", str(env_file)])

    assert shown.exit_code == 1
    assert shown.output == f"Error: {env_file} cannot be read: it is no text.\n"


async def registered(github: Simulator, process: Process, session: aiohttp.ClientSession) -> Visitor:
    """Register the App by the page of a running command."""
    setup = Setup(GitHubHost(github.url), NoStore(), github.clock)
    setup.base_url, _, setup.token = (await line_with(process, "/setup?token=")).partition("/setup?token=")
    visitor = Visitor(session, setup, github)
    await visitor.get(await visitor.registered())
    return visitor


@pytest.mark.parametrize(("wait", "is_stopped"), [("0", False), ("10", True)], ids=["no wait", "stopped"])
async def test_the_command_does_not_need_the_installation(
    github: Simulator, env_file: Path, wait: str, is_stopped: bool
) -> None:
    asked = ("--host", github.url, "--url", "http://127.0.0.1:9", "--organization", "hill-lab")
    options = ("--env-file", str(env_file), "--port", "0", "--wait", wait)
    async with (
        aiohttp.ClientSession() as session,
        bot("setup", *options, *asked, "--name", "Hill minutes") as process,
    ):
        await registered(github, process, session)
        if is_stopped:
            await line_with(process, "Ctrl-C ends it")
            process.send_signal(signal.SIGINT)
        out, err = await asyncio.wait_for(process.communicate(), 30)

    assert (process.returncode, err.decode()) == (0, "")
    assert f"minutes-bot doctor --env-file {env_file}" in out.decode()
