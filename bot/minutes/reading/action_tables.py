"""Read the tasks in tables: by the heads of columns, or, below a heading for actions, by what is in them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.minutes.reading.action_sections import is_about_actions, names_people
from bot.minutes.reading.action_words import ACTION_COLUMN, NOTHING, OWNER_COLUMN
from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.reading.statements import is_struck, title_of
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.tables import Row, column, rows_of

_UNFILLED = re.compile(r"(?i)[\W_]*(?:who|name|owner|person|assignee|handle|username|your name)[\W_]*")
"""What a form has in the column of owners of a row to be filled in."""
_HOUR = re.compile(r"\W*\d{1,2}[:.h]\d\d")


class Task(NamedTuple):
    """A task in a row of a table, as typed; `owner` and `due` are None where their cells are empty.

    `done` is True where it is struck through, else None.
    """

    text: str
    owner: str | None
    due: str | None
    done: bool | None


def tasks_in_tables(document: Document, end: int, known: frozenset[str]) -> Iterator[Task]:
    """Yield the actions in tables above line `end` that have a column of owners and one of actions.

    Below a heading for actions, the heads of the columns need not say so: that of owners is the first with
    nothing but people, and that of actions the one with the longest texts.
    """
    for line in (line for line in document.logical_lines_above(end) if line.kind == "table"):
        head, *body = [*rows_of(document.lines[line.block.start : line.block.end])] or [()]
        owner, what = column(OWNER_COLUMN, head), column(ACTION_COLUMN, head)
        if (owner is None or what is None) and _is_of_actions(document, line):
            owner, what = _columns_of_tasks(body, len(head), owner, what, known)
        if owner is None or what is None or all(_HOUR.match(cells[0]) for cells in body if cells):
            continue  # no tasks, or a programme
        for cells in body:
            if max(owner, what) >= len(cells) or _UNFILLED.fullmatch(cells[owner]):
                continue
            if not NOTHING.fullmatch(cells[what]):
                due = next((day.text for cell in cells for day in days_in(cell)), None)
                yield Task(cells[what], cells[owner] or None, due, is_struck(cells[what]) or None)


def _is_of_actions(document: Document, table: LogicalLine) -> bool:
    """Return whether the heading above a table is for actions."""
    above = bisect_left(document.headings, table.block.start, key=lambda heading: heading.start)
    return above > 0 and is_about_actions(title_of(document.headings[above - 1].text))


def _columns_of_tasks(
    body: Sequence[Row], width: int, owner: int | None, what: int | None, known: frozenset[str]
) -> tuple[int | None, int | None]:
    """Return the indices of the columns of owners and of actions in a table; those that are given stay.

    `known` is what those who were there are called, in small letters.
    """
    columns = [[row[at] for row in body if at < len(row) and row[at]] for at in range(width)]
    people = (at for at, cells in enumerate(columns) if cells and all(names_people(c, known) for c in cells))
    owner = next(people, None) if owner is None else owner
    others = [at for at in range(width) if at != owner and columns[at]]
    longest = max(others, key=lambda at: sum(map(len, columns[at])), default=None)
    return owner, longest if what is None else what
