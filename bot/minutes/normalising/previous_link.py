"""Make the link "last meeting" lead to the minutes of the previous meeting."""

from collections.abc import Iterator

from bot.minutes.normalising.edits import Edit
from bot.minutes.normalising.task import Task
from bot.minutes.reading.document import Document
from bot.minutes.reading.links import MarkdownLink, is_generic


def previous_link(task: Task) -> Iterator[Edit]:
    """Yield the edit that makes the link "last meeting" lead to the minutes of the previous meeting.

    None where the target is one meeting already, or the previous meeting is not known.
    """
    link, before = task.link, task.meeting.previous
    if not (link and link.fillable and before) or link.target == before.link:
        return
    if is_generic(link.target, task.template.links):
        yield relink(task.document, link, before.link)


def relink(document: Document, link: MarkdownLink, target: str) -> Edit:
    """Return the edit that gives a fillable link of a document another target, and changes nothing else."""
    line = document.lines[link.line]
    filled = line[: link.start] + target + line[link.end :]
    return Edit(link.line, link.line + 1, (filled,), "previous-link")
