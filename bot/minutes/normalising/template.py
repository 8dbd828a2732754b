"""Parse a Markdown file as a template: front matter, title, fields, sections, and the link to fill."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.minutes.normalising.heading_style import UNKNOWN, HeadingStyle, heading_style
from bot.minutes.reading.dates import days_in, fill, has_placeholder, rewrite
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import FieldName, fields_of, is_field_heading
from bot.minutes.reading.links import find_last_meeting
from bot.minutes.reading.section_words import section_key
from bot.minutes.text.frontmatter import TITLES
from bot.minutes.text.markdown import GUIDANCE, Block, plain

_ITEM = re.compile(r"[-*+][ \t]+(?P<text>[^\s:(][^:(]*?)[ \t]*(?:[:(].*)?")
_ANY_DAY = date(2001, 2, 3)
NEWEST = 5
"""The number of newest minutes that show the form of a team's minutes."""


class TemplateError(ValueError):
    """The error that a text cannot be a template: what is wrong and why, and what to do (`cure`)."""

    def __init__(self, what: str, why: str, cure: str) -> None:
        self.what, self.why, self.cure = what, why, cure
        super().__init__(f"{what}: {why}")


@dataclass(frozen=True, slots=True)
class Field:
    """A field in the header of minutes, such as `Attending:`; `label` is that word as typed.

    `form` is whether it is a line or a heading of its own.
    """

    name: FieldName
    form: Literal["line", "heading"]
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a template: its heading, guidance for the writer, and list items that all minutes have."""

    title: str
    level: int
    guidance: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    is_standing: bool = False
    """Whether each of the team's newest minutes has it, even empty."""


@dataclass(frozen=True, slots=True)
class Template:
    """The form of a team's minutes: title, front matter, fields in the header, and sections.

    Values in the template are defaults for drafts, never for notes.
    """

    title: str
    """A heading line with a date or a placeholder for one, the form of the titles of minutes."""
    front_matter_lines: tuple[str, ...] = ()
    """The lines of the front matter, dashes included."""
    fields: tuple[Field, ...] = ()
    sections: tuple[Section, ...] = ()
    own_title: str = ""
    """The title line of the template file if it has no date: people may leave it in their notes."""
    links: tuple[str, ...] = ()
    """The targets of its "last meeting" links that lead to no single meeting, and so are to be filled."""
    keeps_guidance: bool = True
    """Whether guidance that people left in their notes stays."""
    keeps_fields: bool = True
    """Whether fields such as `Attending: Ada` stay in the form in which people typed them."""
    adds_sections: bool = True
    """Whether standing sections that the notes lack are added."""
    headings: HeadingStyle = UNKNOWN
    """How the team writes the headings of its minutes."""

    def heading(self, day: date) -> str:
        """Return the title line of the minutes of `day`, in the form of this template's title."""
        return fill(self.title, day) if has_placeholder(self.title) else rewrite(self.title, day)

    def front_matter(self, day: date | None) -> tuple[str, ...]:
        """Return the lines of the front matter with `day` as their date; unchanged if it is None.

        It replaces placeholders, and also dates in the keys `title` and `date`: a template may be learned
        from minutes.
        """
        return tuple(_of_day(line, day) if day else line for line in self.front_matter_lines)


def read_template(text: str, *minutes: str) -> Template:
    """Return the template that a Markdown text defines, for a team with `minutes`, oldest first.

    The forms of title and fields, and the standing items, are taken from the newest minutes where they have
    them. A section is standing if each of the last `NEWEST` minutes has it. Raises TemplateError where `text`
    has no front matter, dated title, field or section.
    """
    document, *made = map(Document.read, (text, *minutes))
    template = Template(
        title=_title(document) or BUILT_IN.title,
        front_matter_lines=_front_matter_lines(document),
        fields=_fields(document),
        sections=tuple(_sections(document)),
        own_title=_own_title(document),
        links=_links(document),
        headings=_heading_style([document, *made]),
    )
    if not (_title(document) or template.front_matter_lines or template.fields or template.sections):
        raise TemplateError(
            "The template has no slots",
            "it has no heading, no `Label:` line and no front matter that minutes could share",
            "Give it the headings that your minutes have, or name another file as `template:`.",
        )
    template = replace(template, sections=standing(template.sections, made))
    return _as_today(template, made[-1]) if made else template


def _of_day(line: str, day: date) -> str:
    is_dated = line.partition(":")[0].strip() in TITLES and not has_placeholder(line)
    return rewrite(line, day) if is_dated else fill(line, day)


