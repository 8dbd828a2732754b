"""What a job does: reconcile a source or check a configuration, and say what follows, also of a failure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.github.app import App
from bot.github.hints import Hints
from bot.model import ConfigLook, Look, Plan, Snapshot
from bot.service import retry
from bot.service.clock import Clock
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.reconcile import Witness, check_configuration, reconcile, report

log = structlog.get_logger()


@dataclass(frozen=True)
class Work:
    """Does jobs, one call each. Also without the engine: a job is all it needs."""

    github: App
    hints: Hints
    clock: Clock
    metrics: Metrics
    witness: Witness | None = None
    keys: tuple[bytes, ...] = ()

    async def __call__(self, job: Job) -> Job | None:
        """Do the job. Returns the job that shall follow it later, or None. Raises nothing."""
        with structlog.contextvars.bound_contextvars(delivery=job.delivery, source=job.subject):
            try:
                again = await self._look(job.look)
            except Exception as error:
                return await self._failed(job, error)
            self.metrics.jobs.labels("later" if again else "done").inc()
            return self._later(job, again)

    async def _look(self, look: Look | ConfigLook) -> datetime | None:
        """Look, plan and apply; tell when to look again."""
        if isinstance(look, ConfigLook):
            await check_configuration(look, github=self.github, hints=self.hints)
            return None
        plan = await reconcile(
            look,
            github=self.github,
            hints=self.hints,
            clock=self.clock,
            keys=self.keys,
            witness=self._see,
        )
        return plan.look_again

    def _see(self, look: Look, seen: Snapshot, plan: Plan) -> None:
        """Count our faults, and tell the witness."""
        if plan.caught and plan.steps:
            self.metrics.caught.inc()
            log.error("the normaliser failed; the notes stay as typed")
        if self.witness:
            self.witness(look, seen, plan)

    def _later(self, job: Job, again: datetime | None) -> Job | None:
        if again is None:
            return None
        soonest = self.clock.now() + timedelta(seconds=1)  # a plan that wants to be asked at once, for ever
        return replace(job, attempt=0, due=max(again, soonest))

    async def _failed(self, job: Job, error: Exception) -> Job | None:
        again = retry.after(error, job, self.clock.now())
        if again:
            self.metrics.jobs.labels("again").inc()
            log.warning("again", error=repr(error), attempt=again.attempt, due=str(again.due))
            return again
        self.metrics.jobs.labels("failed").inc()
        log.error("failed", exc_info=error, attempts=job.attempt)
        if isinstance(job.look, ConfigLook):  # nobody waits for a word there
            return None
        try:
            await report(job.look, job.delivery, github=self.github, hints=self.hints)
        except Exception as also:  # it is in the log; there is nobody left to tell
            log.error("not reported", error=repr(also))
        return None
