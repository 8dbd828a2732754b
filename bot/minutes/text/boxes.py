"""What frames text without being part of it: the `:::` lines of pads, and `<details>` with its summary."""

import re
from collections.abc import Iterator

from bot.minutes.text.markdown import NESTED, Block

_DIRECTIVE = re.compile(
    r"[ \t>]*:{3,}[ \t]*(?:[\w-]{1,30}(?=[\s{\[]|\Z))?[ \t]*\[?(?P<title>[^\[\]{}]*?)\]?[ \t]*(?:\{[^{}]*\})?"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_ITEM = re.compile(r"(?i)<li[ >]")


def framed(block: Block, depth: int) -> Iterator[Block]:
    """Yield what a paragraph with `:::` lines says, as paragraphs, without these lines.

    The title in such a line is one of them, as a label. A line that ends a list in a box yields a block "hr".
    `depth` is that of the paragraph before.
    """
    lines = block.text.split("\n")
    first = 0
    for at, line in enumerate([*lines, ":::"]):
        match = _DIRECTIVE.fullmatch(line) if ":::" in line else None
        if match is None:
            continue
        if first < at:
            yield _part(block, lines, first, at)
        if match["title"]:
            yield _part(block, [*lines[:at], _label(match["title"])], at, at + 1)
        elif at < len(lines) and line.strip(" \t>:") == "" and (block.depth or depth):
            yield Block("hr", block.start + at, block.start + at + 1, 0)
        first = at + 1


def unfolded(lines: tuple[str, ...], block: Block) -> Iterator[Block]:
    """Yield what HTML with a `<summary>` says, one paragraph for each line, those of lists in two containers.

    `lines` are those of the whole document.
    """
    html = "\n".join(lines[block.start : block.end])
    html = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), html)
    for number, line in enumerate(html.split("\n"), block.start):
        if said := _TAG.sub("", line).strip():
            depth = block.depth + (NESTED if _ITEM.search(line) else 0)
            text = _label(said) if "<summary" in line else said
            yield Block("paragraph", number, number + 1, depth, text=text)


def _label(title: str) -> str:
    """Return the title of a box as a label for what it holds."""
    return title if ":" in title else f"{title}:"


def _part(block: Block, lines: list[str], first: int, end: int) -> Block:
    return block._replace(start=block.start + first, end=block.start + end, text="\n".join(lines[first:end]))
