"""What notes say, one statement at a time: a list item or a line, and the section or label it is under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.minutes.document import Document
from bot.minutes.markdown import Block, plain
from bot.minutes.rows import Row, rows_of

_BULLET = re.compile(r"\A(?:(?:[-*+•]|\d{1,3}\\?[.)])[ \t]+)+")
_NUMBER = re.compile(r"\A(?:\d{1,2}[.)、][ ]*|[一二三四五六七八九十]、[ ]*)+")
_BOX = re.compile(r"[\s>*+\d.)-]*\[(?P<mark>[ xX])\]\s")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_LONGEST = 200  # characters of a title that are compared
_WRAPPED = 60  # characters; a line that long may go on in the next one


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as typed, HTML tags apart; `below` are the headings and labels it is under, outer first.

    `above` is the statement before it, `parent` the list item that it explains; `listed` tells whether it is
    an item of a list that is in no other one below the last of `below`;
    `ticked` says how its box is, where it has one.
    """

    text: str
    below: tuple[str, ...] = ()
    parent: str = ""
    above: str = ""
    listed: bool = False
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    """A heading or a line that ends in a colon: what it says, and how far it reaches."""

    said: str
    level: int
    depth: int


def statements_of(document: Document, end: int | None = None) -> Iterator[Statement]:
    """Give the statements above line `end`, in order; headings, tables and code are none."""
    stop = len(document.lines) if end is None else end
    headings = {heading.start: heading for heading in document.headings}
    labels: list[_Label] = []
    parents: list[tuple[int, str]] = []
    above, last = "", None
    for row in rows_of(document, stop):
        heading = headings.get(row.number)
        if heading:
            labels, parents = _under(labels, heading), []
        elif row.kind == "line" and not _goes_on(row, last):
            labels = [label for label in labels if label.level or label.depth < row.depth or not row.depth]
            parents = [parent for parent in parents if parent[0] < row.depth]
            text, inside = _text(row), row.depth - max((label.depth for label in labels), default=0)
            below, parent = tuple(label.said for label in labels), parents[-1][1] if parents else ""
            box = _BOX.match(document.lines[row.number])
            ticked = box["mark"] != " " if box else None
            yield Statement(text, below, parent, above, 0 < inside <= _LIST, ticked)
            labels = [label for label in labels if label.level or row.depth]
            labels += [_Label(title_of(text), 0, row.depth)] if is_label(text) else []
            parents.append((row.depth, text))
            above = text
        last = row


_LIST = 2  # containers around the text of an item: the list and the item


def is_label(text: str) -> bool:
    """Tell whether a statement only says what follows: `Action items:`."""
    return "\n" not in text and text.rstrip("*_ ").endswith((":", "："))


def title_of(text: str) -> str:
    """Say what a heading or a label says, without its number and its colon."""
    return _NUMBER.sub("", plain(text[:_LONGEST]), count=1).strip().rstrip(":： ").strip()


def _under(labels: list[_Label], heading: Block) -> list[_Label]:
    kept = [label for label in labels if 0 < label.level < heading.level]
    return [*kept, _Label(title_of(heading.text), heading.level, heading.depth)]


def _goes_on(row: Row, last: Row | None) -> bool:
    """Tell whether a line is part of the statement before it: a list item is one, a wrapped line goes on."""
    if last is None or row.is_first or row.block != last.block:
        return False
    return row.depth > 0 or _is_wrapped(row, row.number - row.block.start)


def _is_wrapped(row: Row, at: int) -> bool:
    return 0 < at < len(row.lines) and len(row.lines[at - 1]) >= _WRAPPED and row.lines[at][:1].islower()


def _text(row: Row) -> str:
    start = row.number - row.block.start
    stop = len(row.lines) if row.depth else start + 1
    while _is_wrapped(row, stop):
        stop += 1
    said = "\n".join(line.strip() for line in row.lines[start:stop]) or row.text
    return _TAG.sub("", _BULLET.sub("", said, count=1)).strip()
