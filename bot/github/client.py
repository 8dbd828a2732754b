"""The REST and GraphQL client of one installation: a thin layer over gidgethub.

`graphql()` of gidgethub 6 is not used: it does not call gidgethub's hooks, does not return the headers, and
sends to one address only. Here REST and GraphQL both use `_request`, which detects rate limits and lost
responses.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, Protocol

import aiohttp
from gidgethub import HTTPException, sansio
from gidgethub.aiohttp import GitHubAPI

from bot.github.auth import Credentials
from bot.github.classify import classify_error
from bot.github.errors import GitHubError, Gone, Limited, LostAnswer, Refused, Stale
from bot.github.limits import ApiMessage, RateLimit, limited_until, rate_limit_in
from bot.model.clock import Clock

REQUESTER = "minutes-bot"
# Without this header GitHub chooses a version: https://docs.github.com/en/rest/about-the-rest-api/api-versions
API_VERSION = "2022-11-28"
# GitHub ends a request after 10 s: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


@dataclass(frozen=True, slots=True)
class QueryError:
    """An error in a GraphQL response, about one field of the answer.

    `type` is GitHub's code for it, such as `NOT_FOUND`, None if it has none; `path` are the names or aliases
    that lead from the top of the answer to the field.
    """

    message: str
    type: str | None = None
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiResponse:
    """A GraphQL response: its data, and the errors of the fields that are missing in it."""

    data: Mapping[str, Any]
    errors: tuple[QueryError, ...] = ()


class AppIdentity(Protocol):
    """Requests that only the App itself can send, with its JWT."""

    async def installation_on(self, repository: str) -> int | None:
        """Return the id of the App's installation on a repository ("owner/name"), None if there is none."""
        ...


class Client(GitHubAPI):
    """A client that sends requests as one installation, or as the App.

    REST calls (`getitem`, `getiter`, `post`, `patch`, `put`, `delete`, as gidgethub has them) and `execute`
    raise Limited, LostAnswer, Refused, Gone, Stale or GitHubError (see `errors`). `requests` is the number of
    requests sent so far, `rate_limits` are the limits as the last responses told them, by resource.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        *,
        rest_url: str,
        graphql_url: str,
        clock: Clock,
        identity: AppIdentity,
        between_writes: float = 1.0,
    ) -> None:
        super().__init__(session, REQUESTER, base_url=rest_url)
        self.graphql_url = graphql_url
        self.identity = identity
        self.requests = 0
        self.rate_limits: dict[str, RateLimit] = {}
        self._credentials = credentials
        self._clock = clock
        self._throttle = WriteThrottle(between_writes)
        self._limited: datetime | None = None  # send nothing before this time
        self._limits_in_a_row = 0

    async def execute(self, document: str, variables: Mapping[str, Any]) -> ApiResponse:
        """Send a GraphQL document with the values of its variables, and return its response.

        Errors of single fields are in the response, beside the data of all other fields; they are not raised.
        """
        await self.manage_rate_limit(
            method="POST" if document.startswith("mutation") else "GET", url=self.graphql_url
        )
        headers = sansio.create_headers(REQUESTER) | {"content-type": "application/json; charset=utf-8"}
        body = json.dumps({"query": document, "variables": variables}).encode()
        status, _, raw = await self._request("POST", self.graphql_url, headers, body)
        content = _json(raw)
        if status != 200 or not isinstance(content, dict):
            _raise_for_status(status, _message(content))
        errors = tuple(
            QueryError(str(each.get("message")), each.get("type"), tuple(each.get("path") or ()))
            for each in content.get("errors") or ()
        )
        return ApiResponse(content.get("data") or {}, errors)

    # -- gidgethub's hooks -------------------------------------------------------------------------------

    async def manage_rate_limit(self, *, method: str, url: str) -> None:
        """Raise Limited while a rate limit lasts; delay a write that comes too soon after the last one.

        gidgethub calls this before each REST request.
        """
        if self._limited and self._clock.now() < self._limited:
            raise Limited("GitHub wants to be left alone", self._limited)
        if method != "GET":
            await self._throttle.wait()

    async def handle_rate_limit_error(
        self, *, method: str, url: str, exception: HTTPException, attempt: int
    ) -> bool:
        """Raise one of our errors for a REST request that failed.

        gidgethub calls this after each failed request. Rate limits never get here: `_request` raises Limited
        before.
        """
        try:
            _raise_for_status(exception.status_code, _message_of(exception), exception.headers)
        except GitHubError as error:
            raise error from exception

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send a request with current credentials; return the status, headers and body of the response.

        A request that got 401 had no effect, so it is sent again as often as the credentials allow. Raises
        Limited for a rate limit, LostAnswer for no response and for one that is not from GitHub's API.
        """
        attempt = 0
        while True:
            authorization = await self._credentials.header()
            sent = {**headers, "authorization": authorization, "x-github-api-version": API_VERSION}
            response = await self._send(method, url, sent, body)
            wait = await self._credentials.rejected(authorization, attempt) if response[0] == 401 else None
            if wait is None:
                break
            await self.sleep(wait)
            attempt += 1
        messages = self._error_messages(*response)
        if any(classify_error(each.message) == "permission" for each in messages):
            self._credentials.permission_missing(authorization)
        return response

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        self.requests += 1
        try:
            async with self._session.request(
                method,
                url,
                headers=headers,
                data=body,
                timeout=TIMEOUT,
                allow_redirects=method == "GET",  # following a redirected POST would make a GET of it
            ) as response:
                return response.status, response.headers, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise LostAnswer(f"{method} {url}: {str(error) or type(error).__name__}") from error

    def _error_messages(self, status: int, headers: Mapping[str, str], body: bytes) -> Sequence[ApiMessage]:
        """Return the error messages of a response.

        Raises LostAnswer for a response that is not from GitHub's API, Limited for a rate limit; until that
        ends, later requests raise Limited without being sent.
        """
        kind = headers.get("content-type", "")
        if status >= 500 or (body and "json" not in kind):
            raise LostAnswer(f"HTTP {status}, {kind or 'no content type'}: this is not the API speaking")
        messages = _api_messages(status, _json(body))
        if limit := rate_limit_in(headers):
            self.rate_limits[limit.resource] = limit
        self._limited = limited_until(status, headers, messages, self._clock.now(), self._limits_in_a_row)
        if self._limited:
            self._limits_in_a_row += 1
            raise Limited(messages[0].message if messages else f"HTTP {status}", self._limited)
        self._limits_in_a_row = 0
        return messages


