"""The JSON of commits, references, branches, trees, blobs and contents."""

import base64
from urllib.parse import quote

from dulwich.objects import Commit

from github_simulator.git import TreeEntry, commit_time, identity_of
from github_simulator.pulls import Change, compare
from github_simulator.state import Repository, User
from github_simulator.views.accounts import user
from github_simulator.views.base import Json, page, repo_api, time
from github_simulator.world import World


def _git_user(identity: bytes, it: Commit) -> Json:
    person = identity_of(identity)
    return {"name": person.name, "email": person.email, "date": time(commit_time(it))}


def account_of(world: World, identity: bytes) -> User | None:
    """Return the account of the author or committer of a commit, None if there is none.

    `identity` is their `Name <address>` in git; the account is found by GitHub's no-reply address.
    """
    login = identity_of(identity).email.partition("@")[0].partition("+")[2]
    return world.users.get(login.lower())


def _verification(repository: Repository, it: Commit) -> Json:
    signed = it.id.decode() in repository.git.signed
    return {
        "verified": signed,
        "reason": "valid" if signed else "unsigned",
        "signature": "-----BEGIN PGP SIGNATURE-----" if signed else None,
        "payload": it.message.decode("utf-8", "replace") if signed else None,
        "verified_at": time(commit_time(it)) if signed else None,
    }


def git_commit(world: World, repository: Repository, it: Commit) -> Json:
    """Return the JSON of a commit as REST's git database API has it."""
    oid = it.id.decode()
    return {
        "sha": oid,
        "node_id": f"C_{oid}",
        "url": repo_api(world, repository, f"/git/commits/{oid}"),
        "html_url": page(world, repository, f"/commit/{oid}"),
        "author": _git_user(it.author, it),
        "committer": _git_user(it.committer, it),
        "message": it.message.decode("utf-8", "replace"),
        "tree": _pointer(world, repository, "trees", it.tree.decode()),
        "parents": [_parent(world, repository, parent.decode()) for parent in it.parents],
        "verification": _verification(repository, it),
    }


def _pointer(world: World, repository: Repository, kind: str, oid: str) -> Json:
    return {"sha": oid, "url": repo_api(world, repository, f"/git/{kind}/{oid}")}


def _parent(world: World, repository: Repository, oid: str) -> Json:
    return _pointer(world, repository, "commits", oid) | {
        "html_url": page(world, repository, f"/commit/{oid}")
    }


def commit(world: World, repository: Repository, it: Commit) -> Json:
    """Return the JSON of a commit as REST has it in lists of commits."""
    oid, inner = it.id.decode(), git_commit(world, repository, it)
    author, committer = account_of(world, it.author), account_of(world, it.committer)
    kept = ("author", "committer", "message", "tree", "verification", "url")
    return {
        "sha": oid,
        "node_id": inner["node_id"],
        "url": repo_api(world, repository, f"/commits/{oid}"),
        "html_url": inner["html_url"],
        "comments_url": repo_api(world, repository, f"/commits/{oid}/comments"),
        "commit": {key: inner[key] for key in kept} | {"comment_count": 0},
        "author": user(world, author) if author else None,
        "committer": user(world, committer) if committer else None,
        "parents": inner["parents"],
    }


def comparison(world: World, repository: Repository, base: str, head: str) -> Json:
    """Return the JSON of a comparison of the commits `base` and `head`, given as oids.

    It has the commits and files that `head` adds to their common ancestor.
    """
    git = repository.git
    fork = git.merge_base(base, head) or base
    ahead, behind = git.between(base, head), git.between(head, base)
    names = {(True, True): "diverged", (True, False): "ahead", (False, True): "behind"}
    html = page(world, repository, f"/compare/{base}...{head}")
    return {
        "url": repo_api(world, repository, f"/compare/{base}...{head}"),
        "html_url": html,
        "permalink_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "base_commit": _commit_at(world, repository, base),
        "merge_base_commit": _commit_at(world, repository, fork),
        "status": names.get((bool(ahead), bool(behind)), "identical"),
        "ahead_by": len(ahead),
        "behind_by": len(behind),
        "total_commits": len(ahead),
        "commits": [commit(world, repository, each) for each in ahead],
        "files": [change(world, repository, head, each) for each in compare(repository, fork, head)],
    }


def _commit_at(world: World, repository: Repository, oid: str) -> Json | None:
    found = repository.git.commit_at(oid)
    return commit(world, repository, found) if found else None


