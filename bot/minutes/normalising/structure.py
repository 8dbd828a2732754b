"""Make Markdown of the signs of structure that people typed in an issue: list items, boxes and columns."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from bot.minutes.normalising.columns import table_edits
from bot.minutes.normalising.edits import Edit
from bot.minutes.reading.document import Document
from bot.minutes.text.line_ends import may_be_wrapped, shown_lines
from bot.minutes.text.markdown import Block
from bot.minutes.text.typed_signs import TypedItem, boxed, may_be_item, typed_item

_ALONE = ("box",)  # kinds of which one line is enough
_BELOW_LIST = ("bullet", "number")  # kinds of which one line below a list is
_DEEPEST = 12  # columns of blanks between a marker and its text, and levels of lists


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of notes that may have typed signs: its `block`, and the columns at which its text begins.

    `free` are the numbers of its lines, from 0 in the notes, that begin outside of markup; none where no line
    has a sign. `first` is the line that has a marker of a list item already, -1 without one.
    """

    block: Block
    base: int
    first: int
    free: tuple[int, ...]
    follows: bool


@dataclass
class _Level:
    columns: int
    sign: str
    rank: int
    content: int


def list_and_table_edits(document: Document) -> Iterator[Edit]:
    """Yield the edits that make Markdown of the typed signs of lists and tables in a parsed issue."""
    signs = frozenset(n for n, line in enumerate(document.lines) if "\t" in line or may_be_item(line))
    if not signs:
        return
    passages = [*_passages(document, signs)]
    items = _items(document, passages)
    levels: list[_Level] = []
    for passage in passages:
        if passage.free:
            yield from table_edits(document.lines, passage.block, passage.base, _rows(passage, items))
        if not passage.follows:
            levels = []
        yield from _list_edits(document, passage, items, levels)


def _rows(passage: Passage, items: dict[int, TypedItem]) -> list[int]:
    return [number for number in passage.free if number not in items and number != passage.first]


def _passages(document: Document, signs: Set[int]) -> Iterator[Passage]:
    quotes, above = 0, -1
    above_code = {one.end for one, other in pairwise(document.top) if other.kind == "code_block"}
    for block in document.blocks:
        if block.kind in ("blockquote", "footnote_reference"):
            quotes = max(quotes, block.end)
        if block.start < quotes or block.depth % 2:
            continue
        if block.kind == "paragraph":
            is_above_code = block.end in above_code  # which would become text of the last list item
            if not is_above_code and (passage := _passage(document, block, above, signs)):
                yield passage
            above = block.end if not block.depth else -1
        elif block.depth == 0:
            above = -1


def _passage(document: Document, block: Block, above: int, signs: Set[int]) -> Passage | None:
    """Return the passage of a paragraph, None where its text is too deep for signs to be seen as such.

    `above` is where the paragraph above it ends, -1 without one; `signs` are the lines that may have a sign.
    """
    text = block.text.partition("\n")[0]
    line, first = document.lines[block.start].rstrip(" \t"), -1
    head = line[: len(line) - len(text)]
    if not line.endswith(text) or len(head) - len(head.rstrip()) > _DEEPEST:
        return None
    if head.strip():
        first = block.start
    base = len(head.expandtabs(4)) if block.depth else 0
    free: tuple[int, ...] = ()
    if not signs.isdisjoint(range(max(block.start, first + 1), block.end)):
        free = tuple(block.start + shown.number for shown in document.shown[block.text] if shown.is_free)
    follows = above >= 0 and not any(line.strip() for line in document.lines[above : block.start])
    return Passage(block, base, first, free, follows)


def _items(document: Document, passages: Sequence[Passage]) -> dict[int, TypedItem]:
    """Return the lines that are list items by their signs, by their numbers from 0."""
    found: dict[int, TypedItem] = {}
    counted: Counter[tuple[int, str]] = Counter()
    for passage in passages:
        lines = (n for n in passage.free if n != passage.first)
        items = {n: item for n in lines if (item := typed_item(document.lines[n]))}
        found |= _in_order(items)
        counted.update((passage.block.start, item.sign) for item in items.values())
    lists = document.lines_of("bullet_list", "ordered_list") if found else frozenset()
    near = _Neighbours(_without_comments(document) if found else (), found)
    starts = {n: passage.block.start for passage in passages for n in passage.free}
    return {
        number: item
        for number, item in found.items()
        if item.kind in _ALONE
        or near.linked(near.above(number), number)
        or near.linked(number, near.below(number))
        or (item.kind in _BELOW_LIST and near.above(number) in lists)
        or (counted[starts[number], item.sign] > 1)
    }


