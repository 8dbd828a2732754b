"""A Chromium that opens pages as people see them: pictures of them, and what of their text is where.

One process opens all pages, by its DevTools protocol: https://chromedevtools.github.io/devtools-protocol/
"""

import base64
import json
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shutil import which
from typing import Any

import aiohttp

WIDTH, HEIGHT = 1280, 900
"""The first screen of a usual laptop, in CSS pixels."""
CONTROL = 2  # https://chromedevtools.github.io/devtools-protocol/tot/Input/#method-dispatchKeyEvent
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

PLACE = """((text) => {
  const found = [...document.querySelectorAll("button, a, label, summary")].find((each) =>
    each.checkVisibility() && each.innerText.trim().startsWith(text));
  if (!found) return null;
  found.scrollIntoView({block: "center", behavior: "instant"});
  const box = found.getBoundingClientRect();
  return {x: box.x + box.width / 2, y: box.y + box.height / 2};
})"""
"""The middle of what people press, or type into, by the words that it begins with."""

AROUND = """((selector) => {
  const boxes = [...document.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
  const all = (side) => boxes.map((box) => box[side]);
  const [left, top] = [Math.min(...all("left")), Math.min(...all("top"))];
  const [right, bottom] = [Math.max(...all("right")), Math.max(...all("bottom"))];
  return {x: left + scrollX - 12, y: top + scrollY - 12, width: right - left + 24, height: bottom - top + 24};
})"""
"""The rectangle around all that a CSS selector selects, with a margin."""


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
        """Write a picture of a whole page to a file, and return its path.

        `page` is an address, or the HTML itself.
        """
        await self.open(page)
        return await self.picture_now(path)

    async def picture_now(self, path: Path, part: str = "") -> Path:
        """Write a picture of the page that is open, as PNG or as the name ends, and return its path.

        `part` is a CSS selector: then the picture is of what lies around all that it selects.
        """
        how: dict[str, Any] = {"captureBeyondViewport": True, "format": path.suffix[1:]}
        if part:
            how["clip"] = {**await self.value(f"{AROUND}({json.dumps(part)})"), "scale": 1}
        if path.suffix == ".webp":
            how["quality"] = 80
        taken = await self._send("Page.captureScreenshot", **how)
        return _written(path, base64.b64decode(taken["data"]))

    async def rendered(self, page: str) -> Rendered:
        """Return what a page shows; `page` is an address, or the HTML itself."""
        await self.open(page)
        return await self.rendered_now()

    async def rendered_now(self) -> Rendered:
        """Return what the page shows that is open."""
        found = await self.value(LAYOUT)
        return Rendered(
            screen=_joined(text for text, on_screen, _ in found["found"] if on_screen),
            text=_joined(text for text, _, _ in found["found"]),
            prose=_joined(text for text, _, is_prose in found["found"] if is_prose),
            cut=tuple(found["cut"]),
        )

    async def lines(self, page: str, selector: str) -> list[str]:
        """Return the lines that the element of a CSS selector shows, each as text, without blank ones."""
        await self.open(page)
        found = await self.value(f"document.querySelector({json.dumps(selector)}).innerText")
        return [_joined([line]) for line in found.split("\n") if line.strip()]

    async def text(self, selector: str) -> str:
        """Return what all elements of a CSS selector show on the page that is open."""
        found = f"[...document.querySelectorAll({json.dumps(selector)})].map((each) => each.innerText)"
        return _joined(f"{each} " for each in await self.value(found))

    async def address(self) -> str:
        """Return the address of the page that is open."""
        return str(await self.value("location.href"))

    async def type(self, label: str, text: str) -> None:
        """Type a text into the field with a label, instead of what stands there."""
        await self.click(label)
        await self._send(
            "Input.dispatchKeyEvent", type="keyDown", key="a", modifiers=CONTROL, commands=["selectAll"]
        )
        await self._send("Input.dispatchKeyEvent", type="keyUp", key="a", modifiers=CONTROL)
        await self._send("Input.insertText", text=text)

    async def click(self, words: str, *, leads_on: bool = False) -> None:
        """Click what begins with these words: a button, a link, a label.

        If it `leads_on`, wait until the page to which it leads is loaded, by way of all redirects.
        """
        place = await self.value(f"{PLACE}({json.dumps(words)})")
        assert place, f"there is nothing to click that begins with: {words}"
        button = {**place, "button": "left", "clickCount": 1}
        await self._send("Input.dispatchMouseEvent", type="mousePressed", **button)
        release = self._lead_on if leads_on else self._send
        await release("Input.dispatchMouseEvent", type="mouseReleased", **button)

    async def value(self, script: str) -> Any:
        """Return what a script says in the page that is open, as the browser's tools run it."""
        answer = await self._send("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def without_scripts(self) -> None:
        """Let the scripts of pages not run from now on."""
        await self._send("Emulation.setScriptExecutionDisabled", value=True)

    async def open(self, page: str) -> None:
        """Open a page, an address or the HTML itself, and wait until it is loaded."""
        # by way of an empty page, since another #id on the page that is open would load nothing
        await self._lead_on("Page.navigate", url="about:blank")
        if page.startswith(("http://", "https://")):
            await self._lead_on("Page.navigate", url=page)
        else:
            await self._send("Page.setDocumentContent", frameId=(await self._frame())["id"], html=page)

    async def _frame(self) -> dict[str, Any]:
        frame: dict[str, Any] = (await self._send("Page.getFrameTree"))["frameTree"]["frame"]
        return frame

    async def _lead_on(self, method: str, **params: Any) -> None:
        """Send a command, and wait until the page to which it leads is loaded.

        The page that is open may load itself again at any time; that is not waited for.
        """
        before = await self._frame()

        def is_loaded(event: dict[str, Any]) -> bool:
            is_main = event["frameId"] == before["id"] and event["loaderId"] != before["loaderId"]
            return is_main and event["name"] == "load"

        await self._send(method, is_loaded, **params)

    async def _send(
        self, method: str, until: Callable[[dict[str, Any]], bool] | None = None, **params: Any
    ) -> dict[str, Any]:
        """Send a command and return its result, once there was an event of a page's life as `until` says."""
        number = next(self._ids)
        await self.socket.send_json({"id": number, "method": method, "params": params})
        result: dict[str, Any] | None = None
        while result is None or until:
            answer = await self.socket.receive_json(timeout=START)
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                result = answer["result"]
            elif until and answer.get("method") == "Page.lifecycleEvent" and until(answer["params"]):
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
            await browser._send("Page.setLifecycleEventsEnabled", enabled=True)
            await browser._send("Emulation.setDeviceMetricsOverride", **size)
            yield browser
        await session.get(f"/json/close/{made['id']}")
