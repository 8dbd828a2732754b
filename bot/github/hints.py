"""What the bot remembers to ask GitHub less. Losing it costs a request or two, never a wrong answer.

Contents are remembered by their git id, which names the content itself; the archive's name is verified by
every snapshot; only roles may be out of date, by an hour: what a role allows here is a pull request
that a person still has to merge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache, TTLCache

from bot.github.auth import Clock

ROLE_LASTS = timedelta(hours=1)
LONGEST = 1_000_000  # characters; 512,000 bytes is all that GraphQL brings whole, only REST brings more


@dataclass(frozen=True, slots=True)
class History:
    """A commit's message, the names of author and committer, and the messages before it, newest first."""

    message: str = ""
    author: str = ""
    committer: str = ""
    older: tuple[str, ...] = ()


class Hints:
    """Memory of one process, bounded; shared by all installations, since git ids name contents."""

    def __init__(self, clock: Clock) -> None:
        self.archives: LRUCache[str, str] = LRUCache(10_000)
        """Of a source's repository: the name of its archive."""
        self.texts: LRUCache[str, str | None] = LRUCache(16_000_000, lambda text: len(text or "") + 100)
        """Of a blob's id: its text, None when it is not text. 16 million characters at most."""
        self.blobs: LRUCache[str, tuple[str, ...]] = LRUCache(10_000)
        """Of an archive: the blobs of its template and newest minutes, for the next look to bring along."""
        self.trees: LRUCache[str, Mapping[str, str]] = LRUCache(200_000, lambda files: len(files) + 1)
        """Of a tree's id: its files, path to blob id, where one query did not reach them all."""
        self.commits: LRUCache[str, History] = LRUCache(1_000)
        """Of a commit's id: what it and those before it say (only REST needs to ask)."""
        self.roles: TTLCache[tuple[str, str], str] = _ttl(10_000, ROLE_LASTS, clock)
        """Of a repository and a login: the role there."""

    def remember_texts(self, texts: Mapping[str, str | None]) -> None:
        """Remember texts of blobs; one too large to be minutes or a template counts as none."""
        for oid, text in texts.items():
            self.texts[oid] = text if text is not None and len(text) <= LONGEST else None


def _ttl(size: int, lasts: timedelta, clock: Clock) -> TTLCache[tuple[str, str], str]:
    def seconds() -> float:
        now: datetime = clock.now()
        return now.timestamp()

    return TTLCache(size, lasts.total_seconds(), timer=seconds)
