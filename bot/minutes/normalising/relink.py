"""Give the link to the last meeting in published minutes another target; all else stays byte for byte."""

import re
from collections.abc import Callable

from bot.minutes.reading.document import Document
from bot.minutes.reading.links import find_last_meeting

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def relinked(text: str, link: str, is_outdated: Callable[[str], bool]) -> str | None:
    """Return the text of minutes with its link to the last meeting leading to `link`; None: it stays.

    It is changed if `is_outdated` says so of its target. Links in another syntax than `[text](target)` stay,
    and so do minutes without one.
    """
    found = find_last_meeting(Document.read(text))
    if found is None or not found.fillable or found.target == link or not is_outdated(found.target):
        return None
    start = _start_of_line(text, found.line) + found.start
    end = start + len(found.target)
    return f"{text[:start]}{link}{text[end:]}" if text[start:end] == found.target else None


def _start_of_line(text: str, number: int) -> int:
    """Return the index in the text at which line `number`, from 0, begins; a byte order mark is skipped."""
    at = len(text) - len(text.lstrip("\ufeff"))
    for _ in range(number):
        match = _LINE.match(text, at)
        at = match.end() if match else at
    return at