def _without_comments(document: Document) -> Sequence[str]:
    """Return the lines of notes, those of comments empty: what is hidden keeps no list items apart."""
    lines = list(document.lines)
    for comment in document.comments:
        lines[comment.start : comment.end] = [""] * (comment.end - comment.start)
    return lines


def _in_order(items: dict[int, TypedItem]) -> dict[int, TypedItem]:
    """Return the items without those whose numbers Markdown would change."""
    numbers: dict[tuple[int, str], list[int]] = {}
    for item in items.values():
        if item.kind == "number":
            numbers.setdefault((item.columns, item.sign), []).append(int(item.marker[:-2]))
    fine = {
        key
        for key, values in numbers.items()
        if len(values) > 1 and all(b == a + 1 for a, b in pairwise(values))
    }
    return {
        n: item for n, item in items.items() if item.kind != "number" or (item.columns, item.sign) in fine
    }


@dataclass
class _Neighbours:
    """The lines next to others that are not blank."""

    lines: Sequence[str]
    found: dict[int, TypedItem] = field(repr=False)

    @cached_property
    def _filled(self) -> list[int]:
        return [n for n, line in enumerate(self.lines) if line.strip()] if self.found else []

    @cached_property
    def _above(self) -> dict[int, int]:
        return {below: above for above, below in pairwise(self._filled)}

    @cached_property
    def _below(self) -> dict[int, int]:
        return dict(pairwise(self._filled))

    def linked(self, above: int, below: int) -> bool:
        """Return whether two lines with signs are of one list; a dash has others only right beside it."""
        one, other = self.found.get(above), self.found.get(below)
        if one is None or other is None:
            return False
        return one.sign == other.sign or above + 1 == below or "dash" not in (one.kind, other.kind)

    def above(self, number: int) -> int:
        """Return the number of the next line above that is not blank, -1 without one."""
        return self._above.get(number, -1)

    def below(self, number: int) -> int:
        """Return the number of the next line below that is not blank, -1 without one."""
        return self._below.get(number, -1)


def _list_edits(
    document: Document, passage: Passage, items: dict[int, TypedItem], levels: list[_Level]
) -> Iterator[Edit]:
    """Yield the edits for a passage; `levels` are those of the list that it may continue, and are changed."""
    block, lines = passage.block, document.lines
    first = block.text.partition("\n")[0]
    if passage.first >= 0 and (text := boxed(first)):
        line = lines[passage.first].rstrip(" \t")
        head = line[: len(line) - len(first)]
        yield Edit(passage.first, passage.first + 1, (head + text,), "task-item")
    typed: TypedItem | None = None
    for number in passage.free:
        if item := items.get(number):
            if item.kind == "number" and number > block.start and (typed is None or typed.kind != "number"):
                yield Edit(number, number, ("",), "line-break")
            typed = item
            line = (
                " " * _place(item, passage.base, levels, number - 1 in items)
                + item.marker
                + item.text.rstrip(" \t")
            )
            rule = "task-item" if re.match(r"\[[ x]\] ", item.text) else "list-item"
            yield Edit(number, number + 1, (line,), rule)
        elif typed and _leaves(lines, number, typed, passage):
            yield Edit(number, number, ("",), "line-break")
            typed = None
            levels.clear()


def _leaves(lines: Sequence[str], number: int, typed: TypedItem, passage: Passage) -> bool:
    """Return whether a line without a sign is not of the list item above it."""
    line = lines[number].expandtabs(4)
    columns = len(line) - len(line.lstrip())
    cut = may_be_wrapped(shown_lines("\n".join(line.strip() for line in lines[number - 1 : number + 1])))
    return columns <= typed.columns and columns - passage.base < 4 and not cut


def _place(item: TypedItem, base: int, levels: list[_Level], is_next: bool) -> int:
    """Return the columns of indentation of an item, and put its level upon `levels`.

    `is_next`: whether the line above is an item as well.
    """
    deeper = is_next or item.kind == "bullet"
    while levels and levels[-1].columns > item.columns:
        levels.pop()
    same = [level for level in levels if level.columns == item.columns]
    if any(level.sign == item.sign for level in same):
        while levels.pop().sign != item.sign:
            pass
    elif same and not (deeper and item.rank > same[-1].rank and len(levels) < _DEEPEST):
        levels.pop()
    place = levels[-1].content if levels else base
    levels.append(_Level(item.columns, item.sign, item.rank, place + len(item.marker)))
    return place
