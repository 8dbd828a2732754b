"""References, commits, trees and blobs for GraphQL: a repository and an oid or a name."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dulwich.objects import Commit

from github_simulator.errors import ApiError, not_found
from github_simulator.git import TreeEntry, commit_time, identity_of
from github_simulator.graphql.connections import connection, walked
from github_simulator.graphql.context import Context, fields_of
from github_simulator.pulls import compare, pulls_of
from github_simulator.state import Node, Repository, User
from github_simulator.views.base import page
from github_simulator.views.git import account_of
from github_simulator.world import World

LONGEST_TEXT = 512_000  # bytes; longer texts are cut, with isTruncated


@dataclass(frozen=True)
class GitThing:
    """A commit, tree or blob of a repository, as a GraphQL object."""

    repository: Repository
    oid: str

    @property
    def node_id(self) -> str:
        """The node id, which encodes type, repository and oid."""
        return node_id_of(self, self.oid)


class CommitObject(GitThing):
    """A commit of a repository, as a GraphQL object."""

    @property
    def commit(self) -> Commit:
        """The commit in the git store."""
        found = self.repository.git.commit_at(self.oid)
        assert found
        return found

    @property
    def message(self) -> str:
        """The whole message, without line breaks at its end."""
        text: str = self.commit.message.decode("utf-8", "replace")
        return text.rstrip("\n")

    @property
    def tree(self) -> "TreeObject":
        """The tree of the commit."""
        return TreeObject(self.repository, self.commit.tree.decode())


class TreeObject(GitThing):
    """A tree of a repository, as a GraphQL object."""


class BlobObject(GitThing):
    """A blob of a repository, as a GraphQL object."""

    @property
    def content(self) -> bytes:
        """The bytes of the blob."""
        return self.repository.git.blob(self.oid) or b""

    @property
    def is_binary(self) -> bool:
        """Whether git treats the blob as binary: it has a NUL byte among the first 8,000 bytes."""
        return b"\0" in self.content[:8000]


@dataclass(frozen=True)
class TreeEntryObject:
    """An entry of a git tree in a repository, as a GraphQL object."""

    repository: Repository
    entry: TreeEntry


@dataclass(frozen=True)
class RefObject:
    """A reference of a repository, by its full name (`refs/heads/main`), as a GraphQL object."""

    repository: Repository
    full_name: str

    @property
    def node_id(self) -> str:
        """The node id, which encodes repository and name."""
        return node_id_of(self, self.full_name)


PREFIX: dict[type, str] = {CommitObject: "C", TreeObject: "T", BlobObject: "B", RefObject: "REF"}
ENTRY_KINDS: dict[str, type[GitThing]] = {"commit": CommitObject, "tree": TreeObject, "blob": BlobObject}
KINDS = {prefix: kind for kind, prefix in PREFIX.items()}


def node_id_of(it: GitThing | RefObject, name: str) -> str:
    """Return the node id of a git object or reference, which encodes its type, its repository and `name`.

    `name` is the oid, or the full name of a reference.
    """
    text = f"{it.repository.id}:{name}"
    return f"{PREFIX[type(it)]}_{base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')}"


def find_node(context: Context, node_id: str) -> Any:
    """Return the object with a node id: an issue, a label, a commit ... Raises ApiError 404 if there is none.

    Only for git objects it is checked that the caller may read them.
    """
    missing = not_found(f"Could not resolve to a node with the global id of '{node_id}'")
    found: Node | None = context.world.nodes.get(node_id)
    if found:
        return found
    prefix, _, rest = node_id.partition("_")
    try:
        number, _, name = base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4)).decode().partition(":")
        repository = next(r for r in context.world.repositories.values() if str(r.id) == number)
    except (binascii.Error, ValueError, StopIteration):
        raise missing from None
    kind = KINDS.get(prefix)
    context.check(repository, "code:read")
    if kind is None or not (repository.git.ref(name) if kind is RefObject else repository.git.read(name)):
        raise missing
    return kind(repository, name)


def git_object(repository: Repository, oid: str | None) -> GitThing | None:
    """Return the commit, tree or blob of an oid, None if there is none."""
    found = repository.git.read(oid) if oid else None
    if oid is None or found is None:
        return None
    kinds: dict[str, type[GitThing]] = {"Commit": CommitObject, "Tree": TreeObject, "Blob": BlobObject}
    return kinds[type(found).__name__](repository, oid)


def object_at(
    it: Repository, context: Context, expression: str | None = None, oid: str | None = None
) -> GitThing | None:
    """Resolve the field `object` of the repository `it`: the git object of an oid or a git expression.

    An expression is for example `main:notes/x.md`. None if there is no such object; ApiError 422 is raised if
    neither is given.
    """
    context.check(it, "code:read")
    if expression is None and oid is None:
        raise ApiError(422, "Must provide either an expression or an oid")
    return git_object(it, oid or it.git.resolve(expression or "", it.default_branch))


def _history(it: CommitObject, _: Context, path: str | None = None, **args: Any) -> dict[str, Any]:
    def walk() -> Iterator[CommitObject]:
        for commit in it.repository.git.history(it.oid):
            found = CommitObject(it.repository, commit.id.decode())
            if not path or _touches(found, path):
                yield found

    return walked(walk, args)


def _file(it: CommitObject, _: Context, path: str) -> TreeEntryObject | None:
    found = it.repository.git.file_at(it.oid, path)
    return TreeEntryObject(it.repository, found) if found else None


def _touches(it: CommitObject, path: str) -> bool:
    git = it.repository.git
    before = [git.at(parent.decode(), path) for parent in it.commit.parents] or [None]
    return all(git.at(it.oid, path) != old for old in before)


def _actor(it: CommitObject, context: Context, identity: bytes) -> dict[str, Any]:
    person = identity_of(identity)
    return {
        "name": person.name,
        "email": person.email,
        "date": commit_time(it.commit),
        "user": _user(context.world, account_of(context.world, identity)),
    }


def _user(world: World, account: User | None) -> User | dict[str, Any] | None:
    """Return the account of a commit; here, unlike elsewhere in GraphQL, a bot's login is slug[bot]."""
    if account is None or account.type != "Bot":
        return account
    view = {"id": account.node_id, "databaseId": account.id, "login": account.login, "name": None}
    return view | {"url": page(world, account)}


