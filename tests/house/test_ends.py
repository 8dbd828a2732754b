"""Whatever happens to a source in whatever situation has one outcome, and `docs/ends.md` names it.

Each row is played in order; then every delivery is followed again, the last one first, and nothing may be
different after that: not a bit of the repository, the threads, the pull requests. It is also played with
deliveries that arrive the last one first, and each twice. Of discussions, and of what arrives backwards, only
a sample is played here: `.ci/run` plays all.
"""

import os
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
ALL = os.environ.get("ENGINE_SEEDS") == "all"
HERE = [row for row in PLAYED if ALL or row.values[2] == "issue" or row.values[1] == "published"]
SAMPLE = [row for row in HERE if ALL or (row.values[2] == "issue" and row.values[1] == "published")]


def test_every_pair_has_its_row() -> None:
    assert [(event, situation) for event, situation, *_ in ROWS] == list(product(EVENTS, SITUATIONS))


@pytest.mark.parametrize(("event", "situation", "kind", "outcome"), HERE)
async def test_the_end(house: House, event: str, situation: str, kind: Kind, outcome: str) -> None:
    scene = Scene(house, kind)
    await SITUATIONS[situation](scene)
    await EVENTS[event](scene)
    told, everything = scene.told(), scene.everything()
    await again_backwards(scene)

    assert told == outcome
    assert scene.told() == told
    assert scene.everything() == everything


@pytest.mark.parametrize(("event", "situation", "kind", "outcome"), SAMPLE)
async def test_the_end_is_the_same_when_all_arrives_backwards_and_twice(
    house: House, event: str, situation: str, kind: Kind, outcome: str
) -> None:
    house.turned = True
    scene = Scene(house, kind)
    await SITUATIONS[situation](scene)
    await EVENTS[event](scene)

    assert scene.told() == outcome
