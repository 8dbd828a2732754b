"""Find lines of plain text: in a paragraph, not quoted, in no list, code, link or HTML element."""

import re
from collections.abc import Iterator
from typing import Any

from bot.minutes.text.parser import block_parser, text_parser

_BLOCKS = block_parser()
_TEXT = text_parser()

# Elements whose content is quoted, listed, shown as code, folded or struck out. Comments are matched as a
# whole, so that tags in them do not count.
_ELEMENT = re.compile(
    r"(?s)<!--.*?(?:-->|\Z)|<(?P<end>/?)(?i:a|blockquote|code|del|details|dl|h[1-6]|kbd|ol|pre|q|s|samp|table"
    r"|ul)(?![\w-])"
)


def plain_lines(lines: tuple[str, ...], wanted: re.Pattern[str]) -> tuple[int, ...]:
    """Return the numbers, from 0, of lines that match `wanted` and are plain text of a paragraph.

    The paragraph is in no list, quote or HTML element, and the line does not begin inside of markup such as a
    link that spans lines. Takes time in proportion to the length of the lines.
    """
    links: dict[str, Any] = {}  # the definitions `[text]: target`, by which a text is a link
    inside = 0
    numbers: list[int] = []
    for token in _BLOCKS.parse("\n".join(lines), links):
        if token.level or token.map is None:
            continue
        start, end = token.map
        if token.type == "html_block":
            inside = _inside(inside, token.content)
        elif token.type == "paragraph_open" and not inside:
            numbers += [start + line for line in _plain(lines[start:end], wanted, links)]
    return tuple(numbers)


def _plain(lines: tuple[str, ...], wanted: re.Pattern[str], links: dict[str, Any]) -> list[int]:
    """Return the indices of the lines that match `wanted` and do not begin in markup opened above them."""
    matching = [line for line, text in enumerate(lines) if wanted.match(text)]
    if matching in ([], [0]):
        return matching
    return sorted({0, *_line_starts("\n".join(lines), links)} & set(matching))


def _line_starts(text: str, links: dict[str, Any]) -> Iterator[int]:
    """Yield the indices, from 1, of the lines below the first that begin outside of markup."""
    inside = line = seen = 0
    for token in _TEXT.inline.parse(text, _TEXT, links, []):
        if token.type == "html_inline":
            inside = _inside(inside, token.content)
        elif token.tag == "br" and token.level == inside == 0:
            line += text.count("\n", seen, token.meta["next"])
            seen = token.meta["next"]
            yield line


def _inside(depth: int, html: str) -> int:
    """Return how many of `_ELEMENT` are open after the HTML, where `depth` were open before it."""
    for match in _ELEMENT.finditer(html):
        if match["end"] is not None:
            depth = max(0, depth - 1 if match["end"] else depth + 1)
    return depth
