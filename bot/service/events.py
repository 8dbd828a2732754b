"""From a webhook's payload to requests: what is to be reconciled after an event. Pure.

A payload only says where to look; how things stand is then read from GitHub. So a forged or unknown field
costs one request at worst. Payloads are read leniently, and what cannot be read is ignored, because real ones
differ from GitHub's own schemas (older servers, older captures, emulators).
Fields: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from bot.model import (
    AnyRequest,
    CalendarRequest,
    InstallationRequest,
    Kind,
    ReconcileRequest,
    UninstallRequest,
)
from bot.service.payload import Payload, at, int_at, is_by_bot, str_at, to_time
from bot.service.pushes import (
    CONFIG_NAME,
    DATED_NAME,
    button_requests,
    fork_requests,
    push_requests,
)
from bot.state import PullState, find_state


@dataclass(frozen=True, slots=True)
class Ignored:
    """The result for a webhook event that leads to no request; `reason` is a label of a metric, too."""

    reason: Literal[
        "event",
        "action",
        "payload",
        "installation",
        "bot",
        "pull request",
        "label",
        "source",
        "files",
    ]

    def __str__(self) -> str:
        return self.reason


class NotNotes(Protocol):
    """What the service remembers of issues that are no meeting notes (see `bot.service.not_notes`)."""

    def matters(self, repository: str, label: str) -> bool:
        """Return whether a label may make an issue of a repository ("owner/name") meeting notes.

        True where it is not known which labels do.
        """
        ...

    def is_known(self, repository: str, number: int, comments: int) -> bool:
        """Return whether an issue of a repository ("owner/name") is known to be no meeting notes.

        `comments` is how many comments it has now: if the number changed, it may have become notes.
        """
        ...


Found = tuple[AnyRequest, ...] | Ignored
Reader = Callable[[Payload, str, int, NotNotes | None], Found]


def read(event: str, payload: object, not_notes: NotNotes | None = None) -> Found:
    """Return the requests that follow from a webhook event, or why there are none. Never raises.

    `event` is the header `X-GitHub-Event`, `payload` the parsed body. Events of issues that `not_notes` knows
    to be no meeting notes are ignored.
    """
    if event not in READERS:
        return Ignored("event")
    actions, reader = READERS[event]
    if not isinstance(payload, Mapping):
        return Ignored("payload")
    if actions and str_at(payload, "action") not in actions:
        return Ignored("action")
    installation = int_at(payload, "installation", "id")
    if installation is None:
        return Ignored("installation")
    repository = str_at(payload, "repository", "full_name")
    if event not in OF_INSTALLATION and not NAME.fullmatch(repository):
        return Ignored("payload")
    return reader(payload, repository, installation, not_notes)


def wanted(event: str, body: bytes | bytearray) -> bool:
    """Return whether a webhook event may lead to a request; if not, its body need not be parsed.

    `event` is the header `X-GitHub-Event`. Pushes are many and large, and few change the configuration or
    minutes: only those count that contain its file name, or that of a Markdown file with a year. (Not a path,
    because JSON may escape the `/`.)
    """
    return event in READERS and (
        event != "push" or CONFIG_NAME in body or DATED_NAME.search(body) is not None
    )


def _issue(payload: Payload, repository: str, installation: int, not_notes: NotNotes | None) -> Found:
    """Return the requests that follow from an event of an issue.

    Events sent by bots are ignored, the bot's own among them, or each of its writes would cause another
    request.
    """
    if is_by_bot(payload):
        return Ignored("bot")
    if isinstance(at(payload, "issue", "pull_request"), Mapping):
        return Ignored("pull request")
    if payload["action"] not in GONE and _is_not_notes(payload, repository, not_notes):
        return Ignored("label")
    return _source(payload, "issue", repository, installation)


def _is_not_notes(payload: Payload, repository: str, not_notes: NotNotes | None) -> bool:
    """Return whether an event needs no request: its issue is no meeting notes, or they did not change.

    An issue without a label for notes may still be notes after a `/minutes`, but then it has comments. To
    such notes a new comment without a command, or another label, changes nothing.
    """
    labels, action = at(payload, "issue", "labels"), payload["action"]
    if not isinstance(labels, list) or (action == "unlabeled" and "label" not in payload):
        return False  # the label itself was deleted, and the payload does not say which it was
    names = (str_at(label, "name") for label in (*labels, payload.get("label")) if isinstance(label, Mapping))
    if any(not_notes is None or not_notes.matters(repository, name) for name in names):
        return False
    comments = at(payload, "issue", "comments")
    if comments == 0 or action in ("created", "labeled", "unlabeled"):
        return True
    if not_notes is None or not isinstance(comments, int):
        return False
    return not_notes.is_known(repository, int_at(payload, "issue", "number") or 0, comments)


def _comment(payload: Payload, repository: str, installation: int, not_notes: NotNotes | None) -> Found:
    """Return the requests that follow from a comment on an issue or on a pull request."""
    if is_by_bot(payload):
        return Ignored("bot")
    commanded = COMMAND.search(str_at(payload, "comment", "body")) is not None
    if isinstance(at(payload, "issue", "pull_request"), Mapping):
        if not commanded:
            return Ignored("pull request")
        pull_state = _pull_state(payload, "issue")
        found = _source_at(payload, "issue", pull_state, repository, installation)
        return found or _calendar_of(pull_state, repository, installation) or Ignored("source")
    if not commanded and _is_not_notes(payload, repository, not_notes):
        return Ignored("label")
    return _source(payload, "issue", repository, installation)


def _discussion(payload: Payload, repository: str, installation: int, _: NotNotes | None) -> Found:
    """Return the requests that follow from an event of a discussion, or of a comment there.

    No discussion is ignored: only the configuration says which categories are for meeting notes.
    """
    if is_by_bot(payload):
        return Ignored("bot")
    labelled_by = str_at(payload, "sender", "login") if payload["action"] == "labeled" else ""
    return _source(payload, "discussion", repository, installation, labelled_by or None)


def _source(
    payload: Payload, kind: Kind, repository: str, installation: int, labelled_by: str | None = None
) -> Found:
    """Return the request for an issue or a discussion; a transferred one is in the new repository."""
    moved = str_at(payload, "changes", "new_repository", "full_name")
    if NAME.fullmatch(moved) and (number := int_at(payload, "changes", f"new_{kind}", "number")):
        return (ReconcileRequest(installation, moved, number, kind),)
    number = int_at(payload, kind, "number")
    if number is None:
        return Ignored("payload")
    gone = payload["action"] in GONE and "comment" not in payload
    updated = None if gone else to_time(str_at(payload, kind, "updated_at"))
    return (ReconcileRequest(installation, repository, number, kind, updated, labelled_by),)


def _pull_request(payload: Payload, repository: str, installation: int, _: NotNotes | None) -> Found:
    """Return the requests that follow from an event of a pull request, for the source in its state.

    One that is closed or reopened changes which meetings lack minutes: then the calendar is reconciled too.
    """
    if payload["action"] == "synchronize" and is_by_bot(payload):
        return Ignored("bot")  # our own commit; a merge by a bot, though, matters
    found = fork_requests(payload, repository, installation) if payload["action"] in BEGINS else ()
    if payload["action"] == "opened":
        return found or Ignored("action")
    pull_state = _pull_state(payload, "pull_request")
    found += _source_at(payload, "pull_request", pull_state, repository, installation)
    if payload["action"] in ENDS:
        found += _calendar_of(pull_state, repository, installation)
    return found or Ignored("source")


def _pull_state(payload: Payload, key: str) -> PullState | None:
    """Return the state in a pull request's description; None where there is none, or a person opened it."""
    by_bot = str_at(payload, key, "user", "type") == "Bot"
    return find_state(str_at(payload, key, "body"), PullState) if by_bot else None


