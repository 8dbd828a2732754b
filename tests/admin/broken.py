"""Ways in which a setup is broken, each with what `minutes-bot doctor` must find."""

import base64
from datetime import timedelta

from aiohttp import web
from aiohttp.test_utils import TestServer

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


async def private_notes(town):
    town.simulator.world.repository(*SOURCE.split("/")).private = True


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
    "private notes": (private_notes, "repositories", "warning", "is private", "allow_private_sources:"),
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
