"""Find the times at which a meeting began and ended: with time zone, as typed, never converted."""

import re
from datetime import date
from itertools import chain

from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import FieldName, Labelled
from bot.minutes.reading.time_words import LABELS, MEETING, OTHER, OTHER_AT_ALL, VERBS
from bot.minutes.text.caseless import Caseless
from bot.minutes.text.markdown import plain

_HOUR = (
    r"(?:(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?:[ ]?[ap](?:\.m\b\.?|m\b)|[ ](?:Uhr|uur)\b)?"
    r"|(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?[ ]?[ap](?:\.m\b\.?|m\b)"
    r"|(?:[01]?\d|2[0-3])(?:(?:\.[0-5]\d)?[ ]?(?:Uhr|uur)\b|[ ]?(?:時|点|시))"
    r"|(?:[01]?\d|2[0-3])\.[0-5]\d[ ]?h\b|(?<=kl\. )(?:[01]?\d|2[0-3])\.[0-5]\d"
    r"|noon|midnight)"
)
_TO = r"(?:-|–|—|~|〜|～|to|until|till|bis|à|às|a(?: las)?|hasta|alle|tot)"
# Names of zones: letters as in the IANA database and its abbreviations, an offset, or a place people say.
_ZONES = (
    r"(?:(?:UTC|GMT)(?:[ ]?[+-][ ]?\d{1,2}(?::?\d\d)?)?|[A-Z][a-z]+/[A-Z][A-Za-z_]+|UK"
    r"|[ECMPAIJWBK][SDE]?T|CEST|AEST|AEDT|EEST|BRT|(?:Eastern|Central|Mountain|Pacific)(?:[ ]Time)?)(?!\w)"
)
_ZONE = rf"(?:Z(?!\w)|[ ]?\({_ZONES}\)|[ ]?{_ZONES})"


def _times(hour: str) -> re.Pattern[str]:
    """Return the pattern of a time, and of the one to which it lasts, where an hour is written as `hour`."""
    return re.compile(
        rf"(?:(?<=\dT)|(?<![\w.:/-]))(?P<start>{hour}(?:{_ZONE})?)"
        rf"(?:[ ]?{_TO}[ ]?(?P<end>{hour}(?:{_ZONE})?))?(?![\w/])",
        re.IGNORECASE,
    )


_TIME = _times(_HOUR)
# After a label `14h` is an hour, and so is the first number in `10 bis 11 Uhr`; elsewhere they may be others.
_LABELLED_TIME = _times(rf"(?:{_HOUR}|(?:[01]?\d|2[0-3])(?:[ ]?h\b|(?=[ ]?(?:-|–|bis)[ ]?\d{{1,2}}[ ]Uhr)))")
_DIGITS = re.compile(r"\d[ ]?[.:hapu時点시]")  # a quick check for a time, in lower-cased text
_START_LABEL, _END_LABEL, _TIME_LABEL = (
    Caseless(
        rf"[-*+>•\s]{{0,8}}[*_]{{0,3}}(?:{'|'.join(words[at] for words in LABELS.values())})[*_]{{0,3}}"
        r"(?:[ ]?[:：]|[ ][–—-][ ])[*_]{0,3}(?P<value>.*)"
    )
    for at in range(3)
)
_BEGAN, _ENDED = (Caseless(rf"\b(?:{'|'.join(words[at] for words in VERBS.values())})\b") for at in range(2))
_OF_MEETING = Caseless(
    rf"[\W\d]*(?:(?:[ap]m|at)\b)?\W*(?:{'|'.join('|'.join(words) for words in VERBS.values())})\b.*"
    rf"|.*\b(?:{MEETING}|called to order|adjourn(?:s|ed)?)\b.*"
    r"|.*\d(?:[ ]?[ap]m)? start\b.*"
)
"""Matches a line that has a word for a meeting, or begins with a verb: it may not begin with who did it."""
_ANOTHER = Caseless(
    rf"\b(?:{OTHER})[ ](?:[\w'’-]+[ ]){{0,2}}(?:{MEETING}|date|termin)\b|\b(?:{MEETING})[ ](?:{OTHER})\b"
    rf"|\b(?:{OTHER})(?:\W*\Z|[ ]?[:：–—-])|{OTHER_AT_ALL}"
)
_NEXT_LABEL = re.compile(
    r"(?:(?<=[.,;|])\s+(?=[*_]{0,3}[^\W\d_])|(?<=\S)\s+(?=(?:\*\*"
    r"|__)[^\W\d_]))(?=[*_]{0,3}[^:.,;|\n]{2,25}[*_]{0,3}\s?[:：])"
)
"""Parts a line that has several labels: `Start: 18:30, end: 20:15`."""
_FIRST = 25  # lines at the top, where most notes have the time
_LAST = 12  # lines at the bottom, where the time of the end is


