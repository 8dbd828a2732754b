"""A webhook's payload -> what to look at again. Pure, and lenient: what cannot be read is ignored.

An event is never believed, only followed: it says where to look, GitHub then says how things stand. So a
forged or foreign field can at worst cost one look. Payloads are never validated strictly, because real ones
differ from GitHub's own schemas (older servers, older captures, emulators).
Fields: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot import marks
from bot.model import Look


@dataclass(frozen=True, slots=True)
class Ignored:
    """An event that leads nowhere, and why, in one or two words: the reason is a metric's label too."""

    reason: Literal["event", "action", "payload", "installation", "bot", "pull request", "label", "source"]

    def __str__(self) -> str:
        return self.reason


Payload = Mapping[str, object]
Reader = Callable[[Payload, str, int], Look | Ignored]


def read(event: str, payload: object) -> Look | Ignored:
    """Tell what to look at again after this event (`X-GitHub-Event`), or why nothing. Never raises."""
    if event not in READERS:
        return Ignored("event")
    actions, reader = READERS[event]
    if not isinstance(payload, Mapping):
        return Ignored("payload")
    if _str(payload, "action") not in actions:
        return Ignored("action")
    installation = _int(payload, "installation", "id")
    if installation is None:
        return Ignored("installation")
    repository = _str(payload, "repository", "full_name")
    if not NAME.fullmatch(repository):
        return Ignored("payload")
    return reader(payload, repository, installation)


def wanted(event: str) -> bool:
    """Tell whether any action of this event can lead to a look; if not, its body needs no parsing."""
    return event in READERS


def _issue(payload: Payload, repository: str, installation: int) -> Look | Ignored:
    """Read an event of an issue or of a comment on one.

    Events sent by bots are ignored, ours among them: else each status comment would cause a look.
    """
    if _str(payload, "sender", "type") == "Bot":
        return Ignored("bot")
    if isinstance(_at(payload, "issue", "pull_request"), Mapping):
        return Ignored("pull request")
    number = _int(payload, "issue", "number")
    if number is None:
        return Ignored("payload")
    if payload["action"] not in LABELLING and _at(payload, "issue", "labels") == []:
        return Ignored(
            "label"
        )  # most events of a busy repository: none of our business, and not worth a look
    gone = payload["action"] in GONE and "comment" not in payload
    return Look(
        installation=installation,
        repository=repository,
        number=number,
        as_new_as=None if gone else _time(_str(payload, "issue", "updated_at")),
    )


def _pull_request(payload: Payload, repository: str, installation: int) -> Look | Ignored:
    """Read an event of a pull request: one of ours names its source in its mark, which is looked at again."""
    if _str(payload, "pull_request", "user", "type") != "Bot":
        return Ignored("source")  # a mark that a person wrote counts for nothing
    mark = marks.find(_str(payload, "pull_request", "body"))
    source = SOURCE.fullmatch(mark.source) if mark and isinstance(mark.source, str) else None
    if not source or source["name"].split("/")[0].lower() != repository.split("/")[0].lower():
        return Ignored("source")
    return Look(installation=installation, repository=source["name"], number=int(source["number"]))


NAME = re.compile(r"[A-Za-z0-9_-]{1,100}/(?!\.{1,2}(?![\w.-]))[A-Za-z0-9_.-]{1,100}")
SOURCE = re.compile(rf"(?P<name>{NAME.pattern})#(?P<number>[1-9][0-9]{{0,17}})")

GONE = frozenset({"deleted", "transferred"})
"""After these the issue is no longer where it was, and a look that finds nothing is right."""

LABELLING = frozenset({"labeled", "unlabeled"}) | GONE
"""After these an issue without labels matters too."""

READERS: Mapping[str, tuple[frozenset[str], Reader]] = {
    "issues": (
        # an issue that is opened with labels is `labeled` too
        frozenset({"edited", "labeled", "unlabeled", "closed", "reopened"}) | GONE,
        _issue,
    ),
    # not `deleted`: a status comment that a person deletes must not come back at once
    "issue_comment": (frozenset({"created", "edited"}), _issue),
    "pull_request": (frozenset({"closed", "reopened"}), _pull_request),
}
"""Each event with the actions that matter, and who reads it."""


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
