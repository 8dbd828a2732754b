"""What stands after a command: days, names, links, reasons; read strictly. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.model import Kind

LONGEST_NAME = 40  # characters; it becomes part of a file's name
LONGEST_WHY = 500  # characters; it becomes one line of the next minutes

_DAY = re.compile(r"(?a:(?:19|20)\d\d-\d\d-\d\d)")
_LINK_TEXT = re.compile(r"\[[^\[\]]*\]\((?P<inner>[^()\s]+)\)|<(?P<auto>[^<>\s]+)>")
# Logins and names of repositories: letters, digits, `-`, `_` and `.`, at most 39 and 100 of them.
_REPOSITORY = r"(?P<repository>[\w-]{1,39}/[\w.-]{1,100})"
# The addresses that "Copy link" gives; redirect.github.com is GitHub's own, and leads to the same page.
# https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"https?://(?:www\.|redirect\.)?(?P<host>[\w.-]+(?::\d+)?)/{_REPOSITORY}"
        r"/(?P<kind>issue|discussion)s/(?P<number>\d{1,10})/?(?:\?[^#]*)?"
        r"(?:#(?:(?:issue|discussion)comment-(?P<comment>\d{1,18})|(?:issue|discussion)-\d+))?",
        rf"(?:{_REPOSITORY})?#(?P<number>\d{{1,10}})",
    )
)
_KINDS: dict[str, Kind] = {"issue": "issue", "discussion": "discussion"}


class ArgumentError(ValueError):
    """What is wrong with a command, in words of ours alone: safe to post."""


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """An issue, a discussion, or a comment of one.

    What the text leaves out is None: `#7` is in the thread's own repository, and does not tell its kind.
    `comment` is GitHub's `databaseId`; `host` is as in `github.com`.
    """

    number: int
    repository: str | None = None  # "owner/name"
    kind: Kind | None = None
    comment: int | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument: the field of `ParsedCommand` it becomes, how help shows it, and how it is read.

    `read` gets it with single blanks, never empty, and raises ArgumentError. The last argument of a command
    takes all that follows, the others a word each.
    """

    field: str
    shown: str
    read: Callable[[str], object]

    @property
    def optional(self) -> bool:
        """Whether it may be left out."""
        return self.shown.startswith("[")


def is_day(text: str) -> bool:
    """Return whether a word is a day, be it one of the calendar or not."""
    return _DAY.fullmatch(text) is not None


def read_day(text: str) -> date:
    """Read `2026-11-24`; raises ArgumentError."""
    try:
        if is_day(text):
            return date.fromisoformat(text)
    except ValueError:
        raise ArgumentError("That is no day of the calendar.") from None
    raise ArgumentError("A day is written year, month, day, with hyphens.")


def read_name(text: str) -> str:
    """Make a name for a file: lower-case letters, digits and hyphens; raises ArgumentError if nothing is
    left.
    """
    if _DAY.search(text):
        raise ArgumentError("There are two days.")
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters.lower())[:LONGEST_NAME].strip("-")
    if not name:
        raise ArgumentError("A name is made of the letters a to z, digits and hyphens.")
    return name


def read_link(text: str) -> ThreadLink:
    """Read where a link leads, bare, between angles or with a text of its own; raises ArgumentError."""
    dressed = _LINK_TEXT.fullmatch(text)
    target = (dressed["inner"] or dressed["auto"]) if dressed else text
    match = next(filter(None, (form.fullmatch(target) for form in _FORMS)), None)
    if not match:
        raise ArgumentError("That is no link to an issue, a discussion, or a comment of one.")
    parts = {part: text.lower() for part, text in match.groupdict().items() if text}
    return ThreadLink(
        number=int(parts["number"]),
        repository=match["repository"],
        kind=_KINDS.get(parts.get("kind", "")),
        comment=int(parts["comment"]) if "comment" in parts else None,
        host=parts.get("host"),
    )


def read_why(text: str) -> str:
    """Take a reason as it was typed; raises ArgumentError where it is too long to be one."""
    if len(text) > LONGEST_WHY:
        raise ArgumentError(f"A reason is at most {LONGEST_WHY} characters long.")
    return text
