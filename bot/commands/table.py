"""The table of commands, from which grammar, permissions, help and documentation are made. Pure."""

from bot.commands import handlers
from bot.commands.arguments import (
    Argument,
    read_day,
    read_link,
    read_name,
    read_series,
    read_time,
    read_why,
)
from bot.commands.command import WRITERS, Command

DAY = Argument("day", "2026-11-24", read_day)
NAME = Argument("name", "[name]", read_name)
TO = Argument("to", "2026-11-25", read_day)
AT = Argument("at", "[15:00]", read_time)
SERIES = Argument("series", "<name>", read_series)
LINK = Argument("link", "[link]", read_link)
WHY = Argument("why", "<why>", read_why)
PERHAPS_WHY = Argument("why", "[why]", read_why)

COMMANDS = (
    Command(
        "",
        "make or refresh the minutes of these notes now",
        ("write",),
        "/minutes",
        handlers.make,
        is_immediate=True,
    ),
    Command(
        "preview",
        "show minutes and findings in the status comment, write nothing",
        ("write", "author"),
        "/minutes preview",
        handlers.answer,
        places=("source",),
    ),
    Command(
        "date",
        "say which meeting this is; moves the file inside the same pull request",
        ("write", "author"),
        "/minutes date 2026-08-18 afternoon",
        handlers.set_date,
        (DAY, NAME),
        is_immediate=True,
    ),
    Command(
        "series",
        "say which team's meeting this is; remembered for notes of the same kind",
        ("write", "author"),
        "/minutes series Tech",
        handlers.set_series,
        (SERIES,),
        is_immediate=True,
    ),
    Command(
        "include",
        "the rest of this comment, or the linked comment, issue, discussion or pad, is notes too",
        ("write",),
        "/minutes include #12",
        handlers.include,
        (LINK,),
        places=("source",),
        is_immediate=True,
    ),
    Command(
        "accept",
        "on a pull request of minutes: these are accepted; under notes: the previous ones are",
        ("write",),
        "/minutes accept",
        handlers.accept,
        role_of="archive",
    ),
    Command(
        "object",
        "record an objection, which stays open until its author or `/minutes accept` clears it",
        ("write", "author", "attendee"),
        "/minutes object The vote was 5 to 4",
        handlers.object_,
        (WHY,),
        role_of="archive",
    ),
    Command(
        "skip",
        "there is no meeting that day: a pull request against the calendar",
        ("write",),
        "/minutes skip 2026-12-29 holidays",
        handlers.skip,
        (DAY, PERHAPS_WHY),
        role_of="archive",
    ),
    Command(
        "move",
        "a meeting is on another day: a pull request against the calendar",
        ("write",),
        "/minutes move 2026-12-29 2026-12-30 15:00",
        handlers.move,
        (DAY, TO, AT),
        role_of="archive",
    ),
    Command(
        "redact",
        "start again clean: a new pull request, the old one's branch and the bot's comments deleted",
        ("write",),
        "/minutes redact",
        handlers.redact,
        is_immediate=True,
    ),
    Command(
        "stop",
        "ignore these notes until `/minutes` is given or the label set again",
        ("write", "author"),
        "/minutes stop",
        handlers.stop,
    ),
    Command("help", "show this table", ("write",), "/minutes help", handlers.answer),
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
    """Return whether somebody may give a `/minutes` command.

    `role` is theirs in the repository that counts for the command (see `Command`); None: not known. They may
    also have the right as author of the notes (`is_author`) or as attendee (`is_attendee`). Bots may give
    none: two that answer each other would never end.
    """
    rights = {"write": role in WRITERS, "author": is_author, "attendee": is_attendee}
    return not is_bot and any(rights[right] for right in command.who)


def help_table() -> str:
    """Return the commands as a Markdown table, without a line feed at its end."""
    rows = [f"| `{each.shown}` | {each.of_whom} | {each.what} |" for each in COMMANDS]
    return "\n".join(["| command | who | does |", "| --- | --- | --- |", *rows])
