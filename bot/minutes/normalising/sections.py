"""Add the sections that all of the team's minutes have and the notes lack, empty and at their place."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.previous_link import relink
from bot.minutes.normalising.task import Task, means
from bot.minutes.normalising.template import Section
from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting, is_generic
from bot.minutes.text.markdown import Block

_DEEPEST = 6  # the levels of headings with `#`
_ENDS = ("paragraph", "heading", "bullet_list", "ordered_list", "table", "hr")
"""The last blocks below which a heading can follow: they are closed by a blank line."""


@dataclass(frozen=True, slots=True)
class AddedSection:
    """A section of the template to add to notes: its title there, and its `heading` in the minutes.

    It goes above line `place` of the notes, counted from 0.
    """

    place: int
    title: str
    heading: str


def added_sections(task: Task) -> Iterator[AddedSection]:
    """Yield the sections to add to the notes of an issue, in order.

    They are those that each of the team's newest minutes has. There are none where the template does not fit,
    where the notes lack more than half of its sections, or have them in another order.
    """
    template = task.template
    if task.source != "issue" or task.hands_off or not (template.adds_sections and task.missing):
        return
    found = [_heading(task, wanted) for wanted in task.wanted]
    starts = [heading.start for heading in found if heading]
    if len(starts) * 2 < len(found) or starts != sorted(set(starts)):
        return
    for number, section in enumerate(template.sections):
        if found[number] is None and section.is_standing and section.level <= _DEEPEST:
            below = next((heading for heading in found[number:] if heading), None)
            place = below.start if below else _end(task, next(h for h in reversed(found[:number]) if h))
            heading = _written(task, section)
            if place is not None and heading:
                yield AddedSection(place, section.title, heading)


def sections(task: Task) -> Iterator[Edit]:
    """Yield the edits that add the sections of `added_sections`, with blank lines around them."""
    lines = task.document.lines
    for each in added_sections(task):
        above = ("",) if each.place and lines[each.place - 1].strip() else ()
        below = ("",) if each.place < len(lines) else ()
        yield Edit(each.place, each.place, (*above, each.heading, *below), "section")


def _written(task: Task, section: Section) -> str:
    """Return the heading line of a section, its link to the last meeting filled in; empty if unknown."""
    heading = f"{'#' * section.level} {section.title}"
    document = Document.read(heading)
    link, before = find_last_meeting(document), task.meeting.previous
    if link and link.fillable and before:
        return relink(document, link, before.link).lines[0]
    return heading if link is None or is_generic(link.target, task.template.links) else ""


def _heading(task: Task, wanted: str) -> Block | None:
    """Return the first heading of the notes that is the section with the key `wanted`, None without one."""
    keys = task.keys.items()
    return next((heading for heading, key in keys if not heading.depth and means(key, wanted)), None)


def _end(task: Task, last: Block) -> int | None:
    """Return the line at which the section of the heading `last` ends; None where no heading can be below."""
    others = (h for h in task.document.headings if h.start > last.start and h.level <= last.level)
    if other := next(others, None):
        return other.start
    is_closed = task.document.top[-1].kind in _ENDS
    return len(task.document.lines) if is_closed else None
