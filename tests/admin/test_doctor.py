"""`minutes-bot doctor`: what it finds in setups of which each is broken in one way, and how it says so."""

import asyncio
import base64
import json
import sqlite3
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from click.testing import CliRunner

from bot.__main__ import main
from bot.admin.doctor import app
from bot.admin.doctor.checks import CHECKS, table
from bot.admin.doctor.context import Context
from bot.cli.doctor import doctor
from github_simulator import installations
from github_simulator.tokens import new_key
from tests.admin.town import ARCHIVE, SECRET, SOURCE, TEAM


def setting(name, value):
    def broken(town):
        town.environment[name] = value(town) if callable(value) else value

    return broken


def hook(**fields):
    def broken(town):
        for name, value in fields.items():
            setattr(town.app, name, value)

    return broken


def without(what, name, *, of="app"):
    def broken(town):
        given = getattr(getattr(town, of), what)
        given.remove(name) if isinstance(given, list) else given.pop(name)

    return broken


def moved(**by):
    def broken(town):
        town.simulator.clock.advance(timedelta(**by))

    return broken


def no_database(town):
    (town.folder / "jobs.sqlite").write_text("a list of birds, and no database\n" * 100)


async def suspended(town):
    installations.suspend(town.simulator.world, town.installation)
    await town.simulator.idle()


async def not_installed(town):
    installations.uninstall(town.simulator.world, town.installation)
    await town.simulator.idle()


def only_reads(town):
    town.installation.permissions["contents"] = "read"


def only_reads_everywhere(town):
    town.app.permissions["contents"] = town.installation.permissions["contents"] = "read"


def for_none(town):
    town.installation.repositories = set()


async def elsewhere(town):
    await answering(town, web.HTTPFound("https://example.org/healthz"))


async def another_program(town):
    await answering(town, web.Response(text="It works!"))


async def answering(town, response):
    """Have the webhook's address lead to a server that gives this response to everything."""

    async def answer(_):
        if isinstance(response, web.HTTPException):
            raise response
        return response

    await town.server.close()
    served = web.Application()
    served.add_routes([web.get("/{tail:.*}", answer)])
    town.server = TestServer(served)
    await town.server.start_server()
    town.app.webhook_url = str(town.server.make_url("/webhook"))


async def down(town):
    await town.server.close()


def database_away(town):
    town.queue.away = True


async def other_secret(town):
    town.app.webhook_secret = "an other one"
    town.ada.open_issue(SOURCE, "Meeting")
    await town.simulator.idle()


async def lost_once(town):
    town.app.webhook_secret = "an other one"
    town.ada.open_issue(SOURCE, "Meeting")
    await town.simulator.idle()
    town.app.webhook_secret = SECRET
    town.ada.open_issue(SOURCE, "Next meeting")
    await town.simulator.idle()


def without_label(town):
    town.ada.delete_label(SOURCE, "meeting-notes")


def configured(text, repository=ARCHIVE):
    async def broken(town):
        town.ada.push(repository, {".github/minutes.yml": text})
        await town.simulator.idle()

    return broken


async def odd_names(town):
    town.ada.push(ARCHIVE, {"2026/2026-08-11.md": None, "meetings/Meeting 071.md": "# Minutes\n"})
    await town.simulator.idle()


async def empty_archive(town):
    town.simulator.create_repository(f"{TEAM}/empty")
    await only_for(town, SOURCE, f"{TEAM}/empty")
    await configured(f"archive: {TEAM}/empty\n", SOURCE)(town)


async def no_archive(town):
    await only_for(town, SOURCE)


async def on_all(town):
    town.installation.repositories = None
    town.ada.delete_label(SOURCE, "meeting-notes")


async def too_many(town):
    names = [f"{TEAM}/r{number}" for number in range(30)]
    for name in names:
        town.simulator.create_repository(name, files={"README.md": "# Reef\n"})
    town.installation.repositories = None
    town.ada.create_label(ARCHIVE, "meeting-notes")
    await configured("labels: [meeting-notes]\n")(town)


async def only_for(town, *names):
    found = (town.simulator.world.repository(*name.split("/")) for name in names)
    town.installation.repositories = {each.id for each in found}


def rule(kind):
    return lambda town: town.ada.add_rule(ARCHIVE, "minutes/**", kind)


