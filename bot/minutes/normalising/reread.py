"""Parse a text again after edits, but only the stretches that changed.

Where a heading or a paragraph begins below a blank line, in no container, all blocks above are closed, and
the parse of what is below does not depend on them: such a line is a seam. A changed stretch is parsed from
one seam to the next, and the blocks of unchanged stretches are reused. If the parse of a stretch does not end
at its seam (the change may have opened a fence), the whole text is parsed.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.minutes.normalising.edits import Edit, apply_edits
from bot.minutes.normalising.ledger import LedgerEntry
from bot.minutes.reading.document import Document
from bot.minutes.text import frontmatter
from bot.minutes.text.markdown import Block, Lines, parse


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stretch of lines that did not change, `lines[first:last]` after the edits, from seam to seam.

    It was `shift` lines further up before them.
    """

    first: int
    last: int
    shift: int


def reread(before: Document, lines: Lines, ledger: Iterable[LedgerEntry]) -> Document:
    """Return the parsed form of `lines`, which edits made of the text of `before`.

    `ledger` records the edits. The result is equal to what `Document.read` returns for these lines, but only
    what changed is parsed again.
    """
    front_matters = frontmatter.read_all(lines)
    start = front_matters[-1].end if front_matters else 0
    blocks: list[Block] = []
    at = start
    for kept in _kept(before, ledger, start):
        changed = parse(lines, at, kept.first + 1)
        if not _begins_block(changed, kept.first):
            blocks, at = [], start
            break
        blocks += changed[:-1]
        blocks += _taken_over(before, kept)
        at = kept.last
    return replace(before, lines=lines, front_matters=front_matters, blocks=(*blocks, *parse(lines, at)))


def _kept(before: Document, ledger: Iterable[LedgerEntry], start: int) -> Iterator[_Kept]:
    seams = [block.start for block in before.top if _is_seam(before, block)]
    for entry in ledger:
        if entry.op == "carry" and entry.src and entry.out:
            shift = entry.out[0] - entry.src[0]
            earliest = max(entry.src[0], start - shift)  # so the blank line above a seam is unchanged too
            within = seams[bisect_left(seams, earliest) : bisect_left(seams, entry.src[1])]
            if within:
                last = within[-1] if entry.src[1] < len(before.lines) else entry.src[1]
                yield _Kept(within[0] + shift, last + shift, shift)


def _is_seam(document: Document, block: Block) -> bool:
    above = document.lines[max(block.start - 1, 0)]
    return block.kind in ("heading", "paragraph") and not above.strip()


def _begins_block(blocks: tuple[Block, ...], line: int) -> bool:
    return bool(blocks) and (blocks[-1].start, blocks[-1].depth) == (line, 0)


def _taken_over(document: Document, kept: _Kept) -> Iterable[Block]:
    """Return the blocks of an unchanged stretch, with their new line numbers."""
    ends = (kept.first - kept.shift, kept.last - kept.shift)
    first, last = (bisect_left(document.blocks, line, key=lambda block: block.start) for line in ends)
    blocks = document.blocks[first:last]
    if not kept.shift:
        return blocks
    return [block.moved(kept.shift) for block in blocks]


def as_if(document: Document, edits: Sequence[Edit]) -> Document:
    """Return a parsed text as if edits had been applied to it, but with the line numbers that it has.

    Lines that the edits add are left out. An edit replaces one line, by lines of which the first one of two,
    or else the last one, is its own; or it adds lines.
    """
    if not edits:
        return document
    lines, ledger = apply_edits(document.lines, edits)
    made = reread(document, lines, ledger)
    origin: list[int] = []
    at = 0
    for entry in ledger:
        count = entry.out[1] - entry.out[0] + 1 if entry.out else 0
        origin += range(at, at + count) if entry.op == "carry" else [at] * count
        at = entry.src[1] if entry.src else at
    origin.append(len(document.lines))
    shown = list(document.lines)
    for edit in edits:
        if edit.end > edit.start:
            shown[edit.start] = edit.lines[0 if len(edit.lines) == 2 else -1]
    blocks = (block._replace(start=origin[block.start], end=origin[block.end]) for block in made.blocks)
    return replace(document, lines=tuple(shown), blocks=tuple(blocks))
