"""The control API of the simulator, for other processes (for installations see `control_apps`).

Paths are below `/_simulator/`:

GET  requests     the requests of apps, in order
GET  violations   the violations of the official descriptions
GET  clock        the time; POST {"set": "2026-11-24T14:00:00Z"} or {"advance": seconds} moves it
GET  faults       all faults; POST {"kind": ..., "match": {...}, "times": n, ...} adds one; DELETE removes all
POST faults/release   sends the responses that faults delay
GET  idle         responds when no delivery and no job is left (408 after `timeout` seconds, 60 by default)
"""

import asyncio
import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiohttp import web

from github_simulator.clock import SimulatedClock
from github_simulator.errors import ApiError
from github_simulator.faults import Fault, Faults
from github_simulator.pipeline import Exchange, json_body

SETTABLE = {"kind", "match", "times", "skip", "status", "body", "seconds", "type", "message"}


class Controlled(Protocol):
    """The parts of the simulator that the control API needs, by which tests steer it over HTTP."""

    clock: SimulatedClock
    faults: Faults

    @property
    def requests(self) -> Sequence[Exchange]:
        """The logged requests that apps sent to the simulator, in order."""

    @property
    def violations(self) -> Sequence[str]:
        """Where requests or responses violated GitHub's official descriptions, as "where: what"."""

    async def idle(self) -> None:
        """Wait until no webhook delivery is queued, and the bot has no job left."""


class Control:
    """The handlers of the control API, by which tests steer the simulator over HTTP."""

    def __init__(self, simulator: Controlled) -> None:
        self._simulator = simulator

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the control API."""
        return [
            web.get("/_simulator/requests", self.requests),
            web.get("/_simulator/violations", self.violations),
            web.get("/_simulator/clock", self.clock),
            web.post("/_simulator/clock", self.move_clock),
            web.get("/_simulator/faults", self.faults),
            web.post("/_simulator/faults", self.set_fault),
            web.delete("/_simulator/faults", self.clear_faults),
            web.post("/_simulator/faults/release", self.release),
            web.get("/_simulator/idle", self.idle),
        ]

    async def requests(self, _: web.Request) -> web.Response:
        """Return the logged requests that apps sent to the simulator, as JSON."""
        shown = [dataclasses.asdict(each) | {"at": each.at.isoformat()} for each in self._simulator.requests]
        return web.json_response(shown)

    async def violations(self, _: web.Request) -> web.Response:
        """Return where requests or responses violated GitHub's official descriptions, as JSON."""
        return web.json_response(self._simulator.violations)

    async def clock(self, _: web.Request) -> web.Response:
        """Return the time of the simulated clock."""
        return web.json_response({"now": self._simulator.clock.now().isoformat()})

    async def move_clock(self, request: web.Request) -> web.Response:
        """Set or advance the simulated clock, and return its new time."""
        given, clock = await json_object(request), self._simulator.clock
        try:
            if "set" in given:
                clock.set(datetime.fromisoformat(given["set"]))
            if "advance" in given:
                clock.advance(timedelta(seconds=float(given["advance"])))
        except (ValueError, TypeError, OverflowError) as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return await self.clock(request)

    async def faults(self, _: web.Request) -> web.Response:
        """Return all faults that are set, that is, failures which the simulator makes on purpose."""
        return web.json_response([_shown(fault) for fault in self._simulator.faults.all])

    async def set_fault(self, request: web.Request) -> web.Response:
        """Add the fault that the body describes, a failure to be made on purpose, and return it."""
        given = await json_object(request)
        if unknown := given.keys() - SETTABLE:
            raise web.HTTPBadRequest(text=f"unknown: {', '.join(sorted(unknown))}")
        try:
            fault = self._simulator.faults.set(**given)
        except (ValueError, TypeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return web.json_response(_shown(fault), status=201)

    async def clear_faults(self, _: web.Request) -> web.Response:
        """Remove all faults."""
        self._simulator.faults.clear()
        return web.Response(status=204)

    async def release(self, _: web.Request) -> web.Response:
        """Let the requests and responses continue that faults delay."""
        self._simulator.faults.release()
        return web.Response(status=204)

    async def idle(self, request: web.Request) -> web.Response:
        """Respond once no webhook delivery is queued and the bot has no job left.

        The status is 408 if that takes more than `timeout` seconds, a parameter of the query (by default 60).
        """
        try:
            async with asyncio.timeout(float(request.query.get("timeout", 60))):
                await self._simulator.idle()
        except TimeoutError:
            return web.json_response({"idle": False}, status=408)
        return web.json_response({"idle": True})


async def json_object(request: web.Request) -> dict[str, Any]:
    """Return the JSON object in the body of a request. Raises HTTPBadRequest for anything else."""
    try:
        given = await json_body(request)
    except ApiError as error:
        raise web.HTTPBadRequest(text=error.message) from None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(text="a JSON object is wanted")
    return given


def _shown(fault: Fault) -> dict[str, Any]:
    return {name: getattr(fault, name) for name in sorted(SETTABLE)} | {"hits": fault.hits}
