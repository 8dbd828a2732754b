"""Make the pictures of README and docs anew: `python tools/pictures.py` writes docs/pictures/.

It needs Chromium, and the project's `test` extra. Look at the pictures before they are committed. Another
Chromium and other fonts make other bytes, so make them anew only where what they show has changed.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import structlog

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.pictures import browser  # noqa: E402
from tests.pictures.shown import FOLDER, SHOWN  # noqa: E402


async def write(chromium: str) -> None:
    """Write all pictures, with a started Chromium at this address, and remove those that are no more."""
    for old in FOLDER.glob("*"):
        if old.stem not in SHOWN:
            old.unlink()
    for name, shown in SHOWN.items():
        async with browser.tab(chromium) as tab:
            await shown.take(tab, FOLDER / f"{name}.webp")


def main() -> None:
    """Start Chromium, and write the pictures."""
    if browser.PROGRAM is None:
        raise SystemExit("there is no Chromium here, which makes the pictures")
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with tempfile.TemporaryDirectory() as folder, browser.started(Path(folder)) as address:
        asyncio.run(write(address))


if __name__ == "__main__":
    main()
