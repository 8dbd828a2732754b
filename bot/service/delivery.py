"""A delivery's body: read within limits, checked against its signature, parsed.

https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
"""

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiohttp import web

BODY_LIMIT = 25 * 2**20
"""Bytes of a body; GitHub sends no larger payload
(https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap)."""
IN_FLIGHT_LIMIT = 4 * BODY_LIMIT
"""Bytes of bodies in memory at one time, over all requests."""
PATIENCE = 10
"""Seconds that a body may take; GitHub itself gives up after 10
(https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks)."""
DELIVERY = re.compile(r"[A-Za-z0-9-]{1,100}")
"""The form of a delivery's id; GitHub's are GUIDs."""
BIG = 2**16
"""Bytes above which a body is hashed and parsed in a thread, not on the event loop. Hashing releases the
interpreter lock, parsing JSON does not (20 MB: 0.2 s, measured); but only signed bodies of events that matter
are parsed, and GitHub keeps those below 1 MB."""

REFUSALS: Mapping[str, tuple[int, str]] = {
    "too-large": (413, "the body is larger than 25 MB"),
    "busy": (503, "too many bytes in flight, try again"),
    "slow": (408, "the body took too long"),
    "no-signature": (401, "X-Hub-Signature-256 is missing: set the webhook secret in the app's settings"),
    "wrong-signature": (401, "X-Hub-Signature-256 does not fit: is the secret the same on both sides?"),
    "no-delivery": (400, "X-GitHub-Delivery is missing or no id"),
    "not-json": (400, "the body is not JSON (content type application/json)"),
    "unavailable": (503, "the queue cannot be reached, try again"),
}
"""Why a delivery is refused: reason (also the metric's label), HTTP status, and message."""


class Rejected(Exception):
    """Raised where a webhook delivery is refused; `reason` is a key of REFUSALS, such as "busy"."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    def response(self) -> web.Response:
        """Return the HTTP response to the delivery; with status 503 it asks to retry after 60 seconds."""
        status, words = REFUSALS[self.reason]
        headers = {"Retry-After": "60"} if status == 503 else {}
        return web.json_response({"refused": self.reason, "message": words}, status=status, headers=headers)


class MemoryLimit:
    """A limit of the bytes of request bodies that are in memory at one time, over all requests."""

    def __init__(self, limit: int = IN_FLIGHT_LIMIT) -> None:
        self.limit = limit
        self.in_use = 0

    @contextmanager
    def share(self) -> Iterator[Callable[[int], None]]:
        """Yield a function to reserve memory for one body; call it with the body's size so far, in bytes.

        It raises Rejected (busy) when the limit would be exceeded. At the end the memory is released.
        """
        mine = 0

        def grow(size: int) -> None:
            nonlocal mine
            more = max(size - mine, 0)
            if self.in_use + more > self.limit:
                raise Rejected("busy")
            mine += more
            self.in_use += more

        try:
            yield grow
        finally:
            self.in_use -= mine


async def read_body(request: web.Request, grow: Callable[[int], None]) -> bytearray:
    """Return the body of a webhook delivery, after a check of its headers.

    `grow` reserves memory for the body, given its size so far in bytes (see `MemoryLimit.share`). It counts
    only bytes that have arrived, and only those of bodies beyond a certain size: a request that declares a
    large body and sends nothing must not keep others out. Raises Rejected (too-large, no-signature,
    no-delivery, busy, slow).
    """
    if (request.content_length or 0) > BODY_LIMIT:
        raise Rejected("too-large")
    check_headers(request.headers)
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for chunk in request.content.iter_any():
                if len(body) + len(chunk) > BODY_LIMIT:
                    raise Rejected("too-large")
                grow(max(len(body) + len(chunk) - BIG, 0))
                body += chunk
    except TimeoutError:
        raise Rejected("slow") from None
    return body


def check_headers(headers: Mapping[str, str]) -> None:
    """Raise Rejected (no-signature, no-delivery) when a header of a delivery is missing or malformed."""
    if not headers.get("X-Hub-Signature-256"):
        raise Rejected("no-signature")
    if not DELIVERY.fullmatch(headers.get("X-GitHub-Delivery", "")):
        raise Rejected("no-delivery")


def verify(body: bytes | bytearray, signature: str, secrets: tuple[str, ...]) -> None:
    """Raise Rejected (wrong-signature) unless `signature` is that of the body with one of the secrets.

    `signature` is the header `X-Hub-Signature-256`; it is compared in constant time. SHA-1 signatures are not
    accepted.
    """
    # as bytes, since compare_digest raises on a str that is not ASCII
    given = signature.encode("utf-8", "surrogateescape")
    # every secret is tried, so that the time does not tell which one fits
    fits = [hmac.compare_digest(given, b"sha256=" + _digest(secret, body)) for secret in secrets]
    if not any(fits):
        raise Rejected("wrong-signature")


def _digest(secret: str, body: bytes | bytearray) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()


def parse(body: bytes | bytearray) -> Any:
    """Return the body as parsed JSON. Raises Rejected (not-json)."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError; nesting may be hostile
        raise Rejected("not-json") from None
