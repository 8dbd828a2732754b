"""What of each series people ask for first: its next meeting, and the minutes that are missing. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar import Occurrence
from bot.model import Snapshot
from bot.planning.in_force import in_force
from bot.planning.meeting_day.missing import missed
from bot.planning.meeting_day.series_snapshot import read_series


@dataclass(frozen=True, slots=True)
class SeriesOutlook:
    """The next meeting of a series, None without one, and the days without minutes, oldest first."""

    name: str
    next: Occurrence | None
    missing: tuple[date, ...]


def outlook(snapshot: Snapshot, now: datetime) -> tuple[SeriesOutlook, ...]:
    """Return the outlook of each series of the archive's calendar; none without one. Raises MissingFacts."""
    archive, settings = in_force(snapshot)
    if archive is None or settings is None:
        return ()
    series_snapshots = [read_series(archive, settings, series, now) for series in settings.series]
    missing = [(each.series.name, entry.day) for each, entry in missed(series_snapshots)]
    return tuple(
        SeriesOutlook(
            series.name, series.next_after(now), tuple(day for name, day in missing if name == series.name)
        )
        for series in settings.series
    )
