"""The reconcile loop: look, plan, apply, until a plan has no steps. Sources and archives go through it.

The answers of the writes are folded into the snapshot, and the next plan is made from that without a new
look: so a first publication is one query and two batches. A lost answer, a branch that moved or a lagging
read raises an exception, and the job looks again later. No write is sent twice.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import structlog

from bot import config
from bot.archive.inspection.configuration import check_of
from bot.github import read_snapshot
from bot.github.access import Access
from bot.github.apply import apply
from bot.github.client import Client
from bot.github.errors import GitHubError, Gone
from bot.github.hints import Hints
from bot.model import (
    Archive,
    CalendarRequest,
    ConfigCheckRequest,
    FileRef,
    FilesRequest,
    LinksRequest,
    MissingFacts,
    PadRef,
    Plan,
    ReconcileRequest,
    Snapshot,
)
from bot.model.clock import Clock
from bot.pads.reader import PadReader
from bot.planning import internal_error, pushed_files
from bot.planning.in_force import is_kept
from bot.planning.link_repairs import mend_links
from bot.planning.meeting_day import due
from bot.planning.plan import make_plan
from bot.service.lag import Superseded
from bot.service.pushes import may_be_minutes
from bot.service.retry import Lagging, NotConverging

log = structlog.get_logger()

ROUNDS = 12
TEMPLATES = 5  # of so many templates it is looked whether they are there
"""The most plans for one request: three batches show that commands were read, publish and announce, the
others allow for refusals. Also how often one plan may need further facts: a link, the configuration, roles,
the template."""

Reconciled = ReconcileRequest | CalendarRequest | LinksRequest
"""The requests for which plans are made until one has no steps."""
OnPlan = Callable[[Reconciled | FilesRequest, Snapshot, Plan], None]
"""A callback that gets each plan before it is applied; the demo prints them."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The result of reconciling a source or an archive, once nothing more is to be done for now.

    `plan` is the last plan, which has no steps, `seen` the snapshot that it was made of.
    """

    plan: Plan
    seen: Snapshot
    has_written: bool
    """Whether a write changed the source or the archive."""


async def reconcile(
    request: Reconciled,
    *,
    github: Access,
    hints: Hints,
    clock: Clock,
    superseded: Superseded,
    pads: PadReader,
    keys: Sequence[bytes] = (),
    on_plan: OnPlan | None = None,
) -> Settled:
    """Bring a source's minutes, or what an archive needs as a whole, up to date; return the last plan.

    `hints` is the cache of GitHub, `superseded` recognises answers that are behind, `pads` reads pads with
    notes, `keys` make the pseudonyms of private sources, `on_plan` gets each plan before it is applied.
    Raises Lagging, NotConverging, and what `bot.github.errors` lists.
    """
    client = github.client(request.installation)
    seen = await _read(client, request, hints)
    if superseded.is_behind(seen):
        raise Lagging(f"{request.repository} is shown as it was before")
    superseded.note(seen)
    has_written = False
    for _ in range(ROUNDS):
        decide = partial(_decide, request, now=clock.now(), keys=keys)
        seen, plan = await _plan(client, seen, hints, decide, pads)
        log.info("plan", why=plan.why, steps=[type(step).__name__ for step in plan.steps])
        if on_plan:
            on_plan(request, seen, plan)
        if not plan.steps:
            read_snapshot.remember(seen, request, hints)
            return Settled(plan, seen, has_written)
        before, seen = seen, await apply(client, seen, plan.steps)
        _log_writes(before, seen)
        has_written |= (before.source, before.archive) != (seen.source, seen.archive)  # not all was refused
        superseded.note(seen)
    raise NotConverging(f"{request}: still {plan.why!r} after {ROUNDS} rounds")


async def look(
    request: Reconciled, *, github: Access, hints: Hints, clock: Clock, keys: Sequence[bytes] = ()
) -> tuple[Snapshot, Plan]:
    """Return how things stand and the plan for it, of which nothing is applied.

    Raises NotConverging, and what `bot.github.errors` lists.
    """
    client = github.client(request.installation)
    seen = await _read(client, request, hints)
    decide = partial(_decide, request, now=clock.now(), keys=keys)
    return await _plan(client, seen, hints, decide, PadReader(clock))


async def report(request: ReconcileRequest, error_id: str, *, github: Access, hints: Hints) -> None:
    """Write "internal error <error_id>" into the bot's status comment on the source of a request.

    `hints` is the cache of GitHub. Raises NotConverging, and what `bot.github.errors` lists.
    """
    client = github.client(request.installation)
    try:
        seen = await read_snapshot.read(client, request, hints)
    except GitHubError:  # it may be what failed
        seen = await read_snapshot.read_source(client, request, hints)
    seen, plan = await _plan(client, seen, hints, partial(internal_error.report, error_id=error_id))
    await apply(client, seen, plan.steps)


async def check_configuration(
    request: ConfigCheckRequest, *, github: Access, hints: Hints, now: datetime
) -> None:
    """Create a check run that says whether the configuration in the commit of a request is valid.

    `hints` is the cache of GitHub; some remarks depend on the time `now`. Nothing is done for a commit
    without a configuration. Raises what `bot.github.errors` lists.
    """
    client = github.client(request.installation)
    text = FileRef(request.commit, config.PATH)
    try:
        repository, found = await read_snapshot.file(client, request.repository, text, hints)
    except Gone:
        return
    if found is None:  # deleted, or not text: there is no configuration to check
        return
    mistakes = await asyncio.to_thread(config.check, found, repository.name)
    there = await _templates_there(client, request, () if mistakes else config.templates(found), hints)
    remarks = await asyncio.to_thread(config.remarks, found, now, there.__contains__)
    seen = Snapshot(None, repository.name, Archive(repository))
    done = await apply(client, seen, [check_of(request.commit, mistakes, remarks)])
    log.info("configuration", mistakes=len(mistakes), refused=[no.message for no in done.refusals])


async def check_files(
    request: FilesRequest, *, github: Access, hints: Hints, on_plan: OnPlan | None = None
) -> None:
    """Create a check run about minutes that people pushed, or commit what needs no person to be corrected.

    `hints` is the cache of GitHub, `on_plan` gets the plan before it is applied. Raises NotConverging, and
    what `bot.github.errors` lists.
    """
    client = github.client(request.installation)
    seen = await read_snapshot.read_archive(client, request, hints)
    if request.pull is not None:
        if seen.archive is None or not is_kept(seen.archive):
            return
        changed = await read_snapshot.files_of_pull(client, request.repository, request.pull)
        request = replace(request, paths=may_be_minutes(changed))
    seen, plan = await _plan(client, seen, hints, partial(pushed_files.check_files, request=request))
    log.info("plan", why=plan.why, steps=[type(step).__name__ for step in plan.steps])
    if on_plan:
        on_plan(request, seen, plan)
    _log_writes(seen, await apply(client, seen, plan.steps))


def _log_writes(before: Snapshot, after: Snapshot) -> None:
    """Log the addresses of the pull requests that the bot opened or changed, and what GitHub refused."""
    known = before.archive.pulls if before.archive else ()
    numbers = {pull.number for pull in known}
    new = [pull for pull in after.archive.pulls if pull not in known] if after.archive else []
    for pull in new:
        log.info("changed" if pull.number in numbers else "opened", pull=pull.url)
    if no := after.refusals[len(before.refusals) :]:
        log.warning("refused", refused=[each.message for each in no])


async def _templates_there(
    client: Client, request: ConfigCheckRequest, paths: Sequence[str], hints: Hints
) -> frozenset[str]:
    """Return those of the paths at which there is a text in the commit of a request."""
    found = set(paths[TEMPLATES:])  # more are not asked for
    for path in paths[:TEMPLATES]:
        _, text = await read_snapshot.file(client, request.repository, FileRef(request.commit, path), hints)
        found |= {path} if text is not None else set()
    return frozenset(found)


def is_older(request: ReconcileRequest, seen: Snapshot) -> bool:
    """Return whether a snapshot is older than the webhook event of a request, or lacks what that is about.

    Reads right after an event may show the state before it, or 404 (Prow and bedevere sleep a second for it).
    """
    source, pulls = seen.source, seen.archive.pulls if seen.archive else ()
    if request.as_new_as and (source is None or source.updated_at < request.as_new_as):
        return True
    if request.pull_as_new_as is None or source is None or seen.archive is None:
        return False
    pull = next((each for each in pulls if each.number == request.pull), None)
    return pull is None or pull.updated_at is None or pull.updated_at < request.pull_as_new_as


async def _read(client: Client, request: Reconciled, hints: Hints) -> Snapshot:
    if isinstance(request, ReconcileRequest):
        return await _read_source(client, request, hints)
    return await _read_archive(client, request, hints)


async def _read_source(client: Client, request: ReconcileRequest, hints: Hints) -> Snapshot:
    seen = await read_snapshot.read(client, request, hints)
    if is_older(request, seen):
        raise Lagging(f"{request.repository}#{request.number} is not yet as new as {request.as_new_as}")
    return seen


async def _read_archive(client: Client, request: CalendarRequest | LinksRequest, hints: Hints) -> Snapshot:
    """Return the snapshot for an archive as a whole.

    Raises Gone when the archive cannot be read, so that the job is tried again, and Lagging when the default
    branch is not at the commit of the push.
    """
    seen = await read_snapshot.read_archive(client, request, hints)
    if seen.archive is None:
        raise Gone(f"{request.repository} cannot be read")
    if request.head not in (None, seen.archive.repository.head):
        raise Lagging(f"{request.repository} is not yet, or no longer, at {request.head}")
    return seen


async def _plan(
    client: Client,
    seen: Snapshot,
    hints: Hints,
    decide: Callable[[Snapshot], Plan],
    pads: PadReader | None = None,
) -> tuple[Snapshot, Plan]:
    """Return a snapshot completed with the facts that its plan needs, and the plan.

    Only plans for sources need `pads`.

    Raises NotConverging when facts are still needed after `ROUNDS` reads.
    """
    for _ in range(ROUNDS):
        try:
            # pure but not instant: 65,536 characters of hostile Markdown take seconds, and webhooks must be
            # answered meanwhile
            return seen, await asyncio.to_thread(decide, seen)
        except MissingFacts as missing:
            log.info("read", why=missing.why, facts=len(missing.facts))
            refs = [fact for fact in missing.facts if isinstance(fact, PadRef)]
            if pads and refs:
                found = {ref: await pads.read(ref) for ref in refs}
                seen = replace(seen, asked=seen.asked | set(refs), pads={**seen.pads, **found})
            others = [fact for fact in missing.facts if fact not in refs]
            seen = await read_snapshot.complete(client, seen, others, hints) if others else seen
    raise NotConverging(f"a plan still needs facts after {ROUNDS} rounds")


def _decide(request: Reconciled, seen: Snapshot, *, now: datetime, keys: Sequence[bytes]) -> Plan:
    match request:
        case CalendarRequest():
            return due(seen, now)
        case LinksRequest():
            return mend_links(seen)
        case ReconcileRequest():
            return make_plan(seen, now, keys)
