"""Reads from a replica that is behind: it answers how things stood a while ago.

Not documented, and seen by many: a read right after a write or a webhook may show the state before it.
"""

import random
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from github_simulator.world import World

MOST_KEPT = 200
"""Former states at most; the oldest go."""


@dataclass
class LaggingReplica:
    """How things stood before each change of the last while, for reads that lag."""

    world: World
    behind: timedelta = timedelta()
    """How far the replica is behind; nothing is kept while it is not."""
    odds: float = 1
    """How many of the reads it answers, of all."""
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311
    _kept: deque[tuple[datetime, World]] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    def lag(self, behind: timedelta, odds: float = 1, seed: int = 0) -> None:
        """From now on, let reads lag so far behind."""
        self.behind, self.odds, self.chance = behind, odds, random.Random(seed)  # noqa: S311
        self._kept.clear()

    def save_state(self) -> None:
        """Keep how things stand, before a change."""
        if self.behind:
            self._kept.append((self.world.now(), self.world.frozen()))

    def world_for_read(self) -> World:
        """Choose the world that answers a read."""
        if not self.behind or self.chance.random() >= self.odds:
            return self.world
        seen = self.world.now() - self.behind
        return next((world for until, world in self._kept if until > seen), self.world)
