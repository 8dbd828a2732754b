"""What was seen on GitHub, at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.requests import Fact, FileRef, Kind, MergeMethod, Reaction, Role, ThreadRef, Visibility

AGENDA = "agenda"
"""The label of what shall be talked about at the next meeting."""
MISSING = "missing-minutes"
"""The label of the one issue that lists the meetings without minutes."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository. `head` is the commit of the default branch, None while it has no commit."""

    id: str
    name: str  # "owner/name"
    visibility: Visibility = "public"
    archived: bool = False
    fork: bool = False
    default_branch: str | None = None
    head: str | None = None
    url: str = ""
    merge_method: MergeMethod = "merge"
    """How pull requests are merged there: the first way that is allowed of merge, squash and rebase."""
    has_issues: bool = True


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. `mine` is GraphQL `viewerDidAuthor`: only then a marker in it counts."""

    id: str
    body: str
    author: str | None  # None: a deleted user
    created_at: datetime
    mine: bool = False
    url: str = ""
    edited_at: datetime | None = None
    editor: str | None = None
    """Who edited it last; None: nobody, or a deleted user."""
    by_bot: bool = False
    accounts: Mapping[str, int] = field(default_factory=dict, hash=False)
    """GitHub's number (`databaseId`) of author and editor, by login."""
    reacted: frozenset[Reaction] = frozenset()
    """The bot's own reactions: they tell what need not be sent again, and are never state."""

    @property
    def actor(self) -> str | None:
        """Whose words they are now: the last editor's, else the author's."""
        return self.editor if self.edited_at else self.author


@dataclass(frozen=True, slots=True)
class Source:
    """The issue or discussion in which people write."""

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
    """When the text was last edited; the settle time counts from the newest of edit and label."""
    editor: str | None = None
    """Who edited it last; None: nobody, or a deleted user."""
    by_bot: bool = False
    accounts: Mapping[str, int] = field(default_factory=dict, hash=False)
    """GitHub's number (`databaseId`) of author and editor, by login."""
    retitled: tuple[str | None, datetime] | None = None
    """Who gave an issue another title last (None: a deleted user), and when. GitHub does not tell it of
    discussions."""
    mine: bool = False
    """GraphQL `viewerDidAuthor`: the bot itself opened it, and only then a marker in it counts."""
    category: str | None = None
    """Name of a discussion's category."""
    open: bool = True
    locked: bool = False
    labels: tuple[str, ...] = ()
    labelled_by: Mapping[str, tuple[str | None, datetime]] = field(default_factory=dict)
    """Of each label that is set now: who set it last (None: a deleted user), and when. GitHub does not tell
    it of discussions."""
    comments: tuple[Comment, ...] = ()
    """Oldest first; in a discussion each with its replies behind it."""

    @property
    def name(self) -> str:
        """The source as GitHub refers to it: `owner/name#12`."""
        return f"{self.repository.name}#{self.number}"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit of a pull request's branch; the bot's own ends with `Minutes-File: <path>@<blob oid>`."""

    oid: str
    message: str = ""
    author: str = ""
    committer: str = ""
    """Names in git; the bot's own commits are authored by `<slug>[bot]` and committed by GitHub."""
    at: datetime | None = None
    """When it was committed."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request of the archive; its body carries a `PullState`, the bot's commits a trailer."""

    id: str
    number: int
    url: str
    state: Literal["open", "closed", "merged"]
    title: str
    body: str
    branch: str
    head: str | None  # None: the branch was deleted
    revisions: tuple[Revision, ...] = ()
    """The newest commits of the branch, newest first, 30 at most. Those of its base follow; where the branch
    was deleted, they are those that were in the pull request."""
    draft: bool = False
    mine: bool = False
    files: tuple[str, ...] = ()
    approved: bool = False
    """Whether a review approves it, as it stands or as it stood."""
    labels: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    """The newest ten of its conversation and of its reviews that say something, oldest first."""
    created_at: datetime | None = None
    updated_at: datetime | None = field(default=None, compare=False)
    """When GitHub last saw a change; of a write that was folded in, the time before it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch below `minutes/`, with its newest commit."""

    name: str
    head: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive that was read whole. `text` is None when it is not text."""

    path: str
    text: str | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An open issue, pull request or discussion that is labelled for the agenda."""

    url: str
    title: str
    repository: Repository
    number: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """The repository that keeps the minutes, at its newest commit."""

    repository: Repository
    files: Mapping[str, str] = field(default_factory=dict)
    """Path to blob oid, of the default branch."""
    config: str | None = None  # text of .github/minutes.yml
    template: File | None = None
    recent: tuple[File, ...] = ()
    """The newest minutes, oldest first; more than one where they have to show the template."""
    pulls: tuple[Pull, ...] = ()
    """Those that may have to do with minutes: with a branch below `minutes/`, or by people and open."""
    pulls_since: datetime | None = None
    """Of pull requests that were opened before, only those that are open were read; None: all were."""
    branches: tuple[Branch, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # name to id, of the labels that were asked for
    categories: Mapping[str, str] = field(default_factory=dict)
    """Name to id, of its categories of discussions; only a look at the calendar asks for them."""
    opened: tuple[Source, ...] = ()
    """The issues and discussions there that the bot itself opened, without their comments: the newest, and
    whatever has the label `MISSING`. Only a look at the calendar asks for them."""

    @property
    def newest(self) -> File | None:
        """The newest minutes: title form, field form and standing items come from there."""
        return self.recent[-1] if self.recent else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """GitHub said no, or could not be asked: which step, the missing permission if that is it, its words."""

    step: str
    message: str
    permission: str | None = None  # as in app.yml: "contents: write"


class MissingFacts(Exception):
    """No plan can be made before these `facts` are read; `why` says for the log what they are needed for."""

    def __init__(self, why: str, *facts: Fact) -> None:
        self.why, self.facts = why, facts
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How things stand. `source` is None when it is gone, `archive` when it cannot be read."""

    source: Source | None
    archive_name: str
    archive: Archive | None
    asked: frozenset[Fact] = frozenset()
    """Which further facts were asked."""
    roles: Mapping[Role, str] = field(default_factory=dict)
    """`role_name`s; `none` of strangers and of who is no user any more."""
    texts: Mapping[FileRef, str | None] = field(default_factory=dict)
    """None: there is no such file, or it is not text."""
    linked: Mapping[ThreadRef, Source | Comment | None] = field(default_factory=dict)
    """None: there is nothing, or nothing that the bot may see."""
    good_config: str | None = None
    """The newest text of the archive's configuration that can be read, where today's cannot."""
    agenda: tuple[AgendaItem, ...] = ()
    """What is labelled `AGENDA` in the repositories of the archive's owner, the oldest first; only a look at
    the calendar asks for it."""
    labelled_by: str | None = None
    """Who set the label of a discussion, as the event says."""
    refusals: tuple[Refusal, ...] = ()
    made: frozenset[str] = field(default=frozenset(), compare=False)
    """The branches that were created since the look."""

    def require(self, why: str, *facts: Fact) -> None:
        """Raise MissingFacts where some of these facts have not been asked for yet.

        What was asked for and not found does not count as missing: nobody is asked twice.
        """
        if missing := tuple(fact for fact in dict.fromkeys(facts) if fact not in self.asked):
            raise MissingFacts(why, *missing)
