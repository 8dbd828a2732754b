"""Find notes that were pasted twice: the second paste is dropped if it is the same, line for line."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise

from bot.minutes.normalising.edits import Edit
from bot.minutes.text.markdown import Lines

_FEWEST = 4  # lines of a paste with text; fewer equal lines may be a coincidence
_TABLE_SIGNS = re.compile(r"\|[|\s:-]*")


def second_pastes(ends: Sequence[int], comment_lines: Set[int]) -> Iterator[Edit]:
    """Yield the edits that drop all lines below the first copy of notes that were pasted more than once.

    `ends` are those from `ends_of_pastes`. `comment_lines` are the numbers, from 0, of lines of HTML
    comments: these are dropped by the rule for comments, the others as duplicates.
    """
    for above, below in pairwise(ends):
        for is_comment, numbers in groupby(range(above, below), comment_lines.__contains__):
            group = tuple(numbers)
            rule = "hidden-comment" if is_comment else "duplicate-paste"
            yield Edit(group[0], group[-1] + 1, (), rule)


def ends_of_pastes(lines: Lines, comment_lines: Set[int]) -> list[int]:
    """Return the line, from 0, after each paste of the whole text; empty where it is there once.

    Blanks at the ends of lines do not count, since hard breaks are made of them. Nor do `comment_lines`,
    those of HTML comments, since an issue does not show them, and a copy may lack them.
    """
    if any(line.endswith((" ", "\t")) for line in lines):
        lines = tuple(line.rstrip(" \t") for line in lines)
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
    said = sum(not _TABLE_SIGNS.fullmatch(line) for line in filled_lines[:period])
    if said < _FEWEST or period == len(filled_lines):
        return []
    return [*(number + 1 for number in filled[period - 1 : -1 : period]), len(lines)]


def _period(filled_lines: list[str]) -> int:
    """Return the length of the shortest prefix whose repetition is the whole list; its length without one.

    Only the divisors of the length are tried, which is quick even where all lines are the same.
    """
    whole = len(filled_lines)
    fitting = (length for length in range(1, whole // 2 + 1) if whole % length == 0)
    return next((length for length in fitting if filled_lines[length:] == filled_lines[:-length]), whole)
