"""What a token may do: a table of rights with the permissions that apps, and the roles that people need.

A right is named "<thing>:<verb>", such as "issue:comment".
"""

from dataclasses import dataclass
from typing import Literal

from github_simulator.errors import ApiError, not_accessible, not_found
from github_simulator.state import Discussion, Issue, PullRequest, Repository, Thread
from github_simulator.tokens import Actor

ROLES = ("none", "read", "triage", "write", "maintain", "admin")
LEVELS = ("none", "read", "write", "admin")


@dataclass(frozen=True)
class RequiredAccess:
    """What an actor needs for a right such as "issue:comment".

    An app needs any of `permissions` at the given level; a person needs this role on the repository or a
    higher one.
    """

    permissions: tuple[str, ...]
    level: Literal["read", "write"]
    role: str


REQUIRED_ACCESS = {
    "metadata:read": RequiredAccess(("metadata",), "read", "read"),
    "code:read": RequiredAccess(("contents",), "read", "read"),
    "code:write": RequiredAccess(("contents",), "write", "write"),
    "issue:read": RequiredAccess(("issues",), "read", "read"),
    "issue:comment": RequiredAccess(("issues",), "write", "read"),
    "issue:triage": RequiredAccess(("issues",), "write", "triage"),
    "issue:write": RequiredAccess(("issues",), "write", "write"),
    # a pull request is an issue too: either permission is enough for its comments and labels
    # https://docs.github.com/rest/authentication/permissions-required-for-github-apps
    "pull:read": RequiredAccess(("pull_requests",), "read", "read"),
    "pull:comment": RequiredAccess(("issues", "pull_requests"), "write", "read"),
    "pull:triage": RequiredAccess(("issues", "pull_requests"), "write", "triage"),
    "pull:write": RequiredAccess(("pull_requests",), "write", "write"),
    "discussion:read": RequiredAccess(("discussions",), "read", "read"),
    "discussion:comment": RequiredAccess(("discussions",), "write", "read"),
    "discussion:triage": RequiredAccess(("discussions",), "write", "triage"),
    "discussion:write": RequiredAccess(("discussions",), "write", "write"),
    "label:write": RequiredAccess(("issues", "pull_requests"), "write", "write"),
    "check:read": RequiredAccess(("checks",), "read", "read"),
    "check:write": RequiredAccess(("checks",), "write", "none"),
}


def right_on(thread: Thread, verb: str) -> str:
    """Return the name of a right on a thread, such as "issue:comment".

    `verb` is "read", "comment", "triage" or "write".
    """
    kinds = {Issue: "issue", Discussion: "discussion", PullRequest: "pull"}
    return f"{kinds[type(thread)]}:{verb}"


def role_of(actor: Actor, repository: Repository) -> str:
    """Return the role of a person on a repository, such as "admin" for its owner; "none" without one.

    Others have the role of a collaborator or, on a public repository, at least "read".
    """
    if actor.user is None:
        return "none" if repository.private else "read"
    if actor.user is repository.owner:
        return "admin"
    given = repository.collaborators.get(actor.user.login.lower())
    return given or ("none" if repository.private else "read")


def check_admin(actor: Actor, repository: Repository) -> None:
    """Raise ApiError 403 unless the actor is an administrator of the repository, which may be archived."""
    if actor.installation or role_of(actor, repository) != "admin":
        raise ApiError(403, "Must have admin rights to Repository.")


def sees(actor: Actor, repository: Repository) -> bool:
    """Return whether the actor can see that the repository exists."""
    if not repository.private or actor.covers(repository):
        return True
    return actor.installation is None and role_of(actor, repository) != "none"


def check(actor: Actor, repository: Repository, name: str) -> None:
    """Raise ApiError 401, 403 or 404, as GitHub would, for an actor without a right on a repository.

    `name` is that of the right, such as "code:write".
    """
    right = REQUIRED_ACCESS[name]
    if not sees(actor, repository):
        raise not_found(f"Could not resolve to a Repository with the name '{repository.full_name}'.")
    if right.level == "write":
        _check_write(actor, repository)
    elif not repository.private:
        return  # every token may read what is public
    if actor.installation:
        if not actor.covers(repository) or not _granted(actor, right):
            raise not_accessible()
    elif ROLES.index(role_of(actor, repository)) < ROLES.index(right.role):
        raise ApiError(403, "Must have admin rights to Repository.",
                       graphql=f"{actor.name} does not have the correct permissions.")  # fmt: skip


def _granted(actor: Actor, right: RequiredAccess) -> bool:
    granted = (actor.permissions.get(permission, "none") for permission in right.permissions)
    return any(LEVELS.index(level) >= LEVELS.index(right.level) for level in granted)


def _check_write(actor: Actor, repository: Repository) -> None:
    if actor.user is None:
        raise ApiError(401, "Requires authentication")
    if repository.archived:
        raise ApiError(403, "Repository was archived so is read-only.")


def may(actor: Actor, repository: Repository, name: str) -> bool:
    """Return whether the actor has a right on a repository; `name` is that of the right: "code:write"."""
    try:
        check(actor, repository, name)
    except ApiError:
        return False
    return True


def check_unlocked(actor: Actor, thread: Thread, what: str) -> None:
    """Raise ApiError 403 if the thread is locked, unless the actor is a person with write access.

    `what` is what cannot be created then, in the words of the error: "comment".
    """
    if thread.locked and (actor.installation or not may(actor, thread.repository, right_on(thread, "write"))):
        raise ApiError(403, f"Unable to create {what} because issue is locked.")
