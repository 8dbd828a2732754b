"""A text parsed once: its lines, front matter, blocks and headings."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from bot.minutes.reading import outline
from bot.minutes.reading.dates import has_placeholder, names_meeting
from bot.minutes.text import frontmatter
from bot.minutes.text.frontmatter import FrontMatter
from bot.minutes.text.line_ends import ShownParagraphs
from bot.minutes.text.logical_lines import LogicalLine, logical_lines
from bot.minutes.text.markdown import Block, clean, cut, parse, plain, through_blanks

CODE = ("fence", "code_block")
_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<label>[^\[\]]{1,200})\]:[ \t]*<?(?P<target>[^<>\s]+)>?.*")


@dataclass(frozen=True)
class Document:
    """Notes or minutes as parsed Markdown. All spans of lines are half-open and index `lines`, from 0.

    `own_title` is the title line of the template if that has no date, else empty: notes may still have it.
    """

    lines: tuple[str, ...]
    front_matters: tuple[FrontMatter, ...]
    blocks: tuple[Block, ...]
    own_title: str = ""
    shown: ShownParagraphs = field(default_factory=ShownParagraphs, compare=False, repr=False)
    """The lines of its paragraphs as an issue shows them; documents that are made of this one share it."""

    @classmethod
    def read(cls, text: str, own_title: str = "") -> "Document":
        """Return the parsed form of any text, with line ends of any kind. Never raises.

        `own_title` is the title line of the team's template if that has no date, else empty.
        """
        lines = cut(clean(text))
        front_matters = frontmatter.read_all(lines)
        return cls(
            lines, front_matters, parse(lines, front_matters[-1].end if front_matters else 0), own_title
        )

    @property
    def body(self) -> int:
        """The number, from 0, of the first line below the front matter that is not blank.

        If there is none, it is the number of all lines.
        """
        return through_blanks(self.lines, self.front_matters[-1].end if self.front_matters else 0)

    @cached_property
    def top(self) -> tuple[Block, ...]:
        """The blocks that are in no list, quote or footnote, in order."""
        return tuple(block for block in self.blocks if block.depth == 0)

    @cached_property
    def logical_lines(self) -> tuple[LogicalLine, ...]:
        """The lines of text, headings and tables of the document, in order, without Markdown's markers."""
        return tuple(logical_lines(self.lines, self.blocks))

    def logical_lines_above(self, end: int) -> tuple[LogicalLine, ...]:
        """Return the lines of text, headings and tables in the blocks that begin above line `end`, from 0."""
        return self.logical_lines_between(0, end)

    def logical_lines_between(self, start: int, end: int) -> tuple[LogicalLine, ...]:
        """Return the lines of text, headings and tables in the blocks that begin in `lines[start:end]`."""
        lines = self.logical_lines
        first = bisect_left(lines, start, key=lambda line: line.block.start) if start else 0
        return lines[first : bisect_left(lines, end, key=lambda line: line.block.start)]

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """The headings outside of quotes, in order: those of Markdown, and lines that only look like one.

        An example of the latter is `**Title**` in a line of its own.
        """
        return outline.headings(self.lines, self._seen)

    @cached_property
    def dated(self) -> tuple[Block, ...]:
        """The headings with the date of a meeting or a placeholder for it.

        Only those of the same level as the first one, 1 or 2, are included. More than one means that the
        notes are of several meetings, or were pasted twice.
        """
        shallow = (heading for heading in self.headings if heading.level <= 2)
        dated = [h for h in shallow if names_meeting(plain(h.text)) or self._is_unfilled(h)]
        return tuple(heading for heading in dated if heading.level == dated[0].level)

    def _is_unfilled(self, heading: Block) -> bool:
        """Return whether a heading has a placeholder, or is the template's title, `own_title`, at the top."""
        own = heading == self._seen[0] and self.lines[heading.start] == self.own_title
        return "\n" not in heading.text and (own or has_placeholder(heading.text))

    @cached_property
    def titles(self) -> tuple[Block, ...]:
        """The headings that are titles of the notes, not of a section.

        They are the first heading with the date of the meeting, and a heading of level 1 at the top, or right
        below the dated one at the top.
        """
        dated, first = self.dated[:1], self.headings[:1]
        others = self.headings[: 2 if dated and first == dated else 1]
        return (*dated, *(heading for heading in others if heading.level == 1 and heading not in dated))

    @cached_property
    def header_end(self) -> int:
        """The number, from 0, of the line with the first heading that is no title: there the sections begin.

        Without such a heading it is the number of all lines.
        """
        titles = {heading.start for heading in self.titles}
        return next((h.start for h in self.headings if h.start not in titles), len(self.lines))

    def between(self, start: int, end: int) -> tuple[Block, ...]:
        """Return the blocks that begin in `lines[start:end]` and are in no list, quote or footnote."""
        first, last = (bisect_left(self.top, line, key=lambda block: block.start) for line in (start, end))
        return self.top[first:last]

    @cached_property
    def comments(self) -> tuple[Block, ...]:
        """The HTML comments in the document that share no line with other text."""
        html = (block for block in self.blocks if block.kind == "html_block")
        return tuple(block for block in html if _is_comment(self.text(block)))

    @cached_property
    def _seen(self) -> tuple[Block, ...]:
        """The blocks without `comments`."""
        comments = set(self.comments)
        return tuple(block for block in self.blocks if block not in comments) if comments else self.blocks

    def text(self, block: Block) -> str:
        """Return the lines of a block of this document as one text, as typed."""
        return "\n".join(self.lines[block.start : block.end])

    @cached_property
    def definitions(self) -> dict[str, str]:
        """Maps the casefolded label of each link definition to its target; of two with one label, the first.

        https://spec.commonmark.org/0.31.2/#link-reference-definitions
        """
        matches = [match for line in self.lines if "]:" in line and (match := _DEFINITION.fullmatch(line))]
        return {match["label"].casefold(): match["target"] for match in reversed(matches)}

    @cached_property
    def code(self) -> frozenset[int]:
        """The numbers, from 0, of the lines of code blocks, also of those in lists and quotes."""
        return self.lines_of(*CODE)

    def lines_of(self, *kinds: str) -> frozenset[int]:
        """Return the numbers, from 0, of the lines of all blocks of these kinds, such as "table"."""
        return frozenset(
            line for block in self.blocks if block.kind in kinds for line in range(block.start, block.end)
        )


def _is_comment(html: str) -> bool:
    """Return whether HTML is one closed comment with nothing before or after it."""
    comment, closed, after = html.partition("-->")
    return comment.lstrip().startswith("<!--") and bool(closed) and not after.strip()
