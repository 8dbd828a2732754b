"""Who was there and who was not, as the notes say it: names are never corrected and nobody is added."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import FieldName, header_end_of_fields, label_in
from bot.minutes.reading.names import SITE, split
from bot.minutes.reading.rollcall import OTHER, Call, opened, takes
from bot.minutes.reading.rolltable import in_table
from bot.minutes.text.logical_lines import LogicalLine

_REMOTE = re.compile(
    r"(?i)remote(?:ly)?|online|virtual(?:ly)?|in[- ]person|on[- ]?site|zoom|phone|dial[- ]?in|video"
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people whom the notes name as there, and as not there: each once, in order, as typed."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def attendance(document: Document, end: int | None = None) -> Attendance:
    """Read who was there above line `end`: what a heading, a label, a table or a sentence lists.

    Lines below the first section count where none above it says it: some write it last.
    """
    stop = len(document.lines) if end is None else end
    calls = [
        call for call in tuple(_calls(document, stop)) if any(call.all())
    ]  # a call fills as its lines are read
    header = header_end_of_fields(document)
    names: dict[FieldName, tuple[str, ...]] = {}
    for name in ("attendees", "absent"):
        mine = [call for call in calls if call.name == name]
        above = [call for call in mine if call.level or call.line.number < header]
        found = chain.from_iterable(call.all() for call in above or _first(mine))
        names[name] = tuple(dict.fromkeys(found))
    present = names["attendees"] or tuple(dict.fromkeys(_by_site(document, min(header, stop))))
    return Attendance(present, names["absent"])


def _first(calls: list[Call]) -> list[Call]:
    """Take what people said of themselves, `present+`, wherever they did; else the first label."""
    return [call for call in calls if call.is_said] or calls[:1]


def _calls(document: Document, end: int) -> Iterator[Call]:
    call: Call | None = None
    for line in document.logical_lines_above(end):
        begun = opened(line)
        if begun or line.kind == "end":
            call = begun
            if call:
                yield call
        elif line.kind == "table":
            yield from in_table(document.lines, line, call)
            call = None
        elif call and not takes(call, line):
            call = None


def _by_site(document: Document, end: int) -> Iterator[str]:
    """Read `Leeds: Ada, Bo` and `Remote: Cy` above the sections, where no label says who was there."""
    logical_lines = [
        line for line in document.logical_lines_above(end) if line.kind == "line" and not line.depth
    ]
    sites = [line for line in logical_lines if line.is_first and SITE.fullmatch(line.text.strip("*_"))]
    if any(_REMOTE.fullmatch(_site(line)) for line in sites):
        blocks = [
            line.block for line in sites if not OTHER.fullmatch(_site(line)) and not label_in(line.text)
        ]
        yield from (name for line in logical_lines if line.block in blocks for name in split(line.text))


def _site(line: LogicalLine) -> str:
    match = SITE.fullmatch(line.text.strip("*_"))
    return match["site"].strip("*_ ") if match else ""
