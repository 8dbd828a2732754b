"""A document line by line, as people read it: headings, lines of text and of lists, tables; no code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.minutes.document import Document
from bot.minutes.markdown import Block

_ENDS = ("fence", "hr")
_ESCAPES = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_QUOTED = re.compile(r"(?:>[ ]?)+")


@dataclass(frozen=True, slots=True)
class Row:
    """A line that says something: `text` is without the marks of the lists and quotes it stands in.

    `depth` counts the containers around it; `block` is the paragraph, heading or table it is part of, `lines`
    are all lines of a paragraph.
    """

    kind: Literal["heading", "line", "table", "end"]
    number: int
    depth: int
    text: str
    block: Block
    lines: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        """Whether it begins its paragraph."""
        return self.number == self.block.start


def rows_of(document: Document, end: int) -> Iterator[Row]:
    """Give the lines above line `end`, in order; `end` rows are what parts one thing from the next."""
    for block in document.blocks:
        if block.start >= end:
            return
        if block.kind == "heading":
            yield Row("heading", block.start, block.depth, block.text, block)
        elif block.kind == "paragraph":
            lines = tuple(block.text.split("\n"))
            for number, line in enumerate(lines, block.start):
                text = _QUOTED.sub("", _ESCAPES.sub("", line.strip()), 1)
                yield Row("line", number, block.depth, text, block, lines)
        elif block.kind == "code_block":
            for number in range(block.start, block.end):
                yield Row("line", number, block.depth, document.lines[number].strip(), block)
        elif block.kind == "table" or (block.kind == "html_block" and _holds_table(document, block)):
            yield Row("table", block.start, block.depth, "", block)
        elif block.kind in _ENDS:
            yield Row("end", block.start, block.depth, "", block)


def _holds_table(document: Document, block: Block) -> bool:
    return any("<tr" in line.lower() for line in document.lines[block.start : block.end])
