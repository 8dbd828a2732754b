"""A small server of pads for the demo: a page to type in, and the text at the address that HedgeDoc uses."""

import hashlib
from html import escape

from aiohttp import web

from bot.config import PATH
from bot.demo.constants import ARCHIVE
from github_simulator import Simulator

HOST = "pad.example.org"
"""The host of the demo's pads, as links name it; the bot finds them at `PadServer.url` instead."""
PAD = "weekly"
LINK = f"https://{HOST}/{PAD}"
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Pad</title>
<style>
body {{ margin: 2rem auto; max-width: 48rem; font-family: sans-serif }}
textarea {{ width: 100%; height: 70vh }}
</style>
<h1>A pad</h1>
<p>What you type here is in the minutes once it is still, or at <code>/minutes</code>.</p>
<form method="post">
<textarea name="text" aria-label="The notes">{text}</textarea>
<p><button>Save</button>
</form>
"""


def list_host(simulator: Simulator) -> None:
    """Let the archive of the demo list the host of the pads in its configuration."""
    git = simulator.world.repository(*ARCHIVE.split("/")).git
    head = git.branch("main") or ""
    there = git.file_at(head, PATH)
    text = (git.blob(there.oid) or b"").decode() if there else ""
    simulator.person("imani").push(ARCHIVE, {PATH: f"{text}pads: [{HOST}]\n"}, "Read our pads")


class PadServer:
    """Serves pads on loopback; `texts` has their texts by name.

    `url` is the address of the server once it is started.
    """

    def __init__(self, texts: dict[str, str] | None = None) -> None:
        self.texts = texts or {}
        self.reads = 0
        """How often a text was asked for."""
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Start to serve, on a free port."""
        app = web.Application()
        app.router.add_get("/{pad}", self._page)
        app.router.add_post("/{pad}", self._save)
        app.router.add_get("/{pad}/download", self._download)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = site.name

    async def close(self) -> None:
        """Stop to serve."""
        if self._runner:
            await self._runner.cleanup()

    def _text(self, request: web.Request) -> str:
        text = self.texts.get(request.match_info["pad"])
        if text is None:
            raise web.HTTPNotFound
        return text

    async def _page(self, request: web.Request) -> web.Response:
        return web.Response(text=PAGE.format(text=escape(self._text(request))), content_type="text/html")

    async def _save(self, request: web.Request) -> web.Response:
        self._text(request)
        form = await request.post()
        self.texts[request.match_info["pad"]] = str(form.get("text", "")).replace("\r\n", "\n")
        raise web.HTTPSeeOther(request.path)

    async def _download(self, request: web.Request) -> web.Response:
        self.reads += 1
        text = self._text(request)
        tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return web.Response(text=text, content_type="text/markdown", headers={"ETag": tag})
