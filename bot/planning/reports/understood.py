"""What the bot read in minutes, so that a reviewer sees what is wrong at a glance. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.minutes import Minutes
from bot.minutes.text.counts import counted
from bot.minutes.text.markdown import cut, plain

MOST_PEOPLE = 60
"""The most names in one row; the file has all of them."""
MOST_ROWS = 20
"""The most action items, and the most decisions, in the table."""
_WIDEST = 160  # characters of one action item or decision


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what it is, its text, and its line in the minutes, from 1; None if it is not found.

    `details` are the owner and the due date of an action item, each empty where not given.
    """

    what: str
    text: str
    line: int | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read in minutes: a `summary` of counts, and the rows; both empty where nothing was."""

    summary: str = ""
    rows: tuple[Row, ...] = ()


def understood(minutes: Minutes) -> Understood:
    """Return who was there and who was not, the action items and the decisions that were read in minutes."""
    fields = minutes.fields
    actions = [action for action in fields.action_items if not action.carried]
    counts = {
        counted(len(fields.attendees), "present", "present"): len(fields.attendees),
        counted(len(fields.absent), "absent", "absent"): len(fields.absent),
        counted(len(actions), "action item"): len(actions),
        counted(len(fields.decisions), "decision"): len(fields.decisions),
    }
    lines = [plain(line) for line in cut(minutes.text)]
    rows = [*_people("Present", fields.attendees), *_people("Absent", fields.absent)]
    for action in actions[:MOST_ROWS]:
        owner, due = action.owner and f"owner {action.owner}", action.due and f"due {action.due}"
        details = (owner, due, "done" if action.done else None)
        rows.append(_row("Action item", action.text, lines, tuple(filter(None, details))))
    rows += [_row("Decision", text, lines) for text in fields.decisions[:MOST_ROWS]]
    return Understood(", ".join(text for text, count in counts.items() if count), tuple(rows))


def _people(what: str, names: tuple[str, ...]) -> Iterator[Row]:
    if names:
        more = f" and {len(names) - MOST_PEOPLE} more" if len(names) > MOST_PEOPLE else ""
        yield Row(what, "; ".join(plain(name) for name in names[:MOST_PEOPLE]) + more)


def _row(what: str, text: str, lines: Iterable[str], details: tuple[str, ...] = ()) -> Row:
    first = plain(text.split("\n")[0])
    line = next((number for number, each in enumerate(lines, 1) if first in each), None)
    shown = plain(text)
    return Row(what, shown if len(shown) <= _WIDEST else f"{shown[:_WIDEST]}…", line, details)
