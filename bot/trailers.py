"""The trailers of the bot's commits: the file it wrote, and its own text before people's edits. Pure."""

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
"""The most characters of a `Minutes-Notes` trailer; a longer one is `=`, and the next merge has no base."""


def blob_oid(text: str) -> str:
    """Return the id that git gives to a file with this text, as 40 hexadecimal digits.

    It is the SHA-1 of `blob <size>`, a NUL and the content.
    """
    content = text.encode()
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def commit_trailer(path: str, text: str, made: str | None = None) -> str:
    """Return the trailers for the message of a commit in which the bot writes `text` to the file `path`.

    The first has the path and the id of the blob. `made` is what the bot made of the notes, if people's edits
    were merged into it and `text` is the result: then a second trailer has the changes from `text` back to
    it, since the next merge needs it as base and no git blob has it.
    """
    file = f"Minutes-File: {path}@{blob_oid(text)}"
    if made is None or made == text:
        return file
    undo = base64.b64encode(zlib.compress(json.dumps(_changes(text, made)).encode(), 9)).decode()
    return f"{file}\nMinutes-Notes: {undo if len(undo) <= LONGEST_UNDO else '='}"


def find_trailer(message: str) -> tuple[str, str] | None:
    """Return the path and blob id of the file that a commit of the bot wrote, by the trailer in its message.

    None where the message has no such trailer.
    """
    match = _FILE.search(message)
    return (match["path"], match["oid"]) if match else None


def written_paths(message: str) -> frozenset[str]:
    """Return the paths of all files that a commit of the bot wrote, by the trailers in its message."""
    return frozenset(match["path"] for match in _FILE.finditer(message))


def has_merged_edits(message: str) -> bool:
    """Return whether, by a commit's message, the bot merged people's edits into the file in that commit."""
    return _NOTES.search(message) is not None


def made_of_notes(message: str, text: str) -> str | None:
    """Return what the bot made of the notes for a commit, before it merged people's edits into it.

    `message` is that of the commit, `text` the file in it, in which the changes in the message's trailer are
    undone. None where the trailer was too long or cannot be read.
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
    """Return the changes as (start, end, lines): old lines from 0, half-open, and their replacement."""
    old, new = before.split("\n"), after.split("\n")
    places = pairwise([(-1, -1), *align(old, new), (len(old), len(new))])
    return [
        (above + 1, below, new[over + 1 : under])
        for (above, over), (below, under) in places
        if (below, under) != (above + 1, over + 1)
    ]
