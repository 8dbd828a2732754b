"""Look, plan, apply, until nothing is left to do. The one way through the house.

The answers of the writes are folded into the snapshot and the plan is made again from that, without a new
look: so a first publication is one query and two batches. Any doubt (a lost answer, a branch that moved, a
read that lags) raises, and leads to a new look later. Nothing is ever sent twice.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from bot import config
from bot.apology import apologise, asks
from bot.github import publish, snapshot
from bot.github.app import App
from bot.github.errors import Gone
from bot.github.hints import Hints
from bot.inspection.configuration import check_of
from bot.model import Archive, ConfigLook, Look, Plan, Snapshot, Text
from bot.plan import make_plan
from bot.service.clock import Clock
from bot.service.retry import Lagging, Restless

log = structlog.get_logger()

ROUNDS = 12
"""Plans at most: three batches show, publish and announce, four times facts may be wanted first (a link, the
configuration, roles, the shape), the others are room for refusals."""

Witness = Callable[[Look, Snapshot, Plan], None]
"""Is told of each plan before it is applied; the demo shows them."""


async def reconcile(
    look: Look,
    *,
    github: App,
    hints: Hints,
    clock: Clock,
    keys: Sequence[bytes] = (),
    witness: Witness | None = None,
) -> Plan:
    """Look at the source and bring about what should be. Returns the last plan: nothing to do, or look again.

    `keys` hide private sources (see `make_plan`). Raises Lagging, Restless, and what `bot.github.errors`
    lists.
    """
    client = github.client(look.installation)
    seen = await snapshot.read(client, look, hints)
    if is_older(look, seen):
        raise Lagging(f"{look.repository}#{look.number} is not yet as new as {look.as_new_as}")
    for _ in range(ROUNDS):
        plan = await _plan(seen, clock.now(), keys)
        log.info("plan", why=plan.why, steps=[type(step).__name__ for step in plan.steps])
        if plan.wants:
            seen = await snapshot.complete(client, seen, plan.wants, hints)
            continue
        if witness:
            witness(look, seen, plan)
        if not plan.steps:
            return plan
        seen = await publish.apply(client, seen, plan.steps)
    raise Restless(f"{look.repository}#{look.number}: still {plan.why!r} after {ROUNDS} rounds")


async def report(look: Look, error_id: str, *, github: App, hints: Hints) -> None:
    """Say "internal error <id>" where people look."""
    client = github.client(look.installation)
    seen = await snapshot.read(client, look, hints)
    seen = await snapshot.complete(client, seen, await asyncio.to_thread(asks, seen), hints)
    await publish.apply(client, seen, apologise(seen, error_id).steps)


async def check_configuration(look: ConfigLook, *, github: App, hints: Hints) -> None:
    """Say on a commit whether the configuration in it can be read. Raises what `reconcile` raises."""
    client = github.client(look.installation)
    text = Text(look.commit, config.PATH)
    try:
        repository, found = await snapshot.file(client, look.repository, text, hints)
    except Gone:
        return
    if found is None:  # deleted, or not text: then there is none
        return
    mistakes = await asyncio.to_thread(config.check, found, repository.name)
    seen = Snapshot(None, repository.name, Archive(repository))
    done = await publish.apply(client, seen, [check_of(look.commit, mistakes)])
    log.info("configuration", mistakes=len(mistakes), refused=[no.message for no in done.refusals])


def is_older(look: Look, seen: Snapshot) -> bool:
    """Tell whether the snapshot is older than the event that led to it; a source not yet there is, too.

    Reads right after an event may show the state before it, or 404 (Prow and bedevere sleep a second for it).
    """
    if look.as_new_as is None:
        return False
    return seen.source is None or seen.source.updated_at < look.as_new_as


async def _plan(seen: Snapshot, now: datetime, keys: Sequence[bytes]) -> Plan:
    # pure but not instant: 65,536 characters of hostile Markdown take seconds, and webhooks must be answered
    return await asyncio.to_thread(make_plan, seen, now, keys)
