"""The reader of pads, against a server with TLS: what it asks for, what it takes, and what it refuses."""

import asyncio
import gzip
import zlib
from datetime import timedelta
from pathlib import Path
from ssl import create_default_context

import pytest
from aiohttp import web

from bot.model import Pad, PadRef
from bot.pads import addresses
from bot.pads import reader as reading
from bot.pads.addresses import PublicResolver
from bot.pads.reader import LONGEST, LONGEST_TEXT, PadReader
from github_simulator.clock import SimulatedClock
from tests.pads.conftest import NOON, Server
from tests.pads.names import Names

WEEKLY = PadRef("https://pad.example.org/weekly")
TEXT = "# Weekly\n\nKites fly.\n"


async def test_a_text_is_read_with_nothing_but_the_question(reader: PadReader, server: Server) -> None:
    server.text(TEXT)
    assert await reader.read(WEEKLY) == Pad(TEXT, NOON, NOON)

    (asked,) = server.asked
    assert (asked.method, asked.path, asked.host) == ("GET", "/weekly/download", "pad.example.org")
    assert asked.headers["Accept-Encoding"] == "identity"
    assert not {"Authorization", "Cookie", "Referer"} & set(asked.headers)


async def test_an_unchanged_text_is_not_sent_again(
    reader: PadReader, server: Server, clock: SimulatedClock
) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"7"':
            return web.Response(status=304)
        return web.Response(text=TEXT, headers={"ETag": '"7"'})

    server.handler = handler
    await reader.read(WEEKLY)
    clock.advance(timedelta(days=1))

    assert await reader.read(WEEKLY) == Pad(TEXT, NOON, NOON + timedelta(days=1))
    assert server.asked[1].headers["If-None-Match"] == '"7"'


async def test_a_text_is_as_old_as_the_server_says(reader: PadReader, server: Server) -> None:
    server.text(TEXT, **{"Last-Modified": "Tue, 18 Aug 2026 09:00:00 GMT"})
    assert (await reader.read(WEEKLY)).since == NOON - timedelta(hours=3)


@pytest.mark.parametrize("header", ["Wed, 19 Aug 2026 09:00:00 GMT", "yesterday", ""])
async def test_a_time_that_cannot_be_is_none(reader: PadReader, server: Server, header: str) -> None:
    server.text(TEXT, **{"Last-Modified": header})
    assert (await reader.read(WEEKLY)).since == NOON


async def test_a_changed_text_is_new_and_an_unchanged_one_as_old_as_before(
    reader: PadReader, server: Server, clock: SimulatedClock
) -> None:
    server.text(TEXT)
    await reader.read(WEEKLY)
    clock.advance(timedelta(minutes=5))
    assert (await reader.read(WEEKLY)).since == NOON

    server.text(f"{TEXT}Bo lands.\n")
    assert (await reader.read(WEEKLY)).since == NOON + timedelta(minutes=5)


async def test_of_an_etherpad_the_markdown_is_read_and_else_the_text(
    reader: PadReader, server: Server
) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/txt"):
            return web.Response(text=TEXT)
        raise web.HTTPNotFound

    server.handler = handler
    assert (await reader.read(PadRef("https://pad.example.org/p/weekly"))).text == TEXT
    assert [each.path for each in server.asked] == ["/p/weekly/export/markdown", "/p/weekly/export/txt"]


async def test_a_gist_leads_to_the_host_of_its_texts(reader: PadReader, server: Server) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        if request.host == "gist.github.com":
            raise web.HTTPFound("https://gist.githubusercontent.com/ada/raw/1/notes.md")
        return web.Response(text=TEXT)

    server.handler = handler
    gist = "https://gist.github.com/ada/" + "0123456789abcdef" * 2
    assert (await reader.read(PadRef(gist))).text == TEXT
    assert server.urls[1] == "gist.githubusercontent.com/ada/raw/1/notes.md"


@pytest.mark.parametrize(
    ("target", "trouble"),
    [
        ("https://evil.example/weekly", "moved"),
        ("http://pad.example.org/weekly", "moved"),
        ("https://pad.example.org:8443/weekly", "moved"),
        ("https://user@pad.example.org/weekly", "moved"),
        ("https://127.0.0.1/", "moved"),
        ("https://[::1]/", "moved"),
        ("//evil.example/weekly", "moved"),
        ("file:///etc/passwd", "moved"),
        ("https://sso.example/login?back=weekly", "login"),
        ("/weekly/download", "moved"),  # for ever
        ("", "moved"),
    ],
)
async def test_redirects_lead_nowhere_else(
    reader: PadReader, server: Server, target: str, trouble: str
) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    server.handler = handler
    pad = await reader.read(WEEKLY)
    assert (pad.text, pad.trouble) == (None, trouble)
    assert len(server.asked) <= 4
    assert {each.host for each in server.asked} == {"pad.example.org"}


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (404, "gone"), (410, "gone"), (400, "gone"), (204, "gone"), (304, "gone"), (401, "login"),
        (403, "login"), (429, "away"), (500, "away"), (503, "away"),
    ],
)  # fmt: skip
async def test_other_answers_say_why_there_is_no_text(
    reader: PadReader, server: Server, status: int, trouble: str
) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    server.handler = handler
    assert (await reader.read(WEEKLY)).trouble == trouble


