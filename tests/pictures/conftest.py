"""A browser for each test, and the folder of its pictures."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.pictures import browser
from tests.pictures.browser import Browser


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A started Chromium, by the address at which it is driven."""
    if browser.PROGRAM is None:
        pytest.skip("there is no Chromium here: without it nobody sees the pages")
    with browser.started(tmp_path_factory.mktemp("profile")) as address:
        yield address


@pytest.fixture
async def tab(chromium: str) -> AsyncIterator[Browser]:
    """A new tab."""
    async with browser.tab(chromium) as opened:
        yield opened


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """The folder for pictures: the one that PICTURES names, else one of this test."""
    return Path(os.environ.get("PICTURES") or tmp_path)
