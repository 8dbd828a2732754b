"""What one side changed, as small as can be told."""

from bot.minutes.merging.hunks import Hunk, Side
from bot.minutes.merging.segments import Segments


def _side(base: str, text: str) -> Side:
    return Side(*(Segments.read("".join(f"- {line}\n" for line in each.split("|"))) for each in (base, text)))


def test_an_edit_is_told_from_what_was_added_and_what_was_dropped() -> None:
    side = _side("old|glue the frame|tail", "new|more|glue the frame of ash")
    assert side.hunks == (Hunk(0, 1, 0, 2), Hunk(1, 2, 2, 3, edit=True), Hunk(2, 3, 3, 3))


def test_one_segment_in_the_place_of_one_is_an_edit_whatever_it_says() -> None:
    assert _side("a|tail|z", "a|reel|z").hunks == (Hunk(1, 2, 1, 2, edit=True),)


def test_a_word_in_common_is_not_enough_for_an_edit() -> None:
    assert _side("glue the long tail|wind", "paint the two reels").hunks == (Hunk(0, 2, 0, 1),)


def test_what_is_dropped_goes_one_by_one() -> None:
    assert _side("a|b|c", "a").hunks == (Hunk(1, 2, 1, 1), Hunk(2, 3, 1, 1))


def test_what_a_side_did_not_touch_is_found_below_its_additions_and_a_gap_below_what_is_left() -> None:
    side = _side("a|b|c", "new|a|b")
    assert side.range_of(0, 2, []) == (1, 3)
    assert side.range_of(3, 3, []) == (3, 3)
    assert side.range_of(0, 0, []) == (0, 0)