def source_of(
    pull_state: PullState | None, repository: str, installation: int
) -> tuple[ReconcileRequest, ...]:
    """Return the request to reconcile the source that a pull request's state names; empty if it names none.

    `repository` is the archive, which has the pull request. The source's owner is taken to be the archive's:
    an installation covers one account, which may have had another name when the state was written, and the
    API does not find the new name by the old one
    (https://docs.github.com/en/organizations/managing-organization-settings/renaming-an-organization).
    """
    source = (
        SOURCE.fullmatch(pull_state.source) if pull_state and isinstance(pull_state.source, str) else None
    )
    if not pull_state or not source:
        return ()
    kind: Kind = "discussion" if pull_state.kind == "discussion" else "issue"
    name = f"{repository.split('/')[0]}/{source['name'].split('/')[1]}"
    return (ReconcileRequest(installation, name, int(source["number"]), kind),)


def _source_at(
    payload: Payload, key: str, pull_state: PullState | None, repository: str, installation: int
) -> tuple[AnyRequest, ...]:
    """Return the request for a pull request's source, and how new the pull request must be in it."""
    number, updated = int_at(payload, key, "number"), to_time(str_at(payload, key, "updated_at"))
    return tuple(
        replace(look, pull=number, pull_as_new_as=updated) if number and updated else look
        for look in source_of(pull_state, repository, installation)
    )


