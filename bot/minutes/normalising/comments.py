"""Drop the HTML comments of issues: what an issue does not show is not published."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.form_laws import is_answer
from bot.minutes.normalising.rules import EMPTY_COMMENT
from bot.minutes.normalising.task import Task
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import Block, Lines, through_blanks

_ITEM = re.compile(r"[ \t]*[-*+][ \t]+\S")  # begins a list item even right below text
_FENCE = re.compile(r"---[ \t]*")  # of a front matter
_WORD = re.compile(r"[^\W_]")
_CLOSED = ("paragraph", "heading", "hr", "fence", "table", "html_block", "blockquote")
"""Kinds of blocks that end at a blank line, whatever is below it."""


def drop_comments(task: Task) -> Iterator[Edit]:
    """Yield the edits that drop HTML comments from the notes of an issue; none for a file.

    Comments without a word stay, and so do those on a line with other text. Where a comment separates two
    blocks, an empty comment takes its place.
    """
    document = task.document
    opened = _opened(document)
    for above, run in _runs(document) if task.source == "issue" else ():
        parts = _parts_items if run[0].depth else _parts_blocks
        apart = run[0].start in opened or _is_in_field(document.lines, run) or parts(document, above, run)
        yield from _drop(document, run, apart)


def left_over(document: Document) -> Iterator[int]:
    """Yield the numbers, from 0, of lines with both an HTML comment and text; such comments are kept."""
    seen = {line for block in document.comments for line in range(block.start, block.end)} | document.code
    for number, line in enumerate(document.lines):
        at = line.find("<!--")
        if at >= 0 and number not in seen and line.count("`", 0, at) % 2 == 0 and _WORD.search(line, at):
            yield number


def _runs(document: Document) -> Iterator[tuple[Block | None, list[Block]]]:
    """Yield runs of neighbouring comments with words, each after the block above it, None without one."""
    comments = {block for block in document.comments if _WORD.search(document.text(block))}
    siblings: dict[int, Block] = {}
    above, run = None, list[Block]()
    for block in document.blocks if comments else ():
        if block in comments:
            if run and not _follows(document, run[-1], block):
                yield above, run
                run = []
            if not run:
                above = siblings.get(block.depth)
            run.append(block)
        siblings[block.depth] = block
    if run:
        yield above, run


def _follows(document: Document, block: Block, below: Block) -> bool:
    """Return whether two comments are neighbours; blank lines may be between them, except in a list item."""
    end = block.end if block.depth else through_blanks(document.lines, block.end)
    return end == below.start and block.depth == below.depth


def _drop(document: Document, run: list[Block], apart: bool) -> Iterator[Edit]:
    """Yield the edits that drop a run of comments and leave one gap of blank lines in its place.

    `apart`: an empty comment must take its place, to separate what is around it.
    """
    lines, start, end = document.lines, run[0].start, run[-1].end
    below = through_blanks(lines, end)
    for block in run:
        yield Edit(block.start, block.end, (), "hidden-comment")
    for one, other in pairwise(run):
        yield Edit(one.end, other.start, (), "")
    if apart:
        indent = lines[start].partition("<")[0]
        yield Edit(end, end, (indent + EMPTY_COMMENT,), "empty-comment")
    elif start == 0 or not lines[start - 1].strip():
        yield Edit(end, below, (), "")
    elif below == end < len(lines) and run[0].depth == 0:
        yield Edit(end, end, ("",), "line-break")


def _parts_blocks(document: Document, above: Block | None, run: list[Block]) -> bool:
    """Return whether the blocks above and below a run of comments would be parsed as one without it."""
    below = through_blanks(document.lines, run[-1].end)
    line = next(iter(document.lines[below : below + 1]), "")
    if above is None:
        return _FENCE.fullmatch(line) is not None
    is_list = any(block.kind.endswith("_list") for block in document.between(below, below + 1))
    return above.kind not in _CLOSED and (is_list or line[:1].isspace())


def _parts_items(document: Document, above: Block | None, run: list[Block]) -> bool:
    """Return whether a list item would change without a run of comments: be tight, or join two paragraphs."""
    line = next(iter(document.lines[run[-1].end : run[-1].end + 1]), "")
    below_text = above is not None and above.kind == "paragraph" and above.end == run[0].start
    return not (below_text and (not line.strip() or _ITEM.match(line)))


def _is_in_field(lines: Lines, run: list[Block]) -> bool:
    """Return whether a run of comments is within a field of a form, which stays only because of it."""
    below = through_blanks(lines, run[-1].end)
    above = lines[run[0].start - 1] if run[0].depth and run[0].start else ""
    return is_answer(above) or any(map(is_answer, lines[below : below + 1]))


def _opened(document: Document) -> range:
    """Return the lines, from 0, that would be front matter if a comment among them were dropped."""
    start = document.body
    fences = [at for at, line in enumerate(document.lines[start:], start) if _FENCE.fullmatch(line)]
    return range(*fences[:2]) if fences[:1] == [start] and len(fences) > 1 else range(0)
