"""Repositories, their contents, branches, commits and collaborators."""

import base64
import binascii
from fnmatch import fnmatchcase
from typing import Any

from github_simulator import branches, pulls, tarball, views
from github_simulator.errors import ApiError, invalid, not_found, unprocessable
from github_simulator.permissions import ROLES, role_of
from github_simulator.rest.request import RestRequest, RestResponse, operation, or_404
from github_simulator.state import Repository
from github_simulator.tokens import Actor
from github_simulator.views.base import Json

COARSE = {"triage": "read", "maintain": "write"}
"""The value of `permission` for roles that only `role_name` distinguishes."""


@operation("repos/get")
def get(request: RestRequest) -> Json:
    """Return a repository; for a person also what they may do there."""
    repository = request.repository()
    shown = views.repository(request.world, repository)
    if request.actor.user is None or request.actor.installation:
        return shown
    rank = ROLES.index(role_of(request.actor, repository))
    named = {"pull": "read", "triage": "triage", "push": "write", "maintain": "maintain", "admin": "admin"}
    return shown | {"permissions": {name: rank >= ROLES.index(role) for name, role in named.items()}}


@operation("repos/get-collaborator-permission-level")
def permission_level(request: RestRequest) -> Json:
    """Return the role of an account on a repository; an app needs only `metadata: read` for this."""
    repository = request.repository()
    user = request.world.user(request.params["username"])
    role = role_of(Actor(user), repository)
    shown = views.user(request.world, user) | {"role_name": role}
    return {"permission": COARSE.get(role, role), "role_name": role, "user": shown}


@operation("repos/get-branch")
def get_branch(request: RestRequest) -> Json:
    """Return a branch of a repository."""
    repository = request.repository("code:read")
    name = request.params["branch"]
    oid = repository.git.branch(name)
    if oid is None:
        raise ApiError(404, "Branch not found")
    return views.branch(request.world, repository, name, oid)


@operation("repos/get-branch-rules")
def branch_rules(request: RestRequest) -> RestResponse:
    """Return the rules for a branch, which need not exist.

    https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
    """
    repository, name = request.repository(), request.params["branch"]
    every = [(pattern, kind) for pattern in repository.protected for kind in ("creation", "update")]
    found = [
        {
            "type": kind,
            "ruleset_source_type": "Repository",
            "ruleset_source": repository.full_name,
            "ruleset_id": 1,
        }
        for pattern, kind in [*every, *repository.rules]
        if fnmatchcase(name, pattern.replace("**", "*"))
    ]
    shown, headers = request.page(found)
    return RestResponse(shown, headers=headers)


@operation("repos/list-branches")
def list_branches(request: RestRequest) -> RestResponse:
    """Return all branches of a repository."""
    repository = request.repository("code:read")
    shown, headers = request.page(sorted(repository.git.refs().items()))
    body = [
        {
            "name": name.removeprefix("refs/heads/"),
            "commit": {"sha": oid, "url": views.ref(request.world, repository, name, oid)["object"]["url"]},
            "protected": False,
        }
        for name, oid in shown
    ]
    return RestResponse(body, headers=headers)


@operation("repos/list-commits")
def list_commits(request: RestRequest) -> RestResponse:
    """Return a commit and its ancestors, newest first.

    In the query, `sha` is that commit, as a branch or an oid (by default the head of the default branch).
    With `path`, only commits that change that file or folder are returned.
    """
    repository = request.repository("code:read")
    history = list(repository.git.history(_commit(repository, request.query.get("sha", "HEAD"))))
    if path := request.query.get("path"):
        history = [c for c in history if _touches(repository, c.id.decode(), path)]
    shown, headers = request.page(history)
    return RestResponse([views.commit(request.world, repository, each) for each in shown], headers=headers)


def _touches(repository: Repository, oid: str, path: str) -> bool:
    git = repository.git
    commit = git.commit_at(oid)
    parents = [parent.decode() for parent in commit.parents] if commit else []
    here = git.at(oid, path)
    return all(git.at(parent, path) != here for parent in parents) and (bool(parents) or here is not None)


