"""A series: a recurring meeting of one team, as the files of an archive show it. Pure."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import median

from bot.archive.dates import MARKDOWN
from bot.archive.layout import Layout
from bot.archive.words import SAYS_NOTHING

_DORMANT_AFTER = 4  # usual intervals without minutes
_SHORTEST_REST = timedelta(days=100)
_UNKNOWN_INTERVAL = timedelta(days=31)
_LATEST = 8  # meetings that show on which weekday a series meets
_MOST = 0.75  # the share of them that must agree
_BETWEEN_WORDS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True, order=True)
class PastMeeting:
    """A meeting that has minutes in the archive: its day and the path of the minutes."""

    date: date
    path: str


@dataclass(frozen=True)
class ArchiveSeries:
    """A recurring meeting as an archive shows it: the layout of its minutes, and those that are there.

    `folders` and `words` are what their paths have in common: folders and the words of file names, both
    without the date.
    """

    name: str
    layout: Layout
    meetings: tuple[PastMeeting, ...] = ()
    """In order, the oldest first."""
    folders: str = ""
    words: str = ""
    odd: tuple[str, ...] = ()
    """Paths that are written in another way than those around them: misspelt, say."""
    other_layout: Layout | None = None
    """Where minutes belong as likely as by `layout`; None where that is clear."""
    has_topics: bool = False
    """Whether each file has words of its own, of a topic perhaps, which new names do not copy."""
    accompanies: str | None = None
    """Of agendas, slides and the like that lie beside minutes: the words of these minutes; None of minutes.
    """

    @classmethod
    def at(cls, layout: Layout, paths: Iterable[str], name: str = "") -> "ArchiveSeries":
        """Return the series named `name` that has those of these paths as minutes that have the layout."""
        found = sorted(PastMeeting(day, path) for path in paths if (day := layout.date(path)))
        return cls(name, layout, tuple(found), layout.folder)

    def path(self, day: date, suffix: str | None = None) -> str:
        """Return the path of the minutes of a meeting on `day`.

        `suffix` tells a second meeting of the day apart.
        """
        return self.layout.path(day, suffix, self.number(day) if self.layout.has_number else None)

    def in_markdown(self) -> "ArchiveSeries":
        """Return the series with a layout by which new minutes are Markdown files."""
        if self.is_markdown:
            return self
        return replace(self, layout=Layout(self.layout.pattern.rpartition(".")[0] + MARKDOWN[0]))

    def number(self, day: date) -> int:
        """Return the number for the file name of a meeting on `day`, in a layout with a rising number.

        It is one more than the highest of the meetings before that day.
        """
        numbers = (self.layout.number(past.path) for past in self.meetings if past.date < day)
        return max(filter(None, numbers), default=0) + 1

    def previous(self, day: date) -> PastMeeting | None:
        """Return the newest meeting of the series before `day`; None where there is none."""
        at = bisect_left(self.meetings, PastMeeting(day, ""))
        return self.meetings[at - 1] if at else None

    def with_meetings(self, days: Iterable[date]) -> "ArchiveSeries":
        """Return the series as it will be once the meetings on these days have minutes, too."""
        known = {past.date for past in self.meetings}
        new = (PastMeeting(day, self.path(day)) for day in days if day not in known)
        return replace(self, meetings=tuple(sorted((*self.meetings, *new))))

    @property
    def is_markdown(self) -> bool:
        """Whether the layout, which the newest minutes have, is one of Markdown files."""
        return self.layout.pattern.lower().endswith(MARKDOWN)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The words in the paths of the series that may name it, in small letters."""
        return frozenset(tokens_of(f"{self.folders} {self.words} {self.name}"))

    @cached_property
    def interval(self) -> timedelta:
        """The usual time between two meetings of the series, by the last ones; 31 days if these are few."""
        days = sorted({past.date for past in self.meetings[-13:]})
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        return timedelta(days=median(gaps)) if len(gaps) > 1 else _UNKNOWN_INTERVAL

    @cached_property
    def weekday(self) -> int | None:
        """The weekday of the series' last meetings, Monday 0; None where they are too few or do not agree."""
        days = [past.date.weekday() for past in self.meetings[-_LATEST:]]
        usual, count = Counter(days).most_common(1)[0] if len(days) >= 3 else (None, 0)
        return usual if count >= _MOST * len(days) else None

    @cached_property
    def weekdays(self) -> frozenset[int]:
        """The weekdays of the series' last meetings, Monday 0: only one, where they mostly agree."""
        if self.weekday is not None:
            return frozenset([self.weekday])
        return frozenset(past.date.weekday() for past in self.meetings[-_LATEST:])

    def is_living(self, day: date) -> bool:
        """Return whether the series meets around `day`: it had a meeting not too long before or after it.

        How long that may be depends on its usual interval.
        """
        is_known = len(self.meetings) > 1
        rest = max(_DORMANT_AFTER * self.interval, _SHORTEST_REST) if is_known else _UNKNOWN_INTERVAL
        at = bisect_left(self.meetings, PastMeeting(day, ""))
        around = self.meetings[max(at - 1, 0) : at + 1]
        return any(abs(day - past.date) <= rest for past in around)


def words_of(text: str) -> list[str]:
    """Return the words of a path or a title in small letters; `HwTeam` is two."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return [word.casefold() for word in _BETWEEN_WORDS.split(plain) if word]


def tokens_of(text: str) -> list[str]:
    """Return the words of a path or a title that may name a series, in small letters."""
    return [word for word in words_of(text) if word not in SAYS_NOTHING and not word.isdigit()]
