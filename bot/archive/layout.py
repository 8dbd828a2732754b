"""A layout: how a path says the day of the meeting whose minutes it holds. Pure.

It is written as people say it, `YYYY/YYYY-MM-DD.md`. `YYYY`, `MM`, `DD` and `month` are slots where no letter
stands beside them; the others are in braces:

| slot | what it stands for |
|---|---|
| `{YY}` | the last two digits of the year |
| `{M}`, `{D}` | month and day without a zero in front |
| `{Dth}` | the day as an ordinal number, `1st` |
| `{January}`, `{jan}`, `{enero}` … | the month by its name, in that language, length and case |
| `{Q}` | the quarter of the year, 1 to 4 |
| `{N}`, `{NNN}` | a number that rises from meeting to meeting, with so many digits at least |
| `{=MM}` | the letters `MM` themselves |
"""

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from bot.archive.month_names import number_of, style_of

_Writer = Callable[[date, int | None], str]
"""What writes a part of a path: from the day, and from the number of the meeting."""

DEFAULT_LAYOUT = "YYYY/YYYY-MM-DD.md"

_SLOT = re.compile(r"(?<![A-Za-z])(?:(?:YYYY|MM|DD)+|month)(?![A-Za-z])|\{(?:=[^{}]*|[^{}=]+)\}")
_ONE = re.compile(r"YYYY|MM|DD|month|\{[^{}]*\}")
_LITERAL = re.compile(r"(?<![A-Za-z])(?:(?:YYYY|MM|DD)+|month)(?![A-Za-z])|[{}]")

_LETTERS, _LETTERS_BEFORE = re.compile("[A-Za-z]+"), re.compile("[A-Za-z]+$")

_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_FIELDS: dict[str, tuple[str, str]] = {
    "YYYY": ("year", _YEAR),
    "{YY}": ("short_year", r"\d\d"),
    "MM": ("month", _MONTH),
    "{M}": ("month", r"(?:0?[1-9]|1[0-2])"),
    "DD": ("day", _DAY),
    "{D}": ("day", r"(?:0?[1-9]|[12]\d|3[01])"),
    "{Dth}": ("ordinal", "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)"),
    "{Q}": ("quarter", "[1-4]"),
}
"""What a slot is read as, and what it looks like."""
_NAME = r"[^\W\d_]{3,12}"


def literal(text: str) -> str:
    """Return a text of a path, escaped so that no part of it is taken for a slot in a layout."""
    if not _LITERAL.search(text):
        return text
    return _LITERAL.sub(
        lambda it: f"{{={it[0]}}}" if it[0] not in "{}" else "{=(}" if it[0] == "{" else "{=)}", text
    )


def fill(text: str, slots: Iterable[tuple[int, int, str]]) -> str:
    """Return a text as the pattern of a layout, with slots put in place of pieces of it.

    Each of `slots`, in order, is the start and the end of a piece, and the slot (`YYYY`).
    """
    pieces: list[str] = []
    end, is_bare = 0, False
    for start, stop, slot in (*slots, (len(text), len(text), "")):
        between = text[end:start]
        escaped = literal(between)
        if is_bare and (match := _LETTERS.match(between)):  # a letter beside it, and it were no slot
            escaped = f"{{={match[0]}}}{literal(between[match.end() :])}"
        bare_next = slot[:1].isalpha()
        if bare_next and (match := _LETTERS_BEFORE.search(escaped)):
            escaped = f"{escaped[: match.start()]}{{={match[0]}}}"
        pieces += [escaped, slot]
        end, is_bare = stop, bare_next
    return "".join(pieces)


def month_slot(names: Iterable[str]) -> str:
    """Return the slot of a layout that writes months in the same way as these names of months.

    It gives their language, length and case, such as `{Jan}`.
    """
    style = style_of(names)
    assert style is not None  # they were read as months
    return "month" if style.example == "january" else f"{{{style.example}}}"


