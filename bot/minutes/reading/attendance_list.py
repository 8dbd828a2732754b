"""Lists of who was there: the lines that belong to a label such as `Attending:`, and the names in them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.minutes.reading.attendance_labels import Label
from bot.minutes.reading.attendance_words import OTHER, REMOTE
from bot.minutes.reading.names import (
    BOX,
    GROUP_OF,
    NAME_END,
    SITE,
    has_affiliation,
    is_described,
    is_full_name,
    is_group,
    is_handle,
    is_known_group,
    is_name,
    is_when,
    name_in,
    pieces,
    site_in,
    split,
)
from bot.minutes.reading.section_words import TITLES, section_key
from bot.minutes.reading.statements import is_struck
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import NESTED, Block, plain

_BOLD = re.compile(r"\*\*|__")
_BOLD_LINE = re.compile(r"(\*\*|__)[^*_\n]{2,60}\1")
_INTRODUCTION = re.compile(r"[*_]{0,2}(?:[^\W\d_][^\n]{10,200}[a-z)][.:]|\([^\n]{10,200}\))[*_]{0,2}")
_PAST = re.compile(r"(?i)\b(?:recent(?:ly)?|past|previous(?:ly)?|former(?:ly)?|last|inactive|emerit\w+)\b")
"""What the heading of a group says of people who are members, or came to earlier meetings."""
_LATER = re.compile(r"(?i)(?:join|arriv|late|left|leaving|leaves|until|from)\w*\b.*")
"""What stands, nested in a list of names, before more of them: `Joining after an hour: @ada`."""
_PAIR = 2
_BEFORE_NAME = re.compile(rf"\A(?:{BOX.pattern}|[(][^()]{{0,30}}[)][ ])")
"""A box or a remark before a name: `[x] `, `(excused) `."""
_PERSON = re.compile(r"@|[^\W\d_a-z][\w.'’-]*(?:[ ]*\Z|[ ]*[(,–@|-]|[ ][^\W\d_a-z])")
"""How a list item begins that goes on with the names in the paragraph above it."""
_WRAPPED = 50  # characters; an editor may have broken a line that long
_FEWEST = 3  # names by which it is seen that people have two
_ENOUGH = 20  # names, the latest of a list, that are looked at for it
_NOBODY = re.compile(
    r"(?i)\b(?:no ?body|no one|none|not recorded|unknown|keiner|niemand|personne|nadie|nessuno)\b"
)


@dataclass(frozen=True)
class AttendanceList:
    """A label, such as `Attending:`, and the names of people that stand on its line and below it.

    `line_names` are the names in lines of text, the label's own included; `items` are the list items as
    typed. `is_open`: no line ended the list, so a table right below belongs to it too.
    """

    label: Label
    line_names: tuple[str, ...]
    items: tuple[str, ...] = ()
    is_open: bool = False
    one_each: bool = False
    """Whether each item is one person, also one such as `Ada Webb, Kite Works`."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names in the list, as typed: those in lines of text, then those in list items."""
        return (*self.line_names, *(name for item in self.items for name in self._names_of(item)))

    def _names_of(self, item: str) -> Iterator[str]:
        """Return the names in a list item.

        It is split at commas if it is the only item or has more than three parts; else it is one name,
        `Doe, Ada` too. Who is struck through was not there.
        """
        if self.label.field == "attendees" and is_struck(item):
            return iter(())
        if is_described(item):
            return iter([name_in(item)])
        parts = len(tuple(pieces(item)))
        holds_many = parts > 3 or (len(self.items) == 1 and not self.one_each and not has_affiliation(item))
        return split(item) if holds_many else filter(None, [name_in(item)])


class _State(NamedTuple):
    """What the lines of a list so far mean for whether the next line belongs to it.

    `block` is the paragraph of the last line with names only. `list_depth` is the depth of the outermost list
    items, 0 before the first. `in_group`: the last of those items was the name of a group of people, so the
    list nested in it has names. `has_groups`: a line of text was the name of a group. `are_pairs`: whether
    each line of the paragraph `seen` is a person and where they are from.
    """

    expects_names: bool
    has_names: bool
    has_items: bool = False
    block: Block | None = None
    has_groups: bool = False
    in_group: bool = False
    list_depth: int = 0
    seen: Block | None = None
    are_pairs: bool = False


class _Step(NamedTuple):
    """What one line adds to a list, and the state after it."""

    state: _State
    names: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def read_list(label: Label, below: Iterable[LogicalLine]) -> AttendanceList:
    """Return the attendance list that a label begins.

    `below` are the lines after the label. The list ends at the first of them that does not belong to it.
    """
    names, items = [*label.names], list[str]()
    state, above = _State(label.expects_names, bool(label.names)), label.line
    lines = tuple(below)
    heads = _heads_of_names(lines) if lines and lines[0].depth else frozenset()
    for line in lines:
        if line.number in heads:
            line = line._replace(text=f"{line.text}:")
        step = _read_line(label, state, line)
        if step is None:
            return AttendanceList(label, tuple(names), tuple(items))
        state = step.state
        if step.names and line.block == above.block and _breaks_name(names, above.text, step.names[0]):
            names[-1] += f" {step.names[0]}"
            step = step._replace(names=step.names[1:])
        above = line
        names += step.names
        items += step.items
    return AttendanceList(label, tuple(names), tuple(items), is_open=True)


