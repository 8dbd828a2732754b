"""The rules by which a line of the minutes may differ from the notes: one table, for people and the judge.

What a rule does is up to the steps of `normalise.py`. What it *may* do stands here, as a law that the
ledger's verification asks without trusting them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.minutes.normalising.template import GUIDANCE
from bot.minutes.reading.dates import PLACEHOLDERS, days_in
from bot.minutes.reading.links import LINK
from bot.minutes.text import frontmatter
from bot.minutes.text.markdown import Lines

_HEADING = re.compile(r"#{1,6}[ \t]+\S.*")
_OPEN = re.compile(r"[ \t]*<!--")
EMPTY_COMMENT = "<!-- -->"
"""Parts two lists as any comment does, and says nothing."""


@dataclass(frozen=True)
class Both:
    """Both sides as the judge has them.

    `kept` are the lines of the notes that are still in the minutes, `first` those that are neither a second
    paste nor a comment that went.
    """

    notes: Lines
    minutes: Lines
    kept: Lines
    first: Lines

    @cached_property
    def said(self) -> str:
        """What was said before a second paste, a line feed before and after each line."""
        return _said(self.first)

    @cached_property
    def in_front_matter(self) -> frozenset[int]:
        """The lines of the notes that are front matter, dashes included."""
        fronts = frontmatter.read_all(self.notes)
        return frozenset(number for front in fronts for number in range(front.start, front.end))

    @cached_property
    def in_comment(self) -> frozenset[int]:
        """The lines of the notes from `<!--` to `-->` that hold nothing else."""
        lines: set[int] = set()
        start: int | None = None
        for number, line in enumerate(self.notes):
            if start is None and _OPEN.match(line):
                start = number
            _, closed, after = line.partition("-->")
            if start is not None and closed:
                lines |= set(range(start, number + 1)) if not after.strip() else set()
                start = None
        return frozenset(lines)


@dataclass(frozen=True, slots=True)
class Case:
    """An entry of a ledger before the judge: `both.notes[src]` became `both.minutes[out]`."""

    both: Both
    src: slice
    out: slice

    @property
    def before(self) -> Lines:
        """The lines of the notes that the entry is about."""
        return self.both.notes[self.src]

    @property
    def after(self) -> Lines:
        """The lines of the minutes that the entry is about."""
        return self.both.minutes[self.out]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it is about, in a phrase; why it exists; an example; what it may touch, and its law."""

    op: Literal["replace", "add", "drop"]
    what: str
    why: str
    example: str
    touches: str
    law: Callable[[Case], bool]


def _header(case: Case) -> bool:
    """Return whether these are lines of a header, with nothing but front matter above them."""
    front = frontmatter.read(case.both.minutes)
    end = front.end if front else 0
    if any(line.strip() for line in case.both.minutes[end : case.out.start]):
        return False
    said = [line for line in case.both.minutes[max(case.out.start, end) : case.out.stop] if line.strip()]
    return len(said) <= 1 and all(_HEADING.fullmatch(line) and days_in(line) for line in said)


def _blank(case: Case) -> bool:
    """Return whether all lines are blank."""
    return not any(line.strip() for line in case.after)


def _empty_comment(case: Case) -> bool:
    """Return whether it is an empty comment, and no other."""
    return len(case.after) == 1 and case.after[0].strip() == EMPTY_COMMENT


def _same_but_for_days(case: Case) -> bool:
    """Return whether it is one line, in which a placeholder became a day."""
    if len(case.before) != 1 or len(case.after) != 1:
        return False
    before, after = case.before[0], case.after[0]
    for placeholder, _ in PLACEHOLDERS:
        before = placeholder.sub("\0", before)
    for day in reversed(days_in(after)):
        after = after[: day.start] + "\0" + after[day.end :]
    return before == after


def _same_but_for_target(case: Case) -> bool:
    """Return whether it is one line, in which links keep their text and place."""
    return len(case.before) == len(case.after) == 1 and _targetless(case.before[0]) == _targetless(
        case.after[0]
    )


