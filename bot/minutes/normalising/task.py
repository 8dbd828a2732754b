"""The input of the steps of normalising: notes, template and meeting, and whether the template fits."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from bot.minutes.normalising.breaks import as_shown, parted
from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.fields import Fields, read_fields
from bot.minutes.normalising.forms import form_edits, without
from bot.minutes.normalising.frontmatter_dedup import FrontMatterSelection, select_front_matter
from bot.minutes.normalising.headings import heading_edits
from bot.minutes.normalising.paste import ends_of_pastes
from bot.minutes.normalising.reread import as_if
from bot.minutes.normalising.structure import list_and_table_edits
from bot.minutes.normalising.template import Template, heading_key
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import Labelled, fields_of, header_end_of_fields, is_field_heading
from bot.minutes.reading.links import MarkdownLink, find_last_meeting
from bot.minutes.reading.people import Attendance, attendance
from bot.minutes.text.markdown import Block, join

SourceKind = Literal["issue", "file"]
_MOST_ROUNDS = 4  # of finding headings
_HEADER_CELL = re.compile(
    r"(?im)^[|> \t*_]*(?:attendees?|attending|present|participants|date)\b[^\n]{0,3}[:|]"
)


@dataclass(frozen=True, slots=True)
class Previous:
    """The previous meeting: its date, and the relative link from the new file to its minutes."""

    date: date
    link: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that notes are of; `date` and `previous` are None where they are not known.

    `selected`: whether a person asked for that date. If so, and the notes are of several meetings, only the
    part about this one is normalised.
    """

    date: date | None
    previous: Previous | None = None
    selected: bool = False


