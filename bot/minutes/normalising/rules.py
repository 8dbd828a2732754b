"""The rules by which a line of the minutes may differ from the notes: one table, for people and the verifier.

The steps in `normalise.py` make the changes. What a rule *may* do is defined here, by its predicate `allows`,
with which the verification of the ledger checks every change, without trusting the steps.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.minutes.normalising.field_laws import is_field
from bot.minutes.normalising.structure_laws import is_heading, is_item, is_row, is_task
from bot.minutes.reading.dates import PLACEHOLDERS, days_in
from bot.minutes.reading.links import LINK
from bot.minutes.text import frontmatter
from bot.minutes.text.markdown import GUIDANCE, Lines

_HEADING = re.compile(r"#{1,6}[ \t]+\S.*")
_OPEN = re.compile(r"[ \t]*<!--")
HARD_BREAK = "  "
"""What ends a line with a break; a backslash would become part of an address at the end of the line."""
EMPTY_COMMENT = "<!-- -->"
"""A comment without words, which keeps two lists separate."""


@dataclass(frozen=True)
class Sides:
    """The two texts that a verification of a ledger compares: the lines of the notes and of the minutes.

    `kept` are the lines of the notes that no rule dropped, `first_paste` those that were dropped neither as a
    second copy of the notes nor as a comment.
    """

    notes: Lines
    minutes: Lines
    kept: Lines
    first_paste: Lines

    @cached_property
    def first_paste_text(self) -> str:
        """The lines of `first_paste` that are not blank as one text, a line feed before and after each.

        Blanks at the ends of lines are left out, since hard breaks are made of them.
        """
        return _joined_text(self.first_paste)

    @cached_property
    def in_front_matter(self) -> frozenset[int]:
        """The lines of the notes, from 0, that are front matter, dashes included."""
        front_matters = frontmatter.read_all(self.notes)
        return frozenset(number for each in front_matters for number in range(each.start, each.end))

    @cached_property
    def in_comment(self) -> frozenset[int]:
        """The lines of the notes, from 0, that are HTML comments and have no other text."""
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
class Change:
    """A change that a rule made, to be verified: `sides.notes[src]` became `sides.minutes[out]`."""

    sides: Sides
    src: slice
    out: slice

    @property
    def before(self) -> Lines:
        """The lines of the notes that were changed; empty where lines were added."""
        return self.sides.notes[self.src]

    @property
    def after(self) -> Lines:
        """The lines of the minutes that they became; empty where lines were dropped."""
        return self.sides.minutes[self.out]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for changing notes: whether it replaces, adds or drops lines (`op`), and phrases about it.

    The phrases are `what` it is about, `why` it exists, an `example`, and what it `touches`. `allows` returns
    whether a change is within what the rule may do.
    """

    op: Literal["replace", "add", "drop"]
    what: str
    why: str
    example: str
    touches: str
    allows: Callable[[Change], bool]


def _header(change: Change) -> bool:
    """Return whether the added lines are a header: front matter, one heading with a date at most, blanks.

    Nothing but front matter may be above them.
    """
    front_matter = frontmatter.read(change.sides.minutes)
    end = front_matter.end if front_matter else 0
    if any(line.strip() for line in change.sides.minutes[end : change.out.start]):
        return False
    filled = [
        line for line in change.sides.minutes[max(change.out.start, end) : change.out.stop] if line.strip()
    ]
    return len(filled) <= 1 and all(_HEADING.fullmatch(line) and days_in(line) for line in filled)


def _section(change: Change) -> bool:
    """Return whether the added lines are one heading, which no line of the notes is, and blanks."""
    filled = [line for line in change.after if line.strip()]
    is_heading_line = len(filled) == 1 and _HEADING.fullmatch(filled[0]) is not None
    return is_heading_line and filled[0] not in change.sides.notes


def _blank(change: Change) -> bool:
    """Return whether all added lines are blank."""
    return not any(line.strip() for line in change.after)


def _hard_break(change: Change) -> bool:
    """Return whether one line got a hard break at its end, and nothing else, above a line with text."""
    if len(change.before) != 1 or len(change.after) != 1:
        return False
    below = change.sides.minutes[change.out.stop : change.out.stop + 1]
    before, after = change.before[0].rstrip(" \t"), change.after[0]
    return bool(before) and after == before + HARD_BREAK and any(line.strip(" \t") for line in below)


def _empty_comment(change: Change) -> bool:
    """Return whether one line was added, an empty comment."""
    return len(change.after) == 1 and change.after[0].strip() == EMPTY_COMMENT


def _same_but_for_days(change: Change) -> bool:
    """Return whether one line changed, in which only placeholders became dates."""
    if len(change.before) != 1 or len(change.after) != 1:
        return False
    before, after = change.before[0].rstrip(" \t"), change.after[0].rstrip(" \t")
    for placeholder, _ in PLACEHOLDERS:
        before = placeholder.sub("\0", before)
    for day in reversed(days_in(after)):
        after = after[: day.start] + "\0" + after[day.end :]
    return _same_words(before, after)


def _same_but_for_target(change: Change) -> bool:
    """Return whether one line changed, and only in the targets of its links."""
    return len(change.before) == len(change.after) == 1 and _same_words(
        _targetless(change.before[0]), _targetless(change.after[0])
    )


