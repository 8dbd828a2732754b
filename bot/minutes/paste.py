"""Notes that were pasted twice: the second time is dropped when it is the same, line for line."""

from collections.abc import Iterator, Set

from bot.minutes.edits import Edit
from bot.minutes.rules import Lines

_FEWEST = 4  # lines that say something; two equal lines are no paste


def first_paste(lines: Lines, hidden: Set[int]) -> int:
    """Find the line below which the whole text begins again; the number of lines where it does not.

    Hidden lines do not count: what an issue does not show may be there in one of the pastes only.
    """
    filled = [number for number, line in enumerate(lines) if line.strip() and number not in hidden]
    said = [lines[number] for number in filled]
    period = _period(said) if said and said[0] in said[_FEWEST:] else len(said)
    return filled[period - 1] + 1 if _FEWEST <= period < len(said) else len(lines)


def second_paste(lines: Lines, end: int, hidden: Set[int]) -> Iterator[Edit]:
    """Drop what stands below the first paste, each line for its own reason."""
    start = end
    for at in range(end + 1, len(lines) + 1):
        if at == len(lines) or (at in hidden) != (start in hidden):
            yield Edit(start, at, (), "hidden-comment" if start in hidden else "duplicate-paste")
            start = at


def _period(said: list[str]) -> int:
    """Find the length of the shortest beginning of which the list is a whole number of copies.

    Knuth, Morris and Pratt's border table: one pass, whatever the lines are.
    """
    borders = [0] * len(said)
    for at in range(1, len(said)):
        border = borders[at - 1]
        while border and said[at] != said[border]:
            border = borders[border - 1]
        borders[at] = border + (said[at] == said[border])
    period = len(said) - borders[-1]
    return period if len(said) % period == 0 else len(said)