def _heads_of_names(lines: Sequence[LogicalLine]) -> frozenset[int]:
    """Return the numbers of list items that are the site or group of the people nested in them: `Leeds`."""
    firsts = [line for line in lines if line.is_first and line.depth]
    inner: dict[int, list[str]] = {}
    head = firsts[0] if firsts else None
    for line in firsts:
        if head is None or line.depth <= firsts[0].depth:
            head = line
        elif line.depth == head.depth + NESTED:
            inner.setdefault(head.number, []).append(line.text)
    return frozenset(
        line.number
        for line in firsts
        if (nested := inner.get(line.number))
        and not (is_full_name(line.text) or line.text.startswith("@") or ":" in line.text)
        and all(map(_begins_with_name, nested))
    )


def _begins_with_name(text: str) -> bool:
    """Return whether a list item begins with a name of several words: `(excused) Ada van Dam: potter`."""
    name = NAME_END.split(_BEFORE_NAME.sub("", text), maxsplit=1)[0].strip()
    return " " in name and name[0].isupper() and is_name(name)


def _breaks_name(names: Sequence[str], line: str, following: str) -> bool:
    """Return whether a line break is inside of a name: at the end of a long `line` of full names.

    `names` are those up to there, `following` the one after it.
    """
    if (
        len(line) < _WRAPPED
        or line.endswith((",", ";"))
        or len(names) < _FEWEST
        or " " in names[-1] + following
    ):
        return False
    latest = names[-_ENOUGH:]
    return sum(" " in name for name in latest) * 2 > len(latest)


def _read_line(label: Label, state: _State, line: LogicalLine) -> _Step | None:
    """Return what the next line adds to a list, None where it does not belong to it."""
    if line.kind == "end":
        return _Step(state)
    if line.kind == "heading":
        return _read_heading(label, state, line)
    if line.depth > label.line.depth:
        return _read_item(label, state, line)
    return _read_text(label, state, line)


def _read_heading(label: Label, state: _State, line: LogicalLine) -> _Step | None:
    """Return the step of a heading for a group, `### Guests` below `## Attending`; None for any other.

    Where groups begin right below the label, all headings below it are groups.
    """
    text = plain(line.text)
    if not 0 < label.level < line.block.level or section_key(text) in TITLES or _PAST.search(text):
        return None
    is_first = not (state.has_names or state.has_items)  # right below the label: it can only be a group
    if is_first or state.has_groups or is_group(text) or GROUP_OF.fullmatch(text):
        return _Step(state._replace(expects_names=True, has_groups=state.has_groups or is_first))
    return None


def _read_text(label: Label, state: _State, line: LogicalLine) -> _Step | None:
    """Return the step of a line in no deeper list than the label: names, or the name of a group of people."""
    site = site_in(line.text)
    if _is_outside(label, line) or (site and _is_other(label, site["site"])):
        return None
    if line.text.startswith("{:") or (is_when(line.text) and not state.has_names):
        return _Step(state)
    if is_group(line.text):
        return _read_group(label, state, line)
    if state.has_groups and GROUP_OF.fullmatch(line.text):
        return _Step(state._replace(expects_names=True, list_depth=0))
    if label.level and _BOLD_LINE.fullmatch(line.text) and section_key(plain(line.text)) not in TITLES:
        is_first = not (state.has_names or state.has_items)
        if is_first or state.has_groups:
            return _Step(state._replace(has_groups=True, expects_names=True))
    if _introduces(label, state, line):
        return _Step(state)
    if site and label.names and not label.level and not _is_group_at(site["site"]):
        return None
    if line.block != label.line.block and not _may_follow(label, state, line):
        return None
    if state.seen is not line.block:
        state = state._replace(seen=line.block, are_pairs=_are_pairs(line.lines))
    names = (line.text.strip(),) if state.are_pairs else tuple(split(line.text))
    has_names, block = state.has_names or bool(names), line.block if _holds_names(line.text) else None
    expects_names = line.text.endswith(",")
    return _Step(state._replace(has_names=has_names, expects_names=expects_names, block=block), names)


def _are_pairs(lines: Sequence[str]) -> bool:
    """Return whether each line of a paragraph is a person and where they are from: `Ada Webb, Kite Works`."""
    pairs = [(line, [*map(str.strip, pieces(line))]) for line in lines if not SITE.fullmatch(line.strip())]
    are_two = len(pairs) > 1 and all(len(parts) == _PAIR and is_full_name(parts[0]) for _, parts in pairs)
    return are_two and any(has_affiliation(line) or parts[1][:1].islower() for line, parts in pairs)


