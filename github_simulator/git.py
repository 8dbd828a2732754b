"""Git repositories, on disk or in memory. Paths are text, oids 40 hexadecimal digits, times in UTC."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cachetools import LRUCache
from dulwich.errors import RefFormatError
from dulwich.objects import Blob, Commit, ObjectID, ShaFile, Tree
from dulwich.refs import Ref
from dulwich.repo import MemoryRepo, Repo

from github_simulator.commit_graph import CommitGraph

FILE, FOLDER, LINK, SUBMODULE = 0o100644, 0o040000, 0o120000, 0o160000
Other = tuple[int, str]
"""Git's mode and the oid of a symbolic link (whose blob is the path to which it leads) or of a submodule."""
TREES = 500  # trees in the cache at most
BLOBS = 8 << 20  # bytes of blobs in the cache at most


@dataclass(frozen=True, slots=True)
class GitIdentity:
    """The name and e-mail address of an author or committer."""

    name: str
    email: str

    def __bytes__(self) -> bytes:
        return f"{self.name} <{self.email}>".encode()


GITHUB = GitIdentity("GitHub", "noreply@github.com")  # the committer of commits made through the API


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One entry of a git tree: a file, a folder or a submodule; `path` is relative to that tree.

    `mode` is git's, such as 0o100644 for a file.
    """

    path: str
    mode: int
    oid: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def kind(self) -> str:
        """The type of the object: "tree", "blob", or "commit" for a submodule."""
        return {0o04: "tree", 0o16: "commit"}.get(self.mode >> 12, "blob")


class GitStore:
    """A bare git repository, in the folder `path`, or in memory if that is None.

    `signed` has the oids of the commits that the API shows as verified.
    """

    def __init__(self, path: Path | None = None, default_branch: str = "main") -> None:
        self.path = path
        self.signed: set[str] = set()
        self._repo: Repo | MemoryRepo = _on_disk(path, default_branch) if path else MemoryRepo()
        self._frozen: dict[str, str] | None = None
        self._graph = CommitGraph(self.commit_at)
        # caches, since objects never change: all commits that were read, recently used trees and blobs
        self._known: dict[str, Commit] = {}
        self._trees: LRUCache[str, Mapping[str, TreeEntry]] = LRUCache(TREES)
        self._blobs: LRUCache[str, bytes] = LRUCache(BLOBS, getsizeof=len)

    def close(self) -> None:
        """Close the repository's files."""
        self._repo.close()

    def __deepcopy__(self, memo: dict[int, object]) -> "GitStore":
        """Return a store of the same objects whose references stay as they are now, for stale reads."""
        copy = object.__new__(GitStore)
        copy.path, copy.signed, copy._repo = self.path, set(self.signed), self._repo
        copy._frozen, copy._graph = self.refs("refs/"), self._graph
        copy._known, copy._trees, copy._blobs = self._known, self._trees, self._blobs
        return copy

    # -- references

    def refs(self, prefix: str = "refs/heads/") -> dict[str, str]:
        """Return the oids of all references below `prefix`, by full name (`refs/heads/main`), sorted."""
        found = self._frozen
        if found is None:
            there = self._repo.refs.as_dict(Ref(b"refs"))
            found = {f"refs/{name.decode()}": oid.decode() for name, oid in there.items()}
        return {name: oid for name, oid in sorted(found.items()) if name.startswith(prefix)}

    def ref(self, name: str) -> str | None:
        """Return the oid of a reference by its full name (`refs/heads/main`), None if there is none."""
        if self._frozen is not None:
            return self._frozen.get(name)
        try:
            return self._repo.refs[Ref(name.encode())].decode() if name.startswith("refs/") else None
        except (KeyError, RefFormatError):
            return None

    def branch(self, name: str) -> str | None:
        """Return the oid of a branch's head, None if there is no such branch."""
        return self.ref(f"refs/heads/{name}")

    def set_ref(self, name: str, oid: str) -> None:
        """Point the reference with the full name `name` (`refs/heads/main`) at a commit, or create it."""
        self._repo.refs[Ref(name.encode())] = ObjectID(oid.encode())

    def delete_ref(self, name: str) -> None:
        """Remove the reference with the full name `name` (`refs/heads/main`)."""
        self._repo.refs.remove_if_equals(Ref(name.encode()), None)

    # -- reading objects

    def read(self, oid: str) -> ShaFile | None:
        """Return the commit, tree, blob or tag with an oid, None if there is none."""
        if oid in self._known or not re.fullmatch("[0-9a-f]{40}", oid):
            return self._known.get(oid)
        try:
            found = self._repo[oid.encode()]
        except KeyError:
            return None
        if isinstance(found, Commit):
            self._known[oid] = found
        return found

    def commit_at(self, oid: str) -> Commit | None:
        """Return a commit by its oid, None if there is none or it is no commit."""
        found = self.read(oid)
        return found if isinstance(found, Commit) else None

    def resolve(self, expression: str, default_branch: str) -> str | None:
        """Return the oid that an expression means, None if it means nothing.

        It is `HEAD` (the default branch), a branch, a reference with or without `refs/`, an oid, or one of
        these with `:<path>` for a file or folder there.
        """
        name, colon, path = expression.partition(":")
        branch = default_branch if name == "HEAD" else name
        oid = self.branch(branch) or self.ref(name) or self.ref(f"refs/{name}")
        oid = oid or (name if self.read(name) else None)
        if oid is None or not colon:
            return oid
        return self.at(oid, path.strip("/"))

    def tree_of(self, oid: str) -> str | None:
        """Return the oid of the tree of the commit `oid`, or `oid` itself if it is a tree; else None."""
        found = self.read(oid)
        if isinstance(found, Commit):
            return bytes(found.tree).decode()
        return oid if isinstance(found, Tree) else None

    def at(self, oid: str, path: str) -> str | None:
        """Return the oid of the file or folder at `path` in the commit or tree `oid`, None if there is none.

        An empty path means the tree itself.
        """
        here = self.tree_of(oid)
        for part in filter(None, path.split("/")):
            found = self.names(here).get(part) if here else None
            here = found.oid if found else None
        return here

    def file_at(self, oid: str, path: str) -> TreeEntry | None:
        """Return the entry of the file at `path` in the commit or tree `oid`; None if there is none."""
        folder, _, name = path.rpartition("/")
        tree = self.at(oid, folder)
        found = self.names(tree).get(name) if tree else None
        return replace(found, path=path) if found and found.kind == "blob" else None

    def entries(self, tree: str) -> list[TreeEntry]:
        """Return the direct entries of the tree with the oid `tree`, in git's order; empty if it is none."""
        return list(self.names(tree).values())

    def names(self, tree: str) -> Mapping[str, TreeEntry]:
        """Return the direct entries of the tree with the oid `tree`, by name, in git's order.

        It is empty if the oid is not that of a tree.
        """
        known = self._trees.get(tree)
        if known is None:
            found = self.read(tree)
            items = found.items() if isinstance(found, Tree) else ()
            entries = (TreeEntry(e.path.decode("utf-8", "replace"), e.mode, e.sha.decode()) for e in items)
            known = self._trees[tree] = {entry.path: entry for entry in entries}
        return known

    def walk(self, tree: str, below: str = "") -> Iterator[TreeEntry]:
        """Yield all entries of the tree with the oid `tree` and of the trees in it, parents first.

        Their paths are relative to it, with `below` before them.
        """
        for entry in self.entries(tree):
            full = TreeEntry(f"{below}{entry.path}", entry.mode, entry.oid)
            yield full
            if entry.kind == "tree":
                yield from self.walk(entry.oid, f"{full.path}/")

    def files(self, oid: str) -> dict[str, TreeEntry]:
        """Return the entries of all files in the commit or tree `oid`, by path."""
        tree = self.tree_of(oid)
        return {e.path: e for e in self.walk(tree) if e.kind == "blob"} if tree else {}

    def differing(
        self, old: str | None, new: str | None, below: str = ""
    ) -> Iterator[tuple[str, TreeEntry | None, TreeEntry | None]]:
        """Yield the files that differ between the trees `old` and `new`, as path, entry before, entry after.

        The trees are oids, None for an empty one. An entry is None where there is no such file. The paths
        have `below` before them. Subtrees with the same oid on both sides are skipped.
        """
        before, after = (self.names(tree) if tree else {} for tree in (old, new))
        for name in sorted(before.keys() | after.keys()):
            was, now = before.get(name), after.get(name)
            if was == now:
                continue
            was_tree, now_tree = (e.oid if e and e.kind == "tree" else None for e in (was, now))
            if was_tree or now_tree:
                yield from self.differing(was_tree, now_tree, f"{below}{name}/")
            files = [None if e is None or e.kind == "tree" else e for e in (was, now)]
            if any(files):
                yield f"{below}{name}", files[0], files[1]

    def blob(self, oid: str) -> bytes | None:
        """Return the bytes of a blob, None if there is none of this oid."""
        known = self._blobs.get(oid)
        if known is not None:
            return known
        found = self.read(oid)
        if not isinstance(found, Blob):
            return None
        data: bytes = found.data
        if len(data) <= BLOBS:
            self._blobs[oid] = data
        return data

    # -- ancestry

    def history(self, oid: str) -> Iterator[Commit]:
        """Yield the commit `oid` and all its ancestors, newest first."""
        return self._graph.history(oid)

    def between(self, base: str, head: str) -> list[Commit]:
        """Return the commits that are reachable from `head` and not from `base`, oldest first."""
        found = map(self.commit_at, self._graph.between(base, head))
        return [commit for commit in found if commit]

    def merge_base(self, ours: str, theirs: str) -> str | None:
        """Return the oid of the newest common ancestor of two commits, given as oids; None without one."""
        return self._graph.merge_base(ours, theirs)

    def has_ancestor(self, oid: str, other: str) -> bool:
        """Return whether `other` is the commit `oid` itself or one of its ancestors."""
        return self._graph.has_ancestor(oid, other)

    # -- writing objects

    def add_blob(self, content: bytes) -> str:
        """Store the bytes of a file and return the oid of the blob."""
        return self._store(Blob.from_string(content))

    def add_tree(self, entries: Mapping[str, tuple[int, str]]) -> str:
        """Store a tree and return its oid.

        `entries` has git's mode and the oid of each entry by its name, which has no slashes.
        """
        tree = Tree()
        for name, (mode, oid) in entries.items():
            tree.add(name.encode(), mode, ObjectID(oid.encode()))
        return self._store(tree)

    def changed_tree(self, tree: str | None, changes: Mapping[str, tuple[int, str] | None]) -> str:
        """Store a changed copy of the tree with the oid `tree` (None: an empty one), and return its oid.

        `changes` has, by path, git's mode and the oid of a file to add or replace, or None to remove it.
        Folders that become empty are removed.
        """
        here = {name: (e.mode, e.oid) for name, e in self.names(tree).items()} if tree else {}
        folders: dict[str, dict[str, tuple[int, str] | None]] = {}
        for path, change in changes.items():
            name, slash, rest = path.partition("/")
            if slash:
                folders.setdefault(name, {})[rest] = change
            elif change:
                here[name] = change
            else:
                here.pop(name, None)
        for name, inner in folders.items():
            old = here.get(name)
            made = self.changed_tree(old[1] if old and old[0] == FOLDER else None, inner)
            if self.names(made):
                here[name] = FOLDER, made
            else:
                here.pop(name, None)
        return self.add_tree(here)

    def with_files(self, base: str | None, files: Mapping[str, bytes | Other | None]) -> str:
        """Store a changed copy of the tree of the commit `base` (None: an empty one), and return its oid.

        `files` has the new bytes of each changed file by path, or None to delete it; for a symbolic link or a
        submodule it has mode and oid.
        """
        changes = {p: (FILE, self.add_blob(c)) if isinstance(c, bytes) else c for p, c in files.items()}
        return self.changed_tree(self.tree_of(base) if base else None, changes)

    def add_commit(
        self,
        tree: str,
        parents: list[str],
        message: str,
        when: datetime,
        author: GitIdentity,
        committer: GitIdentity = GITHUB,
        *,
        signed: bool = False,
    ) -> str:
        """Store a commit of the tree with the oid `tree` and return its oid; no branch moves.

        `parents` are oids, `when` is its time. `signed`: whether the API shows it as verified.
        """
        commit = Commit()
        commit.tree = ObjectID(tree.encode())
        commit.parents = [ObjectID(parent.encode()) for parent in parents]
        commit.author, commit.committer = bytes(author), bytes(committer)
        commit.author_time = commit.commit_time = int(when.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        commit.message = message.encode()
        oid = self._store(commit)
        if signed:
            self.signed.add(oid)
        return oid

    def _store(self, thing: ShaFile) -> str:
        self._repo.object_store.add_object(thing)
        return thing.id.decode()


def _on_disk(path: Path, default_branch: str) -> Repo:
    path.mkdir(parents=True, exist_ok=True)
    return Repo.init_bare(str(path), default_branch=default_branch.encode())


def commit_time(commit: Commit) -> datetime:
    """Return when a commit was made, in UTC."""
    return datetime.fromtimestamp(commit.commit_time, UTC)


def identity_of(identity: bytes) -> GitIdentity:
    """Return the name and address in a git commit's `Name <address>` of its author or committer."""
    name, _, email = identity.decode("utf-8", "replace").partition(" <")
    return GitIdentity(name, email.rstrip(">"))
