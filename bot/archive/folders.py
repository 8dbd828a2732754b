"""What the folders of a path say about the day of a meeting. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from bot.archive.layout import fill, literal, month_slot, quarter
from bot.archive.month_names import number_of

YEAR = r"(?:19|20)\d\d"
WORD = re.compile(r"[^\W\d_]{3,12}")
NUMBER = re.compile(r"(?<!\d)\d\d?(?!\d)")
RANGE = re.compile(rf"(?i)[ _-]*(?:-|–|to|bis|au)[ _-]*{YEAR}(?P<s>[-_. ]?)\d\d?(?P=s)\d\d?(?!\d)")
"""What follows the first day of a meeting of several days."""
EDGE = " -_.,()[]日"
"""Signs that stand beside a date and say nothing."""

_DAY = re.compile(rf"(?<!\d)(?P<Y>{YEAR})(?P<s>[-_. ]?)(?P<M>0?[1-9]|1[0-2])(?P=s)(?P<D>[0-3]?\d)(?!\d)")
_MONTH = re.compile(rf"(?<!\d)(?P<Y>{YEAR})(?:(?P<s>[-_.])(?P<M>0[1-9]|1[0-2]))?(?!\d)")
_QUARTER = re.compile(r"(?i)(?<![a-z])Q([1-4])(?![a-z\d])")


Part = Literal["year", "month", "day", "quarter"]
"""What a piece of text says of a day."""


class Slot(NamedTuple):
    """A piece of a path, from `start` to `end`, that is a part of a day: year, month, day or quarter.

    `slot` is how a layout writes it, such as `YYYY`, `value` the number that it stands for.
    """

    start: int
    end: int
    part: Part
    slot: str
    value: int


@dataclass(frozen=True, slots=True)
class Folder:
    """The folders of a path, and which parts of a day they name; None for those that they do not.

    `place` are the folders without these parts, `pattern` the folders with slots in their place.
    """

    text: str
    slots: tuple[Slot, ...]
    place: str
    pattern: str
    year: int | None
    month: int | None
    day: int | None
    quarter: int | None

    def agrees(self, day: date) -> bool:
        """Return whether the parts of a day that the folders name, such as the year, are those of `day`."""
        return (
            self.year in (None, day.year)
            and self.month in (None, day.month)
            and self.day in (None, day.day)
            and self.quarter in (None, quarter(day))
        )

    def pattern_for(self, day: date) -> str:
        """Return the folders with slots in place of the parts of `day`, as a layout is written.

        Parts that are of another day stay as they are.
        """
        if self.agrees(day):
            return self.pattern
        is_whole = all(part in {slot.part for slot in self.slots} for part in ("year", "month", "day"))
        right = {"year": day.year, "month": day.month, "day": day.day, "quarter": quarter(day)}
        kept = [] if is_whole else [it for it in self.slots if right[it.part] == it.value]
        return pattern_of(self.text, kept)


def read_folder(folder: str) -> Folder:
    """Return which parts of a day the folders of a path name; `folder` is the path of the innermost."""
    slots: list[Slot] = []
    known: dict[str, int] = {}
    start = 0
    for segment in folder.split("/"):
        for each in _read_segment(segment, "year" in known, known.get("month")):
            slots.append(Slot(each.start + start, each.end + start, each.part, each.slot, each.value))
            known[each.part] = each.value
        start += len(segment) + 1
    if not slots:
        return Folder(folder, (), folder.strip(EDGE), literal(folder), None, None, None, None)
    parts = (known.get(part) for part in ("year", "month", "day", "quarter"))
    return Folder(folder, tuple(slots), _without_date(folder, slots), pattern_of(folder, slots), *parts)


@lru_cache(maxsize=4096)
def _read_segment(segment: str, has_year: bool, month: int | None) -> tuple[Slot, ...]:
    """Return the slots of one folder, in order, below folders that name a year, or a month, already."""
    if not has_year and not _MONTH.search(segment):
        return ()
    if whole := _whole_day(segment):
        return tuple(whole)
    found = [*_year_and_quarter(segment, has_year=has_year)]
    has_year = has_year or any(slot.part == "year" for slot in found)
    if has_year and not any(slot.part == "month" for slot in found):
        found += _month_and_day(segment, month, after=max((slot.end for slot in found), default=0))
    return tuple(sorted(found))


def _whole_day(segment: str) -> list[Slot]:
    """Return the slots of a folder that names a whole day, as `2026-05-05`; none of another one."""
    match = _DAY.search(segment)
    if not match or (not match["s"] and len(match["M"] + match["D"]) < 4):
        return []
    if to_date(int(match["Y"]), int(match["M"]), int(match["D"])) is None:
        return []
    parts: tuple[tuple[str, Part], ...] = (("Y", "year"), ("M", "month"), ("D", "day"))
    return [slot_of(segment, *match.span(key), part) for key, part in parts]


def _year_and_quarter(segment: str, *, has_year: bool) -> Iterator[Slot]:
    """Yield the slots of a year, with or without its month, and of a quarter below or beside a year."""
    if match := _MONTH.search(segment):
        yield slot_of(segment, *match.span("Y"), "year")
        if match["M"]:
            yield slot_of(segment, *match.span("M"), "month")
    if (match or has_year) and (match := _QUARTER.search(segment)):
        yield Slot(*match.span(1), "quarter", "{Q}", int(match[1]))


def _month_and_day(segment: str, known: int | None, after: int) -> list[Slot]:
    """Return the slots of a month or a day below a year: `05`, `05-May`, `May`, `05-london`.

    `known` is the month that a folder above names; what stands before `after` is read already.
    """
    number = NUMBER.search(segment, after) if after else NUMBER.match(segment)
    value = int(number[0]) if number else 0
    if number and known and not after and number[0] == segment and 1 <= value <= 31:
        return [slot_of(segment, *number.span(), "day")]
    slots: list[Slot] = []
    named = next(((word, month) for word in WORD.finditer(segment) if (month := number_of(word[0]))), None)
    if number and not known and 1 <= value <= 12 and (not named or named[1] == value):
        slots.append(slot_of(segment, *number.span(), "month"))
    if named and known in (None, named[1]):
        word, month = named
        slots.append(Slot(*word.span(), "month", month_slot([word[0]]), month))
        day = NUMBER.search(segment, word.end()) or NUMBER.match(segment)
        if day and day.start() not in {slot.start for slot in slots} and 1 <= int(day[0]) <= 31:
            slots.append(slot_of(segment, *day.span(), "day"))
    return slots


def _without_date(folder: str, slots: Sequence[Slot]) -> str:
    """Return folders without what they say about the day; folders of nothing else disappear."""
    pieces, end = [], 0
    for slot in slots:
        pieces.append(folder[end : slot.start - (slot.part == "quarter")])
        rest = RANGE.match(folder, slot.end)
        end = rest.end() if rest else slot.end
    pieces.append(folder[end:])
    without = re.sub("\0[-_. ]*(?=\0)", "", "\0".join(pieces))
    segments = (part.replace("\0", " ").strip(EDGE) for part in without.split("/"))
    return "/".join(part for part in segments if part)


def slot_of(text: str, start: int, end: int, part: Part) -> Slot:
    """Return the slot for a part of a day that stands in `text` from `start` to `end`.

    It says how the part is written there: as a name, an ordinal, with a zero in front or without.
    """
    written = text[start:end]
    if written.isalpha():
        return Slot(start, end, part, month_slot([written]), number_of(written) or 0)
    if part == "year":
        return Slot(start, end, part, "YYYY" if len(written) == 4 else "{YY}", int(written))
    if written.isdigit():
        letter = "M" if part == "month" else "D"
        return Slot(start, end, part, letter * 2 if len(written) == 2 else f"{{{letter}}}", int(written))
    return Slot(start, end, part, "{Dth}", int(written[:-2]))


def pattern_of(text: str, slots: Iterable[Slot]) -> str:
    """Return a text with slots put in place of the parts of a day, as a layout is written."""
    return fill(text, ((each.start, each.end, each.slot) for each in slots))


def to_date(year: int, month: int, day: int) -> date | None:
    """Return the day of these numbers; None if no calendar has such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