class _Structure(NamedTuple):
    """Notes with Markdown's signs of structure for typed ones, and the edits that make these.

    `parted` is the same `document`, that of an issue with a paragraph for each line like `Label: value`.
    """

    document: Document
    parted: Document
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Task:
    """Notes to normalise, with template and meeting; what is read of them is computed once, when first used.

    `source` is where they are from, `title` that of the issue or discussion.
    """

    notes: Document
    template: Template
    meeting: Meeting
    source: SourceKind = "issue"
    title: str = ""

    @cached_property
    def comment_lines(self) -> frozenset[int]:
        """The numbers, from 0, of the lines of HTML comments in an issue; empty for a file.

        An issue does not show these comments.
        """
        comments = self.notes.comments if self.source == "issue" else ()
        return frozenset(line for comment in comments for line in range(comment.start, comment.end))

    @cached_property
    def paste_ends(self) -> Sequence[int]:
        """The number of the line, from 0, after each paste of the same notes; empty where there is one."""
        return ends_of_pastes(self.notes.lines, self.comment_lines)

    @cached_property
    def document(self) -> Document:
        """The parsed notes, without a second copy of them.

        Those of an issue have lines and paragraphs as the issue shows them, and Markdown's signs of structure
        for typed ones; of a form only what people answered. All lines have the numbers that they have in the
        notes.
        """
        shown = self._structure.parted
        return without(as_shown(shown) if self.source == "issue" else shown, self.form_edits)

    @cached_property
    def form_edits(self) -> tuple[Edit, ...]:
        """The edits that drop what an issue form wrote and nobody answered; none for a file."""
        if self.source != "issue":
            return ()
        return tuple(form_edits(self.notes.lines, self._structure.document, self.comment_lines))

    @property
    def structure_edits(self) -> tuple[Edit, ...]:
        """The edits that make Markdown of the signs of structure that people typed in an issue."""
        return self._structure.edits

    @cached_property
    def made_headings(self) -> frozenset[int]:
        """The numbers, from 0, of the lines of headings that were not written as the team writes them."""
        return frozenset(edit.start for edit in self.structure_edits if edit.rule == "heading")

    @cached_property
    def _structure(self) -> "_Structure":
        document, lines = self.notes, self.notes.lines
        end = self.paste_ends[0] if self.paste_ends else len(lines)
        if end < len(lines):
            document = Document.read(join(lines[:end]), document.own_title)
        if self.source != "issue":
            return _Structure(document, document, ())
        edits = tuple(list_and_table_edits(document))
        made = as_if(document, edits)
        shown = parted(made)
        for _ in range(_MOST_ROUNDS):  # text below a new heading may be one as well
            more = {
                (edit.start, edit.end): edit
                for edit in heading_edits(shown, self.template, self.meeting.date)
            }
            if not more:
                break
            edits = (*(edit for edit in edits if (edit.start, edit.end) not in more), *more.values())
            made = as_if(document, edits)
            shown = parted(made)
        return _Structure(made, shown, edits)

    @cached_property
    def labelled_fields(self) -> tuple[Labelled, ...]:
        """The fields with a label that the notes have in their header, such as `Attending: Ada`, as typed."""
        return fields_of(self.document)

    @cached_property
    def fields(self) -> Fields:
        """The fields of the notes, such as attendees and decisions."""
        return read_fields(self.document, self.labelled_fields, self.attendance, self.link)

    @cached_property
    def attendance(self) -> Attendance:
        """The people who were at the meeting, and those who were not, by the notes."""
        return attendance(self.document)

    @cached_property
    def front_matter_selection(self) -> FrontMatterSelection:
        """Which front matters of the notes are kept, and which are duplicates."""
        return select_front_matter(self.document, self.template, self.source)

    @cached_property
    def link(self) -> MarkdownLink | None:
        """The link in the notes to the previous meeting, None without one."""
        return find_last_meeting(self.document)

    @cached_property
    def hands_off(self) -> str:
        """The reason for which the template does not fit these notes; empty where it fits."""
        return next(iter(_misfits(self)), "")

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The titles of the template's sections that the notes lack."""
        return tuple(
            section.title
            for section, wanted in zip(self.template.sections, self.wanted, strict=True)
            if not any(means(key, wanted) for key in self.keys.values())
        )

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The keys of the headings that the template's sections have, by which they are compared.

        `heading_key` makes them.
        """
        return tuple(heading_key(section.title) for section in self.template.sections)

    @cached_property
    def keys(self) -> dict[Block, str]:
        """Maps each heading in the notes to its key, by which it is compared; `heading_key` makes it."""
        return {heading: heading_key(heading.text) for heading in self.document.headings}


def _misfits(task: Task) -> Iterator[str]:
    if len(task.document.dated) > 1:
        yield "they have the date of a meeting in more than one heading"
    names = Counter(field.name for field in task.labelled_fields)
    if twice := next((field.label for field in task.labelled_fields if names[field.name] > 1), None):
        yield f"the field {twice!r} stands there more than once"
    sections = task.template.sections
    own = any(_is_own(task, heading) for heading in task.document.headings)
    if own and len(task.missing) * 2 > len(sections):
        yield f"{len(sections) - len(task.missing)} of the template's {len(sections)} headings are there"
    if _boxed_header(task):
        yield "a table or a quotation holds the header"


def _is_own(task: Task, heading: Block) -> bool:
    """Return whether a heading is neither a title, nor a field, nor one of the template's."""
    if heading in task.document.titles or is_field_heading(heading) or heading.start in task.made_headings:
        return False
    return not any(means(task.keys[heading], wanted) for wanted in task.wanted)


def means(key: str, wanted: str) -> bool:
    """Return whether a heading is the section `wanted`: `## Main Topic - a demo` is the `Main Topic`.

    Both are given as keys of `heading_key`.
    """
    return key == wanted or (key.startswith(wanted) and not key[len(wanted)].isalnum())


def _boxed_header(task: Task) -> bool:
    end = header_end_of_fields(task.document)
    return any(
        block.kind in ("table", "blockquote")
        and block.start < end
        and _HEADER_CELL.search("\n".join(task.document.lines[block.start : block.end]))
        for block in task.document.top
    )
