"""Write the fields of the header, such as `Attending: Ada`, as a line or a heading, as the template does."""

from collections.abc import Iterator

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.field_laws import AS_HEADING, AS_LINE
from bot.minutes.normalising.task import Task
from bot.minutes.reading.labels import Labelled, header_end_of_fields
from bot.minutes.reading.section_words import section_key
from bot.minutes.text.markdown import Lines


def field_form(task: Task) -> Iterator[Edit]:
    """Yield the edits that make a heading of a field that the template has as one, or a line of a heading.

    The words of the label stay. None unless the team set `style: template`.
    """
    if task.template.keeps_fields or task.hands_off or task.source != "issue":
        return
    forms = {field.name: field.form for field in reversed(task.template.fields)}
    for field in task.labelled_fields:
        form = forms.get(field.name, field.form)
        if form != field.form:
            yield from _as_heading(task, field) if form == "heading" else _as_line(task, field)


def _as_heading(task: Task, field: Labelled) -> Iterator[Edit]:
    line = task.document.lines[field.start]
    match = AS_LINE.fullmatch(line)
    if match and field.start == field.block.start and not field.block.depth:
        levels = dict(task.template.headings.levels)
        level = levels.get(section_key(match["label"]), task.template.headings.section_level)
        value: Lines = ("", match["value"]) if match["value"] else ()
        heading = f"{'#' * level} {match['label']}"
        yield Edit(field.start, field.start + 1, (heading, *value), "field")


def _as_line(task: Task, field: Labelled) -> Iterator[Edit]:
    """Yield the edits that make a line of a heading in the header; none where other headings are below it."""
    lines, end = task.document.lines, field.block.end
    match = AS_HEADING.fullmatch(lines[field.start].rstrip(" \t"))
    below = next((heading for heading in task.document.headings if heading.start >= end), None)
    is_deeper = below is not None and below.level > field.block.level
    if match and not is_deeper and end == field.start + 1 and end <= header_end_of_fields(task.document):
        if field.start and lines[field.start - 1].strip():
            yield Edit(field.start, field.start, ("",), "line-break")
        text = f"{match['label']}: {match['value'] or ''}".rstrip()
        blank = ("",) if end < len(lines) and lines[end].strip() else ()
        yield Edit(field.start, field.start + 1, (text, *blank), "field")
