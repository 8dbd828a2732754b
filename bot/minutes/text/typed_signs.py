"""Read signs of structure that people type where Markdown has others: bullets, boxes, numbers, columns."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["bullet", "dash", "box", "mark", "number", "label"]

BULLETS = {sign: rank for rank, signs in enumerate(("•●∙‣▪■", "◦○⁃–—·", "▫□◆")) for sign in signs}
"""The signs of list items, with their usual levels."""
OPEN, DONE = "☐", "☑"
MARKS = "✓✔☒✗✘❏❑"
"""Signs at the beginning of items that may mean anything, and stay as text."""
_WEAK = "–—·"  # also signs of speech, and of authors below a quotation
_BOX = rf"(?P<box>[{OPEN}{DONE}]\ufe0f?|\[[ xX]\])"
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?:"
    rf"(?:[{''.join(BULLETS)}][ \t]+)?{_BOX}[ \t]+"
    rf"|(?P<bullet>[{''.join(BULLETS)}{MARKS}])\ufe0f?[ \t]+"
    r"|(?P<number>\d{1,9}[.)])[ \t]+"
    r"|(?P<label>\d{1,3}(?:\.\d{1,3}){1,4}\.?\t|\(?(?:[A-Za-z]|[ivx]{2,5})\)[ \t]"
    r"|(?:[A-Za-z]|[ivx]{2,5})\.\t)"
    r"[ \t]*)(?P<text>\S.*)"
)
_BEGINS = re.compile(
    rf"[ \t]*(?:[{''.join(BULLETS)}{MARKS}{OPEN}{DONE}]|\[[ xX]\]|\d|\(?[A-Za-z]{{1,5}}[.)]"
    rf"|(?:[-*+]|\d+[.)])[ \t]+[{OPEN}{DONE}])"
)
_IN_ITEM = re.compile(rf"(?P<box>[{OPEN}{DONE}]\ufe0f?)[ \t]+(?P<text>\S.*)")
# What would begin another block at the beginning of an item.
_BLOCK = re.compile(
    r"[#>|=~`]|[-*+](?:[ \t]|$)|([-*_])(?:[ \t]*\1){2,}|\d{1,9}[.)](?:[ \t]|$)|<[A-Za-z!/?]|\[[^\]]*\]:"
)


class TypedItem(NamedTuple):
    """A list item with typed signs: `columns` of indentation, Markdown's `marker`, and the `text`.

    `sign` is what is equal in items of one level, and `rank` its usual level.
    """

    kind: Kind
    columns: int
    sign: str
    rank: int
    marker: str
    text: str


def may_be_item(line: str) -> bool:
    """Return whether a line may be a list item with typed signs, or one with a typed box: a quick check."""
    return _BEGINS.match(line) is not None


def typed_item(line: str) -> TypedItem | None:
    """Return the list item that a line with a typed sign is; None for another line."""
    match = _LINE.fullmatch(line)
    if match is None or _BLOCK.match(match["text"]):
        return None
    columns, text = len(match["indent"].expandtabs(4)), match["text"]
    if match["box"]:
        return TypedItem("box", columns, "box", 0, "- ", f"{markdown_box(match['box'])} {text}")
    if sign := match["bullet"]:
        if sign in MARKS:
            return TypedItem("mark", columns, "box", 0, "- ", line.strip(" \t"))
        return TypedItem("dash" if sign in _WEAK else "bullet", columns, sign, BULLETS[sign], "- ", text)
    if number := match["number"]:
        return TypedItem("number", columns, number[-1], 0, f"{number} ", text)
    label = match["label"].strip()
    shape = f"label{label.strip('.').count('.')}" if label[0].isdigit() else "letter"
    return TypedItem("label", columns, shape, 1 + label.strip(".").count("."), "- ", f"{label} {text}")


def boxed(text: str) -> str | None:
    """Return the text of a list item that begins with a typed box, with one of Markdown; None for another."""
    match = _IN_ITEM.fullmatch(text)
    return (
        f"{markdown_box(match['box'])} {match['text']}" if match and not _BLOCK.match(match["text"]) else None
    )


def markdown_box(sign: str) -> str:
    """Return Markdown's box for a typed one: `[x]` for what is done, `[ ]` for what is not."""
    return "[x]" if sign[0] in DONE or sign in ("[x]", "[X]") else "[ ]"


def columns_of(line: str) -> tuple[str, ...]:
    """Return the cells of a line that is cut into columns by tabs; one cell where there is no tab."""
    return tuple(cell.strip() for cell in line.lstrip(" \t").split("\t"))


def row(cells: Sequence[str]) -> str:
    """Return a row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def delimiter(count: int) -> str:
    """Return the line below the head of a Markdown table with as many columns."""
    return f"|{' --- |' * count}"
