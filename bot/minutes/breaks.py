"""Line breaks: a single one is visible in an issue and invisible in a file."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from bot.minutes.document import Document
from bot.minutes.edits import Edit
from bot.minutes.labels import ANY_LABEL
from bot.minutes.markdown import Block
from bot.minutes.rules import Lines

_HARD = ("  ", "\\")
_TWINS = "`*_~"  # each opens, and closes again
_PAIRS = ("[]", "()", "<>")
_MARKS = _TWINS + "".join(_PAIRS)


def as_shown(document: Document) -> Document:
    """Read a paragraph of an issue as it shows: a `Label:` line begins a new one."""
    blocks = tuple(part for block in document.blocks for part in _parts(document.lines, block))
    return replace(document, blocks=blocks) if len(blocks) > len(document.blocks) else document


def line_breaks(document: Document) -> Iterator[Edit]:
    """Keep the break before a `Label:` line visible: part the paragraph there."""
    for above, below in pairwise(document.top):
        if above.kind == below.kind == "paragraph" and above.end == below.start:
            yield Edit(below.start, below.start, ("",), "line-break")


def soft_breaks(document: Document) -> int:
    """Count the lines that will run on from the line above, and did not in the issue."""
    paragraphs = (block for block in document.top if block.kind == "paragraph")
    return sum(1 for paragraph in paragraphs for _ in _soft(document.lines, paragraph))


def _parts(lines: Lines, block: Block) -> Iterator[Block]:
    """Part a paragraph above each `Label:` line."""
    labels: list[int] = []
    if block.kind == "paragraph" and block.depth == 0 and block.end > block.start + 1:
        labels = [number for number in _soft(lines, block) if ANY_LABEL.match(lines[number])]
    if not labels:
        yield block
        return
    for start, end in pairwise([block.start, *labels, block.end]):
        text = "\n".join(lines[start:end]).strip()
        yield block._replace(start=start, end=end, text=text)


def _soft(lines: Lines, paragraph: Block) -> Iterator[int]:
    """Find the lines before which nothing is open: no code, emphasis or link that began above."""
    marks: Counter[str] = Counter()
    for number in range(paragraph.start + 1, paragraph.end):
        above = lines[number - 1]
        for mark in _MARKS:
            marks[mark] += above.count(mark)
        whole = all(marks[mark] % 2 == 0 for mark in _TWINS) and all(
            marks[pair[0]] == marks[pair[1]] for pair in _PAIRS
        )
        if whole and not above.endswith(_HARD):
            yield number
