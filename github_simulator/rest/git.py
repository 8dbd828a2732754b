"""The git database API: references, commits, trees, blobs."""

import base64
import binascii
from datetime import datetime
from typing import Any

from github_simulator import branches, views
from github_simulator.errors import unprocessable
from github_simulator.git import GitIdentity
from github_simulator.permissions import check
from github_simulator.rest.request import RestRequest, operation, or_404
from github_simulator.state import Repository
from github_simulator.views.base import Json
from github_simulator.world import git_identity


def _shown(request: RestRequest, repository: Repository, name: str) -> Json:
    return views.ref(request.world, repository, name, or_404(repository.git.ref(name)))


@operation("git/get-ref")
def get_ref(request: RestRequest) -> Json:
    """Return a reference; `ref` in the path is its name without "refs/"."""
    return _shown(request, request.repository("code:read"), f"refs/{request.params['ref']}")


@operation("git/list-matching-refs")
def matching_refs(request: RestRequest) -> list[Json]:
    """Return all references whose name begins with `ref` of the path, which is without "refs/"."""
    repository = request.repository("code:read")
    names = [n for n in repository.git.refs("refs/") if n.startswith(f"refs/{request.params['ref']}")]
    return [_shown(request, repository, name) for name in sorted(names)]


@operation("git/create-ref", 201)
def create_ref(request: RestRequest) -> Json:
    """Create a reference."""
    repository = request.repository()
    branches.create_ref(request.world, request.actor, repository, request.body["ref"], request.body["sha"])
    return _shown(request, repository, request.body["ref"])


@operation("git/update-ref")
def update_ref(request: RestRequest) -> Json:
    """Point a reference at another commit."""
    repository, name = request.repository(), f"refs/{request.params['ref']}"
    force = bool(request.body.get("force"))
    branches.update_ref(request.world, request.actor, repository, name, request.body["sha"], force=force)
    return _shown(request, repository, name)


@operation("git/delete-ref", 204)
def delete_ref(request: RestRequest) -> None:
    """Delete a reference."""
    branches.delete_ref(request.world, request.actor, request.repository(), f"refs/{request.params['ref']}")


@operation("git/get-commit")
def get_commit(request: RestRequest) -> Json:
    """Return a commit."""
    repository = request.repository("code:read")
    commit = or_404(repository.git.commit_at(request.params["commit_sha"]))
    return views.git_commit(request.world, repository, commit)


@operation("git/create-commit", 201)
def create_commit(request: RestRequest) -> Json:
    """Create a commit of an existing tree.

    One by an app is signed if the request names neither author nor committer.

    https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification
    """
    repository, body = request.repository("code:write"), request.body
    parents: list[str] = list(body.get("parents", []))
    if not repository.git.tree_of(body["tree"]):
        raise unprocessable("Tree SHA does not exist")
    if not all(repository.git.commit_at(parent) for parent in parents):
        raise unprocessable("Parent SHA does not exist or is not a commit object")
    named = body.get("author")
    author = GitIdentity(named["name"], named["email"]) if named else git_identity(request.actor.account)
    when = datetime.fromisoformat(named["date"]) if named and "date" in named else request.world.now()
    signed = request.actor.installation is not None and not named and not body.get("committer")
    oid = repository.git.add_commit(body["tree"], parents, body["message"], when, author, signed=signed)
    return views.git_commit(request.world, repository, or_404(repository.git.commit_at(oid)))


@operation("git/get-tree")
def get_tree(request: RestRequest) -> Json:
    """Return a tree, with its subtrees if the query has `recursive`, whatever its value."""
    repository = request.repository("code:read")
    git = repository.git
    start = or_404(git.resolve(request.params["tree_sha"], repository.default_branch))
    oid = or_404(git.tree_of(start))
    entries = list(git.walk(oid)) if "recursive" in request.query else git.entries(oid)
    return views.tree(request.world, repository, oid, entries)


@operation("git/create-tree", 201)
def create_tree(request: RestRequest) -> Json:
    """Create a tree from `base_tree` in the body, with the entries of `tree` added or removed.

    An entry has `content` or `sha`; one whose `sha` is null is removed.
    """
    repository = request.repository("code:write")
    git, base = repository.git, request.body.get("base_tree")
    changes = {entry["path"]: _entry(repository, entry) for entry in request.body["tree"]}
    oid = git.changed_tree(git.tree_of(base) if base else None, changes)
    return views.tree(request.world, repository, oid, git.entries(oid))


def _entry(repository: Repository, entry: dict[str, Any]) -> tuple[int, str] | None:
    if entry.get("content") is not None:
        return int(entry.get("mode", "100644"), 8), repository.git.add_blob(entry["content"].encode())
    if entry.get("sha") is None:
        return None
    if repository.git.read(entry["sha"]) is None:
        raise unprocessable(f"tree.sha {entry['sha']} is not a valid blob")
    return int(entry.get("mode", "100644"), 8), entry["sha"]


@operation("git/get-blob")
def get_blob(request: RestRequest) -> Json:
    """Return a blob, in base64."""
    repository = request.repository("code:read")
    content = or_404(repository.git.blob(request.params["file_sha"]))
    return views.blob(request.world, repository, request.params["file_sha"], content)


@operation("git/create-blob", 201)
def create_blob(request: RestRequest) -> Json:
    """Create a blob from text or base64."""
    repository = request.repository()
    check(request.actor, repository, "code:write")
    content = request.body["content"]
    try:
        plain = request.body.get("encoding") != "base64"
        data = content.encode() if plain else base64.b64decode(content)
    except (binascii.Error, ValueError):
        raise unprocessable("content is not valid Base64") from None
    oid = repository.git.add_blob(data)
    return {"sha": oid, "url": views.blob(request.world, repository, oid, b"")["url"]}
