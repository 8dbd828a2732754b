"""Minutes cut into segments, the smallest pieces that a merge takes whole, and the blank lines between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from bot.minutes.reading.dates import has_placeholder
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import ANY_LABEL
from bot.minutes.text.markdown import GUIDANCE, Block

Blanks = tuple[str, ...]
"""Blank lines, as they stand: they may hold spaces."""

_LISTS = ("bullet_list", "ordered_list")
_ORDINARY = 8  # nesting of what is in no container; headings have 1 to 6, labels in no container 7
_HARD_BREAK = ("  ", "\\")
_MARKER = re.compile(r"\A\s*(?:(?:[-*+]|\d{1,9}[.)])(?=\s|$)\s*)?(?:\[[ xX]\](?=\s|$)\s*)?")


class Segment(NamedTuple):
    """A piece of a text that a merge takes or leaves as a whole.

    It is a heading, a row of a table, the own lines of a list item, or a line with a label; else a whole
    block. A segment belongs to the nearest one above it with lower `nesting`: an item to the item that it is
    nested in, a row to the head of its table, all to their heading, or to the label `Attending:` above them.
    `head` is the head of a row's table, empty for others: equal rows of tables with different heads differ.
    """

    text: str
    kind: str
    nesting: int
    head: str = ""

    @property
    def key(self) -> str:
        """The key by which the same segment is found in another text."""
        return f"{self.head}\0{self.text}" if self.head else self.text

    @property
    def is_label(self) -> bool:
        """Whether the segment is a label without a value, such as `Attending:`."""
        return "\n" not in self.text and self.text.rstrip("*_ \t").endswith(":")

    @property
    def is_open(self) -> bool:
        """Whether people are to fill the segment in: an empty label or item, guidance, or a placeholder."""
        content = _MARKER.sub("", self.text, count=1).strip()
        return not content or self.is_label or bool(GUIDANCE.fullmatch(content)) or has_placeholder(content)


@dataclass(frozen=True)
class Segments:
    """A text as segments. `starts[i]` is the first line, from 0, of segment `i`.

    The last item of `starts` is the number of lines. `blanks_above[i]` are the blank lines above segment `i`,
    and its last item those at the end of the text.
    """

    lines: tuple[str, ...]
    segments: tuple[Segment, ...]
    starts: tuple[int, ...]
    blanks_above: tuple[Blanks, ...]

    @classmethod
    def read(cls, text: str) -> "Segments":
        """Return the segments of any text, with line ends of any kind."""
        document = Document.read(text)
        begun: dict[int, _Start] = {}
        for start in _begin(document):
            begun.setdefault(start.line, start)  # the outer one: an item, not the text in it
        starts = (*sorted(begun), len(document.lines))
        segments, above, end = [], [], 0
        for line, after in pairwise(starts):
            above.append(document.lines[end:line])
            end = _last(document.lines, line, after)
            segments.append(_segment("\n".join(document.lines[line:end]), begun[line]))
        return cls(document.lines, tuple(segments), starts, (*above, document.lines[end:]))

    def only(self, kept: Sequence[int]) -> "Segments":
        """Return the text with only the segments at the indices `kept`, from 0.

        A segment without blank lines above it gets those of the removed ones above it.
        """
        above = [self.blanks_above[0]] if kept else []
        for over, at in pairwise(kept):
            went = max(self.blanks_above[over + 1 : at], key=len, default=())
            above.append(self.blanks_above[at] or went)
        starts = (*(self.starts[at] for at in kept), self.starts[-1])
        return Segments(
            self.lines, tuple(self.segments[at] for at in kept), starts, (*above, self.blanks_above[-1])
        )

    @property
    def text_lines(self) -> tuple[str, ...]:
        """All lines of all segments, in order, without the blank lines between segments."""
        return tuple(line for segment in self.segments for line in segment.text.split("\n"))

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of each segment, in order: segments of two texts with equal keys are the same."""
        return tuple(segment.key for segment in self.segments)

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """For each segment, the index of the segment that it belongs to, such as its heading; -1 for none."""
        parents: list[int] = []
        opened: list[int] = []
        for number, segment in enumerate(self.segments):
            while opened and self.segments[opened[-1]].nesting >= segment.nesting:
                opened.pop()
            parents.append(opened[-1] if opened else -1)
            opened.append(number)
        return tuple(parents)

    @cached_property
    def slots(self) -> frozenset[int]:
        """The indices of the segments that people have yet to fill in, from 0.

        These are the open segments, and headings, if nothing that belongs to them is filled in.
        """
        slots: set[int] = set()
        filled = [False] * (len(self.segments) + 1)  # the last one is the parent of those without
        for number in reversed(range(len(self.segments))):
            segment = self.segments[number]
            if not filled[number] and (segment.kind == "heading" or segment.is_open):
                slots.add(number)
            else:
                filled[self.parents[number]] = True
        return frozenset(slots)

    def is_amid(self, place: int, kind: str) -> bool:
        """Return whether the segments at `place` - 1 and `place` both exist and are of the given kind."""
        around = self.segments[max(place - 1, 0) : place + 1]
        return len(around) == 2 and all(segment.kind == kind for segment in around)

    def text(self, start: int, end: int) -> str:
        """Return the lines of segments `start` to `end` as one text.

        The range is half-open and counts from 0. Blank lines above and below it are left out.
        """
        if start == end:
            return ""
        last = self.starts[end - 1] + self.segments[end - 1].text.count("\n")
        return "\n".join(self.lines[self.starts[start] : last + 1])


