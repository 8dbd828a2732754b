"""Meeting day with the real engine: a start reads the calendars, one job waits, each meeting opens once."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.service import Service
from bot.service.jobs import _job
from bot.state import PullState, find_state
from github_simulator import Simulator
from tests.service.town import ARCHIVE, NOTES, Town, found

MONDAY = datetime(2026, 8, 17, 9, tzinfo=UTC)
CONFIGURATION = """settle: 3 hours
series:
  - name: Weekly meeting
    schedule: every Tuesday 14:00
    open_before: 2 hours
"""


@pytest.fixture
def town(simulator: Simulator) -> Iterator[Town]:
    simulator.clock.set(MONDAY)
    town = found(simulator)
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": CONFIGURATION})
    yield town
    simulator.idle_checks.clear()


def bot(town: Town, folder: Path) -> AbstractAsyncContextManager[Service]:
    settings = town.settings(f"sqlite:///{folder}/jobs.sqlite")
    return Service(settings, town.github.clock, between_writes=0, poll=0.02)


async def at_rest(town: Town, service: Service) -> list[datetime | None]:
    """Wait until nothing is under way; returns for when the next looks are kept."""
    town.app.webhook_url = f"{service.url}/webhook"
    town.github.idle_checks[:] = [service.idle]
    async with asyncio.timeout(30):
        await town.github.idle()
    return [_job(each).due for each in await service.jobs._list(status="DELAYED")]


def opened(town: Town) -> list[tuple[str, str]]:
    """List the pull requests: the day of the meeting, and their state."""
    return [
        (str(state.day), pull.state) for pull in town.pulls() if (state := find_state(pull.body, PullState))
    ]


async def test_each_meeting_is_opened_once_also_by_a_server_that_slept(town: Town, tmp_path: Path) -> None:
    clock, deliveries = town.github.clock, town.github.deliveries
    async with bot(town, tmp_path) as first:
        waits = [await at_rest(town, first)]
        on_monday = opened(town)
        clock.set(MONDAY + timedelta(days=1, hours=3))  # two hours before the meeting
        waits.append(await at_rest(town, first))
        town.maintainer.push(ARCHIVE, {".github/minutes.yml": CONFIGURATION.replace("2 hours", "3 hours")})
        waits.append(await at_rest(town, first))
        deliveries.redeliver(next(each for each in reversed(deliveries.log) if each.event == "push"))
        waits.append(await at_rest(town, first))
        on_tuesday = opened(town)
        # notes of an extra meeting, which are still settling when the server goes to sleep
        town.write_notes(NOTES.replace("08-18", "08-20"), "Weekly meeting 2026-08-20")
        waits.append(await at_rest(town, first))
    clock.set(MONDAY + timedelta(days=8, hours=23))  # the meeting was nine hours ago
    async with bot(town, tmp_path) as second:
        waits.append(await at_rest(town, second))

    assert on_monday == []
    assert on_tuesday == [("2026-08-18", "open")]
    assert sorted(opened(town)) == [
        ("2026-08-18", "closed"),
        ("2026-08-20", "open"),
        ("2026-08-25", "open"),
    ]
    assert waits[0] == [MONDAY + timedelta(days=1, hours=3)]
    assert [len(each) for each in waits] == [1, 1, 2, 2, 3, 2], (
        "after the push a sweep, after a write a check"
    )
