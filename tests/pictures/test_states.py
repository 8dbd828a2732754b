"""In each state a reader finds at once what to do; nothing is cut, and no Markdown shows."""

import re
from pathlib import Path

import pytest

from tests.house.conftest import House, open_ground
from tests.pictures.browser import Browser
from tests.pictures.states import STATES, State

pytestmark = pytest.mark.pictures

LEFTOVERS = re.compile(r"<!--|-->|\*\*|(?<!\S)#{1,6} |\]\(|`|\\[`<>:*_\[\]]|\{\{|\}\}|(?<!\S)\| ")
"""Markdown that is not rendered, comments, and templates that are not filled in."""


@pytest.mark.parametrize("state", [pytest.param(state, id=name) for name, state in STATES.items()])
async def test_what_to_do_stands_on_the_first_screen(
    tab: Browser, pictures: Path, state: State, request: pytest.FixtureRequest
) -> None:
    async with open_ground(has_pages=True) as ground:
        house = House(*ground)
        house.install(state.files)
        pages = await state.play(house)
        assert pages.keys() == state.sees.keys()
        for name, path in pages.items():
            address = f"{house.simulator.url}{path}"
            await tab.picture(address, pictures / f"{request.node.callspec.id}-{name}.png")
            shown = await tab.rendered(address)
            assert missing(shown.screen, state.sees[name]) is None, shown.screen
            assert LEFTOVERS.findall(shown.prose) == []
            assert shown.cut == ()


def missing(text: str, wanted: tuple[str, ...]) -> str | None:
    """Return the first of the wanted texts that does not stand after the one before it; None: all do."""
    at = 0
    for each in wanted:
        at = text.find(each, at)
        if at < 0:
            return each
        at += len(each)
    return None
