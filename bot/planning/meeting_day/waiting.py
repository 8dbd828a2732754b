"""Drafts into which nobody has written: people are reminded once, and what they say there is heard. Pure."""

from dataclasses import replace
from datetime import datetime

from bot import marks
from bot.config import Config
from bot.model import Archive, EditPull, Pull, Remind, Snapshot, Step
from bot.planning import reports
from bot.planning.closing import LAPSED, SKIP, source_of
from bot.planning.meeting_day import orders
from bot.planning.meeting_day.almanac import Entry, evening
from bot.planning.meeting_day.orders import Told
from bot.planning.pulls import is_unclaimed


def reminding(archive: Archive, entry: Entry, now: datetime) -> list[Step]:
    """Remind people, on the evening of the meeting."""
    pull, mark = entry.pull, marks.find(entry.pull.body) if entry.pull else None
    if not pull or not mark or mark.reminded or now < evening(entry):
        return []
    if any(comment.mine for comment in pull.comments):  # the answer was lost, or the note of it refused
        return []
    source = source_of(archive, entry.key)
    text = reports.reminder(archive, entry.day, pull, entry.path, source, entry.closes)
    body = marks.remark(pull.body, replace(mark, reminded=True))
    return [Remind(pull, text), EditPull(pull, pull.title, body)]


def reviving(archive: Archive) -> list[Step]:
    """Note that a person opened a draft again: closed once more, it says that there was no meeting."""
    found = ((pull, marks.find(pull.body)) for pull in archive.pulls if pull.mine and pull.state == "open")
    return [
        EditPull(pull, pull.title, marks.remark(pull.body, replace(mark, state="")))
        for pull, mark in found
        if mark and is_unclaimed(mark) and mark.called and mark.state in (LAPSED, SKIP)
    ]


def answering(snapshot: Snapshot, archive: Archive, settings: Config, pull: Pull) -> tuple[Step, ...]:
    """Do and answer what people say under a draft: only its meeting can be taken off. Raises MissingFacts."""
    mark = marks.find(pull.body)
    if mark is None or not is_unclaimed(mark):
        return ()
    told = orders.hear(snapshot, pull.comments, mark, "pull")
    if steps := orders.skipping(snapshot, archive, settings, told, of=mark.series):
        return steps

    def is_skipped(each: Told) -> bool:
        return orders.is_skipped(snapshot, settings, each, of=mark.series)

    heard, reactions = orders.answers(told, is_skipped)
    if not heard:
        return tuple(reactions)
    body = marks.remark(pull.body, replace(mark, heard=(*mark.heard, *heard)))
    return (EditPull(pull, pull.title, body), *reactions)
