"""Keep line breaks: GitHub shows a single line feed in an issue as a break, and in a file as a space."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import ANY_LABEL
from bot.minutes.text.markdown import Block, Lines

_HARD = ("  ", "\\")
_TWINS = ("`", "*", "_", "~", "``", "**", "__", "~~")  # each opens markup, and closes it
_PAIRS = ("[]", "()", "<>")
_MARKS = (*_TWINS, *"".join(_PAIRS))
_ANY_MARK = re.compile(r"[`*_~\[\]()<>]")


def as_shown(document: Document) -> Document:
    """Return the parsed text of an issue with a new paragraph begun at each line like `Label: value`.

    GitHub shows each line break of an issue, but in a file such lines would become one paragraph.
    """
    parted = {block: parts for block in document.top if len(parts := _parts(document.lines, block)) > 1}
    if not parted:
        return document
    return replace(
        document, blocks=tuple(p for block in document.blocks for p in parted.get(block, (block,)))
    )


def line_breaks(document: Document) -> Iterator[Edit]:
    """Yield edits that add a blank line above each `Label:` line that follows a line of text.

    `document` is one from `as_shown`, in which such a line begins a paragraph.
    """
    for above, below in pairwise(document.top):
        if above.kind == below.kind == "paragraph" and above.end == below.start:
            yield Edit(below.start, below.start, ("",), "line-break")


def soft_breaks(document: Document) -> int:
    """Return how many line breaks within paragraphs an issue would show, but a Markdown file does not."""
    paragraphs = (block for block in document.top if block.kind == "paragraph")
    return sum(1 for paragraph in paragraphs for _ in _soft(document.lines, paragraph))


def _parts(lines: Lines, block: Block) -> tuple[Block, ...]:
    """Return the parts of a paragraph, cut above each `Label:` line; empty for other blocks and one line."""
    if block.kind != "paragraph" or block.end == block.start + 1:
        return ()
    labels = (number for number in _soft(lines, block) if ANY_LABEL.match(lines[number]))
    return tuple(
        block._replace(start=start, end=end, text="\n".join(lines[start:end]).strip())
        for start, end in pairwise([block.start, *labels, block.end])
    )


def _soft(lines: Lines, paragraph: Block) -> Iterator[int]:
    """Yield the numbers, from 0, of a paragraph's lines that follow a soft line break outside of markup."""
    marks: Counter[str] = Counter()
    whole = True
    for number in range(paragraph.start + 1, paragraph.end):
        above = lines[number - 1]
        if _ANY_MARK.search(above):
            for mark in _MARKS:
                marks[mark] += above.count(mark)
            whole = _is_whole(marks)
        if whole and not above.endswith(_HARD):
            yield number


def _is_whole(marks: Counter[str]) -> bool:
    twins = all(marks[mark] % 2 == 0 for mark in _TWINS)
    return twins and all(marks[pair[0]] == marks[pair[1]] for pair in _PAIRS)
