"""What this process has seen since its start, for the status page: the last deliveries, and repositories.

It is kept in memory, within bounds: what is older, or the most, is forgotten.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.clock import Clock
from bot.service.job import Job

MOST_DELIVERIES = 50
MOST_REFUSED = 10
MOST_REPOSITORIES = 1000


@dataclass(frozen=True, slots=True)
class Delivered:
    """A webhook delivery, and what became of it. Event and id are as they came, also of a refused one."""

    at: datetime
    event: str
    id: str
    outcome: str


@dataclass
class Seen:
    """What one process has seen. Refused deliveries are kept apart: anybody can send those."""

    clock: Clock
    _deliveries: deque[Delivered] = field(default_factory=lambda: deque(maxlen=MOST_DELIVERIES))
    _refused: deque[Delivered] = field(default_factory=lambda: deque(maxlen=MOST_REFUSED))
    _repositories: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def add_delivery(self, event: str, delivery: str, outcome: str, *, is_refused: bool) -> None:
        """Remember a delivery."""
        into = self._refused if is_refused else self._deliveries
        into.appendleft(Delivered(self.clock.now(), event, delivery, outcome))

    def add_job(self, job: Job) -> None:
        """Remember the installation and the repository of a job that is done now."""
        key = (job.request.installation, getattr(job.request, "repository", ""))
        self._repositories.pop(key, None)
        self._repositories[key] = self.clock.now()
        if len(self._repositories) > MOST_REPOSITORIES:
            del self._repositories[next(iter(self._repositories))]

    @property
    def deliveries(self) -> Sequence[Delivered]:
        """The last deliveries, accepted and refused, the newest first."""
        return sorted((*self._deliveries, *self._refused), key=lambda each: each.at, reverse=True)

    @property
    def repositories(self) -> Mapping[int, Mapping[str, datetime]]:
        """By installation its repositories, each with the time when it was looked at last."""
        found: dict[int, dict[str, datetime]] = {}
        for (installation, repository), at in sorted(self._repositories.items()):
            known = found.setdefault(installation, {})
            if repository:
                known[repository] = at
        return found
