"""Guesses a team's schedule from the days on which it met."""

import json
import math
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendar.schedule import Schedule
from bot.calendar.words import read

FEWEST = 3
"""How many meetings a proposal needs at least."""
RECENT = timedelta(days=366)
"""How far before the newest meeting meetings count: teams change their day over the years."""
HALF_LIFE = 120
"""Days after which a meeting weighs half as much: a team that meets every other week may change weeks."""
MISSED = 0.75
"""Weight of a scheduled day without minutes, which may be lost; a meeting on another day has weight 1."""
SHOWN = 6
"""How many days that do not fit are listed at most."""
FITS = 0.6
"""The `agreement` of meetings and schedule, from 0 to 1, that a proposal needs at least."""

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACES = ("first", "second", "third", "fourth")
_OFTEN = 0.1  # the share of all meetings that a weekday needs to be in a schedule of several weekdays


@dataclass(frozen=True, slots=True)
class Proposal:
    """A schedule in plain words, proposed for a series of past meetings, and how well it fits their days.

    `since` is the day from which weeks are counted, None for a schedule that does not count weeks. `fitting`
    of `meetings` were on days of the schedule; `off` lists the others, `missed` the days of the schedule
    without a meeting. `agreement`, from 0 to 1, weighs newer days more. `layout` is the path pattern of the
    minutes; `places` counts the layouts that differ from it in numbers only, itself included.
    """

    schedule: str
    since: date | None
    fitting: int
    meetings: int
    off: tuple[date, ...]
    missed: tuple[date, ...]
    agreement: float
    layout: str = ""
    places: int = 1

    @property
    def name(self) -> str:
        """A name for the series: "<weekday> meeting" if its schedule has one weekday, else "Team meeting"."""
        named = [name for name in _NAMES if name in self.schedule]
        return f"{named[0]} meeting" if len(named) == 1 else "Team meeting"


def propose(days: Iterable[date]) -> Proposal | None:
    """Return the schedule that best fits the days of past meetings, of the year before the newest one.

    None when there are fewer than 3 meetings or no schedule fits.
    """
    known = sorted(set(days))
    recent = [day for day in known if known[-1] - day <= RECENT]
    if len(recent) < FEWEST:
        return None
    tried = (_tried(words, since, recent) for words, since in _candidates(recent))
    best = max(tried, key=lambda it: it.agreement)  # the first of equals, which is the simplest
    return best if best.agreement >= FITS else None


def propose_each(days: Mapping[str, Iterable[date]]) -> tuple[Proposal, ...]:
    """Return a proposed schedule for each layout of minutes (`YYYY/YYYY-MM-DD.md`) that is still in use.

    `days` are the days of past meetings, by layout. Layouts that differ in numbers only (`Q3/`, `Q4/`) are
    one series, with the layout of its newest meeting. A layout whose newest meeting is over a year older than
    the newest of all is left out.
    """
    by_layout: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
    for layout, met in sorted(days.items()):
        for day in met:
            by_layout[re.sub("[0-9]+", "0", layout)].append((day, layout))
    newest = max((day for meetings in by_layout.values() for day, _ in meetings), default=date.max)
    found = []
    for meetings in by_layout.values():
        last, layout = max(meetings)
        guess = propose(day for day, _ in meetings) if newest - last <= RECENT else None
        if guess:
            found.append(replace(guess, layout=layout, places=len({place for _, place in meetings})))
    return tuple(found)


def as_yaml(proposals: Sequence[Proposal]) -> str:
    """Return proposals as the YAML of `series:` in a configuration."""
    entries = zip(proposals, _named(proposals), strict=True)
    return "series:\n" + "".join(_entry(it, name, len(proposals) > 1) for it, name in entries)


def _entry(it: Proposal, name: str, has_path: bool) -> str:
    lines = [f"  # {it.fitting} of {it.meetings} meetings fit."]
    if it.off:
        lines.append(f"  # On other days: {_listed(it.off)}.")
    if it.missed:
        lines.append(f"  # Days without minutes: {_listed(it.missed)}.")
    lines += [
        f"  - name: {json.dumps(name, ensure_ascii=False)}",
        f"    schedule: {it.schedule}  # add the time, such as 14:00",
        "    timezone: UTC  # yours, such as Europe/London",
    ]
    if it.since:
        lines.append(f"    since: {it.since}")
    if has_path:
        more = "" if it.places == 1 else f"  # the newest of {it.places} places"
        lines.append(f"    path: {json.dumps(it.layout, ensure_ascii=False)}{more}")
    return "".join(f"{line}\n" for line in lines)


