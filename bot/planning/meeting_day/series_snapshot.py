"""The meetings of a series, and the status of each. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Literal

from bot.archive.layout import Layout
from bot.archive.location import locate
from bot.archive.series import ArchiveSeries, PastMeeting
from bot.calendar import Occurrence, Series
from bot.config import Config
from bot.model import Archive, Pull
from bot.planning.closing import LAPSED, SKIP
from bot.planning.pulls import is_unclaimed, is_without_notes
from bot.state import PullState, find_state, meeting_key, read_meeting_key

State = Literal["nothing", "draft", "lapsed", "pull", "minutes", "no meeting"]
"""The status of a meeting. `draft`: a pull request into which nobody has written yet; `lapsed`: one that was
closed without minutes; `pull`: an open one that people write in, or want."""

BACK = timedelta(days=366)
"""How far back meetings without minutes are looked for."""
LATE = timedelta(days=7)
"""How late a draft is still opened by itself, after the service was down; later the meeting is only listed as
missing."""
NEAR = timedelta(days=3)
"""How far from its day a meeting is looked for that was moved without a change of the calendar."""
_AWAY = tuple(timedelta(days=days) for count in range(1, NEAR.days + 1) for days in (-count, count))


@dataclass(frozen=True, slots=True)
class MeetingStatus:
    """A meeting of the calendar, the path of its minutes, and whether it has them or a pull request."""

    meeting: Occurrence
    over: datetime | None
    """When its draft closes if nobody has written into it; None: never, since no meeting follows."""
    state: State
    path: str
    pull: Pull | None = None

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.meeting.day

    @property
    def closes(self) -> date | None:
        """The local day of the series on which the meeting's draft closes without notes; None: never."""
        return self.over.astimezone(self.meeting.series.timezone).date() if self.over else None

    @property
    def is_missing(self) -> bool:
        """Whether the meeting has neither minutes nor an open pull request, and was not called off."""
        return self.state in ("nothing", "lapsed")

    @property
    def key(self) -> str:
        """The key by which states in the bot's comments and pull requests name the meeting."""
        return meeting_key(self.meeting.series.name, self.day)


@dataclass(frozen=True, slots=True)
class SeriesSnapshot:
    """A series of the calendar as it is at one moment, in the calendar and in the archive.

    `settings` are those in force for the series, `meetings` the past ones that have minutes.
    """

    series: Series
    settings: Config
    kept: ArchiveSeries
    """The series as the archive shows it."""
    other_layouts: tuple[str, ...]
    """Other layouts that are as common: where there are any, it is not clear where minutes belong."""
    meetings: tuple[PastMeeting, ...]
    past: tuple[MeetingStatus, ...]
    """The meetings that are over, oldest first."""
    current: tuple[MeetingStatus, ...]
    """The meetings that are to be opened by now and are not over: mostly one."""
    next: Occurrence | None
    """The first meeting that is to be opened later; None without one."""


def read_series(archive: Archive, settings: Config, series: Series, now: datetime) -> SeriesSnapshot:
    """Return how a series of the calendar stands at `now`; `settings` are those of the whole archive.

    Where the archive does not show clearly where the minutes of the series belong, the likeliest place is
    taken.
    """
    own = settings.within(series)
    choice = locate(archive.files, own, now.date(), series.name)
    kept, *others = (choice.series,) if choice.series else choice.candidates
    meetings = tuple(sorted({each for place in (kept, *others) for each in place.meetings}))
    beside = [each for each in settings.series if settings.within(each).path == own.path]
    known = _known(archive, series, {each.name for each in settings.series}, kept.layout, meetings)
    opened, following = _opened(series, now), _next(series, now)
    entries = []
    for meeting, after in zip(opened, (*opened, following)[1:], strict=True):
        found = known.get(meeting.day, ("nothing", None))
        if found[0] in ("nothing", "draft", "lapsed") and (moved := _nearby(meeting, known, beside)):
            # a draft gives way to minutes, not to notes that may still get another date
            found = moved if found[0] != "draft" or moved[0] == "minutes" else found
        entries.append(
            MeetingStatus(meeting, over(meeting, after), found[0], kept.path(meeting.day), found[1])
        )
    current = tuple(each for each in entries if not _is_over(each, now))
    since = _since(archive, series, known)
    past = (each for each in entries if _is_over(each, now) and (each.pull or since(each.day)))
    layouts = tuple(each.layout.pattern for each in others)
    return SeriesSnapshot(series, own, kept, layouts, meetings, tuple(past), current, following)


