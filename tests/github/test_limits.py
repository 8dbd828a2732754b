"""Which answers mean "not now", and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.github.limits import LONGEST, ApiMessage, RateLimit, limited_until, rate_limit_in

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
RESET = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW.timestamp()) + 600)}
SECONDARY = ApiMessage("You have exceeded a secondary rate limit. Please wait a few minutes.")
QUICK = ApiMessage("Comment was submitted too quickly. Please try again.", "UNPROCESSABLE")


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("status", "headers", "messages", "until"),
    [
        pytest.param(403, {"retry-after": "30"}, [SECONDARY], after(30), id="secondary limit says how long"),
        pytest.param(403, {}, [SECONDARY], after(60), id="secondary limit says nothing: a minute"),
        pytest.param(
            403, RESET, [ApiMessage("API rate limit exceeded")], after(601), id="primary limit, REST"
        ),
        pytest.param(403, RESET, [], after(601), id="exhausted, without a word"),
        pytest.param(403, {"retry-after": "7", **RESET}, [], after(7), id="retry-after comes before reset"),
        pytest.param(429, {}, [], after(60), id="429 is always a limit"),
        pytest.param(429, RESET, [], after(601), id="429 with a reset"),
        pytest.param(
            200, RESET, [ApiMessage("exceeded", "RATE_LIMITED")], after(601), id="primary limit, GraphQL"
        ),
        pytest.param(200, {}, [ApiMessage("exceeded", "RATE_LIMIT")], after(60), id="its other name"),
        pytest.param(200, {}, [QUICK], after(60), id="too many comments"),
        pytest.param(403, {}, [ApiMessage("abuse detection mechanism")], after(60), id="older GHES"),
        pytest.param(403, {"retry-after": "Tue, 24 Nov 2026 14:05:00 GMT"}, [], after(300), id="a date"),
        pytest.param(403, {"retry-after": "soon"}, [], after(60), id="neither number nor date"),
        pytest.param(403, {"retry-after": "9" * 30}, [], after(60), id="absurdly long"),
        pytest.param(403, {"retry-after": "99999999"}, [], NOW + LONGEST, id="longer than a day"),
        pytest.param(403, {"retry-after": "-5"}, [], after(1), id="in the past"),
        pytest.param(429, {"x-ratelimit-remaining": "0"}, [], after(60), id="exhausted, no reset"),
        pytest.param(429, {**RESET, "x-ratelimit-reset": "x"}, [], after(60), id="broken reset"),
        pytest.param(200, RESET, [], None, id="the last request that was allowed"),
        pytest.param(403, {}, [ApiMessage("Resource not accessible by integration")], None, id="permission"),
        pytest.param(200, {}, [ApiMessage("no such node", "NOT_FOUND")], None, id="another GraphQL error"),
        pytest.param(404, {}, [SECONDARY], None, id="not a limit's status"),
    ],
)
def test_limits(
    status: int, headers: dict[str, str], messages: list[ApiMessage], until: datetime | None
) -> None:
    assert limited_until(status, headers, messages, NOW) == until


def test_the_wait_doubles_with_each_limit_in_a_row() -> None:
    waits = [limited_until(429, {}, [], NOW, times) for times in range(4)]

    assert waits == [after(60), after(120), after(240), after(480)]


def test_the_wait_does_not_grow_for_ever() -> None:
    assert limited_until(429, {}, [], NOW, times=1000) == after(60 * 1024)


def test_how_much_is_left_is_read_from_the_headers() -> None:
    told = {**RESET, "x-ratelimit-limit": "5000", "x-ratelimit-resource": "core"}

    assert rate_limit_in(told) == RateLimit("core", 0, 5000, after(601))


@pytest.mark.parametrize("name", ["remaining", "limit", "reset"])
@pytest.mark.parametrize("value", ["", "many", "-1"])
def test_headers_that_do_not_say_how_much_is_left_say_nothing(name: str, value: str) -> None:
    told = {**RESET, "x-ratelimit-limit": "5000", f"x-ratelimit-{name}": value}
    if name == "reset" and value == "-1":
        told["x-ratelimit-reset"] = "9" * 30

    assert rate_limit_in(told) is None
