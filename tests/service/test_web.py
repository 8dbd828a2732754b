"""Deliveries through real HTTP: what is taken, what is refused, and with which words."""

import asyncio
import json

import pytest
from aiohttp import payload

from bot.service import delivery
from bot.service.metrics import Metrics
from bot.service.web import make_app
from tests.service.conftest import OLD_SECRET, RememberingQueue, WebContext, labelled, sign

BODY = json.dumps(labelled()).encode()
PROMISING = "X-Hub-Signature-256: sha256=none\r\nX-GitHub-Delivery: 5"
"""Headers that promise a delivery, as anybody can write them."""


async def test_a_delivery_is_in_the_queue_when_the_answer_comes(context: WebContext) -> None:
    response = await context.deliver()

    assert (response.status, await response.json()) == (202, {"outcome": "accepted"})
    assert [
        (job.request.repository, job.request.number, job.request.installation) for job in context.queue.jobs
    ] == [("hill-lab/notes", 12, 77)]
    assert context.counted("accepted") == 1


async def test_the_secret_before_is_valid_while_it_is_changed(context: WebContext) -> None:
    response = await context.deliver(BODY, X_Hub_Signature_256=sign(BODY, OLD_SECRET))

    assert response.status == 202
    assert len(context.queue.jobs) == 1


@pytest.mark.parametrize(
    ("changes", "status", "reason"),
    [
        ({"X_Hub_Signature_256": None}, 401, "no-signature"),
        ({"X_Hub_Signature_256": ""}, 401, "no-signature"),
        ({"X_Hub_Signature_256": sign(BODY, "a guess")}, 401, "wrong-signature"),
        ({"X_Hub_Signature_256": sign(BODY, "")}, 401, "wrong-signature"),
        ({"X_Hub_Signature_256": sign(BODY)[7:]}, 401, "wrong-signature"),
        ({"X_Hub_Signature_256": "sha256="}, 401, "wrong-signature"),
        ({"X_Hub_Signature_256": "sha256=é☃"}, 401, "wrong-signature"),
        # the older header alone does not do
        ({"X_Hub_Signature_256": None, "X_Hub_Signature": "sha1=" + "0" * 40}, 401, "no-signature"),
        ({"X_GitHub_Delivery": None}, 400, "no-delivery"),
        ({"X_GitHub_Delivery": "x" * 101}, 400, "no-delivery"),
        ({"X_GitHub_Delivery": "'; drop table"}, 400, "no-delivery"),
    ],
)
async def test_what_is_not_as_GitHub_sends_it_is_refused_with_a_reason(  # noqa: N802
    context: WebContext, changes: dict[str, str | None], status: int, reason: str
) -> None:
    response = await context.deliver(BODY, **changes)

    assert (response.status, (await response.json())["refused"]) == (status, reason)
    assert context.queue.jobs == []
    assert context.counted(reason) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"payload=%7B%7D", b"\xff\xfe\x00", b'{"a": ' + b"[" * 100_000, b"NaN!"]
)
async def test_what_is_not_json_is_refused(context: WebContext, body: bytes) -> None:
    response = await context.deliver(body)

    assert (response.status, (await response.json())["refused"]) == (400, "not-json")


@pytest.mark.parametrize("body", [b"null", b"3", b"[]", b'"text"', b"{}"])
async def test_json_of_another_shape_is_ignored(context: WebContext, body: bytes) -> None:
    response = await context.deliver(body)

    assert response.status == 202
    assert context.queue.jobs == []


async def test_an_unknown_event_is_ignored_and_its_body_not_even_parsed(context: WebContext) -> None:
    response = await context.deliver(b"{ no json", X_GitHub_Event="moon_landing")

    assert (response.status, await response.json()) == (202, {"outcome": "ignored: event"})
    assert context.counted("ignored: event") == 1


async def test_the_same_delivery_twice_is_one_job(context: WebContext) -> None:
    first, second = await context.deliver(), await context.deliver()

    assert [(await response.json())["outcome"] for response in (first, second)] == ["accepted", "duplicate"]
    assert len(context.queue.jobs) == 1


