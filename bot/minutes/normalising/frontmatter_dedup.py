"""Deduplicate front matter: one is kept, with the allowed keys, and those that repeat it are dropped."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.minutes.normalising.ledger import LONGEST
from bot.minutes.normalising.template import Template
from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.text import frontmatter
from bot.minutes.text.frontmatter import TITLES, FrontMatter, Key


@dataclass(frozen=True, slots=True)
class FrontMatterSelection:
    """The front matters of notes, divided into those to keep and the duplicates to drop.

    A kept one has only the keys that are kept. A duplicate has all its keys, if they all repeat the best
    front matter; else only the keys that are allowed, which repeat it.
    """

    kept: tuple[FrontMatter, ...] = ()
    duplicates: tuple[FrontMatter, ...] = ()

    @property
    def top(self) -> FrontMatter | None:
        """The front matter that the minutes begin with: the first kept one that has a key; None without."""
        return next((front_matter for front_matter in self.kept if front_matter.keys), None)


def select_front_matter(
    document: Document, template: Template, source: Literal["issue", "file"]
) -> FrontMatterSelection:
    """Return which front matters of notes to keep, and which only repeat another one.

    Kept are the one that is most like that of `template`, and all that do not repeat it. If `source` is
    "issue", only keys that the template has are kept; if it is "file", all keys are.
    """
    if not document.front_matters:
        return FrontMatterSelection()
    allowed = {key.name for key in keys_of(template)}
    front_matters = [
        replace(
            front_matter,
            keys=tuple(key for key in front_matter.keys if source == "file" or key.name in allowed),
        )
        for front_matter in document.front_matters
    ]
    best = max(front_matters, key=lambda front_matter: _likeness(front_matter, document, template))
    title = next((line.strip("# ") for line in document.lines if line.startswith("# ")), "")
    kept: list[FrontMatter] = []
    duplicates: list[FrontMatter] = []
    for front_matter, typed in zip(front_matters, document.front_matters, strict=True):
        double = next(
            (it for it in (typed, front_matter) if front_matter is not best and _repeats(it, best, title)),
            None,
        )
        (duplicates if double else kept).append(double or front_matter)
    return FrontMatterSelection(tuple(kept), tuple(duplicates))


def keys_of(template: Template) -> tuple[Key, ...]:
    """Return the keys of a template's front matter, empty without one.

    The line numbers in each key index `template.front_matter_lines`, from 0.
    """
    front_matter = frontmatter.read(template.front_matter_lines)
    return front_matter.keys if front_matter else ()


def _likeness(front_matter: FrontMatter, document: Document, template: Template) -> tuple[int, int]:
    """Return a sort key: how many lines it shares with the template, then the position (later is better)."""
    return len(
        set(template.front_matter_lines) & set(document.lines[front_matter.start : front_matter.end])
    ), front_matter.start


def _repeats(front_matter: FrontMatter, best: FrontMatter, title: str) -> bool:
    """Return whether each value is also in `best`, or is the title or a date.

    False where it is longer than an entry of the ledger may be.
    """
    return front_matter.end - front_matter.start <= LONGEST["drop"] and all(
        ((value := best.get(key.name)) is not None and frontmatter.same(value, key.value))
        or (key.name in TITLES and (bool(days_in(key.value)) or frontmatter.same(title, key.value)))
        for key in front_matter.keys
    )
