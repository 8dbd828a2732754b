"""What may go of an issue form: exactly what GitHub writes for a field without an answer, or for terms."""

import re

from bot.minutes.text.markdown import Lines

HEADING = re.compile(r"### \S.*")
"""A heading as forms write it."""
NO_RESPONSE = "_No response_"
"""The answer that forms write where there is none."""

_CHECKLIST = re.compile(
    r"(?i)### (?:(?:pre-?submission )?check-?list|checks|confirmations?|code of conduct|terms)[ \t]*"
)
_AGREED = re.compile(
    r"- \[X\] I(?: have|[’']ve)? (?:read|agree|accept|acknowledge|understand|confirm|will follow)\b.*"
)


def is_answer(line: str) -> bool:
    """Return whether a line may go with the heading of its field: no response, or an agreement."""
    return line.rstrip() == NO_RESPONSE or _AGREED.fullmatch(line.rstrip()) is not None


def is_unanswered(lines: Lines) -> bool:
    """Return whether lines are a heading of a form and, below blank lines, that there was no response."""
    filled = [line.rstrip() for line in lines if line.strip()]
    return len(filled) == 2 and bool(HEADING.fullmatch(filled[0])) and filled[1] == NO_RESPONSE


def is_checklist(lines: Lines) -> bool:
    """Return whether lines are the checklist of a form: a heading that says so, and ticked agreements."""
    filled = [line.rstrip() for line in lines if line.strip()]
    return (
        len(filled) > 1 and bool(_CHECKLIST.fullmatch(filled[0])) and all(map(_AGREED.fullmatch, filled[1:]))
    )
