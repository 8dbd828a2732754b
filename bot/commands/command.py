"""What a command is: as the table has it, as somebody gave it, and what became of it. Pure."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from bot.commands.arguments import Argument, ThreadLink
from bot.model import Comment, Pull, React, Source
from bot.state import PullState, SourceState

WORD = "/minutes"
WRITERS = frozenset({"write", "maintain", "admin"})
"""Roles that may write (`role_name`; a custom role counts as the one that it is built on).

https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
"""

Place = Literal["source", "pull"]
"""Where a comment stands: under the notes, or under a pull request of the archive."""
Right = Literal["write", "author", "attendee"]
"""Who somebody is: may write in the repository; wrote the notes; is listed in the minutes as present."""

RIGHTS: dict[Right, str] = {
    "write": "write access",
    "author": "author of the notes",
    "attendee": "listed attendee",
}


@dataclass(frozen=True, slots=True)
class Command:
    """A row of the table: how the command is written, who may give it where, and what it does.

    `role_of` names the repository in which the role is asked: that of the thread, or the archive.
    """

    name: str  # empty: the bare `/minutes`
    what: str
    who: tuple[Right, ...]
    example: str
    handler: "Handler"
    arguments: tuple[Argument, ...] = ()
    places: tuple[Place, ...] = ("source", "pull")
    role_of: Literal["thread", "archive"] = "thread"
    is_immediate: bool = False
    """Whether the notes are taken as they are after it, without waiting until they are still."""

    @property
    def shown(self) -> str:
        """How it is written: `/minutes date 2026-11-24 [name]`."""
        return " ".join(filter(None, (WORD, self.name, *(each.shown for each in self.arguments))))

    @property
    def of_whom(self) -> str:
        """Return who may give it: `write access, author of the notes`."""
        return ", ".join(RIGHTS[right] for right in self.who)


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """A command as it stands in `line` of a comment (from 1); `text` is that line with single blanks.

    Where `mistake` is not empty the command is not to be done, and that is what to answer: one line of
    Markdown, in words of ours alone. `command` is then the nearest one, else `help`: whoever may give it may
    have the answer.
    """

    command: Command
    line: int
    text: str
    day: date | None = None
    name: str = ""
    """Of the meeting: lower-case letters, digits and hyphens, at most 40."""
    link: ThreadLink | None = None
    why: str = ""
    rest: str = ""
    """Of `include` without a link: the notes, which are the comment without its commands, as typed."""
    mistake: str = ""

    def key(self, comment_id: str) -> str:
        """Return a digest, 10 hexadecimal digits, of what is done once: this line of this comment.

        Blanks and case do not count, nor the other lines of the comment; a mistake does, since what lacked
        may have been added below the command.
        """
        once = "\0".join((comment_id, self.text.casefold(), "mistake" if self.mistake else ""))
        return hashlib.sha256(once.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class PendingCommand:
    """A command that is not answered yet, and the comment that gives it."""

    parsed: ParsedCommand
    comment: Comment
    place: Place

    @property
    def key(self) -> str:
        """What makes it done once."""
        return self.parsed.key(self.comment.id)

    @property
    def name(self) -> str | None:
        """The name of the command; None where there is a mistake in it."""
        return None if self.parsed.mistake else self.parsed.command.name

    def handled(self, *, done: bool) -> str:
        """Return what a state keeps of it once it is answered."""
        return f"{self.key}{'+' if done else '-'}"

    def reaction(self, *, done: bool) -> React:
        """Return what its comment shows once it is answered."""
        return React(self.comment, "ROCKET" if done else "CONFUSED")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command leads to: the answer, and what changes in the states of source and pull request."""

    done: bool = True
    text: str = ""
    """The answer, one line of Markdown in words of ours, or defused."""
    state: Mapping[str, object] = field(default_factory=dict)
    """Fields of `SourceState` and their new values."""
    pull: Pull | None = None
    """The pull request whose state changes."""
    pull_state: Mapping[str, object] = field(default_factory=dict)
    """Fields of `PullState` and their new values."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What became of a command; `text` is the answer, and `details` is folded below it."""

    pending: PendingCommand
    done: bool
    text: str = ""
    details: str = ""


class Context(Protocol):
    """What a handler knows of the source, or of the pull request, under which a command was given."""

    @property
    def source(self) -> Source:
        """The issue or discussion with the notes."""

    @property
    def state(self) -> SourceState:
        """The state of the source, after the commands before this one."""

    @property
    def pull(self) -> Pull | None:
        """The pull request of the source."""

    def is_writer(self, pending: PendingCommand) -> bool:
        """Return whether who gave the command has write access where its role counts."""

    def find_included(self, url: str) -> Source | Comment | None:
        """Return what an address leads to, if everybody who reads the source may read it."""

    def meant(self, pending: PendingCommand) -> tuple[date | None, Pull | None]:
        """Return the day of the minutes that are meant, and their pull request.

        Under a pull request that is its own day; under notes it is that of the previous meeting.
        """

    def state_of(self, pull: Pull | None) -> PullState | None:
        """Return the state of a pull request, after the commands before this one."""

    def skipped(self, pending: PendingCommand) -> tuple[Pull | None, str]:
        """Return the pull request that takes a meeting off the calendar, or why there is none.

        Raises MissingFacts.
        """

    def link_to(self, pull: Pull) -> str:
        """Return a Markdown link to a pull request that leaves no backlink there."""


Handler = Callable[[Context, PendingCommand], Outcome]
"""What a command does. It writes nothing: the plan follows from the states. May raise MissingFacts."""
