"""A cache of what the bot read from GitHub. Losing it costs a request or two, never a wrong result.

Contents are remembered by their git id, which names the content itself, or the commit that holds it; texts
for their own repository only, since who knows an id need not be allowed to read what it names. The archive's
name is verified by every snapshot, and so is whether a pull request changed. Only roles may be out of date,
by an hour: what a role allows here is a pull request that a person still has to merge.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cachetools import LRUCache, TTLCache

from bot.model import FileRef, Pull, Role
from bot.model.clock import Clock

ROLE_LASTS = timedelta(hours=1)
CAP_LASTS = timedelta(hours=1)
"""How long an archive is read by small queries, after GitHub gave up on a big one."""
MOST_CHANGING = 10
SETTLES = timedelta(minutes=1)
"""GitHub's times are whole seconds, and its replicas lag: what changed this recently may change once more
without another time to show it."""


class Hints:
    """The cache of one process, with bounded size."""

    def __init__(self, clock: Clock) -> None:
        self.archives: LRUCache[str, str] = LRUCache(10_000)
        """Of a source's repository: the name of its archive."""
        self.texts: LRUCache[tuple[str, FileRef], str | None] = LRUCache(
            16_000_000, lambda text: len(text or "") + 100
        )
        """Of a repository's id, and a blob or a file at a commit; None: no text. 16 million characters."""
        self.shapes: LRUCache[str, tuple[str, tuple[FileRef, ...]]] = LRUCache(10_000)
        """Of an archive: its id, and its template and newest minutes, for the next look to bring along."""
        self.good_configs: LRUCache[str, str | None] = LRUCache(1_000)
        """Of a commit: the newest configuration up to there that can be read."""
        self.trees: LRUCache[str, Mapping[str, str]] = LRUCache(200_000, lambda files: len(files) + 1)
        """Of a tree's id: its files, path to blob id."""
        self.pulls: LRUCache[tuple[str, int], Pull] = LRUCache(
            50_000_000, lambda pull: len(pull.body) + 10_000
        )
        """Of a repository's id, and a number: the pull request as it stood at its `updated_at`."""
        self.own_pulls: LRUCache[tuple[str, str], str] = LRUCache(10_000)
        """Of an archive's and a source's name, in lower case: the id of the pull request of that source."""
        self.changing: LRUCache[str, tuple[str, ...]] = LRUCache(10_000)
        """Of an archive: the ids of pull requests that changed a moment ago, and are to be read again."""
        self.capped: TTLCache[str, bool] = _ttl(10_000, CAP_LASTS, clock)
        """Archives of which GitHub does not answer the big query."""
        self.unanswered: LRUCache[str, int] = LRUCache(10_000)
        """Of an archive: how many looks in a row got no answer."""
        self._clock = clock
        self.roles: TTLCache[Role, str] = _ttl(10_000, ROLE_LASTS, clock)
        """Roles of those who may write; any other is asked for each time."""

    def remember_pulls(self, archive: str, repository: str, pulls: Collection[Pull]) -> None:
        """Remember pull requests of an archive; those that have not settled are read again at the next look.

        `repository` is the archive's id.
        """
        for pull in pulls:
            if pull.updated_at and self._clock.now() - pull.updated_at > SETTLES:
                self.pulls[repository, pull.number] = pull
        self.remember_changing(archive, repository, pulls)

    def remember_changing(self, archive: str, repository: str, pulls: Iterable[Pull]) -> None:
        """Remember which pull requests are not as they are remembered, after they were read or written."""
        changing = (pull.id for pull in pulls if self.pulls.get((repository, pull.number)) is not pull)
        self.changing[archive.lower()] = tuple(changing)[:MOST_CHANGING]

    def pulls_along(self, archive: str, source: str = "") -> tuple[str, ...]:
        """List the ids of the pull requests that the next look brings along: a source's own is one."""
        own = self.own_pulls.get((archive.lower(), source.lower()))
        return tuple(dict.fromkeys((*([own] if own else ()), *self.changing.get(archive.lower(), ()))))

    def remember_own_pull(self, archive: str, source: str, pull: Pull) -> None:
        """Remember the pull request of a source."""
        self.own_pulls[archive.lower(), source.lower()] = pull.id

    def remember_texts(
        self, repository: str, texts: Mapping[FileRef, str | None]
    ) -> Mapping[FileRef, str | None]:
        """Remember texts of the repository of this id, and return them."""
        for each, text in texts.items():
            self.texts[repository, each] = text
        return texts


def _ttl(size: int, lasts: timedelta, clock: Clock) -> TTLCache[Any, Any]:
    def seconds() -> float:
        now: datetime = clock.now()
        return now.timestamp()

    return TTLCache(size, lasts.total_seconds(), timer=seconds)
