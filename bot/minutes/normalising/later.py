"""Insert notes that were added in comments into the sections of the notes that they belong to."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import Lines, plain

ADDED = "Added later"


def add_later(notes: str, additions: Sequence[str]) -> str:
    """Return the notes with later additions, each a Markdown text, the oldest first.

    An addition is cut at its headings. Each part goes to the end of the section of the notes with that
    heading, which is not repeated. A part whose heading the notes lack, or without one, comes last, in a
    section "Added later". All else is as typed.
    """
    lines = Document.read(notes).lines
    rest: list[Lines] = []
    for addition in additions:
        for heading, typed, below in _parts(Document.read(addition)):
            end = _end_of_section(Document.read("\n".join(lines)), heading) if heading else None
            if end is None:
                rest.append((*typed, *below))
            elif below:
                lines = (*_trimmed(lines[:end]), "", *below, "", *lines[end:])
    if rest:
        lines = (*_trimmed(lines), "", f"{_mark(Document.read(notes))} {ADDED}")
        for part in rest:
            lines = (*lines, "", *part)
    return "\n".join(lines)


def _parts(document: Document) -> Iterator[tuple[str, Lines, Lines]]:
    """Yield for each heading its words, its lines and the lines below it.

    The lines above all headings come first, with empty words and heading.
    """
    headings = [heading for heading in document.headings if heading.depth == 0]
    starts = [heading.start for heading in headings]
    above = _trimmed(document.lines[: starts[0] if starts else None])
    if above:
        yield "", (), above
    for heading, (_, end) in zip(headings, pairwise([*starts, len(document.lines)]), strict=True):
        below = _trimmed(document.lines[heading.end : end])
        yield _words(heading.text), document.lines[heading.start : heading.end], below


def _end_of_section(document: Document, words: str) -> int | None:
    """Return the line, from 0 and exclusive, at which the section of a heading ends; None without it.

    `words` are those of the heading, as `_words` returns them.
    """
    headings = [heading for heading in document.headings if heading.depth == 0]
    for index, heading in enumerate(headings):
        if _words(heading.text) == words:
            after = (other.start for other in headings[index + 1 :] if other.level <= heading.level)
            return next(after, len(document.lines))
    return None


def _mark(document: Document) -> str:
    """Return the `#` marks of the most common level of sections, `##` without sections."""
    levels = [heading.level for heading in document.headings if heading.level > 1]
    return "#" * max(set(levels), key=levels.count) if levels else "##"


def _words(heading: str) -> str:
    return " ".join(plain(heading).casefold().split())


def _trimmed(lines: Lines) -> Lines:
    """Return the lines without blank ones at either end."""
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return tuple(lines[filled[0] : filled[-1] + 1]) if filled else ()
