"""The plan for a calendar. Pure.

A meeting that cannot be opened does not keep others from being opened.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.config import Config
from bot.model import Archive, Plan, Snapshot, Source, Step
from bot.planning.branches import left_over
from bot.planning.closing import LAPSED, SKIP, closing, noting
from bot.planning.in_force import in_force
from bot.planning.meeting_day import drafts, sources
from bot.planning.meeting_day.backlog import open_missing
from bot.planning.meeting_day.missing import listing
from bot.planning.meeting_day.series_snapshot import SeriesSnapshot, by_file, evening, read_series, strays
from bot.planning.meeting_day.waiting import answering, reminding, reviving
from bot.planning.pulls import is_unclaimed
from bot.state import PullState, find_state


def due(snapshot: Snapshot, now: datetime) -> Plan:
    """Return the plan for what the archive's calendar makes due now, such as opening or closing drafts.

    The plan also says when to look again. Raises MissingFacts.
    """
    archive, settings = in_force(snapshot)
    if archive is None or settings is None or not settings.series:
        return Plan("there is no calendar to follow")
    series_snapshots = [read_series(archive, settings, series, now) for series in settings.series]
    steps = _steps(snapshot, archive, settings, series_snapshots, now)
    why = _why(series_snapshots, steps) if steps else "nothing is due"
    return Plan(why, steps, look_again=min(_times(series_snapshots, now), default=None))


def keep_list(snapshot: Snapshot, source: Source, now: datetime) -> Plan:
    """Return the plan for the bot's list of meetings without minutes, and for the commands under it.

    `source` is the issue with the list; it has no effect in another repository than the archive. Raises
    MissingFacts.
    """
    archive, settings = in_force(snapshot)
    if archive is None or settings is None or archive.repository.name != source.repository.name:
        return Plan("there is no calendar to follow")
    series_snapshots = [read_series(archive, settings, series, now) for series in settings.series]
    return open_missing(snapshot, archive, settings, source, series_snapshots, now)


def _steps(
    snapshot: Snapshot,
    archive: Archive,
    settings: Config,
    series_snapshots: Sequence[SeriesSnapshot],
    now: datetime,
) -> tuple[Step, ...]:
    """Return the next steps that are due; issues and discussions first, since drafts link to them.

    Raises MissingFacts.
    """
    refused = drafts.refused(snapshot)

    def allowed(steps: Iterable[Step]) -> tuple[Step, ...]:
        """Return the steps without those that GitHub has just refused, and without duplicates."""
        kept: list[Step] = []
        for step in steps:
            if type(step).__name__ not in refused and step not in kept:
                kept.append(step)
        return tuple(kept)

    if in_vain := left_over(snapshot):
        return in_vain
    for pull in archive.pulls:
        if answers := allowed(answering(snapshot, archive, settings, pull) if pull.mine else ()):
            return answers
    today = [(each, entry) for each in series_snapshots for entry in each.current]
    empty = by_file((each, entry) for each, entry in today if entry.state == "nothing")
    if empty:
        snapshot.require("what do the minutes look like?", "shape")
        snapshot.require(
            "what is still open?",
            *(t for each in empty for t in drafts.texts_before(archive, *each)),
        )
    if opened := allowed(step for each in empty for step in sources.opening(snapshot, *each)):
        return opened
    steps: list[Step] = reviving(archive)
    for series_snapshot in series_snapshots:
        lapsed = [entry.pull for entry in series_snapshot.past if entry.pull and entry.state == "draft"]
        steps += (step for pull in lapsed for step in closing(archive, pull, LAPSED))
    steps += (
        step for pull in strays(archive, series_snapshots, now) for step in closing(archive, pull, SKIP)
    )
    if not refused & drafts.NEEDED:  # a draft needs all of these steps
        steps += (step for each in empty for step in drafts.opening(snapshot, *each, now))
    for _, entry in today:
        steps += reminding(archive, entry, now) if entry.state == "draft" else ()
    # the list comes last: a draft that closes in this batch is listed in the next
    awaited = {entry.pull.id for _, entry in today if entry.pull}
    return allowed(steps) or allowed([*noting(archive, awaited), *listing(archive, series_snapshots, now)])


def _times(series_snapshots: Sequence[SeriesSnapshot], now: datetime) -> Iterator[datetime]:
    """Yield when something is due next: meetings are opened, people are reminded, drafts close."""
    for series_snapshot in series_snapshots:
        if series_snapshot.next:
            yield series_snapshot.next.opens
        for entry in series_snapshot.current:
            pull = entry.pull if entry.state in ("draft", "no meeting") else None
            pull_state = find_state(pull.body, PullState) if pull else None
            if pull_state is None or not is_unclaimed(pull_state) or pull_state.requested:
                continue
            if entry.state == "draft" and not pull_state.reminded and now < evening(entry):
                yield evening(entry)
            elif entry.over is not None:
                yield entry.over


def _why(series_snapshots: Sequence[SeriesSnapshot], steps: Sequence[Step]) -> str:
    kinds = {type(step).__name__ for step in steps}
    if "OpenPull" in kinds:
        today = ((each.series.name, entry) for each in series_snapshots for entry in each.current)
        new = [f"{entry.day} ({name})" for name, entry in today if entry.state == "nothing"]
        return f"meeting day: open the minutes of {', '.join(new)}"
    return f"meeting day: {', '.join(sorted(kinds))}"
