"""Whatever happens to a source in whatever situation has one outcome, and `docs/ends.md` names it.

Each row is played in order; then every delivery is followed again, twice, the last one first, and nothing may
be different after that: not a bit of the repository, the threads, the pull requests.
"""

from itertools import product
from pathlib import Path

import pytest

from bot.model import Kind
from tests.house.conftest import House
from tests.house.ends import EVENTS, SITUATIONS, Scene, again_backwards, rows

ROWS = list(rows((Path(__file__).parents[2] / "docs/ends.md").read_text()))
PLAYED = [
    pytest.param(event, situation, kind, outcome, id=f"{event}-{situation}-{kind}")
    for event, situation, *outcomes in ROWS
    for kind, outcome in zip(("issue", "discussion"), outcomes, strict=True)
    if not outcome.startswith("cannot be: ")
]


def test_every_pair_has_its_row() -> None:
    assert [(event, situation) for event, situation, *_ in ROWS] == list(product(EVENTS, SITUATIONS))


@pytest.mark.parametrize(("event", "situation", "kind", "outcome"), PLAYED)
async def test_the_end(house: House, event: str, situation: str, kind: Kind, outcome: str) -> None:
    scene = Scene(house, kind)
    await SITUATIONS[situation](scene)
    await EVENTS[event](scene)
    told, everything = scene.told(), scene.everything()
    await again_backwards(scene)

    assert told == outcome
    assert scene.told() == told
    assert scene.everything() == everything
