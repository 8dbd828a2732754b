"""Reads that lag: GitHub may answer from a replica that is behind what was read or written before.

For a minute after a value changed, its former value is remembered. A snapshot that shows it again is taken to
be behind, and is read again later; after the minute it is taken as true, since people may really have changed
the value back. Each process has a memory of its own; for what that misses, there is one more look a minute
after each write.
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.model import Snapshot
from bot.model.clock import Clock

MOST_BEHIND = timedelta(minutes=1)
"""How far an answer may be behind. GitHub documents no limit; a few seconds are usual."""

Facts = Mapping[Hashable, Hashable]


class Superseded:
    """A bounded memory of former values of sources and archives, each kept for a minute.

    By it one sees when GitHub answers from a replica that is behind.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now: LRUCache[str, dict[Hashable, Hashable]] = LRUCache(10_000)
        """By node id of a source or an archive: its values as last read or written."""
        self._former: LRUCache[str, dict[tuple[Hashable, Hashable], datetime]] = LRUCache(10_000)
        """By the same id: former values, and when each was replaced."""

    def is_behind(self, seen: Snapshot) -> bool:
        """Return whether a snapshot shows a value that was replaced by another less than a minute ago."""
        since = self._clock.now() - MOST_BEHIND
        return any(
            self._former.get(subject, {}).get((key, value), since) > since
            for subject, facts in _facts(seen).items()
            for key, value in self._compared(subject, facts)
            if self._now.get(subject, {}).get(key) != value
        )

    def note(self, seen: Snapshot) -> None:
        """Record the values in a snapshot, one that was read or one after writes, as those of now."""
        now = self._clock.now()
        for subject, facts in _facts(seen).items():
            known = self._now.setdefault(subject, {})
            former = self._former.setdefault(subject, {})
            for key, value in self._compared(subject, facts):
                if known and known.get(key) != value:
                    former[key, known.get(key)] = now
            self._now[subject] = {**facts}
            for old in [each for each, when in former.items() if now - when > MOST_BEHIND]:
                del former[old]

    def _compared(self, subject: str, facts: Facts) -> Iterator[tuple[Hashable, Hashable]]:
        """Yield the values, and None for each that was there before and is no longer."""
        yield from facts.items()
        yield from ((key, None) for key in self._now.get(subject, {}) if key not in facts)


def _facts(seen: Snapshot) -> Mapping[str, Facts]:
    """Return the values by node id that a plan depends on and that change, of source and archive."""
    found: dict[str, Facts] = {}
    if source := seen.source:
        found[source.id] = {
            "notes": (source.title, source.body, source.open, source.labels),
            **{comment.id: comment.body for comment in source.comments},
        }
    if archive := seen.archive:
        found[archive.repository.id] = {
            "head": archive.repository.head,
            **{
                pull.number: (pull.state, pull.title, pull.body, pull.head, pull.draft, pull.labels)
                for pull in archive.pulls
            },
        }
    return found
