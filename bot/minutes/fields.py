"""What the notes say, field by field: strings as they were typed, for people and programs to read."""

from dataclasses import dataclass

from bot.minutes import items
from bot.minutes.evidence import claims_of
from bot.minutes.labels import FieldName
from bot.minutes.markdown import plain
from bot.minutes.task import Task
from bot.minutes.template import GUIDANCE


@dataclass(frozen=True, slots=True)
class Fields:
    """Strings of the notes; None or empty where they do not say it. `date` is the best claim, as typed."""

    date: str | None = None
    start: str | None = None
    end: str | None = None
    attendees: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    previous_link: str | None = None
    acceptance: str | None = None
    actions: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


def read_fields(task: Task) -> Fields:
    """Read the fields of the notes."""
    document, link = task.document, task.link
    return Fields(
        date=next((claim.text for claim in claims_of(document)), None),
        start=_value(task, "start"),
        end=_value(task, "end"),
        attendees=task.attendance.present,
        absent=task.attendance.absent,
        previous_link=link.target if link else None,
        acceptance=_acceptance(task),
        actions=items.actions(document),
        decisions=items.decisions(document),
        sections=tuple(heading.text for heading in task.headings),
    )


def _value(task: Task, name: FieldName) -> str | None:
    return next((field.value for field in task.fields if field.name == name and field.value), None)


def _acceptance(task: Task) -> str | None:
    """Read what stands below the heading under which the last minutes are accepted, guidance apart."""
    starts = [heading.start for heading in task.headings] + [task.end]
    for heading, end in zip(task.headings, starts[1:], strict=True):
        said = plain(heading.text).casefold()
        if ("accept" in said or "approv" in said) and "minutes" in said:
            below = [
                block
                for block in task.document.between(heading.end, end)
                if not GUIDANCE.fullmatch(block.text or "-")
            ]
            if below:
                return "\n".join(task.document.lines[below[0].start : below[-1].end]).strip()
    return None
