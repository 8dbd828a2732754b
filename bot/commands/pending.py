"""The commands in a thread that are not answered yet. Pure."""

from collections.abc import Collection, Iterable, Iterator

from bot.commands.command import PendingCommand, Place
from bot.commands.grammar import read
from bot.model import Comment
from bot.state import MOST_HANDLED


def pending_commands(
    comments: Iterable[tuple[Comment, Place]], handled: Collection[str], host: str
) -> Iterator[PendingCommand]:
    """Yield the commands of people that are not answered yet, the oldest comment first.

    `handled` are those that were answered, as states keep them; `host` is the server of the thread.
    """
    known = {each[:-1] for each in handled}
    if len(known) > MOST_HANDLED:
        return
    for comment, place in sorted(comments, key=lambda each: each[0].edited_at or each[0].created_at):
        if comment.mine or comment.by_bot or was_refused(comment):
            continue
        for parsed in read(comment.body, place=place, host=host):
            pending = PendingCommand(parsed, comment, place)
            if pending.key not in known:
                known.add(pending.key)
                yield pending


def was_refused(comment: Comment) -> bool:
    """Return whether its author had no right to its commands: those are not asked again.

    Who may give a command is answered in the state as well; so the reaction only ever means who may not.
    """
    return "CONFUSED" in comment.reacted and comment.edited_at is None


def writers_of(comment: Comment) -> tuple[str | None, ...]:
    """List whose words a comment may hold, by login: an edit gives no right to what another one wrote."""
    return tuple(dict.fromkeys((comment.author, comment.actor)))
