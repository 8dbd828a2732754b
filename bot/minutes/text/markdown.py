"""Parse Markdown into blocks with line spans; decode and clean text."""

import re
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from bot.minutes.text.parser import TEXT_LINE, block_parser

Lines = tuple[str, ...]
"""The lines of a text, without their line feeds."""

# Inline text is never parsed: minutes are made of the lines that people typed.
_PARSER = block_parser(quick=True)

GUIDANCE = re.compile(r"\(.*\)|(\*|_)(?!\1).*\1", re.DOTALL)
"""Matches a paragraph in parentheses or italics: what a template says to the writer."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = {b"\xef\xbb\xbf": ("utf-8",), b"\xff\xfe": ("utf-16-le",), b"\xfe\xff": ("utf-16-be",)}
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\n]{0,2000}\)")
_HARD_BREAK = re.compile(r"(?<! ) +\n")
_MARKS = re.compile(r"[\[<\\*_`~]")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\\(?=[!-/:-@\[-`{-~])|[*_`~]+")


def decode(data: bytes) -> str:
    """Return the text of a file: in UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252.

    Never raises.
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252" if encoding == "utf-8" else encoding, "replace")


def encode(text: str, like: bytes) -> bytes:
    """Return a text as the bytes of a file, in the encoding of `like` and with its byte order mark.

    Raises ValueError where `like` is not what its own text would be encoded as, as after bytes that mean
    nothing in its encoding, or where its encoding lacks a character of the text.
    """
    mark = next((mark for mark, _ in _BOMS if like.startswith(mark)), b"")
    for encoding in _ENCODINGS.get(mark, ("utf-8", "cp1252")):
        try:
            if mark + decode(like).encode(encoding) == like:
                return mark + text.encode(encoding)
        except UnicodeEncodeError:
            continue
    raise ValueError("the text cannot be encoded as it was")


def clean(text: str) -> str:
    r"""Return the text with `\n` as its only line end and no byte order mark before it.

    NUL becomes U+FFFD, and so do surrogates, which UTF-8 cannot encode.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    try:
        text.encode()  # the quickest way to see that there is nothing to replace
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def cut(text: str) -> tuple[str, ...]:
    r"""Return the lines of text from `clean`, cut only at `\n` (`str.splitlines` cuts at form feeds too)."""
    lines = text.split("\n")
    return tuple(lines[:-1] if lines[-1] == "" else lines)


def join(lines: tuple[str, ...]) -> str:
    """Return the lines as the text of a file: each ends with a line feed."""
    return "".join(f"{line}\n" for line in lines)


NESTED = 2
"""How much deeper the text of a list item is than its list, or than the item that it is nested in."""


class Block(NamedTuple):  # about one for each line, and a tuple is made three times as fast as a dataclass
    """A block of a Markdown document: `lines[start:end]`, counted from 0, inside `depth` containers.

    `kind` is the parser's name without `_open` (heading, paragraph, bullet_list, list_item, fence, ...). What
    is in a list item has two containers more than the list. `level` is 1 to 6 for headings, else 0; `text` is
    that of headings and paragraphs with its line breaks, without blanks before these, else empty.
    """

    kind: str
    start: int
    end: int
    depth: int
    level: int = 0
    text: str = ""

    def moved(self, by: int) -> "Block":
        """Return the same block, `by` lines further down."""
        return Block(self.kind, self.start + by, self.end + by, self.depth, self.level, self.text)


def parse(lines: tuple[str, ...], offset: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """Return the Markdown blocks of `lines[offset:end]`, outer before inner; `end` None: to the last line.

    The line numbers in the blocks index `lines`, from 0.
    """
    return blocks_of(_PARSER.parse("\n".join(lines[offset:end])), offset) if offset < len(lines) else ()


def blocks_of(tokens: list[Token], offset: int = 0) -> tuple[Block, ...]:
    """Return the blocks for the tokens of the Markdown parser.

    `offset` is the line, from 0, at which the parsed text begins in its document; it is added to their line
    numbers.
    """
    blocks: list[Block] = []
    for token, inner in pairwise([*tokens, *tokens[-1:]]):
        kind = token.type
        if token.map and token.nesting >= 0 and kind != "inline":
            first, last = token.map
            level = int(token.tag[1]) if kind == "heading_open" else 0
            says = token if kind == TEXT_LINE else inner if inner.type == "inline" else None
            text = says.content if says else ""
            if " \n" in text:
                text = _HARD_BREAK.sub("\n", text)
            name = kind.removesuffix("_open")
            blocks.append(Block(name, first + offset, last + offset, token.level, level, text))
    return tuple(blocks)


def plain(text: str) -> str:
    """Return a Markdown text on one line, without markup and the targets of links.

    It is for comparison, never for output.
    """
    if _MARKS.search(text):
        text = _MARKUP.sub("", _LINK.sub(r"\1", text) if "](" in text else text)
    return " ".join(text.split())


def through_blanks(lines: tuple[str, ...], start: int) -> int:
    """Return the index of the first line from `start` on that is not blank; `len(lines)` without one."""
    while start < len(lines) and not lines[start].strip():
        start += 1
    return start
