"""Issues, and what pull requests and discussions have in common with them: text, state, labels.

Every function acts for an `Actor`, checks its permissions, and emits the webhook event.
"""

from collections.abc import Collection, Iterable
from typing import Literal

from github_simulator.errors import ApiError, invalid
from github_simulator.permissions import check, may, right_on
from github_simulator.state import (
    AuthoredNode,
    Discussion,
    Issue,
    Label,
    LabelEvent,
    PullRequest,
    RenamedTitleEvent,
    Repository,
    Thread,
    User,
)
from github_simulator.tokens import Actor
from github_simulator.world import Event, World, check_length

BODY, TITLE = 65_536, 256  # limits in characters, as https://github.com/dead-claudia/github-limits measured
EVENTS: dict[type[Thread], tuple[str, str]] = {
    Issue: ("issues", "issue"),
    PullRequest: ("pull_request", "pull_request"),
    Discussion: ("discussion", "discussion"),
}
"""The webhook event of a type of thread, and the key of the thread in its payload."""


def emit_event(world: World, thread: Thread, action: str, sender: User, **extra: object) -> None:
    """Emit the webhook event that `sender` did `action` to a thread, such as "opened".

    `extra` are further keys of its payload.
    """
    event, key = EVENTS[type(thread)]
    world.emit(Event(event, action, thread.repository, sender, {key: thread} | extra))


def check_text(thread: str, title: str | None, body: str | None) -> None:
    """Raise ApiError 422 for a blank title, and for a title or body that is too long (None: not checked).

    `thread` is the kind of thread, as the error names it: "Issue".
    """
    if title is not None and not title.strip():
        raise invalid(thread, "title", "missing_field", "Title can't be blank")
    check_length(title or "", TITLE, "title", thread)
    check_length(body or "", BODY, "body", thread)


def open_issue(
    world: World, actor: Actor, repository: Repository, title: str, body: str = "", labels: Iterable[str] = ()
) -> Issue:
    """Open an issue. Labels, given by name, are created if needed.

    An author without the right to label gets no labels, without an error.
    """
    check(actor, repository, "issue:comment")
    if not repository.has_issues:
        raise ApiError(410, "Issues are disabled for this repo")
    check_text("Issue", title, body)
    chosen = chosen_labels(world, actor, repository, labels, "issue:triage")
    issue = world.add(
        Issue(
            repository=repository, number=repository.next_number, title=title, body=body, labels=chosen,
            author=actor.account, app=actor.app, created_at=world.now(), updated_at=world.now(),
        )
    )  # fmt: skip
    announce(world, actor, issue, "opened")
    return issue


def chosen_labels(
    world: World, actor: Actor, repository: Repository, names: Iterable[str], right: str
) -> list[Label]:
    """Return the labels with these names for a new thread; those that do not exist are created.

    An author without the right `right`, such as "issue:triage", gets none, without an error.
    """
    names = list(names)
    if not names or not may(actor, repository, right):
        return []
    return [find_label(world, repository, name, make=True) for name in names]


def announce(world: World, actor: Actor, thread: Issue | Discussion, action: str) -> None:
    """Add a new thread to its repository, and emit its event and one event for each of its labels.

    `action` is the event's action: "opened" or "created".
    """
    repository = thread.repository
    repository.threads[thread.number] = thread
    repository.next_number += 1
    emit_event(world, thread, action, actor.account)
    for label in thread.labels:
        _label_changed(world, actor, thread, label, added=True)


def edit(
    world: World, actor: Actor, thread: Thread, title: str | None = None, body: str | None = None
) -> None:
    """Change title or body of a thread (None: keep); authors may edit their own."""
    check_right_to_change(actor, thread, thread, "comment", "write")
    check_text(type(thread).__name__, title, body)
    changes = {}
    if title is not None and title != thread.title:
        changes["title"] = {"from": thread.title}
        renamed = RenamedTitleEvent(
            previous_title=thread.title, current_title=title, actor=actor.account, created_at=world.now()
        )
        thread.renamings.append(world.add(renamed))
        thread.title = title
    if body is not None and body != thread.body:
        changes["body"] = {"from": thread.body}
        thread.body = body
        thread.last_edited_at, thread.editor = world.now(), actor.account
    if changes:
        thread.updated_at = world.now()
        emit_event(world, thread, "edited", actor.account, changes=changes)


def set_state(
    world: World,
    actor: Actor,
    thread: Thread,
    state: Literal["open", "closed"],
    reason: str | None = None,
) -> None:
    """Close or reopen a thread; authors may do it with their own.

    `reason` is GitHub's word for why it is closed, such as "completed" (None: the usual one).
    """
    check_right_to_change(actor, thread, thread, "comment", "triage")
    if thread.state == state:
        return
    closed = state == "closed"
    thread.state = state
    usual = "resolved" if isinstance(thread, Discussion) else "completed"
    thread.state_reason = (reason or usual) if closed else "reopened"
    thread.closed_at = world.now() if closed else None
    thread.closed_by = actor.account if closed else None
    thread.updated_at = world.now()
    emit_event(world, thread, "closed" if closed else "reopened", actor.account)


