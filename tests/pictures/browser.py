"""A Chromium that opens pages as people see them: pictures of them, and what of their text is where.

One process opens all pages, by its DevTools protocol: https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import json
import subprocess
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import which
from typing import Any

import aiohttp

WIDTH, HEIGHT = 1280, 900
"""The first screen of a usual laptop, in CSS pixels."""
START = 30
"""Seconds that Chromium has to start, and to open a page."""
PROGRAM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0")  # fmt: skip

LAYOUT = """(() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let last = null;
  while (texts.nextNode()) {
    const text = texts.currentNode;
    let block = text.parentElement;
    if (block.closest("details:not([open])") && !block.closest("summary")) continue;
    while (getComputedStyle(block).display == "inline") block = block.parentElement;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (!box.width || !box.height || !block.checkVisibility({visibilityProperty: true})) continue;
    const on_screen = box.top >= 0 && box.bottom <= innerHeight;
    found.push([(block == last ? "" : "\\n") + text.data, on_screen, !block.closest(".diff, pre")]);
    last = block;
  }
  const cut = [...document.querySelectorAll("body *")].filter((each) =>
    each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display != "inline"
    && each.checkVisibility() && !each.matches("select, input, textarea"));
  return {found, cut: cut.map((each) => each.innerText)};
})()"""
"""Each text that is shown, whether it is on the first screen, and whether it is prose; texts that are cut."""


@dataclass(frozen=True)
class Rendered:
    """A page as it is shown, with single spaces between words."""

    screen: str
    """What is to be seen without scrolling. An address with the id of an element is scrolled there."""
    text: str
    """All that is shown, also below the first screen; not what must be opened first."""
    prose: str
    """What of it is rendered: source, such as a diff, is left out."""
    cut: tuple[str, ...]
    """The texts that are wider than their place, so that one must scroll sideways to read them."""


@dataclass
class Browser:
    """One tab of a started Chromium."""

    socket: aiohttp.ClientWebSocketResponse

    def __post_init__(self) -> None:
        self._ids = count(1)

    async def picture(self, page: str, path: Path) -> Path:
        """Write a picture of a whole page to a PNG file, and return its path.

        `page` is an address, or the HTML itself.
        """
        await self._open(page)
        taken = await self._send("Page.captureScreenshot", captureBeyondViewport=True)
        return _written(path, base64.b64decode(taken["data"]))

    async def rendered(self, page: str) -> Rendered:
        """Return what a page shows; `page` is an address, or the HTML itself."""
        await self._open(page)
        answer = await self._send("Runtime.evaluate", expression=LAYOUT, returnByValue=True)
        found = answer["result"]["value"]
        return Rendered(
            screen=_joined(text for text, on_screen, _ in found["found"] if on_screen),
            text=_joined(text for text, _, _ in found["found"]),
            prose=_joined(text for text, _, is_prose in found["found"] if is_prose),
            cut=tuple(found["cut"]),
        )

    async def lines(self, page: str, selector: str) -> list[str]:
        """Return the lines that the element of a CSS selector shows, each as text, without blank ones."""
        await self._open(page)
        found = f"document.querySelector({json.dumps(selector)}).innerText"
        answer = await self._send("Runtime.evaluate", expression=found, returnByValue=True)
        return [_joined([line]) for line in answer["result"]["value"].split("\n") if line.strip()]

    async def _open(self, page: str) -> None:
        loaded = "Page.loadEventFired"
        # by way of an empty page, since another #id on the page that is open would load nothing
        await self._send("Page.navigate", until=loaded, url="about:blank")
        if page.startswith(("http://", "https://")):
            await self._send("Page.navigate", until=loaded, url=page)
        else:
            frame = (await self._send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
            await self._send("Page.setDocumentContent", frameId=frame, html=page)

    async def _send(self, method: str, until: str | None = None, **params: Any) -> dict[str, Any]:
        """Send a command and return its result, once the event `until` came if there is one."""
        number = next(self._ids)
        await self.socket.send_json({"id": number, "method": method, "params": params})
        result: dict[str, Any] | None = None
        while result is None or until:
            answer = await self.socket.receive_json(timeout=START)
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result = answer["result"]
            elif answer.get("method") == until:
                until = None
        return result


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _joined(texts: Iterable[str]) -> str:
    """Return texts with single spaces between words, without the joiners that nobody sees."""
    return " ".join("".join(texts).replace("\u2060", "").split())


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """Start Chromium with a new profile in a folder; yield the address at which it is driven."""
    assert PROGRAM
    command = (PROGRAM, *OPTIONS, f"--user-data-dir={folder}", "about:blank")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = folder / "DevToolsActivePort"  # Chromium writes the port that it took, and then a path
        for _ in range(START * 20):
            if port.exists() and len(found := port.read_text().split()) == 2:
                break
            assert process.poll() is None, f"Chromium ended with {process.returncode}"
            time.sleep(0.05)
        else:
            raise AssertionError("Chromium does not start")
        yield f"http://127.0.0.1:{found[0]}"
    finally:
        process.terminate()
        process.wait(START)


@asynccontextmanager
async def tab(address: str) -> AsyncIterator[Browser]:
    """Open a new tab in a started Chromium, and close it afterwards."""
    async with aiohttp.ClientSession(address) as session:
        async with session.put("/json/new?about:blank") as answer:
            made = await answer.json()
        async with session.ws_connect(made["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            browser = Browser(socket)
            size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
            await browser._send("Page.enable")
            await browser._send("Emulation.setDeviceMetricsOverride", **size)
            yield browser
        await session.get(f"/json/close/{made['id']}")
