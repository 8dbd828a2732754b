"""Part a list of people by what is beside their names: ticks, and remarks such as `(excused)`."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import compress, filterfalse

from bot.minutes.reading.attendance_list import AttendanceList
from bot.minutes.reading.attendance_words import ABSENT_REMARK, PRESENT_REMARK
from bot.minutes.reading.names import BOX, is_ticked


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
    """Yield an attendance list as it is, or parted where remarks say who was not there: `Ada (excused)`.

    Those who came all the same are taken from a list of people who were absent: `Ada (arrived late)`.
    """
    if made.label.field == "absent" and any("??" in item for item in made.items):
        made = replace(made, items=tuple(item for item in made.items if "??" not in item))  # nobody knows
    names = (*made.line_names, *made.items)
    if made.label.field == "absent" and any(map(PRESENT_REMARK.fullmatch, made.items)):
        yield replace(made, items=tuple(filterfalse(PRESENT_REMARK.fullmatch, made.items)), one_each=True)
        came = tuple(filter(PRESENT_REMARK.fullmatch, made.items))
        yield AttendanceList(replace(made.label, field="attendees", names=()), (), came, one_each=True)
        return
    if made.label.field != "attendees" or not any(map(ABSENT_REMARK.fullmatch, names)):
        yield made
        return
    line_names = tuple(filterfalse(ABSENT_REMARK.fullmatch, made.line_names))
    items = tuple(filterfalse(ABSENT_REMARK.fullmatch, made.items))
    yield replace(made, line_names=line_names, items=items, one_each=True)
    others = tuple(filter(ABSENT_REMARK.fullmatch, names))
    yield AttendanceList(replace(made.label, field="absent", names=()), (), others, one_each=True)
