"""Align two sequences: which items both have, in order. Time is bounded for hostile input too."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

Keys = Sequence[str]
Pair = tuple[int, int]
"""The index of an item in the old sequence, and its index in the new one; both count from 0."""

_MOST_EDITS = 64
"""The most insertions and deletions that are searched for between two landmarks, to bound the time."""


def align(old: Keys, new: Keys) -> list[Pair]:
    """Return the pairs of indices, from 0, of items in `old` and `new` that correspond, in rising order.

    Items that occur exactly once on each side, in the same order, are landmarks (Bram Cohen's patience diff).
    Between two landmarks the common prefix and suffix are paired, and what the shortest edit script keeps of
    the rest; nothing of the rest where that script would be too long to find quickly.
    """
    pairs: list[Pair] = []
    above = (-1, -1)
    for below in (*_landmarks(old, new), (len(old), len(new))):
        i, j = above[0] + 1, above[1] + 1
        pairs += [(i + a, j + b) for a, b in _between(old[i : below[0]], new[j : below[1]])]
        pairs.append(below)
        above = below
    return pairs[:-1]


def _landmarks(old: Keys, new: Keys) -> list[Pair]:
    once = _once(old) & _once(new)
    where = {key: at for at, key in enumerate(new) if key in once}
    return _longest_rise([(at, where[key]) for at, key in enumerate(old) if key in once])


def _once(keys: Keys) -> set[str]:
    return {key for key, count in Counter(keys).items() if count == 1}


def _longest_rise(pairs: list[Pair]) -> list[Pair]:
    """Return the longest subsequence whose second indices rise as the first ones do (patience sorting)."""
    lowest: list[int] = []  # at index n the lowest second index that ends a subsequence of length n + 1
    ends: list[int] = []  # at index n the index in `pairs` of the pair that ends it
    before: list[int] = []  # for each pair the index of the one before it in its subsequence, -1 for none
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        lowest[length : length + 1] = [place]
        ends[length : length + 1] = [number]
        before.append(ends[length - 1] if length else -1)
    picked: list[Pair] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        picked.append(pairs[at])
        at = before[at]
    return picked[::-1]


def _between(old: Keys, new: Keys) -> Iterator[Pair]:
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    middle = _shortest(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from ((at, at) for at in range(head))
    yield from ((head + a, head + b) for a, b in middle)
    yield from ((len(old) - at, len(new) - at) for at in range(tail, 0, -1))


def _same(old: Keys, new: Keys) -> int:
    """Return the length of the common prefix."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))


def _shortest(old: Keys, new: Keys) -> list[Pair]:
    """Return the index pairs of the items that the shortest edit script keeps.

    Empty where it has more than `_MOST_EDITS` edits. `reach` maps a diagonal (index in old minus index in
    new) to the furthest index in old so far. Myers 1986, An O(ND) Difference Algorithm and Its Variations.
    """
    if not old or not new:
        return []
    reach = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(_MOST_EDITS + 1):
        trace.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            came = _came_from(reach, edits, diagonal)
            at = reach[came] + (came < diagonal)
            while at < len(old) and at - diagonal < len(new) and old[at] == new[at - diagonal]:
                at += 1
            reach[diagonal] = at
            if at >= len(old) and at - diagonal >= len(new):
                return _way(trace, at, diagonal)
    return []


def _came_from(reach: dict[int, int], edits: int, diagonal: int) -> int:
    """Return the diagonal before the last edit, from which `diagonal` gets furthest.

    It is `diagonal + 1` before an insertion, `diagonal - 1` before a deletion.
    """
    if diagonal == -edits or (diagonal < edits and reach[diagonal - 1] < reach[diagonal + 1]):
        return diagonal + 1
    return diagonal - 1


def _way(trace: list[dict[int, int]], at: int, diagonal: int) -> list[Pair]:
    """Return the index pairs of equal items on the edit script that ends at index `at` of old on `diagonal`.

    `trace` has the `reach` before each edit; the script is followed back to its start.
    """
    pairs: list[Pair] = []
    for edits in reversed(range(len(trace))):
        came = _came_from(trace[edits], edits, diagonal)
        start = trace[edits][came] + (came < diagonal)
        pairs += [(place, place - diagonal) for place in range(at - 1, start - 1, -1)]
        at, diagonal = trace[edits][came], came
    return pairs[::-1]
