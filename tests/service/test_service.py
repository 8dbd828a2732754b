"""The whole way, with the real engine: a label becomes a pull request."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import Look, Plan, Snapshot
from bot.service import Service
from bot.simulator import Simulator
from tests.service.town import Town, found


@pytest.fixture
def town(simulator: Simulator) -> Town:
    return found(simulator)


@pytest.fixture
async def service(town: Town, tmp_path: Path) -> AsyncIterator[Service]:
    settings = town.settings(f"sqlite:///{tmp_path}/jobs.sqlite")
    async with Service(settings, town.github.clock, between_writes=0) as service:
        town.app.webhook_url = f"{service.url}/webhook"
        town.github.idle_checks.append(service.idle)
        yield service


async def test_a_labelled_issue_becomes_a_pull_request_and_a_comment(town: Town, service: Service) -> None:
    issue = town.write_notes()

    async with asyncio.timeout(20):
        await town.github.idle()
    (pull,) = town.pulls()
    (comment,) = issue.comments

    print(comment.body); print(pull)
    for r in town.github.requests: print(r)
    assert pull.title == "Minutes of 2026-08-18"
