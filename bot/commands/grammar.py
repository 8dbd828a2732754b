"""The grammar of commands: finds them in the Markdown of a comment, and parses them. Pure.

A command is a whole line of a top-level paragraph. In a block quote, a list, code, a heading, a table, a
link's text or HTML, the same words are not a command.
"""

import difflib
import re
from dataclasses import replace
from typing import Any

from bot.commands.arguments import ArgumentError, ThreadLink, is_day
from bot.commands.command import WORD, Command, ParsedCommand, Place
from bot.commands.table import BY_NAME, HELP
from bot.minutes.text.markdown import clean, cut
from bot.minutes.text.paragraphs import plain_lines

MOST = 10  # commands of one comment that are done
_LONGEST_WORD = 20  # characters that are compared with the names of commands
_TOO_MANY = f"Only the first {MOST} commands of a comment are done. Write the others in a new one."
_COMMAND = re.compile(rf"\s*(?ai:{WORD})(?!\S)")


def read(body: str, *, place: Place = "source", host: str = "github.com") -> tuple[ParsedCommand, ...]:
    """Return the commands in the text of a comment, in order; an invalid one has a `mistake`.

    `place` is "pull" for a comment under a pull request, "source" for one under notes; `host` is the server
    of the comment. Never raises; takes time linear in the length of the body. Only the first 10 commands
    count: where there are more, an eleventh has a mistake that says so.
    """
    if WORD not in body.lower():
        return ()
    lines = cut(clean(body))
    found = plain_lines(lines, _COMMAND)
    rest = _without(lines, set(found))
    parsed = [_parse(lines[at], at + 1) for at in found[: MOST + 1]]
    parsed = [replace(each, rest=rest) if _takes_rest(each) else each for each in parsed]
    done = [each if each.mistake else replace(each, mistake=_lack(each, place, host)) for each in parsed]
    return (*done[:MOST], *(replace(each, mistake=_TOO_MANY) for each in done[MOST:]))


def without(body: str) -> str:
    """Return the text of a comment without its commands, as typed."""
    if WORD not in body.lower():
        return body
    lines = cut(clean(body))
    return _without(lines, set(plain_lines(lines, _COMMAND)))


def _parse(line: str, number: int) -> ParsedCommand:
    text = " ".join(line.split())
    word, _, arguments = text.partition(" ")[2].partition(" ")
    command = BY_NAME.get(word.lower())
    if command is None:
        nearest = _nearest(word.lower())
        meant = f"Did you mean `{nearest.shown}`?" if nearest else f"`{HELP.shown}` lists all that there are."
        return ParsedCommand(nearest or HELP, number, text, mistake=f"There is no such command. {meant}")
    try:
        return ParsedCommand(command, number, text, **_read_arguments(command, arguments))
    except ArgumentError as mistake:
        return ParsedCommand(command, number, text, mistake=f"{mistake} Write `{command.shown}`.")


def _nearest(word: str) -> Command | None:
    if is_day(word):
        return BY_NAME["date"]
    named = difflib.get_close_matches(word[:_LONGEST_WORD], filter(None, BY_NAME), n=1)
    return BY_NAME[named[0]] if named else None


def _read_arguments(command: Command, text: str) -> dict[str, Any]:
    """Return the arguments by the name of the `ParsedCommand` field that they fill.

    Raises ArgumentError.
    """
    values: dict[str, Any] = {}
    for argument in command.arguments:
        if argument is not command.arguments[-1]:
            part, _, text = text.partition(" ")
        else:
            part, text = text, ""
        if part:
            values[argument.field] = argument.read(part)
        elif not argument.optional:
            raise ArgumentError("Something is missing.")
    if text:
        raise ArgumentError("Nothing may stand after this command.")
    return values


def _takes_rest(parsed: ParsedCommand) -> bool:
    return parsed.command.name == "include" and parsed.link is None


def _without(lines: tuple[str, ...], dropped: set[int]) -> str:
    """Return the lines that are not dropped as one text, without blank lines at both ends."""
    kept = [line for at, line in enumerate(lines) if at not in dropped]
    filled = [at for at, line in enumerate(kept) if line.strip()]
    return "\n".join(kept[filled[0] : filled[-1] + 1]) if filled else ""


def _lack(parsed: ParsedCommand, place: Place, host: str) -> str:
    """Return why a well-formed command cannot be done in this place; empty when it can."""
    if place not in parsed.command.places:
        return f"`{parsed.command.shown}` belongs under the notes, not under the pull request."
    if isinstance(parsed.link, ThreadLink) and parsed.link.host not in (None, host.lower()):
        return f"Only what is on {host} can be included."
    if _takes_rest(parsed) and not parsed.rest:
        return "There is nothing to include. Write the notes below the command, or a link after it."
    return ""
