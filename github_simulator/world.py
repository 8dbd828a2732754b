"""All accounts, apps and repositories of the simulated GitHub, with lookups by name and by id."""

import base64
import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from github_simulator.clock import SimulatedClock
from github_simulator.errors import ApiError, not_found
from github_simulator.git import GITHUB, GitIdentity, GitStore
from github_simulator.state import App, AppCode, Installation, Issue, Node, Repository, Thread, User

PREFIXES = {
    "User": "U", "App": "A", "Installation": "MDIz", "Repository": "R", "Label": "LA", "Issue": "I",
    "PullRequest": "PR", "Discussion": "D", "IssueComment": "IC", "DiscussionComment": "DC",
    "DiscussionCategory": "DIC", "PullRequestReview": "PRR", "Reaction": "REA", "LabelEvent": "LE",
    "CheckRun": "CR", "RenamedTitleEvent": "RTE",
}  # fmt: skip
"""The prefixes of node ids, by type; clients must not parse them: https://docs.github.com/graphql/guides."""

T = TypeVar("T", bound=Node)


@dataclass(frozen=True)
class Event:
    """An event in the simulated world, for which webhooks are delivered.

    `name` and `action` are GitHub's, such as "issues" and "opened". `extra` has the other keys of the
    payload; nodes in it are replaced by their JSON. `installation` is set if the event is only for that one's
    app.
    """

    name: str
    action: str | None
    repository: Repository | None
    sender: User
    extra: Mapping[str, Any] = field(default_factory=dict)
    installation: Installation | None = None


