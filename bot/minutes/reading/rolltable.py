"""A table of who was there: below a label, with a column of marks, or with a label in its first cell."""

import re
from collections.abc import Iterator

from bot.minutes.reading.labels import label_in
from bot.minutes.reading.names import name_in, split
from bot.minutes.reading.rollcall import Call
from bot.minutes.text import tables
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import plain

_NAMED = re.compile(
    r"(?i)(?:full )?names?|members?|who|attendees?|participants?|persons?|people|姓名|名前|nom|nombre"
)
_MARKED = re.compile(r"(?i)present\??|attend(?:ance|ed|ing|ees?)\??|here\??|出席|présente?|asiste")
_YES = re.compile(
    r"(?i)\W*(?:y|yes|x|p|present|here|attended|in person|remote|true|1|oui|ja|sí)\W*|[✓✔✅☑].*"
    r"|:(?:white_check_mark|heavy_check_mark|x):"
)
_NO = re.compile(r"(?i)[\W_]*|(?:n|no|absent|regrets|excused|a|e|0|false|non|nein)\W*")


def in_table(lines: tuple[str, ...], line: LogicalLine, call: Call | None) -> Iterator[Call]:
    """Read the table of a row; `call` is what it stands below."""
    table = list(tables.rows_of(lines[line.block.start : line.block.end]))
    if not table:
        return
    head = [plain(cell) for cell in table[0]]
    marks = next((at for at, cell in enumerate(head) if at and _MARKED.fullmatch(cell)), None)
    names = next((at for at, cell in enumerate(head) if _NAMED.fullmatch(cell)), None)
    body = table if marks is None and names is None else table[1:]
    if marks is None:
        marks = next((at for at in range(1, len(head)) if _is_marked(body, at)), None)
        marks = marks if call or marks == len(head) - 1 else None
    if call or marks is not None:
        yield from _columns(body, names or 0, marks, line, call)
    else:
        yield from _labelled_cells(table, line)


def _is_marked(body: list[tables.Row], at: int) -> bool:
    """Return whether a column holds nothing but marks of presence."""
    cells = [each[at] for each in body if at < len(each)]
    return any(_YES.fullmatch(c) for c in cells) and all(_YES.fullmatch(c) or _NO.fullmatch(c) for c in cells)


def _columns(
    body: list[tables.Row], names: int, marks: int | None, line: LogicalLine, call: Call | None
) -> Iterator[Call]:
    there, away = Call(call.name if call else "attendees", line, level=1), Call("absent", line, level=1)
    for cells in (cells for cells in body if names < len(cells)):
        name = name_in(cells[names])
        mark = cells[marks] if marks is not None and marks < len(cells) else "yes"
        if name:
            (there if _YES.fullmatch(mark) else away).names.append(name)
    yield there
    yield away


def _labelled_cells(table: list[tables.Row], line: LogicalLine) -> Iterator[Call]:
    for cells in table:
        found = label_in(cells[0], alone=True) if len(cells) == 2 else None
        if found:
            yield Call(
                found[0],
                line,
                level=1,
                names=[name for line in tables.names_in(cells[1]) for name in split(line)],
            )
