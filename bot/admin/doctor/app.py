"""Checks of the App itself: its key, the clock, its webhook, and what became of the deliveries."""

import asyncio
import ipaddress
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from github import GithubException

from bot import manifest
from bot.admin.doctor.context import Context
from bot.admin.doctor.finding import Finding, error, ok, warning
from bot.admin.hub import sign_in

MOST_APART = 60  # seconds; a JWT says that it was made a minute ago, and GitHub refuses one of the future
PATIENCE = 10  # seconds, as long as GitHub waits for the answer to a delivery
MOST_READ = 10_000  # bytes of the answer of /healthz


def check_github(context: Context) -> Iterator[Finding]:
    """Yield whether GitHub can be reached, the clock is right, and key and App ID belong together."""
    url = context.settings.rest_url
    now = datetime.now(UTC)
    try:
        headers, _ = sign_in(None, url).requester.requestJsonAndCheck("GET", "/")
    except GithubException as answer:  # a server that wants to know who asks; its clock is in the answer too
        headers = answer.headers or {}
    except OSError as failed:
        yield error(
            f"GitHub cannot be reached at {url} ({type(failed).__name__}).",
            "Look at GITHUB_REST_URL, at the network, and at HTTPS_PROXY if there is a proxy.",
        )
        return
    yield ok(f"GitHub answers at {url}.")
    yield _clock({key.lower(): value for key, value in headers.items()}.get("date"), now)
    try:
        app = context.app
    except GithubException as refused:
        yield _refused(refused)
        return
    yield ok(f"App ID and private key belong to the App {app['slug']}.")


def _clock(date: str | None, now: datetime) -> Finding:
    if not date:
        return warning("The answer of GitHub has no date.", "See yourself that the clock here is right.")
    apart = round((now - parsedate_to_datetime(date)).total_seconds())
    if abs(apart) >= MOST_APART:
        way = "ahead of" if apart > 0 else "behind"
        return error(
            f"The clock here is {abs(apart)} s {way} GitHub's.",
            "Set the clock, best by NTP (timedatectl set-ntp true): GitHub refuses signatures of "
            "another time.",
        )
    return ok("The clock here is right.")


def _refused(refused: GithubException) -> Finding:
    """Return what GitHub's refusal of the App's JWT means."""
    said = str(refused.data.get("message", "")) if isinstance(refused.data, dict) else ""
    if "ntegration not found" in said or refused.status == 404:
        return error(
            "GitHub knows no App with this App ID.",
            "Set GITHUB_APP_ID to the App ID at the top of the App's settings page, which is neither its "
            "client ID nor the id of an installation.",
        )
    if "'iat'" in said or "'exp'" in said:
        return error("GitHub refuses the time of the signature.", "Set the clock of this machine.")
    if refused.status == 401:
        return error(
            "The private key does not belong to the App with this App ID.",
            "On the App's settings page take the App ID for GITHUB_APP_ID, click Generate a private key, and "
            "set GITHUB_PRIVATE_KEY or GITHUB_PRIVATE_KEY_FILE to the file.",
        )
    return error(f"GitHub answered {refused.status} {said}.", "Run this again later; see githubstatus.com.")


def check_webhook(context: Context) -> Iterator[Finding]:
    """Yield what is wrong with the App's webhook, and whether the bot answers at its address."""
    page = context.settings_page
    try:
        hook = context.hook
    except GithubException as missing:
        if missing.status != 404:
            raise
        hook = {}
    url = str(hook.get("url") or "")
    if not url:
        yield error(
            "The App has no webhook.", f"At {page} tick Active, and give https://<your host>/webhook."
        )
        return
    yield from _address(url, context.settings.rest_url, page)
    if not hook.get("secret"):
        yield error(
            "The webhook has no secret, so the bot refuses every delivery.",
            f"At {page} set Webhook secret to the value of WEBHOOK_SECRET.",
        )
    else:
        yield ok("The webhook has a secret. (GitHub does not show whether it is the same as WEBHOOK_SECRET.)")
    if (kind := hook.get("content_type", "json")) != "json":
        yield error(
            f"The webhook sends {kind}, and the bot reads JSON only.",
            f"At {page} set Content type to application/json.",
        )
    if str(hook.get("insecure_ssl", "0")) != "0":
        yield error(
            "The webhook does not verify the certificate of the bot.", f"At {page} enable SSL verification."
        )


