"""The handler of jobs: does the request of a job, and returns the jobs that follow, also after a failure."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.github.access import Access
from bot.github.errors import GitHubError
from bot.github.hints import Hints
from bot.model import (
    AnyRequest,
    AppRequest,
    ArchiveRequest,
    CalendarRequest,
    ConfigCheckRequest,
    FilesRequest,
    InstallationRequest,
    LinksRequest,
    PadsRequest,
    Plan,
    ReconcileRequest,
    Snapshot,
    UninstallRequest,
)
from bot.model.clock import Clock
from bot.pads.reader import PadReader
from bot.planning.chain import outdated
from bot.planning.link_repairs import is_unproposed
from bot.planning.meeting_day import outlook
from bot.service import events, pad_jobs, retry
from bot.service.job import Job
from bot.service.lag import MOST_BEHIND, Superseded
from bot.service.metrics import Metrics
from bot.service.not_notes import FORGETS, NotNotes
from bot.service.reconcile import (
    OnPlan,
    Reconciled,
    Settled,
    check_configuration,
    check_files,
    reconcile,
    report,
)
from bot.service.seen import Seen
from bot.state import PullState, find_state

log = structlog.get_logger()


@dataclass
class Work:
    """The function that does the jobs of the queue, called with one at a time. It does not need the queue."""

    github: Access
    hints: Hints
    clock: Clock
    metrics: Metrics
    on_plan: OnPlan | None = None
    keys: tuple[bytes, ...] = ()
    not_notes: NotNotes | None = None
    pads: PadReader | None = None
    """None: pads are read as by a service, on the public internet."""
    seen: Seen | None = None
    """What remembers the calendars for the status page."""
    on_error: Callable[[Job, Exception], None] | None = None
    """A callback that gets each error with which a job failed, also before it is tried again."""
    superseded: Superseded = field(init=False)
    _pads: PadReader = field(init=False)

    def __post_init__(self) -> None:
        self.superseded = Superseded(self.clock)
        self._pads = self.pads or PadReader(self.clock)

    async def __call__(self, job: Job) -> Sequence[Job]:
        """Do a job, and return the jobs that follow it, a retry among them.

        Raises GivenUp if it failed and is not tried again, and nothing else.
        """
        with structlog.contextvars.bound_contextvars(delivery=job.delivery, source=job.subject):
            try:
                following = await self._do(replace(job, error=""))
            except Exception as error:
                return await self._failed(job, error)
            self.metrics.jobs.labels("later" if following else "done").inc()
            return following

    async def _do(self, job: Job) -> Sequence[Job]:
        match job.request:
            case AppRequest():
                found: Sequence[AnyRequest] = [*map(InstallationRequest, await self.github.installations())]
                return self._now(job, found)
            case InstallationRequest(installation):
                self.github.renew_token(installation)
                return self._now(job, await self._what_waits(installation))
            case UninstallRequest(installation):
                if self.seen:
                    self.seen.forget_calendars(installation)
                return ()  # the queue deletes the delayed jobs
            case ConfigCheckRequest() as request:
                now = self.clock.now()
                await check_configuration(request, github=self.github, hints=self.hints, now=now)
                return ()
            case CalendarRequest(installation) as request:
                settled = await self._reconcile(request)
                await self._remember(installation, settled.seen)
                archive = settled.seen.archive  # it may have another name by now
                now_at = CalendarRequest(
                    installation, archive.repository.name if archive else request.repository
                )
                following = self._later(replace(job, request=now_at), settled.plan.look_again)
                # a push changed the configuration: what is notes by it may have had its label before
                swept = [Job(InstallationRequest(installation), job.delivery, due=self._when_forgotten())]
                return [*following, *(swept if request.head else ())]
            case FilesRequest() as request:
                await check_files(request, github=self.github, hints=self.hints, on_plan=self._see)
                return ()
            case PadsRequest() as request:
                return await pad_jobs.look(job, request, self._pads, self.clock.now())
            case LinksRequest() as request:
                settled = await self._reconcile(request)
                return self._successors(job, settled)
            case ReconcileRequest() as request:
                return await self._reconcile_source(job, request)

    async def _remember(self, installation: int, found: Snapshot) -> None:
        """Remember the calendar of an archive for the status page."""
        if self.seen and found.archive:
            series = await asyncio.to_thread(outlook, found, self.clock.now())
            self.seen.add_calendar(installation, found.archive.repository, series)

    async def _reconcile_source(self, job: Job, request: ReconcileRequest) -> Sequence[Job]:
        settled = await self._reconcile(request)
        if self.not_notes:
            self.not_notes.learn(settled.seen)
        check = self.clock.now() + MOST_BEHIND
        again = settled.plan.look_again
        later = self._successors(job, settled) if settled.has_written else []
        later += pad_jobs.later(job, settled.seen, self.clock.now())
        if _is_merged(settled, request.pull) and is_unproposed(settled.seen):
            later += self._now(job, [LinksRequest(request.installation, settled.seen.archive_name)])
        if settled.has_written and not job.checks and (again is None or again > check):
            return [replace(job, attempt=0, due=check, checks=True), *later]
        return [*self._later(job, again), *later]

    def _successors(self, job: Job, settled: Settled) -> list[Job]:
        """Return jobs for open minutes that link others than the previous ones, now that `job` is done."""
        archive, done = settled.seen.archive, job.request
        if archive is None:
            return []
        found = (
            source
            for state in outdated(settled.seen)
            for source in events.source_of(state, archive.repository.name, done.installation)
            if not isinstance(done, ReconcileRequest)
            or (source.repository, source.number) != (done.repository, done.number)
        )
        return self._now(job, list(dict.fromkeys(found)))

    async def _what_waits(self, installation: int) -> Sequence[AnyRequest]:
        """Return the requests for what may be due: calendars, labelled notes, minutes that are not merged."""
        found = await self.github.survey(installation)
        requests: list[AnyRequest] = [CalendarRequest(installation, archive) for archive in found.calendars]
        if found.account:
            left = await self.github.unfinished(installation, found.account, found.labels)
            requests += [ReconcileRequest(installation, *source) for source in left.sources]
            for archive, body in left.pulls:
                requests += events.source_of(find_state(body, PullState), archive, installation)
        return list(dict.fromkeys(requests))

    async def _reconcile(self, request: Reconciled) -> Settled:
        return await reconcile(
            request,
            github=self.github,
            hints=self.hints,
            clock=self.clock,
            superseded=self.superseded,
            pads=self._pads,
            keys=self.keys,
            on_plan=self._see,
        )

    def _when_forgotten(self) -> datetime:
        """Return when the entries of all replicas' caches (`NotNotes`) made before now have expired."""
        return self.clock.now() + FORGETS + timedelta(minutes=1)

    def _see(self, request: ReconcileRequest | ArchiveRequest, seen: Snapshot, plan: Plan) -> None:
        """Count failures of the normaliser, and call `on_plan`."""
        if plan.fell_back and plan.steps:
            self.metrics.fell_back.inc()
            log.error("the normaliser failed; the notes stay as typed")
        if self.on_plan:
            self.on_plan(request, seen, plan)

    def _now(self, job: Job, requests: Sequence[AnyRequest]) -> list[Job]:
        """Return a job for each request, due at once."""
        if requests:
            log.info("found", requests=len(requests))
        return [Job(request, job.delivery, due=self.clock.now()) for request in requests]

    def _later(self, job: Job, again: datetime | None) -> Sequence[Job]:
        if again is None:
            return ()
        now = self.clock.now()
        # a plan may ask for the next look at once, for ever: when GitHub refuses a step, say
        pause = timedelta(minutes=1) if isinstance(job.request, CalendarRequest) else timedelta(seconds=1)
        return [replace(job, attempt=0, due=again if again > now else now + pause, checks=False)]

    async def _failed(self, job: Job, error: Exception) -> Sequence[Job]:
        if self.on_error:
            self.on_error(job, error)
        again = retry.after(error, job, self.clock.now())
        if again:
            self.metrics.jobs.labels("again").inc()
            ours = not isinstance(error, GitHubError | retry.Lagging)
            log.warning(
                "again", error=repr(error), attempt=again.attempt, due=str(again.due), exc_info=ours and error
            )
            return [again]
        self.metrics.jobs.labels("failed").inc()
        log.error("failed", exc_info=error, attempts=job.attempt)
        if isinstance(job.request, ReconcileRequest):  # the other requests have no status comment
            try:
                await report(job.request, job.delivery, github=self.github, hints=self.hints)
            except Exception as also:  # the log has it; there is no other way to report it
                log.error("not reported", error=repr(also))
        raise retry.GivenUp(retry.in_words(error))


def _is_merged(settled: Settled, number: int | None) -> bool:
    """Return whether the pull request that an event was about is merged; False where it was about none."""
    pulls = settled.seen.archive.pulls if settled.seen.archive and number else ()
    return any(pull.number == number and pull.state == "merged" for pull in pulls)
