"""What the bot stores on GitHub: a hidden state at the start of the texts that it writes. Pure.

There is one in each status comment, in the description of each pull request, and in each issue or discussion
that the bot opens by itself. A state counts only where GitHub says that the bot wrote the text
(`viewerDidAuthor`). It holds no secrets. What commits carry is in `bot.trailers`.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.model import Kind

# a state never holds what opens a comment (see `embed_state`); stopping there keeps the search linear on
# hostile text
_STATE = re.compile(r"<!-- minutes-bot (\{(?:(?!<!--).)*?\}) -->")
_END = "<!-- /minutes-bot -->"
LONGEST = 65_536  # characters of a comment or a description; GitHub says no to more
MOST_HANDLED = 2_000  # commands that a state can hold, in half of that room


@dataclass(frozen=True, slots=True)
class SourceState:
    """The state in the status comment of a source: what was said there, and what people asked for."""

    source: str
    """The issue or discussion, as `owner/name#12`."""
    kind: Kind = "issue"
    status: str = ""
    """What the comment says, in a word: `ready`, `question`, `merged`, …"""
    detail: str = ""
    """Tells two texts of one status apart."""
    pull_number: int | None = None
    archive: str | None = None
    """The repository in which the pull request's number counts, as `owner/name`."""
    day: date | None = None
    """The day of the meeting."""
    suffix: str = ""
    """Tells a second meeting of the day apart."""
    path: str | None = None
    """The file of the minutes."""
    notes_digest: str | None = None
    """The digest of the notes that were last used."""
    checked_commit: str | None = None
    """The commit that has its check run."""
    missing_permissions: tuple[str, ...] = ()
    merge_refusal: str = ""
    """GitHub's words when it did not let the bot merge."""
    handled_commands: tuple[str, ...] = ()
    """Commands that were answered: their keys, with `+` for done and `-` for not done."""
    requested: bool = False
    """Whether somebody commented `/minutes`: then it is meeting notes without a label too."""
    approved_digest: str | None = None
    """The digest of the notes which somebody said shall be taken as they are."""
    date_override: date | None = None
    """The day, as `/minutes date` gave it."""
    suffix_override: str = ""
    series_override: str = ""
    """The series, as `/minutes series` gave it."""
    included: tuple[str, ...] = ()
    """Addresses of what else is notes."""
    stopped_at: datetime | None = None
    """Since when `/minutes stop` holds."""
    superseded_through: int | None = None
    """Pull requests up to this number are not continued."""
    accepts_previous: date | None = None
    """The previous meeting, whose minutes were accepted here."""
    redacted_pulls: tuple[str, ...] = ()
    """Numbers of the pull requests that were withdrawn by `/minutes redact`."""


@dataclass(frozen=True, slots=True)
class PullState:
    """The state in the description of a pull request: of minutes, of a draft, or against the calendar."""

    source: str
    """As in `SourceState`, or the pseudonym of a private source where more people see the archive. Empty: it
    has none yet, and is a draft of meeting day; or it is about the calendar."""
    kind: Kind = "issue"
    status: str = ""
    """`lapsed` or `skip` of a draft that the bot closed; `skip` of a pull request against the calendar."""
    series: str = ""
    """The name of the series whose meeting it is; empty where the archive has one only."""
    source_kind: str = ""
    """A digest of what notes of one kind share, by which the series of later ones is known (see
    `bot.planning.placing`). Empty for a private source."""
    day: date | None = None
    """The day of the meeting."""
    suffix: str = ""
    """Tells a second meeting of the day apart."""
    path: str | None = None
    """The file of the minutes."""
    notes_digest: str | None = None
    """The digest of the notes that it was made from."""
    file_blob: str | None = None
    """The file as the bot wrote it last, as a blob of git."""
    base_commit: str | None = None
    """The commit of the archive from which the branch was made."""
    template_blobs: tuple[str, ...] = ()
    """Blobs of the template (empty: there is none) and of the minutes whose form it began with."""
    has_human_edits: bool = False
    """Whether people's edits are in the file too."""
    missing_permissions: tuple[str, ...] = ()
    is_bot_draft: bool = False
    """Whether the bot made the pull request a draft, and may mark it ready."""
    accepted: str = ""
    """The day and the login of who accepted these minutes: `2026-08-25 imani`."""
    objections: tuple[tuple[str, str], ...] = ()
    """Logins of who objects, each with the reason."""
    handled_commands: tuple[str, ...] = ()
    """Commands that were answered, as in `SourceState`."""
    requested: bool = False
    """As in `SourceState`. Of a draft: somebody wants it, so that it neither lapses nor closes by itself."""
    date_override: date | None = None
    suffix_override: str = ""
    series_override: str = ""
    """The series, as `/minutes series` gave it."""
    included: tuple[str, ...] = ()
    reminded: bool = False
    """Whether people were told that nobody has written anything yet."""
    meetings: tuple[str, ...] = ()
    """Keys of the meetings that it takes off the calendar (see `meeting_key`)."""


