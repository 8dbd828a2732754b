"""The web server: `POST /webhook`, `GET /healthz`, `GET /metrics`.

A delivery is answered with 202 only once it is in the durable queue, because GitHub does not deliver again by
itself: https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import __version__
from bot.model import CalendarRequest, ConfigCheckRequest, InstallationRequest
from bot.service import events
from bot.service.delivery import BIG, MemoryLimit, Rejected, parse, read_body, verify
from bot.service.events import Ignored
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.not_notes import NotNotes
from bot.service.seen import Seen

log = structlog.get_logger()


Details = Callable[[web.Request], Awaitable[Mapping[str, object]]]
"""A function that returns what `/healthz?verbose` adds."""


class Queue(Protocol):
    """The durable queue of jobs, as the web application needs it (see `bot.service.jobs`)."""

    async def enqueue(self, job: Job) -> bool:
        """Store the job durably. Return False if one that does the same waits or runs already."""

    async def reachable(self) -> bool:
        """Return whether the queue can store a job now."""


@dataclass(frozen=True)
class WebContext:
    """What the handlers of the service's HTTP requests share."""

    queue: Queue
    secrets: tuple[str, ...] = field(repr=False)
    metrics: Metrics
    memory: MemoryLimit
    not_notes: NotNotes | None
    seen: Seen | None = None
    details: Details | None = None


CONTEXT = web.AppKey("WEB_CONTEXT", WebContext)
CONFIGURES = (ConfigCheckRequest, CalendarRequest, InstallationRequest)
"""Requests after which other labels may make notes: the configuration may have changed."""


def make_app(
    queue: Queue,
    secrets: tuple[str, ...],
    metrics: Metrics,
    memory: MemoryLimit | None = None,
    not_notes: NotNotes | None = None,
    seen: Seen | None = None,
    details: Details | None = None,
) -> web.Application:
    """Return the web application with the service's routes: webhooks, health, metrics.

    `secrets` are the webhook secrets that are valid now; `memory` limits the bodies in memory, by default as
    usual; `not_notes` remembers which issues are no meeting notes, `seen` the last deliveries. Raises
    ValueError when there is no secret, or an empty one.
    """
    if not secrets or not all(secrets):
        raise ValueError("a webhook secret is compulsory and may not be empty")
    context = WebContext(queue, secrets, metrics, memory or MemoryLimit(), not_notes, seen, details)
    metrics.in_flight.set_function(lambda: context.memory.in_use)
    app = web.Application()
    app[CONTEXT] = context
    app.add_routes(
        [web.post("/webhook", webhook), web.get("/healthz", health), web.get("/metrics", metrics_page)]
    )
    return app


async def webhook(request: web.Request) -> web.Response:
    """Answer a webhook delivery: 202 if its jobs are stored or it is ignored, else an error with a reason."""
    context = request.app[CONTEXT]
    event, delivery = (
        request.headers.get(name, "")[:100] for name in ("X-GitHub-Event", "X-GitHub-Delivery")
    )
    with (
        context.metrics.acknowledged.time(),
        context.memory.share() as grow,
        structlog.contextvars.bound_contextvars(delivery=delivery, event_name=event),
    ):
        try:
            body = await read_body(request, grow)
            understand = partial(_understand, request.headers, body, context)
            found = await asyncio.to_thread(understand) if len(body) > BIG else understand()
            outcome = await _keep(context, found, delivery)
            response = web.json_response({"outcome": outcome}, status=202)
        except Rejected as refusal:
            outcome, response = refusal.reason, refusal.response()
        context.metrics.deliveries.labels(outcome).inc()
        if context.seen:
            is_refused = response.status >= 400
            context.seen.add_delivery(event, delivery, outcome, is_refused=is_refused)
        log.info("delivery", status=response.status, outcome=outcome)
    return response


def _understand(headers: Mapping[str, str], body: bytearray, context: WebContext) -> events.Found:
    """Verify a delivery, and return its requests or why there are none. Raises Rejected."""
    verify(body, headers["X-Hub-Signature-256"], context.secrets)
    event = headers.get("X-GitHub-Event", "")
    # bodies that cannot matter (a push may be large) are not even parsed
    if not events.wanted(event, body):
        return Ignored("event")
    return events.read(event, parse(body), context.not_notes)


async def _keep(context: WebContext, requests: events.Found, delivery: str) -> str:
    """Enqueue the requests, and return the outcome: `accepted`, `duplicate` or `ignored: ...`.

    Raises Rejected (unavailable).
    """
    if isinstance(requests, Ignored):
        return f"ignored: {requests}"
    if context.not_notes and any(isinstance(each, CONFIGURES) for each in requests):
        context.not_notes.forget()
    try:
        kept = [await context.queue.enqueue(Job(each, delivery)) for each in requests]
        return "accepted" if any(kept) else "duplicate"
    except Exception as error:  # whatever the database raises: GitHub must not get 202
        log.exception("not kept")
        raise Rejected("unavailable") from error


async def health(request: web.Request) -> web.Response:
    """Answer whether the bot is alive and its queue can be reached: status 200, or 503 if it cannot.

    With `?verbose` the answer has more, as far as it can be had.
    """
    context = request.app[CONTEXT]
    reachable = await context.queue.reachable()
    answer: dict[str, object] = {
        "alive": True,
        "queue": "reachable" if reachable else "unreachable",
        "version": __version__,
    }
    if "verbose" in request.query and context.details and reachable:
        answer |= await context.details(request)
    return web.json_response(answer, status=200 if reachable else 503)


async def metrics_page(request: web.Request) -> web.Response:
    """Answer with the metrics in Prometheus' text format."""
    page = generate_latest(request.app[CONTEXT].metrics.registry)
    return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})
