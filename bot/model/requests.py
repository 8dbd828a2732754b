"""What to look at again, and what is read only when a plan needs it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["issue", "discussion"]
Visibility = Literal["private", "internal", "public"]
"""Who can see a repository; internal: everybody in the enterprise."""
MergeMethod = Literal["merge", "squash", "rebase"]
Reaction = Literal["EYES", "ROCKET", "CONFUSED"]
"""What the bot shows on a command: seen, done, or not so (GraphQL `ReactionContent`)."""


# -- what is read only when a plan needs it ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a person in a repository; `Snapshot.roles` answers."""

    repository: str  # "owner/name"
    login: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file at a commit of the archive, or a blob (`path` empty); `Snapshot.texts` answers."""

    oid: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """An issue, a discussion or a comment that people link as notes; `Snapshot.linked` answers."""

    url: str


Fact = Literal["shape", "config"] | Role | FileRef | ThreadRef
"""What costs a request of its own: `shape` is the texts of template and newest minutes, `config` the newest
configuration that can be read. Texts that are needed together cost one request together."""


# -- what to look at ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReconcileRequest:
    """What to look at again, and how new it must be. The only thing that is ever queued."""

    installation: int
    repository: str  # "owner/name" of the source
    number: int
    kind: Kind = "issue"
    as_new_as: datetime | None = None
    """`updated_at` of the payload: an older answer is a lagging read, and is looked at again."""
    labelled_by: str | None = None
    """Who set the label of a discussion: GitHub tells it in the event only."""
    pull: int | None = None
    """The pull request that the event was about, in the archive."""
    pull_as_new_as: datetime | None = None
    """`updated_at` of that pull request in the payload."""


@dataclass(frozen=True, slots=True)
class ConfigCheckRequest:
    """A configuration to look at: a push to any branch changed `.github/minutes.yml`."""

    installation: int
    repository: str
    commit: str


@dataclass(frozen=True, slots=True)
class CalendarRequest:
    """An archive whose calendar is to be looked at: what is due, and when the next thing is."""

    installation: int
    repository: str
    head: str | None = None
    """The commit that a push left the default branch at: another one may be a lagging read, and is looked at
    again."""


@dataclass(frozen=True, slots=True)
class InstallationRequest:
    """An installation whose archives are to be looked for: those whose configuration has `series:`."""

    installation: int


@dataclass(frozen=True, slots=True)
class AppRequest:
    """All installations of the App; what is looked at after a start."""

    installation: int = 0
    """None of them: the App itself."""


@dataclass(frozen=True, slots=True)
class UninstallRequest:
    """An installation that was taken away or suspended: nothing of it shall wait any more."""

    installation: int


AnyRequest = (
    ReconcileRequest
    | ConfigCheckRequest
    | CalendarRequest
    | InstallationRequest
    | AppRequest
    | UninstallRequest
)
"""What can be queued."""