def over(meeting: Occurrence, following: Occurrence | None) -> datetime | None:
    """Return when the draft of `meeting` closes if it has no notes, in UTC.

    `following` is the next meeting of the series; None, and then the result too: there is none. The draft
    closes when the next meeting is opened, but not before a day has passed since its own start, or, if that
    is earlier, the next one starts.
    """
    if following is None:
        return None
    return max(following.opens, min(meeting.starts + timedelta(days=1), following.starts))


def _opened(series: Series, now: datetime) -> tuple[Occurrence, ...]:
    """Return the meetings of the last 366 days, and ahead, that are to be opened by now."""
    ahead = max(series.open_before or timedelta(), timedelta(days=2))  # a day may have 25 hours
    found = series.between(now - BACK, now + ahead + timedelta(minutes=1))
    return tuple(each for each in found if each.opens <= now)


def _next(series: Series, now: datetime) -> Occurrence | None:
    found = series.next_after(now)
    while found is not None and found.opens <= now:
        found = series.next_after(found.starts)
    return found


def _is_over(entry: MeetingStatus, now: datetime) -> bool:
    """Return whether a meeting is past: too late for a draft, its draft lapsed, or due to close."""
    late = entry.state == "nothing" and now - entry.meeting.starts > LATE
    return late or entry.state == "lapsed" or (entry.over is not None and now >= entry.over)


def _known(
    archive: Archive,
    series: Series,
    names: Collection[str],
    layout: Layout,
    past: Iterable[PastMeeting],
) -> Mapping[date, tuple[State, Pull | None]]:
    """Return the status of each day, and its pull request.

    Minutes count before pull requests, newer pull requests before older ones. `names` are those of all series
    of the calendar.
    """
    known: dict[date, tuple[State, Pull | None]] = {}
    for pull in sorted(archive.pulls, key=lambda each: each.number):
        for day, state in _said_by(pull, series, names, layout):
            known[day] = state, pull
    return known | {each.date: ("minutes", None) for each in past}


def _said_by(
    pull: Pull, series: Series, names: Collection[str], layout: Layout
) -> Iterable[tuple[date, State]]:
    """Yield the days of a series that a pull request is about, with the status that it gives each."""
    pull_state = find_state(pull.body, PullState) if pull.mine else None
    if pull_state and pull_state.status == SKIP and pull_state.meetings:
        keys = map(read_meeting_key, pull_state.meetings) if pull.state == "open" else ()
        yield from ((key[0], "no meeting") for key in keys if key and key[1] == series.name)
    elif pull_state and pull_state.day:
        is_in_place = layout.date(pull_state.path or "") == pull_state.day
        if pull_state.suffix:  # a second meeting of that day
            return
        if series.name == pull_state.series or (is_in_place and pull_state.series not in names):
            yield pull_state.day, _state(pull, pull_state)
        elif is_in_place and pull.state == "open":
            yield pull_state.day, "pull"
        elif is_in_place:  # series share the file: the other one has it as missing
            state = _state(pull, pull_state)
            yield pull_state.day, "no meeting" if state == "lapsed" else state
    elif pull.state == "open":  # people may write minutes without the bot
        yield from ((day, "pull") for path in pull.files if (day := layout.date(path)))


def _state(pull: Pull, pull_state: PullState) -> State:
    match pull.state:
        case "merged":
            return "minutes"
        case "open":
            return "draft" if is_without_notes(pull) and not pull_state.requested else "pull"
        case _:  # a person who closes it says that there was no meeting
            by_bot: Mapping[str, State] = {LAPSED: "lapsed", SKIP: "nothing"}
            return by_bot.get(pull_state.status, "no meeting") if is_unclaimed(pull_state) else "lapsed"


