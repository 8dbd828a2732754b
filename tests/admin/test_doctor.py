"""`minutes-bot doctor`: what it finds in setups of which each is broken in one way, and how it says so."""

import asyncio
import json
import sqlite3

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner

from bot.__main__ import main
from bot.admin.doctor import app
from bot.admin.doctor.checks import CHECKS, table
from bot.admin.doctor.context import Context
from bot.cli.doctor import doctor
from tests.admin.broken import BROKEN, without_label
from tests.admin.town import SECRET, SOURCE
from tests.depth import sample


@pytest.mark.parametrize("name", BROKEN)
async def test_what_is_broken_is_said_with_its_cure(town, name):
    breaks, check, level, word, cure = BROKEN[name]
    if (pending := breaks(town)) is not None:
        await pending

    found = await town.findings()

    wrong = [each for each in found if each["level"] != "ok" and each["check"] != "left"]
    assert [each for each in wrong if word in each["message"] and cure in each["cure"]], wrong
    assert {(each["check"], each["level"]) for each in wrong} >= {(check, level)}
    assert all(each["cure"] for each in wrong)
    is_alone = name not in ("a slow clock", "a fast clock")  # then GitHub refuses the key too
    assert len({each["check"] for each in wrong}) == 1 if is_alone else True, wrong


async def test_a_setup_in_order_has_only_lines_that_say_so(town):
    result = await town.run()

    assert result.exit_code == 0, result.output
    lines = [line for line in result.output.splitlines() if not line.startswith(" ")]
    assert {line.split()[0] for line in lines} == {"ok"}
    assert {line.split()[1].rstrip(":") for line in lines} == {it.key for it in CHECKS}


async def test_json_is_an_array_of_findings_in_the_order_of_the_checks(town):
    result = await town.run("--json")

    found = json.loads(result.stdout)
    assert [*found[0]] == ["check", "level", "message", "cure"]
    assert list(dict.fromkeys(each["check"] for each in found)) == [each.key for each in CHECKS]


async def test_the_exit_code_is_1_with_an_error_0_with_a_warning_2_for_wrong_usage(town):
    town.app.events.append("fork")
    assert (await town.run()).exit_code == 0
    town.app.events.clear()
    assert (await town.run()).exit_code == 1
    assert CliRunner().invoke(doctor, ["--unknown"]).exit_code == 2


async def test_what_cannot_be_checked_yet_is_named(town):
    town.environment["GITHUB_APP_ID"] = None

    last = (await town.findings())[-1]

    assert (last["check"], last["level"]) == ("left", "warning")
    assert "webhook" in last["message"]
    assert "versions" not in last["message"]


async def test_a_refusal_of_github_is_an_error_of_its_check_and_the_others_go_on(town):
    town.simulator.faults.set(
        kind="status", match={"operation": "apps/get-webhook-config-for-app"}, status=500
    )

    found = {each["check"]: each for each in await town.findings()}

    assert found["webhook"]["level"] == "error"
    assert found["deliveries"]["level"] == "ok"


@pytest.mark.parametrize("name", sample([None, *BROKEN], {None, *list(BROKEN)[::10]}.__contains__))
async def test_no_key_secret_or_token_is_shown(town, name, capfd):
    if name and (pending := BROKEN[name][0](town)) is not None:
        await pending

    results = [await town.run(), await town.run("--json")]

    shown = "".join(f"{each.output}{each.stderr}{each!r}" for each in results) + "".join(capfd.readouterr())
    context = Context({key: value for key, value in town.environment.items() if value})
    shown += repr(context)
    private = [SECRET, SECRET.replace(" ", ""), town.app.webhook_secret, *town.simulator.tokens._given]
    private += [
        each for each in (town.environment["GITHUB_PRIVATE_KEY"] or "").splitlines() if "-----" not in each
    ]
    private += town.app.private_key.splitlines()[1:-1]
    assert [each for each in private if each and each in shown] == []


async def test_a_server_that_does_not_come_to_an_end_is_left(town, monkeypatch):
    monkeypatch.setattr(app, "PATIENCE", 0.2)

    async def endless(_):
        await asyncio.Event().wait()

    await town.server.close()
    served = web.Application()
    served.add_routes([web.get("/healthz", endless)])
    town.server = TestServer(served)
    await town.server.start_server(shutdown_timeout=0)
    town.app.webhook_url = str(town.server.make_url("/webhook"))

    found = await town.findings()

    [wrong] = [each for each in found if each["level"] == "error"]
    assert "TimeoutError" in wrong["message"]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        *[(host, True) for host in ("localhost", "127.0.0.1", "10.1.2.3", "::1", "printer", "bot.local")],
        *[(host, False) for host in ("example.org", "8.8.8.8", "bot.example.org")],
    ],
)
def test_which_hosts_github_cannot_reach(host, expected):
    assert app.is_local(host) is expected


def test_a_local_webhook_is_an_error_for_the_real_github():
    [found] = app._address("https://localhost/webhook", "https://api.github.com", "page")

    assert "cannot reach localhost" in found.message


async def test_the_settings_page_of_an_app_of_a_person(town):
    town.app.owner = town.ada.actor.account
    town.app.events.remove("push")

    found = await town.findings()

    url = town.simulator.url
    assert any(f" {url}/settings/apps/minutes-bot/permissions." in each["cure"] for each in found)


def test_a_database_that_another_process_writes_to_is_a_warning(tmp_path):
    file = tmp_path / "jobs.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE jobs (id)")
        connection.execute("BEGIN IMMEDIATE")
        from bot.admin.doctor.local import _sqlite

        assert _sqlite(file).level == "warning"
        connection.rollback()
    connection.close()


def test_every_check_is_listed():
    listed = CliRunner().invoke(main, ["doctor", "--list"])

    assert listed.output == f"{table()}\n"
    assert all(f"`{each.key}`" in listed.output for each in CHECKS)


def test_a_check_needs_only_what_stands_above_it():
    seen = set()
    for each in CHECKS:
        assert seen.issuperset(each.needs), each.key
        seen.add(each.key)


async def test_labels_are_created_where_that_is_wished_and_only_then(town):
    repository = town.simulator.world.repository(*SOURCE.split("/"))
    without_label(town)
    await town.run()
    assert [each.name for each in repository.labels.values()] == []

    first = await town.findings("--create-labels")
    again = await town.findings("--create-labels")

    assert [each.name for each in repository.labels.values()] == ["meeting-notes"]
    assert any(each["message"].startswith("Created the label") for each in first)
    assert not any(each["message"].startswith("Created the label") for each in again)
    assert {each["level"] for each in again} == {"ok"}
