"""Reads the text of a pad, within bounds: the hosts, the addresses, the size, the time. It writes nothing.

No credentials travel, no cookies are kept, and no answer is unpacked, so that a small one cannot become huge.
"""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from cachetools import LRUCache

from bot.model import Pad, PadRef, PadTrouble
from bot.model.clock import Clock
from bot.pads.addresses import NotPublic, PublicResolver
from bot.pads.links import PadLink, read_pad_link

SECONDS = 10
"""The time for one text, with all redirects."""
LONGEST = 1_000_000  # bytes
LONGEST_TEXT = 200_000
"""Characters of a text that becomes minutes: three times what an issue holds, and seconds to normalise."""
MOST_REDIRECTS = 3
KEPT = 1_000  # texts that are remembered, so that an unchanged one need not be sent again
HEADERS = {
    "Accept": "text/markdown, text/plain;q=0.9, */*;q=0.1",
    "Accept-Encoding": "identity",
    "User-Agent": "minutes-bot",
}
TYPES = ("text/markdown", "text/x-markdown", "text/plain", "application/octet-stream", "application/markdown")


class _Trouble(Exception):
    """Raised where a text cannot be had; `trouble` says why."""

    def __init__(self, trouble: PadTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was read of a pad last, with what a server wants to hear to say that nothing changed."""

    pad: Pad
    url: str
    conditions: Mapping[str, str]


class PadReader:
    """Reads pads, and remembers them as they were.

    `resolver` looks names up, `tls` checks certificates; by default as the operating system does. `instead`
    maps hosts to the addresses that stand in for them, say `http://127.0.0.1:8080`: for the demo, whose pad
    is no public one.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        resolver: Callable[[], AbstractResolver] = PublicResolver,
        tls: ssl.SSLContext | None = None,
        instead: Mapping[str, str] | None = None,
    ) -> None:
        self._clock = clock
        self._resolver = resolver
        self._tls = tls
        self._instead = instead or {}
        self._kept: LRUCache[str, _Kept] = LRUCache(KEPT)

    async def read(self, ref: PadRef) -> Pad:
        """Return the text of a pad as it is now, or why it cannot be read. Raises nothing.

        An unchanged text keeps the time since when it is as it is: what the server says, or when it was read
        first here.
        """
        now, kept = self._clock.now(), self._kept.get(ref.url)
        link = read_pad_link(ref.url, (urlsplit(ref.url).hostname or "",))
        try:
            if link is None:
                raise _Trouble("gone")
            async with asyncio.timeout(SECONDS):
                found = await self._fetch(link, kept)
        except _Trouble as error:
            return Pad(None, now, now, error.trouble)
        except TimeoutError:
            return Pad(None, now, now, "slow")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            is_private = isinstance(getattr(error, "os_error", None), NotPublic)
            return Pad(None, now, now, "private" if is_private else "away")
        if kept and found.pad.text == kept.pad.text:
            found = replace(found, pad=replace(found.pad, since=kept.pad.since))
        self._kept[ref.url] = found
        return found.pad

    async def _fetch(self, link: PadLink, kept: _Kept | None) -> _Kept:
        """Return the text at the first of a pad's addresses that has one. Raises what `read` catches."""
        connector = aiohttp.TCPConnector(
            resolver=self._resolver(), use_dns_cache=False, ssl=self._tls or True
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=HEADERS,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=SECONDS),
        ) as session:
            *first, last = link.texts
            for url in first:
                try:
                    return await self._get(session, link, url, kept)
                except _Trouble as error:
                    if error.trouble not in ("gone", "page"):
                        raise
            return await self._get(session, link, last, kept)

    async def _get(
        self, session: aiohttp.ClientSession, link: PadLink, url: str, kept: _Kept | None
    ) -> _Kept:
        """Return the text at `url`, after redirects to hosts of the service only."""
        hosts = (link.host, *link.service.leads_to)
        conditions = kept.conditions if kept and kept.url == url else {}
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            _check(at, hosts)
            async with session.get(
                self._place(at), headers=conditions, allow_redirects=False, max_line_size=8190
            ) as answer:
                if answer.status == 304 and kept and conditions:
                    return replace(kept, pad=replace(kept.pad, read_at=self._clock.now()))
                if answer.status not in (301, 302, 303, 307, 308):
                    return self._kept_of(url, answer, await _body(answer))
                at = urljoin(at, answer.headers.get("Location", ""))
        raise _Trouble("moved")

    def _place(self, url: str) -> str:
        parts = urlsplit(url)
        base = self._instead.get(parts.hostname or "")
        query = f"?{parts.query}" if parts.query else ""
        return f"{base}{parts.path}{query}" if base else url

    def _kept_of(self, url: str, answer: aiohttp.ClientResponse, body: bytes) -> _Kept:
        now = self._clock.now()
        pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
        conditions = {ask: answer.headers[told] for ask, told in pairs if told in answer.headers}
        since = min(_time(answer.headers.get("Last-Modified")) or now, now)
        return _Kept(Pad(_decoded(body, answer.charset), since, now), url, conditions)


def _check(url: str, hosts: tuple[str, ...]) -> None:
    """Raise _Trouble for an address that does not belong to the pad's service."""
    parts = urlsplit(url)
    is_plain = parts.scheme == "https" and parts.port in (None, 443) and "@" not in parts.netloc
    if not is_plain or parts.hostname not in hosts:
        is_login = any(word in url.casefold() for word in ("login", "signin", "sign_in", "auth", "sso"))
        raise _Trouble("login" if is_login else "moved")


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    """Return the text of an answer as bytes. Raises _Trouble where there is none, or it is too long."""
    if answer.status in (401, 403):
        raise _Trouble("login")
    if answer.status == 429 or answer.status >= 500:
        raise _Trouble("away")
    if answer.status != 200:
        raise _Trouble("gone")
    if answer.headers.get("Content-Encoding", "identity").casefold() not in ("", "identity"):
        raise _Trouble("binary")
    if answer.content_type in ("text/html", "application/xhtml+xml"):
        raise _Trouble("page")
    if answer.content_type not in TYPES:
        raise _Trouble("binary")
    if (answer.content_length or 0) > LONGEST:
        raise _Trouble("long")
    body = bytearray()
    async for chunk in answer.content.iter_chunked(16_384):
        body += chunk
        if len(body) > LONGEST:
            raise _Trouble("long")
    return bytes(body)


def _decoded(body: bytes, charset: str | None) -> str:
    """Return the text of these bytes. Raises _Trouble where they are none, or a page of a website."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = body.decode(charset or "ascii")
        except (UnicodeDecodeError, LookupError):
            raise _Trouble("binary") from None
    if len(text) > LONGEST_TEXT:
        raise _Trouble("long")
    if "\0" in text:
        raise _Trouble("binary")
    if not text.strip():
        raise _Trouble("empty")
    if text.lstrip()[:15].casefold().startswith(("<!doctype html", "<html")):
        raise _Trouble("page")
    return text.replace("\r\n", "\n")


def _time(header: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(header) if header else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None
