"""Insert open actions and agenda entries into a draft: below the heading for them, else below a new one."""

import re
from collections.abc import Callable
from typing import NamedTuple

from bot.minutes.drafting.skeleton import level_of
from bot.minutes.reading.action_sections import is_about_actions, is_about_old_ones
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import is_field_heading
from bot.minutes.reading.links import find_last_meeting
from bot.minutes.reading.open_items import AGENDA
from bot.minutes.reading.statements import title_of
from bot.minutes.text.markdown import Block, Lines, join

_LAST = re.compile(
    r"(?i)(?:any )?other business(?: .*)?|a\.?o\.?b\.?(?:\W.*)?|(?:q ?& ?a ?/ ?)?other"
    r"|divers|varia|otros|ruegos y preguntas|varie ed eventuali|rondvraag|verschiedenes"
    r"|sonstiges|разное|その他|其他"
)
_ACCEPTANCE = re.compile(r"(?i).*\b(?:accept|approv|adopt|ratif)\w*\b.*\bminutes\b.*")
_RULES = ("hr", "html_block")  # what stands between two sections and belongs to neither
_MARK = re.compile(r"[ ]{0,3}[-*+](?=[ \t]|$)")


class InsertionPoint(NamedTuple):
    """Where to insert list items into a text: above line `line`, counted from 0.

    `heading` is a heading line to insert above the items, empty where the text has their section already.
    `mark` is the bullet, with its indentation, of the list that the items continue, empty where there is no
    list.
    """

    line: int
    heading: str = ""
    mark: str = ""


def add(text: str, items: Lines, point_of: Callable[[Document], InsertionPoint]) -> str:
    """Return `text` with `items` inserted; unchanged where there are no items.

    The items are the lines of a list, `- …`. `point_of` finds the place for them in the parsed text.
    """
    if not items:
        return text
    document = Document.read(text)
    point, lines = point_of(document), document.lines
    above, below = lines[: point.line], lines[point.line :]
    added = tuple((point.mark or "-") + item[1:] for item in items)
    if point.heading:
        added = (point.heading, "", *added)
    if above and above[-1].strip() and not point.mark:
        added = ("", *added)
    if below and below[0].strip():
        added = (*added, "")
    return join((*above, *added, *below))


def agenda_point(document: Document) -> InsertionPoint:
    """Return where to insert items of the agenda: at the end of the section with that heading.

    Without such a section, the point has the heading of a new one, above "any other business", or else at the
    end of the text.
    """
    sections = _sections(document)
    for heading in sections:
        if AGENDA.fullmatch(title_of(heading.text)):
            return _below(document, heading)
    last = (heading.start for heading in sections if _LAST.fullmatch(title_of(heading.text)))
    return _new(document, next(last, _end(document)), "Agenda")


def actions_point(document: Document) -> InsertionPoint:
    """Return where to insert open actions: at the end of the section for actions of earlier meetings.

    Without that, it is the end of the section for actions. Without either, the point has the heading of a new
    section: below the section in which the last minutes are accepted, or else above all sections.
    """
    sections = _sections(document)
    for is_theirs in (is_about_old_ones, is_about_actions):
        for heading in sections:
            if is_theirs(title_of(heading.text)):
                return _below(document, heading)
    above = next((at for at, heading in enumerate(sections) if _accepts(document, heading)), -1)
    level = sections[above].level if above >= 0 else max((s.level for s in sections), default=0)
    starts = (section.start for section in sections[above + 1 :] if section.level <= level)
    return _new(document, next(starts, _end(document)), "Open actions")


def _sections(document: Document) -> list[Block]:
    """Return the headings outside lists that are neither titles nor fields."""
    return [
        heading
        for heading in document.headings
        if heading.depth == 0 and heading not in document.titles and not is_field_heading(heading)
    ]


def _accepts(document: Document, heading: Block) -> bool:
    link = find_last_meeting(document)
    linked = link is not None and heading.start <= link.line < heading.end
    return linked or _ACCEPTANCE.fullmatch(title_of(heading.text)) is not None


def _end(document: Document) -> int:
    """Return the line, from 0, at which text can be appended: the line count, or an unclosed block's start.

    What is appended below a fence or HTML that is never closed would become part of it.
    """
    end, last = len(document.lines), document.top[-1:]
    if last and last[0].kind in ("fence", "html_block"):
        below = Document.read(join((*document.lines, "", "- x")))
        if not below.top[-1].kind.endswith("_list"):
            return last[0].start
    return end


def _below(document: Document, heading: Block) -> InsertionPoint:
    """Return the end of a heading's section, with the bullet of the list that ends it, if one does."""
    ends = (other.start for other in document.headings if other.start > heading.start)
    inside = [*document.between(heading.end, next(ends, _end(document)))]
    while inside and inside[-1].kind in _RULES:
        inside.pop()
    if not inside:
        return InsertionPoint(heading.end)
    end, mark = inside[-1].end, None
    while not document.lines[end - 1].strip():
        end -= 1
    if inside[-1].kind == "bullet_list":
        mark = _MARK.match(document.lines[inside[-1].start])
    return InsertionPoint(end, mark=mark[0] if mark else "")


def _new(document: Document, line: int, title: str) -> InsertionPoint:
    """Return the point for a new section at a line, or above a thematic break that is right above it."""
    over = [block for block in document.top if block.end <= line][-1:]
    if over and line < len(document.lines) and over[0].kind == "hr":
        line = over[0].start
    return InsertionPoint(line, f"{'#' * level_of(heading.level for heading in _sections(document))} {title}")