def _since(archive: Archive, series: Series, known: Mapping[date, object]) -> Callable[[date], bool]:
    """Return a function that says whether minutes of a past day can be missing.

    From `since` of the series, else from the first known meeting on the same weekday: a calendar that is new
    or changed says nothing about the time before. Days before `pulls_since` of the archive do not count.
    """

    def kind(day: date) -> int:
        """Return the weekday, but 0 for all days of a rule by day of the month."""
        return 0 if "BYMONTHDAY" in series.schedule.rule else day.weekday()

    first: dict[int, date] = {}
    for day in sorted(known):
        if series.on(day):
            first.setdefault(kind(day), day)

    seen_since = archive.pulls_since

    def is_missed(day: date) -> bool:
        begin = series.since or first.get(kind(day))
        return begin is not None and day >= begin and (seen_since is None or day >= seen_since.date())

    return is_missed


def _nearby(
    meeting: Occurrence, known: Mapping[date, tuple[State, Pull | None]], beside: Sequence[Series]
) -> tuple[State, Pull | None] | None:
    """Return the status of a day near a meeting that was moved there; None where none is near.

    The day has minutes or a pull request, and no series of `beside` meets on it. It belongs to the nearest
    meeting only, of two equally near to the earlier.
    """
    for day in _around(meeting.day):
        found = known.get(day)
        if found and found[0] in ("minutes", "pull") and not _meets(beside, day):
            return found if next(filter(partial(_meets, beside), _around(day)), None) == meeting.day else None
    return None


def _around(day: date) -> Iterator[date]:
    """Yield the days around a day, the nearest first, of two equally near the earlier."""
    return (day + away for away in _AWAY)


def _meets(series: Iterable[Series], day: date) -> bool:
    return any(each.on(day) for each in series)


def strays(archive: Archive, series_snapshots: Collection[SeriesSnapshot], now: datetime) -> Iterator[Pull]:
    """Yield the archive's open drafts without notes that no meeting needs: it was moved, or has its minutes.

    `series_snapshots` are all series of the calendar. Drafts that somebody asked for are left out.
    """
    awaited = {
        entry.pull.id
        for each in series_snapshots
        for entry in (*each.past, *each.current)
        if entry.pull is not None
    }
    for pull in archive.pulls:
        pull_state = (
            find_state(pull.body, PullState) if pull.state == "open" and is_without_notes(pull) else None
        )
        if pull_state is None or pull_state.day is None or pull_state.requested or pull.id in awaited:
            continue
        meetings = (
            each.series.on(pull_state.day)
            for each in series_snapshots
            if each.series.name == pull_state.series
        )
        if not any(meeting and meeting.opens > now for meeting in meetings):  # opened before its time
            yield pull


def by_file(
    entries: Iterable[tuple[SeriesSnapshot, MeetingStatus]],
) -> Collection[tuple[SeriesSnapshot, MeetingStatus]]:
    """Return one of these meetings for each file of minutes.

    Where series share a file, that is the meeting of the first series in the calendar.
    """
    found: dict[str, tuple[SeriesSnapshot, MeetingStatus]] = {}
    for series_snapshot, entry in entries:
        found.setdefault(entry.path, (series_snapshot, entry))
    return found.values()


def evening(entry: MeetingStatus) -> datetime:
    """Return when people are reminded of the draft of a meeting if it has no notes yet, in UTC.

    Four hours after the start, but at 23:00 in the series' time zone at the latest, and 30 minutes after the
    start at the earliest; of a meeting without a time at 18:00.
    """
    latest = datetime.combine(entry.day, time(23), entry.meeting.series.timezone).astimezone(UTC)
    starts = entry.meeting.starts
    if entry.meeting.is_all_day:
        return latest - timedelta(hours=5)
    return max(starts + timedelta(minutes=30), min(starts + timedelta(hours=4), latest))
