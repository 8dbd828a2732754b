"""Drafts without notes: the one reminder, and answers to commands under them. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.commands import PendingCommand
from bot.config import Config
from bot.model import Archive, EditPull, Pull, Remind, Snapshot, Step
from bot.planning import reports
from bot.planning.closing import LAPSED, SKIP, source_of
from bot.planning.meeting_day import draft_commands
from bot.planning.meeting_day.series_snapshot import MeetingStatus, evening
from bot.planning.pulls import is_unclaimed
from bot.state import PullState, find_state, replace_state


def reminding(archive: Archive, entry: MeetingStatus, now: datetime) -> list[Step]:
    """Return the steps that remind people of the draft of a meeting, once, from `evening` on.

    The reminder is a comment on the draft's pull request in the archive; empty before, and once it was sent.
    """
    pull, pull_state = entry.pull, find_state(entry.pull.body, PullState) if entry.pull else None
    if not pull or not pull_state or pull_state.reminded or now < evening(entry):
        return []
    if any(comment.mine for comment in pull.comments):  # sent: its answer was lost, or the edit refused
        return []
    source = source_of(archive, entry.key)
    text = reports.reminder(archive, entry.day, pull, entry.path, source, entry.closes)
    body = replace_state(pull.body, replace(pull_state, reminded=True))
    return [Remind(pull, text), EditPull(pull, pull.title, body)]


def reviving(archive: Archive) -> list[Step]:
    """Return the steps that clear the status of closed drafts that a person opened again.

    If such a draft is closed once more, it was closed by a person: there was no meeting.
    """
    found = (
        (pull, find_state(pull.body, PullState))
        for pull in archive.pulls
        if pull.mine and pull.state == "open"
    )
    return [
        EditPull(pull, pull.title, replace_state(pull.body, replace(pull_state, status="")))
        for pull, pull_state in found
        if pull_state
        and is_unclaimed(pull_state)
        and pull_state.requested
        and pull_state.status in (LAPSED, SKIP)
    ]


def answering(snapshot: Snapshot, archive: Archive, settings: Config, pull: Pull) -> tuple[Step, ...]:
    """Return the steps that do and answer the commands under a draft; `pull` is its pull request.

    Only `/minutes skip` and `/minutes move` are done, and only for the series of the draft; empty if `pull`
    is no draft that waits for notes. Raises MissingFacts.
    """
    pull_state = find_state(pull.body, PullState)
    if pull_state is None or not is_unclaimed(pull_state):
        return ()
    found = draft_commands.read_commands(snapshot, pull.comments, pull_state.handled_commands, "pull")
    if steps := draft_commands.skipping(snapshot, settings, found.permitted, of=pull_state.series):
        return steps

    def is_skipped(each: PendingCommand) -> bool:
        return draft_commands.is_skipped(snapshot, settings, each, of=pull_state.series)

    handled, reactions = draft_commands.answers(found, is_skipped)
    if not handled:
        return tuple(reactions)
    body = replace_state(
        pull.body, replace(pull_state, handled_commands=(*pull_state.handled_commands, *handled))
    )
    return (EditPull(pull, pull.title, body), *reactions)
