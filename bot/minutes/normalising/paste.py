"""Notes that were pasted twice: the second time is dropped when it is the same, line for line."""

from collections.abc import Iterator, Set
from itertools import groupby, pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.text.markdown import Lines

_FEWEST = 4  # lines that say something; two equal lines are no paste


def first_paste(lines: Lines, hidden: Set[int]) -> int:
    """Find the line below which the whole text begins again; the number of lines where it does not.

    Hidden lines do not count: what an issue does not show may be there in one of the pastes only.
    """
    return next(iter(_ends(lines, hidden)), len(lines))


def second_pastes(lines: Lines, hidden: Set[int]) -> Iterator[Edit]:
    """Drop what stands below the first paste, each line for its own reason, one paste after the other."""
    for above, below in pairwise(_ends(lines, hidden)):
        for is_hidden, numbers in groupby(range(above, below), hidden.__contains__):
            group = tuple(numbers)
            rule = "hidden-comment" if is_hidden else "duplicate-paste"
            yield Edit(group[0], group[-1] + 1, (), rule)


def _ends(lines: Lines, hidden: Set[int]) -> list[int]:
    """Find the line below each paste of the whole text; there are none where it is there once."""
    first = next((line for number, line in enumerate(lines) if line.strip() and number not in hidden), "")
    if lines.count(first) == 1:  # nearly always, and quick to see
        return []
    filled = [number for number, line in enumerate(lines) if line.strip() and number not in hidden]
    said = [lines[number] for number in filled]
    period = _period(said) if said and said[0] in said[_FEWEST:] else len(said)
    if not _FEWEST <= period < len(said):
        return []
    return [*(number + 1 for number in filled[period - 1 : -1 : period]), len(lines)]


def _period(said: list[str]) -> int:
    """Find the length of the shortest beginning of which the list is a whole number of copies.

    Few lengths divide a number, so each of those is tried; that is quick even where all lines are the same.
    """
    whole = len(said)
    fitting = (length for length in range(1, whole // 2 + 1) if whole % length == 0)
    return next((length for length in fitting if said[length:] == said[:-length]), whole)
