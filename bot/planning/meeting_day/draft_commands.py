"""Commands in threads without notes: under drafts, and under the list of missing minutes. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.commands import PendingCommand, Place, pending_commands, writers_of
from bot.config import Config
from bot.model import Comment, React, Role, Snapshot, Step
from bot.planning.case import is_writer
from bot.planning.skipping import CALENDAR, Skip, read_skip, steps_of


@dataclass(frozen=True, slots=True)
class DraftCommands:
    """The commands in a thread of the archive that are not answered yet.

    `permitted` are those of people with write access to the archive, `refused` the others.
    """

    permitted: tuple[PendingCommand, ...]
    refused: tuple[PendingCommand, ...]


def read_commands(
    snapshot: Snapshot, comments: Sequence[Comment], handled: Sequence[str], place: Place
) -> DraftCommands:
    """Return the commands in a thread of the archive that are not answered yet. Raises MissingFacts.

    `comments` are those of the thread, `handled` the entries of `handled_commands` in its state; `place` is
    "pull" under a pull request, else "source".
    """
    assert snapshot.archive is not None
    there = snapshot.archive.repository
    given = [(comment, place) for comment in comments]
    pending = list(pending_commands(given, handled, urlsplit(there.url).netloc))
    logins = [login for each in pending for login in writers_of(each.comment) if login]
    snapshot.require("who gave these commands?", *(Role(there.name, login) for login in logins))

    def may(each: PendingCommand) -> bool:
        roles = (login and snapshot.roles.get(Role(there.name, login)) for login in writers_of(each.comment))
        return all(map(is_writer, roles))

    permitted = tuple(filter(may, pending))
    return DraftCommands(permitted, tuple(each for each in pending if each not in permitted))


def skipping(
    snapshot: Snapshot, settings: Config, permitted: Sequence[PendingCommand], of: str = ""
) -> tuple[Step, ...]:
    """Return the steps of the first of these commands for the calendar that is not done yet; empty if none.

    It takes a meeting off the calendar by a pull request in the archive; later calls add the next ones to it.
    `of` names the one series whose meetings count; empty: all. Raises MissingFacts.
    """
    skips = (_skip(snapshot, settings, each, of) for each in permitted if each.name in CALENDAR)
    return next((steps for skip in skips if (steps := steps_of(snapshot, skip))), ())


def is_skipped(snapshot: Snapshot, settings: Config, pending: PendingCommand, of: str = "") -> bool:
    """Return whether an open pull request in the archive does what `/minutes skip` or `/minutes move` asks.

    `of` names the one series whose meetings count; empty: all.
    """
    return pending.name in CALENDAR and _skip(snapshot, settings, pending, of).pull is not None


def answers(
    found: DraftCommands, is_done: Callable[[PendingCommand], bool]
) -> tuple[tuple[str, ...], list[Step]]:
    """Return how to answer commands: entries for `handled_commands` of the thread's state, and reactions.

    The reactions, on the comments with the commands, show the results. `is_done` says of a permitted command
    whether it was done.
    """
    done = {each.key: is_done(each) for each in found.permitted}
    handled = tuple(each.handled(done=done[each.key]) for each in found.permitted)
    reactions = _reactions([*found.permitted, *found.refused], lambda each: done.get(each.key, False))
    return handled, list(reactions)


def _reactions(
    pending: Sequence[PendingCommand], is_done: Callable[[PendingCommand], bool]
) -> Iterator[React]:
    for each in pending:
        reaction = each.reaction(done=is_done(each))
        if reaction.content not in each.comment.reacted:
            yield reaction


def _skip(snapshot: Snapshot, settings: Config, pending: PendingCommand, of: str) -> Skip:
    return read_skip(snapshot, settings, pending.parsed, of)
