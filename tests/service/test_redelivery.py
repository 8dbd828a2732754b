"""Webhooks that did not arrive: GitHub is asked for them again, and for nothing else."""

import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.service import Service
from bot.service.redelivery import KEPT, MOST, Attempt, Deliveries, is_due, missing
from github_simulator import Simulator
from tests.service.bench import Bench
from tests.service.test_service import at_rest
from tests.service.town import assert_published_once, found

NOON = datetime(2026, 8, 18, 12, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9"
"""Where nobody listens."""


def attempt(
    id_: int, guid: str, minutes: float = 0, *, arrived: bool = False, is_first: bool = True
) -> Attempt:
    return Attempt(id_, guid, NOON + timedelta(minutes=minutes), arrived, is_first)


# -- which -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "ids"),
    [
        ([], []),
        ([attempt(1, "a", arrived=True)], []),
        ([attempt(1, "a")], [[1]]),
        ([attempt(2, "a", 1, arrived=True), attempt(1, "a")], []),
        ([attempt(2, "a", 1), attempt(1, "a", arrived=True)], []),
        ([attempt(2, "a", is_first=False)], []),
        ([attempt(3, "b", 2), attempt(2, "a", 1), attempt(1, "a")], [[1, 2], [3]]),
    ],
)
def test_what_never_arrived_is_missing(attempts: Sequence[Attempt], ids: list[list[int]]) -> None:
    assert [[each.id for each in tried] for tried in missing(attempts)] == ids


@pytest.mark.parametrize(
    ("times", "minutes", "due"), [(1, 9, False), (1, 10, True), (2, 19, False), (2, 20, True), (5, 160, True)]
)
def test_it_is_asked_for_ever_more_rarely(times: int, minutes: int, due: bool) -> None:
    tried = [attempt(number, "a") for number in range(times)]

    assert is_due(tried, NOON + timedelta(minutes=minutes)) == due


# -- how ---------------------------------------------------------------------------------------------------


@pytest.fixture
async def unheard(bench: Bench) -> Bench:
    """A town in which somebody labels notes while nobody listens."""
    bench.town.github.clock.set(NOON)
    bench.town.app.webhook_url = NOBODY
    bench.town.write_notes()
    await bench.town.github.idle()
    return bench


def sweeps(bench: Bench) -> Deliveries:
    return Deliveries(bench.work().github.client_as_app, bench.town.github.clock, bench.metrics)


def asked_again(bench: Bench) -> list[str]:
    """List the events that were delivered again, in order."""
    return [f"{each.event}.{each.action}" for each in bench.town.github.deliveries.log if each.redelivery]


async def test_the_first_sweep_asks_at_once_for_all_that_is_missing(unheard: Bench) -> None:
    wanted = await sweeps(unheard).sweep()

    assert wanted == 2
    assert asked_again(unheard) == ["issues.opened", "issues.labeled"]
    assert unheard.metrics.registry.get_sample_value("minutes_deliveries_asked_again_total") == 2


async def test_later_ones_wait_longer_each_time_until_github_keeps_it_no_more(unheard: Bench) -> None:
    deliveries, clock = sweeps(unheard), unheard.town.github.clock
    await deliveries.sweep()
    asked = []
    for _ in range(5 * 24 * 6):
        await unheard.town.github.idle()
        clock.advance(timedelta(minutes=10))
        if await deliveries.sweep():
            asked.append(clock.now() - NOON)

    pauses = [round((after - before) / timedelta(minutes=1)) for before, after in pairwise(asked)]
    assert pauses[:4] == [40, 80, 160, 320]
    assert asked[-1] <= KEPT
    assert len(asked) < 9


async def test_what_arrived_is_not_asked_for(bench: Bench) -> None:
    deliveries = sweeps(bench)
    sent = len(bench.town.github.requests)
    for _ in range(3):
        assert await deliveries.sweep() == 0

    assert len(bench.town.github.requests) - sent == 3  # one request each, and none for a token


async def test_each_page_costs_a_request_and_so_does_what_is_asked_for(unheard: Bench) -> None:
    town = unheard.town
    for number in range(130):
        town.write_notes(title=f"Weekly meeting {number}")
    await town.github.idle()
    deliveries, sent = sweeps(unheard), len(town.github.requests)

    assert await deliveries.sweep() == MOST
    assert len(town.github.requests) - sent == 3 + MOST


async def test_of_an_endless_log_fifty_pages_are_read(unheard: Bench) -> None:
    log = unheard.town.github.deliveries.log
    arrived = replace(log[0], guid="another", status="OK", status_code=202)
    log += [replace(arrived, id=len(log) + number) for number in range(1, 5_101)]
    deliveries, sent = sweeps(unheard), len(unheard.town.github.requests)

    assert await deliveries.sweep() == 0  # what is missing lies before
    assert len(unheard.town.github.requests) - sent == 50


# -- the whole way -----------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def test_what_happened_while_the_bot_was_down_is_made_up_for(
    simulator: Simulator, tmp_path: Path
) -> None:
    town, port = found(simulator), free_port()
    town.app.webhook_url = f"http://127.0.0.1:{port}/webhook"
    issue = town.write_notes()
    await simulator.idle()  # nobody listens
    settings = town.settings(f"sqlite:///{tmp_path}/jobs.sqlite", port=port)
    async with Service(settings, simulator.clock, between_writes=0, poll=0.02) as service:
        simulator.idle_checks.append(service.idle)
        await at_rest(town)
        simulator.clock.advance(timedelta(minutes=11))  # the notes are still for so long
        await at_rest(town)

    assert_published_once(town, issue)