@dataclass(frozen=True, slots=True)
class ThreadState:
    """The state in the text of an issue or discussion that the bot opened by itself."""

    purpose: Literal["agenda", "missing"]
    """`agenda`: for the notes of a meeting; `missing`: the list of meetings without minutes."""
    series: str = ""
    day: date | None = None
    meetings: tuple[str, ...] = ()
    """Keys of the meetings that it is about (see `meeting_key`)."""
    handled_commands: tuple[str, ...] = ()
    """Commands that were answered, as in `SourceState`."""


State = SourceState | PullState | ThreadState
AnyState = TypeVar("AnyState", SourceState, PullState, ThreadState)
_READERS: Mapping[str, TypeAdapter[Any]] = {
    cls.__name__: TypeAdapter(cls) for cls in (SourceState, PullState, ThreadState)
}

REQUESTS = (
    "handled_commands",
    "requested",
    "date_override",
    "suffix_override",
    "series_override",
    "included",
)
"""What people asked for: the pull request keeps it too, in case somebody deletes the status comment."""


def pull_state_of(state: SourceState) -> PullState:
    """Return what the status comment knows of its pull request, for one from which people took the state."""
    shared = {each.name for each in fields(PullState)} & {each.name for each in fields(SourceState)}
    return PullState(**{name: getattr(state, name) for name in shared - {"status"}})


# -- in texts ----------------------------------------------------------------------------------------------


def embed_state(state: State, text: str) -> str:
    """Put the state before a text, and an end mark behind it: together, a block.

    The text is cut where it has no room beside the state.
    """
    values = ((each.name, getattr(state, each.name), each.default) for each in fields(state))
    kept = {name: value for name, value, default in values if value != default}
    # without `<` and `>` nothing in it can begin or end an HTML comment (HTML standard 13.1.6); without `@`
    # nobody is named in it
    data = json.dumps(kept, default=str)
    for sign in "<>@":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    start, end = f"<!-- minutes-bot {data} -->\n", f"\n{_END}"
    return f"{start}{text.strip()[: LONGEST - len(start) - len(end)]}{end}"


def find_state(text: str, cls: type[AnyState]) -> AnyState | None:
    """Read the state from a text; None where there is none, it was broken, or it is of another kind."""
    found: AnyState | None = _read(text, cls.__name__)
    return found


@lru_cache(maxsize=4096)  # the same texts are read many times for one plan
def _read(text: str, kind: str) -> Any:
    match = _STATE.search(text)
    try:
        return _READERS[kind].validate_json(match[1]) if match else None
    except ValidationError:
        return None


def replace_block(text: str, block: str) -> str:
    """Put a new block in the place of the old one, and keep what people wrote around it.

    Where they took the block out, they meant it: the text stays as it is.
    """
    start = _STATE.search(text)
    end = text.find(_END)
    if not start or end < start.start():
        return text
    return text[: start.start()] + block + text[end + len(_END) :]


def replace_state(text: str, state: State) -> str:
    """Put another state into a text, and leave all its words."""
    found = _STATE.search(text)
    return (
        text[: found.start()] + embed_state(state, "").split("\n")[0] + text[found.end() :] if found else text
    )


def without_state(text: str) -> str:
    """Return a text without its state, and with what people wrote around it."""
    found = _STATE.search(text)
    if not found:
        return text
    return (text[: found.start()] + text[found.end() :].removeprefix("\n")).replace(f"\n{_END}", "", 1)


# -- keys --------------------------------------------------------------------------------------------------


def meeting_key(series: str, day: date) -> str:
    """Return the key of a meeting of a series: `2026-08-18 Team meeting`."""
    return f"{day} {series}"


def read_meeting_key(key: str) -> tuple[date, str] | None:
    """Read the key of a meeting: its day and its series; None where people broke it."""
    day, _, series = key.partition(" ")
    try:
        return date.fromisoformat(day), series
    except ValueError:
        return None


def digest(*texts: str) -> str:
    """Return a digest of texts in 16 hexadecimal digits, to see whether they changed."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def pseudonym(key: bytes, source: str) -> str:
    """Return a name for a source that only the owner of the key can compute."""
    return f"~{hmac.new(key, source.casefold().encode(), hashlib.sha256).hexdigest()[:32]}"
