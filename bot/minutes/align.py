"""Two sequences side by side: which of these came from which of those. Quick on hostile ones too.

First by what is the same at both ends, then by what is there once on each side (patience diff), and only in
the small gaps between by a full comparison.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Pair = tuple[int | None, int | None]
"""An index on the left and one on the right; None where the other side has nothing."""

_SMALL = 10_000  # pairs that are compared one by one; a larger gap is taken as replaced
_LIKE = 0.5  # from here on two units are versions of one another (0: nothing in common, 1: equal)


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Pair the units of two sequences, in order: equal ones, and versions of one another."""
    pairs: list[Pair] = []
    todo = [(0, len(old), 0, len(new))]
    while todo:
        i, j, k, m = todo.pop()
        start = 0
        while i + start < j and k + start < m and old[i + start] == new[k + start]:
            start += 1
        pairs += [(i + at, k + at) for at in range(start)]
        i, k = i + start, k + start
        end = 0
        while i < j - end and k < m - end and old[j - end - 1] == new[m - end - 1]:
            end += 1
        pairs += [(j - at - 1, m - at - 1) for at in range(end)]
        j, m = j - end, m - end
        anchors = _anchors(old, new, i, j, k, m)
        if anchors:
            ends = [*anchors, (j, m)]
            for left, right in ends:
                todo.append((i, left, k, right))
                if left < j and right < m:
                    pairs.append((left, right))
                i, k = left + 1, right + 1
        else:
            pairs += _gap(old, new, i, j, k, m)
    return _ordered(pairs, len(old), len(new))


def _anchors(old: Sequence[str], new: Sequence[str], i: int, j: int, k: int, m: int) -> list[tuple[int, int]]:
    """Pair what stands once on each side, as many as keep the order (the longest increasing run)."""
    there, here = Counter(new[k:m]), Counter(old[i:j])
    places = {unit: at for at, unit in enumerate(new[k:m], k) if there[unit] == 1}
    once = [(at, places[unit]) for at, unit in enumerate(old[i:j], i) if here[unit] == 1 and unit in places]
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for index, (_, right) in enumerate(once):
        at = bisect_left(tails, right)
        tails[at : at + 1] = [right]
        heads[at : at + 1] = [index]
        before.append(heads[at - 1] if at else -1)
    run, index = [], heads[-1] if heads else -1
    while index >= 0:
        run.append(once[index])
        index = before[index]
    return run[::-1]


def _gap(old: Sequence[str], new: Sequence[str], i: int, j: int, k: int, m: int) -> Iterator[Pair]:
    """Pair what is left between two anchors."""
    if (j - i) * (m - k) > _SMALL:
        return
    for tag, a, b, c, d in SequenceMatcher(None, old[i:j], new[k:m], autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((i + a + at, k + c + at) for at in range(b - a))
        elif tag == "replace":
            yield from _versions(old, new, range(i + a, i + b), range(k + c, k + d))


def _versions(old: Sequence[str], new: Sequence[str], left: range, right: range) -> Iterator[Pair]:
    """Pair units that are versions of one another: those that are alike, or all where there are as many."""
    if len(left) == len(right):
        yield from zip(left, right, strict=True)
        return
    at = right.start
    for index in left:
        likes = ((_alike(old[index], new[other]), -other) for other in range(at, right.stop))
        like, other = max(likes, default=(0.0, 0))
        if like >= _LIKE:
            yield index, -other
            at = -other + 1


def _alike(one: str, other: str) -> float:
    """Measure how much two units share, by their words."""
    here, there = Counter(one.split()), Counter(other.split())
    shared = sum((here & there).values())
    return 2 * shared / ((here.total() + there.total()) or 1)


def _ordered(pairs: list[Pair], left: int, right: int) -> list[Pair]:
    """Put the pairs in order, with what has no partner in its place: what is gone before what is new."""
    partner = dict(pairs)
    found: list[Pair] = []
    at = 0
    for old in range(left):
        new = partner.get(old)
        if new is None:
            found.append((old, None))
            continue
        found += [(None, index) for index in range(at, new)]
        found.append((old, new))
        at = new + 1
    return [*found, *((None, index) for index in range(at, right))]