@operation("repos/get-commit")
def get_commit(request: RestRequest) -> Json:
    """Return a commit and the files that it changes."""
    repository = request.repository("code:read")
    commit = or_404(repository.git.commit_at(_commit(repository, request.params["ref"])))
    parent = commit.parents[0].decode() if commit.parents else None
    oid = commit.id.decode()
    changes = [
        views.change(request.world, repository, oid, c) for c in pulls.compare(repository, parent, oid)
    ]
    counts = [sum(each[key] for each in changes) for key in ("additions", "deletions")]
    stats = {"additions": counts[0], "deletions": counts[1], "total": sum(counts)}
    return views.commit(request.world, repository, commit) | {"files": changes, "stats": stats}


@operation("repos/compare-commits")
@operation("repos/compare-commits-with-basehead")
def compare(request: RestRequest) -> Json:
    """Compare two commits, given as branches or oids."""
    repository = request.repository("code:read")
    base, head = request.params.get("base", ""), request.params.get("head", "")
    if "basehead" in request.params:
        base, _, head = request.params["basehead"].partition("...")
    ends = _commit(repository, base), _commit(repository, head)
    return views.comparison(request.world, repository, *ends)


def _commit(repository: Repository, name: str) -> str:
    """Return the oid of a branch, `HEAD` or an oid.

    Raises ApiError 409 for an empty repository, 404 when there is no such commit.
    """
    oid = repository.git.resolve(name, repository.default_branch)
    if oid and repository.git.commit_at(oid):
        return oid
    if not repository.git.refs():
        raise ApiError(409, "Git Repository is empty.")
    raise not_found()


@operation("repos/get-content")
def get_content(request: RestRequest) -> Json | list[Json]:
    """Return a file, or the list of a folder's entries."""
    repository = request.repository("code:read")
    name, path = request.query.get("ref", repository.default_branch), request.params["path"].strip("/")
    commit = repository.git.resolve(name, repository.default_branch)
    oid = or_404(repository.git.at(commit, path) if commit else None)
    if repository.git.blob(oid) is None:
        return views.content_folder(request.world, repository, name, path, oid)
    return views.content_file(request.world, repository, name, path, oid)


@operation("repos/download-tarball-archive")
def download_tarball(request: RestRequest) -> RestResponse:
    """Redirect to a tarball of a commit, whether or not there is such a commit."""
    repository = request.repository("code:read")
    where = tarball.link(request.world, repository, request.params["ref"] or repository.default_branch)
    return RestResponse(None, 302, {"Location": where})


@operation("repos/create-or-update-file-contents")
def put_content(request: RestRequest) -> RestResponse:
    """Write one file in one commit; to replace a file, `sha` in the body must be the oid of its blob."""
    repository = request.repository("code:write")
    path, branch = request.params["path"].strip("/"), request.body.get("branch", repository.default_branch)
    try:
        content = base64.b64decode("".join(request.body["content"].split()), validate=True)
    except (binascii.Error, ValueError):
        raise unprocessable("content is not valid Base64") from None
    old = _check_sha(request, repository, branch, path)
    head = branches.commit_files(
        request.world, request.actor, repository, branch, {path: content}, request.body["message"]
    )
    return RestResponse(_file_commit(request, repository, branch, path, head), 200 if old else 201)


@operation("repos/delete-file")
def delete_content(request: RestRequest) -> Json:
    """Delete one file in one commit; `sha` must be the oid of its blob."""
    repository = request.repository("code:write")
    path, branch = request.params["path"].strip("/"), request.body.get("branch", repository.default_branch)
    or_404(_check_sha(request, repository, branch, path))
    head = branches.commit_files(
        request.world, request.actor, repository, branch, {path: None}, request.body["message"]
    )
    return _file_commit(request, repository, branch, path, head)


def _check_sha(request: RestRequest, repository: Repository, branch: str, path: str) -> str | None:
    head = repository.git.branch(branch)
    if head is None and repository.git.refs():
        raise ApiError(404, f"Branch {branch} not found")
    old = repository.git.at(head, path) if head else None
    sha = request.body.get("sha")
    if old and not sha:
        raise invalid("", "sha", "missing_field", '"sha" wasn\'t supplied.')
    if sha and sha != old:
        raise ApiError(409, f"{path} does not match {sha}")
    return old


def _file_commit(
    request: RestRequest, repository: Repository, branch: str, path: str, head: str
) -> dict[str, Any]:
    oid = repository.git.at(head, path)
    commit = or_404(repository.git.commit_at(head))
    return {
        "content": views.content_file(request.world, repository, branch, path, oid) if oid else None,
        "commit": views.git_commit(request.world, repository, commit),
    }
