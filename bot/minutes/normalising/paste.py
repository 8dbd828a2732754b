"""Notes that were pasted twice: the second time is dropped when it is the same, line for line."""

from collections.abc import Iterator, Set
from itertools import groupby, pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.text.markdown import Lines

_FEWEST = 4  # lines that say something; two equal lines are no paste


def first_paste(lines: Lines, comment_lines: Set[int]) -> int:
    """Find the line below which the whole text begins again; the number of lines where it does not.

    Hidden lines do not count: what an issue does not show may be there in one of the pastes only.
    """
    return next(iter(_ends(lines, comment_lines)), len(lines))


def second_pastes(lines: Lines, comment_lines: Set[int]) -> Iterator[Edit]:
    """Drop what stands below the first paste, each line for its own reason, one paste after the other."""
    for above, below in pairwise(_ends(lines, comment_lines)):
        for is_comment, numbers in groupby(range(above, below), comment_lines.__contains__):
            group = tuple(numbers)
            rule = "hidden-comment" if is_comment else "duplicate-paste"
            yield Edit(group[0], group[-1] + 1, (), rule)


def _ends(lines: Lines, comment_lines: Set[int]) -> list[int]:
    """Find the line below each paste of the whole text; there are none where it is there once."""
    first = next(
        (line for number, line in enumerate(lines) if line.strip() and number not in comment_lines), ""
    )
    if lines.count(first) == 1:  # nearly always, and quick to see
        return []
    filled = [number for number, line in enumerate(lines) if line.strip() and number not in comment_lines]
    filled_lines = [lines[number] for number in filled]
    period = (
        _period(filled_lines)
        if filled_lines and filled_lines[0] in filled_lines[_FEWEST:]
        else len(filled_lines)
    )
    if not _FEWEST <= period < len(filled_lines):
        return []
    return [*(number + 1 for number in filled[period - 1 : -1 : period]), len(lines)]


def _period(filled_lines: list[str]) -> int:
    """Find the length of the shortest beginning of which the list is a whole number of copies.

    Few lengths divide a number, so each of those is tried; that is quick even where all lines are the same.
    """
    whole = len(filled_lines)
    fitting = (length for length in range(1, whole // 2 + 1) if whole % length == 0)
    return next((length for length in fitting if filled_lines[length:] == filled_lines[:-length]), whole)
