"""`minutes-bot serve --simulator` in a process of its own: the real server, with a GitHub to act on."""

import asyncio
import json
import sqlite3
import sys
from asyncio.subprocess import Process
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.demo.constants import ARCHIVE, LABEL, SOURCE
from tests.github_simulator.pages.conftest import Browser
from tests.service import filled
from tests.setup.processes import bot, line_with

LOOPBACK = {"HOST": "127.0.0.1", "PORT": "0"}
TOKEN = "a token of this test"


async def ended(process: Process) -> tuple[int | None, str, str]:
    """Return the exit code, and what was said on both outputs."""
    out, err = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, out.decode(), err.decode()


async def test_notes_become_a_pull_request_and_sigterm_ends_it(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/jobs.sqlite"
    # of the variables about GitHub none is used, so mistakes there do not matter
    given = LOOPBACK | {
        "DATABASE_URL": database,
        "STATUS_TOKEN": TOKEN,
        "GITHUB_REST_URL": "no address",
        "GITHUB_GRAPHQL_URL": "neither",
        "GITHUB_APP_ID": "none",
    }
    async with bot("serve", "--simulator", **given) as process:
        where: dict[str, Any] = json.loads(await line_with(process, "no GitHub"))
        async with aiohttp.ClientSession(where["pages"], raise_for_status=True) as session:
            browser = Browser(session)
            new = f"/{SOURCE}/issues/new"
            await browser.send(new, new, title="Team meeting", body="# 2026-08-18\n\n- Kites fly", labels="")
            await browser.send(f"/{SOURCE}/issues/1", f"/{SOURCE}/issues/1/label", label=LABEL)
            await session.get("/_simulator/idle")
            await browser.send("/", "/-/clock", minutes="10")
            await session.get("/_simulator/idle")
            pulls = await browser.read(f"/{ARCHIVE}/pulls")
            first, deliveries = await browser.read("/"), await browser.read("/-/deliveries")
            signed_in = {"Authorization": f"Bearer {TOKEN}"}
            async with session.get(f"{where['service']}/status", headers=signed_in) as answer:
                status = await answer.text()
        listed = await asyncio.to_thread(
            CliRunner().invoke, main, ["jobs", "list", "--state", "done"], env={"DATABASE_URL": database}
        )
        process.terminate()
        code, said, errors = await ended(process)

    assert "Minutes of 2026-08-18" in pulls
    assert "imani: maintain, yuki: read" in first
    assert "ignored" in deliveries, "the list says what became of each"
    assert f"<li>{SOURCE}, last looked at" in status
    assert f"{SOURCE}#1" in listed.stdout
    assert (code, errors) == (0, "")
    assert json.loads(said.splitlines()[-1])["event"] == "stopped"
    assert "PRIVATE KEY" not in said


async def test_the_queue_of_another_github_is_left_alone(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/jobs.sqlite"
    await asyncio.to_thread(asyncio.run, filled.fill(database))
    before = dump(tmp_path / "jobs.sqlite")
    async with bot("serve", "--simulator", **LOOPBACK, DATABASE_URL=database) as process:
        code, _, errors = await ended(process)

    assert code == 1
    (line,) = errors.splitlines()
    assert line.startswith(f"Error: the database at {database} has jobs of another GitHub.")
    assert dump(tmp_path / "jobs.sqlite") == before


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [*database.iterdump()]


@pytest.mark.parametrize("command", [["demo"], ["serve", "--simulator"]], ids=" ".join)
def test_without_the_extra_a_line_says_what_to_install(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "github_simulator"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "graphql", None)  # as if it were not installed

    shown = CliRunner().invoke(main, command)

    assert shown.exit_code == 1
    assert shown.output.endswith("needs graphql; install it with: pip install 'minutes-bot[simulator]'\n")
    assert len(shown.output.splitlines()) == 1
