"""HTML comments: what an issue does not show is not published."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.minutes.document import Document
from bot.minutes.edits import Edit
from bot.minutes.markdown import Block, through_blanks
from bot.minutes.rules import EMPTY_COMMENT
from bot.minutes.task import Task

_ITEM = re.compile(r"[ \t]*[-*+][ \t]+\S")  # begins anew by itself, even below text
_FENCE = re.compile(r"---[ \t]*")  # of a front matter
_WORD = re.compile(r"[^\W_]")
_CLOSED = ("paragraph", "heading", "hr", "fence", "table", "html_block", "blockquote")
"""What ends at a blank line at the latest, whatever stands below."""


def hidden_comments(task: Task) -> Iterator[Edit]:
    """Drop the comments of an issue that have whole lines to themselves; empty ones only part two lists."""
    if task.source == "issue":
        for above, run in _runs(task.document):
            yield from _drop(task.document, above, run)


def left_over(document: Document) -> Iterator[int]:
    """Find the lines with a comment that shares them with text: to drop it would be to cut a line in two."""
    seen = {line for block in document.comments for line in range(block.start, block.end)} | document.code
    for number, line in enumerate(document.lines):
        at = line.find("<!--")
        if at >= 0 and number not in seen and line.count("`", 0, at) % 2 == 0 and _WORD.search(line, at):
            yield number


def _runs(document: Document) -> Iterator[tuple[Block | None, list[Block]]]:
    """Give the comments that say something, neighbours together, and the block above them."""
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
    """Tell whether two comments go as one; in an item a blank line between them shows."""
    end = block.end if block.depth else through_blanks(document.lines, block.end)
    return end == below.start and block.depth == below.depth


def _drop(document: Document, above: Block | None, run: list[Block]) -> Iterator[Edit]:
    """Drop comments so that what is above and below stays apart, by one gap and not by two."""
    lines, start, end = document.lines, run[0].start, run[-1].end
    below = through_blanks(lines, end)
    for block in run:
        yield Edit(block.start, block.end, (), "hidden-comment")
    for one, other in pairwise(run):
        yield Edit(one.end, other.start, (), "")
    if (_parts_blocks if run[0].depth == 0 else _parts_items)(document, above, run, below):
        indent = lines[start].partition("<")[0]
        yield Edit(end, end, (indent + EMPTY_COMMENT,), "empty-comment")
    elif start == 0 or not lines[start - 1].strip():
        yield Edit(end, below, (), "")
    elif below == end < len(lines) and run[0].depth == 0:
        yield Edit(end, end, ("",), "line-break")


def _parts_blocks(document: Document, above: Block | None, run: list[Block], below: int) -> bool:
    """Tell whether what is above and below the comments would be read together without them."""
    line = next(iter(document.lines[below:]), "")
    if above is None:
        return _FENCE.fullmatch(line) is not None
    is_list = any(block.kind.endswith("_list") for block in document.between(below, below + 1))
    return above.kind not in _CLOSED and (is_list or line[:1].isspace())


def _parts_items(document: Document, above: Block | None, run: list[Block], below: int) -> bool:
    """Tell whether an item would look otherwise without them: less loose, or as one paragraph."""
    below_text = above is not None and above.kind == "paragraph" and above.end == run[0].start
    closed = below == len(document.lines) or below > run[-1].end or _ITEM.match(document.lines[below])
    return not (below_text and closed)
