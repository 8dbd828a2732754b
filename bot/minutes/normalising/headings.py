"""Make headings of lines that people typed as such, in the form and at the level of the team's minutes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.heading_style import HeadingStyle, is_atx
from bot.minutes.normalising.structure_laws import heading_text, is_rule
from bot.minutes.normalising.template import Template
from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import ANY_LABEL, label_in
from bot.minutes.reading.outline import LOWEST
from bot.minutes.reading.section_words import LONGEST, TITLES, section_key
from bot.minutes.text.line_ends import ShownLine, may_be_wrapped
from bot.minutes.text.markdown import Block

_PLAIN = re.compile(r"[ ]{0,3}(?![!-/:-@\[-`{-~]|\d+\\?[.)][ \t])(?P<text>\S.*?)[ ]?[:：]?[ \t]*")
_BOLD = re.compile(r"[ ]{0,3}(?:\*\*|__)")
_NUMBERED = re.compile(r"[ ]{0,3}\d")
_CODE = "    "
_LONGEST_LABEL = 20  # characters of a line such as `Attendees`
_PEOPLE = ("attendees", "absent")


def heading_edits(document: Document, template: Template, day: date | None) -> Iterator[Edit]:
    """Yield the edits that give the headings of an issue the form and level that the team's minutes share.

    A line alone that says what a section is called becomes a heading too, and so does a first line that says
    what the template's title says for the meeting of `day`. Nothing is changed where the team's own minutes
    write their headings in several ways.
    """
    style = template.headings
    if not style.levels:
        return
    heads = _Headings(document, style)
    if day and (title := _title_line(document, template.heading(day))) is not None:
        yield title
    for number, key in _alone(heads):
        yield from _as_heading(document, number, number + 1, heads.levels.get(key) or style.section_level)
    if style.is_shared:
        yield from heads.edits()


@dataclass(frozen=True)
class _Headings:
    """The headings of notes but for their titles, by the form in which they are written."""

    document: Document
    style: HeadingStyle

    @cached_property
    def levels(self) -> dict[str, int]:
        return dict(self.style.levels)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the headings, without lines of text that only stand above a list as one does."""
        lines = self.document.lines
        written = (
            h for h in self.document.headings if h.level < LOWEST or not _PLAIN.fullmatch(lines[h.start])
        )
        return frozenset(section_key(heading.text) for heading in written)

    @cached_property
    def _known(self) -> dict[Block, int]:
        """The level that the team's minutes give to a heading, for those that they have."""
        keys = {heading: section_key(heading.text) for heading in self.document.headings}
        return {heading: self.levels[key] for heading, key in keys.items() if key in self.levels}

    @cached_property
    def _sections(self) -> tuple[Block, ...]:
        titles = {heading.start for heading in self.document.titles if heading not in self._known}
        return tuple(h for h in self.document.headings if h.start not in titles and not h.depth)

    def edits(self) -> Iterator[Edit]:
        """Yield the edits by which all headings are written with `#`, and the outline stays."""
        levelled = [heading for heading in self._sections if heading.level < LOWEST]
        shift = self._shift(levelled)
        for heading in levelled:
            level = heading.level + shift
            if shift or not is_atx(self.document.lines[heading.start]):
                yield from _as_heading(self.document, heading.start, heading.end, level)
        for title in self.document.dated[:1]:
            if days_in(title.text) and not (title.depth or is_atx(self.document.lines[title.start])):
                yield from _as_heading(self.document, title.start, title.end, title.level)
        for form in (_BOLD, _NUMBERED):
            lines = self.document.lines
            others = [h for h in self._sections if h.level == LOWEST and form.match(lines[h.start])]
            for heading, level in self._levels_of(others, form is _BOLD and not levelled):
                yield from _as_heading(self.document, heading.start, heading.end, level)

    def _shift(self, levelled: Sequence[Block]) -> int:
        """Return by how many levels the headings are moved so that the known ones are at the team's."""
        shifts = {self._known[heading] - heading.level for heading in levelled if heading in self._known}
        if len(shifts) != 1 or not all(_is_simple(self.document, h.start, h.end) for h in levelled):
            return 0
        (shift,) = shifts
        least, most = (f(heading.level for heading in levelled) + shift for f in (min, max))
        return shift if least >= self.style.section_level and most < LOWEST else 0

    def _levels_of(self, others: Sequence[Block], are_all: bool) -> Iterator[tuple[Block, int]]:
        """Yield headings in a form that has no level, with the levels that they get.

        There are none where that would change the outline: unless the team's minutes have all of them, or
        they are all that the notes have (`are_all`) and those that are known are at one level.
        """
        known = {self._known[heading] for heading in others if heading in self._known}
        if all(heading in self._known for heading in others):
            yield from ((heading, self._known[heading]) for heading in others)
        elif len(known) == 1 and are_all:
            yield from ((heading, level) for level in known for heading in others)


