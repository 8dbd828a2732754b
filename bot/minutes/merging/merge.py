"""Merge people's changes on the branch and changes in the notes: a three-way merge by segments."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.minutes.merging.hunks import Hunk, SegmentRange, Side
from bot.minutes.merging.scaffold import without_scaffold
from bot.minutes.merging.segments import Blanks, Segment, Segments
from bot.minutes.text.align import align
from bot.minutes.text.markdown import Lines, join


@dataclass(frozen=True, slots=True)
class Conflict:
    """A passage of the base that both sides changed differently, as text in the base, in ours and in theirs.

    `base_line` and `theirs_line` are the lines where it begins, counted from 1. An empty text means that this
    side deleted the passage, or that nothing was there.
    """

    base_line: int
    theirs_line: int
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge: a text with the changes of both sides.

    Where there are conflicts, it is the text of the branch (`theirs`), unchanged.
    """

    text: str
    conflicts: tuple[Conflict, ...] = ()


def merge(base: str, ours: str, theirs: str, *, scaffold: bool = False) -> Merged:
    """Return the merge of the bot's new text (`ours`) with that on the branch (`theirs`). Never raises.

    `base` is what the bot made of the notes last time, before it merged anything into it: with a merged text
    as base, people's edits would count as the bot's, and would be undone.

    Changes of neighbouring segments do not conflict. Two additions at one place are kept, people's first.
    Where one side filled in an open segment, such as an empty item, its text is taken. What one side added
    below a heading, an item or the head of a table that the other side deleted is a conflict. Blank lines
    never conflict: people's are taken.

    `scaffold`: the base is a draft, and the notes may not have been begun from it. What they lack of it does
    not count as deleted: it is removed where nobody edited it, without a conflict with what people typed.

    50 kB with twenty changes on either side take 0.1 s; 64 kB of hostile text take 3 s at most, mostly
    for parsing four texts (`benchmarks/hostile.py`, one core).
    """
    if ours in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(ours)
    texts = Segments.read(base), Segments.read(ours), Segments.read(theirs)
    return _Merge(*(without_scaffold(*texts) if scaffold else texts)).merged(theirs)


class _Entry(NamedTuple):
    """A segment of the merged text, and its index in base, ours and theirs, None where it is not in one."""

    segment: Segment
    base: int | None
    ours: int | None
    theirs: int | None


class _Group(NamedTuple):
    """Segments `start` to `end` of the base, half-open, and the hunks of both sides that overlap there."""

    start: int
    end: int
    ours: list[Hunk]
    theirs: list[Hunk]


_EDGE = Segment("", "edge", 0)  # before the first and after the last segment
_TIGHT = ("list_item", "row")  # kinds of segments between which there are usually no blank lines


