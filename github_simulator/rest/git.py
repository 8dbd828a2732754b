"""The git database: references, commits, trees, blobs."""

import base64
import binascii
from datetime import datetime
from typing import Any

from github_simulator import branches, views
from github_simulator.errors import unprocessable
from github_simulator.git import Person
from github_simulator.permissions import check
from github_simulator.rest.request import Call, found, operation
from github_simulator.state import Repository
from github_simulator.views.base import Json
from github_simulator.world import mail


def _shown(call: Call, repository: Repository, name: str) -> Json:
    return views.ref(call.world, repository, name, found(repository.git.ref(name)))


@operation("git/get-ref")
def get_ref(call: Call) -> Json:
    """Answer with a reference; `ref` is without its "refs/"."""
    return _shown(call, call.repository("code:read"), f"refs/{call.params['ref']}")


@operation("git/list-matching-refs")
def matching_refs(call: Call) -> list[Json]:
    """Answer with all references that begin so."""
    repository = call.repository("code:read")
    names = [n for n in repository.git.refs("refs/") if n.startswith(f"refs/{call.params['ref']}")]
    return [_shown(call, repository, name) for name in sorted(names)]


@operation("git/create-ref", 201)
def create_ref(call: Call) -> Json:
    """Create a reference."""
    repository = call.repository()
    branches.create_ref(call.world, call.actor, repository, call.body["ref"], call.body["sha"])
    return _shown(call, repository, call.body["ref"])


@operation("git/update-ref")
def update_ref(call: Call) -> Json:
    """Move a reference."""
    repository, name = call.repository(), f"refs/{call.params['ref']}"
    force = bool(call.body.get("force"))
    branches.update_ref(call.world, call.actor, repository, name, call.body["sha"], force=force)
    return _shown(call, repository, name)


@operation("git/delete-ref", 204)
def delete_ref(call: Call) -> None:
    """Delete a reference."""
    branches.delete_ref(call.world, call.actor, call.repository(), f"refs/{call.params['ref']}")


@operation("git/get-commit")
def get_commit(call: Call) -> Json:
    """Answer with a commit."""
    repository = call.repository("code:read")
    commit = found(repository.git.commit_at(call.params["commit_sha"]))
    return views.git_commit(call.world, repository, commit)


@operation("git/create-commit", 201)
def create_commit(call: Call) -> Json:
    """Store a commit of an existing tree; a bot's own is signed when it names no author.

    https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification
    """
    repository, body = call.repository("code:write"), call.body
    parents: list[str] = list(body.get("parents", []))
    if not repository.git.tree_of(body["tree"]):
        raise unprocessable("Tree SHA does not exist")
    if not all(repository.git.commit_at(parent) for parent in parents):
        raise unprocessable("Parent SHA does not exist or is not a commit object")
    named = body.get("author")
    author = Person(named["name"], named["email"]) if named else mail(call.actor.account)
    when = datetime.fromisoformat(named["date"]) if named and "date" in named else call.world.now()
    signed = call.actor.installation is not None and not named and not body.get("committer")
    oid = repository.git.add_commit(body["tree"], parents, body["message"], when, author, signed=signed)
    return views.git_commit(call.world, repository, found(repository.git.commit_at(oid)))


@operation("git/get-tree")
def get_tree(call: Call) -> Json:
    """Answer with a tree, with all below it when `recursive` is there at all."""
    repository = call.repository("code:read")
    git = repository.git
    start = found(git.resolve(call.params["tree_sha"], repository.default_branch))
    oid = found(git.tree_of(start))
    entries = list(git.walk(oid)) if "recursive" in call.query else git.entries(oid)
    return views.tree(call.world, repository, oid, entries)


@operation("git/create-tree", 201)
def create_tree(call: Call) -> Json:
    """Store a tree: `base_tree` with entries put in (`content` or `sha`) or taken out (`sha` null)."""
    repository = call.repository("code:write")
    git, base = repository.git, call.body.get("base_tree")
    changes = {entry["path"]: _entry(repository, entry) for entry in call.body["tree"]}
    oid = git.changed_tree(git.tree_of(base) if base else None, changes)
    return views.tree(call.world, repository, oid, git.entries(oid))


def _entry(repository: Repository, entry: dict[str, Any]) -> tuple[int, str] | None:
    if entry.get("content") is not None:
        return int(entry.get("mode", "100644"), 8), repository.git.add_blob(entry["content"].encode())
    if entry.get("sha") is None:
        return None
    if repository.git.read(entry["sha"]) is None:
        raise unprocessable(f"tree.sha {entry['sha']} is not a valid blob")
    return int(entry.get("mode", "100644"), 8), entry["sha"]


@operation("git/get-blob")
def get_blob(call: Call) -> Json:
    """Answer with the bytes of a file."""
    repository = call.repository("code:read")
    content = found(repository.git.blob(call.params["file_sha"]))
    return views.blob(call.world, repository, call.params["file_sha"], content)


@operation("git/create-blob", 201)
def create_blob(call: Call) -> Json:
    """Store the bytes of a file, given as text or base64."""
    repository = call.repository()
    check(call.actor, repository, "code:write")
    content = call.body["content"]
    try:
        plain = call.body.get("encoding") != "base64"
        data = content.encode() if plain else base64.b64decode(content)
    except (binascii.Error, ValueError):
        raise unprocessable("content is not valid Base64") from None
    oid = repository.git.add_blob(data)
    return {"sha": oid, "url": views.blob(call.world, repository, oid, b"")["url"]}
