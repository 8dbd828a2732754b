"""Find the times at which a meeting began and ended: with time zone, as typed, never converted."""

import re

from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import FieldName, Labelled
from bot.minutes.text.caseless import Caseless
from bot.minutes.text.markdown import plain

_HOUR = (
    r"(?:(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?:[ ]?[ap]\.?m\b\.?)?"
    r"|(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?[ ]?[ap]\.?m\b\.?|(?:[01]?\d|2[0-3])[ ]?(?:Uhr|時|点|시)"
    r"|noon|midnight)"
)
# Names of zones: letters as in the IANA database and its abbreviations, an offset, or a place people say.
_ZONES = (
    r"(?:(?:UTC|GMT)(?:[ ]?[+-][ ]?\d{1,2}(?::?\d\d)?)?|[A-Z][a-z]+/[A-Z][A-Za-z_]+|UK"
    r"|[ECMPAIJWBK][SDE]?T|CEST|AEST|AEDT|EEST|BRT|(?:Eastern|Central|Mountain|Pacific)(?:[ ]Time)?)(?!\w)"
)
_ZONE = rf"(?:Z(?!\w)|[ ]?\({_ZONES}\)|[ ]?{_ZONES})"
_TIME = re.compile(
    rf"(?:(?<=\dT)|(?<![\w.:/-]))(?P<start>{_HOUR}(?:{_ZONE})?)"
    rf"(?:[ ]?(?:-|–|—|~|to|until|till|bis|à)[ ]?(?P<end>{_HOUR}(?:{_ZONE})?))?(?![\w/])",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d[ ]?[.:hapu時点시]")  # a quick check for a time, in lower-cased text
_BEGAN = Caseless(r"\b(?:start(?:s|ed)?|began|begins?|called to order|opened|convened|commenced)\b")
_ENDED = Caseless(r"\b(?:end(?:s|ed)?|adjourn(?:s|ed)?|closed|finish(?:es|ed)?|concluded)\b")
_FIRST = 25  # lines at the top, where most notes have the time
_LAST = 12  # lines at the bottom, where the time of the end is


def start_and_end(document: Document, fields: tuple[Labelled, ...]) -> tuple[str | None, str | None]:
    """Return when the meeting began and when it ended, as typed in the notes, each None where not found.

    The times are read from `fields`, the labelled ones of the notes (`Start: 10:00`), else from a line with a
    verb such as `started`, else from beside the date.
    """
    start, end = _labelled(fields, "start"), _labelled(fields, "end")
    if start and (match := _TIME.search(start)) and match["end"]:
        start, end = match["start"], end or match["end"]
    lines = [line for line in _lines(document) if _may_have_hour(line.lower())]
    start = start or _time_beside_verb(lines, _BEGAN)
    end = end or _time_beside_verb(lines, _ENDED)
    if not start and (match := next(filter(None, map(_beside_a_day, lines)), None)):
        start, end = match["start"], end or match["end"]
    return start, end


def _labelled(fields: tuple[Labelled, ...], name: FieldName) -> str | None:
    return next((field.value for field in fields if field.name == name and field.value), None)


def _lines(document: Document) -> tuple[str, ...]:
    """Return the lines at the top, the first headings, and the lines at the bottom."""
    top = max(document.header_end, _FIRST)
    titles = (plain(heading.text) for heading in document.headings[:_LAST])
    return (*document.lines[:top], *titles, *document.lines[max(top, len(document.lines) - _LAST) :])


def _may_have_hour(small: str) -> bool:
    """Return whether a lower-cased line may hold a time: a quick check before the search."""
    return _DIGITS.search(small) is not None or "noon" in small or "midnight" in small


def _time_beside_verb(lines: list[str], verb: Caseless) -> str | None:
    """Return the first time in the first line that has both that verb and a time; None without one."""
    for line in lines:
        if verb.search(line) and (match := _TIME.search(line)):
            return match["start"]
    return None


def _beside_a_day(line: str) -> re.Match[str] | None:
    return _TIME.search(line) if days_in(line) else None
