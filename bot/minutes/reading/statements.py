"""Split notes into statements: list items and lines, each with the headings and labels above it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.minutes.reading.document import Document
from bot.minutes.reading.section_words import TITLES, section_key
from bot.minutes.text.caseless import Caseless
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import NESTED, Block, plain

_BULLET = re.compile(r"\A(?:(?:[-*+•]|\d{1,3}\\?[.)])[ \t]+)+")
_NUMBER = re.compile(r"\A(?:\d{1,2}[.)、][ ]*|[一二三四五六七八九十]、[ ]*)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t]|\[[ xX]\][ \t])")
_BOX = re.compile(r"[\s>*+\d.)-]*\[(?P<mark>[ xX])\]\s")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
# All of it is struck through, apart from whose it is, `Ada: ~~glue~~`, and a remark in parentheses.
_STRUCK = re.compile(
    r"(?:\[[ xX]\][ \t]+)?[*_]{0,3}(?:[^~:：<>\n]{1,40}[:：][*_]{0,3}[ \t]*)?"
    r"(?:(?:~~(?:(?!~~).)+~~|<(?P<tag>del|s|strike)>(?:(?!</(?P=tag)>).)+</(?P=tag)>)[\s*_,.;!]{0,8}){1,20}"
    r"(?:\([^()]*\)[\s.!]{0,8})?",
    re.DOTALL | re.IGNORECASE,
)
_MARK_AFTER = re.compile(
    r"[\s–—:,.(-]*(?:done|finished|completed?|closed|cancel(?:led|ed)|dropped|obsolete|replaced|superseded"
    r"|taken (?:up|over)|moved|erledigt|fait|hecho|fatto|feito|gedaan|klaar)\b[^\n]*",
    re.IGNORECASE,
)
"""What became of a task, behind it: `~~Ada to glue~~ done`."""
_TASKS = Caseless(r"[*_]{0,2}(?:to[ -]?dos?|action items?|actions|tasks)[*_]{0,2}")
"""An item that is a label without a colon."""
SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\b[DJMS]r\.)(?<!\bSt\.)(?<!\bMrs\.)\s+(?=[^\W\d_a-z]|[@*_`\"'(\[])"
)
"""The blanks between two sentences."""
_LONGEST = 200  # characters of a title that are compared
_LONGEST_TITLE = 30  # characters of a line that is the title of a section
_WRAPPED = 60  # characters; a line that long may go on in the next one
UNFINISHED = re.compile(
    r"\b(?:the|an?|of|or|and|to|for|in|on|at|by|with|from|that|der|die|das|des|und|für|mit|von|de|la|le|les|el|los|du"
    r"|et|y|het|een|en|van)\s*\Z"
)
"""The end of a line that certainly goes on in the next one."""


class Statement(NamedTuple):  # a tuple, which is quick to make: there is about one for each line
    """A sentence or list item of the notes, as typed but without HTML tags.

    `below` are the headings and labels above it, outer first. `above` is the text of the statement before it,
    `parent` that of the list item that it is nested in, each empty without one. `listed`: whether it is an
    item of a list, not nested in another item, below the last of `below`. `ticked`: whether its checkbox is
    ticked, None without one. `struck`: whether it is struck through.
    """

    text: str
    below: tuple[str, ...] = ()
    parent: str = ""
    above: str = ""
    listed: bool = False
    ticked: bool | None = None
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Label:
    """A heading (`level` 1 to 7), or a line that ends in a colon (`level` 0)."""

    text: str
    level: int
    depth: int


class _Context:
    """The headings and labels that apply to a statement, outer first."""

    def __init__(self, *labels: _Label) -> None:
        self.labels = labels
        self.below = tuple(label.text for label in labels)
        self.depth = max((label.depth for label in labels), default=0)
        self.labelled = bool(labels) and not labels[-1].level  # labels stand below the headings

    def under(self, heading: Block) -> "_Context":
        """Return the context below a heading: only headings of a higher level still apply beside it."""
        kept = (label for label in self.labels if 0 < label.level < heading.level)
        return _Context(*kept, _Label(title_of(heading.text), heading.level, heading.depth))

    def at(self, depth: int) -> "_Context":
        """Return the context of a line at that depth: a label in a list applies only to what is deeper."""
        if not (depth and self.labelled and self.labels[-1].depth >= depth):
            return self
        return _Context(*(label for label in self.labels if label.level or label.depth < depth))

    def after(self, depth: int, text: str) -> "_Context":
        """Return the context below a line, which may be a label itself.

        A label outside lists applies up to the next line outside lists, inclusively.
        """
        kept = self.labels
        if not depth and self.labelled:
            kept = tuple(label for label in kept if label.level)
        if is_label(text) or (depth and _TASKS.fullmatch(text)):
            return _Context(*kept, _Label(title_of(text), 0, depth))
        return self if kept is self.labels else _Context(*kept)


def statements_of(document: Document, end: int | None = None) -> Iterator[Statement]:
    """Yield the statements of the notes, in order: list items, and paragraphs or their lines.

    They are those in blocks that begin above line `end`, counted from 0 (None: all). Headings, tables and
    fenced code are left out.
    """
    stop = len(document.lines) if end is None else end
    headings = {heading.start: heading for heading in document.headings}
    context = _Context()
    parents: list[tuple[int, str]] = []
    above, last = "", None
    wall: LogicalLine | None = None  # the last line that titles others of its paragraph
    headed: Block | None = None  # the last paragraph that begins with a heading, `**Tasks**`
    for line in document.logical_lines_above(stop):
        if line.number in headings:
            context = context.under(headings[line.number])
            parents = []
            headed = line.block if line.kind == "line" and line.is_first and not line.depth else None
        elif line.kind == "line" and not _goes_on(line, last):
            context = context.at(line.depth)
            while parents and parents[-1][0] >= line.depth:
                parents.pop()
            typed = _typed(line)
            text, parent = _without_tags(typed), parents[-1][1] if parents else ""
            if len(line.lines) > 1 and _titles_lines(line):
                wall = line
            in_wall = wall is not None and wall.block == line.block and wall is not line
            below = (*context.below, title_of(wall.text)) if wall and in_wall else context.below
            listed = in_wall or line.block == headed or 0 < line.depth - context.depth <= NESTED
            ticked = _ticked(document.lines[line.number])
            yield Statement(text, below, parent, above, listed, ticked, is_struck(typed))
            context = context.after(line.depth, text)
            parents.append((line.depth, text))
            above = text
        elif line.kind == "end" and line.block.kind == "hr":
            context = context.after(0, "")  # a label holds no further than a box or a thematic break
        last = line


_ORNAMENT = re.compile(
    r"\A(?:[^\w\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f]\ufe0f?|:[a-z0-9_+-]{2,40}:|[\ufe0f\u200d ])+"
)
"""Emoji, and their short codes, before a title."""


def spans_of(text: str, end: re.Pattern[str] = SENTENCE_END) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of a text, or of the parts between matches of `end`."""
    bounds = [0, *(match.end() for match in end.finditer(text)), len(text)]
    return tuple(pairwise(bounds))


