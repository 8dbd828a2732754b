"""Each picture of README and docs can be made anew, is small, and shows what the bot says today."""

from pathlib import Path

import pytest

from tests.pictures.browser import Browser
from tests.pictures.shown import LARGEST, SHOWN, Shown
from tests.pictures.test_states import missing

pytestmark = pytest.mark.pictures


@pytest.mark.parametrize("name", SHOWN)
async def test_a_picture_of_the_docs_shows_what_it_is_for(tab: Browser, pictures: Path, name: str) -> None:
    shown: Shown = SHOWN[name]
    path = pictures / f"docs-{name}.webp"

    text = await shown.take(tab, path)

    assert missing(text, shown.sees) is None, text
    data = path.read_bytes()
    assert (data[:4], data[8:12]) == (b"RIFF", b"WEBP")
    assert len(data) < LARGEST
