"""The labels of the header: `Attending:`, `Start:` and their like, as a line or as a heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.minutes.document import Document
from bot.minutes.markdown import Block, plain

FieldName = Literal["attendees", "absent", "start", "end", "date"]

# What people call a field, compared without case.
LABELS: dict[FieldName, str] = {
    "attendees": r"attend(?:ing|ees?|ance|ed)|in attendance|(?:people )?present|particip(?:ants?|ating)",
    "absent": r"absent|absentees|absences|apologies|regrets|excused|conflicts|not attending|not present",
    "start": r"start(?:ed|s|ing)?(?: time)?|time|began",
    "end": r"end(?:ed|s|ing)?(?: time)?|finish(?:ed)?",
    "date": r"date|when|day",
}
_NAMES = "|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS.items())
_LINE = re.compile(
    rf"(?i)[ ]{{0,3}}(?P<bold>\*\*|__|)(?P<label>{_NAMES})"
    r"(?:[ ]?:(?P=bold)|(?P=bold)[ ]?:)[ \t]*(?P<value>.*)"
)
_HEADING = re.compile(rf"(?i)(?P<label>{_NAMES})(?:[ ]?:[ \t]*(?P<value>.*))?")
ANY_LABEL = re.compile(r"[ ]{0,3}(?:\*\*|__)?[^\W\d_][\w '’/&()-]{0,39}(?:\*\*|__)?:(?:\*\*|__)?(?:[ \t]|$)")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A field as it stands: `label` and `value` as typed, at `lines[start:end]`, in the block at `block`."""

    name: FieldName
    form: Literal["line", "heading"]
    label: str
    value: str
    start: int
    end: int
    block: Block


def fields_of(document: Document, end: int | None = None) -> tuple[Labelled, ...]:
    """List the fields in order: headings anywhere above line `end`, label lines above the first section.

    Where no line above the sections says who was there, one anywhere else counts: some write it last.
    """
    stop = len(document.lines) if end is None else end
    header = min(header_end_of_fields(document), stop)
    found = [field for field in _all(document) if field.start < stop]
    placed = [field for field in found if field.form == "heading" or field.start < header]
    if not any(field.name == "attendees" for field in placed):
        placed += [field for field in found if field.start >= header and field.name == "attendees"][:1]
    return tuple(placed)


def header_end_of_fields(document: Document) -> int:
    """Find the line of the first heading that is neither a title nor a field."""
    end = document.header_end
    return next(
        (h.start for h in document.headings if h.start >= end and not is_field_heading(h)),
        len(document.lines),
    )


def is_field_heading(heading: Block) -> bool:
    """Tell whether a heading is a field, `## Attending:`."""
    return _HEADING.fullmatch(plain(heading.text)) is not None


def _all(document: Document) -> Iterator[Labelled]:
    for block in document.top:
        if block.kind == "heading" and (match := _HEADING.fullmatch(block.text.strip())):
            yield _labelled(match, "heading", block.start, block.end, block)
        elif block.kind == "paragraph":
            yield from _in_paragraph(document, block)


def _in_paragraph(document: Document, block: Block) -> Iterator[Labelled]:
    """Read the label lines of a paragraph; the lines below one that have no label of ours belong to it."""
    starts = [
        (number, match)
        for number in range(block.start, block.end)
        if (match := _LINE.fullmatch(document.lines[number]))
    ]
    ends = [number for number, _ in starts[1:]] + [block.end]
    for (number, match), end in zip(starts, ends, strict=False):
        yield _labelled(match, "line", number, end, block)


def _labelled(
    match: re.Match[str], form: Literal["line", "heading"], start: int, end: int, block: Block
) -> Labelled:
    name = next(name for name in LABELS if match[name])
    return Labelled(name, form, match["label"], (match["value"] or "").strip(), start, end, block)