async def test_a_large_body_below_the_limit_is_taken(context: WebContext) -> None:
    event = labelled() | {"padding": "x" * 3_000_000}  # over aiohttp's own limit of 1 MiB, and over BIG

    assert (await context.deliver(event)).status == 202
    assert len(context.queue.jobs) == 1
    assert context.memory.in_use == 0


async def test_a_body_that_declares_too_much_is_refused_before_it_comes(context: WebContext) -> None:
    answer = await raw(context, b"Content-Length: %d" % (delivery.BODY_LIMIT + 1), b"")

    assert b"413" in answer
    assert (context.memory.in_use, context.counted("too-large")) == (0, 1)


async def test_a_body_that_declares_nothing_is_cut_off_at_the_limit(
    context: WebContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "BODY_LIMIT", 1000)

    async def endless() -> object:
        for _ in range(50):
            yield b"x" * 100

    headers = dict(line.split(": ") for line in PROMISING.split("\r\n"))
    response = await context.client.post(
        "/webhook", data=payload.AsyncIterablePayload(endless()), headers=headers
    )

    assert (response.status, (await response.json())["refused"]) == (413, "too-large")
    assert context.memory.in_use == 0


async def test_too_many_bytes_in_flight_are_refused_with_a_time_to_come_back(context: WebContext) -> None:
    event = labelled() | {"padding": "x" * 3_000_000}
    with context.memory.share() as grow:  # as other requests would hold it
        grow(context.memory.limit - 10)
        response = await context.deliver(event)
        usual = await context.deliver()

    assert (response.status, (await response.json())["refused"]) == (503, "busy")
    assert response.headers["Retry-After"] == "60"
    assert usual.status == 202  # a delivery of the usual size is never kept out
    assert (await context.deliver(event)).status == 202  # what was held is given back
    assert context.memory.in_use == 0


async def test_who_declares_a_lot_and_sends_nothing_keeps_nobody_out(context: WebContext) -> None:
    server, header = context.client.server, f"Content-Length: {delivery.BODY_LIMIT}\r\n{PROMISING}"
    silent = [await asyncio.open_connection(server.host, server.port) for _ in range(8)]
    for _, writer in silent:
        writer.write(f"POST /webhook HTTP/1.1\r\nHost: bot\r\n{header}\r\n\r\n".encode())
        await writer.drain()

    response = await context.deliver(labelled() | {"padding": "x" * 3_000_000})

    assert response.status == 202
    for _, writer in silent:
        writer.close()
        await writer.wait_closed()


async def test_odd_bytes_in_a_header_are_no_fault_of_ours(context: WebContext) -> None:
    assert b"401" in await raw(context, b"X-GitHub-Event: \xff\xfe\r\nContent-Length: 2", b"{}")


async def test_a_body_that_does_not_come_is_given_up(
    context: WebContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.05)

    answer = await raw(context, f"Content-Length: 5000\r\n{PROMISING}".encode(), b"begun")

    assert b"408" in answer
    assert (context.memory.in_use, context.counted("slow")) == (0, 1)


async def raw(context: WebContext, header: bytes, body: bytes) -> bytes:
    """Send what no client library would, and read the first line of the answer."""
    server = context.client.server
    reader, writer = await asyncio.open_connection(server.host, server.port)
    writer.write(b"POST /webhook HTTP/1.1\r\nHost: bot\r\n" + header + b"\r\n\r\n" + body)
    async with asyncio.timeout(5):
        answer = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_queue_that_is_away_is_no_202(context: WebContext) -> None:
    context.queue.broken = True

    response = await context.deliver()

    assert (response.status, (await response.json())["refused"]) == (503, "unavailable")
    assert (await context.client.get("/healthz")).status == 503


async def test_health_and_metrics(context: WebContext) -> None:
    health = await context.client.get("/healthz")
    await context.deliver()
    metrics = await (await context.client.get("/metrics")).text()

    assert (health.status, (await health.json())["queue"]) == (200, "reachable")
    assert 'minutes_deliveries_total{outcome="accepted"} 1.0' in metrics


@pytest.mark.parametrize("secrets", [(), ("",), ("good", "")])
def test_no_server_without_a_secret(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="secret"):
        make_app(RememberingQueue(), secrets, Metrics())
