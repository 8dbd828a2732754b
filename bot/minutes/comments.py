"""HTML comments: what an issue does not show is not published."""

import re
from collections.abc import Iterator

from bot.minutes.document import Document
from bot.minutes.edits import Edit
from bot.minutes.markdown import Block, through_blanks
from bot.minutes.task import Task

_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")  # begins anew by itself
_WORD = re.compile(r"[^\W_]")


def hidden_comments(task: Task) -> Iterator[Edit]:
    """Drop the comments of an issue that have whole lines to themselves; empty ones only part two lists."""
    if task.source == "issue":
        for block in task.document.blocks:
            if block.kind == "html_block" and (end := _comment_end(task.document, block)):
                yield from _drop(task.document, block, end)


def left_over(document: Document) -> Iterator[int]:
    """Find the lines with a comment that shares them with text: to drop it would be to cut a line in two."""
    seen = {
        line
        for block in document.blocks
        if block.kind == "html_block"
        for line in range(block.start, _comment_end(document, block) or block.start)
    } | document.code
    for number, line in enumerate(document.lines):
        at = line.find("<!--")
        if at >= 0 and number not in seen and line.count("`", 0, at) % 2 == 0 and _WORD.search(line, at):
            yield number


def _comment_end(document: Document, block: Block) -> int | None:
    """Find the line below a comment; None where the block is more than one, or it says nothing."""
    text = "\n".join(document.lines[block.start : block.end])
    comment, closed, after = text.partition("-->")
    if not comment.lstrip().startswith("<!--") or not closed or after.strip() or not _WORD.search(comment):
        return None
    return block.start + comment.count("\n") + 1


def _drop(document: Document, block: Block, end: int) -> Iterator[Edit]:
    """Drop the lines of a comment so that what is above and below stays apart, by one gap and not by two."""
    lines = document.lines
    yield Edit(block.start, end, (), "hidden-comment")
    gap_above = block.start == 0 or not lines[block.start - 1].strip()
    if gap_above:
        yield Edit(end, through_blanks(lines, end), (), "")
    elif end < len(lines) and lines[end].strip() and not (block.depth and _ITEM.match(lines[end])):
        yield Edit(end, end, ("",), "line-break")
