"""Notes that were pasted twice: the second time is dropped when it is the same, line for line."""

from bot.minutes.document import Document

_FEWEST = 4  # lines that say something; two equal lines are no paste


def first_paste(document: Document) -> int:
    """Find the line below which the whole text begins again; the number of lines where it does not."""
    filled = [number for number, line in enumerate(document.lines) if line.strip()]
    said = [document.lines[number] for number in filled]
    period = _period(said)
    again = filled[period] if _FEWEST <= period < len(said) else -1
    if document.between(again, again + 1):  # not within a block that the first paste left open
        return filled[period - 1] + 1
    return len(document.lines)


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
    period = len(said) - borders[-1] if said else 0
    return period if period and len(said) % period == 0 else len(said)
