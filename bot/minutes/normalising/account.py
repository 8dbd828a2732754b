"""Tell what became of the lines of notes, and which parts of the minutes took another form, by the ledger."""

from collections.abc import Iterable, Iterator

from bot.minutes.normalising.ledger import LedgerEntry
from bot.minutes.text.markdown import Lines

WORD_FOR_WORD = "word for word"
SAME_WORDS = "same words, other form"
FILLED_IN = "filled in"
DROPPED = "dropped"
FATES = (WORD_FOR_WORD, SAME_WORDS, FILLED_IN, DROPPED)
"""What can become of a line of the notes, in the words in which people are told."""

_FILLING = frozenset({"title", "title-date", "front-matter-date", "previous-link"})
"""The rules that replace a line and may change its words: a day or the target of a link is filled in."""

TEMPLATE, MARKDOWN = "of the template", "of Markdown"
_PARTS = {
    "title": (TEMPLATE, "title"),
    "title-date": (TEMPLATE, "title"),
    "duplicate-front-matter": (TEMPLATE, "front matter"),
    "front-matter-date": (TEMPLATE, "front matter"),
    "front-matter-key": (TEMPLATE, "front matter"),
    "previous-link": (TEMPLATE, "link to the last meeting"),
    "template-placeholder": (TEMPLATE, "guidance"),
    "section": (TEMPLATE, "sections"),
    "field": (TEMPLATE, "fields"),
    "heading": (TEMPLATE, "headings"),
    "hard-break": (MARKDOWN, "line breaks"),
    "line-break": (MARKDOWN, "line breaks"),
    "list-item": (MARKDOWN, "lists"),
    "task-item": (MARKDOWN, "boxes to tick"),
    "table-row": (MARKDOWN, "tables"),
}
"""The part of minutes to which each rule gives its form, and whose form that is."""
FORMLESS = frozenset({"template", "hidden-comment", "empty-comment", "duplicate-paste"})
"""The rules that give no part a form by themselves; the lines of `template` say what they are."""


def fate(entry: LedgerEntry) -> str:
    """Return what became of the lines of the notes in an entry, one of `FATES`; empty for added lines."""
    if entry.op == "replace":
        return FILLED_IN if entry.rule in _FILLING else SAME_WORDS
    return {"carry": WORD_FOR_WORD, "drop": DROPPED}.get(entry.op, "")


def counts(notes: Lines, ledger: Iterable[LedgerEntry]) -> dict[str, int]:
    """Return how many lines of the notes had each fate, in the order of `FATES`; blank ones do not count."""
    found = dict.fromkeys(FATES, 0)
    for entry in ledger:
        if entry.src:
            lines = notes[entry.src[0] - 1 : entry.src[1]]
            found[fate(entry)] += sum(bool(line.strip()) for line in lines)
    return found


def forms(minutes: Lines, ledger: Iterable[LedgerEntry]) -> dict[str, tuple[str, ...]]:
    """Return the parts of the minutes that took another form, by whose form it is.

    They are in the order of the ledger, each once; what the rules say nothing about is not there.
    """
    found: dict[str, dict[str, None]] = {}
    for entry in ledger:
        for whose, part in _parts(minutes, entry):
            found.setdefault(whose, {})[part] = None
    return {whose: tuple(found[whose]) for whose in (TEMPLATE, MARKDOWN) if whose in found}


def _parts(minutes: Lines, entry: LedgerEntry) -> Iterator[tuple[str, str]]:
    if entry.rule in _PARTS:
        yield _PARTS[entry.rule]
    elif entry.rule == "template" and entry.out:
        added = minutes[entry.out[0] - 1 : entry.out[1]]
        if added[0].rstrip() == "---":
            yield TEMPLATE, "front matter"
        if any(line.startswith("#") for line in added):
            yield TEMPLATE, "title"
