"""Case files of the merge: three texts, and what becomes of them, in one Markdown file that reads as a story.

    What the case shows, in a sentence or two.

    === base        (what the bot made of the notes last time) or
    === draft       (what it wrote on meeting day, before there were notes)
    === bot         (what it would make of them now)
    === people      (what stands on the branch)
    === merged      (the one text) or
    === conflict    (where they disagree: first lines, then what each has there)

The form of the file: `sections.py`. `pytest --rewrite-cases` writes what comes out now into the last section.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.minutes.merging.merge import Conflict, Merged, merge
from tests.minutes import sections

FOLDER = Path(__file__).parent / "cases-merge"
SECTIONS = {"base", "draft", "bot", "people", "merged", "conflict"}


@dataclass(frozen=True)
class Case:
    path: Path
    base: str
    bot: str
    people: str
    merged: str | None
    conflict: str
    scaffold: bool

    @property
    def name(self) -> str:
        """What the case is called."""
        return self.path.stem

    def merge(self, people: str | None = None) -> Merged:
        """Merge, if need be with another text on the branch."""
        return merge(self.base, self.bot, people or self.people, scaffold=self.scaffold)

    def rewritten(self) -> str:
        """Write the case file anew, with what comes out now."""
        merged = self.merge()
        story, found = sections.cut(self.path.read_text(encoding="utf-8"), SECTIONS)
        kept = {name: text for name, text in found.items() if name not in ("merged", "conflict")}
        sections_made = {"conflict": all_as_written(merged)} if merged.conflicts else {"merged": merged.text}
        return sections.join(story, {**kept, **sections_made})


def read(path: Path) -> Case:
    _, found = sections.cut(path.read_text(encoding="utf-8"), SECTIONS)
    base = found.get("draft") or found["base"]
    rest = found.get("merged"), found.get("conflict", ""), "draft" in found
    return Case(path, base, found["bot"], found["people"], *rest)


def all_cases() -> list[Case]:
    return [read(path) for path in sorted(FOLDER.glob("*.md"))]


def all_as_written(merged: Merged) -> str:
    """Write the conflicts as case files have them."""
    return "\n".join(map(_as_written, merged.conflicts))


def _as_written(conflict: Conflict) -> str:
    """Write a conflict as case files have it."""
    lines = [f"line {conflict.base_line} of the base, {conflict.theirs_line} of the branch"]
    for name, text in (("base", conflict.base), ("bot", conflict.ours), ("people", conflict.theirs)):
        lines += [f"{name:6} | {line}".rstrip() for line in text.split("\n")]
    return "".join(f"{line}\n" for line in lines)
