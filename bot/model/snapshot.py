"""The snapshot: the state of a source and its archive on GitHub at one moment."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.requests import Fact, FileRef, Kind, MergeMethod, PadRef, Reaction, Role, ThreadRef, Visibility

AGENDA = "agenda"
"""The label of issues, pull requests and discussions for the agenda of the next meeting."""
MISSING = "missing-minutes"
"""The label of the issue in the archive that lists the meetings without minutes."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository on GitHub.

    `head` is the oid of the newest commit of the default branch, None if the repository is empty.
    """

    id: str
    name: str  # "owner/name"
    visibility: Visibility = "public"
    archived: bool = False
    fork: bool = False
    default_branch: str | None = None
    head: str | None = None
    url: str = ""
    merge_method: MergeMethod = "merge"
    """How pull requests are merged: the first that the settings allow of merge, squash and rebase."""
    has_issues: bool = True


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on an issue, a discussion or a pull request.

    `mine` is GraphQL's `viewerDidAuthor`: the bot wrote it; a state in the comment counts only if it is true.
    """

    id: str
    body: str
    author: str | None  # None: a deleted user
    created_at: datetime
    mine: bool = False
    url: str = ""
    edited_at: datetime | None = None
    editor: str | None = None
    """Login of the last editor; None: nobody, or a deleted user."""
    by_bot: bool = False
    accounts: Mapping[str, int] = field(default_factory=dict, hash=False)
    """The `databaseId` of author and editor, by login."""
    reacted: frozenset[Reaction] = frozenset()
    """The bot's own reactions, which need not be sent again."""

    @property
    def actor(self) -> str | None:
        """Login of who wrote the current text: the last editor, else the author; None: a deleted user."""
        return self.editor if self.edited_at else self.author


@dataclass(frozen=True, slots=True)
class Source:
    """The issue or discussion with the notes of a meeting."""

    id: str
    repository: Repository
    number: int
    kind: Kind
    title: str
    body: str
    author: str | None
    url: str
    created_at: datetime
    updated_at: datetime
    edited_at: datetime | None = None
    """When the body was last edited; the settle time counts from the later of edit and label."""
    editor: str | None = None
    """Login of the last editor; None: nobody, or a deleted user."""
    by_bot: bool = False
    accounts: Mapping[str, int] = field(default_factory=dict, hash=False)
    """The `databaseId` of author and editor, by login."""
    retitled: tuple[str | None, datetime] | None = None
    """Who last changed the title of an issue (login; None: a deleted user), and when. None if nobody did, and
    for discussions, of which GitHub does not report it."""
    mine: bool = False
    """GraphQL's `viewerDidAuthor`: the bot opened it; a state in the body counts only if it is true."""
    category: str | None = None
    """Name of a discussion's category."""
    open: bool = True
    locked: bool = False
    labels: tuple[str, ...] = ()
    labelled_by: Mapping[str, tuple[str | None, datetime]] = field(default_factory=dict)
    """By current label: who added it last (login; None: a deleted user), and when. Empty for discussions, of
    which GitHub does not report it."""
    comments: tuple[Comment, ...] = ()
    """Oldest first; in a discussion each is followed by its replies."""

    @property
    def name(self) -> str:
        """The source as GitHub refers to it: `owner/name#12`."""
        return f"{self.repository.name}#{self.number}"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of a pull request's branch; the bot's have the trailer `Minutes-File: <path>@<blob oid>`."""

    oid: str
    message: str = ""
    author: str = ""
    committer: str = ""
    """`author` and `committer` are names: `<slug>[bot]` and `GitHub` for the bot's own commits."""
    at: datetime | None = None
    """When it was committed."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request of the archive; the body of the bot's own contains a `PullState`."""

    id: str
    number: int
    url: str
    state: Literal["open", "closed", "merged"]
    title: str
    body: str
    branch: str
    head: str | None  # None: the branch was deleted
    revisions: tuple[Revision, ...] = ()
    """The newest 30 commits of the branch, newest first, which may include commits of the base; after the
    branch was deleted, the commits of the pull request."""
    draft: bool = False
    mine: bool = False
    """GraphQL's `viewerDidAuthor`: the bot opened it."""
    files: tuple[str, ...] = ()
    approved: bool = False
    """Whether a review approves it, at its current head or at an earlier one."""
    labels: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    """Of the newest ten comments and the newest ten reviews those with a text, oldest first."""
    created_at: datetime | None = None
    updated_at: datetime | None = field(default=None, compare=False)
    """GraphQL's `updatedAt`, as last read: the bot's own later changes to this snapshot do not set it."""
    merged_at: datetime | None = field(default=None, compare=False)
    """GraphQL's `mergedAt`, as last read."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the archive below `minutes/`; `head` and `message` are of its newest commit."""

    name: str
    head: str
    message: str = ""


