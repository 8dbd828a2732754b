"""When GitHub says "not now", and until when. Pure.

Sources: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST = timedelta(minutes=1)  # a secondary limit without `retry-after`: "wait for at least one minute"
LONGEST = timedelta(days=1)  # primary limits reset each hour; more than a day is a broken header

LIMIT_TYPES = frozenset({"RATE_LIMITED", "RATE_LIMIT"})  # GraphQL says so at HTTP 200
LIMIT_WORDS = (
    "rate limit",
    "abuse detection",  # its name on older GHES
    "submitted too quickly",  # content creation, UNPROCESSABLE at 200: https://github.com/cli/cli/issues/4801
)


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says about itself: the REST message, or a GraphQL error's type and message."""

    message: str = ""
    type: str | None = None


def limited_until(
    status: int, headers: Mapping[str, str], said: Sequence[Said], now: datetime, times: int = 0
) -> datetime | None:
    """Return until when GitHub wants to be left alone; None when this answer is no limit.

    REST limits come as 403 or 429, the primary GraphQL limit as 200 with an error. `headers` have lower-case
    keys; `times` counts the limits met in a row before this one, for the exponential wait.
    """
    exhausted = headers.get("x-ratelimit-remaining") == "0"
    told = any(_is_limit(each) for each in said)
    if status == 429 or (status == 403 and (told or exhausted or "retry-after" in headers)):
        return _until(headers, now, times, exhausted)
    if status == 200 and told:
        return _until(headers, now, times, exhausted)
    return None


def _is_limit(said: Said) -> bool:
    message = said.message.lower()
    return said.type in LIMIT_TYPES or any(words in message for words in LIMIT_WORDS)


def _until(headers: Mapping[str, str], now: datetime, times: int, exhausted: bool) -> datetime:
    """`retry-after` first, then the reset of an exhausted limit, else a minute that doubles."""
    told = _retry_after(headers.get("retry-after"), now)
    if told is None and exhausted:
        told = _reset(headers.get("x-ratelimit-reset"))
    if told is None:
        told = now + SHORTEST * 2 ** min(times, 10)
    return min(max(told, now + timedelta(seconds=1)), now + LONGEST)


def _retry_after(value: str | None, now: datetime) -> datetime | None:
    """Seconds, or a date (RFC 9110 section 10.2.3)."""
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
    """Seconds since 1970; one more, since clocks differ and the second is still the old one."""
    try:
        return datetime.fromtimestamp(int(value or ""), UTC) + timedelta(seconds=1)
    except (ValueError, OverflowError, OSError):
        return None
