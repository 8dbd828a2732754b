"""How a team writes the headings of its minutes: with `#`, and at which levels."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.minutes.reading.document import Document
from bot.minutes.reading.section_words import section_key
from bot.minutes.text.markdown import Block

_ATX = re.compile(r"[ ]{0,3}#{1,6}(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class HeadingStyle:
    """The levels of a team's headings: pairs of the title's key, which `section_key` makes, and 1 to 6.

    They are empty where its minutes have no headings in common, write one in several forms or at several
    levels, or write one without `#`. `is_shared`: whether they are those of the team's own minutes, so that
    headings of another form are made so.
    """

    levels: tuple[tuple[str, int], ...] = ()
    is_shared: bool = False

    @property
    def section_level(self) -> int:
        """The level of a section: the least that the headings have, 2 where there are none."""
        return min((level for _, level in self.levels), default=2)


UNKNOWN = HeadingStyle()
"""The style of a team of whose headings nothing is known, or that writes them in several ways."""


def heading_style(documents: Sequence[Document], shared: Iterable[str]) -> HeadingStyle:
    """Return how a team writes its headings, by its template and minutes, of which the last are the newest.

    `shared` are the titles of the headings that they have in common.
    """
    keys = {section_key(title) for title in shared} - {""}
    seen: dict[str, set[int]] = {}
    for document in documents:
        for heading in _without_titles(document):
            level = heading.level if not heading.depth and is_atx(document.lines[heading.start]) else 0
            seen.setdefault(section_key(heading.text), set()).add(level)
    if not keys or any(len(seen.get(key, ())) > 1 or 0 in seen.get(key, ()) for key in keys):
        return UNKNOWN
    newest = {section_key(h.text) for document in documents[-1:] for h in _without_titles(document)}
    levels = {key: max(seen[key]) for key in keys | newest if key and len(seen.get(key, ())) == 1}
    return HeadingStyle(tuple(sorted((key, level) for key, level in levels.items() if level)), is_shared=True)


def is_atx(line: str) -> bool:
    """Return whether a line that is in no list is a heading with `#`.

    https://spec.commonmark.org/0.31.2/#atx-headings
    """
    return _ATX.match(line) is not None


def _without_titles(document: Document) -> list[Block]:
    titles = {heading.start for heading in document.titles}
    return [heading for heading in document.headings if heading.start not in titles]
