"""Gives each series of an archive a name of its own: the innermost words that tell it from the others.

Pure.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.archive.series import ArchiveSeries, tokens_of

ONLY = "meeting"
"""The name of a series whose paths say nothing of a team."""
_LONGEST = 60  # characters


def named(found: Sequence[ArchiveSeries]) -> Iterable[ArchiveSeries]:
    """Yield the series of an archive, each with a name of its own, by the words of its paths.

    No two names are the same, whatever the case.
    """
    names = [_innermost(each, 1) for each in found]
    for depth in (2, 3, 9):
        uses = Counter(name.casefold() for name in names)
        names = [
            name if uses[name.casefold()] == 1 else _innermost(each, depth)
            for name, each in zip(names, found, strict=True)
        ]
    used: Counter[str] = Counter()
    for each, name in zip(found, names, strict=True):
        used[name.casefold()] += 1
        count = used[name.casefold()]
        yield replace(each, name=name if count == 1 else f"{name} {count}")


def _innermost(series: ArchiveSeries, depth: int) -> str:
    """Return the words of so many folders, the innermost first, without those that name no team."""
    telling = []
    for part in reversed([*series.folders.split("/"), series.words]):
        kept = [word for word in re.split(r"[\s_]+", part) if tokens_of(word)]
        if kept:
            telling.append(" ".join(kept).strip(" -_."))
        if len(telling) == depth:
            break
    return " ".join(reversed(telling))[:_LONGEST].strip() or ONLY
