"""Three texts into one: what the bot wrote, what it would write now, and what people made of it meanwhile.

The unit is the line; what only means something as a whole (a fence, HTML, a table's head) is one unit. Edits
of neighbouring units are no conflict, additions at one place are both kept, people's first. Only where both
sides changed the same unit in different ways somebody has to choose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.minutes.align import align
from bot.minutes.document import Document
from bot.minutes.markdown import clean, cut

_WHOLE = frozenset({"fence", "code_block", "html_block"})
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:\s|$)")
_SLOT = re.compile(r"[\s>*_#+-]*(?:[\w /-]{1,60}[:：][\s*_]*|[(*_].*[)*_]\s*|[Nn]/[Aa]|[Tt][Bb][DdAa])?")
"""A unit that waits to be filled: blank, a label without a value, guidance in parentheses or italics."""

Unit = str  # one or more lines


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where both sides changed the same thing; `line` counts from 1 in what people made of it."""

    line: int
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """All three as one. With conflicts the text is the people's, unchanged."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Side:
    """What became of each unit of the base (None: deleted), and what was put before it, or at the end."""

    units: tuple[Unit | None, ...]
    before: tuple[tuple[Unit, ...], ...]

    @classmethod
    def read(cls, base: Sequence[Unit], units: Sequence[Unit]) -> "_Side":
        """Compare a text with the base."""
        became: list[Unit | None] = [None] * len(base)
        before: list[list[Unit]] = [[] for _ in range(len(base) + 1)]
        at = 0
        for old, new in align(base, units):
            if new is not None and old is not None:
                became[old], at = units[new], old + 1
            elif new is not None:
                before[at].append(units[new])
            else:
                at = (old or 0) + 1
        return cls(tuple(became), tuple(map(tuple, before)))


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Merge what people made of `base` (`theirs`) with what the bot would write now (`ours`). Never raises.

    Each line that either side added is in the text or in a conflict; what neither touched stays once.
    """
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    units = _units(base)
    left, right = _Side.read(units, _units(theirs)), _Side.read(units, _units(ours))
    found: list[Unit] = []
    clashes: list[tuple[int, Conflict]] = []
    line = 1
    for at in range(len(units) + 1):
        found += _both(left.before[at], right.before[at])
        line += sum(unit.count("\n") + 1 for unit in left.before[at])
        if at == len(units):
            break
        one, other = left.units[at], right.units[at]
        kept = _choose(units[at], one, other, _is_used(units, left, right, at))
        if isinstance(kept, bool):
            clashes.append((at, Conflict(line, units[at], other or "", one or "")))
        elif kept is not None:
            found.append(kept)
        line += one.count("\n") + 1 if one is not None else 0
    return Merged(theirs, tuple(_joined(clashes))) if clashes else Merged("\n".join(found))


def _choose(base: Unit, theirs: Unit | None, ours: Unit | None, is_used: bool) -> Unit | bool | None:
    """Take one of three versions of a unit; None: it goes, False: somebody has to choose."""
    if base in (theirs, ours) and None in (theirs, ours) and is_used:
        return base
    if theirs == ours or ours == base:
        return theirs
    if theirs == base:
        return ours
    if _SLOT.fullmatch(base) and (not _says(theirs) or not _says(ours)):
        return theirs if _says(theirs) else ours
    return False


def _says(unit: Unit | None) -> bool:
    return unit is not None and bool(unit.strip())


def _is_used(base: Sequence[Unit], left: _Side, right: _Side, at: int) -> bool:
    """Tell whether a heading has something new below it: then it stays, though one side took it out.

    So do the blank lines around it.
    """
    if not base[at].strip():
        around = (at - 1, at + 1)
        return any(_is_used(base, left, right, i) for i in around if 0 <= i < len(base) and base[i].strip())
    if not _HEADING.match(base[at]):
        return False
    for below in range(at + 1, len(base) + 1):
        if any(_says(unit) for unit in (*left.before[below], *right.before[below])):
            return True
        if below < len(base) and _says(base[below]):
            return False
    return False


def _both(theirs: tuple[Unit, ...], ours: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Keep two additions at one place; what both begin with is there once."""
    if theirs == ours or not ours:
        return theirs
    same = next((n for n, pair in enumerate(zip(theirs, ours, strict=False)) if pair[0] != pair[1]), None)
    return (*theirs, *ours[min(len(theirs), len(ours)) if same is None else same :])


def _joined(clashes: Sequence[tuple[int, Conflict]]) -> Iterator[Conflict]:
    """Show conflicts of units that stand together as one."""
    for _, group in groupby(enumerate(clashes), key=lambda each: each[1][0] - each[0]):
        together = [conflict for _, (_, conflict) in group]
        yield Conflict(
            together[0].line,
            *("\n".join(getattr(each, side) for each in together) for side in ("base", "ours", "theirs")),
        )


def _units(text: str) -> tuple[Unit, ...]:
    """Cut a text into its units; joined by line feeds they are the text again."""
    document = Document.read(text)
    lines = cut(clean(text)) if text else ()
    if text.endswith("\n"):
        lines = (*lines, "")
    ends = {}
    for block in document.blocks:
        if block.kind in _WHOLE:
            ends[block.start] = block.end
        elif block.kind == "table":
            ends[block.start] = min(block.start + 2, block.end)
    units: list[Unit] = []
    at = 0
    while at < len(lines):
        end = max(ends.get(at, 0), at + 1)
        units.append("\n".join(lines[at:end]))
        at = end
    return tuple(units)
