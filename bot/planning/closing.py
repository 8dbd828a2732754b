"""The steps that close a draft without notes, with the reason, and remove its branch. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from bot.model import Archive, ClosePull, CloseSource, DeleteBranch, EditPull, Pull, Source, Step
from bot.planning import texts
from bot.planning.pulls import is_unclaimed
from bot.state import (
    PullState,
    ThreadState,
    embed_state,
    find_state,
    meeting_key,
    replace_block,
    replace_state,
)

LAPSED = "lapsed"
"""The status of a draft that nobody wrote in before the next meeting."""
SKIP = "skip"
"""The status of a draft that no meeting needs, and of a pull request that takes meetings off the calendar."""
AT_ONCE = timedelta(minutes=10)
"""Changes of an issue so soon after it was opened are the bot's own, such as labels."""


def closing(archive: Archive, pull: Pull, state: str) -> Iterator[Step]:
    """Yield the steps that close a meeting's draft in the archive, since nobody wrote in it or needs it.

    `state` is the draft's new status: `LAPSED` if the next meeting came, `SKIP` if there is no meeting; the
    text of the pull request says the same. Its branch is deleted, and the issue or discussion that the bot
    opened for the notes is closed, unless people changed that.
    """
    pull_state = find_state(pull.body, PullState)
    assert pull_state is not None  # each draft has one
    assert pull_state.day is not None
    text = texts.render("lapsed" if state == LAPSED else "no_meeting", {"day": pull_state.day})
    closed = replace(pull_state, status=state)
    body = replace_state(replace_block(pull.body, embed_state(closed, text)), closed)
    yield EditPull(pull, pull.title, body)
    yield ClosePull(pull)
    yield from (DeleteBranch(each) for each in archive.branches if each.name == pull.branch)
    source = source_of(archive, meeting_key(pull_state.series, pull_state.day))
    if source and source.open and _is_untouched(source):
        yield CloseSource(source)


def noting(archive: Archive, awaited: Collection[str]) -> Iterator[Step]:
    """Yield the steps that record in drafts closed for good that whoever opens one again wants it.

    The record is `requested` in the draft's state. `awaited` are the node ids of pull requests that a meeting
    still needs; of these, one that a person closed may become a draft again. Not in the batch that closes:
    GitHub may fail one step of a batch and do the next, and the draft would stay open.
    """
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "closed" else None
        if pull_state is None or not is_unclaimed(pull_state) or pull_state.requested:
            continue
        if pull_state.status in (LAPSED, SKIP) or pull.id not in awaited:
            yield EditPull(pull, pull.title, replace_state(pull.body, replace(pull_state, requested=True)))


def source_of(archive: Archive, key: str) -> Source | None:
    """Return the oldest issue or discussion that the bot opened in the archive for the notes of a meeting.

    `key` names the meeting, as `meeting_key` makes it. None if there is none.
    """
    found = [
        source
        for source in archive.opened
        if (thread_state := find_state(source.body, ThreadState))
        and thread_state.purpose == "agenda"
        and key in thread_state.meetings
    ]
    return min(found, key=lambda source: source.created_at, default=None)


def _is_untouched(source: Source) -> bool:
    return source.edited_at is None and source.updated_at - source.created_at < AT_ONCE
