"""The trailers of the bot's commits: which blob it wrote, and what it had made of the notes. Pure."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

from bot.minutes.text.align import align

_FILE = re.compile(r"^Minutes-File: (?P<path>.+)@(?P<oid>[0-9a-f]{40,64})$", re.MULTILINE)
_NOTES = re.compile(r"^Minutes-Notes: (?P<undo>[A-Za-z0-9+/=]+)$", re.MULTILINE)
LONGEST_UNDO = 20_000
"""Characters of a commit's message; beyond that the merge has no base, and people are asked."""


def blob_oid(text: str) -> str:
    """Return the id that git gives a file of this text (gitformat: `blob <size>` NUL content)."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def commit_trailer(path: str, text: str, made: str | None = None) -> str:
    """Write the trailer of a commit: the file and the blob that the bot wrote.

    `made` is what the bot made of the notes, where people's edits were merged into it: a second line tells
    how to get there from the file. The next merge needs it as its base, and no blob of git holds it.
    """
    file = f"Minutes-File: {path}@{blob_oid(text)}"
    if made is None or made == text:
        return file
    undo = base64.b64encode(zlib.compress(json.dumps(_changes(text, made)).encode(), 9)).decode()
    return f"{file}\nMinutes-Notes: {undo if len(undo) <= LONGEST_UNDO else '='}"


def find_trailer(message: str) -> tuple[str, str] | None:
    """Read path and blob id from a commit's message, None where the bot did not write it."""
    match = _FILE.search(message)
    return (match["path"], match["oid"]) if match else None


def has_merged_edits(message: str) -> bool:
    """Return whether people's edits were merged into the file of a commit."""
    return _NOTES.search(message) is not None


def made_of_notes(message: str, text: str) -> str | None:
    """Return what the bot made of the notes, from a commit's message and the file that it wrote with it.

    None where that is not known any more.
    """
    match = _NOTES.search(message)
    if not match:
        return text
    try:
        lines = text.split("\n")
        for start, end, instead in reversed(json.loads(zlib.decompress(base64.b64decode(match["undo"])))):
            lines[start:end] = instead
        return "\n".join(lines)
    except (ValueError, TypeError, RecursionError, zlib.error):
        return None


def _changes(before: str, after: str) -> list[tuple[int, int, Sequence[str]]]:
    """List which lines to replace, and by what."""
    old, new = before.split("\n"), after.split("\n")
    places = pairwise([(-1, -1), *align(old, new), (len(old), len(new))])
    return [
        (above + 1, below, new[over + 1 : under])
        for (above, over), (below, under) in places
        if (below, under) != (above + 1, over + 1)
    ]
