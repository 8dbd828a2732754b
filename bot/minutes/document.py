"""Notes as they were typed: their lines, their front matter and their blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.minutes import frontmatter
from bot.minutes.frontmatter import FrontMatter
from bot.minutes.markdown import Block, clean, cut, parse, through_blanks


@dataclass(frozen=True, slots=True)
class Document:
    """A text, read once. All spans are half-open and count `lines` from 0."""

    lines: tuple[str, ...]
    fronts: tuple[FrontMatter, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def read(cls, text: str) -> "Document":
        """Read any text; line ends of every kind count."""
        lines = cut(clean(text))
        fronts = frontmatter.read_all(lines)
        return cls(lines, fronts, parse(lines, fronts[-1].end if fronts else 0))

    @property
    def body(self) -> int:
        """The first line below the front matter that says something; the number of lines where none does."""
        return through_blanks(self.lines, self.fronts[-1].end if self.fronts else 0)

    @property
    def top(self) -> Iterator[Block]:
        """The blocks in no container: not in a list, a quote or a footnote."""
        return (block for block in self.blocks if block.depth == 0)

    @property
    def headings(self) -> tuple[Block, ...]:
        """The headings in no container."""
        return tuple(block for block in self.top if block.kind == "heading")
