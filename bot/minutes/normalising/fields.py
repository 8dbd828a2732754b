"""What the notes say, field by field: strings as they were typed, for people and programs to read."""

from dataclasses import dataclass

from bot.minutes.normalising.acceptance import acceptance
from bot.minutes.normalising.task import Task
from bot.minutes.reading.actions import Action, actions_of
from bot.minutes.reading.date_candidates import first_candidate
from bot.minutes.reading.decisions import decisions_of
from bot.minutes.reading.statements import statements_of
from bot.minutes.reading.times import start_and_end


@dataclass(frozen=True, slots=True)
class Fields:
    """Strings of the notes; None or empty where they do not say it.

    `date` is the best candidate, as typed.
    """

    date: str | None = None
    start: str | None = None
    end: str | None = None
    attendees: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    previous_link: str | None = None
    acceptance: str | None = None
    actions: tuple[str, ...] = ()
    action_items: tuple[Action, ...] = ()
    decisions: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def read_fields(task: Task) -> Fields:
    """Read the fields of the notes."""
    document, link, candidate = task.document, task.link, first_candidate(task.document)
    statements = tuple(statements_of(document))
    actions = actions_of(document, statements, len(document.lines))
    start, end = start_and_end(document, task.fields)
    return Fields(
        date=candidate.text if candidate else None,
        start=start,
        end=end,
        attendees=task.attendance.present,
        absent=task.attendance.absent,
        previous_link=link.target if link else None,
        acceptance=acceptance(task),
        actions=tuple(action.text for action in actions if not action.carried),
        action_items=actions,
        decisions=decisions_of(statements),
        sections=tuple(heading.text for heading in document.headings),
    )
