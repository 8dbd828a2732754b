"""Read attendees and absentees of the notes: names are never corrected and nobody is added."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

from bot.minutes.reading.attendance_front_matter import in_front_matter
from bot.minutes.reading.attendance_labels import Label, labels_at
from bot.minutes.reading.attendance_list import AttendanceList, read_list
from bot.minutes.reading.attendance_marks import by_remarks, by_ticks
from bot.minutes.reading.attendance_table import lists_in_table
from bot.minutes.reading.attendance_words import (
    ABSENT_REMARK,
    GUESTS,
    OF_HEADER,
    OTHER,
    PRESENT_REMARK,
    REMOTE,
)
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import FieldName, header_end_of_fields, label_in
from bot.minutes.reading.names import (
    GROUP_OF,
    SITE,
    has_affiliation,
    is_full_name,
    is_name,
    nicks_in,
    pieces,
    split,
)
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import plain

_FEW_WORDS = 3  # in the name of a place
_FEWEST_NAMES = 4  # in a line that has nothing else
_INITIALS = re.compile(r"[ ]*[(\[][A-Z]{2,4}[)\]]")
_WITH_INITIALS = re.compile(rf".+{_INITIALS.pattern}")


@dataclass(frozen=True, slots=True)
class Attendance:
    """The people who were at a meeting, and those who were not: each once, in order, as in the notes."""

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def attendance(document: Document, end: int | None = None) -> Attendance:
    """Return who was at the meeting and who was not, by the lines of the notes above line `end`.

    It counts from 0; None: all lines. Names are read from lists below a heading or label, from tables, from
    sentences and from front matter. Of lists without a heading, those below the first section count only
    where none is above it, and no front matter: some notes list people last.
    """
    stop = len(document.lines) if end is None else end
    lists = [one for one in with_affiliations(_lists(document, stop)) if one.names]
    header = header_end_of_fields(document)
    in_front = [*in_front_matter(document)]

    def names(field: FieldName) -> tuple[str, ...]:
        """Return a field's names: of lists below a heading or in the header, of front matter, or others."""
        of_field = (one for one in lists if one.label.field == field)
        mine = [one for one in of_field if one.label.line.number < header or not _is_of_header(one.label)]
        above = [one for one in mine if one.label.level or one.label.line.number < header]
        known = [one.names for one in above] or [names for name, names in in_front if name == field]
        return tuple(dict.fromkeys(chain.from_iterable(known or _first(mine, document))))

    above = min(header, stop)
    present = names("attendees") or tuple(
        dict.fromkeys([*_by_site(document, above)] or _names_alone(document, above))
    )
    there = {_bare(name) for one in lists if one.label.field == "attendees" for name in one.names}
    there |= {*map(_bare, present)}  # those of all lists: notes of several sessions have more than one
    absent = tuple(name for name in names("absent") if _bare(name) not in there)
    if present or absent:
        return Attendance(present, absent)
    return _ticked(document, stop) or _remarked(document, stop)


def _bare(name: str) -> str:
    """Return a name to compare, without a remark: `Ada (first half)` may be among the regrets too."""
    return plain(name).partition("(")[0].casefold().strip()


def _is_of_header(label: Label) -> bool:
    """Return whether a label is for attendance only in the header: `Missing` may be about pages elsewhere."""
    return OF_HEADER.match(label.line.text) is not None


def _first(lists: list[AttendanceList], document: Document) -> list[tuple[str, ...]]:
    """Return the names in all lists in which people entered themselves (`present+`).

    Without one, those in the first list and, if its label is a list item, in others beside it.
    """
    if own := [one.names for one in lists if one.label.is_own_entry]:
        return own
    start, depth = (lists[0].label.line.number, lists[0].label.line.depth) if lists else (0, 0)
    end = next((h.start for h in document.headings if h.start > start), len(document.lines))
    beside = [one for one in lists[1:] if one.label.line.number < end and 0 < depth == one.label.line.depth]
    return [one.names for one in [*lists[:1], *beside]]


def with_affiliations(lists: Iterable[AttendanceList]) -> Iterator[AttendanceList]:
    """Yield attendance lists, of which single items hold one person where all items of another one do.

    So `Ada Webb, the Kites` below `Apologies:` is not taken for two people. A single item is such a pair
    where it shows an organisation: `Bo Reed, Kite Works`.
    """
    known = [*lists]
    are_pairs = any(
        one.items and all(map(_is_pair if len(one.items) > 1 else has_affiliation, one.items))
        for one in known
    )
    yield from (replace(one, one_each=True) if are_pairs and len(one.items) == 1 else one for one in known)


def _is_pair(item: str) -> bool:
    return len([*pieces(item)]) == 2


def _lists(document: Document, end: int) -> Iterator[AttendanceList]:
    """Yield the lists in blocks that begin above line `end`, in order, also those without names."""
    above: AttendanceList | None = None  # a table that follows belongs to it
    are_nicks = False
    for first, label, below in _groups(document.logical_lines_above(end)):
        if first.kind == "table":
            yield from lists_in_table(document.lines, first, above if above and above.is_open else None)
        if label:
            named = _with_nicks(document, label, are_nicks)
            are_nicks = are_nicks or named is not label
        above = read_list(named, below) if label else None
        if above:
            yield from chain.from_iterable(map(by_remarks, by_ticks(above)))


def _with_nicks(document: Document, label: Label, are_nicks: bool) -> Label:
    """Return a label with the names on its line that only blanks part, as `ada bo cy`, if it has no others.

    One of them must speak in the notes, in a line such as `ada: yes`, or in a list below their name, unless
    `are_nicks`; else they are just words.
    """
    labelled = None if label.names else label_in(label.line.text)
    words = nicks_in(labelled[1]) if labelled and label.field == labelled[0] else ()
    if not words:
        return label
    lines = [line.text for line in document.logical_lines if line.kind in ("line", "heading")]
    speakers = {text if ":" not in text else _site(text) for text in lines}
    return label if not are_nicks and speakers.isdisjoint(words) else replace(label, names=words)


