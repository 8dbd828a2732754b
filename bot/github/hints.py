"""What the bot remembers to ask GitHub less. Losing it costs a request or two, never a wrong answer.

Contents are remembered by their git id, which names the content itself, or the commit that holds it; texts
for their own repository only, since who knows an id need not be allowed to read what it names. The archive's
name is verified by every snapshot. Only roles may be out of date, by an hour: what a role allows here is a
pull request that a person still has to merge.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from cachetools import LRUCache, TTLCache

from bot.github.auth import Clock
from bot.model import Role, Text

ROLE_LASTS = timedelta(hours=1)


class Hints:
    """Memory of one process, bounded."""

    def __init__(self, clock: Clock) -> None:
        self.archives: LRUCache[str, str] = LRUCache(10_000)
        """Of a source's repository: the name of its archive."""
        self.texts: LRUCache[tuple[str, Text], str | None] = LRUCache(
            16_000_000, lambda text: len(text or "") + 100
        )
        """Of a repository's id, and a blob or a file at a commit; None: no text. 16 million characters."""
        self.shapes: LRUCache[str, tuple[str, tuple[Text, ...]]] = LRUCache(10_000)
        """Of an archive: its id, and its template and newest minutes, for the next look to bring along."""
        self.good_configs: LRUCache[str, str | None] = LRUCache(1_000)
        """Of a commit: the newest configuration up to there that can be read."""
        self.trees: LRUCache[str, Mapping[str, str]] = LRUCache(200_000, lambda files: len(files) + 1)
        """Of a tree's id: its files, path to blob id, where one query did not reach them all."""
        self.roles: TTLCache[Role, str] = _ttl(10_000, ROLE_LASTS, clock)
        """Roles of those who may write; any other is asked for each time."""

    def remember_texts(self, repository: str, texts: Mapping[Text, str | None]) -> Mapping[Text, str | None]:
        """Remember texts of the repository of this id, and return them."""
        for each, text in texts.items():
            self.texts[repository, each] = text
        return texts


def _ttl(size: int, lasts: timedelta, clock: Clock) -> TTLCache[Role, str]:
    def seconds() -> float:
        now: datetime = clock.now()
        return now.timestamp()

    return TTLCache(size, lasts.total_seconds(), timer=seconds)
