"""What the bot notes for itself where people do not look: hidden marks and commit trailers. Pure.

State lives in GitHub. The mark in the status comment and the one in the pull request's body say which source,
path and notes they were made from; a commit's trailer says which blob the bot wrote. They hold no secrets,
and count only where GitHub says that the bot wrote them (`viewerDidAuthor`).
"""

import base64
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from bot.minutes.align import align
from bot.model import Kind

# what a mark holds never opens a comment (see `wrap`); stopping there keeps the search linear on hostile text
_MARK = re.compile(r"<!-- minutes-bot (\{(?:(?!<!--).)*?\}) -->")
_END = "<!-- /minutes-bot -->"
_TRAILER = re.compile(r"^Minutes-File: (?P<path>.+)@(?P<oid>[0-9a-f]{40,64})$", re.MULTILINE)
_UNDO = re.compile(r"^Minutes-Notes: (?P<undo>[A-Za-z0-9+/=]+)$", re.MULTILINE)
LONGEST_UNDO = (
    20_000  # characters of a commit's message; beyond that the merge has no base, and people are asked
)
LONGEST = 65_536  # characters of a comment or a description; GitHub says no to more
MOST_HEARD = 2_000  # commands that a mark can note, in half of that room


@dataclass(frozen=True, slots=True)
class Mark:
    """Which source this belongs to, what it says, and the notes that it was made from.

    The status comment's mark also holds what people told the bot with `/minutes`, and the pull request's mark
    what they said of its acceptance.
    """

    source: str  # "owner/name#12", or `alias` of a private source where more people see; empty: no source yet
    kind: Kind = "issue"
    state: str = ""
    pull: int | None = None
    day: date | None = None  # of the meeting
    name: str = ""  # tells a second meeting of the day apart
    path: str | None = None
    digest: str | None = None  # of the notes
    blob: str | None = None  # the file that was made of them, as a blob of git
    archive: str | None = None  # "owner/name": the pull request's number counts there
    detail: str = ""  # tells two texts of one state apart
    checked: str | None = None  # the commit that has its check run
    lacks: tuple[str, ...] = ()  # permissions that were missing
    base: str | None = None  # the commit of the archive from which the branch was made
    shape: tuple[str, ...] = ()  # blobs of the template (empty: none) and the minutes that it began with
    heard: tuple[str, ...] = ()  # commands that were answered: their keys, with + for done and - for not done
    called: bool = False  # somebody commented `/minutes`: it is notes without a label too
    go: str | None = None  # the notes, by digest, which somebody said shall be taken as they are
    told: date | None = None  # the day, as said by `/minutes date`
    told_name: str = ""
    included: tuple[str, ...] = ()  # addresses of what else is notes
    held: datetime | None = None  # since when `/minutes stop` holds
    over: int | None = None  # pull requests up to this number are a closed chapter
    accepts: date | None = None  # the previous meeting, whose minutes were accepted here
    accepted: str = ""  # "2026-08-25 imani": these minutes are accepted
    objections: tuple[tuple[str, str], ...] = ()  # who objects, and why
    mixed: bool = False  # people's edits are in the file too
    redacted: tuple[str, ...] = ()  # numbers of the pull requests that were withdrawn by `/minutes redact`
    series: str = ""  # the name of the series whose meeting it is
    drafted: bool = False  # the bot made the pull request a draft, and may make it ready
    unmerged: str = ""  # GitHub's words when it did not let the bot merge
    reminded: bool = False  # people were told that nobody has written anything
    listed: tuple[str, ...] = ()  # meetings, as `meeting_key` names them: without minutes, or to be skipped


TOLD = ("heard", "called", "told", "told_name", "included")
"""What people told the bot: the pull request notes it too, in case somebody deletes the status comment."""
_NAMES = tuple(each.name for each in fields(Mark))


def meeting_key(series: str, day: date) -> str:
    """Name a meeting of a series."""
    return f"{day} {series}"


def read_key(key: str) -> tuple[date, str] | None:
    """Read the name of a meeting: its day and its series; None where people broke it."""
    day, _, series = key.partition(" ")
    try:
        return date.fromisoformat(day), series
    except ValueError:
        return None


def digest(*texts: str) -> str:
    """Sum up texts in 16 hexadecimal digits, to see whether they changed."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def blob_oid(text: str) -> str:
    """Tell the id that git gives a file of this text (gitformat: `blob <size>` NUL content)."""
    content = text.encode()
    return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def wrap(mark: Mark, text: str) -> str:
    """Put the mark before a text, and its end behind; what has no room beside the mark is cut off."""
    noted = ((each.name, getattr(mark, each.name), each.default) for each in fields(mark))
    kept = {name: value for name, value, default in noted if value != default}
    # without `<` and `>` nothing in it can begin or end an HTML comment (HTML standard 13.1.6); without `@`
    # nobody is named in it
    data = json.dumps(kept, default=str)
    for sign in "<>@":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    start, end = f"<!-- minutes-bot {data} -->\n", f"\n{_END}"
    return f"{start}{text.strip()[: LONGEST - len(start) - len(end)]}{end}"


def find(text: str) -> Mark | None:
    """Read the mark from a text, None where there is none or it was broken."""
    match = _MARK.search(text)
    if not match:
        return None
    try:
        data = json.loads(match[1])
        return Mark(**{name: _read(name, data[name]) for name in _NAMES if name in data})
    except (ValueError, TypeError, RecursionError):
        return None


def _read(name: str, value: Any) -> Any:
    """Make of JSON's few types what a mark holds. Raises ValueError, TypeError."""
    match name, value:
        case (("day" | "told" | "accepts"), str()):
            return date.fromisoformat(value)
        case "held", str():
            return datetime.fromisoformat(value)
        case "objections", list():
            return tuple((str(who), str(why)) for who, why in value)
        case _, list():
            return tuple(map(str, value))
    return value


def alias(key: bytes, source: str) -> str:
    """Name a source for who must not know it: by a digest that only the key's owner can make."""
    return f"~{hmac.new(key, source.casefold().encode(), hashlib.sha256).hexdigest()[:32]}"


def rewrap(old: str, new: str) -> str:
    """Put new marked text in the place of the old one, and keep what people wrote around it.

    Where they took the marked block out, they meant it: the text stays as it is.
    """
    start = _MARK.search(old)
    end = old.find(_END)
    if not start or end < start.start():
        return old
    return old[: start.start()] + new + old[end + len(_END) :]


def unwrapped(text: str) -> str:
    """Give a marked text without its mark, and with what people wrote around it."""
    found = _MARK.search(text)
    if not found:
        return text
    return (text[: found.start()] + text[found.end() :].removeprefix("\n")).replace(f"\n{_END}", "", 1)


def remark(body: str, mark: Mark) -> str:
    """Put another mark into a marked text, and leave all its words."""
    found = _MARK.search(body)
    return body[: found.start()] + wrap(mark, "").split("\n")[0] + body[found.end() :] if found else body


# -- in commits --------------------------------------------------------------------------------------------


def trailer(path: str, text: str, made: str | None = None) -> str:
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
    match = _TRAILER.search(message)
    return (match["path"], match["oid"]) if match else None


def is_mixed(message: str) -> bool:
    """Tell whether people's edits were merged into the file of a commit."""
    return _UNDO.search(message) is not None


def made_of_notes(message: str, text: str) -> str | None:
    """Tell what the bot made of the notes, from a commit's message and the file that the bot wrote with it.

    None where it cannot be told any more.
    """
    match = _UNDO.search(message)
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