def standing(sections: Iterable[Section], minutes: Sequence[Document]) -> tuple[Section, ...]:
    """Return sections with whether they are standing: each of the newest minutes has them."""
    newest = minutes[-NEWEST:]
    keys = [{heading_key(heading.text) for heading in document.headings} for document in newest]
    always = set.intersection(*keys) if len(newest) == NEWEST else set()
    return tuple(replace(each, is_standing=heading_key(each.title) in always) for each in sections)


def heading_key(text: str) -> str:
    """Return a text by which a heading is compared: without its markup, its case and a colon at its end."""
    return plain(text).casefold().rstrip(": ")


def _as_today(template: Template, newest: Document) -> Template:
    items = {heading_key(section.title): section.items for section in _sections(newest)}
    return replace(
        template,
        title=_title(newest) or template.title,
        fields=_fields(newest) or template.fields,
        sections=tuple(
            replace(section, items=items.get(heading_key(section.title)) or section.items)
            if section.items
            else section
            for section in template.sections
        ),
        links=tuple(dict.fromkeys((*template.links, *_links(newest)))),
    )


def _heading_style(documents: Sequence[Document]) -> HeadingStyle:
    """Return how a template, the first of `documents`, and minutes made from it write its headings."""
    titles = {heading.start for heading in documents[0].titles}
    return heading_style(documents, [h.text for h in documents[0].headings if h.start not in titles])


def _title(document: Document) -> str:
    """Return the dated title as a line with `#`, empty without one; only its date if it has other numbers."""
    for heading in document.dated[:1]:
        text = " ".join(heading.text.split())
        line = f"{'#' * heading.level} {text}"
        day = days_in(text)[:1]
        if day and re.search(r"\d", text.replace(day[0].text, "")):
            line = f"{'#' * heading.level} {day[0].text}"
        form = Template(title=line).heading(_ANY_DAY)
        if [mention.date for mention in days_in(form)] == [_ANY_DAY]:
            return line
    return ""


def _own_title(document: Document) -> str:
    first = next(iter(document.top), None)
    if first is None or first.kind != "heading" or first.level != 1 or first.end != first.start + 1:
        return ""
    return "" if days_in(first.text) or has_placeholder(first.text) else document.lines[first.start]


def _front_matter_lines(document: Document) -> tuple[str, ...]:
    """Return the lines of the last front matter, since exports prepend their own; empty without any."""
    return (
        document.lines[document.front_matters[-1].start : document.front_matters[-1].end]
        if document.front_matters
        else ()
    )


def _fields(document: Document) -> tuple[Field, ...]:
    return tuple(Field(field.name, field.form, field.label) for field in fields_of(document))


def _links(document: Document) -> tuple[str, ...]:
    link = find_last_meeting(document)
    return (link.target,) if link and not days_in(link.target) else ()


def _sections(document: Document) -> Iterator[Section]:
    """Yield the headings that are neither title nor field, with what is below them."""
    titles = {heading.start for heading in document.titles}
    headings = [h for h in document.headings if h.start not in titles and not is_field_heading(h)]
    ends = [heading.start for heading in headings[1:]] + [len(document.lines)]
    for heading, end in zip(headings, ends, strict=False):
        inside = document.between(heading.end, end)
        yield Section(
            heading.text, heading.level, tuple(_guidance(inside)), tuple(_items(document, heading.end, end))
        )


def _guidance(blocks: Iterable[Block]) -> Iterator[str]:
    return (b.text for b in blocks if b.kind == "paragraph" and GUIDANCE.fullmatch(b.text))


def _items(document: Document, start: int, end: int) -> Iterator[str]:
    """Yield the topics of the outermost list items: their text up to a colon or parenthesis."""
    for line in document.lines[start:end]:
        if match := _ITEM.fullmatch(line):
            yield match["text"]


_BUILT_IN_SECTIONS = ("Accepting minutes from [last meeting]()", "Project Status", "AOB", "Main Topic")
BUILT_IN = Template(
    title="# YYYY-MM-DD",
    fields=(Field("attendees", "line", "Attending"), Field("start", "line", "Start")),
    sections=tuple(Section(title, 2) for title in _BUILT_IN_SECTIONS),
    headings=HeadingStyle(tuple((section_key(title), 2) for title in _BUILT_IN_SECTIONS)),
)
"""The template of a team without minutes: a title, two fields, and sections without guidance and items."""
