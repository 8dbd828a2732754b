"""A webhook's payload -> what to look at again. Pure, and lenient: what cannot be read is ignored.

An event is never believed, only followed: it says where to look, GitHub then says how things stand. So a
forged or foreign field can at worst cost one look. Payloads are never validated strictly, because real ones
differ from GitHub's own schemas (older servers, older captures, emulators).
Fields: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, Protocol

from bot import config
from bot.model import (
    AnyRequest,
    CalendarRequest,
    ConfigCheckRequest,
    InstallationRequest,
    Kind,
    ReconcileRequest,
    UninstallRequest,
)
from bot.state import PullState, find_state


@dataclass(frozen=True, slots=True)
class Ignored:
    """An event that leads nowhere, and why, in one or two words: the reason is a metric's label too."""

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


class Foreign(Protocol):
    """What is remembered of issues that are none of the bot's; `bot.service.foreign` in earnest."""

    def matters(self, repository: str, label: str) -> bool:
        """Return whether a label may make an issue meeting notes."""
        ...

    def is_known(self, repository: str, number: int, comments: int) -> bool:
        """Return whether an issue with so many comments is known to be none of the bot's."""
        ...


Payload = Mapping[str, object]
Found = tuple[AnyRequest, ...] | Ignored
Reader = Callable[[Payload, str, int, Foreign | None], Found]


def read(event: str, payload: object, foreign: Foreign | None = None) -> Found:
    """Return what to look at again after this event (`X-GitHub-Event`), or why nothing. Never raises.

    Events of issues that are remembered as `foreign` lead nowhere.
    """
    if event not in READERS:
        return Ignored("event")
    actions, reader = READERS[event]
    if not isinstance(payload, Mapping):
        return Ignored("payload")
    if actions and _str(payload, "action") not in actions:
        return Ignored("action")
    installation = _int(payload, "installation", "id")
    if installation is None:
        return Ignored("installation")
    repository = _str(payload, "repository", "full_name")
    if event not in OF_INSTALLATION and not NAME.fullmatch(repository):
        return Ignored("payload")
    return reader(payload, repository, installation, foreign)


def wanted(event: str, body: bytes | bytearray) -> bool:
    """Return whether any action of this event can lead to a look; if not, its body needs no parsing.

    Pushes are many and large, and hardly one changes a configuration. (GitHub writes `/` as it is in JSON;
    the file's name alone is found however that is written.)
    """
    return event in READERS and (event != "push" or CONFIG_NAME in body)


def _issue(payload: Payload, repository: str, installation: int, foreign: Foreign | None) -> Found:
    """Read an event of an issue.

    Events sent by bots are ignored, ours among them: else each status comment would cause a look.
    """
    if _by_bot(payload):
        return Ignored("bot")
    if isinstance(_at(payload, "issue", "pull_request"), Mapping):
        return Ignored("pull request")
    if payload["action"] not in GONE and _is_foreign(payload, repository, foreign):
        return Ignored("label")
    return _source(payload, "issue", repository, installation)


def _is_foreign(payload: Payload, repository: str, foreign: Foreign | None) -> bool:
    """Return whether an issue is none of the bot's: most events of a busy repository are not worth a look.

    One without a label that matters may still be notes, after `/minutes`; but then it has comments. A further
    one adds nothing to them, nor does another label.
    """
    labels, action = _at(payload, "issue", "labels"), payload["action"]
    if not isinstance(labels, list) or (action == "unlabeled" and "label" not in payload):
        return False  # the label itself was deleted, and nobody tells which it was
    names = (_str(label, "name") for label in (*labels, payload.get("label")) if isinstance(label, Mapping))
    if any(foreign is None or foreign.matters(repository, name) for name in names):
        return False
    comments = _at(payload, "issue", "comments")
    if comments == 0 or action in ("created", "labeled", "unlabeled"):
        return True
    if foreign is None or not isinstance(comments, int):
        return False
    return foreign.is_known(repository, _int(payload, "issue", "number") or 0, comments)


