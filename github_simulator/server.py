"""The HTTP server: REST at / and /api/v3, GraphQL at /graphql and /api/graphql."""

import re
from dataclasses import replace
from typing import Any

from aiohttp import web

from github_simulator import tarball
from github_simulator.contract import Contract
from github_simulator.deliveries import Deliveries
from github_simulator.errors import ApiError
from github_simulator.faults import Fault
from github_simulator.graphql import Engine, GraphQLRequest
from github_simulator.pipeline import RequestPipeline, json_body
from github_simulator.rest import HANDLERS, RestRequest, RestResponse
from github_simulator.rest.request import handle
from github_simulator.tokens import Actor
from github_simulator.violations import Violations
from github_simulator.world import World

REST_ROOTS = ("repos", "app", "apps", "app-manifests", "installation", "user", "users", "orgs", "markdown",
              "repositories", "search")  # fmt: skip
"""The first parts of REST paths; all others are the web pages at /owner/name."""
UNKNOWN = "The simulator does not know this operation"
BY_NUMBER = re.compile(r"^/repositories/(\d+)")
"""A repository by its id, as in the Location of redirects:
https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api"""
OTHER_MEDIA = re.compile(r"vnd\.github(?:\.v3)?\.(?:raw|text|html|full|diff|patch|sha|object|base64)\b")
"""Media types that the simulator does not support, so that a request for one is reported.
https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types"""


class Server:
    """Dispatches HTTP requests to the REST handlers and the GraphQL engine.

    It also checks requests and responses against GitHub's official descriptions.
    """

    def __init__(
        self, pipeline: RequestPipeline, contract: Contract, violations: Violations, deliveries: Deliveries
    ) -> None:
        self._pipeline = pipeline
        self._contract = contract
        self._violations = violations
        self._deliveries = deliveries
        self._engine = Engine(contract, violations)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of REST and GraphQL, to be added before those of the web pages."""
        # the page that installs an app has a path of the web, and not of REST
        tails = ("", "/{tail:(?![^/]+/installations/new$).*}")
        rest = [f"/{root}{tail}" for root in REST_ROOTS for tail in tails]
        paths = ["/rate_limit", "/api/v3", "/api/v3/{tail:.*}", *rest]
        return [
            web.post("/graphql", self.graphql),
            web.post("/api/graphql", self.graphql),
            web.get(tarball.ROUTE, self.tarball),
            *(web.route("*", path, self.rest) for path in paths),
        ]

    async def tarball(self, request: web.Request) -> web.StreamResponse:
        """Respond with a tarball, to which REST redirects; nobody signs in here."""
        world, asked = self._pipeline.world, request.match_info
        try:
            repository = world.repository(asked["owner"], asked["repo"])
            packed = tarball.download(world, repository, asked["ref"], request.query.get("token", ""))
        except ApiError as error:
            return web.Response(status=error.status, text=f"{error.status}: {error.message}")
        return web.Response(body=packed, content_type="application/x-gzip")

    async def elsewhere(self, request: web.Request) -> web.StreamResponse:
        """Respond to a request for a path without a route.

        That is the root of REST at `/`, and otherwise a 404: as text for browsers, else as JSON.
        """
        if request.path != "/" and "text/html" in request.headers.get("Accept", ""):
            return web.Response(text="There is no such page here.", status=404)
        return await self.rest(request)

    async def rest(self, request: web.Request) -> web.StreamResponse:
        """Respond to a REST request."""
        path = request.url.raw_path
        path = path.removeprefix("/api/v3") or "/" if path.startswith("/api/v3") else path
        path = BY_NUMBER.sub(self._by_name, path)
        operation = self._contract.operation(request.method, path)
        name = operation.id if operation else "unknown"
        where = f"{request.method} {path}"
        if operation is None or name not in HANDLERS:
            self._violations.add(where, [f"the simulator does not know this operation ({name})"])
        if media := OTHER_MEDIA.search(request.headers.get("Accept", "")):
            self._violations.add(where, [f"the simulator does not know this media type ({media[0]})"])
        try:
            body, trouble = await json_body(request), None
        except ApiError as error:
            body, trouble = None, error
        query = dict(request.query)

        def execute(world: World, actor: Actor, active_faults: list[Fault]) -> tuple[RestResponse, int]:
            if operation is None or name not in HANDLERS:
                raise ApiError(404 if operation is None else 501, UNKNOWN)
            if trouble:
                raise trouble
            for fault in active_faults:
                fault.raise_for("*")
            wrong = self._contract.check_request(operation, query, body)
            self._violations.add(f"{where} (request)", wrong)
            url = str(request.url.with_query(None))
            rest_request = RestRequest(world, actor, operation.params, query, _as_body(body), url,
                        self._pipeline.tokens, self._deliveries, self._pipeline.limits)  # fmt: skip
            try:
                response = _handle(name, rest_request, bool(wrong))
            except NotImplementedError as error:
                self._violations.add(where, [str(error)])
                raise ApiError(501, str(error)) from None
            if response.status == 301 and request.method != "GET":
                response = replace(response, status=307)
            self._violations.add(
                f"{where} (answer)", self._contract.check_response(operation, response.status, response.body)
            )
            return response, 0 if name == "rate-limit/get" else 1

        return await self._pipeline.process(request, name, (), False, execute)

    def _by_name(self, number: re.Match[str]) -> str:
        repositories = self._pipeline.world.repositories.values()
        found = next((each for each in repositories if str(each.id) == number[1]), None)
        return f"/repos/{found.full_name}" if found else number[0]

    async def graphql(self, request: web.Request) -> web.StreamResponse:
        """Respond to a GraphQL request."""
        try:
            query = GraphQLRequest.read(await json_body(request))
        except ApiError as error:
            return web.json_response(error.body, status=error.status)

        def execute(world: World, actor: Actor, active_faults: list[Fault]) -> tuple[RestResponse, int]:
            if actor.user is None:
                raise ApiError(401, "This endpoint requires you to be authenticated.")
            return self._engine.execute(query, world, actor, self._pipeline, active_faults)

        return await self._pipeline.process(request, "graphql", query.steps, query.mutating, execute)


def _as_body(body: Any) -> Any:
    return {} if body is None else body


def _handle(name: str, rest_request: RestRequest, malformed: bool) -> RestResponse:
    """Run the handler; if it fails on a request that violates the description (`malformed`), return a 422."""
    try:
        return handle(name, rest_request)
    except ApiError as error:
        return RestResponse(error.body, error.status, error.headers)
    except (KeyError, TypeError, AttributeError, ValueError):
        if not malformed:
            raise
        return RestResponse(ApiError(422, "Invalid request.").body, 422)
