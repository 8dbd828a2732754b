"""Days that a text without a year may mean, to offer them in a question; none is ever taken."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.minutes.reading.date_words import LETTER, MONTH, month

MOST = 4
"""How many days are offered."""
_LONGEST = 2_000  # characters of a text that are searched: its beginning says which day it is

_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|er)?\.?"
_NAMED = tuple(
    re.compile(rf"(?<!{LETTER}){form}(?!{LETTER})", re.IGNORECASE)
    for form in (rf"{_DAY} ?(?:of |de |\. ?)?{MONTH}", rf"{MONTH}\.? (?:the )?{_DAY}")
)
_NUMBERS = re.compile(
    r"(?<![\w./-])(?P<one>[0-3]?\d)(?P<sep>[./-])(?P<two>[0-3]?\d)(?:(?P=sep)(?P<year>\d\d)(?!\d)"
    r"|\.?(?![\w/.-]*\d))"
)
_WEEK = re.compile(r"(?i)(?<!\w)(?:week|wk|cw|kw|w|semaine|semana|settimana)[ .-]?(?P<week>[0-5]?\d)(?!\w)")


def guess_days(text: str, near: date, weekday: int | None = None) -> tuple[tuple[str, date], ...]:
    """Return the days that dates without a full year in a text may mean, as pairs of their words and the day.

    Of possible years, that of the day nearest to `near` is taken. `weekday` (0 for Monday) is that of the
    team's meetings, None if it is not known: it decides which day of a week such as `week 12` is meant, and
    which of two numbers is the month.
    """
    found: dict[date, str] = {}
    for words, days in _readings(text[:_LONGEST], near, weekday):
        fitting = [day for day in days if day.weekday() == weekday]
        for day in fitting or days:
            found.setdefault(day, words)
    return tuple((words, day) for day, words in list(found.items())[:MOST])


def _readings(text: str, near: date, weekday: int | None) -> Iterator[tuple[str, list[date]]]:
    """Yield the words that may name a day, with the days that they may mean."""
    for form in _NAMED:
        for match in form.finditer(text):
            day = _nearest(month(match["name"]), int(match["day"]), near)
            yield match[0].strip(), [day] if day else []
    for match in _NUMBERS.finditer(text):
        one, two = int(match["one"]), int(match["two"])
        orders = [(two, one)] if match["sep"] == "." else [(two, one), (one, two)]
        year = 2000 + int(match["year"]) if match["year"] else None
        made = [_made(year, *order) if year else _nearest(*order, near) for order in orders]
        yield match[0].strip(), list(dict.fromkeys(day for day in made if day))
    for match in _WEEK.finditer(text):
        week = int(match["week"])
        if weekday is not None and 1 <= week <= 53:
            mondays = (_monday(year, week) for year in (near.year - 1, near.year, near.year + 1))
            found = [monday + timedelta(days=weekday) for monday in mondays if monday]
            yield match[0].strip(), sorted(found, key=lambda day: abs(day - near))[:1]


def _nearest(month_number: int, day: int, near: date) -> date | None:
    """Return the day of the year in which it is nearest to `near`; None where there is no such day."""
    days = (_made(year, month_number, day) for year in (near.year - 1, near.year, near.year + 1))
    return min((found for found in days if found), key=lambda found: abs(found - near), default=None)


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def _made(year: int, month_number: int, day: int) -> date | None:
    try:
        return date(year, month_number, day)
    except ValueError:
        return None
