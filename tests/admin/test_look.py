"""The first look at the repositories: what it says of archives of every kind, and that it always ends."""

import asyncio
import shlex
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.cli import look
from bot.setup.credentials import Credentials
from bot.setup.registration import GitHubHost
from github_simulator import installations
from tests import paper
from tests.admin.broken import empty_archive, for_none, not_installed, odd_names
from tests.admin.town import ARCHIVE, SOURCE, TEAM

FORTNIGHTS = [date(2026, 1, 6) + timedelta(weeks=2 * number) for number in range(12)]
BOARD = [date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 6), date(2026, 5, 4)]


async def seen(town):
    """Return what the look after the set-up sees."""
    app = town.app
    made = Credentials(
        app.id, app.private_key, "a1", app.slug, "https://x.example", GitHubHost(town.simulator.url)
    )
    return [*await look.looking(look.variables(made))()]


def two_series():
    """Return the files of a team that meets every other Tuesday and a board that meets each month."""
    text = paper.MINUTES
    team = {f"team/{day}.md": text.replace("2026-08-11", str(day)) for day in FORTNIGHTS}
    board = {f"board/{day}.md": text.replace("2026-08-11", str(day)) for day in BOARD}
    return {**team, **board, "template.md": paper.TEMPLATE}


async def test_an_archive_is_understood_in_one_sentence(town):
    town.ada.push(ARCHIVE, {"agenda-template.md": None, "2026/2026-08-11.md": None, **two_series()})
    await town.simulator.idle()

    of_archive, of_source = await seen(town)

    said = of_archive.message
    assert said.startswith(f"17 files of minutes found in {ARCHIVE}, 2 series: ")
    assert "team (team/YYYY-MM-DD.md, rhythm every other Tuesday" in said
    assert "board (board/YYYY-MM-DD.md, rhythm first Monday of the month" in said
    assert "2026-06-09" in said
    assert said.endswith("Template: template.md.")
    assert of_source.message == f"The minutes of {SOURCE} belong to {ARCHIVE}."
    assert {each.level for each in (of_archive, of_source)} == {"ok"}


async def test_doctor_says_the_same_sentence(town):
    first, *_ = await seen(town)

    assert (first.message, first.cure) in [(each["message"], each["cure"]) for each in await town.findings()]


async def test_what_can_be_tried_works_and_writes_nothing(town, tmp_path, monkeypatch):
    town.ada.push(ARCHIVE, two_series())
    await town.simulator.idle()
    tried = next(each.cure for each in await seen(town)).partition(": ")[2]
    clone, _, normalise = tried.partition(" && ")
    assert clone == f"git clone {town.simulator.url}/{ARCHIVE} archive"
    repository = town.simulator.world.repository(*ARCHIVE.split("/"))
    commit = repository.git.branch("main")
    there = {path: repository.git.blob(entry.oid) for path, entry in repository.git.files(commit).items()}
    written = write(tmp_path / "archive", there)

    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(normalise)
    assert program == "minutes-bot"
    result = await asyncio.to_thread(CliRunner().invoke, main, arguments)

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# 2026-08-11")
    assert {path: path.read_bytes() for path in written} == written


def write(folder: Path, files: dict[str, bytes]) -> dict[Path, bytes]:
    written = {folder / path: data for path, data in files.items()}
    for path, data in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return written


async def no_minutes(town):
    town.ada.push(ARCHIVE, {"agenda-template.md": None, "2026/2026-08-11.md": None, "README.md": "# Reef\n"})
    await town.simulator.idle()


async def on_code_only(town):
    code = town.simulator.create_repository(f"{TEAM}/code", files={"README.md": "# Code\n"})
    installations.uninstall(town.simulator.world, town.installation)
    await town.simulator.idle()
    number = town.simulator.install(town.app, TEAM, [code.full_name])
    town.simulator.world.installations[number].repositories = None  # all, of which none keeps minutes
    for name in (SOURCE, ARCHIVE):
        town.simulator.world.repository(*name.split("/")).archived = True
    await town.simulator.idle()


async def private_archive(town):
    town.simulator.world.repository(*ARCHIVE.split("/")).private = True


@pytest.mark.parametrize(
    ("changes", "level", "sentence", "next_step"),
    [
        (not_installed, "error", "not installed anywhere", "/apps/minutes-bot/installations/new"),
        (for_none, "error", "is for no repository", "Select some at"),
        (empty_archive, "error", "is empty", "Click Add a README"),
        (odd_names, "warning", "is not understood", "Set `path:"),
        (no_minutes, "ok", f"No minutes found in {ARCHIVE} yet. Template: none", "The first notes"),
        (on_code_only, "warning", f"None of the 1 repository at {TEAM} keeps minutes", "meeting-minutes"),
        (private_archive, "ok", f"1 file of minutes found in {ARCHIVE}", "git clone"),
    ],
    ids=["not installed", "for none", "empty", "odd names", "no minutes", "only code", "private"],
)
async def test_each_start_has_a_sentence_and_a_next_step(town, changes, level, sentence, next_step):
    if (pending := changes(town)) is not None:
        await pending

    found = await seen(town)

    assert [
        each for each in found if each.level == level and sentence in each.message and next_step in each.cure
    ], found
    assert all(each.cure for each in found if each.level != "ok")


async def test_the_look_ends_where_github_does_not_answer(town, monkeypatch):
    monkeypatch.setattr(look, "PATIENCE", 0.5)
    town.simulator.faults.set(kind="hold-before", match={"operation": "apps/list-installations"})

    (only,) = await seen(town)
    town.simulator.faults.release()

    assert only.level == "error"
    assert "did not tell" in only.message
    assert "minutes-bot doctor" in only.cure
