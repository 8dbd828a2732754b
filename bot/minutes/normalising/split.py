"""Split notes of several meetings by meeting.

A meeting has the lines from its dated heading to the next one's, what stands above the first of them, since
that belongs to all, and the link definitions and footnotes that it uses. All parts together have every line.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise

from bot.minutes.normalising.findings import Finding, finding
from bot.minutes.normalising.ledger import LineSpan
from bot.minutes.reading.date_candidates import year_within
from bot.minutes.reading.dates import days_in, has_placeholder
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import Block, Lines, join, plain

_DEFINITION = re.compile(r" {0,3}\[(?P<label>[^\[\]]{1,200})\]:")  # of a link or a footnote
_MENTION = re.compile(r"\[([^\[\]]{1,200})\]")
_FOOTNOTE = "footnote_reference"
_LONGEST = 60  # characters of a heading, where a finding names it
_MOST = 8  # meetings that a finding names


@dataclass(frozen=True)
class Part:
    """The part about one meeting in notes of several: the lines below its headings, and those above all.

    `heading` is the first of these headings. `days` are the dates that it may mean: one, two where day and
    month may change places, or none. `own` are the ranges of its lines in `document`, the whole notes, from
    0.
    """

    heading: Block
    days: tuple[date, ...]
    own: tuple[range, ...]
    document: Document = field(repr=False)

    @property
    def name(self) -> str:
        """The date in the heading of this part, `2031-03-04`; where it has no certain date, the heading."""
        return self.days[0].isoformat() if len(self.days) == 1 else " ".join(self.heading.text.split())

    @cached_property
    def source_lines(self) -> tuple[LineSpan, ...]:
        """Where the lines of `text` are in the whole notes, as pairs of first and last line.

        Both lines count from 1 and are inclusive. The pairs come in the order in which `text` has these
        lines.
        """
        *spans, last = _joined([*self.own, *_borrowed(self.document, self.own)])
        end = next(n for n in reversed(last) if self.document.lines[n].strip()) + 1
        return tuple((span.start + 1, span.stop) for span in (*spans, range(last.start, end)))

    @cached_property
    def text(self) -> str:
        """The lines of this part as one text.

        A blank line separates lines that are not adjacent in the whole notes.
        """
        return join(passages(self.document.lines, self.source_lines))


def passages(lines: Lines, spans: Sequence[LineSpan]) -> Lines:
    """Return the lines in `spans`, in their order; all lines if there are no spans.

    A blank line separates lines that are not adjacent.
    """
    taken: list[str] = []
    for first, last in spans or ((1, len(lines)),):
        if taken and taken[-1].strip():
            taken.append("")
        taken += lines[first - 1 : last]
    return tuple(taken)


def split(notes: str, year: int | None = None) -> tuple[Part, ...]:
    """Return the parts of notes of several meetings, one for each, in order; empty if they are of one.

    `year` completes dates in headings that have none. If it is None, the year in title and front matter does,
    if there is one.
    """
    document = Document.read(notes)
    year = year or year_within(document)
    headings = list({heading.start: heading for heading in reversed(document.dated)}.values())[::-1]
    by_days: dict[tuple[date, ...] | Block, tuple[Block, list[range]]] = {}
    for heading, below in pairwise([*headings, None]):
        if heading:
            key = _days(heading, year) or heading
            _, own = by_days.setdefault(key, (heading, [range(headings[0].start)]))
            own.append(range(heading.start, below.start if below else len(document.lines)))
    parts = (Part(first, _days(first, year), tuple(own), document) for first, own in by_days.values())
    return tuple(parts) if len(by_days) > 1 else ()


def choose(parts: Sequence[Part], day: date | None) -> Part | None:
    """Return the part of the notes about the meeting on `day`.

    That is the part with this date in its heading, else the only one whose heading may mean it, else the
    first part if its heading has a placeholder for the date. None if there is no such part.
    """
    fit = (
        [part for part in parts if part.days == (day,)]
        or [part for part in parts if day in part.days]
        or [part for part in parts[:1] if not part.days and has_placeholder(part.name)]
    )
    return fit[0] if len(fit) == 1 else None


def left_behind(part: Part, parts: Sequence[Part], day: date) -> Finding:
    """Return the finding that the notes are of several meetings, and the minutes of only one of them.

    `part` is the one about the meeting on `day`; the others of `parts` are named in the finding.
    """
    others = names_of([other for other in parts if other is not part])
    return finding("one-of-several", count=len(parts), date=day, others=others)


def names_of(parts: Sequence[Part]) -> str:
    """Return the names of the first few parts as one text, and how many more there are."""
    more = f" and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
    return ", ".join(part.name[:_LONGEST] for part in parts[:_MOST]) + more


def _days(heading: Block, year: int | None) -> tuple[date, ...]:
    return next((day.readings for day in days_in(plain(heading.text), year)), ())


def _joined(spans: Sequence[range]) -> list[range]:
    """Return the spans with adjacent ones joined, and without empty ones."""
    joined: list[range] = []
    for span in filter(None, spans):
        if joined and joined[-1].stop == span.start:
            joined[-1] = range(joined[-1].start, span.stop)
        else:
            joined.append(span)
    return joined


def _borrowed(document: Document, own: Sequence[range]) -> Iterator[range]:
    """Yield the lines of definitions of links and footnotes that the lines `own` use, but do not include."""
    mine = {number for span in own for number in span}
    used = {_key(label) for number in mine for label in _MENTION.findall(document.lines[number])}
    definitions = list(_definitions(document))
    used -= {label for label, span in definitions if span.start in mine}
    for label, span in definitions:
        if label in used:
            used.remove(label)  # of two definitions the first counts
            yield span


def _definitions(document: Document) -> Iterator[tuple[str, range]]:
    """Yield label and lines, from 0, of each definition of a footnote, or of a link, which is in no block."""
    lines, top = document.lines, document.top
    ends = {block.start: block.end for block in top if block.kind == _FOOTNOTE}
    inside = {number for block in top for number in range(block.start, block.end)}
    for number, line in enumerate(lines):
        match = _DEFINITION.match(line) if number in ends or number not in inside else None
        if match:
            yield _key(match["label"]), range(number, ends.get(number) or _end(lines, number + 1, inside))


def _end(lines: Lines, end: int, inside: Set[int]) -> int:
    """Return the end of a link definition, exclusive: target and title may be on lines of their own."""
    while end < len(lines) and lines[end].strip() and end not in inside and not _DEFINITION.match(lines[end]):
        end += 1
    return end


def _key(label: str) -> str:
    return " ".join(label.casefold().split())