PadTrouble = Literal[
    "", "gone", "login", "page", "empty", "long", "slow", "away", "private", "binary", "moved"
]
"""Why a pad has no text for the bot: it is not there, needs a login, is a page of a website, has no text, is
too long, takes too long, cannot be reached, has an address that is not public, is no text, redirects
elsewhere."""


@dataclass(frozen=True, slots=True)
class Pad:
    """The text of a pad; None where it cannot be read, and then `trouble` says why."""

    text: str | None
    since: datetime
    """Since when the text is as it is, as far as is known."""
    read_at: datetime
    trouble: PadTrouble = ""

    @property
    def digest(self) -> str:
        """A digest of the text, or of why there is none: it changes when one of them changes."""
        return hashlib.sha256(f"{self.trouble}\0{self.text or ''}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive with its whole text; `text` is None for a binary or truncated one."""

    path: str
    text: str | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An open issue, pull request or discussion whose label puts it on the agenda of the next meeting."""

    url: str
    title: str
    repository: Repository
    number: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The repository that keeps the minutes, as it is at the newest commit of its default branch."""

    repository: Repository
    files: Mapping[str, str] = field(default_factory=dict)
    """Path to blob oid of all files on the default branch."""
    links: frozenset[str] = frozenset()
    """The paths of symbolic links and submodules there: taken, though no file is read or written there."""
    config: str | None = None  # text of .github/minutes.yml; None if there is none
    pulls: tuple[Pull, ...] = ()
    """The pull requests that may concern minutes: with a branch below `minutes/`, or by people and open."""
    pulls_since: datetime | None = None
    """Of the pull requests opened before this time, only open ones were read; None: all were read."""
    branches: tuple[Branch, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # name to node id
    categories: Mapping[str, str] = field(default_factory=dict)
    """Name to node id of the categories of discussions; read only for a CalendarRequest."""
    opened: tuple[Source, ...] = ()
    """The issues and discussions that the bot itself opened there, without their comments: the newest, and
    those with the label `MISSING`; read only for a CalendarRequest."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step of a plan that GitHub refused, or a read that failed, with GitHub's message.

    `permission` is the missing permission; None: the reason is another one, or is unknown.
    """

    step: str
    message: str
    permission: str | None = None  # as in app.yml: "contents: write"


class MissingFacts(Exception):
    """Raised when no plan can be made before `facts` are read from GitHub; `why` is for the log."""

    def __init__(self, why: str, *facts: Fact) -> None:
        self.why, self.facts = why, facts
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a plan is made from, as it was on GitHub at one moment.

    `source` is None if it is gone, and for the calendar, `archive` if it cannot be read.
    """

    source: Source | None
    archive_name: str
    archive: Archive | None
    asked: frozenset[Fact] = frozenset()
    """The facts that were read, also those for which nothing was found."""
    roles: Mapping[Role, str] = field(default_factory=dict)
    """REST's `role_name`; `none` for people without a role and for deleted users."""
    texts: Mapping[FileRef, str | None] = field(default_factory=dict)
    """None: there is no such file, or it is binary or too long for GraphQL to return it whole."""
    linked: Mapping[ThreadRef, Source | Comment | None] = field(default_factory=dict)
    """None: it does not exist, or the bot may not read it."""
    pads: Mapping[PadRef, Pad] = field(default_factory=dict)
    """The pads with the notes, as they were read."""
    good_config: str | None = None
    """The text of the archive's newest valid configuration, read if the current one has mistakes."""
    agenda: tuple[AgendaItem, ...] = ()
    """What is labelled `AGENDA` in the repositories of the archive's owner, oldest first; read only for a
    CalendarRequest."""
    labelled_by: str | None = None
    """Login of who added the label to a discussion, from the webhook's payload."""
    refusals: tuple[Refusal, ...] = ()
    made: frozenset[str] = field(default=frozenset(), compare=False)
    """The branches that the bot created after it read this snapshot."""

    def require(self, why: str, *facts: Fact) -> None:
        """Raise MissingFacts when some of these facts have not been read yet; `why` is for the log.

        A fact that was read without finding anything is not missing, so it is not read twice.
        """
        if missing := tuple(fact for fact in dict.fromkeys(facts) if fact not in self.asked):
            raise MissingFacts(why, *missing)
