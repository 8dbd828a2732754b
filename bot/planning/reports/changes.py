"""What is not word for word in minutes, as tables of before and after, one for each rule. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.minutes import RULES, LedgerEntry, Minutes
from bot.minutes.text.counts import counted
from bot.minutes.text.markdown import Lines, cut
from bot.planning import texts

SHOWN = 10
"""The most lines of the tables that are shown at once; the others are folded."""
FOLDED = 60
"""The most lines of the folded tables; the file's diff shows the rest."""
TALLEST = 3
"""The most lines in one cell."""
WIDEST = 72
"""The most characters of a line."""

_CONTEXT = 24  # characters of a long line that are shown before the first that changed
_HIDDEN = frozenset({"hidden-comment"})  # rules that drop what nobody was to see


@dataclass(frozen=True, slots=True)
class Place:
    """A place where minutes differ from notes: its line in the minutes, before and after as cells of a table.

    `line` is empty where the lines were dropped. `height` is how many lines the higher one of the cells has.
    """

    rule: str
    line: str
    before: str
    after: str
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """Places at which one rule changed lines: what it is about, and at how many places it did so in all."""

    what: str
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All places where minutes differ from notes: `count` of them, some `shown`, some `folded`, by rule.

    `left` is how many are not shown at once, and `unshown` how many are not folded either.
    """

    count: int
    shown: tuple[Group, ...] = ()
    folded: tuple[Group, ...] = ()
    left: int = 0
    unshown: int = 0


def changes(notes: str, minutes: Minutes, *, shows_notes: bool = True) -> Changes:
    """Return what is not word for word in minutes of notes, grouped by rule, in the order of the minutes.

    Each rule has its first place among those that are shown at once, as far as there is room. Of comments
    that the issue does not show only the number of lines is told, and so of all lines of the notes without
    `shows_notes`, which is for minutes that more people see than the notes.
    """
    sides = minutes.taken_from(notes), cut(minutes.text)
    places = [
        _place(*sides, entry, shows_notes and entry.rule not in _HIDDEN)
        for entry in minutes.ledger
        if entry.op != "carry"
    ]
    by_rule: dict[str, list[Place]] = {}
    for place in places:
        by_rule.setdefault(place.rule, []).append(place)
    order = [place for _, place in sorted(_ranked(by_rule.values()), key=lambda each: each[0])]
    shown = _fitting(order, SHOWN)
    folded = _fitting(order[len(shown) :], FOLDED)
    left = len(order) - len(shown)
    return Changes(
        len(places),
        tuple(_groups(shown, by_rule)),
        tuple(_groups(folded, by_rule)),
        left,
        left - len(folded),
    )


def _ranked(groups: Iterable[Sequence[Place]]) -> Iterator[tuple[int, Place]]:
    """Yield each place with its rank: the first one of each rule stands before all second ones."""
    for group in groups:
        yield from enumerate(group)


def _fitting(places: Sequence[Place], room: int) -> list[Place]:
    """Return as many of the first places as have no more lines than there is room for."""
    kept: list[Place] = []
    for place in places:
        room -= place.height
        if room < 0:
            break
        kept.append(place)
    return kept


def _groups(places: Sequence[Place], by_rule: dict[str, list[Place]]) -> Iterator[Group]:
    for rule, whole in by_rule.items():
        if own := tuple(place for place in places if place.rule == rule):
            yield Group(RULES[rule].what, len(whole), own)


def _place(notes: Lines, minutes: Lines, entry: LedgerEntry, shows_notes: bool) -> Place:
    before = notes[entry.src[0] - 1 : entry.src[1]] if entry.src else ()
    after = minutes[entry.out[0] - 1 : entry.out[1]] if entry.out else ()
    line = str(entry.out[0]) if entry.out else ""
    if entry.out and not any(text.strip() for text in after):
        below = next((text for text in minutes[entry.out[1] :] if text.strip()), "")
        return Place(entry.rule, line, "", f"*blank line* above {_code(_shortened(below))}", 1)
    if entry.src and not shows_notes:
        count = sum(bool(text.strip()) for text in before)
        hidden = f"*{counted(count, 'line')}, not shown here*"
        return Place(entry.rule, line, hidden, _cell(_cut(after)), _height(after))
    if len(before) == len(after) == 1:
        before, after = _cut_alike(before[0], after[0])
    else:
        before, after = _cut(before), _cut(after)
    return Place(entry.rule, line, _cell(before), _cell(after), max(_height(before), _height(after)))


def _height(lines: Lines) -> int:
    return max(1, min(TALLEST, sum(bool(line.strip()) for line in lines)))


def _cell(lines: Lines) -> str:
    """Return lines as the Markdown of one cell; of more than `TALLEST` lines some are only counted."""
    filled = [line for line in lines if line.strip()]
    if len(filled) <= TALLEST:
        return "<br>".join(map(_code, filled))
    shown = [*map(_code, filled[: TALLEST - 1]), f"*and {len(filled) - TALLEST + 1} more lines*"]
    return "<br>".join(shown)


def _cut_alike(before: str, after: str) -> tuple[Lines, Lines]:
    """Return one line and what became of it, both cut at the same place: a little before they differ."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, same - _CONTEXT) if max(len(before), len(after)) > WIDEST else 0
    word = before.find(" ", start, same) + 1
    start = word if start and word else start
    return (_shortened(before, start),), (_shortened(after, start),)


def _cut(lines: Lines) -> Lines:
    return tuple(_shortened(line) for line in lines)


def _shortened(line: str, start: int = 0) -> str:
    """Return what a line has from `start`, with an ellipsis for what is left out on either side."""
    kept = line[start:]
    if len(kept) > WIDEST:
        word = kept.rfind(" ", WIDEST - _CONTEXT, WIDEST) + 1
        kept = kept[: word or WIDEST] + "…"
    return f"…{kept}" if start else kept


def _code(line: str) -> str:
    """Return a line as a code span within a table: it is shown as typed, and nothing in it has an effect.

    Tabs, and blanks at the end, are shown by signs. The fence is too long for the text to end it; a pipe is
    escaped, as a table wants even there (GFM section 4.10); no HTML comment begins in it.
    """
    text = line.rstrip(" ")
    text = (text + "␣" * (len(line) - len(text))).replace("\t", "⇥")
    text = re.sub(r"[\x00-\x1f\x7f]", "", text).replace("|", r"\|").replace("<!--", f"<{texts.JOINER}!--")
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
