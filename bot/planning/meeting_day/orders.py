"""What people say with `/minutes` where there are no notes: under the list, under drafts. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot import commands
from bot.commands import Order, Place
from bot.config import Config
from bot.model import Archive, Comment, React, Role, Snapshot, Step
from bot.planning.case import is_writer, was_refused
from bot.planning.skipping import Skip, read_skip, steps_of
from bot.state import PullState, ThreadState


@dataclass(frozen=True, slots=True)
class Told:
    """An order that was not answered yet, and whether who gave it may."""

    order: Order
    comment: Comment
    allowed: bool

    @property
    def name(self) -> str | None:
        """The command, if it is to be done."""
        return self.order.command.name if self.allowed and not self.order.mistake else None

    @property
    def key(self) -> str:
        """What makes it done once."""
        return self.order.key(self.comment.id)


def hear(
    snapshot: Snapshot, comments: Sequence[Comment], mark: PullState | ThreadState, place: Place
) -> tuple[Told, ...]:
    """List the orders without an answer; one that was refused is not asked again. Raises MissingFacts."""
    assert snapshot.archive is not None
    there = snapshot.archive.repository
    heard = {key[:-1] for key in mark.handled_commands}
    host = urlsplit(there.url).netloc
    found = [
        (order, comment)
        for comment in comments
        if not (comment.mine or comment.by_bot or was_refused(comment))
        for order in commands.read(comment.body, place=place, host=host)
        if order.key(comment.id) not in heard
    ]
    roles = [Role(there.name, login) for _, comment in found for login in _speakers(comment) if login]
    snapshot.require("who said that?", *roles)

    def may(login: str | None) -> bool:
        return login is not None and is_writer(snapshot.roles.get(Role(there.name, login)))

    return tuple(Told(order, comment, all(map(may, _speakers(comment)))) for order, comment in found)


def skipping(
    snapshot: Snapshot, archive: Archive, settings: Config, told: Sequence[Told], of: str = ""
) -> tuple[Step, ...]:
    """Do what the first `/minutes skip` asks for that is not done: the next joins it. Raises MissingFacts.

    `of` names the series whose meetings alone can be taken off here.
    """
    skips = (_skip(snapshot, settings, each, of) for each in told if each.name == "skip")
    return next((steps for skip in skips if (steps := steps_of(snapshot, skip))), ())


def is_skipped(snapshot: Snapshot, settings: Config, told: Told, of: str = "") -> bool:
    """Return whether the calendar is without that meeting, or will be."""
    return told.name == "skip" and _skip(snapshot, settings, told, of).pull is not None


def answers(told: Sequence[Told], is_done: Callable[[Told], bool]) -> tuple[tuple[str, ...], list[Step]]:
    """Return what the mark is to hold of these orders, and the reactions that show what became of them."""
    heard = tuple(f"{each.key}{'+' if is_done(each) else '-'}" for each in told if each.allowed)
    return heard, list(_reactions(told, is_done))


def _reactions(told: Sequence[Told], is_done: Callable[[Told], bool]) -> Iterator[React]:
    for each in told:
        reaction = React(each.comment, "ROCKET" if is_done(each) else "CONFUSED")
        if reaction.content not in each.comment.reacted:
            yield reaction


def _speakers(comment: Comment) -> tuple[str | None, ...]:
    """List whose words a comment may hold: who edits gives no right to what another one wrote."""
    return tuple(dict.fromkeys((comment.author, comment.actor)))


def _skip(snapshot: Snapshot, settings: Config, told: Told, of: str) -> Skip:
    return read_skip(snapshot, settings, told.order.day, told.order.why, of)