@pytest.mark.parametrize(
    ("body", "kind", "trouble"),
    [
        ("", "text/plain", "empty"),
        (" \n\t\n", "text/plain", "empty"),
        ("\ufeff", "text/plain", "empty"),
        ("<html><p>Sign in", "text/html", "page"),
        ("  <!DOCTYPE HTML><p>Sign in", "text/plain", "page"),
        ("{}", "application/json", "binary"),
        (b"\x89PNG", "image/png", "binary"),
        (b"a\x00b", "text/plain", "binary"),
        (b"\xff\xfe\xfa", "text/plain", "binary"),
        (b"\xe9t\xe9", "text/plain; charset=no-such", "binary"),
        ("x" * (LONGEST + 1), "text/plain", "long"),
        ("é" * (LONGEST_TEXT + 1), "text/plain", "long"),
    ],
)
async def test_what_is_no_text_is_not_taken(
    reader: PadReader, server: Server, body: str | bytes, kind: str, trouble: str
) -> None:
    server.text(body, kind)
    pad = await reader.read(WEEKLY)
    assert (pad.text, pad.trouble) == (None, trouble)


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        (b"\xef\xbb\xbfa\r\nb", "text/plain", "a\nb"),
        (b"\xe9t\xe9", "text/plain; charset=latin-1", "été"),
        ("été", "application/octet-stream", "été"),
        ("é" * LONGEST_TEXT, "text/x-markdown", "é" * LONGEST_TEXT),
    ],
)
async def test_text_in_other_forms(
    reader: PadReader, server: Server, body: str | bytes, kind: str, text: str
) -> None:
    server.text(body, kind)
    assert (await reader.read(WEEKLY)).text == text


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(b"x" * 10_000_000)), ("deflate", zlib.compress(b"x" * 10_000_000)), ("br", b"x")],
)
async def test_nothing_is_unpacked(reader: PadReader, server: Server, encoding: str, packed: bytes) -> None:
    server.text(packed, "text/plain", **{"Content-Encoding": encoding})
    assert (await reader.read(WEEKLY)).trouble == "binary"


async def test_of_an_endless_text_no_more_is_read_than_its_bound(reader: PadReader, server: Server) -> None:
    sent = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        answer = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await answer.prepare(request)
        while sent < 50 * LONGEST:
            await answer.write(b"x" * 65_536)
            sent += 65_536
        return answer

    server.handler = handler
    assert (await reader.read(WEEKLY)).trouble == "long"
    assert sent < 20 * LONGEST  # what the buffers of the network hold besides


async def test_a_server_that_takes_too_long_is_left(
    reader: PadReader, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.2)

    async def handler(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/plain"})
        await answer.prepare(request)
        for _ in range(1_000):
            await answer.write(b"x")
            await asyncio.sleep(0.05)
        return answer

    server.handler = handler
    assert (await reader.read(WEEKLY)).trouble == "slow"


async def test_a_server_that_hangs_up_is_away(reader: PadReader, server: Server) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.abort()
        return web.Response()

    server.handler = handler
    assert (await reader.read(WEEKLY)).trouble == "away"


async def test_a_wrong_certificate_is_not_accepted(server: Server, clock: SimulatedClock) -> None:
    server.text(TEXT)
    distrusts = PadReader(
        clock, resolver=lambda: Names("127.0.0.1", port=server.port), tls=create_default_context()
    )
    assert (await distrusts.read(WEEKLY)).trouble == "away"
    assert server.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"])
async def test_a_host_with_a_private_address_is_not_called(
    server: Server, clock: SimulatedClock, certificate: Path, address: str
) -> None:
    server.text(TEXT)
    trusts = create_default_context(cafile=str(certificate))
    public = PadReader(clock, resolver=lambda: PublicResolver(Names(address, port=server.port)), tls=trusts)
    assert (await public.read(WEEKLY)).trouble == "private"
    assert server.asked == []


async def test_the_address_that_was_checked_is_the_one_that_is_called(
    server: Server, clock: SimulatedClock, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads elsewhere when it is asked a second time is asked once only."""

    class Changing(Names):
        times = 0

        async def resolve(self, host, port=0, family=0):  # type: ignore[no-untyped-def]
            Changing.times += 1
            self.addresses = ("127.0.0.1",) if Changing.times == 1 else ("192.0.2.1",)
            return await super().resolve(host, port, family)

    checked: list[str] = []
    monkeypatch.setattr(addresses, "is_public", lambda address: not checked.append(address))
    server.text(TEXT)
    trusts = create_default_context(cafile=str(certificate))
    pads = PadReader(clock, resolver=lambda: PublicResolver(Changing(port=server.port)), tls=trusts)

    assert (await pads.read(WEEKLY)).text == TEXT
    assert (Changing.times, checked, len(server.asked)) == (1, ["127.0.0.1"], 1)
