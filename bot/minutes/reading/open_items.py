"""Find the action items that the newest minutes leave open, and since when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.minutes.reading.action_sections import is_about_actions, placed
from bot.minutes.reading.actions import is_empty_action, read, without_box
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import label_in
from bot.minutes.reading.names import called
from bot.minutes.reading.people import attendance
from bot.minutes.reading.statements import Statement, is_label, statements_of, title_of
from bot.minutes.text.markdown import plain

MOST = 50
"""The most open actions that a draft takes over; teams with more have another list of them."""
LONGEST = 500  # characters of an action

AGENDA = re.compile(
    r"(?i)(?:(?:proposed|draft|today['’]?s|meeting|discussion|the)[ ])*"
    r"(?:agenda|topics?|agenda (?:items|topics)|topics? (?:for|of) (?:discussion|today)"
    r"|tagesordnung|themen|ordre du jour|orden del d[ií]a|temas|ordine del giorno|agendapunten"
    r"|повестка(?: дня)?|议程|議程|议题|議題|アジェンダ|안건)"
)
"""Matches the title of an agenda's section."""
_SINCE = re.compile(r"[ ]?\(open since (?P<day>\d{4}-\d\d-\d\d)\)")


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action item that is not done: its text as typed, on one line, and since which date it is open."""

    text: str
    since: date

    @property
    def line(self) -> str:
        """The list item of a draft for this action, `- [ ] Ask Ada (open since 2031-03-04)`.

        When the draft becomes minutes, `open_actions` reads that date again.
        """
        return f"- [ ] {self.text} (open since {self.since})"


class _Listed(NamedTuple):
    """An action as typed, without checkbox and `(open since …)`; the date in that note, None without one."""

    text: str
    since: date | None
    done: bool

    @property
    def key(self) -> str:
        """The key by which an action is found in other minutes: its words, without markup and case."""
        return " ".join(re.findall(r"\w+", self.text.casefold())) or self.text


def open_actions(minutes: Sequence[tuple[date, str]]) -> tuple[OpenAction, ...]:
    """Return the actions that are open in the newest of the given minutes, only the first ones of very many.

    `minutes` are pairs of date and text, the oldest first. Open are items with an empty checkbox, and items
    below a heading for actions where none has a checkbox. An action is open since the date in its own text,
    else since the first of the consecutive minutes, up to the newest, that list it as open.
    """
    if not minutes:
        return ()
    days = [day for day, _ in minutes]
    texts = [tuple(_listed(Document.read(text))) for _, text in minutes]
    done = {action.key for action in texts[-1] if action.done}
    still: dict[str, _Listed] = {}
    for action in texts[-1]:
        if action.key not in done:
            still.setdefault(action.key, action)
    opened = [{action.key for action in text if not action.done} for text in texts]
    return tuple(
        OpenAction(action.text, action.since or _first(days, opened, action.key))
        for action in [*still.values()][:MOST]
    )


def _first(days: Sequence[date], opened: Sequence[set[str]], key: str) -> date:
    """Return the date of the first of the consecutive minutes, up to the newest, with `key` in `opened`."""
    first = days[-1]
    for day, keys in zip(reversed(days), reversed(opened), strict=True):
        if key not in keys:
            break
        first = day
    return first


def _listed(document: Document) -> Iterator[_Listed]:
    """Yield the actions of a text, open and done, without the items nested below one.

    One in the group of a person, `### Ada`, begins with whose it is: `Ada: glue`.
    """
    statements = [statement for statement in statements_of(document) if not _is_other(statement)]
    ticking = {statement.below for statement in statements if statement.ticked is not None}
    titles = {title_of(title.text) for title in document.titles}
    parents: set[str] = set()
    for statement, is_item, _, owner in placed(statements, titles, called(attendance(document).present)):
        done = _done(statement, is_item, statement.below in ticking)
        if statement.parent in parents:
            parents.add(statement.text)
        elif done is not None:
            parents.add(statement.text)
            text = " ".join([*([f"{plain(owner)}:"] if owner else []), *without_box(statement.text).split()])
            yield _Listed(_SINCE.sub("", text).strip()[:LONGEST].strip(), _since(text), done)


def _is_other(statement: Statement) -> bool:
    """Return whether a statement is below a heading for people or topics, where a checkbox is no action."""
    for title in reversed(statement.below):
        if is_about_actions(title):
            return False
        if label_in(title, alone=True) or AGENDA.fullmatch(title):
            return True
    return False


def _done(statement: Statement, is_item: bool, is_ticking: bool) -> bool | None:
    """Return whether an action is done; None where the statement is no action.

    `is_item`: whether it is in a section for actions, or in a group there. `is_ticking`: whether the section
    has checkboxes, so that items without one are no actions.
    """
    text = _SINCE.sub("", without_box(statement.text))
    if is_empty_action(text):
        return None
    if statement.ticked is not None:
        return statement.ticked or statement.struck
    if not (is_item and statement.listed) or is_ticking or is_label(text):
        return None
    return statement.struck or read(text).done is True


def _since(text: str) -> date | None:
    match = _SINCE.search(text)
    try:
        return date.fromisoformat(match["day"]) if match else None
    except ValueError:
        return None
