"""Parse tables, with pipes or in HTML, into rows of cells as typed."""

import re
from collections.abc import Iterator, Sequence

from bot.minutes.text.caseless import Caseless
from bot.minutes.text.markdown import plain

Row = tuple[str, ...]
Title = re.Pattern[str] | Caseless
"""A pattern of the head of a column."""
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[ \t|:+=-]*")
_ROW = re.compile(r"<tr\b[^<>]*>(?P<cells>.*?)(?=</tr|<tr\b|</table|\Z)", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"<t[dh]\b[^<>]*>(?P<text>.*?)(?=</t[dh]|<t[dh]\b|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BREAK = re.compile(r"<br[ ]*/?>", re.IGNORECASE)


def rows_of(lines: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of the table in `lines`, with pipes or in HTML, as the texts of their cells.

    The delimiter row below the head is left out.
    """
    if any("<tr" in line.lower() for line in lines):
        for row in _ROW.finditer("\n".join(lines)):
            yield tuple(_cell_text(cell["text"]) for cell in _CELL.finditer(row["cells"]))
        return
    for line in lines:
        if "|" in line and not _RULE.fullmatch(line):
            inner = line.strip().removeprefix("|")
            yield tuple(cell.strip() for cell in _PIPE.split(inner.removesuffix("|")))


def column(title: Title, head: Sequence[str], first: int = 0) -> int | None:
    """Return the index of the first column, from `first` on, whose head is such a title; None without one.

    Heads are compared without markup, and without a colon or question mark at the end.
    """
    titles = (plain(cell).rstrip("?: ") for cell in head[first:])
    return next((at for at, text in enumerate(titles, first) if title.fullmatch(text)), None)


def names_in(cell: str) -> list[str]:
    """Return the lines of a table's cell, such as names of people, which `<br>` separates; no empty ones."""
    return [line.strip() for line in _BREAK.split(cell) if line.strip()]


def _cell_text(cell: str) -> str:
    return " ".join(_TAG.sub(" ", cell).split())
