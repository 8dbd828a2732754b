"""The pipeline of all REST and GraphQL requests: authentication, faults, rate limits, log."""

import asyncio
import hashlib
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from github_simulator.errors import UNICORN, ApiError
from github_simulator.faults import Fault, Faults, FaultTarget
from github_simulator.limits import Limits
from github_simulator.replica import LaggingReplica
from github_simulator.rest.request import RestResponse
from github_simulator.tokens import Actor, Tokens
from github_simulator.world import World


@dataclass
class Exchange:
    """A logged request and its outcome.

    `operation` is REST's id, or "graphql". `by` is the caller (`Actor.name`), `app` a slug, `installation` an
    id. `status` is 0 before the response, and if a fault dropped it. `cost` is in points of the rate limit.
    """

    method: str
    path: str
    operation: str
    at: datetime
    steps: tuple[str, ...] = ()  # root fields of a GraphQL document
    by: str = "anonymous"
    app: str | None = None
    installation: int | None = None
    status: int = 0
    cost: int = 0
    is_read: bool = True
    size: int = 0  # characters of the response
    faults: list[str] = field(default_factory=list)


Execute = Callable[[World, Actor, list[Fault]], tuple[RestResponse, int]]
"""Executes a request as an actor in a world; returns the response and its cost in points."""


class RequestPipeline:
    """Processes every request, of REST and GraphQL, and logs it: token, rate limit, faults, execution."""

    def __init__(self, world: World, tokens: Tokens, limits: Limits, faults: Faults) -> None:
        self.world = world
        self.tokens = tokens
        self.limits = limits
        self.faults = faults
        self.replica = LaggingReplica(world)
        self.log: list[Exchange] = []

    async def process(
        self, request: web.Request, operation: str, steps: tuple[str, ...], mutating: bool, execute: Execute
    ) -> web.StreamResponse:
        """Process and log a request: call `execute`, unless a fault, the token or a rate limit prevents it.

        `operation` is the id of the REST operation, such as `issues/get`, or "graphql". `steps` are the names
        of the root fields of a GraphQL document, empty for REST; `mutating`: whether they are mutations. Rate
        limits depend on the operation, and faults may be set for one operation or mutation only. `execute`
        gets the world, the caller and the faults that apply, and returns the response and its cost in points.
        """
        exchange = Exchange(request.method, request.path, operation, self.world.now(), steps)
        self.log.append(exchange)
        resource = _resource(operation)
        try:
            actor = self.tokens.identify(request.headers.get("Authorization"))
            refusal = None
        except ApiError as error:
            actor, refusal = Actor(None), RestResponse(error.body, error.status)
        exchange.by, exchange.app = actor.name, actor.app.slug if actor.app else None
        exchange.installation = actor.installation.id if actor.installation else None
        target = FaultTarget(request.method, request.path, operation, exchange.app, steps if mutating else ())
        exchange.is_read = target.is_read()
        active_faults = self.faults.take_matching(target)
        exchange.faults = [fault.kind for fault in active_faults]
        response = await self._before(active_faults, actor, resource) or refusal
        if response is None:
            response = self._execute(exchange, actor, resource, active_faults, execute)
        await self._after(active_faults)
        if any(fault.kind == "lose" for fault in active_faults):
            return _lost(request)
        exchange.status = response.status
        http_response = self._response(request, response, actor, resource)
        exchange.size = len(http_response.text or "")
        return http_response

    def _execute(
        self, exchange: Exchange, actor: Actor, resource: str, active_faults: list[Fault], execute: Execute
    ) -> RestResponse:
        window = self.limits.window(actor.name, resource)
        if not window.remaining:
            return _primary(resource)
        lagging = (fault.frozen for fault in active_faults if fault.kind == "lag")
        world = next(lagging, self._world_for(exchange))
        try:
            response, exchange.cost = execute(world, actor, active_faults)
        except ApiError as error:
            response, exchange.cost = RestResponse(error.body, error.status, error.headers), 1
        window.used += exchange.cost
        return response

    def _world_for(self, exchange: Exchange) -> World:
        """Return the world for an exchange: a read may get an earlier state from the replica."""
        if exchange.is_read:
            return self.replica.world_for_read()
        self.replica.save_state()
        return self.world

    async def _before(self, active_faults: list[Fault], actor: Actor, resource: str) -> RestResponse | None:
        for fault in active_faults:
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "hold-before":
                await fault.released.wait()
            elif fault.kind in FAULT_RESPONSES:
                if fault.kind == "primary":
                    window = self.limits.window(actor.name, resource)
                    window.used = window.limit
                return FAULT_RESPONSES[fault.kind](fault, resource)
        return None

    async def _after(self, active_faults: list[Fault]) -> None:
        for fault in active_faults:
            if fault.kind == "hold":
                await fault.released.wait()

    def _response(
        self, request: web.Request, response: RestResponse, actor: Actor, resource: str
    ) -> web.Response:
        headers = {
            **self.limits.headers(actor.name, resource),
            "X-GitHub-Request-Id": uuid.uuid4().hex.upper()[:16],
            "X-GitHub-Media-Type": "github.v3; format=json",
            "Date": format_datetime(self.world.now(), usegmt=True),
            **response.headers,
        }
        if response.body is None:
            return web.Response(status=response.status, headers=headers)
        is_text = isinstance(response.body, str)
        text = response.body if is_text else json.dumps(response.body)
        if request.method == "GET" and response.status == 200:
            headers["ETag"] = f'W/"{hashlib.sha256(text.encode()).hexdigest()}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                self.limits.window(actor.name, resource).used -= 1  # a 304 is free
                return web.Response(status=304, headers=headers)
        kind = "text/html" if is_text else "application/json"
        return web.Response(text=text, status=response.status, content_type=kind, headers=headers)