def _same_words(before: str, after: str) -> bool:
    """Return whether two lines are the same, but for a typed sign of structure that became Markdown's."""
    laws = (is_item, is_task, is_heading)
    return before == after or any(law((before,), (after,)) for law in laws)


def _targetless(line: str) -> str:
    line = line.rstrip(" \t")
    ends = [0, *(end for link in LINK.finditer(line) for end in link.span("target")), len(line)]
    return "\0".join(line[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))


def _own_title(change: Change) -> bool:
    """Return whether one heading without a date became one line with a date."""
    heading = len(change.before) == len(change.after) == 1 and _HEADING.fullmatch(change.before[0])
    return bool(heading) and not days_in(change.before[0]) and len(days_in(change.after[0])) == 1


def _repeats(change: Change) -> bool:
    """Return whether the dropped lines, blank ones apart, are in the first paste, one below the other."""
    return _joined_text(change.before) in change.sides.first_paste_text


def _second_front_matter(change: Change) -> bool:
    """Return whether a whole front matter was dropped, each value of which is kept, or is title or date."""
    dropped = frontmatter.read(change.before)
    if dropped is None or any(line.strip() for line in change.before[dropped.end :]):
        return False
    kept = [key for each in frontmatter.read_all(change.sides.kept) for key in each.keys]
    title = next((line.lstrip("# ") for line in change.sides.kept if _HEADING.fullmatch(line)), "")
    return all(
        any(other.name == key.name and frontmatter.same(other.value, key.value) for other in kept)
        or (
            key.name in frontmatter.TITLES
            and (bool(days_in(key.value)) or frontmatter.same(key.value, title))
        )
        for key in dropped.keys
    )


def _within_front_matter(change: Change) -> bool:
    """Return whether the dropped lines are in a front matter of the notes."""
    return all(number in change.sides.in_front_matter for number in range(change.src.start, change.src.stop))


def _within_comment(change: Change) -> bool:
    """Return whether the dropped lines are in comments of the notes that share no line with text."""
    return all(number in change.sides.in_comment for number in range(change.src.start, change.src.stop))


def _guidance(change: Change) -> bool:
    """Return whether all of the dropped text is in parentheses or italics."""
    return GUIDANCE.fullmatch("\n".join(line.strip() for line in change.before).strip()) is not None


def _joined_text(lines: Lines) -> str:
    return "\n".join(("", *(line.rstrip(" \t") for line in lines if line.strip()), ""))


RULES: dict[str, Rule] = {
    "template": Rule(
        "add",
        "header lines of the template",
        "minutes begin as the team's others do: front matter, and a title with the date",
        "`# 2022-01-18` above notes that name no day",
        "the lines of a header, above all else: front matter, one heading with a day, blank lines",
        _header,
    ),
    "section": Rule(
        "add",
        "a section that the team's minutes always have",
        "each of the last five minutes has it, even empty, and a reader looks for it",
        "`## Any other business` at its place",
        "one heading that the notes do not have, and blank lines",
        _section,
    ),
    "line-break": Rule(
        "add",
        "a line break that the issue shows",
        "a single new line is visible in an issue and not in a file",
        "a blank line between `Attending: …` and `Start: …`",
        "blank lines",
        _blank,
    ),
    "hard-break": Rule(
        "replace",
        "the end of a line that the issue shows",
        "a single new line is visible in an issue and not in a file",
        "two blanks after `14 Pottery Lane` above `Sampletown`",
        "one line above another one: the blanks at its end, which become two",
        _hard_break,
    ),
    "list-item": Rule(
        "replace",
        "a list item with a typed sign",
        "word processors give signs and tabs to list items, which run together in a file",
        "`•⇥Frames` becomes `- Frames`",
        "one line, whose sign becomes that of a list item; numbers stay, and letters as text",
        lambda change: is_item(change.before, change.after),
    ),
    "task-item": Rule(
        "replace",
        "a box to tick with a typed sign",
        "boxes that are typed run together in a file, and nobody can tick them",
        "`☑ Ada: order silk` becomes `- [x] Ada: order silk`",
        "one line, whose box becomes that of a task, as done as it was",
        lambda change: is_task(change.before, change.after),
    ),
    "table-row": Rule(
        "replace",
        "a line with tabs between columns",
        "tabs between columns are single blanks in a file",
        "`Ada⇥order silk⇥Friday` becomes `| Ada | order silk | Friday |`",
        "one line, whose cells stay in their order; a head without text and the line below it may be added",
        lambda change: is_row(change.before, change.after),
    ),
    "heading": Rule(
        "replace",
        "a heading in another form",
        "the headings of the team's minutes have one form, and a line alone is no heading in a file",
        "`Action items:` becomes `## Action items`",
        "one line, which becomes a heading with the same text, and a line of signs below it a blank one",
        lambda change: is_heading(change.before, change.after),
    ),
    "field": Rule(
        "replace",
        "a field in another form",
        "the team set `style: template`: a field is a line or a heading, as in the template",
        "`Present: Ada, Bo` becomes `## Present`, a blank line and `Ada, Bo`",
        "one line, a label and its value, which keep their words",
        lambda change: is_field(change.before, change.after),
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
"""All rules by their ids. docs/rules.md is generated from this table, and the verifier reads it."""
