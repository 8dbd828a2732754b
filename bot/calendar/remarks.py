"""Finds doubtful entries in valid series; minutes are opened all the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.calendar.schedule import BEGINNING
from bot.calendar.series import Series

AHEAD = timedelta(days=366)
"""How far ahead two series are compared."""

Remark = tuple[int, tuple[str | int | date, ...], str]
"""The index of the series, the path in it (keys, list indexes, or a day to skip), and the message."""
_OfOne = tuple[tuple[str | int | date, ...], str]
"""The path and the message of a remark on one series."""


def remarks(series: Sequence[Series], now: datetime, path: str | None = None) -> Iterator[Remark]:
    """Yield what is doubtful about the series of a calendar from `now` (aware) on, but no mistake.

    Each remark has the position of a series in `series`, the keys that lead to the doubtful value there, and
    a message. `path` is the path of minutes that the configuration gives to all series, None if it gives
    none.
    """
    for at, each in enumerate(series):
        for place, message in _alone(each, now):
            yield at, place, message
    yield from _overlaps(series, now, path)


def _alone(series: Series, now: datetime) -> Iterator[_OfOne]:
    if not series.is_scheduled:
        return
    if series.next_after(now) is None:
        yield ("schedule",), "no meeting is to come: change the schedule, or take the series out"
    step = next((part for part in series.schedule.rule.split(";") if part.startswith("INTERVAL=")), "=1")
    if series.begins == BEGINNING and int(step.partition("=")[2]) > 1:
        yield (
            ("schedule",),
            f"is counted from {BEGINNING}, since nothing says `since`: add a day on which it met",
        )
    yield from _exceptions(series, now.date())


def _exceptions(series: Series, today: date) -> Iterator[_OfOne]:
    plain = replace(series, skip=frozenset(), extra=())
    for day in sorted(day for day in series.skip if day >= today and plain.on(day) is None):
        yield ("skip", day), f"{day} is a {day:%A} that the schedule does not name: there is nothing to skip"
    for at, extra in enumerate(series.extra):
        there = extra.at is None and extra.day not in series.skip and plain.on(extra.day)
        if extra.day >= today and there:
            yield (
                ("extra", at),
                f"{extra.day} is a day of the schedule already: take it out, or give its time",
            )


def _overlaps(series: Sequence[Series], now: datetime, path: str | None) -> Iterator[Remark]:
    """Yield a remark for each series that would write the same file as another one; one remark for each."""
    taken: dict[tuple[str | None, date], int] = {}
    reported: set[int] = set()
    for at, each in enumerate(series):
        files = [(each.path or path, meeting.day) for meeting in each.between(now, now + AHEAD)]
        shared = next((file for file in files if file in taken), None)
        if shared is not None:
            for one, other in ((at, taken[shared]), (taken[shared], at)):
                name = series[other].name.replace("`", "'")
                reason = (
                    f"on {shared[1]} it meets as `{name}` does, and both have the same file: add a `path`"
                )
                if one not in reported:
                    yield one, ("path",), reason
                reported.add(one)
        taken |= dict.fromkeys(files, at)
