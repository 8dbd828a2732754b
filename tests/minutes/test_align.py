"""What two texts have in common: in order, as much as there is, and never in endless time."""

from hypothesis import given
from hypothesis import strategies as st

from bot.minutes.text.align import align

FEW = st.lists(st.sampled_from("abc"), max_size=10)


@given(FEW, FEW)
def test_pairs_are_the_same_on_both_sides_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert all(old[a] == new[b] for a, b in pairs)
    for side in zip(*pairs, strict=True):
        assert list(side) == sorted(set(side))


@given(st.lists(st.sampled_from("aabbcc"), max_size=10))
def test_without_a_landmark_the_shortest_way_is_taken(old: list[str]) -> None:
    twice = [key for key in old for _ in range(2)]  # nothing in it is there once
    new = [*twice[:3], "a", *twice[5:]] if len(twice) > 5 else twice
    assert len(align(twice, new)) == _longest_common(twice, new)


def _longest_common(a: list[str], b: list[str]) -> int:
    """The textbook's way, for comparison: https://en.wikipedia.org/wiki/Longest_common_subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        above, row = row, [0]
        for at, y in enumerate(b):
            row.append(above[at] + 1 if x == y else max(above[at + 1], row[at]))
    return row[-1]


def test_what_is_there_once_leads_although_more_would_be_in_common_elsewhere() -> None:
    assert align(list("x--y--"), list("--x--y")) == [(0, 2), (1, 3), (2, 4), (3, 5)]


def test_some_edits_in_thousands_of_same_lines_are_found() -> None:
    old = ["a"] * 5000
    new = [key for at in range(5000) for key in (("b", "a") if at % 200 == 0 else ("a",))]
    assert len(align(old, new)) == 5000


def test_too_many_edits_without_a_landmark_count_as_different_throughout() -> None:
    old, new = ["a", "b"] * 500, ["b", "b", "a", "c"] * 250
    assert align([*old, "end"], [*new, "end"]) == [(1000, 1000)]