BROKEN = {
    "no label": (without_label, "labels", "warning", "lacks the label", "--create-labels"),
    "another label": (configured("labels: [notes]\n"), "labels", "warning", "label notes", "/labels"),
    "on all repositories": (on_all, "labels", "warning", "on all", "meeting-notes"),
    "a mistake": (configured("labelz: [x]\n"), "repositories", "error", "yml:1:1", "docs/configuration.md"),
    "no such template": (configured("template: t.md\n"), "repositories", "warning", "t.md", "minutes.yml"),
    "names without days": (odd_names, "repositories", "warning", "not understood", "path:"),
    "an empty archive": (empty_archive, "repositories", "error", "is empty", "README"),
    "no archive": (no_archive, "repositories", "error", "where the App is not installed", "archive:"),
    "too many": (too_many, "repositories", "warning", "2 more repositories", "only where"),
    "protected branches": (
        lambda town: town.ada.protect(ARCHIVE, "minutes/**"),
        *("rules", "warning", "creation", "bypass"),
    ),
    "signatures": (rule("required_signatures"), "rules", "warning", "signed", "exclude minutes/**"),
    "a pattern": (rule("branch_name_pattern"), "rules", "warning", "named", "/settings/rules"),
    "no App ID": (setting("GITHUB_APP_ID", None), "settings", "error", "is missing", "settings page"),
    "a name for an App ID": (setting("GITHUB_APP_ID", "bot"), "settings", "error", "positive", "123456"),
    "no key": (setting("GITHUB_PRIVATE_KEY", None), "settings", "error", "KEY is missing", "KEY_FILE"),
    "a key cut short": (
        setting("GITHUB_PRIVATE_KEY", lambda town: town.app.private_key[:300]),
        *("settings", "error", "cut short", "Generate a private key"),
    ),
    "a key that is none": (
        setting("GITHUB_PRIVATE_KEY", lambda _: base64.b64encode(b"hunter2").decode()),
        *("settings", "error", "not a private key", "Generate a private key"),
    ),
    "no file of the key": (
        setting("GITHUB_PRIVATE_KEY_FILE", "/nowhere/key.pem"),
        *("settings", "error", "FileNotFoundError", "must be set"),
    ),
    "no secret": (setting("WEBHOOK_SECRET", None), "settings", "error", "SECRET is missing", "settings page"),
    "a disk that does not last": (setting("DYNO", "web.1"), "settings", "warning", "Heroku", "PostgreSQL"),
    "no database": (setting("DATABASE_URL", "mysql://db/x"), "settings", "error", "no", "SQLite"),
    "a file that is no database": (no_database, "database", "error", "not a database", "Move the file"),
    "a database that is away": (
        setting("DATABASE_URL", f"postgresql://bot:{SECRET.replace(' ', '')}@127.0.0.1:1/minutes"),
        *("database", "error", "cannot be used", "DATABASE_URL"),
    ),
    "GitHub is away": (
        setting("GITHUB_REST_URL", "http://127.0.0.1:1"),
        *("github", "error", "cannot be reached", "GITHUB_REST_URL"),
    ),
    "another App's ID": (setting("GITHUB_APP_ID", "987654"), "github", "error", "no App", "GITHUB_APP_ID"),
    "another App's key": (
        setting("GITHUB_PRIVATE_KEY", lambda _: new_key()[0]),
        *("github", "error", "does not belong", "Generate a private key"),
    ),
    "a slow clock": (moved(minutes=20), "github", "error", "behind", "NTP"),
    "a fast clock": (moved(minutes=-20), "github", "error", "ahead", "NTP"),
    "no webhook": (hook(webhook_url=None), "webhook", "error", "no webhook", "/webhook"),
    "the placeholder": (
        hook(webhook_url="https://example.com/webhook"),
        *("webhook", "error", "placeholder", "Webhook URL"),
    ),
    "another path": (
        lambda town: hook(webhook_url=str(town.server.make_url("/")))(town),
        *("webhook", "error", "does not end", "Webhook URL"),
    ),
    "no address": (
        hook(webhook_url="ftp://reef.example.org"),
        "webhook",
        "error",
        "no address",
        "Webhook URL",
    ),
    "no webhook secret": (hook(webhook_secret=""), "webhook", "error", "no secret", "WEBHOOK_SECRET"),
    "forms": (hook(content_type="form"), "webhook", "error", "JSON only", "application/json"),
    "any certificate": (hook(insecure_ssl=True), "webhook", "error", "certificate", "SSL verification"),
    "the bot is down": (down, "webhook", "error", "Nothing answers", "minutes-bot serve"),
    "another program": (another_program, "webhook", "error", "another program", "minutes-bot serve"),
    "a redirect": (elsewhere, "webhook", "error", "leads elsewhere", "Webhook URL"),
    "the bot's database is away": (database_away, "webhook", "error", "database does not", "DATABASE_URL"),
    "a permission too few": (
        without("permissions", "checks"),
        *("permissions", "error", "checks: write", f"/organizations/{TEAM}/settings/apps/minutes-bot/perm"),
    ),
    "a level too low": (only_reads_everywhere, "permissions", "error", "contents: write", "/permissions"),
    "an event too few": (without("events", "discussion"), "permissions", "error", "discussion", "Subscribe"),
    "a permission too many": (
        lambda town: town.app.permissions.update(administration="write"),
        *("permissions", "warning", "administration", "Lower"),
    ),
    "an event too many": (
        lambda town: town.app.events.append("fork"),
        "permissions",
        "warning",
        "fork",
        "Untick",
    ),
    "not installed": (not_installed, "installations", "error", "not installed", "installations/new"),
    "suspended": (suspended, "installations", "error", "suspended", "Unsuspend"),
    "not accepted": (only_reads, "installations", "error", "contents: write", "/permissions/update"),
    "for no repository": (for_none, "installations", "error", "no repository", "Select"),
    "two secrets": (other_secret, "deliveries", "error", "HTTP 401", "WEBHOOK_SECRET"),
    "lost once": (lost_once, "deliveries", "warning", "1 of the last 3", "/advanced"),
}
"""By name: how the setup is broken, check and level of the finding, a word of it, and one of its cure."""


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
    assert {line.split()[0] for line in result.output.splitlines()} == {"ok"}
    assert {line.split()[1].rstrip(":") for line in result.output.splitlines()} == {it.key for it in CHECKS}


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


@pytest.mark.parametrize("name", [None, *BROKEN])
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
