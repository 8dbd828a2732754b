"""The whole way, with the real engine: a label becomes a pull request."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.service import Service
from github_simulator import Simulator, installations
from tests.service.town import ARCHIVE, NOTES, SOURCE, Town, assert_published_once, found


@pytest.fixture
def town(simulator: Simulator) -> Town:
    return found(simulator)


@pytest.fixture
async def service(town: Town, tmp_path: Path) -> AsyncIterator[Service]:
    settings = town.settings(f"sqlite:///{tmp_path}/jobs.sqlite")
    async with Service(settings, town.github.clock, between_writes=0, poll=0.02) as service:
        town.app.webhook_url = f"{service.url}/webhook"
        town.github.idle_checks.append(service.idle)
        yield service


async def test_a_labelled_issue_becomes_a_pull_request_and_a_comment(town: Town, service: Service) -> None:
    issue = town.write_notes()

    await at_rest(town)

    assert_published_once(town, issue)
    assert {delivery.status_code for delivery in town.github.deliveries.log} == {202}


async def test_the_service_starts_where_standard_error_was_another_when_the_engine_was_imported(
    town: Town, tmp_path: Path
) -> None:
    (console,) = (h for h in logging.getLogger("dbos").handlers if type(h) is logging.StreamHandler)
    console.stream = closed = io.StringIO()
    closed.close()

    async with Service(town.settings(f"sqlite:///{tmp_path}/jobs.sqlite"), town.github.clock) as service:
        assert service.url
    assert console.stream is not closed


async def test_a_redelivery_after_success_looks_again_and_changes_nothing(
    town: Town, service: Service
) -> None:
    issue = town.write_notes()
    await at_rest(town)
    before = len(town.github.requests)
    delivery = next(each for each in town.github.deliveries.log if each.action == "labeled")
    again = town.github.deliveries.redeliver(delivery)
    await at_rest(town)

    assert (again.guid, again.answer) == (delivery.guid, delivery.answer)
    assert [each.steps for each in town.github.requests[before:]] == [("repository", "repository", "nodes")]
    assert_published_once(town, issue)


async def test_a_clock_that_is_moved_wakes_what_waits_for_it(town: Town, service: Service) -> None:
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": "settle: 3 hours\n"})
    issue = town.write_notes()
    await at_rest(town)
    waiting = town.pulls()
    for part in (timedelta(hours=2, minutes=50), timedelta(minutes=9), timedelta(minutes=1)):
        town.github.clock.advance(part)
        await asyncio.sleep(0)  # each move is heard of, and the last one counts
    await at_rest(town)

    assert waiting == []
    assert_published_once(town, issue)


async def test_a_merged_pull_request_leads_back_to_its_notes(town: Town, service: Service) -> None:
    issue = town.write_notes()
    await at_rest(town)
    (pull,) = town.pulls()
    town.maintainer.merge(pull)
    await at_rest(town)

    (comment,) = issue.comments
    assert "Merged" in comment.body


async def test_a_labelled_discussion_becomes_one_too_and_commands_in_the_pull_request_are_heard(
    town: Town, service: Service
) -> None:
    discussion = town.maintainer.open_discussion(SOURCE, "Weekly meeting 2026-08-18", NOTES)
    town.maintainer.label(discussion, "meeting-notes")
    await at_rest(town)
    (pull,) = town.pulls()
    (comment,) = discussion.comments
    accept = town.maintainer.comment(pull, "/minutes accept")
    await at_rest(town)

    assert f"pull request {pull.number}" in comment.body
    assert [each.content for each in accept.reactions][-1] == "rocket"
    assert {delivery.status_code for delivery in town.github.deliveries.log} == {202}


async def test_a_mistake_in_the_configuration_is_shown_on_its_commit(town: Town, service: Service) -> None:
    commit = town.maintainer.push(ARCHIVE, {".github/minutes.yml": "setle: 3 hours\n"}, branch="topic")
    await at_rest(town)

    (run,) = town.github.world.repository(*ARCHIVE.split("/")).checks
    assert (run.head_oid, run.conclusion) == (commit, "failure")


async def test_many_events_of_one_issue_are_still_one_of_each(town: Town, service: Service) -> None:
    issue = town.write_notes()
    for turn in range(3):
        town.maintainer.comment(issue, f"Thank you, {turn}")
        town.maintainer.unlabel(issue, "meeting-notes")
        town.maintainer.label(issue, "meeting-notes")
    await at_rest(town)

    (status,) = [comment for comment in issue.comments if comment.author == town.app.bot]
    (pull,) = town.pulls()
    assert f"pull request {pull.number}" in status.body


async def at_rest(town: Town) -> None:
    async with asyncio.timeout(30):
        await town.github.idle()


async def test_a_wrong_app_is_told_at_once(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = replace(town.settings(f"sqlite:///{tmp_path}/jobs.sqlite"), app_id=99)
    async with Service(settings, town.github.clock) as service:
        async with asyncio.timeout(20):
            while "does not know this App" not in capsys.readouterr().out:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

        assert await service.jobs.reachable()


@pytest.mark.parametrize("how", ["suspended", "taken away"])
async def test_where_it_is_uninstalled_nothing_waits_any_more(town: Town, service: Service, how: str) -> None:
    town.maintainer.push(ARCHIVE, {".github/minutes.yml": "settle: 1 hour\n"})
    town.write_notes()
    await at_rest(town)
    assert await service.next_due() is not None
    (installation,) = town.github.world.installations.values()

    if how == "suspended":
        installations.suspend(town.github.world, installation)
    else:
        installations.uninstall(town.github.world, installation)
    await at_rest(town)

    assert await service.next_due() is None