def delete(world: World, actor: Actor, thread: Issue | Discussion) -> None:
    """Delete an issue or a discussion."""
    check(actor, thread.repository, right_on(thread, "write"))
    remove(world, thread, None)
    emit_event(world, thread, "deleted", actor.account)


def remove(world: World, thread: Thread, successor: Thread | None) -> None:
    """Remove a thread from its repository; its number is not used again.

    The number redirects to the thread `successor`, if that is not None.
    """
    del thread.repository.threads[thread.number]
    thread.repository.gone[thread.number] = successor
    del world.nodes[thread.node_id]


def lock(world: World, actor: Actor, thread: Thread, locked: bool) -> None:
    """Lock the conversation of a thread, or unlock it if `locked` is false."""
    check(actor, thread.repository, right_on(thread, "write"))
    thread.locked = locked
    thread.updated_at = world.now()
    emit_event(world, thread, "locked" if locked else "unlocked", actor.account)


# -- labels


def create_label(
    world: World, actor: Actor, repository: Repository, name: str, color: str = "ededed",
    description: str | None = None,
) -> Label:  # fmt: skip
    """Create a label; `color` has six hexadecimal digits, without `#`.

    Raises ApiError 422 when its name is taken (in any case), blank or too long.
    """
    check(actor, repository, "label:write")
    if name.lower() in repository.labels:
        raise invalid("Label", "name", "already_exists", "Name has already been taken")
    return _make_label(world, repository, name, color, description)


def delete_label(world: World, actor: Actor, repository: Repository, label: Label) -> None:
    """Delete a label; threads lose it.

    Events for that are emitted, but those of issues do not have the label in their payload.
    """
    check(actor, repository, "label:write")
    del repository.labels[label.name.lower()]
    del world.nodes[label.node_id]
    world.emit(Event("label", "deleted", repository, actor.account, {"label": label}))
    for thread in repository.threads.values():
        if label in thread.labels:
            thread.labels.remove(label)
            extra = {} if isinstance(thread, Issue) else {"label": label}
            emit_event(world, thread, "unlabeled", actor.account, **extra)


def find_label(world: World, repository: Repository, name: str, *, make: bool = False) -> Label:
    """Return a label of a repository by name, in any case.

    If there is none, it is created with `make`, as when labels are added through REST; otherwise ApiError 404
    is raised.
    """
    found = repository.labels.get(name.lower())
    if found:
        return found
    if not make:
        raise ApiError(404, "Not Found", graphql=f"Could not resolve to a Label with the name '{name}'.")
    return _make_label(world, repository, name)


def _make_label(
    world: World, repository: Repository, name: str, color: str = "ededed", description: str | None = None
) -> Label:
    if not name.strip() or len(name) > 50:
        raise invalid("Label", "name", "invalid")
    label = world.add(Label(name=name, color=color, description=description))
    repository.labels[name.lower()] = label
    return label


def add_labels(world: World, actor: Actor, thread: Thread, labels: Iterable[Label]) -> None:
    """Add labels to a thread; one that it has already stays, without an event."""
    check(actor, thread.repository, right_on(thread, "triage"))
    for label in labels:
        if label not in thread.labels:
            thread.labels.append(label)
            _label_changed(world, actor, thread, label, added=True)


def remove_labels(world: World, actor: Actor, thread: Thread, labels: Iterable[Label]) -> None:
    """Remove labels from a thread; one that it does not have is ignored."""
    check(actor, thread.repository, right_on(thread, "triage"))
    for label in labels:
        if label in thread.labels:
            thread.labels.remove(label)
            _label_changed(world, actor, thread, label, added=False)


def set_labels(world: World, actor: Actor, thread: Thread, wanted: Collection[Label]) -> None:
    """Replace all labels of a thread by those of `wanted`."""
    remove_labels(world, actor, thread, [label for label in thread.labels if label not in wanted])
    add_labels(world, actor, thread, wanted)


def _label_changed(world: World, actor: Actor, thread: Thread, label: Label, *, added: bool) -> None:
    thread.updated_at = world.now()
    event = LabelEvent(label=label, actor=actor.account, created_at=world.now(), added=added)
    thread.timeline.append(world.add(event))
    emit_event(world, thread, "labeled" if added else "unlabeled", actor.account, label=label)


def check_right_to_change(actor: Actor, thread: Thread, written: AuthoredNode, own: str, others: str) -> None:
    """Raise ApiError when the actor may not change `written`, which is a thread or a comment on it.

    Its author needs the right `own` on the thread, such as "comment", others the right `others`, such as
    "write".
    """
    mine = written.author is not None and written.author is actor.user
    check(actor, thread.repository, right_on(thread, own if mine else others))
