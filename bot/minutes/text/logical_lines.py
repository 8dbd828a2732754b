"""A document as logical lines: headings, lines of text and of list items, tables; no code fences."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from bot.minutes.text.boxes import framed, unfolded
from bot.minutes.text.markdown import Block

_ENDS = ("fence", "hr")
_ESCAPES = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_BOX = re.compile(r"[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[(?P<mark>[ xX])\][ \t]")
_QUOTED = re.compile(r"\A(?:>[ ]?)+")


class LogicalLine(NamedTuple):  # a tuple, which is quick to make: there is about one for each line
    """A line of a paragraph or of indented code ("line"), a heading, a whole table, or an "end".

    An "end" is a fence or thematic break. `number` is its first line in the document, from 0. `depth` counts
    the containers around it, a list and its item being two. `text` has no markers of lists and quotes, and is
    empty for tables and ends. `lines` are all lines of its paragraph, empty for other kinds of `block`. `box`
    is the mark in the box of a task, a blank where it is not ticked; empty without a box.
    """

    kind: Literal["heading", "line", "table", "end"]
    number: int
    depth: int
    text: str
    block: Block
    lines: tuple[str, ...] = ()
    box: str = ""

    @property
    def is_first(self) -> bool:
        """Whether it is the first line of its paragraph or other block."""
        return self.number == self.block.start


def logical_lines(lines: tuple[str, ...], blocks: Iterable[Block]) -> Iterator[LogicalLine]:
    """Yield the lines of text, headings, tables and ends in the given blocks of a document, in order.

    `lines` are the lines of the whole document.
    """
    for block in _outside_of_boxes(lines, blocks):
        kind, start, end, depth, _, text = block
        if kind == "paragraph":
            typed = tuple(text.split("\n"))
            box = _BOX.match(lines[start]) if depth and "[" in lines[start] else None
            yield LogicalLine(
                "line", start, depth, _unmarked(typed[0]), block, typed, box["mark"] if box else ""
            )
            for number, line in enumerate(typed[1:], start + 1):
                yield LogicalLine("line", number, depth, _unmarked(line), block, typed)
        elif kind == "heading":
            yield LogicalLine("heading", start, depth, text, block)
        elif kind == "code_block":
            for number in range(start, end):
                yield LogicalLine("line", number, depth, lines[number].strip(), block)
        elif kind == "table" or (kind == "html_block" and _holds_table(lines[start:end])):
            yield LogicalLine("table", start, depth, "", block)
        elif kind in _ENDS:
            yield LogicalLine("end", start, depth, "", block)


def _outside_of_boxes(lines: tuple[str, ...], blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, with what boxes hold in place of the lines that frame it."""
    depth = 0
    for block in blocks:
        if block.kind == "paragraph":
            if ":::" in block.text:
                yield from framed(block, depth)
            else:
                yield block
            depth = block.depth
        elif block.kind == "html_block" and any(
            "<summary" in line for line in lines[block.start : block.end]
        ):
            yield from unfolded(lines, block)
        elif block.kind == "html_block" and depth and lines[block.start].strip() == "</details>":
            yield Block("hr", block.start, block.end, 0)
        else:
            yield block


def _unmarked(line: str) -> str:
    text = line.strip()
    if text.startswith(":   "):  # a definition, as pandoc writes it
        text = text[1:].lstrip()
    if "\\" in text:
        text = _ESCAPES.sub("", text)
    return _QUOTED.sub("", text) if text.startswith(">") else text


def _holds_table(lines: tuple[str, ...]) -> bool:
    return any("<tr" in line.lower() for line in lines)
