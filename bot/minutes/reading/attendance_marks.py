"""Part a list of people by what is beside their names: ticks, and remarks such as `(excused)`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import compress, filterfalse

from bot.minutes.reading.attendance_list import AttendanceList
from bot.minutes.reading.attendance_words import ABSENT_REMARK, PRESENT_REMARK
from bot.minutes.reading.labels import FieldName
from bot.minutes.reading.names import BOX, is_ticked

_OTHERWISE: dict[FieldName, tuple[FieldName, re.Pattern[str]]] = {
    "attendees": ("absent", ABSENT_REMARK),
    "absent": ("attendees", PRESENT_REMARK),
}
"""The field that somebody in a list is of by a remark, and the remark."""


def by_ticks(made: AttendanceList) -> Iterator[AttendanceList]:
    """Yield an attendance list as it is, or parted where some of its boxes are ticked: the others are absent.

    Where no box is ticked, the boxes say nothing.
    """
    boxes = [BOX.match(item) for item in made.items]
    if made.label.field != "attendees" or not any(box and is_ticked(box) for box in boxes):
        yield made
        return
    was_there = [box is None or is_ticked(box) for box in boxes]
    yield replace(made, items=tuple(compress(made.items, was_there)), one_each=True)
    others = tuple(item for item, there in zip(made.items, was_there, strict=True) if not there)
    yield AttendanceList(replace(made.label, field="absent", names=()), (), others, one_each=True)


def by_remarks(made: AttendanceList) -> Iterator[AttendanceList]:
    """Yield an attendance list as it is, or parted where remarks say otherwise of people.

    So `Ada (excused)` is taken from those who were there, and `Ada (arrived late)` from those who were not.
    Of whom nobody knows, `Ada (??)`, it is not said that they were absent.
    """
    if made.label.field not in _OTHERWISE:
        yield made
        return
    other, remark = _OTHERWISE[made.label.field]
    if made.label.field == "absent":
        made = replace(made, line_names=_sure(made.line_names), items=_sure(made.items))
    moved = tuple(filter(remark.fullmatch, (*made.line_names, *made.items)))
    if not moved:
        yield made
        return
    line_names = tuple(filterfalse(remark.fullmatch, made.line_names))
    items = tuple(filterfalse(remark.fullmatch, made.items))
    yield replace(made, line_names=line_names, items=items, one_each=True)
    yield AttendanceList(replace(made.label, field=other, names=()), (), moved, one_each=True)


def _sure(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names without those of which nobody knows whether they belong there: `Ada (??)`."""
    return tuple(name for name in names if "??" not in name)
