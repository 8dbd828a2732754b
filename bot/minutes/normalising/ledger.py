"""The ledger, which records where every line of the notes went, and its verification."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal

from bot.minutes.normalising.rules import RULES, Change, Sides
from bot.minutes.text.markdown import Lines, clean, cut

Op = Literal["carry", "replace", "add", "drop"]
LineSpan = tuple[int, int]
"""First and last line, counted from 1, both inclusive."""

# Which sides an entry of each kind has: (notes, minutes).
SIDES: dict[str, tuple[bool, bool]] = {
    "carry": (True, True),
    "replace": (True, True),
    "add": (False, True),
    "drop": (True, False),
}
LONGEST = {"replace": 12, "drop": 60}
"""The most lines of the notes in one entry, by operation: no rule may replace or drop a whole text."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A record of where lines went: the lines `src` of the notes became the lines `out` of the minutes.

    Both are first and last line, from 1. `op` is `carry` (unchanged), `replace`, `add` (`src` is None) or
    `drop` (`out` is None). `rule` is the id of the rule that did it, empty for `carry`.
    """

    op: Op
    src: LineSpan | None = None
    out: LineSpan | None = None
    rule: str = ""


def line_mapping(ledger: Iterable[LedgerEntry]) -> Callable[[int], int | None]:
    """Return a function from a line of the notes to its line in the minutes, by the entries of `ledger`.

    Both lines count from 1. It returns None for a line that was dropped.
    """
    kept = sorted((entry.src, entry.out) for entry in ledger if entry.src and entry.out)

    def place(line: int) -> int | None:
        at = bisect_right(kept, line, key=lambda pair: pair[0][0])
        src, out = kept[at - 1] if at else ((0, 0), (0, 0))
        return min(out[0] + line - src[0], out[1]) if line <= src[1] else None

    return place


def verify(notes: str, minutes: str, ledger: Iterable[LedgerEntry]) -> list[str]:
    """Return the problems of the ledger by which notes became minutes; empty if there are none.

    That proves that no line was lost, invented or moved: each non-blank line is covered by exactly one entry
    on both sides, blank ones by at most one; carried lines are identical and in order; every other entry has
    a rule in `RULES`, whose predicate allows it. The code that made the ledger is not trusted. Never raises.
    """
    source, result = cut(clean(notes)), cut(minutes)
    entries = tuple(ledger)
    malformed = [problem for entry in entries for problem in _malformed(entry, source, result)]
    if malformed:
        return malformed
    kept = _lines(source, (entry for entry in entries if entry.op != "drop"))
    again = ("duplicate-paste", "hidden-comment")
    first = _lines(source, (entry for entry in entries if entry.rule not in again))
    sides = Sides(source, result, kept, first)
    return [
        *_coverage("notes", source, [entry.src for entry in entries if entry.src]),
        *_coverage("minutes", result, [entry.out for entry in entries if entry.out]),
        *_order(entries),
        *(problem for entry in entries for problem in _rule_violations(entry, sides)),
    ]


def _lines(source: Lines, entries: Iterable[LedgerEntry]) -> Lines:
    return tuple(chain.from_iterable(source[_slice(entry.src)] for entry in entries))


def _slice(span: LineSpan | None) -> slice:
    return slice(span[0] - 1, span[1]) if span else slice(0, 0)


def _malformed(entry: LedgerEntry, source: Lines, result: Lines) -> Iterator[str]:
    if SIDES.get(entry.op) != (entry.src is not None, entry.out is not None):
        yield f"{entry.op}: not an entry of a ledger"
    for span, lines in ((entry.src, source), (entry.out, result)):
        if span and not 1 <= span[0] <= span[1] <= len(lines):
            yield f"{entry.op}: there are no lines {span[0]} to {span[1]}"


def _coverage(side: str, lines: Lines, spans: list[LineSpan]) -> Iterator[str]:
    covered = 0
    for first, last in [*sorted(spans), (len(lines) + 1, len(lines))]:
        if first <= covered:
            yield f"line {first} of the {side} is covered twice"
        for number, line in enumerate(lines[covered : first - 1], covered + 1):
            if line.strip():
                yield f"line {number} of the {side} is not covered"
        covered = max(covered, last)


def _order(entries: tuple[LedgerEntry, ...]) -> Iterator[str]:
    """Yield a problem for each entry whose order differs between notes and minutes."""
    pairs = sorted((e.src, e.out) for e in entries if e.src and e.out)
    for (_, before), (src, after) in pairwise(pairs):
        if after[0] <= before[1]:
            yield f"line {src[0]} of the notes is out of order"


def _rule_violations(entry: LedgerEntry, sides: Sides) -> Iterator[str]:
    src, out = _slice(entry.src), _slice(entry.out)
    if entry.op == "carry":
        if sides.notes[src] != sides.minutes[out]:
            yield f"lines {entry.src} were not carried as they stand"
        return
    rule = RULES.get(entry.rule)
    if rule is None or rule.op != entry.op:
        yield f"{entry.op}: no rule {entry.rule!r} does that"
    elif src.stop - src.start > LONGEST.get(entry.op, 0) and entry.src:
        yield f"{entry.rule}: {src.stop - src.start} lines are too many for one entry"
    elif not rule.allows(Change(sides, src, out)):
        yield f"{entry.rule}: not what the rule may do, at {entry.src or entry.out}"