def _as_heading(document: Document, start: int, end: int, level: int) -> Iterator[Edit]:
    """Yield the edits that write the heading at lines `start` to `end` with `#`; none where it is complex.

    Blank lines part it from other text.
    """
    lines = document.lines
    line, *rest = lines[start:end]
    if not _is_simple(document, start, end):
        return
    text = heading_text(line)
    written = f"{'#' * level} {text}"
    if written == line or is_rule(line):
        return
    was_atx = is_atx(line)
    if start and lines[start - 1].strip() and not was_atx:
        yield Edit(start, start, ("",), "line-break")
    yield Edit(start, start + 1, (written,), "heading")
    if rest:
        yield Edit(start + 1, end, ("",), "heading")
    elif end < len(lines) and lines[end].strip() and not was_atx:
        yield Edit(end, end, ("",), "line-break")


def _is_simple(document: Document, start: int, end: int) -> bool:
    """Return whether a heading is one line, or one above a rule.

    It is then no HTML, whose tags would be lost, no part of front matter, no field such as `Date: today`, and
    what is below it does not become code.
    """
    lines = document.lines
    if is_atx(lines[start]):
        return True
    if lines[start].lstrip().startswith("<"):
        return False
    above = lines[start - 1] if start else ""
    below = lines[end].expandtabs(4) if end < len(lines) else ""
    if below.startswith(_CODE):
        return False
    ruled = end - start == 2 and is_rule(lines[start + 1])
    return end - start == 1 or (ruled and not (is_rule(above) or ANY_LABEL.match(lines[start])))


def _title_line(document: Document, heading: str) -> Edit | None:
    """Return the edit that makes a title of the first line if it says what the heading says, else None."""
    first = next(iter(document.top), None)
    if document.dated or first is None or first.kind != "paragraph" or not heading.startswith("#"):
        return None
    line, text = document.lines[first.start].strip(), heading.lstrip("#").strip()
    if line.casefold() != text.casefold():
        return None
    level = len(heading) - len(heading.lstrip("#"))
    return Edit(first.start, first.start + 1, (f"{'#' * level} {line}",), "heading")


def _alone(heads: _Headings) -> Iterator[tuple[int, str]]:
    """Yield the number, from 0, and the key of each line alone that is a heading of text below it.

    A title that stands there more than once, or as a heading already, is left: one of them is in an agenda.
    """
    lines = [*_followed(heads.document, {*heads.levels})]
    count = Counter(key for _, key in lines)
    yield from ((number, key) for number, key in lines if count[key] == 1 and key not in heads.keys)


def _followed(document: Document, known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of text that say what a section is called, and have text below that is none of them."""
    for block, below in pairwise((*document.top, None)):
        if block is None or block.kind != "paragraph":
            continue
        said = dict(_said(document, block, known))
        for number, key in said.items():
            if {number - 1, number + 1} & said.keys():
                continue
            if number < block.end - 1:
                yield number, key
            elif below and (number == block.start or below.start == block.end):
                title = below.kind == "heading" or below.start in dict(_said(document, below, known))
                yield from () if title else ((number, key),)


def _said(document: Document, block: Block, known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines of a paragraph that say what a section is called: number, from 0, and key."""
    lines = document.lines[block.start : block.end]
    keys = {n: key for n, line in enumerate(lines) if len(line) <= LONGEST and (key := _title(line, known))}
    shown = document.shown[block.text] if keys and len(lines) > 1 else ()
    free = {line.number for line in shown if line.is_free and not _is_within(lines, line.number, shown)}
    yield from ((block.start + n, key) for n, key in keys.items() if n in free or not n)


def _is_within(lines: Sequence[str], number: int, shown: Sequence[ShownLine]) -> bool:
    """Return whether a line of a paragraph may be of a sentence with others, or of a list below a colon."""
    beside = any(line.strip()[:1].islower() for line in lines[number : number + 2])
    return beside or lines[number - 1].rstrip().endswith(":") or may_be_wrapped(shown)


def _title(line: str, known: set[str]) -> str:
    """Return the key of the section that a line says, empty where it says more or is no title."""
    match = _PLAIN.fullmatch(line)
    key = section_key(match["text"]) if match else ""
    if key in known or key in TITLES:
        return key
    label = label_in(line.strip(), alone=True) if key and len(line) <= _LONGEST_LABEL else None
    return key if label and label == (label[0], "") and label[0] in _PEOPLE and ":" not in line else ""