def _named(proposals: Sequence[Proposal]) -> list[str]:
    """Return distinct names for the series: from their folders, from their file names, or numbered."""
    if len(proposals) == 1:
        return [proposals[0].name]
    for called in _NAMINGS:
        names = [called(it)[:60].strip() for it in proposals]
        if all(names) and len({name.casefold() for name in names}) == len(names):
            return names
    return [f"{it.name} {at}" for at, it in enumerate(proposals, 1)]


def _folder(it: Proposal) -> str:
    return posixpath.dirname(it.layout.partition("YYYY")[0])


def _words(it: Proposal) -> str:
    stem, _ = posixpath.splitext(posixpath.basename(it.layout))
    return re.sub("YYYY|MM|DD|month", "", stem).strip(" -_.")


_NAMINGS: tuple[Callable[[Proposal], str], ...] = (
    lambda it: posixpath.basename(_folder(it)),
    _words,
    _folder,
)


def _listed(days: Sequence[date]) -> str:
    """Return the days with their weekdays as text; of more than SHOWN the newest and the number of all."""
    newest = ", ".join(f"{day} ({_NAMES[day.weekday()][:3]})" for day in days[-SHOWN:])
    return f"{len(days)}, the newest {newest}" if len(days) > SHOWN else newest


def _candidates(days: Sequence[date]) -> Iterator[tuple[str, date | None]]:
    """Yield the schedules to try, the simplest first, with the day from which weeks are counted or None."""
    weekdays = Counter(day.weekday() for day in days)
    often = sorted(day for day, count in weekdays.items() if count >= _OFTEN * len(days))
    if often == list(range(5)):
        yield "every weekday", None
    if len(weekdays) == 7:
        yield "every day", None
    yield f"every {' and '.join(_NAMES[day] for day in often)}", None
    for weekday in sorted(weekdays):
        name = _NAMES[weekday]
        yield f"every {name}", None
        for place in (*_PLACES, "last"):
            yield f"{place} {name} of the month", None
        for one, other in (("first", "third"), ("second", "fourth")):
            yield f"{one} and {other} {name} of the month", None
        for weeks in (2, 3, 4):
            for day in _one_of_each_phase(days, weekday, weeks):
                yield ("every other " if weeks == 2 else f"every {weeks} weeks on ") + name, day
    for number in sorted({day.day for day in days}):
        yield f"monthly on the {number}{_ordinal(number)}", None
    yield "last day of the month", None


def _one_of_each_phase(days: Sequence[date], weekday: int, weeks: int) -> Iterator[date]:
    """Yield the first meeting on a weekday for each phase of an interval of `weeks` weeks."""
    seen = set()
    for day in days:
        phase = (day.toordinal() - day.weekday()) // 7 % weeks
        if day.weekday() == weekday and phase not in seen:
            seen.add(phase)
            yield day


def _tried(words: str, since: date | None, days: Sequence[date]) -> Proposal:
    """Compare a schedule with the days of the meetings."""
    first, last, met = days[0], days[-1], set(days)
    schedule: Schedule = read(words)
    planned = set(schedule.days(_aligned(since, first) or first, first, last))

    def weight(found: Iterable[date]) -> float:
        return math.fsum(2 ** (-(last - day).days / HALF_LIFE) for day in found)

    fit, odd, none = weight(met & planned), weight(met - planned), weight(planned - met)
    agreement = 2 * fit / (2 * fit + odd + MISSED * none)  # Dice's coefficient, near enough
    off, missed = sorted(met - planned), sorted(planned - met)
    return Proposal(words, since, len(met & planned), len(met), tuple(off), tuple(missed), agreement)


def _aligned(since: date | None, first: date) -> date | None:
    """Return a day of the same phase that is not after `first`; 12 weeks are a multiple of 2, 3 and 4."""
    while since is not None and since > first:
        since -= timedelta(weeks=12)
    return since


def _ordinal(number: int) -> str:
    return "th" if 11 <= number <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
