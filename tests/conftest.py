"""Fixtures for every room."""

import pytest_asyncio

from bot.simulator import Simulator


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
