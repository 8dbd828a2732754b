"""Minutes cut into units, the smallest pieces that a merge takes whole, and the blank lines between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.minutes.normalising.template import GUIDANCE
from bot.minutes.reading.dates import has_placeholder
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import ANY_LABEL
from bot.minutes.text.markdown import Block

Blanks = tuple[str, ...]
"""Blank lines, as they stand: they may hold spaces."""

_LISTS = ("bullet_list", "ordered_list")
_ORDINARY = 8  # rank of what stands in no container; headings have 1 to 6, and 7 leads in what follows
_HARD_BREAK = ("  ", "\\")
_MARKER = re.compile(r"\A\s*(?:(?:[-*+]|\d{1,9}[.)])(?=\s|$)\s*)?(?:\[[ xX]\](?=\s|$)\s*)?")


class Unit(NamedTuple):
    """A heading, a row of a table, the own lines of a list item, a line of labels; else a block as a whole.

    A unit belongs to the nearest one above it of lower rank: an item to the item that it is nested in, a row
    to the head of its table, all to their heading, or to the label `Attending:` above them.
    Rows of tables with different heads are different; `head` tells them apart.
    """

    text: str
    kind: str
    rank: int
    head: str = ""

    @property
    def key(self) -> str:
        """What the unit is known by in another text."""
        return f"{self.head}\0{self.text}" if self.head else self.text

    @property
    def is_label(self) -> bool:
        """Return whether it is a label without a value, `Attending:`."""
        return "\n" not in self.text and self.text.rstrip("*_ \t").endswith(":")

    @property
    def is_open(self) -> bool:
        """Return whether somebody is to fill it in: an empty label or item, guidance, or a placeholder."""
        says = _MARKER.sub("", self.text, count=1).strip()
        return not says or self.is_label or bool(GUIDANCE.fullmatch(says)) or has_placeholder(says)


@dataclass(frozen=True)
class Units:
    """A text as units: `above[i]` are the blank lines above unit `i`, the last ones those at the end.

    `starts[i]` is its first line, counted from 0; the last one is the end of the text.
    """

    lines: tuple[str, ...]
    units: tuple[Unit, ...]
    starts: tuple[int, ...]
    above: tuple[Blanks, ...]

    @classmethod
    def read(cls, text: str) -> "Units":
        """Cut any text; line ends of every kind count."""
        document = Document.read(text)
        begun: dict[int, _Start] = {}
        for start in _begin(document):
            begun.setdefault(start.line, start)  # the outer one: an item, not the text in it
        starts = (*sorted(begun), len(document.lines))
        units, above, end = [], [], 0
        for line, after in pairwise(starts):
            above.append(document.lines[end:line])
            end = _last(document.lines, line, after)
            units.append(_unit("\n".join(document.lines[line:end]), begun[line]))
        return cls(document.lines, tuple(units), starts, (*above, document.lines[end:]))

    def only(self, kept: Sequence[int]) -> "Units":
        """Leave out all other units. A unit without blank lines above it takes those of what went there."""
        above = [self.above[0]] if kept else []
        for over, at in pairwise(kept):
            went = max(self.above[over + 1 : at], key=len, default=())
            above.append(self.above[at] or went)
        starts = (*(self.starts[at] for at in kept), self.starts[-1])
        return Units(self.lines, tuple(self.units[at] for at in kept), starts, (*above, self.above[-1]))

    @property
    def said(self) -> tuple[str, ...]:
        """The lines of the units, without the blank ones between them."""
        return tuple(line for unit in self.units for line in unit.text.split("\n"))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """What each unit is known by."""
        return tuple(unit.key for unit in self.units)

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """The unit that each belongs to, -1 for none."""
        parents: list[int] = []
        opened: list[int] = []
        for number, unit in enumerate(self.units):
            while opened and self.units[opened[-1]].rank >= unit.rank:
                opened.pop()
            parents.append(opened[-1] if opened else -1)
            opened.append(number)
        return tuple(parents)

    @cached_property
    def slots(self) -> frozenset[int]:
        """The units that wait to be filled in; a heading does when all below it does."""
        slots: set[int] = set()
        filled = [False] * (len(self.units) + 1)  # the last one is the parent of those without
        for number in reversed(range(len(self.units))):
            unit = self.units[number]
            if not filled[number] and (unit.kind == "heading" or unit.is_open):
                slots.add(number)
            else:
                filled[self.parents[number]] = True
        return frozenset(slots)

    def is_amid(self, place: int, kind: str) -> bool:
        """Return whether the units above and below that place are of one kind."""
        around = self.units[max(place - 1, 0) : place + 1]
        return len(around) == 2 and all(unit.kind == kind for unit in around)

    def text(self, start: int, end: int) -> str:
        """Return the lines from unit `start` up to unit `end`, without the blank ones around them."""
        if start == end:
            return ""
        last = self.starts[end - 1] + self.units[end - 1].text.count("\n")
        return "\n".join(self.lines[self.starts[start] : last + 1])


class _Start(NamedTuple):
    """Where a unit begins, and what it is."""

    line: int
    kind: str
    rank: int = _ORDINARY
    head: str = ""


def _unit(text: str, start: _Start) -> Unit:
    unit = Unit(text, *start[1:])
    leads = unit.kind in ("paragraph", "line") and unit.is_label
    return unit._replace(rank=unit.rank - 1) if leads else unit


def _last(lines: tuple[str, ...], start: int, end: int) -> int:
    """Find where the unit ends and the blank lines below it begin."""
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _begin(document: Document) -> Iterator[_Start]:
    """List where units begin, outer before inner ones on the same line."""
    done = 0  # what is above is cut
    for front in document.fronts:
        yield _Start(front.start, "front")
        done = front.end
    for block in document.blocks:
        if block.start < done or block.kind in _LISTS:
            continue
        yield from _unseen(document, done, block.start)
        yield from _begin_block(document, block)
        done = block.start if block.kind == "list_item" else block.end
    yield from _unseen(document, done, len(document.lines))


def _unseen(document: Document, start: int, end: int) -> Iterator[_Start]:
    """List the lines that are no block: definitions of links, and the marker of an empty item."""
    for number in range(start, end):
        if document.lines[number].strip():
            yield _Start(number, "line")


def _begin_block(document: Document, block: Block) -> Iterator[_Start]:
    rank = _ORDINARY + 2 * (block.depth // 2)  # an item and what stands in it are two deep
    lines = document.lines[block.start : block.end]
    if block.kind == "heading" and block.depth == 0:
        yield _Start(block.start, "heading", block.level)
    elif block.kind == "table":
        head = "\n".join(lines[:2])
        yield _Start(block.start, "table", rank, head)
        yield from (_Start(block.start + row, "row", rank + 1, head) for row in range(2, len(lines)))
    elif block.kind == "paragraph" and block.depth == 0:
        parts = [n for n in range(1, len(lines)) if _parts(lines[n - 1], lines[n])]
        kind = "line" if parts else "paragraph"
        yield from (_Start(block.start + part, kind, rank) for part in (0, *parts))
    else:
        yield _Start(block.start, block.kind, rank)


def _parts(above: str, line: str) -> bool:
    """Return whether a line of a paragraph stands for itself."""
    return above.endswith(_HARD_BREAK) or bool(ANY_LABEL.match(line))
