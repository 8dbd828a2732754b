"""Make tables of lines that people cut into columns by tabs."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.minutes.normalising.edits import Edit
from bot.minutes.text.markdown import Block
from bot.minutes.text.typed_signs import columns_of, delimiter, row

_FEWEST = 3  # lines of a table
_MARKUP = ("](", "`", "<", "$", "\\", "[[")
_HEADS = re.compile(
    r"(?i)(?:wh(?:o|at|en|ere)|names?|owners?|actions?|items?|tasks?|topics?|due|date|day|deadline|stat(?:us|e)"
    r"|notes?|comments?|decisions?|responsible|persons?|people|lead|priority|role|time|title|description|no|nr"
    r"|#|team|project|area|link|minutes|until|wer|was|wann|qui|quoi|quand)\b"
)


def table_edits(lines: Sequence[str], block: Block, base: int, candidates: Sequence[int]) -> Iterator[Edit]:
    """Yield the edits that make tables of at least three neighbouring lines with as many columns each.

    `candidates` are the lines of the paragraph `block` that may be rows. The tables begin at column `base`.
    """
    shapes = [(number, _shape(lines[number])) for number in candidates]
    keyed = [(number - at, shape, number) for at, (number, shape) in enumerate(shapes)]
    for (_, (_indent, count)), group in groupby(keyed, key=lambda entry: entry[:2]):
        numbers = [number for *_, number in group]
        rows = [columns_of(lines[number]) for number in numbers]
        if count > 1 and len(rows) >= _FEWEST and _are_columns(rows):
            below = numbers[-1] + 1
            if below < block.end and not _is_text(lines[below], base):
                continue
            yield from _table(numbers, rows, " " * base, block)


def _are_columns(rows: Sequence[tuple[str, ...]]) -> bool:
    """Return whether rows have at least two columns with text, and are not all labels with their values."""
    filled = sum(any(cells) for cells in zip(*rows, strict=True))
    return filled > 1 and not all(cells[0].endswith(":") for cells in rows)


def _shape(line: str) -> tuple[str, int]:
    """Return the indentation of a line and its number of columns, 1 where it is no row."""
    text = line.lstrip(" \t")
    fine = "\t" in text and not any(mark in text for mark in _MARKUP)
    return (line[: len(line) - len(line.lstrip(" \t"))], text.count("\t") + 1) if fine else ("", 1)


def _is_text(line: str, base: int) -> bool:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip()) - base < 4


def _table(numbers: list[int], rows: list[tuple[str, ...]], indent: str, block: Block) -> Iterator[Edit]:
    first, count = numbers[0], len(rows[0])
    if first > block.start:
        yield Edit(first, first, ("",), "line-break")
    below_head = indent + delimiter(count)
    top = indent + row(rows[0])
    head = (top, below_head) if _is_head(rows[0]) else (indent + row([" "] * count), below_head, top)
    yield Edit(first, first + 1, head, "table-row")
    for number, cells in zip(numbers[1:], rows[1:], strict=True):
        yield Edit(number, number + 1, (indent + row(cells),), "table-row")
    if numbers[-1] + 1 < block.end:
        yield Edit(numbers[-1] + 1, numbers[-1] + 1, ("",), "line-break")


def _is_head(cells: Sequence[str]) -> bool:
    """Return whether a row names columns: most of its cells are words for columns, or all are bold."""
    known = sum(_HEADS.match(cell.lstrip("*_")) is not None for cell in cells)
    return known * 2 > len(cells) or all(cell.startswith("**") and cell.endswith("**") for cell in cells)
