"""Months by their names in paths: in which language, at which length and in which case. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.minutes.reading.date_words import MONTHS

_LENGTHS = (0, 3, 4)  # whole names, `Jan`, `janv`


@dataclass(frozen=True, slots=True)
class MonthStyle:
    """A way to write months by name.

    `length` counts the letters, 0 for whole names; `case` is "lower", "upper" or "title".
    """

    language: str
    length: int
    case: str = "lower"

    def write(self, number: int) -> str:
        """Return the name of a month in this style; `number` is 1 to 12."""
        name = MONTHS[self.language][number - 1][: self.length or None].lower()
        return {"upper": name.upper(), "title": name.capitalize()}.get(self.case, name)

    @property
    def example(self) -> str:
        """The name of the first month by which alone this style is recognised: most often January."""
        return next(
            (name for name in map(self.write, range(1, 13)) if style_of([name]) == self), self.write(1)
        )


@cache
def _known() -> dict[str, dict[tuple[str, int], int]]:
    """Map each name of a month, in small letters, to its number by language and length."""
    known: defaultdict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    for language, names in MONTHS.items():
        for length in _LENGTHS:
            for number, name in enumerate(names, 1):
                known[name[: length or None].lower()].setdefault((language, length), number)
    known["sept"][("English", 3)] = 9
    return dict(known)


def number_of(name: str) -> int | None:
    """Return the number of a month, 1 to 12; None for a word that is no month, or several."""
    found = _known().get(name.lower())
    return next(iter(found.values())) if found and len(set(found.values())) == 1 else None


def style_of(names: Iterable[str]) -> MonthStyle | None:
    """Return the style in which all these names of months are written; None: there is none.

    Whole names are preferred to shortened ones.
    """
    words = list(names)
    shared: dict[tuple[str, int], None] | None = None
    for word in words:
        known = _known().get(word.lower(), {})
        shared = dict.fromkeys(known) if shared is None else {it: None for it in shared if it in known}
    if not shared:
        return None
    first = words[0]
    case = "upper" if first.isupper() else "title" if first[0].isupper() else "lower"
    return MonthStyle(*next(iter(shared)), case)
