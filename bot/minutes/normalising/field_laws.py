"""The changes that the form of a field may bring about: its label and its value keep their words."""

import re

from bot.minutes.text.markdown import Lines

AS_LINE = re.compile(
    r"[ ]{0,3}(?P<mark>\*\*|__|\*|_|)(?P<label>[^:：*_\n]{1,60}?)"
    r"(?:[ ]?[:：](?P=mark)|(?P=mark)[ ]?[:：])[ \t]*(?P<value>.*)"
)
AS_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?P<label>[^:：\n]{1,60}?)[ ]?(?:[:：][ \t]*(?P<value>.*))?")


def is_field(before: Lines, after: Lines) -> bool:
    """Return whether one line, a label with or without a value, is written with the same words after.

    It is a line or a heading, and the value may be a paragraph of its own below it.
    """
    filled = [line for line in after if line.strip()]
    if len(before) != 1 or not 1 <= len(filled) <= 2 or len(after) > len(filled) + 1:
        return False
    old, new = _said(before[0]), _said(filled[0])
    if old is None or new is None:
        return False
    if len(filled) == 2:
        new = None if new[1] else (new[0], filled[1].strip())
    return old == new


def _said(line: str) -> tuple[str, str] | None:
    """Return label and value of a line, None where it is no label."""
    match = AS_HEADING.fullmatch(line.rstrip(" \t")) or AS_LINE.fullmatch(line.rstrip(" \t"))
    return (match["label"], (match["value"] or "").strip()) if match else None
