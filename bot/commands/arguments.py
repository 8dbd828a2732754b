"""The arguments of commands: days, names, links, reasons; read strictly. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from bot.model import Kind

LONGEST_NAME = 40  # characters; it becomes part of a file's name
LONGEST_SERIES = 60  # characters, as in the configuration
LONGEST_WHY = 500  # characters; it becomes one line of the next minutes

_DAY = re.compile(r"(?a:(?:19|20)\d\d-\d\d-\d\d)")
_TIME = re.compile(r"(?a:([01]?\d|2[0-3]):([0-5]\d))")
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
_ELSEWHERE = re.compile(
    r"https?://(?!(?:www\.|redirect\.)?github\.com[/:])[\w-]+(?:\.[\w-]+)+(?::443)?/[^\s\\]{1,500}",
    re.ASCII | re.IGNORECASE,
)
_KINDS: dict[str, Kind] = {"issue": "issue", "discussion": "discussion"}


class ArgumentError(ValueError):
    """An argument of a `/minutes` command is missing or invalid.

    The message contains no text from the comment, so it is safe to post.
    """


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """A link to an issue, a discussion, or a comment of either.

    Fields that the text leaves out are None: `#7` gives neither repository nor kind, and means the repository
    of the thread in which it was written. `comment` is GitHub's `databaseId`; `host` is a server's name such
    as `github.com`.
    """

    number: int
    repository: str | None = None  # "owner/name"
    kind: Kind | None = None
    comment: int | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link to something that is not on GitHub, such as a pad: a URL with `https` or `http`."""

    url: str


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a `/minutes` command.

    `field` is the field of `ParsedCommand` that it fills, `shown` its form in help. `read` gets the text,
    never empty, with single spaces, and raises ArgumentError. The last argument of a command takes the rest
    of the line, the others one word each.
    """

    field: str
    shown: str
    read: Callable[[str], object]

    @property
    def optional(self) -> bool:
        """Whether the argument may be left out: its form in help begins with `[`."""
        return self.shown.startswith("[")


def is_day(text: str) -> bool:
    """Return whether a word has the form `2026-11-24`; such a day need not exist."""
    return _DAY.fullmatch(text) is not None


def read_day(text: str) -> date:
    """Return the day of a text such as `2026-11-24`. Raises ArgumentError."""
    try:
        if is_day(text):
            return date.fromisoformat(text)
    except ValueError:
        raise ArgumentError("That is no day of the calendar.") from None
    raise ArgumentError("A day is written year, month, day, with hyphens.")


def read_time(text: str) -> time:
    """Return the time of a text such as `15:00`, on a clock of 24 hours. Raises ArgumentError."""
    match = _TIME.fullmatch(text)
    if not match:
        raise ArgumentError("A time is written as on a clock of 24 hours, such as 15:00.")
    return time(int(match[1]), int(match[2]))


def read_name(text: str) -> str:
    """Return the name of a meeting from a command, as file names have it.

    That is at most 40 lower-case letters, digits and hyphens. Raises ArgumentError when nothing is left, or
    when the text contains a day.
    """
    if _DAY.search(text):
        raise ArgumentError("There are two days.")
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters.lower())[:LONGEST_NAME].strip("-")
    if not name:
        raise ArgumentError("A name is made of the letters a to z, digits and hyphens.")
    return name


def read_series(text: str) -> str:
    """Return the name of a series as it was typed in a command, without backticks.

    Raises ArgumentError when it is empty or longer than 60 characters.
    """
    name = text.strip("` ")
    if not name:
        raise ArgumentError("A name is missing.")
    if len(name) > LONGEST_SERIES:
        raise ArgumentError(f"The name of a series has at most {LONGEST_SERIES} characters.")
    return name


def read_link(text: str) -> ThreadLink | WebLink:
    """Return the thread, comment or page to which a link in a command leads.

    The text is `#7`, a URL, `<URL>` or `[text](URL)`. Raises ArgumentError for any other text, and for other
    pages of GitHub.
    """
    dressed = _LINK_TEXT.fullmatch(text)
    target = (dressed["inner"] or dressed["auto"]) if dressed else text
    match = next(filter(None, (form.fullmatch(target) for form in _FORMS)), None)
    if not match and _ELSEWHERE.fullmatch(target):
        return WebLink(target)
    if not match:
        raise ArgumentError("That is no link to an issue, a discussion, a comment of one, or a pad.")
    parts = {part: text.lower() for part, text in match.groupdict().items() if text}
    return ThreadLink(
        number=int(parts["number"]),
        repository=match["repository"],
        kind=_KINDS.get(parts.get("kind", "")),
        comment=int(parts["comment"]) if "comment" in parts else None,
        host=parts.get("host"),
    )


def read_why(text: str) -> str:
    """Return the reason that a person gave in a command, as typed.

    Raises ArgumentError when it is longer than 500 characters.
    """
    if len(text) > LONGEST_WHY:
        raise ArgumentError(f"A reason is at most {LONGEST_WHY} characters long.")
    return text
