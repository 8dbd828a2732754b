"""A server of pads with TLS on loopback, which a reader calls as if it were on the public internet."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.pads.reader import PadReader
from github_simulator.clock import SimulatedClock
from tests.pads.names import Names

NOON = datetime(2026, 8, 18, 12, tzinfo=UTC)
NAMES = ("pad.example.org", "hackmd.io", "gist.github.com", "gist.githubusercontent.com", "evil.example")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers each request by `handler`, and notes what was asked for."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.port = 0
        self.handler: Handler = _nothing

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        return await self.handler(request)

    @property
    def urls(self) -> list[str]:
        return [f"{request.host}{request.path_qs}" for request in self.asked]

    def text(self, text: str | bytes, kind: str = "text/markdown", **headers: str) -> None:
        """Let each answer be this text."""
        body = text.encode() if isinstance(text, str) else text

        async def handler(request: web.Request) -> web.StreamResponse:
            return web.Response(body=body, headers={"Content-Type": kind, **headers})

        self.handler = handler


async def _nothing(request: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the names of these tests and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    names = [*map(x509.DNSName, NAMES), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(NOON, frozen=True)


@pytest.fixture
async def server(certificate: Path) -> AsyncIterator[Server]:
    """A server that has nothing yet; `port` is set once it runs."""
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    server.port = runner.addresses[0][1]
    yield server
    await runner.cleanup()


@pytest.fixture
def reader(server: Server, clock: SimulatedClock, certificate: Path) -> PadReader:
    """A reader for which every name is at the server."""
    trusts = ssl.create_default_context(cafile=str(certificate))
    return PadReader(clock, resolver=lambda: Names("127.0.0.1", port=server.port), tls=trusts)
