"""The data types of the simulated GitHub. The functions that change them are in modules such as `issues`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from github_simulator.git import GitStore

Visibility = Literal["public", "internal", "private"]
Role = Literal["read", "triage", "write", "maintain", "admin"]


@dataclass(eq=False, kw_only=True)
class Node:
    """An object of GitHub with an id for REST and a node id for GraphQL; `World.add` sets both."""

    id: int = 0
    node_id: str = ""


@dataclass(eq=False, kw_only=True)
class User(Node):
    """An account: of a person, of an organisation, or of the bot of an app."""

    login: str
    type: Literal["User", "Organization", "Bot"] = "User"
    has_drafts: bool = True
    """Whether its plan allows draft pull requests in private repositories."""
    created_at: datetime


@dataclass(eq=False, kw_only=True)
class App(Node):
    """A GitHub App; `bot` is the account as which it acts, both keys are PEM."""

    slug: str
    owner: User
    bot: User
    permissions: dict[str, str]
    events: list[str]
    private_key: str = field(repr=False)
    public_key: str = field(repr=False)
    webhook_url: str | None = None
    webhook_secret: str = field(default="", repr=False)
    content_type: Literal["json", "form"] = "json"
    """How the settings of the webhook say that bodies are sent; here they are sent as JSON all the same."""
    insecure_ssl: bool = False
    name: str = ""
    """The name that people see; without one it is the slug."""
    url: str = "https://example.org"
    setup_url: str | None = None
    """Where people go once they installed it."""
    public: bool = True
    created_at: datetime


@dataclass(frozen=True)
class AppCode:
    """What a code leads to that GitHub gives out when an app is registered from a manifest."""

    app: App
    expires_at: datetime


@dataclass(eq=False, kw_only=True)
class Installation(Node):
    """An installation of an app on an account.

    `repositories` are the ids of those that it is for, None for all of the account.
    """

    app: App
    account: User
    permissions: dict[str, str]
    repositories: set[int] | None = None
    suspended_at: datetime | None = None
    created_at: datetime

    def covers(self, repository: "Repository") -> bool:
        """Return whether this installation of the app is for the repository."""
        return repository.owner is self.account and (
            self.repositories is None or repository.id in self.repositories
        )


@dataclass(eq=False, kw_only=True)
class Label(Node):
    """A label of a repository."""

    name: str
    color: str = "ededed"
    description: str | None = None


@dataclass(eq=False, kw_only=True)
class Reaction(Node):
    """A reaction of a user; `content` is in REST's spelling ("+1", "eyes")."""

    content: str
    user: User | None
    created_at: datetime


@dataclass(eq=False, kw_only=True)
class AuthoredNode(Node):
    """The fields that threads, comments and reviews have in common: author, text, times, reactions."""

    author: User | None
    body: str
    created_at: datetime
    updated_at: datetime
    last_edited_at: datetime | None = None
    editor: User | None = None
    app: App | None = None
    reactions: list[Reaction] = field(default_factory=list)


@dataclass(eq=False, kw_only=True)
class IssueComment(AuthoredNode):
    """A comment on an issue, a pull request or, as the base of `DiscussionComment`, a discussion.

    `minimized` is the reason for which it is minimized, None if it is not.
    """

    thread: "Thread"
    minimized: str | None = None


@dataclass(eq=False, kw_only=True)
class DiscussionComment(IssueComment):
    """A comment on a discussion, or a reply to one."""

    reply_to: "DiscussionComment | None" = None
    deleted_at: datetime | None = None
    """Set on a deleted comment with replies: it stays, with an empty body, as their parent."""


@dataclass(eq=False, kw_only=True)
class LabelEvent(Node):
    """An event of a thread's timeline: a label was added or removed."""

    label: Label
    actor: User | None
    created_at: datetime
    added: bool


@dataclass(eq=False, kw_only=True)
class RenamedTitleEvent(Node):
    """An event of a thread's timeline: its title was changed."""

    previous_title: str
    current_title: str
    actor: User | None
    created_at: datetime


@dataclass(eq=False, kw_only=True)
class Thread(AuthoredNode):
    """An issue, a pull request or a discussion of a repository."""

    repository: "Repository"
    number: int
    title: str
    state: Literal["open", "closed"] = "open"
    state_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: User | None = None
    locked: bool = False
    labels: list[Label] = field(default_factory=list)
    comments: list[IssueComment] = field(default_factory=list)
    timeline: list[LabelEvent] = field(default_factory=list)
    renamings: list[RenamedTitleEvent] = field(default_factory=list)