def _address(url: str, rest_url: str, page: str) -> Iterator[Finding]:
    """Yield what is wrong with the webhook's address, or what the bot answers there."""
    parts = urlsplit(url)
    cure = f"At {page} set Webhook URL to https://<your host>/webhook."
    if url == manifest.load()["hook_attributes"]["url"]:
        yield error(f"The webhook's address {url} is the placeholder of app.yml.", cure)
    elif parts.scheme not in ("https", "http") or not parts.hostname:
        yield error(f"The webhook's address {url} is no address of a website.", cure)
    elif is_local(parts.hostname) and not is_local(urlsplit(rest_url).hostname or ""):
        yield error(f"GitHub cannot reach {parts.hostname}, which is only known here.", cure)
    elif not parts.path.endswith("/webhook"):
        yield error(f"The webhook's address {url} does not end in /webhook, where the bot listens.", cure)
    else:
        if parts.scheme == "http" and not is_local(parts.hostname):
            yield warning(f"The webhook's address {url} is not encrypted.", cure)
        yield _health(parts._replace(path=parts.path.removesuffix("webhook") + "healthz", query="").geturl())


def is_local(host: str) -> bool:
    """Return whether a host name or address is only known on this machine or in its network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".localhost", ".local", ".internal"))


def _health(url: str) -> Finding:
    """Return whether the bot answers at the address of its page /healthz."""
    start = "Start the bot (minutes-bot serve) there, and look at name, port, certificate and firewall."
    try:
        status, body = asyncio.run(_answer(url))
    except (aiohttp.ClientError, OSError) as failed:  # TimeoutError is an OSError
        return error(f"Nothing answers at {url} within {PATIENCE} s ({type(failed).__name__}).", start)
    if 300 <= status < 400:
        return error(
            f"{url} leads elsewhere (HTTP {status}), and GitHub does not follow.",
            "Set Webhook URL to the address to which it leads.",
        )
    if not _is_bot(body):
        return error(f"At {url} another program than the bot answers (HTTP {status}).", start)
    if status != 200:
        return error(f"The bot answers at {url}, and its database does not.", "Look at DATABASE_URL there.")
    return ok(f"The bot answers at {url}.")


async def _answer(url: str) -> tuple[int, bytes]:
    """Return status and beginning of the answer, within `PATIENCE`; as GitHub does, follow no redirect."""
    within = aiohttp.ClientTimeout(total=PATIENCE)
    async with (
        aiohttp.ClientSession(timeout=within, trust_env=True) as session,
        session.get(url, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.content.read(MOST_READ)


def _is_bot(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except ValueError:
        return False
    return isinstance(answer, dict) and "alive" in answer


CURES = {
    401: "Set Webhook secret in the App's settings and WEBHOOK_SECRET of the bot to the same text.",
    404: "Webhook URL must end in /webhook: correct it in the App's settings.",
    503: "The bot's database was away: look at DATABASE_URL and at its log.",
}
"""What helps against the status with which deliveries failed; see `bot.service.delivery`."""


def check_deliveries(context: Context) -> Iterator[Finding]:
    """Yield how many of the last deliveries never arrived, and with which status."""
    attempts = context.deliveries
    arrived = {each["guid"] for each in attempts if 200 <= int(each["status_code"]) < 300}
    failed = {each["guid"]: each for each in reversed(attempts) if each["guid"] not in arrived}
    if not failed:
        yield ok(f"No delivery of the last {len(arrived)} is lost." if arrived else "No deliveries yet.")
        return
    codes = Counter((int(each["status_code"]), str(each["status"])) for each in failed.values())
    shown = ", ".join(f"{count} with {_status(*code)}" for code, count in codes.most_common())
    cure = CURES.get(
        codes.most_common(1)[0][0][0], "Start the bot; it asks for lost deliveries of three days again."
    )
    total = len(failed) + len(arrived)
    say = error if not 200 <= int(attempts[0]["status_code"]) < 300 else warning
    yield say(
        f"{len(failed)} of the last {total} deliveries did not arrive: {shown}.",
        f"{cure} Each is listed at {context.settings_page}/advanced.",
    )


def _status(code: int, words: str) -> str:
    return f"HTTP {code}" if code else words
