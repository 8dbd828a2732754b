"""The bot's state, stored on GitHub as JSON in an HTML comment at the start of texts that it writes. Pure.

There is one in each status comment, in the description of each pull request, and in each issue or discussion
that the bot opens by itself. A state counts only where GitHub says that the bot wrote the text
(`viewerDidAuthor`). It has no secrets. The trailers of commits are in `bot.trailers`.
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

# a state never has `<!--` in it (see `embed_state`); stopping there keeps the search linear on hostile text
_STATE = re.compile(r"<!-- minutes-bot (\{(?:(?!<!--).)*?\}) -->")
_END = "<!-- /minutes-bot -->"
LONGEST = 65_536  # characters of a comment or a description; GitHub refuses more
MOST_HANDLED = 2_000  # handled commands of one state; their keys take half of that room


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the bot remembers of an issue or discussion with notes, in its status comment there."""

    source: str
    """The issue or discussion, as `owner/name#12`."""
    kind: Kind = "issue"
    status: str = ""
    """What the comment says, in a word: `ready`, `question`, `merged`, …"""
    detail: str = ""
    """Distinguishes texts of the comment with the same status: the name of the question, the refusal."""
    pull_number: int | None = None
    archive: str | None = None
    """The repository with that pull request, as `owner/name`."""
    day: date | None = None
    """The date of the meeting."""
    suffix: str = ""
    """The name of the meeting, to distinguish it from another one on the same day; empty without one."""
    path: str | None = None
    """The path of the minutes in the archive."""
    notes_digest: str | None = None
    """The digest of the notes from which minutes were last made."""
    checked_commit: str | None = None
    """The commit on which the bot last created a check run."""
    missing_permissions: tuple[str, ...] = ()
    """The permissions that the App lacks, as the comment reports them."""
    merges_on: date | None = None
    """The day on which the bot merges the pull request, as the comment says; None: it says none."""
    merge_refusal: str = ""
    """GitHub's message when it refused to let the bot merge; empty when it did not refuse."""
    handled_commands: tuple[str, ...] = ()
    """Keys of the commands that were answered, each followed by `+` (done) or `-` (not done)."""
    requested: bool = False
    """Whether somebody commented `/minutes`, which makes the source meeting notes even without a label."""
    approved_digest: str | None = None
    """The digest of the notes that a command of somebody with write access approved."""
    date_override: date | None = None
    """The date of the meeting that `/minutes date` set; None: it is found in title and notes."""
    suffix_override: str = ""
    """The name of the meeting that `/minutes date` set."""
    series_override: str = ""
    """The name of the series that `/minutes series` set."""
    included: tuple[str, ...] = ()
    """The URLs of the threads and comments that `/minutes include` added to the notes."""
    stopped_at: datetime | None = None
    """When `/minutes stop` was commented; None if it was not, or `/minutes` was commented after it."""
    stopped_by: str = ""
    """The login of who commented that; empty for a deleted user, or if nobody did."""
    answers: tuple[str, ...] = ()
    """The newest answers to commands, each one line of Markdown, oldest first."""
    superseded_through: int | None = None
    """Pull requests up to this number are not continued: a new one is opened instead."""
    accepts_previous: date | None = None
    """The date of the previous meeting, if its minutes were accepted by a command under these notes."""
    redacted_pulls: tuple[str, ...] = ()
    """The numbers of the pull requests that `/minutes redact` withdrew."""


@dataclass(frozen=True, slots=True)
class PullState:
    """What the bot remembers of one of its pull requests, in the description of that pull request.

    It is for minutes, a draft of minutes, a change to the calendar, or mended links.
    """

    source: str
    """The issue or discussion, as `owner/name#12`, or the pseudonym of a private one where more people see
    the archive. Empty for a draft that no source has adopted yet, and for what is not about one meeting."""
    kind: Kind = "issue"
    status: str = ""
    """`lapsed` or `skip` for a draft that the bot closed, `skip` for a change to the calendar, `links` for
    mended links in published minutes, `stopped` where the source is no longer meeting notes; else empty."""
    stopped_by: str = ""
    """The login of who commented `/minutes stop`; empty where the label was removed."""
    series: str = ""
    """The name of the meeting's series; empty where the archive has one only."""
    previous: str | None = None
    """The previous minutes, as the file links them (`bot.planning.proposal.link_state`); None: not known."""
    source_kind: str = ""
    """A digest of what notes of one kind share, by which the series of later ones is known (see
    `bot.planning.placing`). Empty where no person set the series, and for a private source."""
    day: date | None = None
    """The date of the meeting."""
    suffix: str = ""
    """The name of the meeting, as in `SourceState`."""
    path: str | None = None
    """The path of the minutes in the archive."""
    notes_digest: str | None = None
    """The digest of the notes from which the minutes were made."""
    file_blob: str | None = None
    """The id of the git blob of the file as the bot last wrote it."""
    base_commit: str | None = None
    """The commit of the archive from which the branch was made."""
    template_blobs: tuple[str, ...] = ()
    """Blob ids of the template (empty: there is none) and of the recent minutes, as of the first commit."""
    has_human_edits: bool = False
    """Whether the file has edits by people, merged into what the bot makes of the notes."""
    missing_permissions: tuple[str, ...] = ()
    is_bot_draft: bool = False
    """Whether the bot made the pull request a draft, so that it may also mark it as ready."""
    accepted: str = ""
    """When these minutes were accepted, and the login of who did it: `2026-08-25 imani`; else empty.

    Without a login, the minutes of that day say it."""
    accepted_at: str = ""
    """The meeting at which they were accepted, if known, as `2026-08-25` or `2026-08-25, with changes`."""
    accepts: str = ""
    """What these minutes say of the previous ones: `accepted`, `accepted with changes`; empty: neither."""
    objections: tuple[tuple[str, str], ...] = ()
    """The open objections to these minutes, as pairs of login and reason."""
    conflicts: int = 0
    """At how many places the notes and the branch say different things, so that people must decide."""
    conflict_lines: tuple[int, ...] = ()
    """The lines of the minutes where the first five of them begin."""
    flagged_commit: str = ""
    """The commit with the check run that fails because of an objection or a conflict; empty: none has one."""
    merges_on: date | None = None
    """The day on which the bot merges the pull request if nothing happens; None: not, or not yet."""
    handled_commands: tuple[str, ...] = ()
    """Commands that were answered, as in `SourceState`."""
    requested: bool = False
    """As in `SourceState`. For a draft: somebody wants it, so the bot does not close it."""
    date_override: date | None = None
    suffix_override: str = ""
    series_override: str = ""
    """The series, as `/minutes series` gave it."""
    included: tuple[str, ...] = ()
    reminded: bool = False
    """Whether the bot reminded people that the draft has no notes yet."""
    moved: tuple[str, ...] = ()
    """The meetings that the pull request puts on another day, as `2026-12-30 15:00 Team meeting`."""
    meetings: tuple[str, ...] = ()
    """Keys of the meetings that the pull request takes off the calendar (see `meeting_key`)."""
    repairs: tuple[str, ...] = ()
    """Keys of the links that the pull request mends (see `repair_key`)."""
    is_replaced: bool = False
    """Whether the bot closed the pull request because another one mends these links."""


