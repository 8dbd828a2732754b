"""A cache of what the bot read from GitHub. Losing it costs a request or two, never a wrong result.

Contents are cached by the git id of a blob, tree or commit, which always names the same content; texts by
their repository, too, since knowing an id does not give the right to read the text. Each snapshot verifies
the archive's name, and whether a pull request changed. Only roles may be out of date, by an hour: what a role
allows here is a pull request that a person still has to merge.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
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
"""How long a pull request must be unchanged before it is cached: GitHub's times are whole seconds and its
replicas lag, so after a younger change another one may come with the same `updated_at`."""


@dataclass(frozen=True, slots=True)
class Tree:
    """What is below a git tree."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Path to blob oid."""
    links: frozenset[str] = frozenset()
    """The paths of symbolic links and submodules."""


class Hints:
    """What one process remembers of GitHub, to read less; each part has a bounded size.

    Where the name of an archive is a key, it is in lower case.
    """

    def __init__(self, clock: Clock) -> None:
        self.archives: LRUCache[str, str] = LRUCache(10_000)
        """The name of the archive of a source's repository, by the name of that repository."""
        self.texts: LRUCache[tuple[str, FileRef], str | None] = LRUCache(
            16_000_000, lambda text: len(text or "") + 100
        )
        """Texts, by the id of a repository and a blob or a file at a commit; None for what is not text. They
        have 16 million characters together at most."""
        self.shapes: LRUCache[str, tuple[str, tuple[FileRef, ...]]] = LRUCache(10_000)
        """By archive: its id, and its template and newest minutes, whose texts the next query includes."""
        self.good_configs: LRUCache[str, str | None] = LRUCache(1_000)
        """The text of the newest valid configuration as of a commit, None if there is none, by commit."""
        self.trees: LRUCache[str, Tree] = LRUCache(
            200_000, lambda tree: len(tree.files) + len(tree.links) + 1
        )
        """What is below a tree, by the tree's id."""
        self.pulls: LRUCache[tuple[str, int], Pull] = LRUCache(
            50_000_000, lambda pull: len(pull.body) + 10_000
        )
        """Pull requests as they were at their `updated_at`, by the id of a repository and a number."""
        self.own_pulls: LRUCache[tuple[str, str], str] = LRUCache(10_000)
        """The id of the pull request of a source, by the names of an archive and a source (`owner/name#12`),
        both in lower case."""
        self.changing: LRUCache[str, tuple[str, ...]] = LRUCache(10_000)
        """By archive: the ids of pull requests that changed a moment ago; the next query reads them again."""
        self.capped: TTLCache[str, bool] = _ttl(10_000, CAP_LASTS, clock)
        """The archives for which GitHub gave up on the big query."""
        self.unanswered: LRUCache[str, int] = LRUCache(10_000)
        """By archive: how many queries in a row got no response."""
        self._clock = clock
        self.roles: TTLCache[Role, str] = _ttl(10_000, ROLE_LASTS, clock)
        """The roles of people who may write; any other role is read each time."""

    def remember_pulls(self, archive: str, repository: str, pulls: Collection[Pull]) -> None:
        """Cache those of these pull requests of an archive that have not changed for a minute.

        The next query for the archive reads the others again. `archive` is the name of the archive,
        `repository` its node id.
        """
        for pull in pulls:
            if pull.updated_at and self._clock.now() - pull.updated_at > SETTLES:
                self.pulls[repository, pull.number] = pull
        self.remember_changing(archive, repository, pulls)

    def remember_changing(self, archive: str, repository: str, pulls: Iterable[Pull]) -> None:
        """Record which of these pull requests of an archive are not cached as they are now, at most 10.

        The next query for the archive reads these again. `archive` is its name, `repository` its node id.
        """
        changing = (pull.id for pull in pulls if self.pulls.get((repository, pull.number)) is not pull)
        self.changing[archive.lower()] = tuple(changing)[:MOST_CHANGING]

    def pulls_along(self, archive: str, source: str = "") -> tuple[str, ...]:
        """Return the node ids of the pull requests that the next query for an archive reads in full.

        They are the one that the bot opened for `source` (an issue or discussion as `owner/name#12`; empty:
        none), if it is known, and those of the archive that changed a moment ago.
        """
        own = self.own_pulls.get((archive.lower(), source.lower()))
        return tuple(dict.fromkeys((*([own] if own else ()), *self.changing.get(archive.lower(), ()))))

    def remember_own_pull(self, archive: str, source: str, pull: Pull) -> None:
        """Record that `pull`, a pull request of an archive, is the one that the bot opened for a source.

        `archive` is a name as `owner/name`, `source` an issue or discussion as `owner/name#12`.
        """
        self.own_pulls[archive.lower(), source.lower()] = pull.id

    def remember_texts(
        self, repository: str, texts: Mapping[FileRef, str | None]
    ) -> Mapping[FileRef, str | None]:
        """Cache texts of files of a repository, and return them; `repository` is its node id.

        A text is None for a file that is not text.
        """
        for each, text in texts.items():
            self.texts[repository, each] = text
        return texts


def _ttl(size: int, lasts: timedelta, clock: Clock) -> TTLCache[Any, Any]:
    def seconds() -> float:
        now: datetime = clock.now()
        return now.timestamp()

    return TTLCache(size, lasts.total_seconds(), timer=seconds)
