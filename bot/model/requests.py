"""Requests for the queue, and the facts that are read only when a plan needs them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["issue", "discussion"]
Visibility = Literal["private", "internal", "public"]
"""Who can see a repository; `internal` means all members of the enterprise."""
MergeMethod = Literal["merge", "squash", "rebase"]
Reaction = Literal["EYES", "ROCKET", "CONFUSED"]
"""The bot's reactions to a command: seen, done, not understood or refused (GraphQL `ReactionContent`)."""


# -- facts, which are read only when a plan needs them -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Role:
    """A fact to be read: the role of a person in a repository. Its value is in `Snapshot.roles`."""

    repository: str  # "owner/name"
    login: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A fact to be read: the text of a file at a commit of the archive. Its value is in `Snapshot.texts`.

    `oid` is the id of the commit; or it is that of a blob, and then `path` is empty.
    """

    oid: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """A fact to be read: an issue, discussion or comment that people link as notes, by its URL.

    Its content is in `Snapshot.linked`.
    """

    url: str


@dataclass(frozen=True, slots=True)
class PadRef:
    """A fact to be read: the text of a pad, by the URL of the pad. Its value is in `Snapshot.pads`."""

    url: str


Fact = Literal["shape", "config"] | Role | FileRef | ThreadRef | PadRef
"""A fact that costs a request of its own. `shape` stands for the texts of the template and the newest
minutes, `config` for the newest valid configuration. Texts needed together are read in one request."""


# -- requests for the queue --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReconcileRequest:
    """A request to bring the minutes of an issue or discussion up to date.

    It also says how new the snapshot must be: an older one does not show yet what a webhook reported.
    """

    installation: int
    repository: str  # "owner/name" of the source
    number: int
    kind: Kind = "issue"
    as_new_as: datetime | None = None
    """`updated_at` in the payload of the webhook: an older snapshot is a stale read, and is read again."""
    labelled_by: str | None = None
    """Login of who added the label to a discussion, which only the webhook's payload contains."""
    pull: int | None = None
    """Number of the archive's pull request that the webhook was about."""
    pull_as_new_as: datetime | None = None
    """`updated_at` of that pull request in the payload of the webhook."""


@dataclass(frozen=True, slots=True)
class PadsRequest:
    """A request to see whether the pads with the notes of a source have changed, without asking GitHub.

    If they have, the source is reconciled once they have been still for a while.
    """

    installation: int
    repository: str  # "owner/name" of the source
    number: int
    kind: Kind
    pads: tuple[str, ...]
    """The URLs of the pads."""
    known: tuple[str, ...]
    """Their digests, as the minutes have them."""
    seen: tuple[str, ...] = ()
    """Their digests when they were last read and found changed; empty: not yet."""


@dataclass(frozen=True, slots=True)
class ConfigCheckRequest:
    """A request to check `.github/minutes.yml` at a commit, after a push to any branch that changed it."""

    installation: int
    repository: str  # "owner/name"
    commit: str


@dataclass(frozen=True, slots=True)
class FilesRequest:
    """A request to check minutes in a commit of people, or to correct in them what needs no person.

    `paths` are the Markdown files with a date that the commit added or changed, 20 at most.
    """

    installation: int
    repository: str  # "owner/name" of the archive
    commit: str
    paths: tuple[str, ...] = ()
    branch: str | None = None
    """The branch to which corrections are committed; None: the commit is only checked."""
    pull: int | None = None
    """Number of a pull request from a fork, whose files are to be read."""
    suggests: bool = False
    """Whether corrections are suggested in that pull request, since nobody but its author writes there."""


@dataclass(frozen=True, slots=True)
class CalendarRequest:
    """A request to do what the calendar of an archive makes due, and to find when the next thing is due."""

    installation: int
    repository: str  # "owner/name" of the archive
    head: str | None = None
    """The default branch's commit after a push: a snapshot with another one may be stale, and is reread."""


@dataclass(frozen=True, slots=True)
class LinksRequest:
    """A request to mend the links to the last meeting in the published minutes of an archive."""

    installation: int
    repository: str  # "owner/name" of the archive
    head: str | None = None
    """The default branch's commit after a push, as in `CalendarRequest`."""


@dataclass(frozen=True, slots=True)
class InstallationRequest:
    """A request to find the archives of an installation whose configuration has `series:`, a calendar."""

    installation: int


@dataclass(frozen=True, slots=True)
class AppRequest:
    """A request to go through all installations of the App, queued when the bot starts."""

    installation: int = 0
    """Always 0, which is no installation: the request is for the App itself."""


@dataclass(frozen=True, slots=True)
class UninstallRequest:
    """A request to delete the delayed jobs of an installation that was deleted or suspended."""

    installation: int


ArchiveRequest = CalendarRequest | LinksRequest | FilesRequest
"""A request about an archive as a whole, without a source."""

AnyRequest = (
    ReconcileRequest
    | PadsRequest
    | ConfigCheckRequest
    | FilesRequest
    | CalendarRequest
    | LinksRequest
    | InstallationRequest
    | AppRequest
    | UninstallRequest
)
"""Any request that can be queued."""
