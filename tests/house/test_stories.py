"""Whatever people do, and whatever GitHub does meanwhile: nothing is lost, nothing is doubled, and it ends.

`stories.py` plays them. GitHub's reads may be up to a minute behind, any of them; deliveries get lost, until
the bot asks for them; the bot is killed right after a write, and knows nothing of it when it comes back.
"""

import asyncio
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.depth import examples, sample
from tests.house.conftest import House, open_ground
from tests.house.stories import STATES, Story


async def play(house: House, seed: int, behind: float = 0, odds: float = 1, **trouble: float) -> Story:
    """Play a story, with reads so many seconds behind."""
    house.simulator.pipeline.replica.lag(timedelta(seconds=behind), odds, seed)
    story = Story(house, Random(seed), **trouble)
    await story.play(moves=6)
    return story


def assert_nothing_is_lost_or_doubled(story: Story) -> None:
    state, published = story.state, story.published()
    assert state.status in STATES
    assert len([each for each in story.pulls if each.state == "open"]) <= 1
    for line, where in story.alive.items():
        waits = state.status in ("closed", "stopped", "conflict", "edited-by-people") or state.detail != ""
        assert line in published or line in story.issue.body or waits, (line, where, state.status)
        assert published.count(line) <= 2, "on the branch, and in the default one"
        if state.status == "ready":
            assert line in published, (line, where)


@pytest.mark.parametrize("seed", sample(range(300), lambda seed: seed % 50 == 0))
async def test_in_any_story_with_every_trouble(house: House, seed: int) -> None:
    behind = Random(seed).choice([2, 20, 60])
    story = await play(house, seed, behind, odds=0.5, loses=0.2, kills=0.1)

    assert_nothing_is_lost_or_doubled(story)


@given(seed=st.integers(0, 10**6), behind=st.integers(1, 60), odds=st.sampled_from([0.3, 0.7, 1]))
@examples(30)
def test_any_story_ends_as_if_no_read_had_lagged(seed: int, behind: int, odds: float) -> None:
    async def end(behind: int) -> tuple[object, ...]:
        async with open_ground() as ground:
            house = House(*ground)
            house.install()
            return (await play(house, seed, behind, odds)).end()

    assert asyncio.run(end(behind)) == asyncio.run(end(0))
