"""Which issues are no meeting notes, as far as this process remembers: their events lead nowhere.

Most events of a busy repository are about such issues, and none of them is worth a request. What is
remembered is forgotten after a while and after each change of a configuration; then the installation is
looked through once (`FORGETS`), since another replica may have remembered what held before.
"""

from datetime import timedelta

from cachetools import TTLCache

from bot.archive.template_files import settings_of
from bot.model import Snapshot
from bot.model.clock import Clock
from bot.planning.case import read_case

FORGETS = timedelta(minutes=10)
"""How long it is remembered."""


class Foreign:
    """The labels that matter in a repository, and its issues that are none of the bot's. Bounded."""

    def __init__(self, clock: Clock) -> None:
        def seconds() -> float:
            return clock.now().timestamp()

        lasts = FORGETS.total_seconds()
        self._labels: TTLCache[str, frozenset[str]] = TTLCache(10_000, lasts, timer=seconds)
        self._issues: TTLCache[tuple[str, int], int] = TTLCache(100_000, lasts, timer=seconds)
        """With the number of comments that each had: a command, and our answer to it, are comments."""

    def learn(self, seen: Snapshot) -> None:
        """Learn from a look which labels matter, and whether its issue is none of the bot's."""
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
        """Forget everything: a configuration changed."""
        self._labels.clear()
        self._issues.clear()

    def matters(self, repository: str, label: str) -> bool:
        """Return whether a label may make an issue meeting notes."""
        known = self._labels.get(repository.lower())
        return known is None or label.casefold() in known

    def is_known(self, repository: str, number: int, comments: int) -> bool:
        """Return whether an issue with so many comments is known to be none of the bot's."""
        return self._issues.get((repository.lower(), number)) == comments
