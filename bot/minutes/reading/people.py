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
from bot.minutes.text.logical_lines import Row

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
        above = [call for call in mine if call.level or call.row.number < header]
        found = chain.from_iterable(call.all() for call in above or _first(mine))
        names[name] = tuple(dict.fromkeys(found))
    present = names["attendees"] or tuple(dict.fromkeys(_by_site(document, min(header, stop))))
    return Attendance(present, names["absent"])


def _first(calls: list[Call]) -> list[Call]:
    """Take what people said of themselves, `present+`, wherever they did; else the first label."""
    return [call for call in calls if call.is_said] or calls[:1]


def _calls(document: Document, end: int) -> Iterator[Call]:
    call: Call | None = None
    for row in document.rows_above(end):
        begun = opened(row)
        if begun or row.kind == "end":
            call = begun
            if call:
                yield call
        elif row.kind == "table":
            yield from in_table(document.lines, row, call)
            call = None
        elif call and not takes(call, row):
            call = None


def _by_site(document: Document, end: int) -> Iterator[str]:
    """Read `Leeds: Ada, Bo` and `Remote: Cy` above the sections, where no label says who was there."""
    rows = [row for row in document.rows_above(end) if row.kind == "line" and not row.depth]
    sites = [row for row in rows if row.is_first and SITE.fullmatch(row.text.strip("*_"))]
    if any(_REMOTE.fullmatch(_site(row)) for row in sites):
        blocks = [row.block for row in sites if not OTHER.fullmatch(_site(row)) and not label_in(row.text)]
        yield from (name for row in rows if row.block in blocks for name in split(row.text))


def _site(row: Row) -> str:
    match = SITE.fullmatch(row.text.strip("*_"))
    return match["site"].strip("*_ ") if match else ""
