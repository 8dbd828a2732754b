"""Write the header of the minutes: one front matter with the template's keys, and a title with the date."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.frontmatter_dedup import keys_of
from bot.minutes.normalising.task import Task
from bot.minutes.reading.date_candidates import first_candidate
from bot.minutes.reading.dates import days_in, fill, has_placeholder
from bot.minutes.reading.document import Document
from bot.minutes.text.frontmatter import TITLES, FrontMatter, Key
from bot.minutes.text.markdown import Lines, plain, through_blanks


def front_matter(task: Task) -> Iterator[Edit]:
    """Yield the edits that keep one front matter of several, and in an issue only the template's keys."""
    selection, typed = (
        task.front_matter_selection,
        {front_matter.start: front_matter for front_matter in task.document.front_matters},
    )
    for front_matter in selection.duplicates:
        whole = front_matter.keys == typed[front_matter.start].keys
        yield from _drop(task, front_matter, "duplicate-front-matter" if whole else "front-matter-key")
    for front_matter in selection.kept:
        if not front_matter.keys:
            yield from _drop(task, front_matter, "front-matter-key")
        else:
            kept = {key.start for key in front_matter.keys}
            foreign = [key for key in typed[front_matter.start].keys if key.start not in kept]
            yield from (Edit(start, end, (), "front-matter-key") for start, end in _runs(foreign))
            yield from _fill_dates(task, front_matter)
    if selection.top and task.source == "issue" and not task.hands_off:
        yield from _missing_keys(task, selection.top)


def title(task: Task) -> Iterator[Edit]:
    """Yield the edits that add a title with the date of the meeting where the notes have none.

    Where the template fits and no front matter of the notes is kept, the template's front matter is added
    too.
    """
    day, top = task.meeting.date, task.front_matter_selection.top
    front_matter = task.template.front_matter(day)
    if top or (front_matter and task.hands_off):
        front_matter = ()
    heading: Lines = ()
    if day and not _is_titled(task, top):
        typed = _unfilled_title(task)
        if typed:
            yield typed
        else:
            heading = (task.template.heading(day),)
    yield from _above(task, top, front_matter, heading)


def _above(task: Task, top: FrontMatter | None, front_matter: Lines, heading: Lines) -> Iterator[Edit]:
    """Yield the edits that put front matter and heading above the notes, separated by blank lines."""
    lines = task.document.lines
    if top and heading:
        below = ("",) if top.end < len(lines) and lines[top.end].strip() else ()
        yield Edit(top.end, top.end, ("", *heading, *below), "template")
    elif front_matter or heading:
        parts = [part for part in (front_matter, heading) if part]
        above = tuple(chain.from_iterable((*part, "") for part in parts))
        empty = task.document.body == len(lines)
        yield Edit(0, 0, above[:-1] if empty else above, "template")
        yield Edit(0, through_blanks(lines, 0), (), "")


def _is_titled(task: Task, top: FrontMatter | None) -> bool:
    """Return whether title or front matter has a date already; in a file, whether any place has one.

    `top` is the front matter that is kept, None without one.
    """
    in_front = any(days_in(key.value) for key in top.keys if key.name in TITLES) if top else False
    year = task.meeting.date.year if task.meeting.date else None
    in_heading = any(days_in(plain(heading.text), year) for heading in task.document.titles)
    if in_heading or in_front or task.source == "issue":
        return in_heading or in_front
    return first_candidate(_without_doubled(task)) is not None


def _without_doubled(task: Task) -> Document:
    doubled, document = task.front_matter_selection.duplicates, task.document
    return replace(document, front_matters=task.front_matter_selection.kept) if doubled else document


def _unfilled_title(task: Task) -> Edit | None:
    """Return the edit that writes the date into a title without one, None where there is no such title."""
    heading, day = next(iter(task.document.dated), None), task.meeting.date
    if heading is None or day is None:
        return None
    for number in range(heading.start, heading.end):
        line = task.document.lines[number]
        if has_placeholder(line):
            return Edit(number, number + 1, (fill(line, day),), "title-date")
    return Edit(heading.start, heading.start + 1, (task.template.heading(day),), "title")


def _drop(task: Task, front_matter: FrontMatter, rule: str) -> Iterator[Edit]:
    yield Edit(front_matter.start, front_matter.end, (), rule)
    yield Edit(front_matter.end, through_blanks(task.document.lines, front_matter.end), (), "")


def _fill_dates(task: Task, front_matter: FrontMatter) -> Iterator[Edit]:
    for number in (number for key in front_matter.keys for number in range(key.start, key.end)):
        line = task.document.lines[number]
        if task.meeting.date and has_placeholder(line):
            yield Edit(number, number + 1, (fill(line, task.meeting.date),), "front-matter-date")


def _missing_keys(task: Task, top: FrontMatter) -> Iterator[Edit]:
    """Yield the edit that adds the template's keys that the notes lack, with the template's values."""
    lines = task.template.front_matter(task.meeting.date)
    missing = [key for key in keys_of(task.template) if top.get(key.name) is None]
    if missing:
        added = tuple(line for key in missing for line in lines[key.start : key.end])
        yield Edit(top.end - 1, top.end - 1, added, "template")


def _runs(keys: list[Key]) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines (half-open, from 0) of keys that follow each other without a gap."""
    start = 0
    for at, key in enumerate(keys, 1):
        if at == len(keys) or keys[at].start != key.end:
            yield keys[start].start, key.end
            start = at
