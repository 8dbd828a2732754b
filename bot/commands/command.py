"""The types of commands: as defined in the table, as parsed, as pending, and their results. Pure."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal, Protocol

from bot.commands.arguments import Argument, ThreadLink, WebLink
from bot.model import Comment, Pull, React, Source
from bot.state import PullState, SourceState

WORD = "/minutes"
WRITERS = frozenset({"write", "maintain", "admin"})
"""Roles with write access (`role_name`; a custom role counts as the one that it is built on).

https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user"""

Place = Literal["source", "pull"]
"""Where a comment is: under the notes, or under a pull request of the archive."""
Right = Literal["write", "author", "attendee"]
"""A reason why somebody may give a command: write access to a repository, being the author of the notes, or
being listed in the minutes as an attendee."""

RIGHTS: dict[Right, str] = {
    "write": "write access",
    "author": "author of the notes",
    "attendee": "listed attendee",
}


@dataclass(frozen=True, slots=True)
class Command:
    """A `/minutes` command: its form, who may give it and where, and what it does.

    `role_of` names the repository in which a person needs the role to give it: "thread", the one in which the
    command is written, or "archive", the archive in any case.
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
    """Whether the command approves the notes as they are: no wait for the settle time, and no question about
    edits by people without write access."""

    @property
    def shown(self) -> str:
        """The form of the command in help: `/minutes date 2026-11-24 [name]`."""
        return " ".join(filter(None, (WORD, self.name, *(each.shown for each in self.arguments))))

    @property
    def of_whom(self) -> str:
        """Who may give the command, as help writes it: `write access, author of the notes`."""
        return ", ".join(RIGHTS[right] for right in self.who)


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """A `/minutes` command as it was read from line `line` of a comment, counted from 1.

    `text` is that line with single spaces. A `mistake` that is not empty is the answer, and the command is
    not done: one line of Markdown, without text from the comment. When the command's name is unknown,
    `command` is the one with the nearest name, else `help`; whoever may give that one gets the answer.
    """

    command: Command
    line: int
    text: str
    day: date | None = None
    name: str = ""
    """The meeting's name: lower-case letters, digits and hyphens, at most 40; empty: none."""
    to: date | None = None
    """The day to which a meeting is moved."""
    at: time | None = None
    """The time of day to which a meeting is moved; None: that of the schedule."""
    series: str = ""
    """The name of a series, as typed."""
    link: ThreadLink | WebLink | None = None
    why: str = ""
    rest: str = ""
    """For `include` without a link: the comment without its commands, as typed."""
    mistake: str = ""

    def key(self, comment_id: str) -> str:
        """Return the id by which a state records the command as handled: 10 hexadecimal digits.

        It is a digest of the comment's id, the line (case and spacing ignored), and whether there is a
        mistake: an edit elsewhere in the comment may correct that, and then the command counts as new.
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
        """The id by which a state records the command as handled (see `ParsedCommand.key`)."""
        return self.parsed.key(self.comment.id)

    @property
    def name(self) -> str | None:
        """The name of the command, empty for the bare `/minutes`; None where there is a mistake in it."""
        return None if self.parsed.mistake else self.parsed.command.name

    def handled(self, *, done: bool) -> str:
        """Return the entry for `handled_commands` of a state, so that the command is not executed again.

        It is the command's `key`, then `+` if it was done, or `-` if not.
        """
        return f"{self.key}{'+' if done else '-'}"

    def reaction(self, *, done: bool) -> React:
        """Return the step that reacts to the comment of the command.

        The reaction is a rocket if the command was done, else a confused face.
        """
        return React(self.comment, "ROCKET" if done else "CONFUSED")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of the handler of a command: the answer, and what changes in the bot's states.

    `state` and `pull_state` have the fields to change, with their new values, in the state of the source and
    in that of the pull request `pull`.
    """

    done: bool = True
    text: str = ""
    """The answer: one line of Markdown, in which text from outside is escaped."""
    state: Mapping[str, object] = field(default_factory=dict)
    """Fields of `SourceState` and their new values."""
    pull: Pull | None = None
    """The pull request whose state changes."""
    pull_state: Mapping[str, object] = field(default_factory=dict)
    """Fields of `PullState` and their new values."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The result of an executed command: whether it was done, the answer, and details folded below it."""

    pending: PendingCommand
    done: bool
    text: str = ""
    details: str = ""


class Context(Protocol):
    """What the handler of a command can read about the source and the pull request of its minutes."""

    @property
    def source(self) -> Source:
        """The issue or discussion with the notes."""

    @property
    def state(self) -> SourceState:
        """The state of the source, with the changes by the commands executed just before this one."""

    @property
    def pull(self) -> Pull | None:
        """The pull request with the minutes of the source; None where there is none."""

    @property
    def day(self) -> date | None:
        """The day of the meeting that the notes are of; None where it is not known."""

    def is_writer(self, pending: PendingCommand) -> bool:
        """Return whether the person who gave a command has write access to the repository that counts for it.

        That is the archive for a command under the pull request, or whose `role_of` is "archive"; else it is
        the repository of the source.
        """

    def find_included(self, url: str) -> Source | Comment | None:
        """Return the thread or comment at a URL if every reader of the source may read it, else None.

        So nobody can read something by including it in the notes.
        """

    def find_pad(self, url: str) -> str | None:
        """Return the URL of the pad at `url`, whichever view of it that is; None: it may not be read."""

    def meant(self, pending: PendingCommand) -> tuple[date | None, Pull | None]:
        """Return the day of the minutes that a command is about, and their pull request; None: not known.

        Under a pull request these are its own minutes, under notes those of the previous meeting.
        """

    def state_of(self, pull: Pull | None) -> PullState | None:
        """Return the state of a pull request, with the changes by the commands executed just before this one.

        None where it has no state, or where there is no pull request.
        """

    def series_named(self, name: str) -> str | None:
        """Return the name of a series as the archive spells it, from how a person wrote it in a command.

        Case does not count. None: there is no such series.
        """

    @property
    def series_names(self) -> str:
        """The names of all series of the archive, as one line of Markdown; "none" where there are none."""

    def skipped(self, pending: PendingCommand) -> tuple[Pull | None, str]:
        """Return the pull request that skips or moves a meeting in the archive's calendar.

        Without one it is None, and the text says why. Raises MissingFacts.
        """

    def link_to(self, pull: Pull) -> str:
        """Return a Markdown link to a pull request from which GitHub makes no "mentioned" entry there."""


Handler = Callable[[Context, PendingCommand], Outcome]
"""The function of a command. It writes nothing to GitHub: the plan follows from the changed states. May raise
MissingFacts."""
