"""Find headings: Markdown's own, and lines that are formatted to look like one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.minutes.reading.dates import is_day
from bot.minutes.reading.section_words import TITLE_WORDS, section_key
from bot.minutes.text.markdown import Block, plain

LOWEST = 7
"""The level of a line that only looks like a heading: one below the six of Markdown."""

_OVERLINE = re.compile(r"([=\-~^\"*+#`:.'_])\1{2,}")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)][ \t]+)+(?P<text>\S.*)")
_TAGS = re.compile(r"tags?:.*", re.IGNORECASE)
"""Matches the text of a line of tags, which pads write as a heading: ###### tags: `a` `b`."""
_ESCAPED_NUMBER = re.compile(r"\n\d{1,2}\\[.)]\s")
_ATX = re.compile(r"[\s>*+\d.)-]*#")
_DRESS = re.compile(r"<(?P<tag>[uib])>(?P<text>.+)</(?P=tag)>", re.DOTALL)
_DASHES = re.compile(r"-{3,}[ \t]*")
_HTML = re.compile(r"<[hH](?P<level>[1-6])\b[^<>]*>(?P<text>.+?)</[hH](?P=level)>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PLAIN = re.compile(r"[^\W_a-z][\w ,&/.+()’'–-]*[\w)]")  # no sentence, no label, no link
_SMALL = re.compile(r"[a-z]{1,4}|[^a-z].*|about|between")
_LONGEST = 120  # characters; what is longer is a sentence
_FEWEST_MARKED = 2  # headings with `#`, beside which a line in Title Case is none: somebody's name, say
_MOST_WORDS = 12  # of a title


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write a heading as a paragraph that matches `pattern`; `what` is an example of it.

    The level of such a heading is the number of `#` in the group `marks` of the pattern, else `level`.
    """

    what: str
    pattern: re.Pattern[str]
    level: int = 0
    whole: bool = False
    """Whether the whole paragraph must match; else its first line, and the others are text below it."""


_MAY_BE = re.compile(r"[#*_]|[^\n]*\\|[^\n]*\n.")  # a quick check: true of all styles, and of few paragraphs
STYLES = (
    Style("`#Title`", re.compile(r"(?P<marks>#{2,6}|#(?=[^\W\d_a-z]))(?P<text>[^#\s].*?)[ #]*")),
    Style(r"`\# Title \#`", re.compile(r"(?P<marks>(?:\\#){1,6})[ ]+(?P<text>.*?)(?:[ ]*\\#)*")),
    Style(r"`1\. Title`", re.compile(r"\d{1,2}\\[.)]\s+(?P<text>\S.*)", re.DOTALL), LOWEST, whole=True),
    Style("`**Title**`", re.compile(r"(\*{2,3}|__)(?P<text>(?!\s)(?:(?!\1).)+?)[ ]?(:?\1|\1[ ]?:)"), LOWEST),
    Style(
        "Title over `^^^^`",
        re.compile(
            r"(?=[^\n]*+\n([=~^\"*+#.])\1{2,}\Z)(?:(?=[^\n]*+\n[^.])|(?![^\n]*: ))"  # dots: below no label
            r"(?P<text>\S[^\n]*)\n(?!\.{3}\Z).+"
        ),
        2,
        whole=True,
    ),
)
"""All styles; the first that matches counts."""


def headings(lines: tuple[str, ...], blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the headings among `blocks` of a document, in order, as blocks of kind `heading`.

    They are those of Markdown and paragraphs that look like one, such as `**Title**`; their `text` is without
    the asterisks. Those in quotes and footnotes are left out.
    """
    quotes = 0
    stay: list[Block] = []
    for block in blocks:
        if block.kind in ("blockquote", "footnote_reference"):
            quotes = max(quotes, block.end)
        elif block.start >= quotes and (block.depth == 0 or _is_atx(lines, block)):
            stay.append(block)
    groups = (_read(lines, block, below) for block, below in pairwise([*stay, None]) if block)
    found = tuple(heading for group in groups for heading in group if heading.text)
    if sum(lines[heading.start].lstrip().startswith("#") for heading in found) < _FEWEST_MARKED:
        return found
    return tuple(
        h for h in found if h.level < LOWEST or not _is_title(lines[h.start].strip()) or _is_section(h)
    )


def _is_section(heading: Block) -> bool:
    """Return whether a title has a word that titles of sections have, as `Open Actions` does."""
    return not TITLE_WORDS.isdisjoint(section_key(heading.text).split())


def _is_atx(lines: tuple[str, ...], block: Block) -> bool:
    """Return whether a block is a heading that begins with `#`, the only kind that counts in a list.

    Dashes below the text of a list item make it a heading in Markdown too, but are hardly meant so.
    """
    return block.kind == "heading" and _ATX.match(lines[block.start]) is not None


def _read(lines: tuple[str, ...], block: Block, below: Block | None) -> Iterator[Block]:
    if block.kind == "heading" and not _TAGS.fullmatch(block.text):
        over, _, text = block.text.partition("\n")
        yield block._replace(text=text) if text and _OVERLINE.fullmatch(over) else block
    elif block.kind == "paragraph":
        yield from _in_paragraph(block, below)
    elif block.kind == "html_block":
        yield from _in_html(lines, block)
    elif block.kind == "ordered_list" and _is_ruled(lines, block, below):
        match = _NUMBERED.fullmatch(lines[block.start])
        yield from [_heading(block, LOWEST, match["text"])] if match else []


def _is_ruled(lines: tuple[str, ...], block: Block, below: Block | None) -> bool:
    """Return whether a list is one line above dashes: `1. Title` above `---` is parsed as list and break."""
    ends = block.start + 1
    return below is not None and block.end == below.start == ends and bool(_DASHES.fullmatch(lines[ends]))


def _in_paragraph(block: Block, below: Block | None) -> Iterator[Block]:
    first = block.text.partition("\n")[0]
    for style in STYLES if _MAY_BE.match(block.text) else ():
        match = style.pattern.fullmatch(block.text if style.whole else first)
        if match and not (style.whole and _ESCAPED_NUMBER.search(block.text)):
            marks = match.groupdict().get("marks")
            level = marks.count("#") if marks else style.level
            if level < LOWEST or style.whole or _heads(block, match["text"], below):
                end = block.end if style.whole else block.start + 1
                yield _heading(block, level, match["text"], end)
            return
    if below and below.kind.endswith("_list") and first == block.text and _is_title(first):
        yield _heading(block, LOWEST, first)


def _heads(block: Block, text: str, below: Block | None) -> bool:
    """Return whether a bold line is a heading: with text below it, and neither a sentence nor a date.

    `text` is the line without `**`, `block` its paragraph, `below` the next block.
    """
    words = plain(text)
    sentence = words[-1:] in tuple(".!,;") or ". " in words or words[:1].islower() or len(words) > _LONGEST
    alone = "\n" not in block.text and (below is None or below.kind == "heading" or _is_bold(below))
    return not (sentence or alone or is_day(words))


def _is_bold(block: Block) -> bool:
    return block.kind == "paragraph" and block.text.startswith(("**", "__")) and "\n" not in block.text


def _is_title(line: str) -> bool:
    """Return whether a line is in Title Case or CAPITALS, as plain text and wikis have their headings."""
    words = line.split()
    return (
        len(words) <= _MOST_WORDS
        and _PLAIN.fullmatch(line) is not None
        and all(_SMALL.fullmatch(word) for word in words)
        and not (words[-1].islower() or line.replace(" ", "").isdigit())
    )


def _in_html(lines: tuple[str, ...], block: Block) -> Iterator[Block]:
    text = "\n".join(lines[block.start : block.end])
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for match in _HTML.finditer(text):
        start = block.start + text.count("\n", 0, match.start())
        end = block.start + text.count("\n", 0, match.end()) + 1
        yield _heading(block, int(match["level"]), match["text"].strip(), end)._replace(start=start)


def _heading(block: Block, level: int, text: str, end: int | None = None) -> Block:
    dressed = _DRESS.fullmatch(text.strip())
    title = dressed["text"] if dressed else text.strip()
    return Block("heading", block.start, end or block.end, block.depth, level, title)
