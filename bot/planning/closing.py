"""How a draft without notes closes: it says why, and leaves nothing behind. Pure."""

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
"""The status of a draft into which nobody wrote before the next meeting."""
SKIP = "skip"
"""The status of a draft without a meeting, and of the pull request against the calendar."""
AT_ONCE = timedelta(minutes=10)
"""What happens to an issue so soon after it was opened is the bot's own doing: labels."""


def closing(archive: Archive, pull: Pull, state: str) -> Iterator[Step]:
    """Close a draft; its state tells that no person did, and its text why: it lapsed, or is to be skipped."""
    pull_state = find_state(pull.body, PullState)
    assert pull_state is not None  # by which it was known as a draft
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
    """Note of drafts that are closed for good that they are: whoever opens one again wants it.

    `awaited` are the ids of those that a meeting still waits for; what a person closed of them may come back
    as a draft. Not beside the closing: GitHub may fail one part of a batch and do the next; the draft would
    stay open.
    """
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "closed" else None
        if pull_state is None or not is_unclaimed(pull_state) or pull_state.requested:
            continue
        if pull_state.status in (LAPSED, SKIP) or pull.id not in awaited:
            yield EditPull(pull, pull.title, replace_state(pull.body, replace(pull_state, requested=True)))


def source_of(archive: Archive, key: str) -> Source | None:
    """Find the issue or discussion that the bot opened for the notes of a meeting: the oldest of them."""
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