def _resource(operation: str) -> str:
    """Return the resource of the rate limit for an operation: core, search or graphql."""
    return {"graphql": "graphql", "search": "search"}.get(operation.partition("/")[0], "core")


def _lost(request: web.Request) -> web.Response:
    """Drop the connection, so that the client cannot know whether the request was executed."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _error_response(fault: Fault, _: str) -> RestResponse:
    usual = UNICORN if fault.status >= 500 else {"message": "Trouble"}
    return RestResponse(usual if fault.body is None else fault.body, fault.status)


def _secondary(fault: Fault, _: str) -> RestResponse:
    # https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
    message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
    body = {"message": message, "documentation_url": "https://docs.github.com/free-pro-team@latest/rest/overview/"
            "rate-limits-for-the-rest-api#about-secondary-rate-limits"}  # fmt: skip
    status = 429 if fault.kind == "secondary-429" else 403
    return RestResponse(body, status, {"Retry-After": str(int(fault.seconds))})


def _primary(resource: str) -> RestResponse:
    message = "API rate limit exceeded for installation."
    if resource == "graphql":
        return RestResponse({"errors": [{"type": "RATE_LIMITED", "message": message}]})
    return RestResponse({"message": message, "documentation_url": "https://docs.github.com/rest"}, 403)


FAULT_RESPONSES: Mapping[str, Callable[[Fault, str], RestResponse]] = {
    "status": _error_response,
    "secondary": _secondary,
    "secondary-429": _secondary,
    "primary": lambda _, resource: _primary(resource),
    "expired-token": lambda *_: RestResponse(ApiError(401, "Bad credentials").body, 401),
}
"""The responses of the faults that prevent the execution of a request, by kind."""


async def json_body(request: web.Request) -> Any:
    """Return the parsed JSON body of a request, None if it has no body.

    Raises ApiError 400 when it is not JSON.
    """
    raw = await request.read()
    if not raw.strip():
        return None
    try:
        return json.loads(raw)
    except (ValueError, UnicodeDecodeError):
        raise ApiError(400, "Problems parsing JSON") from None
