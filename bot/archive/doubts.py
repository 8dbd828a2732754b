"""Findings about a meeting beside the other meetings of its series: its day, and the files around it.

Pure.
"""

from calendar import day_name
from collections.abc import Iterator
from datetime import date, timedelta

from bot.archive.dates import MARKDOWN
from bot.archive.series import ArchiveSeries
from bot.minutes import Finding
from bot.minutes.normalising.findings import finding

AHEAD = timedelta(days=14)
"""How long before a meeting its notes may be written, as an agenda perhaps."""
_RECENT = 5  # of the last so many files odd names are pointed out


def doubts(series: ArchiveSeries, day: date, written: date, *, is_planned: bool = False) -> Iterator[Finding]:
    """Yield what is doubtful about the minutes of a meeting on `day`, and about the files of its series.

    `written` is the day on which the notes were changed last; if a calendar has the meeting (`is_planned`),
    its day is not doubtful.
    """
    if not is_planned and day not in {past.date for past in series.meetings}:
        yield from _of_day(series, day, written)
    for past in series.meetings[-_RECENT:]:
        if past.path in series.odd:
            yield finding("odd-file", path=past.path, like=series.path(past.date))
    newest = series.meetings[-1].path if series.meetings else ""
    if newest and not newest.lower().endswith(MARKDOWN):
        yield finding("other-format", path=newest)


def _of_day(series: ArchiveSeries, day: date, written: date) -> Iterator[Finding]:
    usual = series.weekday
    if usual is not None and day.weekday() != usual and len(series.meetings) >= _RECENT:
        yield finding("unusual-weekday", day=day, weekday=day_name[day.weekday()], usual=day_name[usual])
    newest = series.meetings[-1].date if series.meetings else None
    if newest and day < newest:
        after = next(past.date for past in series.meetings if past.date > day)
        yield finding("older-than-newest", day=day, newest=newest, after=after)
    if day - written > AHEAD:
        yield finding("future-date", day=day, written=written)
