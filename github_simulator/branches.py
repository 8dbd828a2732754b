"""References and commits: creating, updating and deleting branches, with the webhook events that follow."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from github_simulator.errors import ApiError, not_found, unprocessable
from github_simulator.git import GitStore, Other, identity_of
from github_simulator.issues import emit_event
from github_simulator.permissions import check, role_of
from github_simulator.state import PullRequest, Repository
from github_simulator.tokens import Actor
from github_simulator.world import Event, World, git_identity

ZERO = "0" * 40
MergeMethod = Literal["merge", "squash", "rebase"]


@dataclass(frozen=True)
class RefChange:
    """A change of the reference `ref`, to be reported in the payload of a push webhook.

    `before` and `after` are oids: ZERO where the reference did not exist before, or no longer exists.
    """

    ref: str
    before: str
    after: str


@dataclass(frozen=True)
class RefUpdate:
    """An update of the reference `ref` to the oid `after`, if it is at `before` now (None: wherever).

    ZERO as `before` means that it must not exist yet, as `after` that it is deleted. `force` allows what is
    no fast-forward.

    https://docs.github.com/en/graphql/reference/input-objects#refupdate
    """

    ref: str
    before: str | None
    after: str
    force: bool = False


def create_ref(world: World, actor: Actor, repository: Repository, name: str, oid: str) -> None:
    """Create the reference `name` (`refs/...`) at the commit `oid`.

    Raises ApiError 422 when the reference exists or is malformed, or the commit does not exist.
    """
    check(actor, repository, "code:write")
    _check_name(name)
    if repository.git.ref(name):
        raise unprocessable("Reference already exists")
    if any(each.startswith(f"{name}/") or name.startswith(f"{each}/") for each in repository.git.refs()):
        raise unprocessable("Ref cannot be created.")  # `a` and `a/b` cannot both exist
    if not repository.git.commit_at(oid):
        raise unprocessable("Object does not exist")
    _move(world, actor, repository, name, oid)


def update_ref(
    world: World, actor: Actor, repository: Repository, name: str, oid: str, *, force: bool = False
) -> None:
    """Point the existing reference `name` (`refs/...`) at the commit `oid`.

    Raises ApiError 422 when either does not exist, or when it is no fast-forward and `force` is false.
    """
    check(actor, repository, "code:write")
    before = repository.git.ref(name)
    if before is None:
        raise unprocessable("Reference does not exist")
    if not repository.git.commit_at(oid):
        raise unprocessable("Object does not exist")
    if not force and not repository.git.has_ancestor(oid, before):
        raise unprocessable("Update is not a fast forward")
    _move(world, actor, repository, name, oid)


def delete_ref(world: World, actor: Actor, repository: Repository, name: str) -> None:
    """Delete the reference `name` (`refs/...`); open pull requests from that branch are closed.

    Raises ApiError 422 when it does not exist.
    """
    check(actor, repository, "code:write")
    if repository.git.ref(name) is None:
        raise unprocessable("Reference does not exist")
    _move(world, actor, repository, name, None)


def update_refs(world: World, actor: Actor, repository: Repository, updates: Sequence[RefUpdate]) -> None:
    """Create, update and delete references: all of `updates`, or none if one is not possible.

    Raises ApiError 422 in that case. Its message for an unexpected `before` is not GitHub's own, which is not
    known.
    """
    check(actor, repository, "code:write")
    for each in updates:
        _check_update(actor, repository, each)
    for each in updates:
        _move(world, actor, repository, each.ref, None if each.after == ZERO else each.after)


def _check_update(actor: Actor, repository: Repository, update: RefUpdate) -> None:
    git, after = repository.git, update.after
    now = git.ref(update.ref) or ZERO
    if update.before not in (None, now):
        raise unprocessable(f"Reference update failed: {update.ref} is at {now} but expected {update.before}")
    _check_rules(actor, repository, update.ref, creating=now == ZERO)
    if now == ZERO:
        _check_name(update.ref)
    if after == ZERO:
        return
    if not git.commit_at(after):
        raise unprocessable("Object does not exist")
    if now != ZERO and not update.force and not git.has_ancestor(after, now):
        raise unprocessable("Update is not a fast forward")


def commit_files(
    world: World,
    actor: Actor,
    repository: Repository,
    branch: str,
    files: Mapping[str, bytes | Other | None],
    message: str,
    expected: str | None = None,
    start: str | None = None,
) -> str:
    """Commit whole files to a branch, signed, with the caller as author; return the oid of the commit.

    `files` has by path the new bytes, or None to delete the file; for a symbolic link or a submodule it has
    mode and oid. `expected` is the oid that the branch must be at; else ApiError STALE_DATA is raised (None:
    not checked). `start` is the oid at which a branch that does not exist begins, as a push from a clone can
    do; the first commit of an empty repository needs none.
    """
    check(actor, repository, "code:write")
    git = repository.git
    _check_name(f"refs/heads/{branch}")
    head = git.branch(branch) or start
    if head is None and git.refs():
        raise not_found(f'Could not resolve to a branch with the name "{branch}".')
    if expected is not None and expected != head:
        raise stale(expected)
    for path, content in files.items():
        _check_path(actor, path)
        if content is None and not (head and git.file_at(head, path)):
            what = "A path was requested for deletion which does not exist as of commit oid"
            raise unprocessable(f"{what} `{head}`")
    tree = git.with_files(head, files)
    parents = [head] if head else []
    oid = git.add_commit(tree, parents, message, world.now(), git_identity(actor.account), signed=True)
    _move(world, actor, repository, f"refs/heads/{branch}", oid)
    return oid


def stale(expected: str) -> ApiError:
    """Return the error for a branch whose head is not the oid `expected`.

    Its status is 200 in GraphQL, 409 in REST.
    """
    message = f'Expected branch to point to "{expected}" but it did not.  Pull and try again.'
    return ApiError(409, message, kind="STALE_DATA")


def merge_into(world: World, actor: Actor, pull: PullRequest, how: MergeMethod, message: str) -> str | None:
    """Merge a pull request's branch into its base branch, and return the oid of the new commit.

    `how` is "merge", "squash" or "rebase". Files are merged as a whole: None when both sides changed a file
    in different ways.
    """
    git = pull.repository.git
    base = git.branch(pull.base_ref) or pull.base_oid
    fork = git.merge_base(base, pull.head_oid)
    ours, theirs = _changes(git, fork, base), _changes(git, fork, pull.head_oid)
    if any(path in ours and ours[path] != now for path, now in theirs.items()):
        return None
    if how == "rebase":
        oid = _rebased(world, actor, pull, base)
    else:
        tree = git.changed_tree(git.tree_of(base), theirs)
        parents = [base, pull.head_oid] if how == "merge" else [base]
        author = git_identity(pull.author) if how == "squash" and pull.author else git_identity(actor.account)
        oid = git.add_commit(tree, parents, message, world.now(), author, signed=True)
    _move(world, actor, pull.repository, f"refs/heads/{pull.base_ref}", oid)
    return oid


def _changes(git: GitStore, before: str | None, after: str) -> dict[str, tuple[int, str] | None]:
    trees = git.tree_of(before) if before else None, git.tree_of(after)
    return {path: (now.mode, now.oid) if now else None for path, _, now in git.differing(*trees)}


def _rebased(world: World, actor: Actor, pull: PullRequest, onto: str) -> str:
    """Repeat the commits of a pull request on `onto`, unsigned, with their authors; return the last oid."""
    git = pull.repository.git
    for commit in git.between(onto, pull.head_oid):
        parents = [each.decode() for each in commit.parents]
        if len(parents) == 1:  # merge commits are left out, as `git rebase` does
            tree = git.changed_tree(git.tree_of(onto), _changes(git, parents[0], commit.id.decode()))
            message = commit.message.decode("utf-8", "replace")
            author, committer = identity_of(commit.author), git_identity(actor.account)
            onto = git.add_commit(tree, [onto], message, world.now(), author, committer)
    return onto


def _move(world: World, actor: Actor, repository: Repository, name: str, oid: str | None) -> None:
    before = repository.git.ref(name) or ZERO
    if oid == before:
        return
    _check_rules(actor, repository, name, creating=before == ZERO)
    if oid is None:
        repository.git.delete_ref(name)
    else:
        repository.git.set_ref(name, oid)
    repository.pushed_at = world.now()
    change = RefChange(name, before, oid or ZERO)
    world.emit(Event("push", None, repository, actor.account, {"push": change}))
    for thread in list(repository.threads.values()):
        if not isinstance(thread, PullRequest) or thread.state == "closed":
            continue
        if name == f"refs/heads/{thread.head_ref}":
            _follow(world, actor, thread, oid)


def _follow(world: World, actor: Actor, pull: PullRequest, oid: str | None) -> None:
    pull.updated_at = world.now()
    if oid:
        before, pull.head_oid = pull.head_oid, oid
        emit_event(world, pull, "synchronize", actor.account, before=before, after=oid)
    else:
        pull.state, pull.closed_at, pull.closed_by = "closed", world.now(), actor.account
        emit_event(world, pull, "closed", actor.account)


def _check_rules(actor: Actor, repository: Repository, name: str, *, creating: bool) -> None:
    """Raise ApiError 422 when a ruleset lets only administrators write to this branch.

    GitHub's messages are from https://github.com/actions/github-script/issues/455 (new branch) and
    https://github.com/satisfactory-factories/application/issues/67 (existing branch).
    """
    branch = name.removeprefix("refs/heads/")
    kept = any(fnmatchcase(branch, pattern.replace("**", "*")) for pattern in repository.protected)
    if not kept or role_of(actor, repository) == "admin":
        return
    if creating:
        raise unprocessable("Reference update failed")
    raise unprocessable(
        "Repository rule violations found\n\nChanges must be made through a pull request.\n\n"
    )


def _check_name(name: str) -> None:
    # https://git-scm.com/docs/git-check-ref-format
    bad = re.search(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(/|$)|[./]$", name)
    if bad or not re.match(r"refs/(heads|tags)/[^/.]", name):
        raise unprocessable(f"{name} is not a valid ref name.")


def _check_path(actor: Actor, path: str) -> None:
    parts = path.split("/")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        raise unprocessable(f"path `{path}` is malformed")
    workflows = parts[:2] == [".github", "workflows"]
    if workflows and actor.installation and actor.permissions.get("workflows") != "write":
        raise ApiError(403, "Resource not accessible by integration")
