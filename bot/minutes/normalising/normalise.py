"""Normalise notes: make minutes of them, with a ledger of every line.

The notes are parsed; each step yields edits of the lines that it would change; those are applied to the lines
as typed; the ledger is verified; and a second normalisation must change nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from bot.minutes.normalising import breaks, header, pads, paste
from bot.minutes.normalising.checks import CHECKS, left_out
from bot.minutes.normalising.comments import drop_comments
from bot.minutes.normalising.edits import Edit, apply_edits
from bot.minutes.normalising.field_form import field_form
from bot.minutes.normalising.fields import Fields
from bot.minutes.normalising.findings import Finding, finding
from bot.minutes.normalising.ledger import LedgerEntry, LineSpan, line_mapping, verify
from bot.minutes.normalising.previous_link import previous_link
from bot.minutes.normalising.reread import reread
from bot.minutes.normalising.sections import sections
from bot.minutes.normalising.split import choose, left_behind, passages, split
from bot.minutes.normalising.task import Meeting, SourceKind, Task
from bot.minutes.normalising.template import Template
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import Lines, clean, cut, join

# Rules whose edits are so small that after them a second normalisation need not be checked.
_QUIET = {"", "previous-link"}


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes made of notes, with their fields, the ledger of all changes, and the findings.

    `mode` is "fit" where the template was applied. `fell_back`: whether an error in the bot left the notes as
    typed. `source_lines`: if the notes are of several meetings, the first and last lines (from 1) of the
    passages about the selected one; the ledger counts only these. Else it is empty.
    """

    text: str
    mode: Literal["fit", "hands-off"]
    fields: Fields
    ledger: tuple[LedgerEntry, ...]
    findings: tuple[Finding, ...]
    fell_back: bool = False
    source_lines: tuple[LineSpan, ...] = ()

    def taken_from(self, notes: str) -> Lines:
        """Return the lines of `notes` that the ledger counts: all, or the passages in `source_lines`."""
        return passages(cut(clean(notes)), self.source_lines)


class NotProven(Exception):
    """The error that minutes differ from their ledger, or that normalising them again changes them."""


def normalise(
    notes: str, *, template: Template, meeting: Meeting, source: SourceKind = "issue", title: str = ""
) -> Minutes:
    """Return the minutes of notes. Never raises: after an error in the bot they are the notes as typed.

    `source` is where the notes are from: only for an issue comments are dropped, and the line breaks that it
    shows are kept. `title` is that of the issue or discussion; a finding reports another date in it.
    """
    try:
        if made := _one_of_several(notes, template, meeting, source, title):
            return made
        return _normalise(Task(Document.read(notes, template.own_title), template, meeting, source, title))
    except Exception:  # whatever the reason: no error may lose the notes
        return _as_typed(notes)


def _one_of_several(
    notes: str, template: Template, meeting: Meeting, source: SourceKind, title: str
) -> Minutes | None:
    """Return the minutes of the selected one of several meetings.

    None where no meeting was selected, the notes are of one meeting, or no part of them is clearly its.
    """
    if not meeting.selected or meeting.date is None:
        return None
    parts = split(notes, meeting.date.year)
    part, alone = choose(parts, meeting.date), replace(meeting, selected=False)
    if part is None:
        return None
    made = normalise(part.text, template=template, meeting=alone, source=source, title=title)
    others = left_behind(part, parts, meeting.date)
    return replace(made, source_lines=part.source_lines, findings=(others, *made.findings))


def _normalise(task: Task) -> Minutes:
    lines, ledger = _apply_steps(task)
    text = join(lines)
    if verify(join(task.notes.lines), text, ledger):
        raise NotProven
    if not {entry.rule for entry in ledger} <= _QUIET:
        again = replace(task, notes=reread(task.document, lines, ledger))
        if _apply_steps(again)[0] != lines:
            raise NotProven
    place = line_mapping(ledger)
    checked = (f for check in CHECKS for f in check(task))
    findings = chain(
        (replace(f, line=place(f.line)) if f.line else f for f in checked),
        pads.left_as_typed(task.document, place),
        left_out(task.notes.lines, ledger),
    )
    return Minutes(
        text,
        "hands-off" if task.hands_off else "fit",
        task.fields,
        ledger,
        tuple(findings),
    )


def _as_typed(notes: str) -> Minutes:
    lines = cut(clean(notes))
    ledger = (LedgerEntry("carry", (1, len(lines)), (1, len(lines))),) if lines else ()
    return Minutes(join(lines), "hands-off", Fields(), ledger, (finding("internal-error"),), fell_back=True)


def _apply_steps(task: Task) -> tuple[Lines, tuple[LedgerEntry, ...]]:
    edits = [edit for step in STEPS for edit in step(task)]
    lines, ledger = apply_edits(task.notes.lines, edits)
    kept = task.front_matter_selection.top or (task.template.front_matter_lines and not task.hands_off)
    if task.source == "issue" and not kept and lines[:1] and lines[0].rstrip() == "---":
        # A thematic break at the top of an issue would begin a front matter at the top of a file.
        lines, ledger = apply_edits(task.notes.lines, [Edit(0, 0, ("",), "line-break"), *edits])
    return lines, ledger


def second_paste(task: Task) -> Iterator[Edit]:
    """Yield the edits that drop the second copy where the same notes were pasted twice."""
    yield from paste.second_pastes(task.paste_ends, task.comment_lines)


def form(task: Task) -> Iterator[Edit]:
    """Yield the edits that drop fields of an issue form without an answer, and the form's checklist."""
    yield from task.form_edits


def guidance(task: Task) -> Iterator[Edit]:
    """Yield the edits that drop guidance of the template which people left in the notes unchanged.

    None unless the team set `guidance: drop`.
    """
    if task.template.keeps_guidance or task.hands_off:
        return
    known = {text for section in task.template.sections for text in section.guidance}
    for block in task.document.top:
        if block.kind == "paragraph" and block.text in known:
            yield Edit(block.start, block.end, (), "template-placeholder")


def line_breaks(task: Task) -> Iterator[Edit]:
    """Yield the edits by which a file shows the lines of text that an issue shows.

    They make lists and tables of typed ones, add blank lines above labels, and hard breaks to other lines.
    """
    if task.source == "issue":
        yield from breaks.line_edits(task.notes.lines, task.document, task.structure_edits)


STEPS: tuple[Callable[[Task], Iterator[Edit]], ...] = (
    second_paste,
    form,
    header.front_matter,
    header.title,
    drop_comments,
    guidance,
    previous_link,
    sections,
    field_form,
    line_breaks,
)
"""All steps, in order: of two that change the same line the first one is applied."""
