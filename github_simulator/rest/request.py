"""The requests and responses of REST handlers, and the table of handlers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

from github_simulator.deliveries import Deliveries
from github_simulator.errors import ApiError, not_accessible, not_found
from github_simulator.limits import Limits
from github_simulator.permissions import check, right_on
from github_simulator.state import App, Repository, Thread
from github_simulator.tokens import Actor, Tokens
from github_simulator.world import Moved, World, thread_of

T = TypeVar("T")


@dataclass(frozen=True)
class RestResponse:
    """A REST response: its JSON body (None: no body), its status and additional headers."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RestRequest:
    """One REST request, with the parts of the simulator that handlers need.

    `params` are the parameters in the path; they, `query` and `body` have GitHub's names as keys.
    """

    world: World
    actor: Actor
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    url: str
    tokens: Tokens
    deliveries: Deliveries
    limits: Limits

    def repository(self, right: str = "metadata:read") -> Repository:
        """Return the repository in the path of the request, if the caller has this right on it.

        Raises ApiError 401, 403 or 404 when the caller does not have the right, 301 for a former name.
        """
        repository = self.world.repository(self.params["owner"], self.params["repo"])
        check(self.actor, repository, right)
        if repository.full_name.lower() != "{owner}/{repo}".format_map(self.params).lower():
            raise self._moved("", repository)
        return repository

    def thread(self, kind: type[Thread] = Thread) -> Thread:
        """Return the issue or pull request in the path of the request, which must be of the class `kind`.

        That the caller may read it is not checked. Raises ApiError 404 or 410 when there is none, 301 when it
        was transferred.
        """
        number = self.params.get("issue_number") or self.params["pull_number"]
        repository = self.repository()
        try:
            return thread_of(repository, int(number), kind)
        except Moved as moved:
            check(self.actor, moved.to.repository, right_on(moved.to, "read"))
            raise self._moved(
                f"/issues/{number}", moved.to.repository, f"/issues/{moved.to.number}"
            ) from None

    def _moved(self, path: str, repository: Repository, to: str = "") -> ApiError:
        """Return a 301 from `path` to `to`, below the repository's URL by id, as GitHub redirects."""
        asked = "/repos/{owner}/{repo}".format_map(self.params) + path
        url = self.url.replace(asked, f"/repositories/{repository.id}{to}", 1)
        query = f"?{urlencode(self.query)}" if self.query else ""
        return ApiError(301, "Moved Permanently", headers={"Location": url + query})

    def app(self) -> App:
        """Return the app that signed the request's JWT. Raises ApiError 401 for any other token."""
        if not self.actor.is_jwt or self.actor.app is None:
            raise ApiError(401, "A JSON web token could not be decoded")
        return self.actor.app

    def page(self, items: Sequence[T]) -> tuple[list[T], dict[str, str]]:
        """Return the page of `items` that the query selects, and the headers for it.

        The query has `per_page` and `page` for that. The headers are `Link`, or none if there is only one
        page.

        https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api
        """
        size = min(int(self.query.get("per_page", 30)), 100)
        number = max(int(self.query.get("page", 1)), 1)
        last = max(1, -(-len(items) // size))
        leads = {"first": 1, "prev": number - 1} if number > 1 else {}
        leads |= {"next": number + 1, "last": last} if number < last else {}
        links = [f'<{self._page_url(to)}>; rel="{name}"' for name, to in leads.items()]
        return list(items[(number - 1) * size : number * size]), {"Link": ", ".join(links)} if links else {}

    def _page_url(self, number: int) -> str:
        return f"{self.url}?{urlencode({**self.query, 'page': number})}"


OperationHandler = Callable[[RestRequest], Any]
HANDLERS: dict[str, tuple[OperationHandler, int]] = {}
"""By operation id: the handler, and the status to use when it returns only a body."""


def operation(operation_id: str, status: int = 200) -> Callable[[OperationHandler], OperationHandler]:
    """Return a decorator that registers a function as the handler of a REST operation.

    `operation_id` is GitHub's id, such as `issues/get`; `status` is that of the response where the handler
    returns only a body.
    """

    def register(handler: OperationHandler) -> OperationHandler:
        HANDLERS[operation_id] = handler, status
        return handler

    return register


FOR_APPS = ("apps/get-authenticated", "apps/list-installations", "apps/get-installation",
            "apps/get-repo-installation", "apps/create-installation-access-token",
            "apps/list-webhook-deliveries", "apps/get-webhook-delivery",
            "apps/redeliver-webhook-delivery", "apps/get-webhook-config-for-app",
            "apps/update-webhook-config-for-app")  # fmt: skip
"""The operations that need a JWT of an app; all others, except `meta/`, refuse it."""


def handle(operation_id: str, request: RestRequest) -> RestResponse:
    """Run the handler of a REST operation, whose id is such as `issues/get`, and return its response.

    Raises the ApiError of the handler, and LookupError for an operation without a handler.
    """
    handler, status = HANDLERS[operation_id]
    if request.actor.is_jwt and operation_id not in FOR_APPS and not operation_id.startswith("meta/"):
        raise not_accessible()
    result = handler(request)
    return result if isinstance(result, RestResponse) else RestResponse(result, status)


def or_404(thing: T | None) -> T:
    """Return the given value unchanged. Raises ApiError 404 if it is None."""
    if thing is None:
        raise not_found()
    return thing
