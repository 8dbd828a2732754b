"""The whole service: web server, queue and GitHub client, for `serve`, the demo and the tests."""

import asyncio
import socket
import uuid
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import structlog
from aiohttp import web

from bot.github.app import App
from bot.github.errors import GitHubError
from bot.github.hints import Hints
from bot.model import AppRequest
from bot.model.clock import Clock
from bot.pads.reader import PadReader
from bot.service import after_setup
from bot.service.clock import Movable, SystemClock
from bot.service.job import Job
from bot.service.jobs import Jobs
from bot.service.metrics import Metrics
from bot.service.not_notes import NotNotes
from bot.service.operator import Operator
from bot.service.reconcile import OnPlan
from bot.service.records import Records
from bot.service.redelivery import EVERY, Deliveries
from bot.service.seen import Seen
from bot.service.settings import Settings
from bot.service.starting import listen_at, why_not
from bot.service.status import RateLimits, Status
from bot.service.web import make_app
from bot.service.work import Work

log = structlog.get_logger()

DRAIN = 7
"""Seconds that running jobs get at the end; hosts kill after 10 (Cloud Run) to 30 (Heroku, Kubernetes)."""


def proxy_for(url: str) -> str | None:
    """Return the URL of the proxy for requests to a URL; None: connect directly.

    The environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY say so. aiohttp's own `trust_env` would
    also read `.netrc`, and credentials there would conflict with the App's.
    """
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


class Service:
    """The running bot. `async with Service(settings) as service:` starts it, and shuts it down in the end."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock | None = None,
        *,
        on_plan: OnPlan | None = None,
        pads: PadReader | None = None,
        between_writes: float = 1.0,
        beat: float = 5,
        dead_after: float = 30,
        poll: float = 0.2,
    ) -> None:
        """`on_plan` is called with each plan; `pads` reads pads with notes, by default on the internet.

        `between_writes` is the pause between two writes to GitHub, and it and the parameters after it are
        seconds (see `Jobs`).
        """
        self.settings = settings
        self.clock = clock or SystemClock()
        self.hints = Hints(self.clock)
        self.metrics = Metrics()
        self.jobs = Jobs(
            settings.database_url,
            settings.replica,
            self._do,
            self.clock,
            beat=beat,
            dead_after=dead_after,
            poll=poll,
        )
        self.not_notes = NotNotes(self.clock)
        self.seen = Seen(self.clock)
        self._records = Records(settings.database_url)
        self.status = Status(
            self._records,
            self.seen,
            self.clock,
            Operator(settings.status_token),
            self._rate_limits,
            self._app_page,
        )
        self.app = make_app(
            self.jobs,
            settings.secrets,
            self.metrics,
            not_notes=self.not_notes,
            seen=self.seen,
            details=self.status.details,
        )
        self.app.add_routes([*self.status.routes(), *after_setup.routes()])
        self.app.cleanup_ctx.append(self._life)
        self._on_plan = on_plan
        self._pads = pads
        self._between_writes = between_writes
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=2)
        self._work: Work | None = None
        self._app_on_github: App | None = None
        self._waking = asyncio.Lock()
        self._caught_up = asyncio.Event()

    async def start(self) -> None:
        """Start the queue and the HTTP server; port 0 in the settings takes a free one.

        Raises CannotStart for a database that cannot be used and an address at which nothing can listen; then
        nothing is left running.
        """
        listener: socket.socket | None = None
        try:
            # before the queue, so that no job is begun where nothing can listen
            listener = listen_at(self.settings.host, self.settings.port)
            await self._runner.setup()
            await web.SockSite(self._runner, listener).start()
        except BaseException as error:
            await self._runner.cleanup()
            if listener:
                listener.close()
            if (cannot := why_not(error, self.settings)) is not None:
                raise cannot from error
            raise
        log.info("listening", url=self.url, replica=self.settings.replica)

    async def close(self) -> None:
        """Take no more deliveries, let running jobs end, and leave the rest in the queue."""
        log.info("draining", seconds=DRAIN)
        await self._runner.cleanup()
        log.info("stopped")

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def url(self) -> str:
        """The URL at which the service can be reached from this machine."""
        host, port = self._runner.addresses[0][:2]
        return f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  # compared, not bound

    async def idle(self) -> bool:
        """Return whether the service has nothing to do now.

        The first sweep for lost deliveries is done, and no job is left but those that wait for a later time.
        """
        return self._caught_up.is_set() and await self.jobs.idle()

    async def next_due(self) -> datetime | None:
        """Return when the first of the delayed jobs is due, in UTC; None if there are none."""
        return await self.jobs.next_due()

    async def wake(self) -> None:
        """Run the delayed jobs that are due, after the clock was moved by hand, and reschedule the others.

        Calls run one after the other.
        """
        async with self._waking:
            await self.jobs.wake(self.clock.now())

    async def _life(self, _: web.Application) -> AsyncIterator[None]:
        for warning in self.settings.warnings:
            log.warning(warning)
        async with aiohttp.ClientSession(proxy=proxy_for(self.settings.rest_url)) as session:
            github = self._app_on_github = self._github(session)
            self._work = Work(
                github,
                self.hints,
                self.clock,
                self.metrics,
                self._on_plan,
                self.settings.keys,
                self.not_notes,
                self._pads,
                seen=self.seen,
            )
            await self.jobs.start()
            wakers: set[asyncio.Task[None]] = set()
            unsubscribe = None
            if isinstance(self.clock, Movable):
                unsubscribe = self.clock.subscribe(lambda: wakers.add(asyncio.create_task(self.wake())))
                await self.wake()  # the clock may have been moved before the subscription
            await self.jobs.enqueue(Job(AppRequest(), f"start-{self.settings.replica}-{uuid.uuid4().hex}"))
            sweeps = asyncio.create_task(self._catch_up(github))
            yield
            sweeps.cancel()
            if unsubscribe:
                unsubscribe()
            await asyncio.gather(*wakers)
            await self.jobs.stop(DRAIN)
            self._records.close()

    async def _catch_up(self, github: App) -> None:
        """Sweep for lost deliveries, at once and then every `EVERY` seconds.

        A wrong App id or key is logged first: otherwise deliveries would be accepted, and nothing would
        follow.
        """
        try:
            log.info("app", slug=await github.slug())
        except GitHubError as error:
            log.error(
                "GitHub does not know this App: see GITHUB_APP_ID and GITHUB_PRIVATE_KEY", error=str(error)
            )
        deliveries = Deliveries(github.client_as_app, self.clock, self.metrics)
        while True:
            try:
                await deliveries.sweep()
            except GitHubError as error:
                log.warning("no sweep", error=repr(error))
            except Exception:
                log.exception("sweep failed")
            self._caught_up.set()
            await asyncio.sleep(EVERY)

    def _github(self, session: aiohttp.ClientSession) -> App:
        settings = self.settings
        return App(
            session,
            settings.app_id,
            settings.private_key,
            rest_url=settings.rest_url,
            graphql_url=settings.graphql_url,
            clock=self.clock,
            between_writes=self._between_writes,
        )

    def _rate_limits(self) -> RateLimits:
        return self._app_on_github.rate_limits if self._app_on_github else {}

    def _app_page(self) -> str:
        return self._app_on_github.page if self._app_on_github else ""

    async def _do(self, job: Job) -> Sequence[Job]:
        assert self._work is not None  # jobs run only while the service lives
        self.seen.add_job(job)
        return await self._work(job)