def _targetless(line: str) -> list[str]:
    ends = [0, *(end for link in LINK.finditer(line) for end in link.span("target")), len(line)]
    return [line[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]


def _own_title(case: Case) -> bool:
    """Return whether a heading without a day became the dated one."""
    heading = len(case.before) == len(case.after) == 1 and _HEADING.fullmatch(case.before[0])
    return bool(heading) and not days_in(case.before[0]) and len(days_in(case.after[0])) == 1


def _repeats(case: Case) -> bool:
    """Return whether the lines stand in the first paste, in the same order."""
    return _said(case.before) in case.both.said


def _second_front_matter(case: Case) -> bool:
    """Return whether it is a whole front matter, of which each value is kept, or is the title or the day."""
    dropped = frontmatter.read(case.before)
    if dropped is None or any(line.strip() for line in case.before[dropped.end :]):
        return False
    kept = [key for front in frontmatter.read_all(case.both.kept) for key in front.keys]
    title = next((line.lstrip("# ") for line in case.both.kept if _HEADING.fullmatch(line)), "")
    return all(
        any(other.name == key.name and frontmatter.same(other.value, key.value) for other in kept)
        or (
            key.name in frontmatter.TITLES
            and (bool(days_in(key.value)) or frontmatter.same(key.value, title))
        )
        for key in dropped.keys
    )


def _within_front_matter(case: Case) -> bool:
    """Return whether the lines are in the front matter of the notes."""
    return all(number in case.both.in_front_matter for number in range(case.src.start, case.src.stop))


def _within_comment(case: Case) -> bool:
    """Return whether the lines are those from `<!--` to `-->`, with nothing beside them."""
    return all(number in case.both.in_comment for number in range(case.src.start, case.src.stop))


def _guidance(case: Case) -> bool:
    """Return whether the text is in parentheses or italics, from its first sign to its last."""
    return GUIDANCE.fullmatch("\n".join(line.strip() for line in case.before).strip()) is not None


def _said(lines: Lines) -> str:
    return "\n".join(("", *(line for line in lines if line.strip()), ""))


RULES: dict[str, Rule] = {
    "template": Rule(
        "add",
        "header lines of the template",
        "minutes begin as the team's others do: front matter, and a title with the date",
        "`# 2022-01-18` above notes that name no day",
        "the lines of a header, above all else: front matter, one heading with a day, blank lines",
        _header,
    ),
    "line-break": Rule(
        "add",
        "a line break that the issue shows",
        "a single new line is visible in an issue and not in a file",
        "a blank line between `Attending: …` and `Start: …`",
        "blank lines",
        _blank,
    ),
    "title": Rule(
        "replace",
        "the template's own title",
        "notes that were begun from the template keep its title, which names no meeting",
        "`# Agenda template` becomes `# 2022-01-18`",
        "a heading without a day, which becomes the dated one",
        _own_title,
    ),
    "title-date": Rule(
        "replace",
        "the date in the title",
        "a placeholder stands where the date of the meeting shall be",
        "`# YYYY-MM-DD` becomes `# 2022-01-18`",
        "one line, in which a placeholder became a day",
        _same_but_for_days,
    ),
    "front-matter-date": Rule(
        "replace",
        "the date in the front matter",
        "a placeholder stands where the date of the meeting shall be",
        "`date: YYYY-MM-DD` becomes `date: 2022-01-18`",
        "one line, in which a placeholder became a day",
        _same_but_for_days,
    ),
    "previous-link": Rule(
        "replace",
        "the link to the last meeting",
        "a link to an overview, a folder or nothing does not show what is being accepted",
        "`[last meeting](https://github.com/some/minutes)` becomes `[last meeting](2022-01-11.md)`",
        "one line, in which links keep their text and place",
        _same_but_for_target,
    ),
    "duplicate-front-matter": Rule(
        "drop",
        "front matter that was there twice",
        "an editor's export puts its own above the one of the file; websites show the second as text",
        "`tags: [Tuesday]` above `tags: Tuesday`",
        "a whole front matter, of which each value is kept, or is the title or the day",
        _second_front_matter,
    ),
    "front-matter-key": Rule(
        "drop",
        "front matter that the template does not have",
        "minutes run on websites, and an issue must not set what they do",
        "`layout: admin` in an issue",
        "lines of the front matter of the notes",
        _within_front_matter,
    ),
    "hidden-comment": Rule(
        "drop",
        "comments that the issue does not show",
        "what nobody sees in the issue is not meant to be published",
        "`<!-- delete this line -->`",
        "lines from `<!--` to `-->`, with nothing beside them",
        _within_comment,
    ),
    "empty-comment": Rule(
        "add",
        "an empty comment where one stood",
        "the one that stood there parted two lists, or a list and what is below it, and they stay apart",
        "`<!-- -->` where `<!-- agenda -->` was between two lists",
        "an empty comment, and no other",
        _empty_comment,
    ),
    "template-placeholder": Rule(
        "drop",
        "guidance of the template",
        "the team set `guidance: drop`: what the template says to the writer is not said to readers",
        "`*(who was there, and who sent apologies)*` below a heading",
        "text that is in parentheses or italics, from its first sign to its last",
        _guidance,
    ),
    "duplicate-paste": Rule(
        "drop",
        "notes that were pasted twice",
        "the second paste says nothing new, line for line",
        "the whole text, and once more below it",
        "lines that stand in the first paste, in the same order",
        _repeats,
    ),
}
"""Every rule by its id. docs/rules.md and the ledger's verification are made from this table."""
