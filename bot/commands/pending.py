"""The pending commands of a thread: those that are not answered yet. Pure."""

from collections.abc import Collection, Iterable, Iterator

from bot.commands.command import PendingCommand, Place
from bot.commands.grammar import read
from bot.model import Comment
from bot.state import MOST_HANDLED


def pending_commands(
    comments: Iterable[tuple[Comment, Place]], handled: Collection[str], host: str
) -> Iterator[PendingCommand]:
    """Yield the commands of people in comments that are not answered yet, the oldest comment first.

    Each comment comes with its place: under notes, or under a pull request. `handled` are entries of
    `handled_commands` in states; `host` is the server of the comments. Yields none when more than 2,000 are
    handled: a state has no room for more.
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
    """Return whether the bot has found that the author of a comment has no right to the commands in it.

    The bot's confused face on an unedited comment says so. A permitted command that failed has the same
    reaction, but is also recorded in the state, and so is not pending either.
    """
    return "CONFUSED" in comment.reacted and comment.edited_at is None


def writers_of(comment: Comment) -> tuple[str | None, ...]:
    """Return the logins of author and last editor of a comment, None for a deleted user.

    Both need the right to a command: an edit may change what somebody else wrote.
    """
    return tuple(dict.fromkeys((comment.author, comment.actor)))
