"""What was understood of an archive: a row for each of its series, for people to see whether it is right.

Pure.
"""

from calendar import day_name
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.archive.series import ArchiveSeries
from bot.calendar.proposal import propose

MOST = 12
"""How many series are listed, those with the newest meetings first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A series in a list: where its minutes lie, how often it meets, how many there are, and odd files."""

    name: str
    place: str
    rhythm: str
    count: int
    newest: date
    odd: tuple[str, ...]


def understood(found: Iterable[ArchiveSeries], day: date) -> tuple[Row, ...]:
    """Return a row of a list for each of these series of an archive, 12 at most.

    A series that no longer met on `day` is shown as such.
    """
    rows = (
        Row(
            each.name,
            each.layout.pattern,
            rhythm(each, day),
            len(each.meetings),
            each.meetings[-1].date,
            each.odd,
        )
        for each in found
        if each.accompanies is None
    )
    return tuple(rows)[:MOST]


def rhythm(series: ArchiveSeries, day: date) -> str:
    """Return how often a series meets, in words, such as `every Tuesday`, `first Thursday of the month`.

    Where no schedule fits its days, it is the usual time between two meetings: `every 11 days`. If the series
    no longer met on `day`, the words also say until when it did.
    """
    if len(series.meetings) < 3:
        return "not known yet"
    schedule = propose(past.date for past in series.meetings)
    words = f"every {series.interval.days} days" if series.interval.days > 1 else "every day"
    if schedule:
        words = schedule.schedule
    elif series.weekday is not None:
        words += f", on {day_name[series.weekday]}"
    return words if series.is_living(day) else f"{words}, until {series.meetings[-1].date}"