class _Merge:
    """A three-way merge of base, ours and theirs."""

    def __init__(self, base: Segments, ours: Segments, theirs: Segments) -> None:
        self.base, self.ours, self.theirs = base, Side(base, ours), Side(base, theirs)
        self.groups = tuple(self._group())

    def merged(self, theirs: str) -> Merged:
        """Return the merged text, with the line ends of `theirs`, or else `theirs` with the conflicts."""
        entries: list[_Entry] = []
        conflicts: list[Conflict] = []
        at = 0
        for group in self.groups:
            entries += self._kept(at, group.start)
            at = group.end
            resolved = self._resolve(group)
            entries += resolved or ()
            conflicts += [self._conflict(group)] if resolved is None else []
        entries += self._kept(at, len(self.base.segments))
        if conflicts:
            return Merged(theirs, tuple(conflicts))
        lines = self._lines(entries)
        if not self._is_proven(entries, lines):
            changes = (self._conflict(group) for group in self.groups if group.ours)
            return Merged(theirs, tuple(change for change in changes if change.ours != change.theirs))
        text = join(lines)
        return Merged(text.replace("\n", "\r\n") if "\r\n" in theirs else text)

    # -- grouping -----------------------------------------------------------------------------------------

    def _group(self) -> Iterator[_Group]:
        """Yield groups of hunks of both sides that overlap in the base or need one decision, in order."""
        ours = ((self.ours.widened(hunk, self.theirs), False) for hunk in self.ours.hunks)
        theirs = ((self.theirs.widened(hunk, self.ours), True) for hunk in self.theirs.hunks)
        group = _Group(0, -1, [], [])
        for hunk, by_people in sorted((*ours, *theirs), key=lambda each: (each[0].start, each[0].end)):
            if not self._meets(group, hunk, by_people):
                if group.end >= 0:
                    yield group
                group = _Group(hunk.start, hunk.end, [], [])
            (group.theirs if by_people else group.ours).append(hunk)
            group = group._replace(end=max(group.end, hunk.end))
        if group.end >= 0:
            yield group

    def _meets(self, group: _Group, hunk: Hunk, by_people: bool) -> bool:
        """Return whether a hunk overlaps the group, or may not be merged on its own right below it.

        `by_people`: whether it is a hunk of theirs, else of ours.
        """
        if hunk.start != group.end:
            return hunk.start < group.end
        inserted = hunk.start == hunk.end
        if inserted and group.start == group.end:
            return True  # two insertions at one place
        side, other = (self.theirs, self.ours) if by_people else (self.ours, self.theirs)
        added, keys = side.text.segments[hunk.low : hunk.high], set(side.text.keys[hunk.low : hunk.high])
        return any(
            not keys.isdisjoint(other.text.keys[low:high])
            or (inserted and not edit and _parent_index(other.text.segments[low:high], added) < high - low)
            for _, _, low, high, edit in (group.ours if by_people else group.theirs)
        )

    def _ranges(self, group: _Group) -> tuple[SegmentRange, SegmentRange]:
        ours = self.ours.range_of(group.start, group.end, group.ours)
        return ours, self.theirs.range_of(group.start, group.end, group.theirs)

    # -- resolving ----------------------------------------------------------------------------------------

    def _kept(self, start: int, end: int) -> Iterator[_Entry]:
        """Yield the entries for segments `start` to `end` of the base, which neither side changed."""
        for at in range(start, end):
            yield _Entry(self.base.segments[at], at, self.ours.at[at], self.theirs.at[at])

    def _resolve(self, group: _Group) -> list[_Entry] | None:
        """Return the entries that a group is merged into, None for a conflict."""
        ours, theirs = self._ranges(group)
        if not group.ours or not group.theirs:
            return self._one_sided(group, ours, theirs)
        mine, yours = self.ours.text.keys[slice(*ours)], self.theirs.text.keys[slice(*theirs)]
        old = set(self.base.keys[group.start : group.end])
        if mine == yours or not old or _extends(mine, yours, old):
            return self._both(ours, theirs)
        if not all(at in self.base.slots for at in range(group.start, group.end)):
            return None
        if _is_blank(self.theirs.text, theirs, old):
            return self._all_of(self.ours, ours)
        if _is_blank(self.ours.text, ours, old):
            return self._all_of(self.theirs, theirs)
        if any(hunk.edit for hunk in (*group.ours, *group.theirs)):
            return None
        return self._both(ours, theirs)

    def _one_sided(self, group: _Group, ours: SegmentRange, theirs: SegmentRange) -> list[_Entry]:
        entries = self._all_of(*((self.ours, ours) if group.ours else (self.theirs, theirs)))
        if group.end == group.start + 1 == group.start + len(entries):
            at = group.start  # an edit: it is still that segment
            return [entries[0]._replace(base=at, ours=self.ours.at.get(at), theirs=self.theirs.at.get(at))]
        return entries

    def _all_of(self, side: Side, span: SegmentRange) -> list[_Entry]:
        places = ((segment, at) for at, segment in enumerate(side.text.segments[slice(*span)], span[0]))
        if side is self.ours:
            return [_Entry(segment, None, at, None) for segment, at in places]
        return [_Entry(segment, None, None, at) for segment, at in places]

    def _both(self, ours: SegmentRange, theirs: SegmentRange) -> list[_Entry]:
        """Return the entries for both ranges, common segments once; theirs first where nesting allows it."""
        mine, yours = self.ours.text.keys, self.theirs.text.keys
        entries: list[_Entry] = []
        i, j = theirs[0], ours[0]
        for a, b in align(yours[i : theirs[1]], mine[j : ours[1]]):
            a, b = theirs[0] + a, ours[0] + b
            entries += _interleaved(self._all_of(self.theirs, (i, a)), self._all_of(self.ours, (j, b)))
            entries.append(_Entry(self.theirs.text.segments[a], None, b, a))
            i, j = a + 1, b + 1
        rest = self._all_of(self.theirs, (i, theirs[1])), self._all_of(self.ours, (j, ours[1]))
        return [*entries, *_interleaved(*rest)]

    def _conflict(self, group: _Group) -> Conflict:
        ours, theirs = self._ranges(group)
        return Conflict(
            base_line=self.base.starts[group.start] + 1,
            theirs_line=self.theirs.text.starts[theirs[0]] + 1,
            base=self.base.text(group.start, group.end),
            ours=self.ours.text.text(*ours),
            theirs=self.theirs.text.text(*theirs),
        )

    # -- writing ------------------------------------------------------------------------------------------

    def _lines(self, entries: list[_Entry]) -> tuple[str, ...]:
        first = _Entry(_EDGE, -1, -1, -1)
        counts = (
            len(segments)
            for segments in (self.base.segments, self.ours.text.segments, self.theirs.text.segments)
        )
        last = _Entry(_EDGE, *counts)
        lines: list[str] = []
        for above, below in pairwise([first, *entries, last]):
            lines += [*self._blanks(above, below), *below.segment.text.split("\n")]
        return tuple(lines[:-1])  # the last one is the empty text of the edge

    def _blanks(self, above: _Entry, below: _Entry) -> Blanks:
        """Return the blank lines between two segments, as in theirs if they are adjacent there, else in ours.

        Ours come first where only ours changed them.
        """
        base = _blanks(self.base, above.base, below.base)
        ours = _blanks(self.ours.text, above.ours, below.ours)
        theirs = _blanks(self.theirs.text, above.theirs, below.theirs)
        if theirs is None or (ours is not None and theirs == base):
            return ours if ours is not None else self._new_blanks(above, below)
        return theirs

    def _new_blanks(self, above: _Entry, below: _Entry) -> Blanks:
        """Return the blank lines between two segments that are adjacent in no text.

        Between segments of one kind, the fewest that this kind has around there; else the most next to them.
        """
        beside = [
            (text, at)
            for text, over, under in (
                (self.ours.text, above.ours, below.ours),
                (self.theirs.text, above.theirs, below.theirs),
            )
            for at in (None if over is None else over + 1, under)
            if at is not None
        ]
        if above.segment.kind != below.segment.kind:
            most = max((text.blanks_above[at] for text, at in beside), key=len)
            return most or (() if _EDGE in (above.segment, below.segment) else ("",))
        alike = [text.blanks_above[at] for text, at in beside if text.is_amid(at, below.segment.kind)]
        return min(alike, key=len, default=() if below.segment.kind in _TIGHT else ("",))

    # -- checking the result -------------------------------------------------------------------------------

    def _is_proven(self, entries: list[_Entry], lines: tuple[str, ...]) -> bool:
        """Return whether the lines have both sides' changes (`keeps`), and are parsed as these segments."""
        reads = Segments.read(join(lines)).keys == tuple(entry.segment.key for entry in entries)
        return reads and keeps(
            self.base.text_lines, self.ours.text.text_lines, self.theirs.text.text_lines, lines
        )


