"""How a draft without notes closes: it says why, and leaves nothing behind. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from bot import marks
from bot.model import Archive, ClosePull, CloseSource, DeleteBranch, EditPull, Pull, Source, Step
from bot.planning import texts
from bot.planning.pulls import is_unclaimed

LAPSED = "lapsed"
"""The state in the mark of a draft into which nobody wrote before the next meeting."""
SKIP = "skip"
"""The state in the mark of a draft without a meeting, and of the pull request against the calendar."""
AT_ONCE = timedelta(minutes=10)
"""What happens to an issue so soon after it was opened is the bot's own doing: labels."""


def closing(archive: Archive, pull: Pull, state: str) -> Iterator[Step]:
    """Close a draft; its mark tells that no person did, and its text why: it lapsed, or is to be skipped."""
    mark = marks.find(pull.body)
    assert mark is not None  # by which it was known as a draft
    assert mark.day is not None
    text = texts.render("lapsed" if state == LAPSED else "no_meeting", {"day": mark.day})
    closed = replace(mark, state=state)
    body = marks.remark(marks.rewrap(pull.body, marks.wrap(closed, text)), closed)
    yield EditPull(pull, pull.title, body)
    yield ClosePull(pull)
    yield from (DeleteBranch(each) for each in archive.branches if each.name == pull.branch)
    source = source_of(archive, marks.meeting_key(mark.series, mark.day))
    if source and source.open and _is_untouched(source):
        yield CloseSource(source)


def noting(archive: Archive, awaited: Collection[str]) -> Iterator[Step]:
    """Note of drafts that are closed for good that they are: whoever opens one again wants it.

    `awaited` are the ids of those that a meeting still waits for; what a person closed of them may come back
    as a draft. Not beside the closing: GitHub may fail one part of a batch and do the next; the draft would
    stay open.
    """
    for pull in archive.pulls:
        mark = marks.find(pull.body) if pull.mine and pull.state == "closed" else None
        if mark is None or not is_unclaimed(mark) or mark.called:
            continue
        if mark.state in (LAPSED, SKIP) or pull.id not in awaited:
            yield EditPull(pull, pull.title, marks.remark(pull.body, replace(mark, called=True)))


def source_of(archive: Archive, key: str) -> Source | None:
    """Find the issue or discussion that the bot opened for the notes of a meeting: the oldest of them."""
    found = [
        source
        for source in archive.opened
        if (mark := marks.find(source.body)) and mark.state == "agenda" and key in mark.listed
    ]
    return min(found, key=lambda source: source.created_at, default=None)


def _is_untouched(source: Source) -> bool:
    return source.edited_at is None and source.updated_at - source.created_at < AT_ONCE
