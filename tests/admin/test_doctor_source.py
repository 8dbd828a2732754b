"""`minutes-bot doctor --source`: why nothing happens with an issue or a discussion, in one line."""

from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from click.testing import CliRunner

from bot.cli.doctor import doctor
from bot.github.app import App
from bot.github.hints import Hints
from bot.model import ReconcileRequest
from bot.pads.reader import PadReader
from bot.service.clock import SystemClock
from bot.service.lag import Superseded
from bot.service.reconcile import reconcile
from tests import paper
from tests.admin.town import ARCHIVE, SECRET, SOURCE, TEAM

LABEL = "meeting-notes"


def an_hour_ago(town):
    town.simulator.clock.set(datetime.now(UTC) - timedelta(hours=1))


async def asked(town, name):
    """Return what the command says of a source at this time, which is the only line."""
    await town.simulator.idle()
    town.simulator.clock.set(datetime.now(UTC))
    [found] = await town.findings("--source", name)
    assert found["check"] == "source"
    return found


def notes(town, *labels, by=None):
    an_hour_ago(town)
    return (by or town.ada).open_issue(SOURCE, "Meeting 2026-08-18", paper.NOTES, labels)


def reader(town):
    town.simulator.add_collaborator(SOURCE, "bo", "triage")
    return town.simulator.person("bo")


def no_label(town):
    notes(town)


def labelled_by_a_reader(town):
    reader(town).label(notes(town), LABEL)


def in_quiet_time(town):
    issue = notes(town)
    town.simulator.clock.set(datetime.now(UTC))
    town.ada.label(issue, LABEL)


def stopped(town):
    issue = notes(town, LABEL)
    town.ada.comment(issue, "/minutes stop")


def due(town):
    notes(town, LABEL)


def no_day(town):
    an_hour_ago(town)
    town.ada.open_issue(SOURCE, "Meeting", "# Meeting\n\n- Ada counted the fish.\n", (LABEL,))


def no_archive(town):
    notes(town, LABEL)
    town.installation.repositories = {town.simulator.world.repository(*SOURCE.split("/")).id}


def discussed(town):
    an_hour_ago(town)
    town.ada.open_discussion(SOURCE, "Meeting 2026-08-18", paper.NOTES, labels=())


async def reconciled(town):
    """Have the bot do with the first issue what is to be done."""
    clock = SystemClock()
    town.simulator.clock.set(clock.now())
    async with aiohttp.ClientSession() as session:
        url = town.simulator.url
        github = App(
            session, town.app.id, town.app.private_key,
            rest_url=url, graphql_url=f"{url}/graphql", clock=clock, between_writes=0,
        )  # fmt: skip
        request = ReconcileRequest(town.installation.id, SOURCE, 1)
        known = {"hints": Hints(clock), "superseded": Superseded(clock), "pads": PadReader(clock)}
        await reconcile(request, github=github, clock=clock, **known)


SITUATIONS = {
    "no label": (no_label, "warning", "no label", LABEL),
    "a reader": (labelled_by_a_reader, "warning", "bo (triage)", "with write access"),
    "quiet": (in_quiet_time, "ok", "nobody has edited it", ""),
    "stop": (stopped, "warning", "commands were read", "run minutes-bot doctor"),
    "due": (due, "warning", "publish the minutes of 2026-08-18", "run minutes-bot doctor"),
    "no day": (no_day, "warning", "question open (no-date)", "comment"),
    "no archive": (no_archive, "error", "App is not installed", "archive:"),
    "discussion": (discussed, "warning", "no label", LABEL),
}
"""By name: what happened, the level of what is said, a word of it, and one of its cure."""


@pytest.mark.parametrize("name", SITUATIONS)
async def test_why_nothing_happens(town, name):
    happens, level, word, cure = SITUATIONS[name]
    happens(town)
    before = [each.body for each in town.simulator.world.repository(*SOURCE.split("/")).threads.values()]

    found = await asked(town, f"{SOURCE}#1")

    assert found["level"] == level, found
    assert word in found["message"], found
    assert cure in found["cure"], found
    # nothing is written
    repository = town.simulator.world.repository(*SOURCE.split("/"))
    assert [each.body for each in repository.threads.values()] == before
    assert not town.simulator.world.repository(*ARCHIVE.split("/")).threads


async def test_once_the_minutes_are_open_all_is_well_and_it_says_where(town):
    due(town)
    await reconciled(town)

    found = await asked(town, f"{SOURCE}#1")

    assert found["level"] == "ok", found
    assert f"{ARCHIVE}/pull/1" in found["message"]


async def test_what_the_bot_asked_already_is_still_open(town):
    no_day(town)
    await reconciled(town)

    found = await asked(town, f"{SOURCE}#1")

    assert "question open (no-date)" in found["message"]


async def test_after_stop_it_says_how_to_go_on(town):
    stopped(town)
    await reconciled(town)

    found = await asked(town, f"{SOURCE}#1")

    assert "stopped by" in found["message"]
    assert "Set the label again" in found["cure"]


async def test_no_key_secret_or_token_is_shown(town, capfd):
    due(town)
    town.simulator.clock.set(datetime.now(UTC))

    result = await town.run("--source", f"{SOURCE}#1")

    shown = f"{result.output}{result.stderr}{capfd.readouterr()}"
    private = [SECRET, *town.simulator.tokens._given, *town.app.private_key.splitlines()[1:-1]]
    assert [each for each in private if each in shown] == []


async def test_a_source_that_is_not_there(town):
    found = await asked(town, f"{SOURCE}#77")

    assert (found["level"], "gone" in found["message"]) == ("error", True)


async def test_a_repository_where_the_app_is_not_installed(town):
    town.simulator.create_repository(f"{TEAM}/other", files={"README.md": "# Other\n"})

    found = await asked(town, f"{TEAM}/other#1")

    assert "not installed" in found["message"]


async def test_a_wrong_setup_is_said_first(town):
    town.environment["GITHUB_APP_ID"] = "987654"

    found = await town.findings("--source", f"{SOURCE}#1")

    assert found[0]["check"] == "github"
    assert found[0]["level"] == "error"


def test_to_look_and_to_write_are_two_things():
    assert CliRunner().invoke(doctor, ["--source", "a/b#1", "--create-labels"]).exit_code == 2


def test_what_is_no_source_is_wrong_usage():
    result = CliRunner().invoke(doctor, ["--source", "reef"])

    assert result.exit_code == 2
    assert "OWNER/REPO#12" in result.output