def _comment(payload: Payload, repository: str, installation: int, foreign: Foreign | None) -> Found:
    """Read an event of a comment on an issue, or in a conversation of a pull request."""
    if _by_bot(payload):
        return Ignored("bot")
    commanded = COMMAND.search(_str(payload, "comment", "body")) is not None
    if isinstance(_at(payload, "issue", "pull_request"), Mapping):
        if not commanded:
            return Ignored("pull request")
        pull_state = _pull_state(payload, "issue")
        found = _source_at(payload, "issue", pull_state, repository, installation)
        return found or _calendar_of(pull_state, repository, installation) or Ignored("source")
    if not commanded and _is_foreign(payload, repository, foreign):
        return Ignored("label")
    return _source(payload, "issue", repository, installation)


def _discussion(payload: Payload, repository: str, installation: int, _: Foreign | None) -> Found:
    """Read an event of a discussion, or of a comment there.

    Which categories are meeting notes, only the configuration says: so none is passed over.
    """
    if _by_bot(payload):
        return Ignored("bot")
    labelled_by = _str(payload, "sender", "login") if payload["action"] == "labeled" else ""
    return _source(payload, "discussion", repository, installation, labelled_by or None)


def _source(
    payload: Payload, kind: Kind, repository: str, installation: int, labelled_by: str | None = None
) -> Found:
    """Look at an issue or a discussion; one that moved to another repository is looked at there."""
    moved = _str(payload, "changes", "new_repository", "full_name")
    if NAME.fullmatch(moved) and (number := _int(payload, "changes", f"new_{kind}", "number")):
        return (ReconcileRequest(installation, moved, number, kind),)
    number = _int(payload, kind, "number")
    if number is None:
        return Ignored("payload")
    gone = payload["action"] in GONE and "comment" not in payload
    updated = None if gone else _time(_str(payload, kind, "updated_at"))
    return (ReconcileRequest(installation, repository, number, kind, updated, labelled_by),)


def _pull_request(payload: Payload, repository: str, installation: int, _: Foreign | None) -> Found:
    """Read an event of a pull request: one of ours names its source in its state, and its series.

    Whether there was a meeting, and whether its minutes are there, matters to the calendar as well.
    """
    if payload["action"] == "synchronize" and _by_bot(payload):
        return Ignored("bot")  # our own commit; a merge by a bot, though, matters
    pull_state = _pull_state(payload, "pull_request")
    found = _source_at(payload, "pull_request", pull_state, repository, installation)
    if payload["action"] in ENDS:
        found += _calendar_of(pull_state, repository, installation)
    return found or Ignored("source")


def _pull_state(payload: Payload, key: str) -> PullState | None:
    """Find the state in the text of a pull request; one that a person wrote counts for nothing."""
    by_bot = _str(payload, key, "user", "type") == "Bot"
    return find_state(_str(payload, key, "body"), PullState) if by_bot else None


def source_of(
    pull_state: PullState | None, repository: str, installation: int
) -> tuple[ReconcileRequest, ...]:
    """Look at the source that a state names, in the archive's account.

    An installation covers one account, which may have had another name when the state was written; to
    programs, nothing leads from that to the new one
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
    """Look at the source that a pull request's state names, with the pull request as new as the event."""
    number, updated = _int(payload, key, "number"), _time(_str(payload, key, "updated_at"))
    return tuple(
        replace(look, pull=number, pull_as_new_as=updated) if number and updated else look
        for look in source_of(pull_state, repository, installation)
    )


def _calendar_of(pull_state: PullState | None, repository: str, installation: int) -> tuple[AnyRequest, ...]:
    """Look at the calendar, if a state names a series of it."""
    return (CalendarRequest(installation, repository),) if pull_state and pull_state.series else ()


def _push(payload: Payload, repository: str, installation: int, _: Foreign | None) -> Found:
    """Read a push that changes the configuration: it is checked in any branch, in force in the default one.

    What a bot pushes is checked as well.
    """
    commit, commits = _str(payload, "after"), _at(payload, "commits")
    if not OID.fullmatch(commit) or set(commit) == {"0"} or not isinstance(commits, list):
        return Ignored("payload")  # zeros: the branch was deleted
    changed = _touches(commits, "added", "modified")
    found: tuple[AnyRequest, ...] = (ConfigCheckRequest(installation, repository, commit),) if changed else ()
    in_force = _str(payload, "ref") == f"refs/heads/{_str(payload, 'repository', 'default_branch')}"
    if in_force and (changed or _touches(commits, "removed")):
        found += (CalendarRequest(installation, repository, head=commit),)
    return found or Ignored("files")


