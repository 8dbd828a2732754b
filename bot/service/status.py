"""The pages for people: `/`, which says that the bot runs, and `/status`, which shows its operator more.

A failed job can be queued anew there. The jobs are those of all replicas; deliveries, installations and rate
limits are those that this process has seen.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from aiohttp import web

from bot import __version__
from bot.github.limits import RateLimit
from bot.model import CalendarRequest
from bot.model.clock import Clock
from bot.service.operator import CHALLENGE, Operator
from bot.service.pages import page_of, templates_of
from bot.service.records import LEFT, NotPossible, Record, Records, State, in_words
from bot.service.seen import Seen

log = structlog.get_logger()

TEMPLATES = templates_of("bot.service")
TEMPLATES.filters["in_words"] = in_words
ORDER = (State.FAILED, State.RUNNING, State.QUEUED, State.WAITING)
"""The states in the order in which people want to see them."""
MOST_JOBS = 100
"""How many jobs the page lists in one table."""

RateLimits = Mapping[int | None, Sequence[RateLimit]]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check of the set-up found: `level` is ok, warning or error, `cure` what to do."""

    check: str
    level: str
    message: str
    cure: str = ""


class Status:
    """The status of the running bot: its pages, and what `/healthz?verbose` adds."""

    def __init__(
        self,
        records: Records,
        seen: Seen,
        clock: Clock,
        operator: Operator,
        rate_limits: Callable[[], RateLimits],
        app_page: Callable[[], str],
    ) -> None:
        """`app_page` returns the URL of the App's page on GitHub; empty if it is not known."""
        self.checks: Sequence[CheckResult] | None = None
        """The results of the checks of the set-up; None if they were not made, or not yet."""
        self._records = records
        self._seen = seen
        self._clock = clock
        self._operator = operator
        self._rate_limits = rate_limits
        self._app_page = app_page

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the pages."""
        return [
            web.get("/", self.front),
            web.get("/status", self.show),
            web.post("/status/retry", self.retry),
        ]

    async def details(self, request: web.Request) -> Mapping[str, object]:
        """Return what `/healthz?verbose` adds: jobs by state, and the checks' results if there are any.

        Only the operator is told what the checks say: it may name what is private.
        """
        found: dict[str, object] = {}
        with contextlib.suppress(NotPossible):  # then the queue cannot be reached, which is said already
            found["jobs"] = await asyncio.to_thread(self._records.count)
        if self.checks is not None:
            found["checks"] = [
                {"check": each.check, "level": each.level}
                | ({"message": each.message, "cure": each.cure} if self._operator.sends(request) else {})
                for each in self.checks
            ]
        return found

    # -- pages ---------------------------------------------------------------------------------------------

    async def front(self, request: web.Request) -> web.Response:
        """Answer with the status for the operator; for others, that the bot runs."""
        if self._operator.sends(request):
            return await self._status()
        context = {
            "version": __version__,
            "app_page": self._app_page(),
            "has_status": self._operator.exists,
        }
        return page_of(TEMPLATES, "front.html", context=context)

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the status, after asking for the password."""
        return self._refusal(request) or await self._status()

    async def retry(self, request: web.Request) -> web.Response:
        """Queue a failed job anew, and lead back to the status."""
        if refusal := self._refusal(request):
            return refusal
        form = await request.post()
        sent = {name: value for name, value in form.items() if isinstance(value, str)}
        if not self._operator.meant(request, sent.get("form_token", "")):
            return self._problem(
                403, "This form does not come from the status page. Open that, and try again."
            )
        try:
            queued = await asyncio.to_thread(self._queue_anew, sent.get("job", ""))
        except NotPossible as error:
            return self._problem(409, str(error))
        log.info("retry by the operator", source=queued.job.subject, delivery=queued.job.delivery)
        return web.Response(status=303, headers={"Location": "/status", "Cache-Control": "no-store"})

    def _queue_anew(self, job: str) -> Record:
        return self._records.retry(self._records.find(job), self._clock.now())

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Return the answer to who is not the operator; None for the operator."""
        if self._operator.sends(request):
            return None
        if not self._operator.exists:
            return self._problem(404, "There is no status page: STATUS_TOKEN is not set.")
        answer = self._problem(401, "The password is the bot's STATUS_TOKEN, with any user name.")
        answer.headers.update(CHALLENGE)
        return answer

    def _problem(self, status: int, text: str) -> web.Response:
        return page_of(TEMPLATES, "refused.html", status=status, context={"text": text})

    async def _status(self) -> web.Response:
        trouble, jobs = "", {}
        try:
            jobs = await asyncio.to_thread(self._jobs)
        except NotPossible as error:
            trouble = str(error)
        context = {
            "version": __version__,
            "now": self._clock.now(),
            "trouble": trouble,
            "jobs": jobs,
            "most": MOST_JOBS,
            "calendars": [
                each for each in jobs.get(State.WAITING, ()) if isinstance(each.job.request, CalendarRequest)
            ],
            "series": self._seen.calendars,
            "deliveries": self._seen.deliveries,
            "repositories": self._seen.repositories,
            "rate_limits": self._rate_limits(),
            "checks": self.checks,
            "form_token": self._operator.form_token,
        }
        answer = page_of(TEMPLATES, "status.html", form_action="'self'", context=context)
        # with no-referrer the form would come from the origin "null"; this page's address has no secret
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    def _jobs(self) -> dict[State, Sequence[Record]]:
        """Return the jobs in each state, the newest first, those that are done left out."""
        left = self._records.list(LEFT)
        return {state: [each for each in left if each.state is state] for state in ORDER}
