"""A queue that remembers, a key made now, and deliveries as GitHub sends them."""

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.service import log
from bot.service.delivery import MemoryLimit
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.web import make_app
from github_simulator import Simulator
from tests.service import town
from tests.service.bench import Bench

SECRET = town.SECRET
OLD_SECRET = "the one before"


@pytest.fixture(autouse=True)
def logs() -> None:
    """Log as the service does: structlog's own way shows all variables of a failure, which takes long."""
    log.configure()


@pytest.fixture(scope="session")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()


@dataclass
class RememberingQueue:
    """Keeps jobs in a list; `broken` makes it fail as a database does that is away."""

    jobs: list[Job] = field(default_factory=list)
    broken: bool = False

    async def enqueue(self, job: Job) -> bool:
        if self.broken:
            raise ConnectionError("the database is away")
        if job.id in {known.id for known in self.jobs}:
            return False
        self.jobs.append(job)
        return True

    async def reachable(self) -> bool:
        return not self.broken


def sign(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def labelled(number: int = 12) -> dict[str, Any]:
    """Invent a payload, with the fields that matter and a few that do not."""
    return {
        "action": "labeled",
        "issue": {"number": number, "updated_at": "2026-08-18T14:00:00Z", "title": "Tuesday"},
        "repository": {"full_name": "hill-lab/notes", "id": 5},
        "installation": {"id": 77},
        "sender": {"login": "ada", "type": "User"},
    }


@dataclass
class WebContext:
    """The web server, run for real, and the queue behind it."""

    client: TestClient[web.Request, web.Application]
    queue: RememberingQueue
    memory: MemoryLimit
    metrics: Metrics

    async def deliver(self, payload: object = None, **changes: str | None) -> ClientResponse:
        """Post a delivery. `changes` sets headers (underscores for hyphens), or leaves them out with None."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload or labelled()).encode()
        headers: dict[str, str | None] = {
            "X-GitHub-Event": "issues",
            "X-GitHub-Delivery": "0b9cbe50-0000-11f0-9b3c-d1b0a5e2c7f4",
            "X-Hub-Signature-256": sign(body),
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in changes.items()},
        }
        sent = {name: value for name, value in headers.items() if value is not None}
        return await self.client.post("/webhook", data=io.BytesIO(body), headers=sent)

    def counted(self, outcome: str) -> float:
        """Read the metric of an outcome."""
        labels = {"outcome": outcome}
        return self.metrics.registry.get_sample_value("minutes_deliveries_total", labels) or 0.0


@pytest.fixture
async def context() -> AsyncIterator[WebContext]:
    queue, metrics, memory = RememberingQueue(), Metrics(), MemoryLimit()
    app = make_app(queue, (SECRET, OLD_SECRET), metrics, memory)
    async with TestClient(TestServer(app)) as client:
        yield WebContext(client, queue, memory, metrics)


@pytest.fixture
async def bench(simulator: Simulator) -> AsyncIterator[Bench]:
    async with ClientSession() as session:
        yield Bench(town.found(simulator), session)
