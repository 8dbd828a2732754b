"""`/minutes` under the list of meetings without minutes: opens a draft for each of them. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.commands import PendingCommand
from bot.config import Config
from bot.model import Archive, Plan, Snapshot, Source
from bot.planning.meeting_day import draft_commands, drafts
from bot.planning.meeting_day.missing import edited, missed
from bot.planning.meeting_day.series_snapshot import SeriesSnapshot
from bot.state import ThreadState, find_state

AT_ONCE = 20
"""The most pull requests opened in one batch: GitHub ends requests after 10 seconds, and 80 a minute may be
opened
(https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits)."""


def open_missing(
    snapshot: Snapshot,
    archive: Archive,
    settings: Config,
    source: Source,
    series_snapshots: Sequence[SeriesSnapshot],
    now: datetime,
) -> Plan:
    """Return the plan for the bot's list of meetings without minutes, and for the commands under it.

    `source` is the issue with the list, in the archive; `series_snapshots` are all series of the calendar,
    `settings` those of the archive. `/minutes` there opens a draft for each meeting of the list. Raises
    MissingFacts.
    """
    thread_state = find_state(source.body, ThreadState)
    assert thread_state is not None  # `is_list` has found it
    found = draft_commands.read_commands(snapshot, source.comments, thread_state.handled_commands, "source")
    if steps := draft_commands.skipping(snapshot, settings, found.permitted):
        return Plan("take meetings off the calendar", steps)
    refused = drafts.refused(snapshot)
    is_refused = bool(refused & drafts.NEEDED)
    if (
        any(each.name == "" for each in found.permitted)
        and not is_refused
        and (gone := missed(series_snapshots))
    ):
        snapshot.require("what do the minutes look like?", "shape")
        opened = (drafts.opening(snapshot, *each, now, asked=True) for each in gone[:AT_ONCE])
        return Plan("open what is missing", tuple(step for steps in opened for step in steps))

    def is_done(each: PendingCommand) -> bool:
        if each.name == "":
            return not is_refused
        return draft_commands.is_skipped(snapshot, settings, each)

    handled, reactions = draft_commands.answers(found, is_done)
    steps = (*edited(archive, series_snapshots, source, now, handled), *reactions)
    kept = tuple(step for step in steps if type(step).__name__ not in refused)
    return Plan("keep the list of missing minutes", kept)
