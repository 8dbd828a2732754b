"""What a text says about days: how people write them, and how to write another one the same way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_NAME = f"(?P<name>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|Sept)"
_DAY = r"(?P<day>\d{1,2})(?P<suffix>st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b|\b({'|'.join(day[:3] for day in WEEKDAYS)})\b(?!\w)")

# How people write a day, the most telling first. Each has a year, a day, and a month as number or name.
FORMS = tuple(
    re.compile(rf"(?<![^\W_])(?<!\d[-.]){form}(?!\.\d)(?![^\W_])", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sep>[-./_])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_DAY}(?: of)? {_NAME}\.?,? {_YEAR}",
        rf"{_NAME}\.? {_DAY},? {_YEAR}",
        rf"{_YEAR} {_NAME} {_DAY}",
    )
)

# What stands in a template where a day shall be, with the last day of January written as it is meant.
PLACEHOLDERS = tuple(
    (re.compile(pattern), example)
    for pattern, example in (
        (r"\bYYYY-MM-DD\b", "2000-01-31"),
        (r"\bYYYY\.MM\.DD\b", "2000.01.31"),
        (r"\bYYYY/MM/DD\b", "2000/01/31"),
        (r"\bYYYYMMDD\b", "20000131"),
        (r"\bDD MMM YYYY\b", "31 Jan 2000"),
        (r"\bDD Month YYYY\b", "31 January 2000"),
        (r"<Month> <Day>,? <Year>", "January 31, 2000"),
        (r"\b(?:19|20)\d\d-(?:xx-xx|XX-XX|MM-DD)\b", "2000-01-31"),
        (r"\$DATE\b|\$\{DATE\}|\{\{ ?date ?\}\}|<date>", "2000-01-31"),
    )
)

_YEAR_AT_ALL = re.compile(r"(?:19|20)\d\d")  # every form has one, and most lines have none
# A day that was meant and went wrong, `2025-03-D25`: three parts, the last two with a digit.
_ALMOST = re.compile(
    r"(?<!\w)(?:19|20)\d\d([-./])(?=[A-Z]?\d)[0-9A-Z]{1,3}\1(?=[A-Z]?\d)[0-9A-Z]{1,3}(?!\w|\.\d)"
)

_SHORT = {*(name[:3].lower() for name in MONTHS if name != "May"), "sept"}
_ORDINAL = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
# Each part of a day, written anew in the manner of the old one.
_WRITERS: dict[str, Callable[[re.Match[str], date], str]] = {
    "year": lambda _, day: f"{day.year:04}",
    "month": lambda old, day: f"{day.month:02}" if len(old["month"]) == 2 else f"{day.month}",
    "name": lambda old, day: MONTHS[day.month - 1][: 3 if old["name"].lower() in _SHORT else None],
    "day": lambda old, day: f"{day.day:02}" if _padded(old) else f"{day.day}",
    "suffix": lambda _, day: _ORDINAL.get(day.day, "th"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A day in a text, at `text[start:end]`; `date` is None where no calendar has such a day."""

    text: str
    date: date | None
    start: int
    end: int


def days_in(text: str) -> tuple[Found, ...]:
    """List the days that a text names, in order."""
    if not _YEAR_AT_ALL.search(text):
        return ()
    found: dict[int, Found] = {}
    for match in (match for form in FORMS for match in form.finditer(text)):
        found.setdefault(match.start(), Found(match[0], _day(match), match.start(), match.end()))
    for match in _ALMOST.finditer(text):
        found.setdefault(match.start(), Found(match[0], None, match.start(), match.end()))
    return tuple(found[start] for start in sorted(found))


def rewrite(text: str, day: date) -> str:
    """Write another day in the place and the manner of the first one in `text`, and its weekday with it."""
    match = next((match for form in FORMS if (match := form.search(text))), None)
    if match is None:
        return text
    for part in sorted(_WRITERS, key=lambda part: _start(match, part), reverse=True):
        if _start(match, part) >= 0:
            start, end = match.span(part)
            text = text[:start] + _WRITERS[part](match, day) + text[end:]
    name = WEEKDAYS[day.weekday()]
    return _WEEKDAY.sub(lambda old: name if old[1] else name[:3], text)


def fill(text: str, day: date) -> str:
    """Write the day where the text has a placeholder for one; other text comes back as it is."""
    for pattern, example in PLACEHOLDERS:
        if pattern.search(text):
            return pattern.sub(rewrite(example, day), text)
    return text


def has_placeholder(text: str) -> bool:
    """Tell whether a text has a place for a day."""
    return any(pattern.search(text) for pattern, _ in PLACEHOLDERS)


def _padded(match: re.Match[str]) -> bool:
    return match["day"].startswith("0") or len(match.groupdict().get("month") or "") == 2


def _start(match: re.Match[str], part: str) -> int:
    return match.start(part) if part in match.re.groupindex else -1


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    name = parts.get("name")
    month = [m[:3].lower() for m in MONTHS].index(name[:3].lower()) + 1 if name else int(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
