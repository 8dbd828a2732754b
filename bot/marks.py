"""What the bot notes for itself where people do not look: hidden marks and commit trailers. Pure.

State lives in GitHub. The mark in the status comment and the one in the pull request's body say which source,
path and notes they were made from; a commit's trailer says which blob the bot wrote. They hold no secrets,
and count only where GitHub says that the bot wrote them (`viewerDidAuthor`).
"""

import hashlib
import json
import re
from dataclasses import dataclass, fields
from datetime import date

# what a mark holds never opens a comment (see `wrap`); stopping there keeps the search linear on hostile text
_MARK = re.compile(r"<!-- minutes-bot (\{(?:(?!<!--).)*?\}) -->")
_END = "<!-- /minutes-bot -->"
_TRAILER = re.compile(r"^Minutes-File: (?P<path>.+)@(?P<oid>[0-9a-f]{40,64})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """Which source this belongs to, what it says, and the notes that it was made from."""

    source: str  # "owner/name#12"
    state: str = ""
    pull: int | None = None
    day: date | None = None  # of the meeting
    path: str | None = None
    digest: str | None = None  # of the notes
    blob: str | None = None  # the file that was made of them, as a blob of git
    archive: str | None = None  # "owner/name": the pull request's number counts there
    detail: str = ""  # tells two texts of one state apart
    checked: str | None = None  # the commit that has its check run
    lacks: tuple[str, ...] = ()  # permissions that were missing


def digest(*texts: str) -> str:
    """Sum up texts in 16 hexadecimal digits, to see whether they changed."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def blob_oid(text: str) -> str:
    """Tell the id that git gives a file of this text (gitformat: `blob <size>` NUL content)."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def wrap(mark: Mark, text: str) -> str:
    """Put the mark before a text, and its end behind."""
    noted = ((each.name, getattr(mark, each.name), each.default) for each in fields(mark))
    kept = {name: value for name, value, default in noted if value != default}
    # without `<` and `>` nothing in it can begin or end an HTML comment (HTML standard 13.1.6)
    data = json.dumps(kept, default=str).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<!-- minutes-bot {data} -->\n{text.strip()}\n{_END}"


def find(text: str) -> Mark | None:
    """Read the mark from a text, None where there is none or it was broken."""
    match = _MARK.search(text)
    if not match:
        return None
    try:
        data = json.loads(match[1])
        known = {field.name: data[field.name] for field in fields(Mark) if field.name in data}
        day = date.fromisoformat(known["day"]) if "day" in known else None
        return Mark(**{**known, "day": day, "lacks": tuple(known.get("lacks", ()))})
    except (ValueError, TypeError, RecursionError):
        return None


def rewrap(old: str, new: str) -> str:
    """Put new marked text in the place of the old one, and keep what people wrote around it.

    Where they took the marked block out, they meant it: the text stays as it is.
    """
    start = _MARK.search(old)
    end = old.find(_END)
    if not start or end < start.start():
        return old
    return old[: start.start()] + new + old[end + len(_END) :]


def trailer(path: str, text: str) -> str:
    """Write the trailer of a commit: the file and the blob that the bot wrote."""
    return f"Minutes-File: {path}@{blob_oid(text)}"


def find_trailer(message: str) -> tuple[str, str] | None:
    """Read path and blob id from a commit's message, None where the bot did not write it."""
    match = _TRAILER.search(message)
    return (match["path"], match["oid"]) if match else None
