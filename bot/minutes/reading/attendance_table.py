"""Read tables of who was there: below a label, with a column of marks (`x`), or with labels in cells."""

import re
from collections.abc import Iterator

from bot.minutes.reading.attendance_labels import Label
from bot.minutes.reading.attendance_list import AttendanceList
from bot.minutes.reading.labels import label_in
from bot.minutes.reading.names import name_in, split
from bot.minutes.text import tables
from bot.minutes.text.logical_lines import LogicalLine
from bot.minutes.text.markdown import plain

_NAME_COLUMN = re.compile(
    r"(?i)(?:full )?names?(?: ?[/&,(].*)?|members?|who|attendees?|participants?|persons?|people"
    r"|姓名|名前|noms?"
    r"|nombres?|nomes?|naam|namn|navn|imię.*|convocad[oa]s|integrantes?|miembros?|membros?|membres?"
    r"|mitglied(?:er)?|teilnehmer(?:in(?:nen)?)?|participantes?|asistentes?|partecipanti|leden|deltagare"
    r"|deltakere?"
)
_GIVEN_NAME = re.compile(
    r"(?i)(?:first|given)[ -]?names?|voornaam|vorname|prénoms?|nombres?|nome|förnamn|fornavn|imię|nom"
)
_FAMILY_NAME = re.compile(
    r"(?i)(?:last|family)[ -]?names?|surnames?|achternaam|(?:nach|familien)name|noms?(?: de famille)?"
    r"|apellidos?|cognomi?e?|sobrenome|efternamn|etternavn|nazwisko|cognoms?"
)
"""The heads of the two columns that a name may be in."""
_MARK_COLUMN = re.compile(
    r"(?i)present[ei]?s?\??|presença|presenza|asist(?:e|ió|encia)|anwesend(?:heit)?|aanwezig|närvarande"
    r"|obecn\w+|participou|compareceu|attend(?:ance|ed|ing|ees?)\??|here\??|出席|présente?|asiste"
)
_OTHER_MARKS = re.compile(
    r"(?i)(?:my |the )?(?:votes?|voted|paid|approv(?:e[sd]?|als?)|agrees?d?|in favou?r|done|reviewed|signed"
    r"|stimme|abstimmung|bezahlt|voto|vota|stem|röst)\??"
)
"""The head of a column of marks for something else than presence."""
_REMARK = r"[ ]*[(,;–—-].*"
_YES = re.compile(
    r"(?i)(?!:x:)\W*(?:y|yes|x|p|present|here|attended|in[- ]person|remote(?:ly)?|online|zoom|phone|late"
    r"|true|1"
    r"|oui|ja|s[íi]|sim|tak|presente?s?|anwesend|aanwezig|närvarande|til ?stede|obecn[ya])"
    rf"(?:{_REMARK})?\W*|(?:joined|arrived|left|from|until|came)\b.*|[✓✔✅☑].*|:(?:white_check_mark"
    rf"|heavy_check_mark|ballot_box_with_check):"
)
_NO = re.compile(
    rf"(?i)[\W_]*|(?:n|no|not present|absent|apolog(?:y|ies)|regrets|excused|away|a|e|0|false|non"
    rf"|nein|não|nee|nej|nei|nie|ausentes?|absente?s?|faltou|abwesend|entschuldigt|afwezig"
    rf"|frånvarande)(?:{_REMARK})?\W*"
    r"|[✗✘❌🚫].*|:(?:x|no_entry(?:_sign)?):"
)


def lists_in_table(
    lines: tuple[str, ...], table: LogicalLine, above: AttendanceList | None
) -> Iterator[AttendanceList]:
    """Yield the attendance lists that a table in `lines` contains; none if it is about other things.

    `above` is the attendance list right above the table, which may continue it; None without one.
    """
    rows = list(tables.rows_of(lines[table.block.start : table.block.end]))
    if not rows:
        return
    head = [plain(cell) for cell in rows[0]]
    marks, names = tables.column(_MARK_COLUMN, head, first=1), tables.column(_NAME_COLUMN, head)
    given, family = tables.column(_GIVEN_NAME, head), tables.column(_FAMILY_NAME, head)
    if given is not None and family is not None and given != family:
        rows, names = [_with_whole_name(row, given, family) for row in rows], family
    body = rows if marks is None and names is None else rows[1:]
    if marks is None and not any(map(_OTHER_MARKS.fullmatch, head)):
        marks = _column_of_marks(body, len(head), any_place=above is not None)
    if names is None and any(one.names for one in _from_labelled_cells(rows[1:], table)):
        yield from _from_labelled_cells(rows, table)
        return
    continues = above is not None and (names is not None or not above.names)
    if continues or marks is not None:
        yield from _from_columns(body, names or 0, marks, table, above if continues else None)
    else:
        yield from _from_labelled_cells(rows, table)


def _with_whole_name(row: tables.Row, given: int, family: int) -> tables.Row:
    """Return a row with the whole name, given name first, in the cell of the family name."""
    cells = [*row]
    if max(given, family) < len(row):
        cells[family] = f"{row[given]} {row[family]}".strip()
    return tuple(cells)


def _column_of_marks(body: list[tables.Row], width: int, *, any_place: bool) -> int | None:
    """Return the index of the first column with nothing but marks, None without one.

    Unless `any_place` is set, only the last of the `width` columns counts.
    """
    column = next((at for at in range(0 if any_place else 1, width) if _holds_marks(body, at)), None)
    return column if any_place or column == width - 1 else None


def _holds_marks(body: list[tables.Row], column: int) -> bool:
    """Return whether all cells of a column are marks of presence or absence, at least one of presence."""
    cells = [row[column] for row in body if column < len(row)]
    return any(_YES.fullmatch(c) for c in cells) and all(_YES.fullmatch(c) or _NO.fullmatch(c) for c in cells)


def _from_columns(
    body: list[tables.Row], names: int, marks: int | None, table: LogicalLine, above: AttendanceList | None
) -> Iterator[AttendanceList]:
    """Yield the list of people whose row is marked as present, then that of those marked as absent.

    `names` and `marks` are the indices of columns; where `marks` is None, all were present. The first list is
    for the field of `above`.
    """
    present: list[str] = []
    absent: list[str] = []
    for row in body:
        name = name_in(row[names]) if names < len(row) else ""
        mark = row[marks] if marks is not None and marks < len(row) else "yes"
        if name and _YES.fullmatch(mark):
            present.append(name)
        elif name and _NO.fullmatch(mark):
            absent.append(name)
    field = above.label.field if above else "attendees"
    yield AttendanceList(Label(field, table, level=1), tuple(present))
    yield AttendanceList(Label("absent", table, level=1), tuple(absent))


def _from_labelled_cells(rows: list[tables.Row], table: LogicalLine) -> Iterator[AttendanceList]:
    """Yield the list in each row of two cells of which the first is a label: `| Attending | Ada, Bo |`."""
    for row in rows:
        filled = [cell for cell in row[2:] if cell]
        labelled = label_in(row[0], alone=True) if len(row) > 1 and not filled else None
        if labelled:
            names = (name for line in tables.names_in(row[1]) for name in split(line))
            yield AttendanceList(Label(labelled[0], table, level=1), tuple(names))
