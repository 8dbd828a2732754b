"""What two texts have in common: which item of the one is which of the other. Hostile text costs no more."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

Keys = Sequence[str]
Pair = tuple[int, int]
"""A place in the old text, and the same in the new one."""

_MOST_EDITS = 64
"""Two stretches without a landmark that differ by more count as different throughout: work has a bound."""


def align(old: Keys, new: Keys) -> list[Pair]:
    """List what stands in both, in order on both sides.

    What is there once on either side is a landmark (Bram Cohen's patience diff); between two landmarks the
    shortest way from one text to the other is taken, if it is short.
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
    """Pick the longest run whose second places rise as the first ones do (patience sorting)."""
    lowest: list[int] = []  # the lowest second place at which a run of that length, less one, ends
    ends: list[int] = []  # and the pair that it ends with
    before: list[int] = []
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
    """Count how many are the same from the beginning on."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))


def _shortest(old: Keys, new: Keys) -> list[Pair]:
    """Find the shortest way by ever more edits, nothing if it is long.

    On each diagonal, place in old less place in new, it is noted how far one gets with so many edits.
    Myers 1986, An O(ND) Difference Algorithm and Its Variations.
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
    """Return the diagonal that gets further: the upper by one of the new, the lower by one of the old."""
    if diagonal == -edits or (diagonal < edits and reach[diagonal - 1] < reach[diagonal + 1]):
        return diagonal + 1
    return diagonal - 1


def _way(trace: list[dict[int, int]], at: int, diagonal: int) -> list[Pair]:
    """Go back to the beginning, and list what was the same on the way."""
    pairs: list[Pair] = []
    for edits in reversed(range(len(trace))):
        came = _came_from(trace[edits], edits, diagonal)
        start = trace[edits][came] + (came < diagonal)
        pairs += [(place, place - diagonal) for place in range(at - 1, start - 1, -1)]
        at, diagonal = trace[edits][came], came
    return pairs[::-1]
