"""Drop from notes what GitHub's issue forms wrote: headings without an answer, and the form's own checklist.

A form becomes an issue in which each field is a heading of level 3, a blank line and the answer. An optional
field without one has the answer `_No response_`; a ticked box is `- [X]`.
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.form_laws import HEADING, is_checklist, is_unanswered
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import Block, Lines, through_blanks

_LONGEST = 12  # lines of one field without an answer, and of a checklist


def form_edits(notes: Lines, document: Document, comment_lines: Set[int]) -> Iterator[Edit]:
    """Yield the edits that drop the fields of a form without an answer, and the form's checklist at the end.

    `document` are the parsed `notes`, `comment_lines` their comments: a field with one within it stays.
    Nothing is dropped where nothing but a title would be left.
    """
    sections = [*_sections(document, comment_lines)]
    found = {span: "form-no-response" for span in sections if is_unanswered(notes[span.start : span.stop])}
    if all(HEADING.match(notes[heading.start]) for heading in document.top if heading.kind == "heading"):
        for span in reversed([span for span in sections if span not in found]):
            if not is_checklist(notes[span.start : span.stop]):
                break
            found[span] = "form-checklist"
    if not found:
        return
    dropped = {line for span in found for line in span}
    gone = dropped | comment_lines | {title.start for title in document.titles}
    rest = (block for block in document.top if block.start not in gone)
    if next(rest, None) and all(len(span) <= _LONGEST for span in found):
        yield from _drop(notes, [(span, found[span]) for span in sections if span in found])


def without(document: Document, edits: Collection[Edit]) -> Document:
    """Return the parsed notes without the blocks that these edits drop, comments apart.

    All lines keep their numbers.
    """
    if not edits:
        return document
    dropped = {line for edit in edits for line in range(edit.start, edit.end)}
    dropped -= {comment.start for comment in document.comments}
    return replace(document, blocks=tuple(block for block in document.blocks if block.start not in dropped))


def _sections(document: Document, comment_lines: Set[int]) -> Iterator[range]:
    """Yield the lines from each heading to the last block above the next one, comments there left out."""
    blocks = [block for block in document.top if block.start not in comment_lines]
    starts = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    for start, end in pairwise([*starts, len(blocks)]):
        yield range(blocks[start].start, _last_filled(document.lines, blocks[end - 1]))


def _last_filled(lines: Lines, block: Block) -> int:
    return next(end for end in range(block.end, block.start, -1) if lines[end - 1].strip())


def _drop(notes: Lines, found: Sequence[tuple[range, str]]) -> Iterator[Edit]:
    """Yield the edits that drop spans of lines by their rules, and leave one gap in the place of each run."""
    runs: list[list[range]] = []
    for span, rule in found:
        yield Edit(span.start, span.stop, (), rule)
        if runs and through_blanks(notes, runs[-1][-1].stop) == span.start:
            yield Edit(runs[-1][-1].stop, span.start, (), "")
            runs[-1].append(span)
        else:
            runs.append([span])
    for run in runs:
        start, end = run[0].start, run[-1].stop
        below = through_blanks(notes, end)
        if below == len(notes):
            above = next((at for at in range(start, 0, -1) if notes[at - 1].strip()), 0)
            yield Edit(above, start, (), "")
            yield Edit(end, below, (), "")
        elif start == 0 or not notes[start - 1].strip():
            yield Edit(end, below, (), "")
