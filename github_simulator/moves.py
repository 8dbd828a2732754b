"""Transfer and conversion of threads; renaming, archiving and protection of repositories."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from github_simulator.discussions import find_category
from github_simulator.errors import unprocessable
from github_simulator.issues import emit_event, lock, remove, set_state
from github_simulator.permissions import check, check_admin, right_on
from github_simulator.state import (
    Discussion,
    DiscussionCategory,
    DiscussionComment,
    Issue,
    IssueComment,
    Repository,
    Thread,
    User,
)
from github_simulator.tokens import Actor
from github_simulator.world import Event, World

T = TypeVar("T", bound=Thread)


def transfer(world: World, actor: Actor, thread: Issue | Discussion, to: Repository) -> Issue | Discussion:
    """Transfer an issue or discussion to the repository `to` of the same owner; return the new thread.

    Number and node ids are new. Comments keep author and text. Labels are kept if the new repository has
    labels of these names. Raises ApiError 422 for a repository of another owner, or the same one.

    https://docs.github.com/issues/tracking-your-work-with-issues/administering-issues
    """
    home = thread.repository
    check(actor, home, right_on(thread, "write"))
    check(actor, to, right_on(thread, "write"))
    if to.owner is not home.owner or to is home:
        raise unprocessable("Cannot transfer to this repository")
    names = [label.name.lower() for label in thread.labels]
    labels = [to.labels[name] for name in names if name in to.labels]
    made = replace(
        thread,
        id=0,
        node_id="",
        repository=to,
        number=to.next_number,
        labels=labels,
        comments=[],
        timeline=[],
    )
    if isinstance(made, Discussion):
        made.category = find_category(world, to, made.category.name, make=True)
    _settle(world, made)
    made.comments = copies(world, thread.comments, made)
    for comment in thread.comments:
        del world.nodes[comment.node_id]
    remove(world, thread, made)
    key = "discussion" if isinstance(thread, Discussion) else "issue"
    changes = {f"new_{key}": made, "new_repository": to}
    emit_event(world, thread, "transferred", actor.account, changes=changes)
    if key == "issue":
        came = {"old_issue": thread, "old_repository": home}
        emit_event(world, made, "opened", actor.account, changes=came)
    else:
        emit_event(world, made, "created", actor.account)
    return made


def convert(world: World, actor: Actor, issue: Issue, category: DiscussionCategory) -> Discussion:
    """Convert an issue to a discussion and return it; the issue stays, closed and locked.

    https://docs.github.com/discussions/managing-discussions-for-your-community/moderating-discussions
    """
    repository = issue.repository
    check(actor, repository, "issue:triage")
    made = Discussion(
        repository=repository, number=repository.next_number, title=issue.title, body=issue.body,
        category=category, author=issue.author, app=issue.app, labels=list(issue.labels),
        created_at=issue.created_at, updated_at=world.now(),
    )  # fmt: skip
    _settle(world, made)
    made.comments = copies(world, issue.comments, made)
    set_state(world, actor, issue, "closed")
    lock(world, actor, issue, locked=True)
    emit_event(world, made, "created", actor.account)
    return made


def _settle(world: World, thread: Thread) -> None:
    world.add(thread)
    thread.repository.threads[thread.number] = thread
    thread.repository.next_number += 1


def copies(world: World, comments: Sequence[IssueComment], thread: Thread) -> list[IssueComment]:
    """Return copies of comments for another thread, with the same author, text and times, but new ids.

    `thread` is that thread; the copies are not yet among its comments.
    """
    made: dict[IssueComment | None, IssueComment] = {}
    for old in comments:
        words = {name: getattr(old, name) for name in COPIED}
        if isinstance(thread, Discussion):
            above = made.get(getattr(old, "reply_to", None))
            new: IssueComment = DiscussionComment(thread=thread, **words)
            new.reply_to = above  # type: ignore[attr-defined]  # it is a DiscussionComment
        else:
            new = IssueComment(thread=thread, **words)
        made[old] = world.add(new)
    return list(made.values())


COPIED = ("author", "body", "created_at", "updated_at", "last_edited_at", "editor", "app", "minimized")


# -- repositories


def rename(world: World, actor: Actor, repository: Repository, name: str) -> None:
    """Change the name of a repository to `name`, which is without its owner.

    Its old name redirects to it until another repository gets that name.
    """
    check_admin(actor, repository)
    old = repository.name
    del world.repositories[repository.full_name.lower()]
    world.renamed[repository.full_name.lower()] = repository
    repository.name = name
    world.repositories[repository.full_name.lower()] = repository
    changes = {"repository": {"name": {"from": old}}}
    world.emit(Event("repository", "renamed", repository, actor.account, {"changes": changes}))


def rename_account(world: World, account: User, login: str) -> None:
    """Change the login of an account to `login`.

    The API does not redirect from the old login: it responds with 404.

    https://docs.github.com/en/organizations/managing-organization-settings/renaming-an-organization
    """
    owned = [each for each in world.repositories.values() if each.owner is account]
    for each in owned:
        del world.repositories[each.full_name.lower()]
    del world.users[account.login.lower()]
    account.login = login
    world.users[login.lower()] = account
    world.repositories |= {each.full_name.lower(): each for each in owned}


def archive(world: World, actor: Actor, repository: Repository, *, archived: bool = True) -> None:
    """Make a repository read-only or, if `archived` is false, writable again."""
    check_admin(actor, repository)
    repository.archived = archived
    action = "archived" if archived else "unarchived"
    world.emit(Event("repository", action, repository, actor.account))


def protect(actor: Actor, repository: Repository, pattern: str) -> None:
    """Let only administrators write to the branches that match a pattern such as `minutes/**`.

    It adds a ruleset to the repository.
    """
    check_admin(actor, repository)
    repository.protected.append(pattern)


def add_rule(actor: Actor, repository: Repository, pattern: str, kind: str) -> None:
    """Add a rule of a type such as `required_signatures` for the branches that match a pattern."""
    check_admin(actor, repository)
    repository.rules.append((pattern, kind))


def disable_issues(actor: Actor, repository: Repository) -> None:
    """Disable the issues of a repository; they are inaccessible until its `has_issues` is true again."""
    check_admin(actor, repository)
    repository.has_issues = False