@dataclass(frozen=True)
class Layout:
    """How the paths of minutes are made: a path with slots for the day (see the table of this module)."""

    pattern: str = DEFAULT_LAYOUT

    def path(self, day: date, name: str | None = None, number: int | None = None) -> str:
        """Return the path of the minutes of a meeting on `day`.

        `name` tells a second meeting of the day apart, `number` fills a slot for a number that rises from
        meeting to meeting.
        """
        path = self._write(day, number)
        if not name:
            return path
        stem, extension = posixpath.splitext(path)
        return f"{stem}-{name}{extension}"

    def date(self, path: str) -> date | None:
        """Return the day in a path of this layout.

        None where the path has another layout, or names a day that no calendar has.
        """
        return _date(self.pattern, path)

    def number(self, path: str) -> int | None:
        """Return the number in a path of this layout that rises from meeting to meeting.

        None where the path has another layout, or the layout no such number.
        """
        match = _regex(self.pattern).fullmatch(path)
        found = match.groupdict().get("number") if match else None
        return int(found) if found else None

    @property
    def has_number(self) -> bool:
        """Whether paths hold a number that rises from meeting to meeting."""
        return "number" in _regex(self.pattern).groupindex

    @cached_property
    def folder(self) -> str:
        """The folder above those with a part of the day: where the minutes begin; empty: the root."""
        return posixpath.dirname(_SLOT.split(self.pattern)[0])

    @cached_property
    def _write(self) -> _Writer:
        """How paths are written, made once: the calendar asks for each path of a year."""
        writers: list[str | _Writer] = []
        end = 0
        for run in _SLOT.finditer(self.pattern):
            writers += [self.pattern[end : run.start()], *map(_writer, _ONE.findall(run[0]))]
            end = run.end()
        writers.append(self.pattern[end:])
        return lambda day, number: "".join(
            each if isinstance(each, str) else each(day, number) for each in writers
        )


@lru_cache(1_000)
def _regex(pattern: str) -> re.Pattern[str]:
    """Return what matches the paths of the layout with this pattern."""
    seen: set[str] = set()
    stem, extension = posixpath.splitext(pattern)
    pieces, end = [], 0
    for run in _SLOT.finditer(stem):
        pieces.append(re.escape(stem[end : run.start()]))
        pieces += [_reader(slot, seen) for slot in _ONE.findall(run[0])]
        end = run.end()
    pieces.append(re.escape(stem[end:]))
    return re.compile("".join(pieces) + r"(?:[-_ (][^/]*)?" + re.escape(extension))


@lru_cache(50_000)
def _date(pattern: str, path: str) -> date | None:
    """Return the day in a path; cached, since each pull request with minutes is looked for in all paths."""
    match = _regex(pattern).fullmatch(path)
    return _day(match.groupdict()) if match else None


def _writer(slot: str) -> str | _Writer:
    """Return what writes a slot, or the text that it stands for."""
    match slot.strip("{}"):
        case "YYYY":
            return lambda day, _: f"{day.year:04}"
        case "YY":
            return lambda day, _: f"{day.year % 100:02}"
        case "MM":
            return lambda day, _: f"{day.month:02}"
        case "M":
            return lambda day, _: str(day.month)
        case "DD":
            return lambda day, _: f"{day.day:02}"
        case "D":
            return lambda day, _: str(day.day)
        case "Dth":
            return lambda day, _: f"{day.day}{_ordinal(day.day)}"
        case "Q":
            return lambda day, _: str(quarter(day))
        case numbers if not numbers.strip("N"):
            return lambda _, number: f"{number or 1:0{len(numbers)}}"
        case text if text.startswith("="):
            return {"=(": "{", "=)": "}"}.get(text, text[1:])
        case name:
            style = style_of(["january" if name == "month" else name])
            return (lambda day, _: style.write(day.month)) if style else slot


def _reader(slot: str, seen: set[str]) -> str:
    """Return what matches a slot; the same thing said again must say the same."""
    if slot in _FIELDS:
        name, pattern = _FIELDS[slot]
    elif slot != "{}" and not slot.strip("{N}"):
        name, pattern = "number", r"\d+"
    elif slot == "month" or style_of([slot.strip("{}")]):
        name, pattern = "name", _NAME
    else:
        text = _writer(slot)
        return re.escape(text if isinstance(text, str) else slot)
    if name in seen:
        return rf"(?P={name})"
    seen.add(name)
    return rf"(?P<{name}>{pattern})"


def _ordinal(number: int) -> str:
    return "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def quarter(day: date) -> int:
    """Return the quarter of the year in which a day is, 1 to 4."""
    return (day.month + 2) // 3


def _day(parts: dict[str, str]) -> date | None:
    """Put a day together; None where a part is missing, or there is no such day."""
    year = parts.get("year") or ("20" + parts["short_year"] if "short_year" in parts else None)
    name, number, given = (
        parts.get("name"),
        parts.get("month"),
        parts.get("day") or parts.get("ordinal", "")[:-2],
    )
    named = number_of(name) if name else None
    if year is None or not given or not (named or number) or (name and not named):
        return None
    try:
        day = date(int(year), int(number or named or 0), int(given))
    except ValueError:
        return None
    agrees = named in (None, day.month) and parts.get("quarter", str(quarter(day))) == str(quarter(day))
    return day if agrees else None
