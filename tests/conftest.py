"""Fixtures for every room, and how much is tested."""

import pytest
import pytest_asyncio
from hypothesis import settings

from bot.simulator import Simulator
from tests.depth import THOROUGH

# a red suite means a change: hypothesis tries the same examples every time
settings.register_profile("sample", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=100, deadline=None, derandomize=True)
settings.load_profile("thorough" if THOROUGH else "sample")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked `thorough`, unless THOROUGH is set."""
    if THOROUGH:
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


@pytest_asyncio.fixture
async def simulator():
    """A started simulator; whoever breaks GitHub's descriptions fails the test that caused it.

    A test that breaks them on purpose looks at `simulator.violations` and clears it.
    """
    simulated = Simulator()
    await simulated.start()
    yield simulated
    await simulated.close()
    assert simulated.violations == []
