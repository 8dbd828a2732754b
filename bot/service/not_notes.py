"""A cache of issues that are no meeting notes, whose events need no request.

Most events of a busy repository are about such issues. Entries expire after `FORGETS`, and are dropped after
each change of a configuration. Other replicas do not see such a change; so once their entries have expired,
the installation is searched once for what they missed.
"""

from datetime import timedelta

from cachetools import TTLCache

from bot.archive.template_files import settings_of
from bot.model import Snapshot
from bot.model.clock import Clock
from bot.planning.case import read_case

FORGETS = timedelta(minutes=10)
"""How long an entry is kept."""


class NotNotes:
    """A bounded cache of the labels that make meeting notes, and of issues that are no meeting notes."""

    def __init__(self, clock: Clock) -> None:
        def seconds() -> float:
            return clock.now().timestamp()

        lasts = FORGETS.total_seconds()
        self._labels: TTLCache[str, frozenset[str]] = TTLCache(10_000, lasts, timer=seconds)
        self._issues: TTLCache[tuple[str, int], int] = TTLCache(100_000, lasts, timer=seconds)
        """By repository and number: how many comments the issue had. A command is a comment too, so it makes
        the entry invalid."""

    def learn(self, seen: Snapshot) -> None:
        """Record from a snapshot which labels make meeting notes, and whether its issue is none."""
        source, archive = seen.source, seen.archive
        settings = settings_of(archive, seen.good_config) if archive else None
        if source is None or settings is None or source.kind != "issue":
            return
        name = source.repository.name.lower()
        self._labels[name] = frozenset(label.casefold() for label in settings.labels)
        case = read_case(seen, source)
        if not (case.notes_labels or case.is_started or case.status_comment or case.pull or source.mine):
            self._issues[name, source.number] = len(source.comments)

    def forget(self) -> None:
        """Drop all entries, after a configuration changed: other labels may make meeting notes now."""
        self._labels.clear()
        self._issues.clear()

    def matters(self, repository: str, label: str) -> bool:
        """Return whether a label may make an issue of a repository ("owner/name") meeting notes.

        True where it is not known which labels do.
        """
        known = self._labels.get(repository.lower())
        return known is None or label.casefold() in known

    def is_known(self, repository: str, number: int, comments: int) -> bool:
        """Return whether an issue of a repository ("owner/name") is known to be no meeting notes.

        `comments` is how many comments it has now: if the number changed, it may have become notes.
        """
        return self._issues.get((repository.lower(), number)) == comments
