"""Detects rate limits in responses, and computes until when to wait. No I/O.

Sources: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(minutes=1)  # a secondary limit without `retry-after`: "wait for at least one minute"
LONGEST = timedelta(days=1)  # primary limits reset each hour; more than a day is a broken header

LIMIT_TYPES = frozenset({"RATE_LIMITED", "RATE_LIMIT"})  # in GraphQL, with HTTP status 200
LIMIT_WORDS = (
    "rate limit",
    "abuse detection",  # its name on older GHES
    "submitted too quickly",  # content creation, UNPROCESSABLE at 200: https://github.com/cli/cli/issues/4801
)


@dataclass(frozen=True, slots=True)
class ApiMessage:
    """An error message in a response; `type` is GraphQL's, None in REST."""

    message: str = ""
    type: str | None = None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A primary rate limit as a response told it: how much is left of it, and when it is full again."""

    resource: str
    remaining: int
    limit: int
    reset: datetime


def rate_limit_in(headers: Mapping[str, str]) -> RateLimit | None:
    """Return the rate limit that a response's headers (lower-case keys) tell; None if they do not."""
    reset = _reset(headers.get("x-ratelimit-reset"))
    remaining, limit = (headers.get(f"x-ratelimit-{name}", "") for name in ("remaining", "limit"))
    if reset is None or not (remaining.isdecimal() and limit.isdecimal()):
        return None
    return RateLimit(headers.get("x-ratelimit-resource", ""), int(remaining), int(limit), reset)


def limited_until(
    status: int, headers: Mapping[str, str], messages: Sequence[ApiMessage], now: datetime, times: int = 0
) -> datetime | None:
    """Return the time (UTC) before which nothing may be sent, None when the response is no rate limit.

    REST limits come as `status` 403 or 429, the primary GraphQL limit as 200 with an error in `messages`.
    `headers` have lower-case keys, `now` is in UTC; `times` counts the limits met in a row before this one,
    each of which doubles the wait.
    """
    exhausted = headers.get("x-ratelimit-remaining") == "0"
    is_limit = any(_is_limit(each) for each in messages)
    if status == 429 or (status == 403 and (is_limit or exhausted or "retry-after" in headers)):
        return _until(headers, now, times, exhausted)
    if status == 200 and is_limit:
        return _until(headers, now, times, exhausted)
    return None


def _is_limit(message: ApiMessage) -> bool:
    text = message.message.lower()
    return message.type in LIMIT_TYPES or any(words in text for words in LIMIT_WORDS)


def _until(headers: Mapping[str, str], now: datetime, times: int, exhausted: bool) -> datetime:
    """Return when a limit ends: by `retry-after`, else by the reset of an exhausted limit, else in a minute.

    The minute doubles with each earlier limit in a row (`times`). The end is at least a second and at most
    LONGEST after `now`.
    """
    until = _retry_after(headers.get("retry-after"), now)
    if until is None and exhausted:
        until = _reset(headers.get("x-ratelimit-reset"))
    if until is None:
        until = now + SHORTEST * 2 ** min(times, 10)
    return min(max(until, now + timedelta(seconds=1)), now + LONGEST)


def _retry_after(value: str | None, now: datetime) -> datetime | None:
    """Return the time that `retry-after` means: seconds from `now`, or a date (RFC 9110 section 10.2.3).

    None for anything else.
    """
    if value is None:
        return None
    try:
        return now + timedelta(seconds=int(value))
    except (ValueError, OverflowError):
        pass
    try:
        return parsedate_to_datetime(value).astimezone(UTC)
    except ValueError:
        return None


def _reset(value: str | None) -> datetime | None:
    """Return the time in `x-ratelimit-reset` (seconds since 1970), plus a second, since clocks differ.

    None for anything else.
    """
    try:
        return datetime.fromtimestamp(int(value or ""), UTC) + timedelta(seconds=1)
    except (ValueError, OverflowError, OSError):
        return None
