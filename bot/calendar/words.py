"""Schedules in plain words: `every other Thursday 14:00`, `last Friday of the month`."""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time

from bot.calendar.schedule import Schedule, ScheduleError, from_rule

EXAMPLES = (
    "every Tuesday 14:00",
    "every Monday and Thursday 9:30",
    "every weekday 9:15",
    "every day 8am",
    "every other Thursday",
    "every 2 weeks on Tuesday",
    "first Monday of the month 16:00",
    "first and third Wednesday of the month",
    "last Friday of the month 15:30",
    "last weekday of the month",
    "monthly on the 31st",
    "last day of the month",
    "every 3 months on the second Tuesday",
)
"""Examples of schedules, for the documentation and for messages; messages propose the first."""

_DAYS: Mapping[str, str] = {
    "monday": "MO",
    "tuesday": "TU",
    "wednesday": "WE",
    "thursday": "TH",
    "friday": "FR",
    "saturday": "SA",
    "sunday": "SU",
}
_NUMBERS: Mapping[str, int] = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PLACES: Mapping[str, int] = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "5th": 5,
}
_WORKING = "MO,TU,WE,TH,FR"


def _any(words: Mapping[str, object]) -> str:
    return f"(?:{'|'.join(words)})"


def _listed(one: str) -> str:
    return rf"{one}(?:(?:, and |, | and | & ){one})*"


_DAY = rf"(?:{_any(_DAYS)}|(?:{'|'.join(day[:3] for day in _DAYS)}|tues|thurs?)\b\.?)s?"
_DAYS_ON = rf"(?P<days>{_listed(_DAY)})"
_STEP = rf"(?P<step>[2-9]|1[0-2]|{_any(_NUMBERS)})"
_PLACE = rf"(?P<places>{_listed(_any(_PLACES))})"
_OF_MONTH = rf"(?: (?:of|in) (?:the|each|every|a) month| (?:each|every) month| of every {_STEP} months)"
_EACH = rf"(?:(?P<quarterly>quarterly)|monthly|(?:every|each) (?:month|{_STEP} months)) on the "
_DATES = rf"(?P<dates>{_listed(r'(?:[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)')})"
_WHAT = rf"{_PLACE} (?:(?P<weekday>(?:working |week)day)|(?P<any>day)|{_DAYS_ON})"


def _weekly(found: Mapping[str, str | None]) -> str:
    step = 2 if found.get("other") else _step(found)
    return f"FREQ=WEEKLY;INTERVAL={step};BYDAY={','.join(_codes(found))}"


def _monthly(found: Mapping[str, str | None]) -> str:
    step = 3 if found.get("quarterly") else _step(found)
    start = f"FREQ=MONTHLY;INTERVAL={step}"
    if found.get("dates"):
        return f"{start};BYMONTHDAY={','.join(re.findall('[0-9]+', found['dates'] or ''))}"
    places = [_PLACES[word] for word in re.findall(_any(_PLACES), found["places"] or "")]
    listed = ",".join(map(str, places))
    if found["any"]:
        return f"{start};BYMONTHDAY={listed}"
    if found["weekday"]:
        return f"{start};BYDAY={_WORKING};BYSETPOS={listed}"
    return f"{start};BYDAY={','.join(f'{place}{code}' for place in places for code in _codes(found))}"


def _step(found: Mapping[str, str | None]) -> int:
    step = found.get("step") or "1"
    return _NUMBERS.get(step) or int(step)


def _codes(found: Mapping[str, str | None]) -> list[str]:
    """Return the weekdays of a list as codes of RFC 5545, their first two letters."""
    return list(dict.fromkeys(word[:2].upper() for word in re.findall(_DAY, found["days"] or "")))


_EVERY = "(?:every|each)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[Mapping[str, str | None]], str]], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (f"daily|{_EVERY} day", lambda _: "FREQ=DAILY"),
        (f"(?:{_EVERY} |on )?(?:weekdays?|working days?)", lambda _: f"FREQ=WEEKLY;BYDAY={_WORKING}"),
        (rf"(?:{_EVERY} |weekly on |{_EVERY} week on |on )?{_DAYS_ON}", _weekly),
        (rf"(?P<other>{_EVERY} (?:other|second|2nd)|fortnightly on|biweekly on) {_DAYS_ON}", _weekly),
        (rf"(?P<other>{_EVERY} (?:other|second|2nd) week on) {_DAYS_ON}", _weekly),
        (rf"{_EVERY} {_STEP} weeks on {_DAYS_ON}", _weekly),
        (rf"(?:the |{_EVERY} |on the )?{_WHAT}{_OF_MONTH}", _monthly),
        (rf"{_EACH}{_WHAT}(?: of the month)?", _monthly),
        (rf"{_EACH}{_DATES}", _monthly),
        (rf"(?:the |{_EVERY} |on the )?{_DATES}{_OF_MONTH}", _monthly),
    )
)
"""Patterns of schedules, in lower case and without the time, each with a function that returns its RRULE."""

_TIME = re.compile(
    r",?(?: at)? (?:(?P<noon>noon)"
    r"|(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2}))?(?P<half> ?[ap]\.?m\.?)?)$"
)
_LONGEST = 200  # characters; patterns with lists backtrack, so longer texts are refused
_KNOWN = (
    *_DAYS, *_PLACES, *_NUMBERS,
    *("every", "each", "other", "day", "week", "weeks", "weekday", "weekly", "daily", "month", "months"),
    *("monthly", "quarterly", "fortnightly", "biweekly", "the", "and", "on", "of", "at", "noon", "working"),
)  # fmt: skip


def read(text: str) -> Schedule:
    """Return the schedule that a text describes, in plain words or as an RRULE of RFC 5545.

    Raises ScheduleError.
    """
    if re.match(r"(?i)\s*(?:RRULE:|FREQ=|DTSTART|[A-Z]+=)", text):
        return from_rule(text.strip())
    words = " ".join(text.casefold().split())
    if not 0 < len(words) <= _LONGEST:
        raise ScheduleError(_cure(""))
    clock = _TIME.search(words)
    at = _clock(clock) if clock else None
    plain = words[: clock.start()] if clock and at else words
    for form, rule in _FORMS:
        if found := form.fullmatch(plain):
            return replace(from_rule(rule(found.groupdict())), at=at)
    raise ScheduleError(_cure(words))


def _clock(match: re.Match[str]) -> time | None:
    """Parse a time of day; None for a number that is not one, such as a year."""
    if match["noon"]:
        return time(12)
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").strip()
    if half:
        hour = hour % 12 + 12 * half.startswith("p") if 1 <= hour <= 12 else 99
    if not half and match["minute"] is None:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _cure(words: str) -> str:
    """Return what to write: the word that was probably meant, or some examples."""
    for word in re.findall(r"[a-z]{3,20}", words):
        near = difflib.get_close_matches(word, _KNOWN, n=1)
        if word not in _KNOWN and near:
            return f"did you mean `{near[0].capitalize() if near[0] in _DAYS else near[0]}`?"
    return "write an RRULE, or words such as " + ", ".join(f"`{each}`" for each in EXAMPLES[::4])
