"""Read what the notes say about the minutes of the last meeting: accepted, or what was objected."""

import re

from bot.minutes.normalising.template import GUIDANCE
from bot.minutes.reading.document import Document
from bot.minutes.text.markdown import plain

_ASKS = re.compile(r"(?i)accept|approv|adopt|ratif")
# A sentence that the minutes were accepted; `Approve minutes` is only an item of an agenda.
_DONE = re.compile(
    r"(?i)(?!.*\b(?:not|to be|if|will|should|once|yet)\b)(?:"
    r".*\b(?:minutes|notes)\b.*\b(?:approved|accepted|adopted|ratified)\b.*"
    r"|.*\b(?:approved|accepted|adopted|ratified)\b (?:(?:the|our|last|previous|prior|meeting) )*minutes\b.*)"
)
_BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_LONGEST = 200  # characters of a statement


def acceptance(document: Document) -> str | None:
    """Return what notes say about accepting the last minutes: the text below the heading for that.

    Without such a heading, or with only guidance below it, it is the first line that says that minutes were
    accepted. None if no line does.
    """
    return _below_its_heading(document) or _first_statement(document)


def _below_its_heading(document: Document) -> str | None:
    headings = document.headings
    starts = [heading.start for heading in headings] + [len(document.lines)]
    for heading, end in zip(headings, starts[1:], strict=True):
        words = plain(heading.text)
        if "minutes" in words.casefold() and _ASKS.search(words):
            blocks = document.between(heading.end, end)
            below = [block for block in blocks if not GUIDANCE.fullmatch(block.text or "-")]
            if below:
                return "\n".join(document.lines[below[0].start : below[-1].end]).strip()
    return None


def _first_statement(document: Document) -> str | None:
    for line in document.lines:
        if len(line) <= _LONGEST and "inutes" in line and _DONE.fullmatch(plain(line)):
            return _BULLET.sub("", line, count=1).strip()
    return None