def _calendar_of(pull_state: PullState | None, repository: str, installation: int) -> tuple[AnyRequest, ...]:
    """Return the request for the archive's calendar where a state names a series, else an empty tuple."""
    return (CalendarRequest(installation, repository),) if pull_state and pull_state.series else ()


def _push(payload: Payload, repository: str, installation: int, _: NotNotes | None) -> Found:
    """Return the requests that follow from a push, by people or bots."""
    found = push_requests(payload, repository, installation)
    return Ignored("payload") if found is None else found or Ignored("files")


def _check_run(payload: Payload, repository: str, installation: int, _: NotNotes | None) -> Found:
    """Return the request that follows from a button of a check run."""
    return button_requests(payload, repository, installation) or Ignored("payload")


def _repository(payload: Payload, repository: str, installation: int, _: NotNotes | None) -> Found:
    """Return the request that follows from an event of a repository: to look for calendars again.

    Another name, owner or default branch may mean another calendar.
    """
    if payload["action"] == "edited" and at(payload, "changes", "default_branch") is None:
        return Ignored("action")
    return (InstallationRequest(installation),)


def _installation(payload: Payload, repository: str, installation: int, _: NotNotes | None) -> Found:
    """Return the request that follows from an event of an installation: to look for archives, or its end."""
    if payload["action"] in ("deleted", "suspend"):
        return (UninstallRequest(installation),)
    return (InstallationRequest(installation),)


COMMAND = re.compile(r"^[ \t]*/minutes\b", re.IGNORECASE | re.MULTILINE)
"""A cheap test for a command, which may match more than `bot.commands` accepts."""
NAME = re.compile(r"[A-Za-z0-9_-]{1,100}/(?!\.{1,2}(?![\w.-]))[A-Za-z0-9_.-]{1,100}")
SOURCE = re.compile(rf"(?P<name>{NAME.pattern})#(?P<number>[1-9][0-9]{{0,17}})")

GONE = frozenset({"deleted", "transferred"})
"""Actions after which an issue or discussion is no longer where it was, so that a look may find nothing."""

THREAD = frozenset({"edited", "labeled", "unlabeled", "closed", "reopened", "unlocked"}) | GONE
"""Actions on an issue or discussion that matter; once one is unlocked, the bot can comment there again."""

BEGINS = frozenset({"opened", "reopened", "synchronize"})
"""Actions on a pull request of a fork after which its files are looked at."""
ENDS = frozenset({"closed", "reopened"})
"""Actions on a pull request that matter to the calendar too."""

READERS: Mapping[str, tuple[frozenset[str], Reader]] = {
    "issues": (THREAD, _issue),  # one that is opened with labels is `labeled` too
    # not `deleted`: a status comment that a person deletes must not come back at once
    "issue_comment": (frozenset({"created", "edited"}), _comment),
    "discussion": (THREAD | {"created", "category_changed"}, _discussion),
    "discussion_comment": (frozenset({"created", "edited"}), _discussion),
    "pull_request": (ENDS | BEGINS | {"ready_for_review", "converted_to_draft"}, _pull_request),
    "pull_request_review": (frozenset({"submitted", "edited", "dismissed"}), _pull_request),
    "push": (frozenset(), _push),
    "check_run": (frozenset({"requested_action"}), _check_run),
    "repository": (frozenset({"renamed", "transferred", "unarchived", "edited"}), _repository),
    "installation": (
        frozenset({"created", "unsuspend", "new_permissions_accepted", "deleted", "suspend"}),
        _installation,
    ),
    "installation_repositories": (frozenset({"added"}), _installation),
}
"""Each event with the actions that matter (a push has none), and the function that reads it."""

OF_INSTALLATION = frozenset({"installation", "installation_repositories"})
"""Events without a repository. Every App gets them: they cannot be subscribed to, and so are not in app.yml
(https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation)."""
