"""The commands in a comment: found where they are meant, read by the table. Pure.

A command is a whole line of a paragraph that stands in nothing else: what is quoted, listed, code, a heading,
a table, a link's text or HTML is talk about commands, and no command.
"""

import difflib
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.commands.arguments import Link, Mistake, is_day
from bot.commands.table import BY_NAME, HELP, WORD, Command, Place
from bot.minutes.text.markdown import clean, cut
from bot.minutes.text.paragraphs import plain_lines

MOST = 10  # commands of one comment that are done
_LONGEST_WORD = 20  # characters that are compared with the names of commands
_TOO_MANY = f"Only the first {MOST} commands of a comment are done. Write the others in a new one."
_COMMAND = re.compile(rf"\s*(?ai:{WORD})(?!\S)")


@dataclass(frozen=True, slots=True)
class Order:
    """A command as somebody gave it, in `line` of the comment (from 1); `text` is that line, single blanks.

    Where `mistake` says something the order is not to be done, and that is what to answer: one line of
    Markdown, in words of ours alone. `command` is then the nearest one, else `help`: whoever may give it may
    have the answer.
    """

    command: Command
    line: int
    text: str
    day: date | None = None
    name: str = ""
    """Of the meeting: lower-case letters, digits and hyphens, at most 40."""
    link: Link | None = None
    why: str = ""
    rest: str = ""
    """Of `include` without a link: the notes, which are the comment without its commands, as typed."""
    mistake: str = ""

    def key(self, comment_id: str) -> str:
        """Sum up in 10 hexadecimal digits what is done once: this line of this comment.

        Blanks and case do not count, nor the other lines of the comment; a mistake does, since what lacked
        may have been added below the command.
        """
        told = "\0".join((comment_id, self.text.casefold(), "mistake" if self.mistake else ""))
        return hashlib.sha256(told.encode()).hexdigest()[:10]


def read(body: str, *, place: Place = "source", host: str = "github.com") -> tuple[Order, ...]:
    """Read the commands of a comment, in order; what is wrong with one stands in its `mistake`.

    `place` is where the comment stands, `host` the server it stands on. Never raises; takes time in
    proportion to the length of the body. Where there are too many commands, one order more says so.
    """
    if WORD not in body.lower():
        return ()
    lines = cut(clean(body))
    found = plain_lines(lines, _COMMAND)
    rest = _without(lines, set(found))
    orders = [_order(lines[at], at + 1) for at in found[: MOST + 1]]
    orders = [replace(each, rest=rest) if _takes_rest(each) else each for each in orders]
    done = [each if each.mistake else replace(each, mistake=_lack(each, place, host)) for each in orders]
    return (*done[:MOST], *(replace(each, mistake=_TOO_MANY) for each in done[MOST:]))


def without(body: str) -> str:
    """Return the notes of a comment: all but its commands, as typed."""
    if WORD not in body.lower():
        return body
    lines = cut(clean(body))
    return _without(lines, set(plain_lines(lines, _COMMAND)))


def _order(line: str, number: int) -> Order:
    text = " ".join(line.split())
    word, _, arguments = text.partition(" ")[2].partition(" ")
    command = BY_NAME.get(word.lower())
    if command is None:
        nearest = _nearest(word.lower())
        meant = f"Did you mean `{nearest.shown}`?" if nearest else f"`{HELP.shown}` lists all that there are."
        return Order(nearest or HELP, number, text, mistake=f"There is no such command. {meant}")
    try:
        return Order(command, number, text, **_read_arguments(command, arguments))
    except Mistake as mistake:
        return Order(command, number, text, mistake=f"{mistake} Write `{command.shown}`.")


def _nearest(word: str) -> Command | None:
    if is_day(word):
        return BY_NAME["date"]
    named = difflib.get_close_matches(word[:_LONGEST_WORD], filter(None, BY_NAME), n=1)
    return BY_NAME[named[0]] if named else None


def _read_arguments(command: Command, said: str) -> dict[str, Any]:
    """Read the arguments by the fields of `Order` that they become; raises Mistake."""
    taken: dict[str, Any] = {}
    for argument in command.arguments:
        if argument is not command.arguments[-1]:
            part, _, said = said.partition(" ")
        else:
            part, said = said, ""
        if part:
            taken[argument.field] = argument.read(part)
        elif not argument.optional:
            raise Mistake("Something is missing.")
    if said:
        raise Mistake("Nothing may stand after this command.")
    return taken


def _takes_rest(order: Order) -> bool:
    return order.command.name == "include" and order.link is None


def _without(lines: tuple[str, ...], dropped: set[int]) -> str:
    """Put together the lines that are no commands, without blank ones above and below."""
    kept = [line for at, line in enumerate(lines) if at not in dropped]
    said = [at for at, line in enumerate(kept) if line.strip()]
    return "\n".join(kept[said[0] : said[-1] + 1]) if said else ""


def _lack(order: Order, place: Place, host: str) -> str:
    """Say what keeps a well-formed command from being done where it stands; empty where nothing does."""
    if place not in order.command.places:
        return f"`{order.command.shown}` belongs under the notes, not under the pull request."
    if order.link and order.link.host not in (None, host.lower()):
        return f"Only what is on {host} can be included."
    if _takes_rest(order) and not order.rest:
        return "There is nothing to include. Write the notes below the command, or a link after it."
    return ""
