"""Line breaks: a single one is visible in an issue and invisible in a file."""

from collections import Counter
from collections.abc import Iterator

from bot.minutes.edits import Edit
from bot.minutes.labels import ANY_LABEL
from bot.minutes.markdown import Block
from bot.minutes.rules import Lines
from bot.minutes.task import Task

_HARD = ("  ", "\\")
_TWINS = "`*_~"  # each opens, and closes again
_PAIRS = ("[]", "()", "<>")
_MARKS = _TWINS + "".join(_PAIRS)


def line_breaks(task: Task) -> Iterator[Edit]:
    """Keep the break before a `Label:` line of an issue visible: part the paragraph there."""
    for paragraph in _paragraphs(task):
        for number in _soft(task.document.lines, paragraph):
            if ANY_LABEL.match(task.document.lines[number]):
                yield Edit(number, number, ("",), "line-break")


def soft_breaks(task: Task) -> int:
    """Count the lines of an issue that will run on from the line above, and did not in the issue."""
    lines = task.document.lines
    return sum(
        not ANY_LABEL.match(lines[number])
        for paragraph in _paragraphs(task)
        for number in _soft(lines, paragraph)
    )


def _paragraphs(task: Task) -> Iterator[Block]:
    return (block for block in task.document.top if block.kind == "paragraph" and task.source == "issue")


def _soft(lines: Lines, paragraph: Block) -> Iterator[int]:
    """Find the lines before which nothing is open: no code, emphasis or link that began above."""
    marks: Counter[str] = Counter()
    for number in range(paragraph.start + 1, paragraph.end):
        above = lines[number - 1]
        for mark in _MARKS:
            marks[mark] += above.count(mark)
        whole = all(marks[mark] % 2 == 0 for mark in _TWINS) and all(
            marks[pair[0]] == marks[pair[1]] for pair in _PAIRS
        )
        if whole and not above.endswith(_HARD):
            yield number
