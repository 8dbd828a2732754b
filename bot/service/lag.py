"""Reads that lag: GitHub may answer from a replica that is behind what was seen or written before.

What changed lately is remembered with what it was before. An answer that shows such a former state again is
behind: it is looked at again later, and taken for the truth when a minute is over, since people may really
have gone back. Another process knows nothing of it; for what that overlooks there is a look a minute after
each write.
"""

from collections.abc import Hashable, Iterator, Mapping
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.model import Snapshot
from bot.model.clock import Clock

MOST_BEHIND = timedelta(minutes=1)
"""How far an answer may be behind. GitHub does not say; within seconds is usual."""

Facts = Mapping[Hashable, Hashable]


class Superseded:
    """Former states of sources and archives, for a minute each. Bounded."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._now: LRUCache[str, dict[Hashable, Hashable]] = LRUCache(10_000)
        """Of a source or an archive, by id: its facts as they were last seen or written."""
        self._former: LRUCache[str, dict[tuple[Hashable, Hashable], datetime]] = LRUCache(10_000)
        """Of the same: facts that no longer held, and since when."""

    def is_behind(self, seen: Snapshot) -> bool:
        """Return whether a snapshot shows something as it was before it changed."""
        since = self._clock.now() - MOST_BEHIND
        return any(
            self._former.get(subject, {}).get((key, value), since) > since
            for subject, facts in _facts(seen).items()
            for key, value in self._compared(subject, facts)
            if self._now.get(subject, {}).get(key) != value
        )

    def note(self, seen: Snapshot) -> None:
        """Note how things stand, as they were read or after they were written."""
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
        """List the facts, None for those that were there before and are not any more."""
        yield from facts.items()
        yield from ((key, None) for key in self._now.get(subject, {}) if key not in facts)


def _facts(seen: Snapshot) -> Mapping[str, Facts]:
    """List what the bot decides by and people or the bot itself change: of the source, and of the archive."""
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