def start_and_end(
    document: Document, fields: tuple[Labelled, ...], day: date | None = None
) -> tuple[str | None, str | None]:
    """Return when the meeting began and when it ended, as typed in the notes, each None where not found.

    The times are read from `fields`, the labelled ones of the notes (`Start: 10:00`), and from other lines
    with a label, else from a line with a verb such as `started`, else from beside the date. Those of another
    meeting are left out, and those beside another date than `day`, that of the meeting (None: not known).
    """
    parts = chain.from_iterable(map(_NEXT_LABEL.split, _lines(document)))
    lines = [part for part in map(_of_this, parts) if _may_have_hour(part)]
    start, end = _labelled(fields, "start"), _labelled(fields, "end")
    if start and (match := _TIME.search(start)):
        verb = _ENDED.search(start)
        if verb:
            end = end or _time_beside(start, verb, _BEGAN)
            start = match["start"] if match.end() <= verb.start() else start
        elif match["end"]:
            start, end = match["start"], end or match["end"]
    both = _after_label(lines, _TIME_LABEL) if not start else None
    first = None if start else _after_label(lines, _START_LABEL) or both
    last = None if end else _after_label(lines, _END_LABEL)
    start = start or (first["start"] if first else _time_beside_verb(lines, _BEGAN, _ENDED))
    end = end or (last["start"] if last else first["end"] if first else None)
    end = end or _time_beside_verb(lines, _ENDED, _BEGAN)
    beside = (_beside_a_day(line, day) for line in lines)
    if not start and (match := next(filter(None, beside), None)):
        start, end = match["start"], end or match["end"]
    return start, end


def _labelled(fields: tuple[Labelled, ...], name: FieldName) -> str | None:
    return next((field.value for field in fields if field.name == name and field.value), None)


def _lines(document: Document) -> tuple[str, ...]:
    """Return the lines at the top, the first headings, and the lines at the bottom.

    Those without a time are left out, and those below a heading of another meeting.
    """
    top = max(document.header_end, _FIRST)
    others = _of_others(document)
    near = [
        *range(min(top, len(document.lines))),
        *range(max(top, len(document.lines) - _LAST), len(document.lines)),
    ]
    titles = [plain(heading.text) for heading in document.headings[:_LAST] if heading.start not in others]
    lines = [document.lines[at] for at in near if at not in others]
    return tuple(filter(_may_have_hour, [*lines[:top], *titles, *lines[top:]]))


def _of_others(document: Document) -> frozenset[int]:
    """Return the numbers, from 0, of the lines of sections about another meeting, with their headings."""
    numbers: set[int] = set()
    for at, heading in enumerate(document.headings):
        if heading not in document.titles and _ANOTHER.search(plain(heading.text)):
            later = (it.start for it in document.headings[at + 1 :] if it.level <= heading.level)
            numbers.update(range(heading.start, next(later, len(document.lines))))
    return frozenset(numbers)


def _of_this(line: str) -> str:
    """Return a line up to where it begins to tell of another meeting."""
    match = _ANOTHER.search(line)
    return line[: match.start()] if match else line


def _may_have_hour(line: str) -> bool:
    """Return whether a line may hold a time: a quick check before the search."""
    small = line.lower()
    return _DIGITS.search(small) is not None or "noon" in small or "midnight" in small


def _after_label(lines: list[str], label: Caseless) -> re.Match[str] | None:
    """Return the match of the time right after a label, in the first line with both; None without one."""
    values = (match["value"] for line in lines if (match := label.fullmatch(line)))
    return next(filter(None, map(_LABELLED_TIME.search, values)), None)


def _time_beside_verb(lines: list[str], verb: Caseless, other: Caseless) -> str | None:
    """Return the time beside a verb in the first line that has both, and is about the meeting.

    `other` is the verb of what is not asked for: the time beside that one is not returned. None without one.
    """
    for line in lines:
        if (
            (match := verb.search(line))
            and _OF_MEETING.fullmatch(line)
            and (time := _time_beside(line, match, other))
        ):
            return time
    return None


def _time_beside(line: str, verb: re.Match[str], other: Caseless) -> str | None:
    """Return the time after a verb, else the one before it, without passing the verb `other`."""
    after, before = line[verb.end() :], line[: verb.start()]
    stop = other.search(after)
    if match := _TIME.search(after[: stop.start()] if stop else after):
        return match["start"]
    match = None if other.search(before) else _TIME.search(before)
    return match["start"] if match else None


def _beside_a_day(line: str, day: date | None) -> re.Match[str] | None:
    """Return the match of a time in a line with a date, which is `day` if that of the meeting is known."""
    days = days_in(line)
    is_this = (
        day is None or not any(each.readings for each in days) or any(day in each.readings for each in days)
    )
    if not days or not is_this:
        return None
    between = _LABELLED_TIME.search(line)
    return between if between and between["end"] else _TIME.search(line)
