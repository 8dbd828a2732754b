"""The words that the rooms share: what to look at, what was seen, what shall be done.

Everything here is plain, frozen data. `github/snapshot` makes a `Snapshot`, `plan` makes steps of it,
`github/publish` applies them and tells what became of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["issue", "discussion"]
Visibility = Literal["private", "internal", "public"]
"""Who can see a repository; internal: everybody in the enterprise."""
Reaction = Literal["EYES", "ROCKET", "CONFUSED"]
"""What the bot shows on a command: seen, done, or not so (GraphQL `ReactionContent`)."""


# -- what is asked only when the plan wants it -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a person in a repository; `Snapshot.roles` answers."""

    repository: str  # "owner/name"
    login: str


@dataclass(frozen=True, slots=True)
class Text:
    """A file at a commit of the archive, or a blob (`path` empty); `Snapshot.texts` answers."""

    oid: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """An issue, a discussion or a comment that people link as notes; `Snapshot.linked` answers."""

    url: str


Fact = Literal["shape", "config"] | Role | Text | Linked
"""What costs a request of its own: `shape` is the texts of template and newest minutes, `config` the newest
configuration that can be read. Texts that are wanted together cost one request together."""


# -- what to look at ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """What to look at again, and how new it must be. The only thing that is ever queued."""

    installation: int
    repository: str  # "owner/name" of the source
    number: int
    kind: Kind = "issue"
    as_new_as: datetime | None = None
    """`updated_at` of the payload: an older answer is a lagging read, and is looked at again."""
    labelled_by: str | None = None
    """Who set the label of a discussion: GitHub tells it in the event only."""


@dataclass(frozen=True, slots=True)
class ConfigLook:
    """A configuration to look at: a push to any branch changed `.github/minutes.yml`."""

    installation: int
    repository: str
    commit: str


# -- what was seen -----------------------------------------------------------------------------------------


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
    """A pull request of the archive; its body and the messages carry what the bot noted for itself."""

    id: str
    number: int
    url: str
    state: Literal["open", "closed", "merged"]
    title: str
    body: str
    branch: str
    head: str | None  # None: the branch was deleted
    revisions: tuple[Revision, ...] = ()
    """The newest commits of the branch, newest first: 30 at most, and those of its base follow."""
    draft: bool = False
    mine: bool = False
    files: tuple[str, ...] = ()
    approved: bool = False
    """Whether a review approves it, as it stands or as it stood."""
    labels: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    """The newest ten of its conversation, oldest first."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch below `minutes/`, with its newest commit."""

    name: str
    head: str
    message: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive that was read whole. `text` is None when it is not text."""

    path: str
    text: str | None


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
    branches: tuple[Branch, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)  # name to id, of the labels that were asked for

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
    texts: Mapping[Text, str | None] = field(default_factory=dict)
    """None: there is no such file, or it is not text."""
    linked: Mapping[Linked, Source | Comment | None] = field(default_factory=dict)
    """None: there is nothing, or nothing that the bot may see."""
    good_config: str | None = None
    """The newest text of the archive's configuration that can be read, where today's cannot."""
    labelled_by: str | None = None
    """Who set the label of a discussion, as the event told."""
    refusals: tuple[Refusal, ...] = ()


# -- what shall be done ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CreateBranch:
    """A branch of the archive, at the given commit."""

    name: str
    oid: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One file, one verified commit; refused when the branch is no longer at `expected_head`."""

    branch: str
    expected_head: str
    path: str
    text: str
    headline: str
    body: str
    delete: str | None = None  # the old path, when a changed date moves the file


@dataclass(frozen=True, slots=True)
class OpenPull:
    """A pull request in the archive."""

    branch: str
    title: str
    body: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class EditPull:
    """New title and body for a pull request."""

    pull: Pull
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class AddLabels:
    """Labels, by node id, on an issue, a discussion or a pull request."""

    subject: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveLabels:
    """Labels, by node id, off a pull request."""

    subject: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RequestReviews:
    """People, by login, are asked to review a pull request; those who are asked already stay so."""

    pull: Pull
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePull:
    """The pull request is merged, unless its branch moved on from `head`."""

    pull: Pull
    head: str


@dataclass(frozen=True, slots=True)
class CloseSource:
    """The issue or discussion is closed: its minutes are merged."""

    source: Source


@dataclass(frozen=True, slots=True)
class React:
    """A reaction on a comment with a command, for people to see."""

    comment: Comment
    content: Reaction


@dataclass(frozen=True, slots=True)
class PostComment:
    """The first status comment of the source."""

    body: str


@dataclass(frozen=True, slots=True)
class EditComment:
    """The status comment, brought up to date."""

    comment: Comment
    body: str


@dataclass(frozen=True, slots=True)
class DeleteComment:
    """A status comment too many: a lost answer left it behind, or a question takes its place."""

    comment: Comment


@dataclass(frozen=True, slots=True)
class ClosePull:
    """The pull request is taken back, because its source asked for that."""

    pull: Pull


@dataclass(frozen=True, slots=True)
class DeleteBranch:
    """The branch of a pull request that was taken back; never one to which a person pushed."""

    branch: Branch


@dataclass(frozen=True, slots=True)
class Annotation:
    """A finding on its line, for the check run; line and column count from 1."""

    path: str
    line: int
    level: Literal["failure", "warning", "notice"]
    title: str
    message: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check run: on the pull request's newest commit, or on one that changed the configuration."""

    head: str
    title: str
    summary: str
    conclusion: Literal["success", "neutral", "failure"]
    annotations: tuple[Annotation, ...] = ()
    name: str = "Minutes"


Step = (
    CreateBranch
    | Commit
    | OpenPull
    | EditPull
    | AddLabels
    | RemoveLabels
    | RequestReviews
    | MergePull
    | CloseSource
    | React
    | PostComment
    | EditComment
    | DeleteComment
    | ClosePull
    | DeleteBranch
    | Check
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What should be different: steps for one batch, a time to look again, facts that are wanted first, or
    nothing (all is well).

    `why` is for people: the log, the demo, a dry run.
    """

    why: str
    steps: tuple[Step, ...] = ()
    look_again: datetime | None = None
    wants: tuple[Fact, ...] = ()
    caught: bool = False
    """The normaliser fell back to the notes as typed: a fault of ours, to be counted."""
