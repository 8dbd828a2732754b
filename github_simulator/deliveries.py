"""Webhook deliveries: signed, sent in order by a background task, and logged; redelivery keeps the GUID."""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import aiohttp

from github_simulator.clock import SimulatedClock
from github_simulator.state import App

PATIENCE = 10.0  # timeout, seconds: https://docs.github.com/webhooks/using-webhooks/best-practices-for-using-webhooks
PENDING = "pending"


@dataclass
class Delivery:
    """One attempt to deliver a webhook to an app.

    `status` is "pending", "OK" or why it failed, as in GitHub's log. `status_code` is that of the app's
    response, 0 without one, `answer` its body. `duration` is in seconds.
    """

    id: int
    guid: str
    app: App = field(repr=False)
    event: str
    action: str | None
    installation_id: int | None
    repository_id: int | None
    payload: Mapping[str, Any] = field(repr=False)
    at: datetime
    redelivery: bool = False
    url: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    duration: float = 0.0  # seconds
    status: str = PENDING
    status_code: int = 0
    answer: str | None = None


class Deliveries:
    """The log of all webhook deliveries, newest last, and the task that sends them one after another."""

    def __init__(self, clock: SimulatedClock) -> None:
        self.log: list[Delivery] = []
        self.waiting = 0  # deliveries that are queued or being sent
        self._clock = clock
        self._queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Start the task that sends queued deliveries."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        self._task = asyncio.create_task(self._send_all(), name="webhooks")

    async def close(self) -> None:
        """Stop sending; queued deliveries are lost."""
        if self._task and self._session:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            await self._session.close()

    @property
    def busy(self) -> bool:
        """Whether a delivery is queued or being sent."""
        return self.waiting > 0

    def find(self, delivery_id: int) -> Delivery | None:
        """Return a delivery by its id, None if there is none."""
        return self.log[delivery_id - 1] if 0 < delivery_id <= len(self.log) else None

    def deliver(
        self, app: App, event: str, payload: Mapping[str, Any], installation_id: int | None,
        repository_id: int | None,
    ) -> None:  # fmt: skip
        """Queue and log a webhook delivery to an app; does nothing for an app without a webhook URL.

        `event` is the name of the webhook event. The ids are those of the installation and the repository
        that it is about, None without one.
        """
        if app.webhook_url:
            self._enqueue(
                Delivery(
                    len(self.log) + 1, str(uuid.uuid4()), app, event, payload.get("action"),
                    installation_id, repository_id, payload, self._clock.now(),
                )
            )  # fmt: skip

    def redeliver(self, delivery: Delivery) -> Delivery:
        """Queue a delivery again, with the same GUID and payload, and return the new one.

        https://docs.github.com/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks
        """
        again = replace(
            delivery, id=len(self.log) + 1, at=self._clock.now(), redelivery=True, headers={},
            duration=0.0, status=PENDING, status_code=0, answer=None,
        )  # fmt: skip
        self._enqueue(again)
        return again

    def _enqueue(self, delivery: Delivery) -> None:
        self.log.append(delivery)
        self.waiting += 1
        self._queue.put_nowait(delivery)

    async def _send_all(self) -> None:
        while True:
            await self._send(await self._queue.get())

    async def _send(self, delivery: Delivery) -> None:
        assert self._session
        body = json.dumps(delivery.payload).encode()
        delivery.url = delivery.app.webhook_url or ""
        delivery.headers = _headers(delivery, body)
        started = time.monotonic()
        try:
            async with self._session.post(delivery.url, data=body, headers=delivery.headers) as answer:
                delivery.answer = (await answer.read()).decode("utf-8", "replace")[:10_000]
                delivery.status_code = answer.status
                status = "OK" if answer.ok else f"Invalid HTTP Response: {answer.status}"
        except TimeoutError:
            status = "timed out"
        except aiohttp.ClientError:
            status = "failed to connect to host"
        delivery.duration = time.monotonic() - started
        delivery.status = status
        self.waiting -= 1


def _headers(delivery: Delivery, body: bytes) -> dict[str, str]:
    """Return the headers of a delivery, with the signatures of the body.

    https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers
    """
    secret = delivery.app.webhook_secret.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/5140b4d",
        "X-GitHub-Delivery": delivery.guid,
        "X-GitHub-Event": delivery.event,
        "X-GitHub-Hook-ID": str(delivery.app.id),
        "X-GitHub-Hook-Installation-Target-ID": str(delivery.app.id),
        "X-GitHub-Hook-Installation-Target-Type": "integration",
    }
    if secret:
        headers["X-Hub-Signature"] = "sha1=" + hmac.digest(secret, body, hashlib.sha1).hex()
        headers["X-Hub-Signature-256"] = "sha256=" + hmac.digest(secret, body, hashlib.sha256).hex()
    return headers
