"""The issue that lists the meetings without minutes, and ticks off what is no longer missing. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.model import MISSING, Archive, CreateLabel, EditSource, OpenSource, Source, Step
from bot.planning import reports
from bot.planning.meeting_day.series_snapshot import BACK, MeetingStatus, SeriesSnapshot, by_file
from bot.planning.reports import Line
from bot.state import (
    ThreadState,
    embed_state,
    find_state,
    meeting_key,
    read_meeting_key,
    replace_block,
)

COLOR = "fbca04"
MOST = 200  # lines: of more, the oldest ticked ones are left out


def is_list(source: Source) -> bool:
    """Return whether an issue is the one in which the bot lists the meetings without minutes."""
    thread_state = find_state(source.body, ThreadState) if source.mine else None
    return thread_state is not None and thread_state.purpose == "missing"


def listing(archive: Archive, series_snapshots: Sequence[SeriesSnapshot], now: datetime) -> list[Step]:
    """Return the steps that open or edit the archive's issue that lists the meetings without minutes.

    It is opened when the first meeting is missed. `series_snapshots` are all series of the calendar.
    """
    lists = sorted(filter(is_list, archive.opened), key=lambda source: source.number)
    if lists:
        return edited(archive, series_snapshots, lists[0], now)
    lines = _lines(series_snapshots, (), now)
    if not lines or not archive.repository.has_issues:
        return []
    body = _written(archive, ThreadState("missing"), lines)
    if MISSING not in archive.labels:
        return [CreateLabel(MISSING, COLOR, "The list of meetings without minutes")]
    return [OpenSource("issue", reports.MISSING_TITLE, body, (archive.labels[MISSING],))]


def edited(
    archive: Archive,
    series_snapshots: Sequence[SeriesSnapshot],
    source: Source,
    now: datetime,
    handled: Sequence[str] = (),
) -> list[Step]:
    """Return the step that brings the list of meetings without minutes up to date; empty if it is already.

    `source` is the issue with the list, `series_snapshots` are all series of the calendar. `handled` are
    entries for `handled_commands` of its state: the commands that are answered with this step.
    """
    thread_state = find_state(source.body, ThreadState)
    assert thread_state is not None  # `is_list` has found it
    thread_state = replace(thread_state, handled_commands=(*thread_state.handled_commands, *handled))
    body = replace_block(
        source.body, _written(archive, thread_state, _lines(series_snapshots, thread_state.meetings, now))
    )
    return [] if body == source.body else [EditSource(source, body)]


def _written(archive: Archive, thread_state: ThreadState, lines: Sequence[Line]) -> str:
    listed = tuple(meeting_key(line.series, line.day) for line in lines)
    return embed_state(replace(thread_state, meetings=listed), reports.missing(archive, lines))


def missed(series_snapshots: Iterable[SeriesSnapshot]) -> list[tuple[SeriesSnapshot, MeetingStatus]]:
    """Return the past meetings that have neither minutes nor an open pull request for them.

    Each is paired with its series; of meetings whose minutes would be one file, only the first is returned.
    """
    past = ((each, entry) for each in series_snapshots for entry in each.past)
    return list(by_file((each, entry) for each, entry in past if entry.is_missing))


def _lines(series_snapshots: Sequence[SeriesSnapshot], listed: Sequence[str], now: datetime) -> list[Line]:
    """Return the lines of missing meetings, and of those that were listed before; the oldest first.

    Meetings more than 366 days ago are left out; of more than `MOST` lines, the oldest that are done.
    """
    missing = (entry.key for _, entry in missed(series_snapshots))
    keys = filter(None, map(read_meeting_key, {*listed, *missing}))
    lines = [_line(*key, series_snapshots) for key in sorted(keys) if key[0] >= (now - BACK).date()]
    done = [line for line in lines if line.done]
    dropped = done[: max(len(lines) - MOST, 0)]
    return [line for line in lines if line not in dropped]


def _line(day: date, name: str, series_snapshots: Sequence[SeriesSnapshot]) -> Line:
    """Return the line of a meeting; of a series that is no longer in the calendar it is `no meeting`."""
    series_snapshot = next((each for each in series_snapshots if each.series.name == name), None)
    if series_snapshot is None:
        return Line(day, name, "no meeting")
    if past := next((past for past in series_snapshot.meetings if past.date == day), None):
        return Line(day, name, "minutes", path=past.path)
    if entry := next(
        (each for each in (*series_snapshot.past, *series_snapshot.current) if each.day == day), None
    ):
        return Line(day, name, entry.state, path=entry.path, pull=entry.pull)
    return Line(day, name, "nothing" if series_snapshot.series.on(day) else "no meeting")