def parts_of(
    statement: Statement, begins: re.Pattern[str], ends: re.Pattern[str] | None = None
) -> Iterator[Statement]:
    """Yield a statement of several lines part by part.

    A part begins where a line matches `begins`, if the line above has a match of `ends` (None: it need not),
    and below a title in capitals.
    """
    if "\n" not in statement.text:
        yield statement
        return
    lines = statement.text.split("\n")
    start = 0
    for at in range(1, len(lines) + 1):
        ended = at == len(lines) or (begins.match(lines[at]) and (not ends or ends.search(lines[at - 1])))
        if ended or (at == 1 and lines[0].isupper()):
            yield statement._replace(text="\n".join(lines[start:at]))
            start = at


def is_label(text: str) -> bool:
    """Return whether a line of notes is a label for what follows, such as `Action items:`."""
    return "\n" not in text and text.rstrip("*_ ").endswith((":", "："))


def is_struck(text: str) -> bool:
    """Return whether a text, as typed, is struck through, as `~~Ada to glue~~` or `Ada: <del>glue</del>`."""
    if "~~" not in text and "</" not in text:
        return False
    struck = _STRUCK.match(text)
    return struck is not None and (
        struck.end() == len(text) or _MARK_AFTER.fullmatch(text, struck.end()) is not None
    )


def _titles_lines(line: LogicalLine) -> bool:
    """Return whether a line of a paragraph is the title of a section, and the lines below it are what it has.

    So text from an editor comes: `Next Steps` as a line of its own above others, without blank lines.
    """
    at = line.number - line.block.start
    if (line.depth and at) or len(line.text) > _LONGEST_TITLE or not 0 <= at < len(line.lines) - 1:
        return False
    begins_low = line.text[:1].islower() or line.lines[at + 1][:1].islower()
    return not begins_low and section_key(line.text) in TITLES


def _begins_with_title(line: LogicalLine) -> bool:
    """Return whether the paragraph of a line begins with the title of a section: `3. Decisions`."""
    lines = line.lines
    return len(lines) > 1 and not lines[1][:1].islower() and section_key(lines[0]) in TITLES


def title_of(text: str) -> str:
    """Return the text of a heading or label without the number before it and the colon after it."""
    text = _ORNAMENT.sub("", plain(text[:_LONGEST]), count=1)
    return _NUMBER.sub("", text, count=1).strip().rstrip(":： ").strip()


def _goes_on(line: LogicalLine, last: LogicalLine | None) -> bool:
    """Return whether a line continues the statement of the line `last`, as wrapped lines of an item do."""
    if last is None or line.is_first or line.block != last.block:
        return False
    is_joined = line.depth > 0 and not _begins_with_title(line)
    return is_joined or _is_wrapped(line, line.number - line.block.start)


def _is_wrapped(line: LogicalLine, at: int) -> bool:
    if not 0 < at < len(line.lines) or len(line.lines[at - 1]) < _WRAPPED:
        return False
    return line.lines[at][:1].islower() or UNFINISHED.search(line.lines[at - 1]) is not None


def _typed(line: LogicalLine) -> str:
    text = line.lines[0].strip() if len(line.lines) == 1 else _through_its_lines(line) or line.text
    if not text[:1].isalpha():
        text = _BULLET.sub("", text, count=1)
    return text.strip()


def _without_tags(text: str) -> str:
    return _TAG.sub("", text).strip() if "<" in text else text


def _through_its_lines(line: LogicalLine) -> str:
    start = line.number - line.block.start
    stop = len(line.lines) if line.depth and not _begins_with_title(line) else start + 1
    while _is_wrapped(line, stop):
        stop += 1
    later = (at for at in range(start + 1, stop) if _ITEM.match(line.lines[at]))
    stop = next(later, stop)  # an item that is too deep for Markdown
    return "\n".join(map(str.strip, line.lines[start:stop]))


def _ticked(line: str) -> bool | None:
    box = _BOX.match(line) if "[" in line else None
    return box["mark"] != " " if box else None
