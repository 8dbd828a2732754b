"""Write the text of a draft, from a template learned from minutes or from the team's template file."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from bot.minutes.normalising.edits import Edit, apply_edits
from bot.minutes.normalising.template import Field, Section, Template, heading_key
from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting, is_generic
from bot.minutes.text.markdown import Block, Lines, join

_BARE = re.compile(r"(?P<mark>[-*+])[ \t]+(?P<item>\S.*?)[ \t]*:?[ \t]*")
_MOST_WORDS = 4  # of a standing item that the template file lacks; a longer item was only for that day
_SECTION = 2  # the level of most teams' sections
_DEEPEST = 6


def write_out(template: Template, day: date | None) -> str:
    """Return a template written out as Markdown: front matter, title, fields, sections.

    The sections have their guidance and standing items. `day` is filled in as the date; if it is None, the
    dates and placeholders of the template stay.
    """
    level = level_of(section.level for section in template.sections)
    parts = [
        template.front_matter(day),
        (template.heading(day) if day else template.title,),
        *((_field(field, level),) for field in template.fields),
    ]
    for section in template.sections:
        parts += _section(section, level)
    return join(tuple(line for part in parts if part for line in (*part, "")))[:-1]


def as_today(source: str, template: Template) -> str:
    """Return `source`, the text of a template file, with the list items that `template` has now.

    Where a section has exactly one list, and the section of `template` with the same heading has items, these
    replace the list. All else is unchanged.
    """
    document = Document.read(source)
    items = {heading_key(section.title): section.items for section in reversed(template.sections)}
    edits: list[Edit] = []
    for heading, end in _with_ends(document):
        lists = [block for block in document.between(heading.end, end) if block.kind == "bullet_list"]
        today = items.get(heading_key(heading.text), ())
        if len(lists) == 1 and today:
            start, stop = lists[0].start, lists[0].end
            edits.append(Edit(start, stop, _items(document.lines[start:stop], today), ""))
    return join(apply_edits(document.lines, edits)[0])


def _with_ends(document: Document) -> Iterator[tuple[Block, int]]:
    starts = [heading.start for heading in document.headings[1:]]
    return zip(document.headings, [*starts, len(document.lines)], strict=False)


def _items(lines: Lines, today: tuple[str, ...]) -> Lines:
    """Return a list's lines with the items `today` instead of its own, without long ones that it lacks.

    A list with more than items of one line, or with one item twice, is returned unchanged.
    """
    bare = {match["item"]: line for line in lines if (match := _BARE.fullmatch(line))}
    filled = [line for line in lines if line.strip()]
    if len(bare) != len(filled):
        return lines
    mark = filled[0][0]
    kept = [item for item in today if item in bare or len(item.split()) <= _MOST_WORDS]
    if kept == [*bare]:
        return lines
    end = max(at for at, line in enumerate(lines, 1) if line.strip())
    gap = () if end == len(filled) else ("",)  # blank lines between items, as in the file
    new = tuple(line for item in kept for line in (*gap, bare.get(item, f"{mark} {item}")))
    return (*new[len(gap) :], *lines[end:])


def level_of(levels: Iterable[int]) -> int:
    """Return the most common heading level among `levels`, counting only 2 to 6; 2 if there are none."""
    counts = Counter(level for level in levels if 1 < level <= _DEEPEST)
    return counts.most_common(1)[0][0] if counts else _SECTION


def unlinked(text: str) -> str:
    """Return the text with an empty target in its link "last meeting".

    It is unchanged without such a link, or where the target leads to no single meeting, such as a folder.
    """
    document = Document.read(text)
    link = find_last_meeting(document)
    if link is None or not link.fillable or is_generic(link.target):
        return text
    line = document.lines[link.line]
    emptied = line[: link.start] + line[link.end :]
    return join((*document.lines[: link.line], emptied, *document.lines[link.line + 1 :]))


def _field(field: Field, level: int) -> str:
    label = _on_one_line(field.label).rstrip(":： ")
    return f"{'#' * level} {label}" if field.form == "heading" else f"{label}:"


def _section(section: Section, level: int) -> Iterator[Lines]:
    mark = "#" * (section.level if section.level <= _DEEPEST else level)
    yield (f"{mark} {_on_one_line(section.title)}",)
    yield from (tuple(line.strip() for line in text.split("\n")) for text in section.guidance)
    yield tuple(f"- {item}" for item in section.items)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