class World:
    """The state of the simulated GitHub, in memory: accounts, repositories, apps, installations.

    Git repositories are in folders below `root`, or in memory if it is None. Logins and names of repositories
    are case-insensitive.
    """

    def __init__(self, clock: SimulatedClock, root: Path | None = None) -> None:
        self.clock = clock
        self.root = root
        self.url = "http://localhost"
        self.users: dict[str, User] = {}
        self.repositories: dict[str, Repository] = {}
        self.renamed: dict[str, Repository] = {}  # by former full name, in lower case
        self.apps: dict[int, App] = {}
        self.app_codes: dict[str, AppCode] = {}
        self.installations: dict[int, Installation] = {}
        self.nodes: dict[str, Node] = {}
        self.listeners: list[Callable[[Event], None]] = []
        self.tree_limit = 100_000
        """Entries of a tree in one response at most
        (https://docs.github.com/en/rest/git/trees#get-a-tree)."""
        self._last_id = 1000

    def now(self) -> datetime:
        """Return the time of the simulated clock in UTC, in whole seconds as in GitHub's responses."""
        return self.clock.now().replace(microsecond=0)

    def add(self, thing: T) -> T:
        """Register a new node, set its id and node id, and return it."""
        self._last_id += 1
        thing.id = self._last_id
        prefix = PREFIXES[type(thing).__name__]
        digits = base64.urlsafe_b64encode(b"\x93\x00" + thing.id.to_bytes(6, "big")).decode().rstrip("=")
        thing.node_id = f"{prefix}_{digits}"
        self.nodes[thing.node_id] = thing
        return thing

    def emit(self, event: Event) -> None:
        """Call all listeners with an event, such as the one that delivers webhooks."""
        for listener in self.listeners:
            listener(event)

    def frozen(self) -> "World":
        """Return a copy of the current state, which reads can get later; writes to it emit no events.

        Accounts are not copied, since actors are compared with authors by identity.
        """
        shared = (self.clock, *self.users.values(), *self.apps.values(), *self.installations.values())
        memo: dict[int, Any] = {id(each): each for each in shared} | {id(self.listeners): []}
        return copy.deepcopy(self, memo)

    # -- lookup

    def user(self, login: str) -> User:
        """Return the account with this login, in any case. Raises ApiError 404 if there is none."""
        try:
            return self.users[login.lower()]
        except KeyError:
            raise not_found(f"Could not resolve to a User with the login of '{login}'.") from None

    def repository(self, owner: str, name: str) -> Repository:
        """Return the repository `owner/name`, by its current or a former name, in any case.

        Permissions are not checked. Raises ApiError 404 if there is none.
        """
        asked = f"{owner}/{name}".lower()
        found = self.repositories.get(asked) or self.renamed.get(asked)
        if found is None:
            raise not_found(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return found

    def node(self, node_id: str, kind: type[T]) -> T:
        """Return the object with a node id.

        Raises ApiError 404 if there is none, or it is not of the class `kind`.
        """
        found = self.nodes.get(node_id)
        if not isinstance(found, kind):
            raise not_found(f"Could not resolve to a node with the global id of '{node_id}'")
        return found

    def installation_on(self, app: App, repository: Repository) -> Installation | None:
        """Return the app's installation that includes a repository, None if there is none."""
        mine = (i for i in self.installations.values() if i.app is app)
        return next((i for i in mine if i.covers(repository)), None)

    # -- creating

    def add_user(self, login: str, kind: Any = "User") -> User:
        """Create an account; `kind` is "User", "Organization" or "Bot".

        Raises ValueError if the login exists already.
        """
        if login.lower() in self.users:
            raise ValueError(f"{login} exists already")
        user = self.add(User(login=login, type=kind, created_at=self.now()))
        self.users[login.lower()] = user
        return user

    def add_repository(
        self, full_name: str, *, private: bool = False, fork: bool = False, default_branch: str = "main"
    ) -> Repository:
        """Create the empty repository `owner/name`; a new owner becomes an organisation.

        Raises ValueError if it exists or the name is not valid.
        """
        owner, _, name = full_name.partition("/")
        if not re.fullmatch(r"[\w.-]+", name) or full_name.lower() in self.repositories:
            raise ValueError(f"{full_name} is no owner/name, or exists already")
        account = self.users.get(owner.lower()) or self.add_user(owner, "Organization")
        git = GitStore(self._folder(owner, name), default_branch)
        repository = self.add(
            Repository(
                owner=account, name=name, git=git, fork=fork, visibility="private" if private else "public",
                default_branch=default_branch, created_at=self.now(), pushed_at=self.now(),
            )
        )  # fmt: skip
        self.repositories[full_name.lower()] = repository
        return repository

    def _folder(self, owner: str, name: str) -> Path | None:
        if self.root is None:
            return None
        folder = self.root / owner / f"{name}.git"
        # the folder may belong to a repository that was renamed
        return folder.with_name(f"{name}-{self._last_id}.git") if folder.exists() else folder

    def delete_user(self, login: str) -> None:
        """Delete an account; what it wrote stays, without an author."""
        gone = self.users.pop(login.lower())
        del self.nodes[gone.node_id]
        for thing in self.nodes.values():
            for name in ("author", "editor", "actor", "user", "closed_by"):
                if getattr(thing, name, None) is gone:
                    setattr(thing, name, None)

    def commit_files(
        self,
        repository: Repository,
        files: Mapping[str, bytes | None],
        message: str,
        author: GitIdentity = GITHUB,
    ) -> str:
        """Commit files to the default branch of a repository, and return the oid of the commit.

        `files` has the new bytes by path, None to delete the file. No events are emitted, and no permissions
        are checked.
        """
        git, branch = repository.git, repository.default_branch
        head = git.branch(branch)
        tree = git.with_files(head, files)
        oid = git.add_commit(tree, [head] if head else [], message, self.now(), author)
        git.set_ref(f"refs/heads/{branch}", oid)
        return oid


def thread_of(repository: Repository, number: int, kind: type[Thread] = Thread) -> Thread:
    """Return the thread of a repository with a number, which must be of the class `kind`.

    Raises ApiError 404 when it does not exist or is of another class, 410 when it was deleted or issues are
    disabled, and Moved when it was transferred.

    https://docs.github.com/rest/issues/issues#get-an-issue
    """
    found = repository.threads.get(number)
    name = "issue or pull request" if kind is Thread else kind.__name__
    article = "an" if name[0] in "iI" else "a"
    words = f"Could not resolve to {article} {name} with the number of {number}."
    if isinstance(found, Issue) and not repository.has_issues:
        raise ApiError(410, "Issues are disabled for this repo", graphql=words, kind="NOT_FOUND")
    if isinstance(found, kind):
        return found
    if number not in repository.gone:
        raise not_found(words)
    successor = repository.gone[number]
    if successor is None:
        raise ApiError(410, "This issue was deleted", graphql=words, kind="NOT_FOUND")
    raise Moved(successor, words)


class Moved(ApiError):
    """The error that a thread was transferred: the new thread is `to`.

    In REST it is a 301, in GraphQL an error of the type NOT_FOUND.
    """

    def __init__(self, to: Thread, graphql: str) -> None:
        super().__init__(301, "Moved Permanently", graphql=graphql, kind="NOT_FOUND")
        self.to = to


def git_identity(user: User) -> GitIdentity:
    """Return the name and address of an account for its commits: GitHub's no-reply address."""
    return GitIdentity(user.login, f"{user.id}+{user.login}@users.noreply.github.com")


def check_length(text: str, limit: int, field_name: str, resource: str) -> None:
    """Raise ApiError 422 if `text` has more than `limit` characters.

    `field_name` and `resource` are GitHub's names for what it is, for the error: "body" and "Issue".
    """
    if len(text) > limit:
        error = {"resource": resource, "code": "custom", "field": field_name,
                 "message": f"{field_name} is too long (maximum is {limit} characters)"}  # fmt: skip
        raise ApiError(422, "Validation Failed", graphql=f"Body is too long (maximum is {limit} characters)",
                       errors=[error])  # fmt: skip
