"""A lagging read replica: reads may get an earlier state.

GitHub does not document this, but it happens: a read right after a write or a webhook may return the state
before it.
"""

import random
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from github_simulator.world import World

MOST_KEPT = 200
"""How many earlier states are kept at most; the oldest are dropped."""


@dataclass
class LaggingReplica:
    """Earlier states of the simulated world, which reads get when they are to be stale, as on GitHub."""

    world: World
    behind: timedelta = timedelta()
    """How far the replica lags; while it is zero, no states are kept."""
    odds: float = 1
    """The probability that a read is served by the replica."""
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311
    _kept: deque[tuple[datetime, World]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    def lag(self, behind: timedelta, odds: float = 1, seed: int = 0) -> None:
        """Let reads from now on get the state of `behind` ago, each with the probability `odds` (0 to 1).

        `seed` makes it repeatable which reads do.
        """
        self.behind, self.odds, self.chance = behind, odds, random.Random(seed)  # noqa: S311
        self._kept.clear()

    def save_state(self) -> None:
        """Save a copy of the world before a change of it; does nothing unless reads are to lag."""
        if self.behind:
            self._kept.append((self.world.now(), self.world.frozen()))

    def world_for_read(self) -> World:
        """Return the world that a read gets: the current one, or an earlier state while reads lag."""
        if not self.behind or self.chance.random() >= self.odds:
            return self.world
        seen = self.world.now() - self.behind
        return next((world for until, world in self._kept if until > seen), self.world)
