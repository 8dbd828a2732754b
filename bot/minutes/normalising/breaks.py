"""Keep line breaks: GitHub shows a single line feed in an issue as a break, and in a file as a space."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.rules import HARD_BREAK
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import ANY_LABEL
from bot.minutes.text.line_ends import is_wrapped, may_be_wrapped, whole_lines
from bot.minutes.text.markdown import Block, Lines


def parted(document: Document) -> Document:
    """Return the parsed text of an issue with a new paragraph begun at each line like `Label: value`."""
    parts_of = {block: parts for block in document.top if len(parts := _parts(document.lines, block)) > 1}
    if not parts_of:
        return document
    return replace(document, blocks=tuple(p for b in document.blocks for p in parts_of.get(b, (b,))))


def as_shown(document: Document) -> Document:
    """Return the parsed text of an issue, from `parted`, with the lines of text that it shows.

    GitHub shows each line break of an issue, but in a file such lines would become one paragraph. So those
    like `Label: value` begin a new one; the other lines of text above a line that an issue shows as one end
    with a hard break, unless an editor cut them.
    """
    lines = list(document.lines)
    for number in _hard_breaks(document):
        lines[number - 1] = lines[number - 1].rstrip(" \t") + HARD_BREAK
    return replace(document, lines=tuple(lines)) if tuple(lines) != document.lines else document


def line_edits(notes: Lines, document: Document, structure: Sequence[Edit]) -> Iterator[Edit]:
    """Yield edits of `notes` by which a file shows their lines as an issue does.

    `document` is one from `as_shown`, in which each `Label:` line begins a paragraph. `structure` are the
    edits that made its lists and tables.
    """
    blank = {edit.start for edit in structure if edit.start == edit.end}
    changed = {edit.start for edit in structure if edit.start != edit.end}
    for edit in structure:
        one = edit.start < edit.end and len(edit.lines) == 1
        yield replace(edit, lines=(document.lines[edit.start],)) if one else edit
    for above, below in pairwise(document.top):
        if above.kind == below.kind == "paragraph" and above.end == below.start and below.start not in blank:
            yield Edit(below.start, below.start, ("",), "line-break")
    for number, (typed, shown) in enumerate(zip(notes, document.lines, strict=False)):
        if typed != shown and number not in changed:
            yield Edit(number, number + 1, (shown,), "hard-break")


def soft_breaks(document: Document) -> int:
    """Return how many line breaks an issue shows of which nobody can say whether they are meant.

    They are in paragraphs with a long line that ends within a sentence, as where an editor cuts lines, and
    with others that are too short for that.
    """
    paragraphs = (document.shown[block.text] for block in document.blocks if _has_lines(block))
    return sum(
        sum(line.is_soft for line in lines)
        for lines in paragraphs
        if may_be_wrapped(lines) and not is_wrapped(lines)
    )


def _hard_breaks(document: Document) -> Iterator[int]:
    """Yield the numbers, from 0, of lines above which a hard break is missing to show what an issue shows."""
    for block in document.blocks:
        if _has_lines(block) and (soft := _soft_ends(document.lines, block)):
            lines = document.shown[block.text]
            if not (may_be_wrapped(lines) or is_wrapped(lines)):
                starts = {block.start + line.number for line in lines if line.is_soft}
                yield from (number for number in soft if number in starts)


def _soft_ends(lines: Lines, block: Block) -> list[int]:
    """Return the numbers, from 0, of the lines of a paragraph above which no hard break was typed."""
    return [n for n in range(block.start + 1, block.end) if not lines[n - 1].endswith(HARD_BREAK)]


def _has_lines(block: Block) -> bool:
    return block.kind == "paragraph" and block.end > block.start + 1


def _parts(lines: Lines, block: Block) -> tuple[Block, ...]:
    """Return the parts of a paragraph, cut above each `Label:` line.

    Empty for other blocks, and where no line below the first one has a label.
    """
    if not _has_lines(block) or not any(map(ANY_LABEL.match, lines[block.start + 1 : block.end])):
        return ()
    whole = (block.start + n for n in whole_lines(lines[block.start : block.end]))
    labels = (number for number in whole if ANY_LABEL.match(lines[number]))
    return tuple(
        block._replace(start=start, end=end, text="\n".join(lines[start:end]).strip())
        for start, end in pairwise([block.start, *labels, block.end])
    )