class WriteThrottle:
    """Keeps a client's writes at least `seconds` apart, as GitHub asks of Apps.

    https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    async def wait(self) -> None:
        """Wait until the next write may be sent."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._next)
        self._next = start + self._seconds
        if start > now:
            await asyncio.sleep(start - now)


# The error to raise for an HTTP status. `_error_messages` has raised rate limits and lost responses before.
_ERRORS: Mapping[int, type[GitHubError]] = {
    403: Refused,
    404: Gone,
    409: Stale,  # the file or the branch has moved
    410: Gone,  # a deleted issue
    422: Refused,  # unprocessable: the message says why
    451: Refused,
}


def _raise_for_status(status: int, message: str, headers: Mapping[str, str] | None = None) -> NoReturn:
    """Raise the error for an HTTP status that is not a success.

    Stale instead of Refused when the message says that something changed.
    """
    kind = _ERRORS.get(status, GitHubError)
    if kind is Refused and classify_error(message) == "stale":
        raise Stale(message)
    if kind is Refused:
        raise Refused(message, _accepted((headers or {}).get("x-accepted-github-permissions")))
    raise kind(message if kind is not GitHubError else f"HTTP {status}: {message}")


def _accepted(header: str | None) -> str | None:
    """Return the first permission that would be enough (`contents: write`), None if the header names none.

    `header` is GitHub's `X-Accepted-GitHub-Permissions`: `contents=write; issues=write,pull_requests=write`.
    https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
    """
    first = (header or "").split(";")[0].split(",")[0]
    return ": ".join(first.split("=")) if "=" in first else None


def _message_of(exception: HTTPException) -> str:
    """Return GitHub's message, followed by those about single fields (422), which gidgethub keeps apart."""
    errors = getattr(exception, "errors", None)
    details = [each.get("message") for each in errors or () if isinstance(each, dict)]
    more = [str(each) for each in details if each and str(each) not in str(exception)]
    return "; ".join([str(exception), *more])


def _api_messages(status: int, content: Any) -> Sequence[ApiMessage]:
    """Return the error messages in the body of a response: GraphQL's `errors`, or REST's `message`.

    `message` counts from status 400 on: in a success it may be the message of a commit.
    """
    if not isinstance(content, dict):
        return ()
    if content.get("errors") and isinstance(content["errors"], list):
        return [
            ApiMessage(str(each.get("message", "")), each.get("type"))
            for each in content["errors"]
            if isinstance(each, dict)
        ]
    return (ApiMessage(_message(content)),) if status >= 400 else ()


def _message(content: Any) -> str:
    return str(content.get("message", "")) if isinstance(content, dict) else ""


def _json(body: bytes) -> Any:
    try:
        return json.loads(body or b"null")
    except ValueError as error:
        raise LostAnswer(f"not JSON: {error}") from error
