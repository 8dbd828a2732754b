"""Why nothing happens with an issue or a discussion: the bot's own look and plan, without applying it."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from bot import config
from bot.admin.doctor.finding import Finding, error, ok, warning
from bot.github.app import App
from bot.github.errors import GitHubError
from bot.github.hints import Hints
from bot.model import Kind, Plan, ReconcileRequest, Snapshot, Source
from bot.planning.case import Case, read_case
from bot.service.clock import SystemClock
from bot.service.reconcile import look
from bot.service.service import proxy_for
from bot.service.settings import Settings

NAME = re.compile(r"([\w.-]+/[\w.-]+)#(\d{1,9})", re.ASCII)
"""How an issue or a discussion is given: `owner/repo#12`."""
KINDS: Sequence[Kind] = ("issue", "discussion")


@dataclass(frozen=True, slots=True)
class Looked:
    """A source as the bot sees it, what it would do now, and whether it may write to the archive."""

    seen: Snapshot
    plan: Plan
    may_write: bool
    keys: tuple[bytes, ...]


def explain(settings: Settings, repository: str, number: int) -> Finding:
    """Return in one line what the bot does with an issue or a discussion now, or why it does nothing."""
    try:
        looked = asyncio.run(_look(settings, repository, number))
    except GitHubError as failed:
        return error(
            f"{repository}#{number} cannot be read: {failed}", "Run minutes-bot doctor without --source."
        )
    if looked is None:
        return error(
            f"The App is not installed on {repository}.", "Install it there; see minutes-bot doctor."
        )
    return _of(looked, f"{repository}#{number}")


async def _look(settings: Settings, repository: str, number: int) -> Looked | None:
    """Return what the bot sees and would do; None where the App is not installed. Raises GitHubError."""
    clock = SystemClock()
    async with aiohttp.ClientSession(proxy=proxy_for(settings.rest_url)) as session:
        github = App(
            session,
            settings.app_id,
            settings.private_key,
            rest_url=settings.rest_url,
            graphql_url=settings.graphql_url,
            clock=clock,
        )
        installation = await github.installation_on(repository)
        if installation is None:
            return None
        for kind in KINDS:
            request = ReconcileRequest(installation, repository, number, kind)
            seen, plan = await look(
                request, github=github, hints=Hints(clock), clock=clock, keys=settings.keys
            )
            if seen.source is not None:
                break
        # a public archive can be read without being installed there
        may_write = await github.installation_on(seen.archive_name) is not None
        return Looked(seen, plan, may_write, settings.keys)


def _of(looked: Looked, name: str) -> Finding:
    """Return what a plan means for people who wonder why nothing happens."""
    seen, plan = looked.seen, looked.plan
    if seen.source is None:
        return error(f"{name}: {plan.why}.", "Look at its number, and at the permissions of the App.")
    case = read_case(seen, seen.source, looked.keys)
    if plan.why == "not meeting notes" and case.is_stopped:
        return warning(
            f"{name} was stopped by `/minutes stop`.", "Set the label again, or comment `/minutes`."
        )
    if plan.why == "not meeting notes":
        return warning(f"{name} has no label that makes it meeting notes.", _label(case))
    if plan.why == "waiting until quiet" and plan.look_again:
        return ok(f"{name} waits until nobody has edited it for a while: {plan.look_again:%H:%M} UTC.")
    if plan.why.startswith("started by nobody with write access"):
        return _started_by_nobody(case, seen.source, name, plan.why)
    if not looked.may_write:
        return error(
            f"The minutes of {name} belong to {seen.archive_name}, where the App is not installed.",
            f"Install it there, or name another archive by `archive: owner/name` in {config.PATH}.",
        )
    status, _, detail = plan.why.removeprefix("say: ").partition(" ")
    if plan.why.startswith("say: ") and status in NEEDS_PEOPLE:
        where = "It stands in the bot's comment there."
        return warning(f"{name} {NEEDS_PEOPLE[status]}{f' ({detail})' if detail else ''}.", where)
    if plan.steps and not plan.why.startswith("say: "):
        return warning(
            f"{name}: the bot would now {plan.why}.",
            "If nothing happens in a minute, the bot is down or hears of nothing: run minutes-bot doctor.",
        )
    pull = f"; see {case.pull.url}" if case.pull else ""
    return ok(f"{name}: {plan.why.removeprefix('say: ')}{pull}.")


NEEDS_PEOPLE = {
    "question": "has a question open",
    "conflict": "has a conflict between notes and minutes",
    "needs-approval": "waits for somebody with write access to approve the notes",
    "refused": "cannot become minutes, since GitHub refused something",
    "stopped": "was stopped",
    "closed": "has a pull request that people closed, so it stays closed; `/minutes` opens another",
}
"""Statuses in which nothing happens until people do something."""


def _label(case: Case) -> str:
    wanted = ", ".join(case.settings.labels)
    return f"Somebody with write access sets the label {wanted}, or comments `/minutes`."


def _started_by_nobody(case: Case, source: Source, name: str, why: str) -> Finding:
    """Return who set the label without the right to, with their roles."""
    starters = dict.fromkeys(login or "a deleted user" for login, _ in case.starters)
    shown = ", ".join(f"{login} ({case.role(login) or 'role unknown'})" for login in starters)
    more = f" {lacking}" if (lacking := why.partition(", ")[2]) else ""
    return warning(
        f"{name} was labelled by people without write access to {source.repository.name}: {shown}.{more}",
        _label(case),
    )
