"""A start on an empty database: what waited in the one that was lost is found again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model import InstallationRequest, Kind, ReconcileRequest
from bot.service import Service
from bot.service.job import Job
from github_simulator import Simulator
from github_simulator.state import Issue
from tests.service.bench import Bench
from tests.service.test_service import at_rest
from tests.service.town import ARCHIVE, NOTES, SOURCE, Town, assert_published_once, found

LABELS = "labels: [minutes please, notes]\n"


@pytest.fixture
def town(simulator: Simulator) -> Town:
    return found(simulator)


@asynccontextmanager
async def served(town: Town, folder: Path, name: str) -> AsyncIterator[None]:
    """Serve the town, with the database of that name."""
    settings = town.settings(f"sqlite:///{folder}/{name}.sqlite")
    async with Service(settings, town.github.clock, between_writes=0, poll=0.02) as service:
        town.app.webhook_url = f"{service.url}/webhook"
        town.github.idle_checks[:] = [service.idle]
        await at_rest(town)
        yield
        await at_rest(town)
    town.github.idle_checks.clear()


async def test_notes_that_were_not_still_yet(town: Town, tmp_path: Path) -> None:
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": "settle: 3 hours\n"})
    async with served(town, tmp_path, "lost"):
        issue = town.write_notes()
    before = town.pulls()
    async with served(town, tmp_path, "empty"):
        town.github.clock.advance(timedelta(hours=3, minutes=1))

    assert before == []
    assert_published_once(town, issue)


async def test_minutes_that_wait_for_quiet_days(town: Town, tmp_path: Path) -> None:
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": "merge: after 3 quiet days\n"})
    async with served(town, tmp_path, "lost"):
        issue = town.write_notes()
        await at_rest(town)
        town.maintainer.unlabel(issue, "meeting-notes")  # it stays notes, by the command
        town.maintainer.comment(issue, "/minutes")
    async with served(town, tmp_path, "empty"):
        town.github.clock.advance(timedelta(days=3, minutes=1))
        await at_rest(town)

    assert [pull.merged_at is not None for pull in town.pulls()] == [True]


@pytest.mark.parametrize("kind", ["issue", "discussion"])
async def test_open_notes_with_a_label_of_some_configuration_are_looked_at(bench: Bench, kind: Kind) -> None:
    town = bench.town
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": LABELS})
    write = town.maintainer.open_discussion if kind == "discussion" else town.maintainer.open_issue
    threads = [write(SOURCE, f"Meeting {number}", NOTES) for number in range(5)]
    for thread, label in zip(
        threads, ["notes", "Minutes please", "meeting-notes", "bug", "notes"], strict=True
    ):
        town.maintainer.label(thread, label)
    if isinstance(threads[4], Issue):
        town.maintainer.close(threads[4])
    old = town.github.create_repository("hill-lab/old", {"README.md": "# Old\n"})
    town.github.add_collaborator("hill-lab/old", "ada", "admin")
    town.maintainer.label(write("hill-lab/old", "Meeting", NOTES), "notes")
    old.archived = True  # nothing can be written there
    (installation,) = town.github.world.installations

    jobs = await bench.work()(Job(InstallationRequest(installation), "start"))

    wanted = [0, 1, 2] if kind == "issue" else [0, 1, 2, 4]
    assert {job.request for job in jobs} == {
        ReconcileRequest(installation, SOURCE, threads[number].number, kind) for number in wanted
    }
