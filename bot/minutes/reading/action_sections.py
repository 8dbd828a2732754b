"""Find the statements that are tasks by where they stand: below a heading for actions, or in a group there.

Groups are topics, `### Website`, and people, `### Ada`, as headings, labels or list items.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from bot.minutes.reading.action_words import DO, WORD
from bot.minutes.reading.labels import is_field_title
from bot.minutes.reading.section_words import TITLES, section_key
from bot.minutes.reading.statements import Statement, is_label
from bot.minutes.text.caseless import Caseless
from bot.minutes.text.markdown import plain

SECTION = re.compile(
    rf"(?i)(?:new |open |outstanding |our |the )*(?:{WORD}|actions?|tasks?|actionables?|actionable items?)"
    r"(?: (?:de|para|per|pour|por|für|von|van|voor|do|na|til|till|bis"
    r"|hasta|até|tot|pro) [\w ]{2,40})?(?: (?:required|needed|arising|agreed"
    r"|assigned|list|log|register|summary))?"
    r"(?:(?: and | & | ?/ ?)(?:[\w -]{3,30}))?(?: (?:from|for|of|until|before|by)"
    r" (?:this|the|today['’]?s|(?:the )?next|(?:the )?coming) (?:meeting|call|week|month|time|sprint"
    r"|session))?"
    r"[ ]?(?:\([^()]*\))?"
)
_BEFORE = Caseless(
    r"\b(?:previous|prior|last|old|past|carried|review(?:ing)?|outstanding|pending|completed|closed|existing)"
    r"\b[^\n]{0,60}\b(?:actions?|ais?|todos?|tasks?|follow[- ]?ups?)\b"
    r"|\bactions?\b[^\n]{0,60}\b(?:from|of) (?:the )?(?:last|previous|prior)\b"
)
_EARLIER = Caseless(
    r"previously|(?:since |from |review (?:of )?)?(?:the )?(?:last|previous) (?:week|time|meeting|call|month)"
    r"|old business|(?:actions?|todos?|tasks?)(?: items?| points?)? (?:review|status)"
)
"""The title of a section about the last meeting: its tasks are from there."""
_RECAP = Caseless(r"(?:key )?(?:take[- ]?aways|outcomes|conclusions?)(?: ?/ ?\w+)?")
"""The title of a section in which items with an owner, and a verb, are tasks."""
_OWNED = re.compile(
    r"\[[ xX]\][ \t]|(?:\[?@[A-Za-z0-9][\w-]*\]?(?:\[\]|\([^()]*\))?|(?i:unclaimed|unassigned|nobody yet"
    r"|who\?))"
    r"[*_]{0,3}[:：]"
)
"""How a task begins that says whose it is, nested in what it is about: `@ada: glue`, `Unclaimed: glue`."""
_NAMED = re.compile(r"[*_]{0,3}[A-Z][\w.'’-]+[*_]{0,3}[:：] \S")
"""How a task begins with a name and a colon: `Ada: glue`."""
_TAKEN = re.compile(rf"{_OWNED.pattern}|@?[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*)? (?:to|will) [a-z]")
"""How a task begins that says who does it, and is nothing that somebody says: `Ada to glue`."""
_OWNER_AROUND = re.compile(
    rf"[(](?P<first>[\w.'’ -]{{2,40}})[)] {DO}\b.*|{DO}\b.*\S [(](?P<last>[\w.'’ -]{{2,40}})[)][.\s]*"
    r"|(?P<will>[\w.'’-]+(?: [A-Z][\w.'’-]*)?) will (?!be\b)[a-z]+ .*",
    re.DOTALL,
)
"""A task with whose it is: `(Ada) Send forms`, `Send forms (Ada)`, `Ada will send forms`."""
_OTHERS = TITLES | {"completed", "done", "closed", "finished", "resolved", "erledigt", "links", "resources"}
"""The keys of titles below which nothing is to be done."""
_ALL = {
    "all",
    "everyone",
    "everybody",
    "whole team",
    "alle",
    "tous",
    "toutes",
    "todos",
    "todas",
    "tutti",
    "allen",
}
"""Words for all who were there, in place of names."""
_LOGIN = re.compile(r"@[a-z0-9][\w-]*")
_BETWEEN = re.compile(r"[ ]*(?:[,/&+]|\b(?:and|und|et|y|e|en|og|och|i)\b)[ ]*")


class Placed(NamedTuple):
    """A statement, and what the headings, labels and list items above it mean for it.

    `is_item`: whether it is in a section for actions, or in one for outcomes and says whose task it is.
    `carried`: whether the section is for actions of earlier meetings. `owner` are the people in whose group
    it is, as typed, None without one.
    """

    statement: Statement
    is_item: bool = False
    carried: bool = False
    owner: str | None = None


def placed(
    statements: Iterable[Statement], titles: Container[str], known: frozenset[str]
) -> Iterator[Placed]:
    """Yield the statements with what stands above them, without those that only head tasks.

    `titles` are those of the notes, not of a section. `known` is what those who were there are called, in
    small letters.
    """
    groups = [(below, [*group]) for below, group in groupby(statements, key=attrgetter("below"))]
    with_items = {below for below, group in groups if any(each.listed for each in group)}
    for below, group in groups:
        carried = any(map(_BEFORE.search, below)) or any(map(_EARLIER.fullmatch, below))
        section, owner = _section(below, group, titles, known, with_items)
        if section:
            for each in _tasks_below_topics(group, known):
                yield each._replace(carried=carried, owner=each.owner or owner)
            continue
        recap = bool(below) and _RECAP.fullmatch(below[-1]) is not None
        yield from (Placed(each, recap and _is_of(each, known), carried) for each in group)


def _section(
    below: tuple[str, ...],
    group: Sequence[Statement],
    titles: Container[str],
    known: frozenset[str],
    with_items: Container[tuple[str, ...]],
) -> tuple[bool, str | None]:
    """Return whether statements are in a section for actions or a group there, and whose group it is.

    A heading or label below the section's is a group's, unless it is known as another section's. Where list
    items are right below the section's own heading, what stands below further headings is not of it, unless
    each says who does it.
    """
    depth = next((at for at in range(len(below), 0, -1) if is_about_actions(below[at - 1])), 0)
    inner = below[depth:]
    if not depth or not inner:
        return depth > 0, None
    if names_people(inner[-1], known):
        return True, inner[-1]
    is_other = any(section_key(title) in _OTHERS or is_field_title(title) for title in inner)
    if is_label(group[0].parent):
        return not is_other and _are_owned(group), None
    if below[:depth] in with_items and not all(_TAKEN.match(each.text) for each in group if each.listed):
        return False, None
    return not is_other and below[depth - 1] not in titles, None


def _are_owned(group: Iterable[Statement]) -> bool:
    return all(_NAMED.match(each.text) or _OWNED.match(each.text) for each in group if each.listed)


def names_people(text: str, known: Container[str]) -> bool:
    """Return whether a text is nothing but who does something: `Ada & Bo:`, `@ada`, `Everybody`."""
    names = _BETWEEN.split(plain(text).rstrip(": ").casefold())
    return all(name.lstrip("@") in known or name in _ALL or _LOGIN.fullmatch(name) for name in names)


def _tasks_below_topics(statements: Sequence[Statement], known: frozenset[str]) -> Iterator[Placed]:
    """Yield the statements below a heading for actions, without those items that are topics of tasks.

    Such an item has no owner, and all that is nested in it has one; or it is nothing but the names of people.
    What is nested in it counts as items then.
    """
    nested: dict[str, list[Statement]] = {}
    for each in statements:
        if each.parent:
            nested.setdefault(each.parent, []).append(each)
    topics = {
        parent
        for parent, inner in nested.items()
        if all(_OWNED.match(each.text) or each.ticked is not None for each in inner)
    }
    topics -= {each.text for each in statements if _OWNED.match(each.text) or each.ticked is not None}
    topics |= {
        parent
        for parent, inner in nested.items()
        if is_label(parent) and all(_NAMED.match(each.text) for each in inner)
    }
    people = {each.text for each in statements if names_people(each.text, known)}
    for each in statements:
        if each.text in topics or each.text in people:
            continue
        owner = each.parent.rstrip(": ") if each.parent in people else None
        is_item = owner is not None or each.parent in topics
        yield Placed(each._replace(listed=True, parent="") if is_item else each, True, owner=owner)


def _is_of(statement: Statement, known: frozenset[str]) -> bool:
    """Return whether a list item names who does it, one of those who were there: `Send forms (Ada)`."""
    owner = _OWNER_AROUND.fullmatch(statement.text) if statement.listed else None
    return owner is not None and (owner["first"] or owner["last"] or owner["will"]).casefold() in known


def is_about_actions(title: str) -> bool:
    """Return whether a heading is for actions, new or from earlier meetings."""
    return bool(SECTION.fullmatch(title)) or is_about_old_ones(title)


def is_about_old_ones(title: str) -> bool:
    """Return whether a heading is for actions from earlier meetings."""
    return _BEFORE.search(title) is not None
