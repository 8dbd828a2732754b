"""Find dates in a text, in the forms in which people write them, and replace one in the same form."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.minutes.reading.date_words import (
    ERAS,
    LETTER,
    MONTH,
    MONTH_AT_ALL,
    WEEKDAY,
    WEEKDAY_AT_ALL,
    in_era,
    like_month,
    like_weekday,
    month,
    of_era,
    weekday,
)

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?P<suffix>st|nd|rd|th|er(?!\w))?[.º°]?"
_TO = r"(?P<to>[ ]?(?:[-–—/&+]|to|and)[ ]?\d{1,2}(?:st|nd|rd|th)?|)"  # `4-5 March` begins on the 4th
_OF = r"(?:[ ](?:of|del?|di)|[ ]d['’])?[ ]?[-./_ ]?"
_IN = r"\.?(?:[ ](?:de|del))?[ ]?[-,./_ ]?[ ]?"
_M, _D = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"

# How people write a date, the least ambiguous first. Each has year, day, and month as number or name.
FORMS = tuple(
    re.compile(rf"(?<!{LETTER})(?<!\d[-.]){form}(?!\.\d)(?!(?!T\d\d:){LETTER})", re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?P<sep>[-./_‐‑–]){_M}(?P=sep){_D}",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_YEAR}[ ](?P<month>0\d|1[0-2])[ ](?P<day>[0-3]\d)",
        rf"{_YEAR}[ ]?(?:年|년)[ ]?{_M}[ ]?(?:月|월)[ ]?{_D}[ ]?[日号號일]",
        rf"{_DAY}{_TO}{_OF}{MONTH}{_IN}{_YEAR}",
        rf"{MONTH}\.?[ ]?[-./_ ]?(?:the[ ])?{_DAY}{_TO}(?:[-,./_ ][ ]?|[ ]?,[ ]?){_YEAR}",
        rf"{_YEAR}[-,. ][ ]?{MONTH}\.?[- ]{_DAY}",
        rf"(?P<day>\d{{1,2}})\.[ ]?(?P<month>\d{{1,2}})\.[ ]?{_YEAR}",  # with dots the day is always first
        rf"(?P<era>(?:{'|'.join(ERAS)})[ ]?(?:\d{{1,2}}|元))年[ ]?{_M}[ ]?月[ ]?{_D}[ ]?日",
    )
)
_NUMERIC = tuple(form for form in FORMS if "name" not in form.groupindex)
# Ambiguous, since the order of day and month differs between teams: `03/04/2031`.
_EITHER = re.compile(
    r"(?<![\w/-])(?P<one>\d{1,2})(?P<sep>[ ]?[-/_][ ]?)(?P<two>\d{1,2})(?P=sep)(?P<year>(?:19"
    r"|20)\d\d)(?![\w/-])"
)
# Dates without a year, for callers who know the year.
_YEARLESS = tuple(
    re.compile(rf"(?<!{LETTER})(?<![./]){form}(?!{LETTER})", re.IGNORECASE)
    for form in (rf"{_DAY}{_TO}{_OF}{MONTH}", rf"{MONTH}\.?[ ]?[-./_ ]?(?:the[ ])?{_DAY}{_TO}")
)

# A lower-cased text without any of these has no placeholder.
_HOLDS = re.compile("yyyy|month|xx-xx|mm-dd|date")
# Placeholders for a date in templates, each with 31 January 2000 in the form that it stands for.
PLACEHOLDERS = tuple(
    (re.compile(pattern), example)
    for pattern, example in (
        (r"(?i)\bYYYY-MM-DD\b", "2000-01-31"),
        (r"(?i)\bYYYY\.MM\.DD\b", "2000.01.31"),
        (r"(?i)\bYYYY/MM/DD\b", "2000/01/31"),
        (r"\bYYYYMMDD\b", "20000131"),
        (r"\bYYYY年MM月DD日", "2000年01月31日"),
        (r"(?i)\bDD\.MM\.YYYY\b", "31.01.2000"),
        (r"\bDD MMM YYYY\b", "31 Jan 2000"),
        (r"\bDD Month YYYY\b", "31 January 2000"),
        (r"<Month> <Day>(?:,? <Year>)?|\bMonth DD, YYYY\b", "January 31, 2000"),
        (r"\b(?:19|20)\d\d-(?:xx-xx|XX-XX|MM-DD)\b", "2000-01-31"),
        (r"\$DATE\b|\$\{DATE\}|\{\{ ?date ?\}\}|(?i:<date>|\[date\])", "2000-01-31"),
    )
)

_ANOTHER = re.compile(
    r"(?i)\b(?:next|last|previous|prior|upcoming|since|until|action items? from|approval of|approv(?:e|ing)"
    r"|accept(?:ing|ance)|adoption of|genehmigung|approbation|aprobación|godkend\w+|godkjen\w+|godkänn\w+"
    r"|goedkeuring|approvazione|aprova\w+"
    r"|zatwierdzenie|przyjęcie protokołu|justering)\b"
)
_SHORT = 120  # characters: few titles are longer
_NEAR = 32  # characters: the longest weekday, with blanks and brackets
_LEAP_YEAR = 2000  # has every day that a text without a year may name
# Every date has a number, most a year; most lines have neither.
_YEAR_AT_ALL, _NUMBER = re.compile(rf"(?:19|20)\d\d|{'|'.join(ERAS)}"), re.compile(r"\d")
# A mistyped date, `2025-03-D25`: a year and two more parts that begin with a digit or a letter before one.
_ALMOST = re.compile(
    r"(?<!\w)(?:19|20)\d\d([-./])(?=[A-Z]?\d)[0-9A-Z]{1,3}\1(?=[A-Z]?\d)[0-9A-Z]{1,3}(?!\w|\.\d)"
)

_ORDINAL = {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}
# For each part of a date: how another date is written in the form of the matched one.
_WRITERS: dict[str, Callable[[re.Match[str], date], str]] = {
    "year": lambda _, day: f"{day.year:04}",
    "era": lambda _, day: in_era(day),
    "month": lambda old, day: f"{day.month:02}" if len(old["month"]) == 2 else f"{day.month}",
    "name": lambda old, day: like_month(old["name"], day.month),
    "day": lambda old, day: f"{day.day:02}" if _padded(old) else f"{day.day}",
    "suffix": lambda old, day: _ordinal(old["suffix"], day.day),
    "to": lambda *_: "",
}


@dataclass(frozen=True, slots=True)
class DayMention:
    """A date in a text: `text` as typed, at `start` to `end` of the searched text, half-open and from 0.

    `readings` are the days that it may mean: none for an impossible date, two where day and month may change
    places.
    """

    text: str
    readings: tuple[date, ...]
    start: int
    end: int

    @property
    def date(self) -> date | None:
        """The day that the date means; None where it is impossible or ambiguous."""
        return self.readings[0] if len(self.readings) == 1 else None


def days_in(text: str, year: int | None = None) -> tuple[DayMention, ...]:
    """Return the dates in a text, in order.

    Those without a year are found only if `year` is given to complete them.
    """
    return short_days(text, year) if len(text) <= _SHORT else _days(text, year)


def _days(text: str, year: int | None) -> tuple[DayMention, ...]:
    forms = tuple(_forms(text, year is not None))
    if not forms:
        return ()
    mentions: list[DayMention] = []
    matched = bytearray(len(text))  # a mask, since a hostile line names thousands of days
    for match in (match for form in forms for match in form.finditer(text)):
        if matched.find(1, *match.span()) < 0:
            matched[match.start() : match.end()] = b"\1" * len(match[0])
            mentions.append(DayMention(match[0], _readings(match, year), match.start(), match.end()))
    return tuple(sorted(mentions, key=lambda day: day.start))


short_days = lru_cache(maxsize=128)(_days)
"""`days_in` with a cache for short texts: many callers ask for the day of the same title."""


def _forms(text: str, yearless: bool) -> Iterator[re.Pattern[str]]:
    """Yield the patterns that may match in a text; this check takes a tenth of the time of searching."""
    if _NUMBER.search(text):
        named, dated = MONTH_AT_ALL.search(text.lower()), _YEAR_AT_ALL.search(text)
        if dated:
            yield from FORMS if named else _NUMERIC
            yield from (_EITHER, _ALMOST)
        if named and yearless:
            yield from _YEARLESS


def weekday_beside(text: str, day: DayMention) -> str:
    """Return the name of the weekday right before or after the date `day` in `text`, as typed.

    It is empty where there is none.
    """
    beside = _weekday(text, day.start, day.end)
    return beside[0] if beside else ""


def is_day(text: str) -> bool:
    """Return whether a text is a date and nothing else; it may have a weekday, and lack the year."""
    days = days_in(text, _LEAP_YEAR)[:1]
    return bool(days) and not re.search(r"[^\W\d]{2}", without_days(text, days))


def names_meeting(heading: str) -> bool:
    """Return whether a heading has the date of its own meeting, unlike `Next meeting 2031-03-11`."""
    return (bool(days_in(heading)) and not _ANOTHER.search(heading)) or is_day(heading)


def without_days(text: str, days: Iterable[DayMention]) -> str:
    """Return `text` without the dates `days`, which were found in it, and the weekdays beside them."""
    for day in sorted(days, key=lambda day: -day.start):
        beside = weekday_beside(text, day)
        text = text[: day.start] + text[day.end :]
        text = text.replace(beside, "", 1) if beside else text
    return text


def rewrite(text: str, day: date) -> str:
    """Return the text with its first date, and the weekday beside it, replaced by `day` in the same form.

    A text without a date is returned unchanged.
    """
    match = next((match for form in FORMS if (match := form.search(text))), None)
    if match is None:
        return text
    parts = [(*match.span(part), write(match, day)) for part, write in _WRITERS.items() if _has(match, part)]
    if beside := _weekday(text, *match.span()):
        parts.append((*beside.span(), like_weekday(beside[0], day.weekday())))
    for start, end, new in sorted(parts, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def fill(text: str, day: date) -> str:
    """Return the text with each placeholder for a date, such as `YYYY-MM-DD`, replaced by `day`.

    A text without placeholders is returned unchanged.
    """
    for pattern, example in PLACEHOLDERS:
        if pattern.search(text):
            return pattern.sub(rewrite(example, day), text)
    return text


def has_placeholder(text: str) -> bool:
    """Return whether a text has a placeholder for a date, such as `YYYY-MM-DD`."""
    return bool(_HOLDS.search(text.lower())) and any(pattern.search(text) for pattern, _ in PLACEHOLDERS)


def falls_on(name: str, day: date) -> bool:
    """Return whether a day is on the weekday called `name`, in any known language."""
    return weekday(name) == day.weekday()


def _padded(match: re.Match[str]) -> bool:
    return match["day"].startswith("0") or len(match.groupdict().get("month") or "") == 2


def _ordinal(old: str, day: int) -> str:
    if old.lower() == "er":
        return "er" if day == 1 else ""
    return _ORDINAL.get(day, "th")


def _has(match: re.Match[str], part: str) -> bool:
    return part in match.re.groupindex and match.start(part) >= 0


def _weekday(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the match of the weekday right before or after `text[start:end]`, None without one."""
    if not WEEKDAY_AT_ALL.search(text[max(start - _NEAR, 0) : end + _NEAR].lower()):
        return None
    before = WEEKDAY.finditer(text, max(start - _NEAR, 0), start)
    for match in (*before, *WEEKDAY.finditer(text, end, end + _NEAR)):
        between = text[match.end() : start] if match.start() < start else text[end : match.start()]
        if not between.strip(" ,.(（-–"):
            return match
    return None


def _readings(match: re.Match[str], year: int | None) -> tuple[date, ...]:
    if match.re is _ALMOST:
        return ()
    parts = match.groupdict()
    era = parts.get("era")
    number = parts.get("year") or str(of_era(era) if era else year)
    if match.re is _EITHER:
        both = (_day(number, parts["one"], parts["two"]), _day(number, parts["two"], parts["one"]))
        return tuple(dict.fromkeys(day for day in both if day))
    name = parts.get("name")
    day = _day(number, str(month(name)) if name else parts["month"], parts["day"])
    return (day,) if day else ()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