@dataclass(frozen=True, slots=True)
class ThreadState:
    """What the bot remembers of an issue or discussion that it opened by itself, in the text of that."""

    purpose: Literal["agenda", "missing"]
    """`agenda`: people write the notes of a meeting there; `missing`: it lists meetings without minutes."""
    series: str = ""
    day: date | None = None
    meetings: tuple[str, ...] = ()
    """Keys of the meetings that the issue or discussion is about (see `meeting_key`)."""
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
"""The fields for what people asked for, which pull requests have too in case a status comment is deleted."""


def pull_state_of(state: SourceState) -> PullState:
    """Return a replacement for the state of a pull request that somebody removed from its description.

    It is made of `state`, that in the status comment under the notes.
    """
    shared = {each.name for each in fields(PullState)} & {each.name for each in fields(SourceState)}
    return PullState(**{name: getattr(state, name) for name in shared - {"status"}})


# -- in texts ----------------------------------------------------------------------------------------------


def embed_state(state: State, text: str) -> str:
    """Return a block for a comment or description: the state in an HTML comment, the text, an end mark.

    The end mark is an HTML comment too. The text is cut off where the block would exceed `LONGEST`
    characters, the most that GitHub accepts.
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
    """Return the state of class `cls` in the text of a comment or description.

    None where there is none, it is malformed, or it is of another class.
    """
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
    """Return the text of a comment or description with `block` in place of the bot's block in it.

    What people wrote around that stays. A text without such a block is returned unchanged: people removed it
    on purpose.
    """
    start = _STATE.search(text)
    end = text.find(_END)
    if not start or end < start.start():
        return text
    return text[: start.start()] + block + text[end + len(_END) :]


def replace_state(text: str, state: State) -> str:
    """Return the text of a comment or description with `state` in place of the state in it.

    All else stays; a text without a state is returned unchanged.
    """
    found = _STATE.search(text)
    return (
        text[: found.start()] + embed_state(state, "").split("\n")[0] + text[found.end() :] if found else text
    )


def without_state(text: str) -> str:
    """Return the text of a comment or description without the bot's state and end mark in HTML comments.

    All words in the block and around it stay.
    """
    found = _STATE.search(text)
    if not found:
        return text
    return (text[: found.start()] + text[found.end() :].removeprefix("\n")).replace(f"\n{_END}", "", 1)


# -- keys --------------------------------------------------------------------------------------------------


def meeting_key(series: str, day: date) -> str:
    """Return the key for the meeting of a series on `day`, such as `2026-08-18 Team meeting`."""
    return f"{day} {series}"


def read_meeting_key(key: str) -> tuple[date, str] | None:
    """Return the date and the name of the series in a key such as `2026-08-18 Team meeting`.

    None where it begins with no date.
    """
    day, _, series = key.partition(" ")
    try:
        return date.fromisoformat(day), series
    except ValueError:
        return None


def repair_key(path: str, link: str) -> str:
    """Return the key for a link that is mended: `2026/2026-08-25.md -> 2026-08-18.md`.

    `path` is that of the minutes, `link` the new target of their link to the last meeting.
    """
    return f"{path} -> {link}"


def read_repair_key(key: str) -> tuple[str, str]:
    """Return the path of the minutes and the link in a key such as `2026/2026-08-25.md -> 2026-08-18.md`."""
    path, _, link = key.rpartition(" -> ")  # a link has no blanks, a path may
    return path, link


def digest(*texts: str) -> str:
    """Return 16 hexadecimal digits that identify the given texts, to see later whether they changed.

    They are the first ones of a SHA-256.
    """
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def pseudonym(key: bytes, source: str) -> str:
    """Return a name for `source`, an issue or discussion, that does not reveal which one it is.

    It is an HMAC, which only the owner of `key` can compute.
    """
    return f"~{hmac.new(key, source.casefold().encode(), hashlib.sha256).hexdigest()[:32]}"