class _Start(NamedTuple):
    """The first line of a segment, from 0, and its properties."""

    line: int
    kind: str
    nesting: int = _ORDINARY
    head: str = ""


def _segment(text: str, start: _Start) -> Segment:
    segment = Segment(text, *start[1:])
    leads = segment.kind in ("paragraph", "line") and segment.is_label
    return segment._replace(nesting=segment.nesting - 1) if leads else segment


def _last(lines: tuple[str, ...], start: int, end: int) -> int:
    """Return the line at which a segment in `lines[start:end]` ends, without the blank lines above `end`."""
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _begin(document: Document) -> Iterator[_Start]:
    """Yield the starts of segments, outer before inner ones on the same line."""
    done = 0  # the lines above this one are in segments already
    for front_matter in document.front_matters:
        yield _Start(front_matter.start, "front")
        done = front_matter.end
    for block in document.blocks:
        if block.start < done or block.kind in _LISTS:
            continue
        yield from _outside_blocks(document, done, block.start)
        yield from _begin_block(document, block)
        done = block.start if block.kind == "list_item" else block.end
    yield from _outside_blocks(document, done, len(document.lines))


def _outside_blocks(document: Document, start: int, end: int) -> Iterator[_Start]:
    """Yield a start for each line in no block: link definitions, and the markers of empty items."""
    for number in range(start, end):
        if document.lines[number].strip():
            yield _Start(number, "line")


def _begin_block(document: Document, block: Block) -> Iterator[_Start]:
    nesting = _ORDINARY + 2 * (block.depth // 2)  # an item and what stands in it are two deep
    lines = document.lines[block.start : block.end]
    if block.kind == "heading" and block.depth == 0:
        yield _Start(block.start, "heading", block.level)
    elif block.kind == "table":
        head = "\n".join(lines[:2])
        yield _Start(block.start, "table", nesting, head)
        yield from (_Start(block.start + row, "row", nesting + 1, head) for row in range(2, len(lines)))
    elif block.kind == "paragraph" and block.depth == 0:
        parts = [n for n in range(1, len(lines)) if _parts(lines[n - 1], lines[n])]
        kind = "line" if parts else "paragraph"
        yield from (_Start(block.start + part, kind, nesting) for part in (0, *parts))
    else:
        yield _Start(block.start, block.kind, nesting)


def _parts(above: str, line: str) -> bool:
    """Return whether a line of a paragraph begins a segment: after a hard break, or with a label."""
    return above.endswith(_HARD_BREAK) or bool(ANY_LABEL.match(line))
