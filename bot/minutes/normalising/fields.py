"""Read the fields of notes, such as attendees and decisions, as strings as typed."""

from dataclasses import dataclass

from bot.minutes.reading.acceptance import Acceptance, read_acceptance
from bot.minutes.reading.actions import Action, actions_of
from bot.minutes.reading.date_candidates import first_candidate
from bot.minutes.reading.decisions import decisions_of
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import Labelled
from bot.minutes.reading.links import MarkdownLink
from bot.minutes.reading.people import Attendance
from bot.minutes.reading.statements import statements_of
from bot.minutes.reading.times import start_and_end


@dataclass(frozen=True, slots=True)
class Fields:
    """What the notes say, as typed; None or empty where they do not say it.

    `date` is the date in them that is most likely that of the meeting. `actions` are the texts of
    `action_items`, without those that are from earlier meetings. `acceptance` is about the minutes of the
    previous meeting, None where the notes do not mention it. `sections` are the texts of all headings.
    """

    date: str | None = None
    start: str | None = None
    end: str | None = None
    attendees: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    previous_link: str | None = None
    acceptance: Acceptance | None = None
    actions: tuple[str, ...] = ()
    action_items: tuple[Action, ...] = ()
    decisions: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def read_fields(
    document: Document, labelled: tuple[Labelled, ...], attendance: Attendance, link: MarkdownLink | None
) -> Fields:
    """Return what parsed notes say: date, times, people, actions, decisions, sections.

    Some of it was read from the same notes before: `labelled`, the lines and headings such as `Start:`,
    `attendance`, and `link`, the one to the previous meeting (None: there is none).
    """
    candidate = first_candidate(document)
    statements = tuple(statements_of(document))
    actions = actions_of(document, statements, len(document.lines), attendance.present)
    start, end = start_and_end(document, labelled, candidate.date if candidate else None)
    return Fields(
        date=candidate.text if candidate else None,
        start=start,
        end=end,
        attendees=attendance.present,
        absent=attendance.absent,
        previous_link=link.target if link else None,
        acceptance=read_acceptance(document),
        actions=tuple(action.text for action in actions if not action.carried),
        action_items=actions,
        decisions=decisions_of(document, statements),
        sections=tuple(heading.text for heading in document.headings),
    )