def _signature(it: CommitObject, _: Context) -> dict[str, Any] | None:
    if it.oid not in it.repository.git.signed:
        return None
    return {
        "__typename": "GpgSignature",
        "email": "noreply@github.com",
        "isValid": True,
        "state": "VALID",
        "wasSignedByGitHub": True,
        "payload": it.message,
        "signature": "-----BEGIN PGP SIGNATURE-----",
        "signer": None,
        "verifiedAt": commit_time(it.commit),
    }


def _changes(it: CommitObject) -> Iterator[tuple[int, int]]:
    parents = it.commit.parents
    before = parents[0].decode() if parents else None
    return ((c.additions, c.deletions) for c in compare(it.repository, before, it.oid))


def _entries(it: GitThing, _: Context) -> list[TreeEntryObject]:
    return [TreeEntryObject(it.repository, entry) for entry in it.repository.git.entries(it.oid)]


def _extension(it: TreeEntryObject, _: Context) -> str:
    _name, dot, extension = it.entry.name.rpartition(".")
    return f".{extension}" if dot else ""


def _url(world: World, it: GitThing) -> str:
    return page(world, it.repository, f"/commit/{it.oid}")


def _branch(it: RefObject, _: Context) -> str:
    return it.full_name.removeprefix("refs/heads/").removeprefix("refs/tags/")


fields_of(
    GitThing,
    {
        "id": lambda it, _: it.node_id,
        "abbreviatedOid": lambda it, _: it.oid[:7],
        "commitUrl": lambda it, context: _url(context.world, it),
    },
)
fields_of(
    CommitObject,
    {
        "messageHeadline": lambda it, _: it.message.partition("\n")[0],
        "messageBody": lambda it, _: it.message.partition("\n")[2].lstrip("\n"),
        "committedDate": lambda it, _: commit_time(it.commit),
        "authoredDate": lambda it, _: commit_time(it.commit),
        "author": lambda it, context: _actor(it, context, it.commit.author),
        "committer": lambda it, context: _actor(it, context, it.commit.committer),
        "parents": lambda it, _, **args: connection(
            [CommitObject(it.repository, parent.decode()) for parent in it.commit.parents], args
        ),
        "history": _history,
        "file": _file,
        "signature": _signature,
        "committedViaWeb": lambda it, _: it.oid in it.repository.git.signed,
        "additions": lambda it, _: sum(added for added, _ in _changes(it)),
        "deletions": lambda it, _: sum(removed for _, removed in _changes(it)),
        "changedFilesIfAvailable": lambda it, _: sum(1 for _ in _changes(it)),
        "url": lambda it, context: _url(context.world, it),
        "associatedPullRequests": lambda it, _, orderBy=None, **args: connection(  # noqa: N803
            [pull for pull in pulls_of(it.repository) if pull.head_oid == it.oid], args
        ),
    },
)


def _entry_object(it: TreeEntryObject, _: Context) -> GitThing | None:
    if it.entry.kind == "commit":  # of a submodule, which another repository has
        return git_object(it.repository, it.entry.oid)
    # the type is taken from the mode, since reading every object for its type would be slow
    return ENTRY_KINDS[it.entry.kind](it.repository, it.entry.oid)


fields_of(TreeObject, {"entries": _entries})
fields_of(
    BlobObject,
    {
        "byteSize": lambda it, _: len(it.content),
        "isTruncated": lambda it, _: len(it.content) > LONGEST_TEXT,
        "text": lambda it, _: None if it.is_binary else it.content[:LONGEST_TEXT].decode("utf-8", "replace"),
    },
)
fields_of(
    TreeEntryObject,
    {
        "name": lambda it, _: it.entry.name,
        "path": lambda it, _: it.entry.path,
        "mode": lambda it, _: it.entry.mode,
        "type": lambda it, _: it.entry.kind,
        "oid": lambda it, _: it.entry.oid,
        "extension": _extension,
        "size": lambda it, _: len(it.repository.git.blob(it.entry.oid) or b""),
        "object": _entry_object,
    },
)
fields_of(
    RefObject,
    {
        "id": lambda it, _: it.node_id,
        "name": _branch,
        "prefix": lambda it, context: it.full_name.removesuffix(_branch(it, context)),
        "target": lambda it, _: git_object(it.repository, it.repository.git.ref(it.full_name)),
        "associatedPullRequests": lambda it, context, states=None, **args: connection(
            [
                pull
                for pull in pulls_of(it.repository)
                if pull.head_ref == _branch(it, context) and (not states or pull.state.upper() in states)
            ],
            {name: value for name, value in args.items() if name in ("first", "last", "after", "before")},
        ),
    },
)
