"""Text to blocks with line spans."""

import re
from itertools import pairwise
from typing import NamedTuple

from bot.minutes.parser import block_parser

# Inline text is never parsed: minutes are made of the lines that people typed.
_PARSER = block_parser()

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\n]{0,2000}\)")
_MARKS = re.compile(r"[\[<\\*_`~]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\\(?=[!-/:-@\[-`{-~])|[*_`~]+")


def decode(data: bytes) -> str:
    """Read a file as text: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252. Never raises."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252" if encoding == "utf-8" else encoding, "replace")


def clean(text: str) -> str:
    """Give the text one kind of line end, no byte order mark, and nothing that UTF-8 cannot write."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return _SURROGATE.sub("\ufffd", text)


def cut(text: str) -> tuple[str, ...]:
    r"""Cut clean text into its lines, at `\n` and nowhere else (`str.splitlines` cuts at form feeds too)."""
    lines = text.split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def join(lines: tuple[str, ...]) -> str:
    """Make a file of lines: each ends with a line feed."""
    return "".join(f"{line}\n" for line in lines)


class Block(NamedTuple):  # there is one for each line or so, and tuples are made three times as fast
    """A block: `lines[start:end]` of its document, `depth` containers deep.

    `kind` is the parser's name without `_open` (heading, paragraph, bullet_list, list_item, fence, ...);
    `level` is a heading's; `text` is what headings and paragraphs say, inner line breaks kept.
    """

    kind: str
    start: int
    end: int
    depth: int
    level: int = 0
    text: str = ""


def parse(lines: tuple[str, ...], offset: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """List the blocks of `lines[offset:end]`, outer before inner; spans count in `lines`."""
    tokens = _PARSER.parse("\n".join(lines[offset:end]))
    return tuple(
        Block(
            kind=token.type.removesuffix("_open"),
            start=token.map[0] + offset,
            end=token.map[1] + offset,
            depth=token.level,
            level=int(token.tag[1]) if token.type == "heading_open" else 0,
            text=inner.content if inner.type == "inline" else "",
        )
        for token, inner in pairwise([*tokens, *tokens[-1:]])
        if token.map is not None and token.nesting >= 0 and token.type != "inline"
    )


def plain(text: str) -> str:
    """Say what a heading or line says, without links' targets and markup; for comparing, never for output."""
    if _MARKS.search(text):
        text = _MARKUP.sub("", _LINK.sub(r"\1", text))
    return " ".join(text.split())


def through_blanks(lines: tuple[str, ...], start: int) -> int:
    """Find the first line from `start` on that says something, or the end."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start