def _blanks(text: Segments, above: int | None, below: int | None) -> Blanks | None:
    """Return the blank lines between two segments of a text, None where they are not adjacent."""
    return text.blanks_above[below] if above is not None and below == above + 1 else None


def _interleaved(first: list[_Entry], second: list[_Entry]) -> list[_Entry]:
    """Return two additions at one place as one, `first` above `second` unless that would change parents."""
    segments, others = ([entry.segment for entry in entries] for entries in (first, second))
    one, two = _parent_index(segments, others), _parent_index(others, segments)
    if one == len(first):
        return first + second
    return _interleaved(first[:one], second[:two]) + _interleaved(first[one:], second[two:])


def _parent_index(first: Sequence[Segment], second: Sequence[Segment]) -> int:
    """Return the index of a segment in `first` that would be the parent of `second` below, else its end."""
    numbered = enumerate(first) if second else ()
    return next((at for at, segment in numbered if segment.nesting < second[0].nesting), len(first))


def keeps(base: Lines, ours: Lines, theirs: Lines, merged: Lines) -> bool:
    """Return whether `merged` lost nothing that was typed in `ours` or `theirs`.

    It must have each line that either of them added to `base`, and the lines that both left alone as often as
    before. Lines without a letter or digit do not count.
    """
    before, mine, yours, now = (Counter(filter(_has_words, lines)) for lines in (base, ours, theirs, merged))
    typed = (mine | yours).keys() - before.keys()
    untouched = (line for line in before if before[line] == mine[line] == yours[line])
    return typed <= now.keys() and all(now[line] == before[line] for line in untouched)


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _extends(mine: Sequence[str], yours: Sequence[str], old: set[str]) -> bool:
    """Return whether one side's segments are all in the other, which only added to them.

    `mine`, `yours` are the keys of both; `old` those of the base, none of which may be among the additions.
    """
    less, more = sorted((set(mine), set(yours)), key=len)
    return bool(less) and less <= more and old.isdisjoint(more - less)


def _is_blank(text: Segments, span: SegmentRange, old: set[str]) -> bool:
    """Return whether a side filled nothing in: its segments in `span` have no words that are not in the base.

    `old` are the keys of the base's segments there.
    """
    segments = zip(text.keys[slice(*span)], text.segments[slice(*span)], strict=True)
    return all(key in old or not _has_words(segment.text) for key, segment in segments)
