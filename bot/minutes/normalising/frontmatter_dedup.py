"""What becomes of the front matters: one stays at the top, with the keys that may; what repeats it goes."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.minutes.normalising.ledger import LONGEST
from bot.minutes.normalising.template import Template
from bot.minutes.reading.dates import days_in
from bot.minutes.reading.document import Document
from bot.minutes.text import frontmatter
from bot.minutes.text.frontmatter import TITLES, FrontMatter, Key


@dataclass(frozen=True, slots=True)
class Fronts:
    """Those that stay, with the keys that stay in them, and those that only repeat.

    Of the latter some do so without the keys that may not stay: those have the other keys only.
    """

    staying: tuple[FrontMatter, ...] = ()
    doubled: tuple[FrontMatter, ...] = ()

    @property
    def top(self) -> FrontMatter | None:
        """The one at the top of the minutes; None where none stays that has a key."""
        return next((front for front in self.staying if front.keys), None)


def sort_out(document: Document, template: Template, source: Literal["issue", "file"]) -> Fronts:
    """Decide which front matter stays. An issue's keeps the keys that the template has, a file's all."""
    if not document.fronts:
        return Fronts()
    allowed = {key.name for key in keys_of(template)}
    fronts = [
        replace(front, keys=tuple(key for key in front.keys if source == "file" or key.name in allowed))
        for front in document.fronts
    ]
    best = max(fronts, key=lambda front: _likeness(front, document, template))
    title = next((line.strip("# ") for line in document.lines if line.startswith("# ")), "")
    staying: list[FrontMatter] = []
    doubled: list[FrontMatter] = []
    for front, typed in zip(fronts, document.fronts, strict=True):
        double = next((it for it in (typed, front) if front is not best and _repeats(it, best, title)), None)
        (doubled if double else staying).append(double or front)
    return Fronts(tuple(staying), tuple(doubled))


def keys_of(template: Template) -> tuple[Key, ...]:
    """List the keys of a template's front matter; their spans count its lines."""
    front = frontmatter.read(template.front)
    return front.keys if front else ()


def _likeness(front: FrontMatter, document: Document, template: Template) -> tuple[int, int]:
    """Compare with the team's: of equal ones the lower, since an export puts its own above."""
    return len(set(template.front) & set(document.lines[front.start : front.end])), front.start


def _repeats(front: FrontMatter, best: FrontMatter, title: str) -> bool:
    """Return whether everything that a front matter says is said by the one that stays, or by the title."""
    return front.end - front.start <= LONGEST["drop"] and all(
        ((value := best.get(key.name)) is not None and frontmatter.same(value, key.value))
        or (key.name in TITLES and (bool(days_in(key.value)) or frontmatter.same(title, key.value)))
        for key in front.keys
    )
