"""Comments on any thread, and reactions.

Every function acts for an `Actor`, checks its permissions, and emits the webhook event; GitHub sends none for
reactions and for minimizing.
"""

from github_simulator.errors import invalid, unprocessable
from github_simulator.issues import BODY, check_right_to_change
from github_simulator.permissions import check, check_unlocked, right_on
from github_simulator.state import (
    Discussion,
    DiscussionComment,
    IssueComment,
    PullRequestReview,
    Reaction,
    Thread,
    User,
)
from github_simulator.tokens import Actor
from github_simulator.world import Event, World, check_length

REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")


def comment(
    world: World, actor: Actor, thread: Thread, body: str, reply_to: DiscussionComment | None = None
) -> IssueComment:
    """Comment on a thread, or reply to a comment of a discussion.

    Raises ApiError 403 on a locked thread, 422 for an empty body and for a reply to a reply.
    """
    check(actor, thread.repository, right_on(thread, "comment"))
    check_unlocked(actor, thread, "comment")
    if not body.strip():
        raise invalid("IssueComment", "body", "missing_field", "Body can't be blank")
    check_length(body, BODY, "body", "IssueComment")
    kind = DiscussionComment if isinstance(thread, Discussion) else IssueComment
    made = kind(
        thread=thread, body=body, author=actor.account, app=actor.app,
        created_at=world.now(), updated_at=world.now(),
    )  # fmt: skip
    if isinstance(made, DiscussionComment):
        made.reply_to = _checked(thread, reply_to)
    thread.comments.append(world.add(made))
    thread.updated_at = world.now()
    _emit_event(world, made, "created", actor.account)
    return made


def _checked(thread: Thread, reply_to: DiscussionComment | None) -> DiscussionComment | None:
    if reply_to and reply_to.thread is not thread:
        raise unprocessable("Parent comment is not part of this discussion")
    if reply_to and reply_to.reply_to:
        # https://github.com/github/accessibility-alt-text-bot/pull/17
        raise unprocessable("Parent comment is already in a thread, cannot reply to it")
    return reply_to


def replies_to(comment: IssueComment) -> list[IssueComment]:
    """Return the replies to a comment of a discussion, oldest first; empty for a comment elsewhere."""
    return [each for each in comment.thread.comments if getattr(each, "reply_to", None) is comment]


def edit_comment(world: World, actor: Actor, written: IssueComment, body: str) -> None:
    """Change the body of the comment `written` to `body`; authors may edit their own."""
    check_right_to_change(actor, written.thread, written, "comment", "write")
    check_length(body, BODY, "body", "IssueComment")
    if body == written.body:
        return
    changes = {"body": {"from": written.body}}
    written.body = body
    written.updated_at = written.last_edited_at = written.thread.updated_at = world.now()
    written.editor = actor.account
    _emit_event(world, written, "edited", actor.account, changes=changes)


def delete_comment(world: World, actor: Actor, written: IssueComment) -> None:
    """Delete the comment `written`; authors may delete their own.

    One with replies stays, with an empty body.
    """
    check_right_to_change(actor, written.thread, written, "comment", "write")
    written.thread.updated_at = world.now()
    if isinstance(written, DiscussionComment) and replies_to(written):
        written.body, written.deleted_at = "", world.now()
    else:
        written.thread.comments.remove(written)
        del world.nodes[written.node_id]
    _emit_event(world, written, "deleted", actor.account)


def minimize(world: World, actor: Actor, written: IssueComment, why: str | None) -> None:
    """Minimize the comment `written`, or with None as `why` unminimize it.

    `why` is GitHub's word for the reason: "outdated", "resolved" ...
    """
    check(actor, written.thread.repository, right_on(written.thread, "write"))
    written.minimized = why


def _emit_event(world: World, written: IssueComment, action: str, sender: User, **extra: object) -> None:
    thread = written.thread
    key = "discussion" if isinstance(thread, Discussion) else "issue"
    shown = {key: thread, "comment": written} | extra
    world.emit(Event(f"{key}_comment", action, thread.repository, sender, shown))


# -- reactions


Reactable = Thread | IssueComment | PullRequestReview


def react(world: World, actor: Actor, on: Reactable, content: str) -> tuple[Reaction, bool]:
    """Add a reaction unless the actor has it already. Return it, and whether it is new.

    `content` is in REST's spelling ("+1"). Raises ApiError 422 for an unknown one.
    """
    thread = on.pull if isinstance(on, PullRequestReview) else on if isinstance(on, Thread) else on.thread
    check(actor, thread.repository, right_on(thread, "comment"))
    check_unlocked(actor, thread, "reaction")
    if content not in REACTIONS:
        raise invalid("Reaction", "content", "invalid")
    for reaction in on.reactions:
        if reaction.user is actor.user and reaction.content == content:
            return reaction, False
    made = world.add(Reaction(content=content, user=actor.account, created_at=world.now()))
    on.reactions.append(made)
    return made, True


def unreact(world: World, actor: Actor, on: Reactable, content: str) -> Reaction | None:
    """Remove the actor's own reaction `content` ("+1") and return it; None if there is none."""
    mine = (r for r in on.reactions if r.user is actor.user and r.content == content)
    found = next(mine, None)
    if found:
        on.reactions.remove(found)
        del world.nodes[found.node_id]
    return found