def _touches(commits: list[object], *ways: str) -> bool:
    """Return whether the configuration is among the paths that commits list."""
    lists = (_at(commit, way) for commit in commits for way in ways)
    return any(config.PATH in paths for paths in lists if isinstance(paths, list))


def _repository(payload: Payload, repository: str, installation: int, _: Foreign | None) -> Found:
    """Read what happened to a repository: another name, owner or default branch may mean another calendar."""
    if payload["action"] == "edited" and _at(payload, "changes", "default_branch") is None:
        return Ignored("action")
    return (InstallationRequest(installation),)


def _installation(payload: Payload, repository: str, installation: int, _: Foreign | None) -> Found:
    """Read what happened to an installation: there may be archives that were not known, or none any more."""
    if payload["action"] in ("deleted", "suspend"):
        return (UninstallRequest(installation),)
    return (InstallationRequest(installation),)


def _by_bot(payload: Payload) -> bool:
    return _str(payload, "sender", "type") == "Bot"


CONFIG_NAME = config.PATH.rsplit("/", 1)[1].encode()
COMMAND = re.compile(r"^[ \t]*/minutes\b", re.IGNORECASE | re.MULTILINE)
"""A cheap test; what a command is, `bot.commands` says."""
OID = re.compile(r"[0-9a-f]{40,64}")
NAME = re.compile(r"[A-Za-z0-9_-]{1,100}/(?!\.{1,2}(?![\w.-]))[A-Za-z0-9_.-]{1,100}")
SOURCE = re.compile(rf"(?P<name>{NAME.pattern})#(?P<number>[1-9][0-9]{{0,17}})")

GONE = frozenset({"deleted", "transferred"})
"""After these the issue is no longer where it was, and a look that finds nothing is right."""

THREAD = frozenset({"edited", "labeled", "unlabeled", "closed", "reopened", "unlocked"}) | GONE
"""What happens to a thread and matters; after an unlocking the bot can say what it could not say before."""

ENDS = frozenset({"closed", "reopened"})
"""What happens to a pull request and matters to the calendar too."""

READERS: Mapping[str, tuple[frozenset[str], Reader]] = {
    "issues": (THREAD, _issue),  # one that is opened with labels is `labeled` too
    # not `deleted`: a status comment that a person deletes must not come back at once
    "issue_comment": (frozenset({"created", "edited"}), _comment),
    "discussion": (THREAD | {"created", "category_changed"}, _discussion),
    "discussion_comment": (frozenset({"created", "edited"}), _discussion),
    "pull_request": (ENDS | {"synchronize", "ready_for_review", "converted_to_draft"}, _pull_request),
    "pull_request_review": (frozenset({"submitted", "edited", "dismissed"}), _pull_request),
    "push": (frozenset(), _push),
    "repository": (frozenset({"renamed", "transferred", "unarchived", "edited"}), _repository),
    "installation": (
        frozenset({"created", "unsuspend", "new_permissions_accepted", "deleted", "suspend"}),
        _installation,
    ),
    "installation_repositories": (frozenset({"added"}), _installation),
}
"""Each event with the actions that matter (a push has none), and who reads it."""

OF_INSTALLATION = frozenset({"installation", "installation_repositories"})
"""Events without a repository. Every App gets them: they cannot be subscribed to, and so are not in app.yml
(https://docs.github.com/en/webhooks/webhook-events-and-payloads#installation)."""


def _at(payload: object, *path: str) -> object:
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload


def _str(payload: Payload, *path: str) -> str:
    value = _at(payload, *path)
    return value if isinstance(value, str) else ""


def _int(payload: Payload, *path: str) -> int | None:
    value = _at(payload, *path)
    # JSON's true is an int in Python; ids and numbers are positive and fit the database's 64 bits
    return value if type(value) is int and 0 < value < 2**63 else None


def _time(text: str) -> datetime | None:
    """Read ISO 8601 as GitHub writes it; a time without a zone is UTC, what is no time is None."""
    try:
        time = datetime.fromisoformat(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
