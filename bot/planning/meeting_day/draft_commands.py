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
    """The pending commands of a thread: those of people with write access, and the others."""

    permitted: tuple[PendingCommand, ...]
    refused: tuple[PendingCommand, ...]


def read_commands(
    snapshot: Snapshot, comments: Sequence[Comment], handled: Sequence[str], place: Place
) -> DraftCommands:
    """Return the pending commands in a thread of the archive. Raises MissingFacts.

    `handled` are entries of `handled_commands` in its state.
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
    """Return the steps of the first command for the calendar that is not done yet. Raises MissingFacts.

    The next one is added to its pull request later. `of` names the one series that counts; empty: all.
    """
    skips = (_skip(snapshot, settings, each, of) for each in permitted if each.name in CALENDAR)
    return next((steps for skip in skips if (steps := steps_of(snapshot, skip))), ())


def is_skipped(snapshot: Snapshot, settings: Config, pending: PendingCommand, of: str = "") -> bool:
    """Return whether an open pull request does what a command for the calendar asks."""
    return pending.name in CALENDAR and _skip(snapshot, settings, pending, of).pull is not None


def answers(
    found: DraftCommands, is_done: Callable[[PendingCommand], bool]
) -> tuple[tuple[str, ...], list[Step]]:
    """Return the entries for `handled_commands`, and the reactions that show the results."""
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
