"""A worker without the engine: a town, the code that does jobs, and what it was told to do."""

from collections.abc import Sequence

import aiohttp

from bot.github.app import App
from bot.github.hints import Hints
from bot.model import AnyRequest, CalendarRequest, Plan, ReconcileRequest, Snapshot
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.retry import GivenUp
from bot.service.work import Work
from github_simulator.state import Issue
from tests.service.town import SOURCE, Town


class Bench:
    """A town, a worker without engine, and what it was told to do."""

    def __init__(self, town: Town, session: aiohttp.ClientSession) -> None:
        self.town = town
        self.session = session
        self.plans: list[Plan] = []
        self.checks: list[Job] = []
        self.hints = Hints(town.github.clock)
        self.metrics = Metrics()

    def work(self) -> Work:
        town = self.town
        app = App(
            self.session,
            town.app.id,
            town.app.private_key,
            rest_url=town.github.url,
            graphql_url=f"{town.github.url}/graphql",
            clock=town.github.clock,
            between_writes=0,
        )
        return Work(app, self.hints, town.github.clock, self.metrics, self._on_plan)

    def _on_plan(self, _look: ReconcileRequest | CalendarRequest, _seen: Snapshot, plan: Plan) -> None:
        self.plans.append(plan)

    def request(self, issue: Issue, *, new: bool = True) -> ReconcileRequest:
        (installation,) = self.town.github.world.installations
        return ReconcileRequest(
            installation, SOURCE, issue.number, as_new_as=issue.updated_at if new else None
        )

    async def work_off(self, request: AnyRequest, most: int = 12) -> list[Job]:
        """Do a job and all that follow from it, moving the clock on to each; returns those that followed.

        What only checks what was written stays undone, in `checks`.
        """
        work, following = self.work(), []
        job = Job(request, "a-delivery")
        while (jobs := await self._do(work, job)) and len(following) < most:
            self.checks += [each for each in jobs if each.checks]
            if self.checks and jobs == self.checks[-1:]:
                break
            (job,) = jobs
            following.append(job)
            assert job.due is not None
            self.town.github.clock.set(max(job.due, self.town.github.clock.now()))
        return following

    async def _do(self, work: Work, job: Job) -> Sequence[Job]:
        """Do a job; nothing follows one that is given up."""
        try:
            return await work(job)
        except GivenUp:
            return ()

    def requests(self) -> list[str]:
        """Name what the bot sent, tokens apart."""
        sent = [each for each in self.town.github.requests if "access_tokens" not in each.path]
        return ["+".join(each.steps) or each.operation for each in sent]
