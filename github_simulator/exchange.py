"""One exchange from request to answer: faults, tokens, limits, contract, log; REST and GraphQL alike."""

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
from github_simulator.faults import Fault, Faults, Subject
from github_simulator.limits import Limits
from github_simulator.replicas import Replicas
from github_simulator.rest.request import RestResponse
from github_simulator.tokens import Actor, Tokens
from github_simulator.world import World


@dataclass
class Exchange:
    """What somebody sent, and what became of it. `status` is 0 when the answer was lost or is held."""

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
    size: int = 0  # characters of the answer
    faults: list[str] = field(default_factory=list)


Act = Callable[[World, Actor, list[Fault]], tuple[RestResponse, int]]
"""Does what was asked, as this actor, in this world; the answer and what it costs."""


class RequestPipeline:
    """Where all exchanges pass."""

    def __init__(self, world: World, tokens: Tokens, limits: Limits, faults: Faults) -> None:
        self.world = world
        self.tokens = tokens
        self.limits = limits
        self.faults = faults
        self.replicas = Replicas(world)
        self.log: list[Exchange] = []

    async def pass_through(
        self, request: web.Request, operation: str, steps: tuple[str, ...], mutating: bool, act: Act
    ) -> web.StreamResponse:
        """RestResponse a request: `act`, unless a fault or the token stands before it."""
        entry = Exchange(request.method, request.path, operation, self.world.now(), steps)
        self.log.append(entry)
        resource = _resource(operation)
        try:
            actor = self.tokens.identify(request.headers.get("Authorization"))
            refusal = None
        except ApiError as error:
            actor, refusal = Actor(None), RestResponse(error.body, error.status)
        entry.by, entry.app = actor.name, actor.app.slug if actor.app else None
        entry.installation = actor.installation.id if actor.installation else None
        subject = Subject(request.method, request.path, operation, entry.app, steps if mutating else ())
        entry.is_read = subject.is_read()
        struck = self.faults.take(subject)
        entry.faults = [fault.kind for fault in struck]
        answer = await self._before(struck, actor, resource) or refusal
        if answer is None:
            answer = self._act(entry, actor, resource, struck, act)
        await self._after(struck)
        if any(fault.kind == "lose" for fault in struck):
            return _lost(request)
        entry.status = answer.status
        response = self._response(request, answer, actor, resource)
        entry.size = len(response.text or "")
        return response

    def _act(
        self, entry: Exchange, actor: Actor, resource: str, struck: list[Fault], act: Act
    ) -> RestResponse:
        window = self.limits.window(actor.name, resource)
        if not window.remaining:
            return _primary(resource)
        world = next((fault.frozen for fault in struck if fault.kind == "lag"), self._world_for(entry))
        try:
            answer, entry.cost = act(world, actor, struck)
        except ApiError as error:
            answer, entry.cost = RestResponse(error.body, error.status, error.headers), 1
        window.used += entry.cost
        return answer

    def _world_for(self, entry: Exchange) -> World:
        """Choose the world for an exchange: a read may be answered by a replica."""
        if entry.is_read:
            return self.replicas.to_read()
        self.replicas.keep()
        return self.world

    async def _before(self, struck: list[Fault], actor: Actor, resource: str) -> RestResponse | None:
        for fault in struck:
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "hold-before":
                await fault.released.wait()
            elif fault.kind in INSTEAD:
                if fault.kind == "primary":
                    window = self.limits.window(actor.name, resource)
                    window.used = window.limit
                return INSTEAD[fault.kind](fault, resource)
        return None

    async def _after(self, struck: list[Fault]) -> None:
        for fault in struck:
            if fault.kind == "hold":
                await fault.released.wait()

    def _response(
        self, request: web.Request, answer: RestResponse, actor: Actor, resource: str
    ) -> web.Response:
        headers = {
            **self.limits.headers(actor.name, resource),
            "X-GitHub-Request-Id": uuid.uuid4().hex.upper()[:16],
            "X-GitHub-Media-Type": "github.v3; format=json",
            "Date": format_datetime(self.world.now(), usegmt=True),
            **answer.headers,
        }
        if answer.body is None:
            return web.Response(status=answer.status, headers=headers)
        is_text = isinstance(answer.body, str)
        text = answer.body if is_text else json.dumps(answer.body)
        if request.method == "GET" and answer.status == 200:
            headers["ETag"] = f'W/"{hashlib.sha256(text.encode()).hexdigest()}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                self.limits.window(actor.name, resource).used -= 1  # a 304 is free
                return web.Response(status=304, headers=headers)
        kind = "text/html" if is_text else "application/json"
        return web.Response(text=text, status=answer.status, content_type=kind, headers=headers)


def _resource(operation: str) -> str:
    """Name what an operation is counted under."""
    return {"graphql": "graphql", "search": "search"}.get(operation.partition("/")[0], "core")


def _lost(request: web.Request) -> web.Response:
    """Drop the connection: the client cannot know whether it happened."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)


def _trouble(fault: Fault, _: str) -> RestResponse:
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


INSTEAD: Mapping[str, Callable[[Fault, str], RestResponse]] = {
    "status": _trouble,
    "secondary": _secondary,
    "secondary-429": _secondary,
    "primary": lambda _, resource: _primary(resource),
    "expired-token": lambda *_: RestResponse(ApiError(401, "Bad credentials").body, 401),
}
"""Faults that answer instead of acting."""


async def json_body(request: web.Request) -> Any:
    """Return the JSON body, None when there is none. ApiError 400."""
    raw = await request.read()
    if not raw.strip():
        return None
    try:
        return json.loads(raw)
    except (ValueError, UnicodeDecodeError):
        raise ApiError(400, "Problems parsing JSON") from None
