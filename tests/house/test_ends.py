"""Whatever happens to a source in whatever situation has one outcome, and `docs/ends.md` names it.

Each row is played in order; then every delivery is followed again, the last one first, and nothing may be
different after that: not a bit of the repository, the threads, the pull requests. It is also played with
deliveries that arrive the last one first, and each twice. Plain pytest plays a sample of discussions, and of
what arrives backwards.
"""

from itertools import product
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from bot.model import Kind
from tests.depth import sample
from tests.house.conftest import House
from tests.house.ends import EVENTS, SITUATIONS, TROUBLES, rows
from tests.house.scene import Scene, again_backwards

ROWS = list(rows((Path(__file__).parents[2] / "docs/ends.md").read_text()))
PLAYED = [
    pytest.param(event, situation, kind, outcome, id=f"{event}-{situation}-{kind}")
    for event, situation, *outcomes in ROWS
    for kind, outcome in zip(("issue", "discussion"), outcomes, strict=True)
    if not outcome.startswith("cannot be: ")
]

TURNED = [row for row in PLAYED if row.values[0] not in TROUBLES]
"""Those whose deliveries can arrive backwards; the others say themselves when they arrive."""


SELDOM = frozenset({"published after another meeting's merge commit", "merged, and its branch deleted"})
"""Situations that plain pytest leaves out: each ends much as one that it plays."""


def of_issue_or_published(row: ParameterSet) -> bool:
    if row.values[0] in TROUBLES or row.values[1] in SELDOM:
        return of_published_issue(row)
    return "issue" in row.values or "published" in row.values


def of_published_issue(row: ParameterSet) -> bool:
    return "issue" in row.values and "published" in row.values


def test_every_pair_has_its_row() -> None:
    assert [(event, situation) for event, situation, *_ in ROWS] == list(product(EVENTS, SITUATIONS))


@pytest.mark.parametrize(("event", "situation", "kind", "outcome"), sample(PLAYED, of_issue_or_published))
async def test_the_end(house: House, event: str, situation: str, kind: Kind, outcome: str) -> None:
    scene = Scene(house, kind)
    await SITUATIONS[situation](scene)
    await EVENTS[event](scene)
    after, everything = scene.outcome(), scene.everything()
    await again_backwards(scene)

    assert after == outcome
    assert scene.outcome() == after
    assert scene.everything() == everything


@pytest.mark.parametrize(("event", "situation", "kind", "outcome"), sample(TURNED, of_published_issue))
async def test_the_end_is_the_same_when_all_arrives_backwards_and_twice(
    house: House, event: str, situation: str, kind: Kind, outcome: str
) -> None:
    house.turned = True
    scene = Scene(house, kind)
    await SITUATIONS[situation](scene)
    await EVENTS[event](scene)

    assert scene.outcome() == outcome