def _groups(
    lines: Sequence[LogicalLine],
) -> Iterator[tuple[LogicalLine, Label | None, Sequence[LogicalLine]]]:
    """Yield a group for each label, table or end: its line, the label or None, and the lines below it."""
    labels: list[Label | None] = []
    beside: Label | None = None  # the last label of people, while no other section has begun
    tabled = False  # whether there was a table since
    labelled = [each for line in lines for each in labels_at(line)]
    lines = [line for line, _ in labelled]
    for line, label in labelled:
        if beside and not label:
            if line.kind == "heading" and line.block.level <= (beside.level or line.block.level):
                label = _guests_beside(line) if beside.level else None
                beside = label
            elif line.kind == "line" and (beside.field == "absent" or tabled):
                label = _others_present(line)
        labels.append(label)
        tabled = line.kind == "table" or (tabled and not label)
        beside = label if label and label.field in ("attendees", "absent") else beside
    ends = [
        line.kind == "end" and not (line.block.kind == "hr" and labels[at - 1])
        for at, line in enumerate(lines)
    ]
    starts = [at for at, line in enumerate(lines) if labels[at] or line.kind == "table" or ends[at]]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start], labels[start], lines[start + 1 : end]


def _guests_beside(line: LogicalLine) -> Label | None:
    """Return the label of a heading for guests, right after the roll call; None where it is another one."""
    is_of_guests = GUESTS.fullmatch(plain(line.text).rstrip(": ")) is not None
    return Label("attendees", line, line.block.level) if is_of_guests else None


def _others_present(line: LogicalLine) -> Label | None:
    """Return the label of a line such as `Online: Ada`, below a list of people who were absent, else None."""
    site = _site(line.text) if ":" in line.text else None
    if site is None or not (REMOTE.fullmatch(site) or GUESTS.fullmatch(site)):
        return None
    return Label("attendees", line, names=tuple(split(line.text)))


def _by_site(document: Document, end: int) -> Iterator[str]:
    """Yield the names in lines such as `Leeds: Ada, Bo` above line `end`, if one of the sites is `Remote`."""
    lines = [line for line in document.logical_lines_above(end) if line.kind == "line"]
    outer = [line for line in lines if line.is_first and not line.depth]
    sites = [(line, site) for line in outer if (site := _site(line.text)) is not None]
    if any(REMOTE.fullmatch(site) and any(split(line.text)) for line, site in sites):
        named = [(line, site) for line, site in sites if site.count(" ") <= _FEW_WORDS]
        blocks = [line.block for line, site in named if not _is_other_label(line, site)]
        continues = False  # a line that ends with a comma goes on in a quote, as some exports have it
        for line in lines:
            belongs = line.block in blocks or (continues and line.depth == 1)
            continues = belongs and line.text.endswith(",")
            yield from split(line.text) if belongs else ()


def _ticked(document: Document, end: int) -> Attendance | None:
    """Return who was there by the first list of members above line `end` in which some are ticked.

    It stands below a heading such as `Voting members`. None without one.
    """
    lines = document.logical_lines_above(end)
    for at, line in enumerate(lines):
        if line.kind == "heading" and GROUP_OF.fullmatch(plain(line.text)):
            made = read_list(Label("attendees", line, line.block.level), lines[at + 1 :])
            there, *others = by_ticks(made)
            if others and len(there.names) + len(others[0].names) == len(made.items):
                return Attendance(there.names, others[0].names)
    return None


def _remarked(document: Document, end: int) -> Attendance:
    """Return who was there by the first list above line `end` with a remark in each item: `Ada - present`.

    Nobody where there is no such list.
    """
    lines = [line for line in document.logical_lines_above(end) if line.is_first]
    for is_list, group in groupby(lines, key=lambda line: line.depth > 0 and _has_remark(line.text)):
        items = [line.text for line in group]
        there = [PRESENT_REMARK.fullmatch(item) for item in items] if is_list else []
        if len(items) > 1 and any(there):
            present = tuple(item for item, match in zip(items, there, strict=True) if match)
            return Attendance(present, tuple(item for item in items if item not in present))
    return Attendance()


def _has_remark(text: str) -> bool:
    remarked = PRESENT_REMARK.fullmatch(text) or ABSENT_REMARK.fullmatch(text)
    return remarked is not None and is_name(text)


def _names_alone(document: Document, end: int) -> tuple[str, ...]:
    """Return the names of the first line of text above line `end`, if each is a full name with its initials.

    Without the initials they may be topics, `New Roof, Old Boats`.
    """
    first = next((line for line in document.logical_lines_above(end) if line.kind == "line"), None)
    is_alone = first is not None and len(first.lines) == 1 and not first.depth
    parts = tuple(map(str.strip, pieces(first.text))) if first and is_alone else ()
    are_names = len(parts) >= _FEWEST_NAMES and all(map(_WITH_INITIALS.fullmatch, parts))
    return parts if are_names and all(is_full_name(_INITIALS.sub("", part)) for part in parts) else ()


def _is_other_label(line: LogicalLine, site: str) -> bool:
    if REMOTE.fullmatch(site) and len([*split(line.text)]) > 1:
        return False  # `Video: Ada, Bo`
    return OTHER.fullmatch(site) is not None or label_in(line.text) is not None


def _site(text: str) -> str | None:
    """Return what stands before the colon in `Leeds: Ada, Bo`; None where a line is not of that form."""
    match = SITE.fullmatch(text.strip("*_"))
    return match["site"].strip("*_ ") if match else None
