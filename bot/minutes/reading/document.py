"""Notes as they were typed: their lines, their front matter and their blocks."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

from bot.minutes.reading import outline
from bot.minutes.reading.dates import has_placeholder, names_meeting
from bot.minutes.text import frontmatter
from bot.minutes.text.frontmatter import FrontMatter
from bot.minutes.text.logical_lines import LogicalLine, logical_lines
from bot.minutes.text.markdown import Block, clean, cut, parse, plain, through_blanks

CODE = ("fence", "code_block")
_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<label>[^\[\]]{1,200})\]:[ \t]*<?(?P<target>[^<>\s]+)>?.*")


@dataclass(frozen=True)
class Document:
    """A text, read once. All spans are half-open and count `lines` from 0.

    `own_title` is the title line of the template, where it names no day: notes may have kept it.
    """

    lines: tuple[str, ...]
    front_matters: tuple[FrontMatter, ...]
    blocks: tuple[Block, ...]
    own_title: str = ""

    @classmethod
    def read(cls, text: str, own_title: str = "") -> "Document":
        """Read any text; line ends of every kind count."""
        lines = cut(clean(text))
        front_matters = frontmatter.read_all(lines)
        return cls(
            lines, front_matters, parse(lines, front_matters[-1].end if front_matters else 0), own_title
        )

    @property
    def body(self) -> int:
        """The first line below the front matter that says something; the number of lines where none does."""
        return through_blanks(self.lines, self.front_matters[-1].end if self.front_matters else 0)

    @cached_property
    def top(self) -> tuple[Block, ...]:
        """The blocks in no container: not in a list, a quote or a footnote."""
        return tuple(block for block in self.blocks if block.depth == 0)

    @cached_property
    def logical_lines(self) -> tuple[LogicalLine, ...]:
        """The lines, as people read them."""
        return tuple(logical_lines(self.lines, self.blocks))

    def logical_lines_above(self, end: int) -> tuple[LogicalLine, ...]:
        """Return the rows of the blocks that begin above line `end`."""
        return self.logical_lines[: bisect_left(self.logical_lines, end, key=lambda line: line.block.start)]

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """What was meant as a heading, in Markdown or by its looks (`outline.STYLES`), in no quote."""
        return outline.headings(self.lines, self._seen)

    @cached_property
    def dated(self) -> tuple[Block, ...]:
        """The headings that name a meeting by its day, or are to: those of the level of the first one.

        More than one means that the notes are of several meetings, or were pasted twice.
        """
        shallow = (heading for heading in self.headings if heading.level <= 2)
        dated = [h for h in shallow if names_meeting(plain(h.text)) or self._is_unfilled(h)]
        return tuple(heading for heading in dated if heading.level == dated[0].level)

    def _is_unfilled(self, heading: Block) -> bool:
        """Return whether a heading is a title that was left as the template has it."""
        own = heading == self._seen[0] and self.lines[heading.start] == self.own_title
        return "\n" not in heading.text and (own or has_placeholder(heading.text))

    @cached_property
    def titles(self) -> tuple[Block, ...]:
        """What stands above as a title: a dated heading, and the first of level 1 with or below it."""
        dated, first = self.dated[:1], self.headings[:1]
        others = self.headings[: 2 if dated and first == dated else 1]
        return (*dated, *(heading for heading in others if heading.level == 1 and heading not in dated))

    @cached_property
    def header_end(self) -> int:
        """The line of the first heading that is no title: where the sections begin."""
        titles = {heading.start for heading in self.titles}
        return next((h.start for h in self.headings if h.start not in titles), len(self.lines))

    def between(self, start: int, end: int) -> tuple[Block, ...]:
        """List the blocks in no container that begin in `lines[start:end]`."""
        first, last = (bisect_left(self.top, line, key=lambda block: block.start) for line in (start, end))
        return self.top[first:last]

    @cached_property
    def comments(self) -> tuple[Block, ...]:
        """The HTML comments that have whole lines to themselves."""
        html = (block for block in self.blocks if block.kind == "html_block")
        return tuple(block for block in html if _is_comment(self.text(block)))

    @cached_property
    def _seen(self) -> tuple[Block, ...]:
        """The blocks without the comments."""
        comments = set(self.comments)
        return tuple(block for block in self.blocks if block not in comments) if comments else self.blocks

    def text(self, block: Block) -> str:
        """Return the lines of a block, as typed."""
        return "\n".join(self.lines[block.start : block.end])

    @cached_property
    def definitions(self) -> dict[str, str]:
        """The targets of reference links, by their labels without case; the first of two holds.

        https://spec.commonmark.org/0.31.2/#link-reference-definitions
        """
        found = [match for line in self.lines if "]:" in line and (match := _DEFINITION.fullmatch(line))]
        return {match["label"].casefold(): match["target"] for match in reversed(found)}

    @cached_property
    def code(self) -> frozenset[int]:
        """The lines of code blocks, wherever they stand."""
        return self.lines_of(*CODE)

    def lines_of(self, *kinds: str) -> frozenset[int]:
        """List the lines of the blocks of those kinds."""
        return frozenset(
            line for block in self.blocks if block.kind in kinds for line in range(block.start, block.end)
        )


def _is_comment(html: str) -> bool:
    """Return whether it is one whole comment, and nothing beside it."""
    comment, closed, after = html.partition("-->")
    return comment.lstrip().startswith("<!--") and bool(closed) and not after.strip()
