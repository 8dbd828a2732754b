"""Diff one side of a merge against the base, into hunks as small as possible."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.minutes.merging.segments import Segment, Segments
from bot.minutes.text.align import Pair, align

_ALIKE = 0.5  # the share of the words of the shorter of two segments that similar ones have in common
_MOST_PAIRS = 144  # comparisons of segments in one hunk; where it needs more, none are similar
_WORD = re.compile(r"\w+")

SegmentRange = tuple[int, int]
"""Indices of segments, from 0 and half-open."""


class Hunk(NamedTuple):
    """A change: segments `start` to `end` of the base became segments `low` to `high` of one side.

    Both ranges are half-open and count from 0. An insertion has no segments of the base, a deletion none of
    the side. `edit`: whether it is one segment, of which only the words changed.
    """

    start: int
    end: int
    low: int
    high: int
    edit: bool = False


@dataclass(frozen=True)
class Side:
    """One of the two changed texts of a merge (`ours` or `theirs`) as `text`, compared with the base."""

    base: Segments
    text: Segments

    @cached_property
    def hunks(self) -> tuple[Hunk, ...]:
        """All changes from the base to this side's text, in order."""
        return tuple(_hunks(self.base, self.text))

    @cached_property
    def at(self) -> dict[int, int]:
        """Maps the index of each segment of the base to its index in this text, except deleted segments."""
        edited = ((hunk.start, hunk.low) for hunk in self.hunks if hunk.edit)
        return dict(align(self.base.keys, self.text.keys)) | dict(edited)

    def range_of(self, start: int, end: int, hunks: list[Hunk]) -> SegmentRange:
        """Return which segments of this text the segments `start` to `end` of the base became.

        All indices are half-open ranges from 0. `hunks` are the changes by this side within `start` to `end`;
        segments that are in none of them are as in the base.
        """
        if hunks:
            first, last = hunks[0], max(hunks, key=lambda hunk: (hunk.end, hunk.high))  # some lie in others
            return first.low - (first.start - start), last.high + (end - last.end)
        if start < end:
            return self.at[start], self.at[start] + end - start
        above = bisect_left(self._left, start)  # how many segments of the base above are still there
        low = self.at[self._left[above - 1]] + 1 if above else 0
        return low, low

    def widened(self, hunk: Hunk, other: "Side") -> Hunk:
        """Return a hunk of this side, begun higher if `other` deleted the heading or item above it.

        It then includes that heading or item, since otherwise the segments that belong to it would end up
        below another one. An edit is returned as it is.
        """
        if hunk.edit:
            return hunk
        above = {self.text.parents[segment] for segment in range(hunk.low, hunk.high)}
        places = ((self._back.get(segment, -1), segment) for segment in above if 0 <= segment < hunk.low)
        lost = [(start, low) for start, low in places if start >= 0 and start not in other.at]
        start, low = min(lost, default=(hunk.start, hunk.low))
        return hunk._replace(start=min(start, hunk.start), low=min(low, hunk.low))

    @cached_property
    def _left(self) -> list[int]:
        return sorted(self.at)

    @cached_property
    def _back(self) -> dict[int, int]:
        return {own: base for base, own in self.at.items()}


def _hunks(base: Segments, text: Segments) -> Iterator[Hunk]:
    at = (0, 0)
    for start, low in (*align(base.keys, text.keys), (len(base.segments), len(text.segments))):
        yield from _split_at_edits(base, text, Hunk(at[0], start, at[1], low))
        at = (start + 1, low + 1)


def _split_at_edits(base: Segments, text: Segments, hunk: Hunk) -> Iterator[Hunk]:
    """Yield the hunks into which edited segments split a hunk, each edit as a hunk of its own."""
    start, low = hunk.start, hunk.low
    old, new = base.segments[start : hunk.end], text.segments[low : hunk.high]
    for a, b in (*_edited(old, new), (len(old), len(new))):
        yield from _plain(base, text, Hunk(start, hunk.start + a, low, hunk.low + b))
        start, low = hunk.start + a + 1, hunk.low + b + 1
        if a < len(old):
            yield Hunk(start - 1, start, low - 1, low, edit=True)


def _plain(base: Segments, text: Segments, hunk: Hunk) -> Iterator[Hunk]:
    """Yield a hunk without pairs of similar segments, or one for each of its segments if all were deleted.

    One segment in place of another counts as an edit, if they are of the same kind.
    """
    start, end, low, high = hunk[:4]
    if (end - start, high - low) == (1, 1):
        yield hunk._replace(edit=_comparable(base.segments[start], text.segments[low]))
    elif high > low:
        yield hunk
    else:
        yield from (Hunk(gone, gone + 1, low, low) for gone in range(start, end))


def _edited(old: tuple[Segment, ...], new: tuple[Segment, ...]) -> list[Pair]:
    """Return the index pairs of similar segments, rising on both sides, that share the most words in total.

    Dynamic programming; none where there are more than `_MOST_PAIRS` pairs to compare.
    """
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return []
    best: list[list[tuple[int, list[Pair]]]] = [[(0, [])] * (len(new) + 1) for _ in range(len(old) + 1)]
    for a, segment in enumerate(old):
        for b, other in enumerate(new):
            shared, pairs = _shared(segment, other), best[a][b]
            paired = (pairs[0] + shared, [*pairs[1], (a, b)]) if shared else pairs
            best[a + 1][b + 1] = max(paired, best[a][b + 1], best[a + 1][b], key=lambda scored: scored[0])
    return best[-1][-1][1]


def _shared(segment: Segment, other: Segment) -> int:
    """Return the number of words that two segments share, 0 where they are not similar."""
    if not _comparable(segment, other):
        return 0
    words, others = set(_WORD.findall(segment.text)), set(_WORD.findall(other.text))
    shared = len(words & others)
    return shared if shared >= _ALIKE * min(len(words), len(others)) else 0


def _comparable(segment: Segment, other: Segment) -> bool:
    """Return whether `other` may be an edit of `segment`, of the same kind.

    Guidance, placeholders and empty items are never edited, only removed.
    """
    same_place = (segment.kind, segment.head) == (other.kind, other.head)
    return same_place and (segment.is_label or not segment.is_open)