@dataclass(eq=False, kw_only=True)
class Issue(Thread):
    """An issue."""


@dataclass(eq=False, kw_only=True)
class DiscussionCategory(Node):
    """A category of a repository's discussions."""

    repository: "Repository"
    name: str
    emoji: str = ":speech_balloon:"
    description: str = ""
    created_at: datetime

    @property
    def slug(self) -> str:
        """The name of the category in the form that URLs have."""
        return "-".join(self.name.lower().split())


@dataclass(eq=False, kw_only=True)
class Discussion(Thread):
    """A discussion, in a category."""

    category: DiscussionCategory


@dataclass(eq=False, kw_only=True)
class PullRequestReview(AuthoredNode):
    """A review of a pull request at the commit `commit_oid`; `state` is in GraphQL's spelling."""

    pull: "PullRequest"
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]
    commit_oid: str
    comments: list[Mapping[str, Any]] = field(default_factory=list)
    """Comments on lines, as they were given by REST."""


@dataclass(eq=False, kw_only=True)
class PullRequest(Thread):
    """A pull request from the branch `head_ref` into `base_ref`; `head_oid` stays when its branch is deleted.

    `fork` is the repository of the branch if it is another one. Only tests set it; no API function does.
    """

    base_ref: str
    base_oid: str
    head_ref: str
    head_oid: str
    fork: "Repository | None" = None
    draft: bool = False
    merged_at: datetime | None = None
    merged_by: User | None = None
    merge_oid: str | None = None
    reviews: list[PullRequestReview] = field(default_factory=list)
    requested: list[User] = field(default_factory=list)
    """The people whose review is requested."""


@dataclass(eq=False, kw_only=True)
class CheckRun(Node):
    """A check run on the commit `head_oid`.

    `annotations` have REST's keys; each update appends to them.
    """

    repository: "Repository"
    app: App
    head_oid: str
    name: str
    status: str = "queued"
    conclusion: str | None = None
    details_url: str | None = None
    external_id: str = ""
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    annotations: list[dict[str, object]] = field(default_factory=list)
    actions: list[dict[str, str]] = field(default_factory=list)
    """The buttons: each a label, a description and an identifier."""
    started_at: datetime
    completed_at: datetime | None = None


@dataclass(eq=False, kw_only=True)
class Repository(Node):
    """A repository: its git store, its labels, and its issues, pull requests and discussions.

    These threads are numbered together.
    """

    owner: User
    name: str
    git: GitStore
    default_branch: str = "main"
    visibility: Visibility = "public"
    archived: bool = False
    fork: bool = False
    created_at: datetime
    pushed_at: datetime
    labels: dict[str, Label] = field(default_factory=dict)  # by lower-case name
    threads: dict[int, Thread] = field(default_factory=dict)
    gone: dict[int, Thread | None] = field(default_factory=dict)
    """Removed threads by number: the thread to which each was transferred, None if it was deleted."""
    categories: dict[str, DiscussionCategory] = field(default_factory=dict)  # by slug
    has_issues: bool = True
    has_discussions: bool = True
    protected: list[str] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)
    """Pattern of branches and type of a further rule, such as `required_signatures`: listed, not enforced."""
    """Patterns of branches to which a ruleset lets only administrators write: `minutes/**`."""
    merge_methods: tuple[str, ...] = ("merge", "squash", "rebase")
    """The merge methods that the settings allow."""
    delete_branch_on_merge: bool = False
    """Whether the branch of a pull request is deleted when it is merged."""
    reviews_needed: int = 0
    """How many approvals by people with write access a merge needs."""
    collaborators: dict[str, Role] = field(default_factory=dict)  # by lower-case login
    checks: list[CheckRun] = field(default_factory=list)
    next_number: int = 1

    @property
    def full_name(self) -> str:
        """The name with the owner: `owner/name`."""
        return f"{self.owner.login}/{self.name}"

    @property
    def private(self) -> bool:
        """Whether the repository is not public; GitHub reports internal ones as private, too."""
        return self.visibility != "public"

    @private.setter
    def private(self, private: bool) -> None:
        self.visibility = "private" if private else "public"
