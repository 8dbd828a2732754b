"""Replace dates and placeholders of a template file by the date of the meeting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.minutes.normalising.edits import Edit, apply_edits
from bot.minutes.normalising.template import Template
from bot.minutes.reading.dates import days_in, fill, has_placeholder, names_meeting, rewrite
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import fields_of, header_end_of_fields
from bot.minutes.reading.links import LINK
from bot.minutes.text.markdown import join


def redated(text: str, template: Template, day: date | None) -> str:
    """Return the text of a template file dated `day`; unchanged if that is None.

    The date in front matter, title and header is replaced, whether it is a placeholder or a real one: a
    template may be a copy of minutes. The sections are unchanged.
    """
    if day is None:
        return text
    document = Document.read(text, template.own_title)
    edits = [
        *_in_front(document, template, day),
        *_in_title(document, template, day),
        *_in_header(document, day),
    ]
    return join(apply_edits(document.lines, edits)[0])


def _in_front(document: Document, template: Template, day: date) -> Iterator[Edit]:
    for front_matter in document.front_matters:
        lines = replace(
            template, front_matter_lines=document.lines[front_matter.start : front_matter.end]
        ).front_matter(day)
        yield from (Edit(at, at + 1, (line,), "") for at, line in enumerate(lines, front_matter.start))


def _in_title(document: Document, template: Template, day: date) -> Iterator[Edit]:
    """Yield the edit that writes the date into the title, or replaces it by the template's if that fails."""
    for title in document.dated[:1]:
        line = document.lines[title.start]
        ours = fill(line, day) if has_placeholder(line) else rewrite(line, day)
        if day in (mention.date for mention in days_in(ours)):
            yield Edit(title.start, title.start + 1, (ours,), "")
        else:
            yield Edit(title.start, title.end, (template.heading(day),), "")


def _in_header(document: Document, day: date) -> Iterator[Edit]:
    """Yield the edits that replace placeholders and the value of `Date:` above the sections.

    Placeholders for the date of another meeting, and in links, stay.
    """
    dates = {field.start for field in fields_of(document) if field.name == "date"}
    for number in range(document.body, header_end_of_fields(document)):
        line = document.lines[number]
        if number in document.code or LINK.search(line):
            continue
        if has_placeholder(line) and names_meeting(fill(line, day)):
            yield Edit(number, number + 1, (fill(line, day),), "")
        elif number in dates and not has_placeholder(line):
            yield Edit(number, number + 1, (rewrite(line, day),), "")
