"""The commands: one table, of which grammar, permissions, help and documentation are made. Pure."""

from dataclasses import dataclass
from typing import Literal

from bot.commands.arguments import Argument, read_day, read_link, read_name, read_why

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
    """A command: how it is written, who may give it where, and what it does.

    `role_of` names the repository in which the role is asked: that of the thread, or the archive.
    """

    name: str  # empty: the bare `/minutes`
    what: str
    who: tuple[Right, ...]
    example: str
    arguments: tuple[Argument, ...] = ()
    places: tuple[Place, ...] = ("source", "pull")
    role_of: Literal["thread", "archive"] = "thread"

    @property
    def shown(self) -> str:
        """How it is written: `/minutes date 2026-11-24 [name]`."""
        return " ".join(filter(None, (WORD, self.name, *(each.shown for each in self.arguments))))

    @property
    def of_whom(self) -> str:
        """Say who may give it: `write access, author of the notes`."""
        return ", ".join(RIGHTS[right] for right in self.who)


DAY = Argument("day", "2026-11-24", read_day)
NAME = Argument("name", "[name]", read_name)
LINK = Argument("link", "[link]", read_link)
WHY = Argument("why", "<why>", read_why)
PERHAPS_WHY = Argument("why", "[why]", read_why)

COMMANDS = (
    Command("", "make or refresh the minutes of these notes now", ("write",), "/minutes"),
    Command(
        "preview",
        "show minutes and findings in the status comment, write nothing",
        ("write", "author"),
        "/minutes preview",
        places=("source",),
    ),
    Command(
        "date",
        "say which meeting this is; moves the file inside the same pull request",
        ("write", "author"),
        "/minutes date 2026-08-18 afternoon",
        (DAY, NAME),
    ),
    Command(
        "include",
        "the rest of this comment, or the linked comment, issue or discussion, is notes too",
        ("write",),
        "/minutes include #12",
        (LINK,),
        places=("source",),
    ),
    Command(
        "accept",
        "on a pull request of minutes: these are accepted; under notes: the previous ones are",
        ("write",),
        "/minutes accept",
        role_of="archive",
    ),
    Command(
        "object",
        "record an objection, which stays open until its author or `/minutes accept` clears it",
        ("write", "author", "attendee"),
        "/minutes object The vote was 5 to 4",
        (WHY,),
        role_of="archive",
    ),
    Command(
        "skip",
        "there is no meeting that day: a pull request against the calendar",
        ("write",),
        "/minutes skip 2026-12-29 holidays",
        (DAY, PERHAPS_WHY),
        role_of="archive",
    ),
    Command(
        "redact",
        "start again clean: a new pull request, the old one's branch and the bot's comments deleted",
        ("write",),
        "/minutes redact",
    ),
    Command("stop", "forget these notes until told again", ("write", "author"), "/minutes stop"),
    Command("help", "show this table", ("write",), "/minutes help"),
)
BY_NAME = {command.name: command for command in COMMANDS}
HELP = BY_NAME["help"]


def allowed(
    command: Command,
    role: str | None,
    *,
    is_author: bool = False,
    is_attendee: bool = False,
    is_bot: bool = False,
) -> bool:
    """Return whether somebody may give a command; `role` is theirs in the repository `command.role_of`.

    Bots may give none: two that answer each other would never end.
    """
    rights = {"write": role in WRITERS, "author": is_author, "attendee": is_attendee}
    return not is_bot and any(rights[right] for right in command.who)


def help_table() -> str:
    """Write the commands as a Markdown table, without a line feed at its end."""
    rows = [f"| `{each.shown}` | {each.of_whom} | {each.what} |" for each in COMMANDS]
    return "\n".join(["| command | who | does |", "| --- | --- | --- |", *rows])