def change(world: World, repository: Repository, head: str, it: Change) -> Json:
    """Return the JSON of a file that a commit or pull request changes.

    `head` is the oid of the commit with the file after the change.
    """
    path = quote(it.path)
    view: Json = {
        "sha": it.oid,
        "filename": it.path,
        "status": it.status,
        "additions": it.additions,
        "deletions": it.deletions,
        "changes": it.additions + it.deletions,
        "blob_url": page(world, repository, f"/blob/{head}/{path}"),
        "raw_url": page(world, repository, f"/raw/{head}/{path}"),
        "contents_url": repo_api(world, repository, f"/contents/{path}?ref={head}"),
    }
    if it.patch is not None:
        view["patch"] = it.patch
    return view | ({"previous_filename": it.previous} if it.previous else {})


def ref(world: World, repository: Repository, name: str, oid: str) -> Json:
    """Return the JSON of a reference at the oid `oid`; `name` is the full one, `refs/heads/main`."""
    target = _pointer(world, repository, "commits", oid) | {"type": "commit"}
    return {
        "ref": name,
        "node_id": f"REF_{repository.id}_{name}",
        "url": repo_api(world, repository, f"/git/{name}"),
        "object": target,
    }


def branch(world: World, repository: Repository, name: str, oid: str) -> Json:
    """Return the JSON of a branch; `oid` is that of its head."""
    url = repo_api(world, repository, f"/branches/{name}")
    return {
        "name": name,
        "commit": _commit_at(world, repository, oid),
        "_links": {"self": url, "html": page(world, repository, f"/tree/{name}")},
        "protected": False,
        "protection": {"enabled": False},
        "protection_url": f"{url}/protection",
    }


def tree(world: World, repository: Repository, oid: str, entries: list[TreeEntry]) -> Json:
    """Return the JSON of a tree with these entries of it, direct or recursive.

    They are cut off after `World.tree_limit` entries, as GitHub does.
    """
    shown = []
    for entry in entries[: world.tree_limit]:
        kind = {"tree": "trees", "blob": "blobs"}.get(entry.kind, "commits")
        view = _pointer(world, repository, kind, entry.oid)
        view |= {"path": entry.path, "mode": f"{entry.mode:06o}", "type": entry.kind}
        if entry.kind == "blob":
            view["size"] = len(repository.git.blob(entry.oid) or b"")
        shown.append(view)
    return _pointer(world, repository, "trees", oid) | {
        "tree": shown,
        "truncated": len(entries) > world.tree_limit,
    }


def blob(world: World, repository: Repository, oid: str, content: bytes) -> Json:
    """Return the JSON of a blob with the bytes `content`, in base64 with line breaks as GitHub sends it."""
    return _pointer(world, repository, "blobs", oid) | {
        "node_id": f"B_{oid}",
        "size": len(content),
        "encoding": "base64",
        "content": base64.encodebytes(content).decode(),
    }


def content_file(world: World, repository: Repository, name: str, path: str, oid: str) -> Json:
    """Return the JSON of the file at `path`, with its content.

    `name` is the branch or commit in which it is, `oid` that of its blob.
    """
    content = repository.git.blob(oid) or b""
    view = _content(world, repository, name, path, oid, "file", len(content))
    return view | {"encoding": "base64", "content": base64.encodebytes(content).decode()}


def content_folder(world: World, repository: Repository, name: str, path: str, tree_oid: str) -> list[Json]:
    """Return the JSON of each entry of the folder at `path`, without contents.

    `name` is the branch or commit in which it is, `tree_oid` the oid of the folder's tree.
    """
    below = f"{path}/" if path else ""
    return [
        _content(
            world, repository, name, below + entry.name, entry.oid,
            "dir" if entry.kind == "tree" else "file", len(repository.git.blob(entry.oid) or b""),
        )
        for entry in repository.git.entries(tree_oid)
    ]  # fmt: skip


def _content(
    world: World, repository: Repository, name: str, path: str, oid: str, kind: str, size: int
) -> Json:
    url = repo_api(world, repository, f"/contents/{quote(path)}?ref={name}")
    is_file = kind == "file"
    git_url = repo_api(world, repository, f"/git/{'blobs' if is_file else 'trees'}/{oid}")
    html = page(world, repository, f"/{'blob' if is_file else 'tree'}/{name}/{quote(path)}")
    raw = page(world, repository, f"/raw/{name}/{quote(path)}") if is_file else None
    return {
        "type": kind,
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": oid,
        "size": size,
        "url": url,
        "git_url": git_url,
        "html_url": html,
        "download_url": raw,
        "_links": {"self": url, "git": git_url, "html": html},
    }
