"""Read what the notes say about the minutes of the previous meeting: accepted or not, or put off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from bot.minutes.reading.acceptance.sentences import (
    LONGEST,
    AcceptanceState,
    Scope,
    may_name_minutes,
    read_text,
    without_struck,
)
from bot.minutes.reading.document import CODE, Document
from bot.minutes.reading.statements import is_label
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import GUIDANCE

_BULLET = re.compile(r"\s*(?:(?:[-*+•]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?")
_BOX = re.compile(r"[\s>*+\d.)-]*\[(?P<mark>[ xX])\]\s")
_NUMBERED = re.compile(r"\s*\d{1,3}\\?[.)]\s")
_WRAPPED = 50  # characters; a line that long may go on in the next one
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？", "：")
_ACCEPTING = (AcceptanceState.ACCEPTED, AcceptanceState.WITH_CHANGES)
_REFUSING = (AcceptanceState.NOT_ACCEPTED, AcceptanceState.DEFERRED)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What notes say about accepting the minutes of the previous meeting.

    `text` is the statement as typed, empty where `state` is `silent`. `line` is where it stands or, without
    one, where accepting the minutes is first mentioned, counted from 1.
    """

    state: AcceptanceState
    text: str
    line: int | None


class _Part(NamedTuple):
    """A heading (`level` 1 or more), or a list item, paragraph or line of one, as typed."""

    text: str
    number: int
    depth: int
    level: int = 0
    numbered: bool = False
    ticked: bool | None = None


class _Scopes:
    """The scope of each part: that of the heading above it, and of the list items that it is nested in."""

    def __init__(self) -> None:
        self._heading = self._item = Scope.NONE
        self._parents: list[tuple[int, Scope]] = []

    def of(self, part: _Part) -> Scope:
        """Return the scope of a part, the next one of the notes."""
        while self._parents and self._parents[-1][0] >= part.depth:
            self._parents.pop()
        if part.numbered:
            self._item = Scope.NONE
        return self._parents[-1][1] if self._parents else max(self._heading, self._item)

    def add(self, part: _Part, scope: Scope) -> None:
        """Note the scope that a part gives to what stands below it."""
        if part.level:
            self._heading, self._item, self._parents = scope, Scope.NONE, []
            return
        self._parents.append((part.depth, scope))
        if is_label(part.text) and not self._parents[:-1]:
            self._heading, self._item = Scope.NONE, scope
        elif part.numbered:
            self._item = scope


def read_acceptance(document: Document) -> Acceptance | None:
    """Return what notes say about accepting the minutes of the previous meeting; None if nothing.

    Minutes count as accepted only where a statement says so. Statements that contradict each other count as
    none: the state is then `silent`.
    """
    if not may_name_minutes("\n".join(document.lines)):
        return None
    first, said = None, []
    scopes = _Scopes()
    for part in _parts(document):
        scope = scopes.of(part)
        if not scope and not may_name_minutes(part.text):
            scopes.add(part, scope)
            continue
        text = without_struck(part.text)
        states, below = read_text(text, scope, ticked=part.ticked, heading=part.level > 0)
        scopes.add(part, below)
        if states and first is None:
            first = part.number + 1
        text = _BULLET.sub("", part.text, count=1).strip()
        said += [
            Acceptance(state, text, part.number + 1) for state in states if state != AcceptanceState.SILENT
        ]
    return _decided(said) or (Acceptance(AcceptanceState.SILENT, "", first) if first else None)


def _decided(said: list[Acceptance]) -> Acceptance | None:
    """Return the statement that counts; None without one, or if some accept and others do not."""
    states = {each.state for each in said}
    if not states or (states & {*_ACCEPTING} and states & {*_REFUSING}):
        return None
    counts = next(
        state
        for state in (AcceptanceState.WITH_CHANGES, AcceptanceState.DEFERRED, *AcceptanceState)
        if state in states
    )
    return [each for each in said if each.state == counts][-1]


def _parts(document: Document) -> Iterator[_Part]:
    """Yield the headings, list items, paragraphs and lines of notes that are short enough to be read."""
    headings = {heading.start: heading for heading in document.headings}
    unread = document.lines_of("blockquote", *CODE)
    lines = (line for line in document.logical_lines if line.number not in unread)
    for _, group in groupby(lines, key=attrgetter("block")):
        block_lines = [line for line in group if line.number not in headings or line.is_first]
        first = block_lines[0]
        if first.number in headings:
            heading = headings[first.number]
            yield _Part(heading.text, heading.start, heading.depth, max(heading.level, 1))
            block_lines = [line for line in block_lines if line.number >= heading.end]
        elif first.kind != "line" or (not first.depth and GUIDANCE.fullmatch("\n".join(first.lines))):
            continue
        for statement in _statements(block_lines):
            texts = [line.text for line in statement]
            if sum(map(len, texts)) <= LONGEST:
                yield _part(document, statement[0], "\n".join(texts))


def _statements(lines: list[LogicalLine]) -> Iterator[list[LogicalLine]]:
    """Yield the lines of a paragraph, those that go on in the next one together with it."""
    gathered: list[LogicalLine] = []
    for line in lines:
        if gathered and not _goes_on(gathered[-1].text, line.text):
            yield gathered
            gathered = []
        gathered.append(line)
    if gathered:
        yield gathered


def _goes_on(text: str, following: str) -> bool:
    wraps = len(text) >= _WRAPPED or following[:1].islower() or text.endswith((",", "，", "、"))
    return wraps and not text.endswith(_ENDS)


def _part(document: Document, first: LogicalLine, text: str) -> _Part:
    """Return the part with this text, of which `first` is the first line."""
    typed = document.lines[first.number] if first.is_first else ""
    box = _BOX.match(typed) if "[" in typed else None
    ticked = box["mark"] != " " if box else None
    return _Part(text, first.number, first.depth, 0, _NUMBERED.match(typed) is not None, ticked)
