"""One installation's conversation with GitHub, REST and GraphQL: a thin layer over gidgethub.

gidgethub 6 lets its own `graphql()` past the hooks, drops the headers and knows one address only; here both
kinds pass `_request`, where each answer is judged: a limit, a lost answer, or something to read.
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

from bot.github.auth import Clock, Credentials
from bot.github.errors import GitHubError, Gone, Limited, LostAnswer, Refused, Stale
from bot.github.limits import Said, limited_until
from bot.github.verdicts import meaning

REQUESTER = "minutes-bot"
# Without it GitHub picks a version: https://docs.github.com/en/rest/about-the-rest-api/api-versions
API_VERSION = "2022-11-28"
# GitHub ends a request after 10 s: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10)


@dataclass(frozen=True, slots=True)
class QueryError:
    """An error of a GraphQL answer. Branch on `type`; `path` starts with the field's alias."""

    message: str
    type: str | None = None
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL answer: what came, and what did not."""

    data: Mapping[str, Any]
    errors: tuple[QueryError, ...] = ()


class Itself(Protocol):
    """What only the App itself can ask, by its JWT."""

    async def installation_on(self, repository: str) -> int | None:
        """Find the installation that covers a repository."""
        ...


class Client(GitHubAPI):
    """What the bot asks GitHub, on behalf of one installation (or of the App itself).

    Raises Limited, LostAnswer, Refused, Gone, Stale or GitHubError (see `errors`), from REST calls
    (`getitem`, `getiter`, `post`, `patch`, `put`, `delete`, as gidgethub has them) and from `execute`.
    `requests` counts what was sent.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        *,
        rest_url: str,
        graphql_url: str,
        clock: Clock,
        itself: Itself,
        between_writes: float = 1.0,
    ) -> None:
        super().__init__(session, REQUESTER, base_url=rest_url)
        self.graphql_url = graphql_url
        self.itself = itself
        self.requests = 0
        self._credentials = credentials
        self._clock = clock
        self._pace = Pace(between_writes)
        self._limited: datetime | None = None  # until when
        self._limits_in_a_row = 0

    async def execute(self, document: str, variables: Mapping[str, Any]) -> Answer:
        """Send a GraphQL document. Errors of single fields are in the answer, with what did come."""
        await self.manage_rate_limit(
            method="POST" if document.startswith("mutation") else "GET", url=self.graphql_url
        )
        headers = sansio.create_headers(REQUESTER) | {"content-type": "application/json; charset=utf-8"}
        body = json.dumps({"query": document, "variables": variables}).encode()
        status, _, answer = await self._request("POST", self.graphql_url, headers, body)
        content = _json(answer)
        if status != 200 or not isinstance(content, dict):
            _refuse(status, _message(content))
        errors = tuple(
            QueryError(str(each.get("message")), each.get("type"), tuple(each.get("path") or ()))
            for each in content.get("errors") or ()
        )
        return Answer(content.get("data") or {}, errors)

    # -- gidgethub's hooks -------------------------------------------------------------------------------

    async def manage_rate_limit(self, *, method: str, url: str) -> None:
        """Before a request: none while GitHub wants to be left alone, and writes not too quickly."""
        if self._limited and self._clock.now() < self._limited:
            raise Limited("GitHub wants to be left alone", self._limited)
        if method != "GET":
            await self._pace.turn()

    async def handle_rate_limit_error(
        self, *, method: str, url: str, exception: HTTPException, attempt: int
    ) -> bool:
        """After a REST request that failed: say it in our words. (Limits were seen in `_request`.)"""
        try:
            _refuse(exception.status_code, _words(exception), exception.headers)
        except GitHubError as error:
            raise error from exception

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Send, with the credentials of the moment; a 401 did nothing, so it may be tried again."""
        attempt = 0
        while True:
            authorization = await self._credentials.header()
            sent = {**headers, "authorization": authorization, "x-github-api-version": API_VERSION}
            answer = await self._send(method, url, sent, body)
            wait = await self._credentials.rejected(authorization, attempt) if answer[0] == 401 else None
            if wait is None:
                break
            await self.sleep(wait)
            attempt += 1
        if any(meaning(said.message) == "permission" for said in self._judge(*answer)):
            self._credentials.lacking(authorization)
        return answer

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

    def _judge(self, status: int, headers: Mapping[str, str], body: bytes) -> Sequence[Said]:
        """Take what an answer says about itself.

        Raises LostAnswer for an answer that is not GitHub's API speaking, Limited for a limit.
        """
        kind = headers.get("content-type", "")
        if status >= 500 or (body and "json" not in kind):
            raise LostAnswer(f"HTTP {status}, {kind or 'no content type'}: this is not the API speaking")
        said = _said(status, _json(body))
        self._limited = limited_until(status, headers, said, self._clock.now(), self._limits_in_a_row)
        if self._limited:
            self._limits_in_a_row += 1
            raise Limited(said[0].message if said else f"HTTP {status}", self._limited)
        self._limits_in_a_row = 0
        return said


class Pace:
    """Turns to write, at least so many seconds apart, as GitHub asks of Apps.

    https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next turn."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._next)
        self._next = start + self._seconds
        if start > now:
            await asyncio.sleep(start - now)


# What a REST status means, apart from limits and lost answers, which `_judge` sees first.
_MEANS: Mapping[int, type[GitHubError]] = {
    403: Refused,
    404: Gone,
    409: Stale,  # the file or the branch has moved
    410: Gone,  # a deleted issue
    422: Refused,  # unprocessable: its words say why
    451: Refused,
}


def _refuse(status: int, message: str, headers: Mapping[str, str] | None = None) -> NoReturn:
    """Raise what a status that is no success means."""
    kind = _MEANS.get(status, GitHubError)
    if kind is Refused and meaning(message) == "stale":
        raise Stale(message)
    if kind is Refused:
        raise Refused(message, _accepted((headers or {}).get("x-accepted-github-permissions")))
    raise kind(message if kind is not GitHubError else f"HTTP {status}: {message}")


def _accepted(header: str | None) -> str | None:
    """Read the permission that would have been enough: `contents=write; issues=write,pull_requests=write`.

    https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
    """
    first = (header or "").split(";")[0].split(",")[0]
    return ": ".join(first.split("=")) if "=" in first else None


def _words(exception: HTTPException) -> str:
    """Return GitHub's message, with those of the single fields (422), which gidgethub keeps apart."""
    errors = getattr(exception, "errors", None)
    details = [each.get("message") for each in errors or () if isinstance(each, dict)]
    more = [str(each) for each in details if each and str(each) not in str(exception)]
    return "; ".join([str(exception), *more])


def _said(status: int, content: Any) -> Sequence[Said]:
    """Take GitHub's words about the answer: below 400, `message` is what a commit says."""
    if not isinstance(content, dict):
        return ()
    if content.get("errors") and isinstance(content["errors"], list):
        return [
            Said(str(each.get("message", "")), each.get("type"))
            for each in content["errors"]
            if isinstance(each, dict)
        ]
    return (Said(_message(content)),) if status >= 400 else ()


def _message(content: Any) -> str:
    return str(content.get("message", "")) if isinstance(content, dict) else ""


def _json(body: bytes) -> Any:
    try:
        return json.loads(body or b"null")
    except ValueError as error:
        raise LostAnswer(f"not JSON: {error}") from error
