"""Case files of the merge: three texts, and what becomes of them, in one Markdown file that reads as a story.

    What the case shows, in a sentence or two.

    === base        (what the bot made of the notes last time) or
    === draft       (what it wrote on meeting day, before there were notes)
    === bot         (what it would make of them now)
    === people      (what stands on the branch)
    === merged      (the one text) or
    === conflict    (where they disagree: first lines, then what each has there)

One blank line before the next section is no part of a section.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.minutes.merge import Conflict, Merged, merge

FOLDER = Path(__file__).parent / "cases-merge"
_SECTION = re.compile(r"^=== (\w+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    name: str
    base: str
    bot: str
    people: str
    merged: str | None
    conflict: str
    scaffold: bool

    def merge(self, people: str | None = None) -> Merged:
        """Merge, if need be with another text on the branch."""
        return merge(self.base, self.bot, people or self.people, scaffold=self.scaffold)


def read(path: Path) -> Case:
    _, *parts = _SECTION.split(path.read_text(encoding="utf-8"))
    found = {name: re.sub(r"\n\n\Z", "\n", text) for name, text in zip(parts[::2], parts[1::2], strict=True)}
    base = found.get("draft") or found["base"]
    rest = found.get("merged"), found.get("conflict", ""), "draft" in found
    return Case(path.stem, base, found["bot"], found["people"], *rest)


def all_cases() -> list[Case]:
    return [read(path) for path in sorted(FOLDER.glob("*.md"))]


def as_written(conflict: Conflict) -> str:
    """Write a conflict as case files have it."""
    lines = [f"line {conflict.base_line} of the base, {conflict.theirs_line} of the branch"]
    for name, text in (("base", conflict.base), ("bot", conflict.ours), ("people", conflict.theirs)):
        lines += [f"{name:6} | {line}".rstrip() for line in text.split("\n")]
    return "".join(f"{line}\n" for line in lines)