def _introduces(label: Label, state: _State, line: LogicalLine) -> bool:
    """Return whether a line is a sentence between a heading and its list, such as `Four make a quorum.`"""
    is_above = label.level > 0 and not (state.has_names or state.has_items) and line.depth == 0
    return is_above and not _NOBODY.search(line.text) and _INTRODUCTION.fullmatch(line.text) is not None


def _is_other(label: Label, site: str) -> bool:
    """Return whether what stands before a colon is another label, or a person on the list who speaks."""
    name = site.strip("*_ ").casefold()
    speaks = any(name in (each.casefold(), each.casefold().partition(" ")[0]) for each in label.names)
    return speaks or OTHER.fullmatch(site.replace("(s)", "s")) is not None


def _is_group_at(site: str) -> bool:
    """Return whether what stands before a colon, below names, is a group or a way to take part."""
    word = site.strip("*_ ")
    return is_known_group(word) or GROUP_OF.fullmatch(word) is not None or REMOTE.fullmatch(word) is not None


def _is_outside(label: Label, line: LogicalLine) -> bool:
    """Return whether a line is outside the label's list or quote, or, inside one, in another paragraph."""
    return line.depth < label.line.depth or (line.depth > 0 and line.block != label.line.block)


def _read_group(label: Label, state: _State, line: LogicalLine) -> _Step | None:
    """Return the step of a line that names a group of people; None where it does not belong to the list.

    A group that is no known word, `Frames:`, belongs only above all names or after another group.
    """
    known = is_known_group(line.text) and (label.level > 0 or not state.has_items)
    belongs = known or state.has_groups or not (state.has_names or state.has_items)
    return _Step(state._replace(has_groups=True, expects_names=True)) if belongs else None


def _may_follow(label: Label, state: _State, line: LogicalLine) -> bool:
    """Return whether a line in a later paragraph than the label may have more names: not below list items."""
    if state.block and not state.has_items and _continues(state.block, line):
        return True
    site = site_in(line.text)
    if site and not label.level and _BOLD.match(line.text) and _BOLD.match(label.line.text):
        return _is_group_at(site["site"]) and _holds_names(site["names"])  # another label in the same form
    is_expected = state.expects_names or label.level > 0 or (site and state.has_names)
    return not state.has_items and bool(is_expected) and _holds_names(site["names"] if site else line.text)


def _continues(block: Block, line: LogicalLine) -> bool:
    """Return whether a line goes on with the names in a paragraph, one in each line, or the next one does."""
    if line.block == block:
        return _holds_names(line.text)
    return block.end > block.start + 1 and all(map(is_full_name, line.lines))


def _read_item(label: Label, state: _State, line: LogicalLine) -> _Step | None:
    """Return the step of a line in a list; None where the label expects no list.

    Only items of the outermost list, and of lists nested below the name of a group, have names.
    """
    if not (state.expects_names or state.list_depth or label.level):
        return None
    list_depth = min(line.depth, state.list_depth or line.depth)
    is_outermost = line.depth == list_depth
    state = state._replace(list_depth=list_depth, in_group=state.in_group and not is_outermost)
    if state.block and not state.has_items and not (_is_person(line.text) or is_known_group(line.text)):
        return None  # the names stand in lines above it, and it is about something else
    site = site_in(line.text) if line.is_first and not is_outermost else None
    if site and site["names"] and _LATER.fullmatch(site["site"]):
        return _Step(state, tuple(split(site["names"])))
    if not line.is_first or not (is_outermost or state.in_group):
        return _Step(state)  # a wrapped line, or a remark nested below a name: skipped
    return _read_first_line(label, state, line)


def _is_person(text: str) -> bool:
    """Return whether a list item below names in lines goes on with them."""
    return ":" not in text and _PERSON.match(BOX.sub("", text)) is not None and is_name(text)


def _read_first_line(label: Label, state: _State, line: LogicalLine) -> _Step | None:
    if is_group(line.text):
        return _Step(state._replace(in_group=True))
    site = site_in(line.text)
    if site and OTHER.fullmatch(site["site"]) and label.level == 0 and not is_name(site["names"]):
        return None
    is_list = site and not is_handle(site["names"]) and len(tuple(pieces(site["names"]))) > 1
    if site and is_list and not is_described(line.text):
        names = tuple(split(line.text))
        return _Step(state._replace(has_names=state.has_names or bool(names)), names)
    return _Step(
        state._replace(has_items=True), items=(f"[{line.box}] {line.text}" if line.box else line.text,)
    )


def _holds_names(text: str) -> bool:
    """Return whether more than half of the parts of a line, between commas, are names."""
    parts = [part for part in pieces(text) if part.strip()]
    return sum(map(is_name, map(str.strip, parts))) * 2 > len(parts)
