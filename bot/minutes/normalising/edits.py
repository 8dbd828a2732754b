"""Apply edits to notes: lines that no edit touches are carried as typed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.minutes.normalising.ledger import LONGEST, LedgerEntry, Op
from bot.minutes.text.markdown import Lines


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to notes: the lines `start` to `end`, half-open and from 0, become `lines`.

    `rule` is the id of the rule that makes it, empty where only blank lines are dropped. With `start == end`
    lines are added; without `lines` they are dropped.
    """

    start: int
    end: int
    lines: Lines
    rule: str


def apply_edits(notes: Lines, edits: Iterable[Edit]) -> tuple[Lines, tuple[LedgerEntry, ...]]:
    """Return the minutes that edits make of notes, and the ledger: where each line went, by which rule.

    Of two edits that touch the same line the first one is applied.
    """
    minutes: list[str] = []
    ledger: list[LedgerEntry] = []
    at = 0

    def note(op: Op, start: int, end: int, lines: Lines, rule: str = "") -> None:
        out = (len(minutes) + 1, len(minutes) + len(lines)) if lines else None
        minutes.extend(lines)
        if out or any(line.strip() for line in notes[start:end]):
            ledger.append(LedgerEntry(op, (start + 1, end) if end > start else None, out, rule))

    for edit in _apart(edits):
        if edit.start > at:
            note("carry", at, edit.start, notes[at : edit.start])
        note(_op(edit), edit.start, edit.end, edit.lines, edit.rule)
        at = edit.end
    if at < len(notes):
        note("carry", at, len(notes), notes[at:])
    return tuple(minutes), tuple(ledger)


def _op(edit: Edit) -> Op:
    if edit.start == edit.end:
        return "add"
    return "replace" if edit.lines else "drop"


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits sorted by line, without those that touch a line of an edit given before them."""
    changed: set[int] = set()
    inner: set[int] = set()  # lines of an edit below its first one: nothing is added above these
    kept: list[Edit] = []
    for edit in edits:
        span_lines = set(range(edit.start, edit.end))
        if (span_lines and not span_lines & changed) or (
            edit.lines and not span_lines and edit.start not in inner
        ):
            changed |= span_lines
            inner |= span_lines - {edit.start}
            kept.extend(_short_enough(edit))
    return sorted(kept, key=lambda edit: (edit.start, edit.end > edit.start))


def _short_enough(edit: Edit) -> Iterator[Edit]:
    """Yield the edit, or its parts where it drops more lines than one entry of the ledger may."""
    if edit.lines or edit.end - edit.start <= LONGEST["drop"]:
        yield edit
        return
    for start in range(edit.start, edit.end, LONGEST["drop"]):
        yield replace(edit, start=start, end=min(start + LONGEST["drop"], edit.end))
