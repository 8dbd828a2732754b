"""Which day the meeting was: every place that says so, ranked; never a guess, never a silent choice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.minutes.dates import Found, days_in
from bot.minutes.document import Document
from bot.minutes.markdown import plain

Where = Literal["title", "path", "heading", "front matter", "line"]

_PATH = re.compile(
    r"(?P<year>(?:19|20)\d\d)/(?:[^/]*/)*(?:[^/]*?\D)??(?P<month>\d\d)-(?P<day>\d\d)(?!\d)[^/]*$"
)
_DATE_KEYS = ("date", "title")
_DATE_LINE = re.compile(r"(?i)\W*(?:date|when|day)\W")
_WORDS = re.compile(r"[^\W\d]{2,}")


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A place that says which day it was: `line` counts from 1 in the notes, None for title and path.

    `date` is None where `text` is no day of the calendar.
    """

    where: Where
    line: int | None
    text: str
    date: date | None


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What is known of the day: the best claim's date, all claims, best first, and whether they disagree."""

    date: date | None
    claims: tuple[DateClaim, ...] = ()
    conflict: bool = False


def find_date(notes: str, title: str = "", path: str = "") -> DateEvidence:
    """Find the day of the meeting in the title of the source, the path of the file and the notes.

    The title of a source is written for this meeting; a heading is often last week's, copied. So they rank:
    title, path, heading, front matter, a line above the first section. No claim, or none possible: date None.
    """
    return weigh(Document.read(notes), title, path)


def weigh(document: Document, title: str = "", path: str = "") -> DateEvidence:
    """Do what `find_date` does, with notes that were read already."""
    claims = (*_elsewhere("title", title), *_in_path(path), *claims_of(document))
    days = {claim.date for claim in claims}
    return DateEvidence(next((c.date for c in claims if c.date), None), claims, len(days) > 1)


def claims_of(document: Document) -> tuple[DateClaim, ...]:
    """List what the notes themselves say about their day, the best first."""
    return (*_in_headings(document), *_in_front_matter(document), *_in_header(document))


def _elsewhere(where: Where, text: str) -> Iterator[DateClaim]:
    for day in days_in(text):
        yield DateClaim(where, None, day.text, day.date)


def _in_path(path: str) -> Iterator[DateClaim]:
    """Read the file's name; where only the folder has the year, both."""
    named = list(_elsewhere("path", path.rpartition("/")[2]))
    if not named and (match := _PATH.search(path)):
        named = list(_elsewhere("path", "-".join(match.group("year", "month", "day"))))
    yield from named


def _in_headings(document: Document) -> Iterator[DateClaim]:
    for heading in document.dated[:1]:
        yield from _on_line("heading", heading.start, days_in(plain(heading.text)))


def _in_front_matter(document: Document) -> Iterator[DateClaim]:
    for key in (key for front in document.fronts for key in front.keys if key.name.lower() in _DATE_KEYS):
        yield from _on_line("front matter", key.start, days_in(key.value))


def _in_header(document: Document) -> Iterator[DateClaim]:
    """Read the lines above the first section that are a date, or say `Date:` before one."""
    end = document.header_end
    for block in document.top:
        if block.kind == "paragraph" and block.end <= end:
            for number in range(block.start, block.end):
                line = document.lines[number]
                days = days_in(line)
                if days and (_DATE_LINE.match(line) or not _WORDS.search(_without(line, days))):
                    yield from _on_line("line", number, days)


def _on_line(where: Where, line: int, days: tuple[Found, ...]) -> Iterator[DateClaim]:
    for day in days:
        yield DateClaim(where, line + 1, day.text, day.date)


def _without(text: str, days: tuple[Found, ...]) -> str:
    for day in reversed(days):
        text = text[: day.start] + text[day.end :]
    return text
