"""Pull requests from a branch of the same repository."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from github_simulator import branches, issues, reviews
from github_simulator.errors import ApiError, invalid, unprocessable
from github_simulator.git import TreeEntry
from github_simulator.permissions import check, may
from github_simulator.state import PullRequest, Repository
from github_simulator.tokens import Actor
from github_simulator.world import World

NO_BRANCH = (
    "Head sha can't be blank, Base sha can't be blank, "
    "No commits between {} and {}, Head ref must be a branch"
)
NOT_ALLOWED = {"merge": "Merge commits", "squash": "Squash merges", "rebase": "Rebase merges"}
NO_COLLABORATOR = (
    "Reviews may only be requested from collaborators. "
    "One or more of the users or teams you specified is not a collaborator of the {} repository."
)


@dataclass(frozen=True)
class Change:
    """A file that a commit or pull request changes; `additions` and `deletions` count lines.

    `oid` is that of the blob, `patch` None for a binary file, `previous` the old path of a renamed file.
    """

    path: str
    status: Literal["added", "removed", "modified", "renamed"]
    oid: str
    additions: int
    deletions: int
    patch: str | None
    previous: str | None = None


def open_pull(
    world: World, actor: Actor, repository: Repository, title: str, head: str, base: str,
    body: str = "", *, draft: bool = False,
) -> PullRequest:  # fmt: skip
    """Open a pull request from the branch `head` (also `owner:branch`) into the branch `base`.

    Raises ApiError 422 when a branch is missing, a pull request for these branches is open already, or there
    is nothing to merge.
    """
    check(actor, repository, "pull:write" if actor.installation else "pull:comment")
    issues.check_text("PullRequest", title, body)
    if draft:
        _check_drafts(repository)
    owner, _, branch = head.rpartition(":")
    git = repository.git
    head_oid, base_oid = git.branch(branch), git.branch(base)
    if owner.lower() not in ("", repository.owner.login.lower()) or not head_oid or not base_oid:
        field = "head" if base_oid else "base"
        raise invalid("PullRequest", field, "invalid", NO_BRANCH.format(base, head))
    open_already = (p for p in pulls_of(repository) if p.state == "open" and p.base_ref == base)
    if any(pull.head_ref == branch for pull in open_already):
        message = f"A pull request already exists for {repository.owner.login}:{branch}."
        raise invalid("PullRequest", "base", "custom", message)
    if not git.between(base_oid, head_oid):
        raise invalid("PullRequest", "base", "custom", f"No commits between {base} and {branch}")
    pull = world.add(
        PullRequest(
            repository=repository, number=repository.next_number, title=title, body=body, draft=draft,
            base_ref=base, base_oid=base_oid, head_ref=branch, head_oid=head_oid,
            author=actor.account, app=actor.app, created_at=world.now(), updated_at=world.now(),
        )
    )  # fmt: skip
    repository.threads[pull.number] = pull
    repository.next_number += 1
    issues.emit_event(world, pull, "opened", actor.account)
    return pull


def pulls_of(repository: Repository) -> list[PullRequest]:
    """Return the pull requests of a repository, oldest first."""
    return [thread for thread in repository.threads.values() if isinstance(thread, PullRequest)]


def set_draft(world: World, actor: Actor, pull: PullRequest, *, draft: bool) -> None:
    """Convert a pull request to a draft, or if `draft` is false mark it as ready for review.

    Authors may do it with their own. An app needs `contents: write`, too:
    https://github.com/cli/cli/discussions/6924
    """
    issues.check_right_to_change(actor, pull, pull, "write" if actor.installation else "comment", "write")
    if actor.installation:
        check(actor, pull.repository, "code:write")
    if draft:
        _check_drafts(pull.repository)
    if pull.draft == draft:
        return
    pull.draft, pull.updated_at = draft, world.now()
    issues.emit_event(world, pull, "converted_to_draft" if draft else "ready_for_review", actor.account)


def _check_drafts(repository: Repository) -> None:
    """Raise ApiError 422 where the owner's plan has no drafts: private repositories of free accounts.

    https://docs.github.com/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-pull-requests#draft-pull-requests
    """
    if repository.private and not repository.owner.has_drafts:
        raise unprocessable("Draft pull requests are not supported in this repository.")


def reopen(world: World, actor: Actor, pull: PullRequest) -> None:
    """Reopen a pull request. Raises ApiError 422 when it was merged or its branch was deleted."""
    if pull.merged_at or not pull.repository.git.branch(pull.head_ref):
        raise invalid("PullRequest", "state", "invalid", "state cannot be changed.")
    issues.set_state(world, actor, pull, "open")


def _check_reviews(pull: PullRequest) -> None:
    """Raise ApiError 405 without enough approvals by people with write access.

    https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches
    """
    needed, repository = pull.repository.reviews_needed, pull.repository
    given = [each for each in reviews.opinions(pull) if each.state == "APPROVED" and each.author]
    writers = [each for each in given if each.author and may(Actor(each.author), repository, "code:write")]
    if len(writers) < needed:
        some = "approving review is" if needed == 1 else "approving reviews are"
        raise ApiError(405, f"At least {needed} {some} required by reviewers with write access.")


def merge(
    world: World, actor: Actor, pull: PullRequest, how: str = "merge", expected: str | None = None
) -> str:
    """Merge a pull request and return the oid of the new commit; `how` is "merge", "squash" or "rebase".

    Raises ApiError 405 when it cannot be merged, 409 when its head is not the oid `expected` (None: not
    checked).
    """
    check(actor, pull.repository, "code:write")
    if expected and expected != pull.head_oid:
        raise ApiError(409, "Head branch was modified. Review and try the merge again.")
    if how not in pull.repository.merge_methods:
        raise ApiError(405, f"{NOT_ALLOWED[how]} are not allowed on this repository.")
    if pull.state != "open" or pull.draft:
        raise ApiError(405, "Pull Request is not mergeable")
    _check_reviews(pull)
    owner = pull.repository.owner.login
    message = f"Merge pull request #{pull.number} from {owner}/{pull.head_ref}\n\n{pull.title}"
    if how == "squash":
        message = _squashed(pull)
    oid = branches.merge_into(world, actor, pull, cast("branches.MergeMethod", how), message)
    if oid is None:
        raise ApiError(405, "Pull Request is not mergeable")
    pull.state, pull.merge_oid = "closed", oid
    pull.merged_at = pull.closed_at = pull.updated_at = world.now()
    pull.merged_by = pull.closed_by = actor.account
    issues.emit_event(world, pull, "closed", actor.account)
    branch = f"refs/heads/{pull.head_ref}"
    if pull.repository.delete_branch_on_merge and not pull.fork and pull.repository.git.ref(branch):
        branches.delete_ref(world, actor, pull.repository, branch)
    return oid


def _squashed(pull: PullRequest) -> str:
    """Return the message of a squash merge, as by default: title and number, and the messages.

    A single commit gives title and body; of several, the pull request gives the title, and all are listed.
    https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges#merge-message-for-a-squash-merge
    """
    git = pull.repository.git
    base = git.branch(pull.base_ref) or pull.base_oid
    messages = [commit.message.decode("utf-8", "replace") for commit in git.between(base, pull.head_oid)]
    if len(messages) == 1:
        title, _, body = messages[0].partition("\n")
        return f"{title} (#{pull.number})\n{body}"
    listed = "\n\n".join(f"* {message}" for message in messages)
    return f"{pull.title} (#{pull.number})\n\n{listed}"


def request_reviews(world: World, actor: Actor, pull: PullRequest, logins: Iterable[str]) -> None:
    """Request reviews from people with these logins, in addition to earlier requests.

    Raises ApiError 422 if one is the author or no collaborator; then nobody is asked.
    """
    repository, names = pull.repository, [login.lower() for login in logins]
    check(actor, repository, "pull:write")
    if pull.author and pull.author.login.lower() in names:
        raise ApiError(422, "Review cannot be requested from pull request author.")
    if not {*names} <= {*repository.collaborators, repository.owner.login.lower()}:
        raise ApiError(422, NO_COLLABORATOR.format(repository.full_name))
    pull.requested += [who for who in map(world.user, names) if who not in pull.requested]


def changes(pull: PullRequest) -> list[Change]:
    """Return the files that a pull request changes, by path: those that differ from the merge base."""
    git = pull.repository.git
    fork = git.merge_base(pull.base_oid, pull.head_oid)
    return compare(pull.repository, fork, pull.head_oid)


def compare(repository: Repository, before: str | None, after: str) -> list[Change]:
    """Return the files that differ between the commits `before` and `after`, given as oids.

    `before` None means an empty tree. A renamed file without changes is one entry.
    """
    git = repository.git
    differing = list(git.differing(git.tree_of(before) if before else None, git.tree_of(after)))
    gone = {was.oid: path for path, was, now in differing if was and not now}
    found = []
    for path, was, now in differing:
        if now and not was and now.oid in gone:
            found.append(Change(path, "renamed", now.oid, 0, 0, None, gone.pop(now.oid)))
        else:
            found.append(_change(repository, path, was, now))
    renamed = {change.previous for change in found}
    return [change for change in found if change.path not in renamed]


def _change(repository: Repository, path: str, was: TreeEntry | None, now: TreeEntry | None) -> Change:
    status: Literal["added", "removed", "modified"] = "added" if not was else "modified" if now else "removed"
    oid = (now or was).oid  # type: ignore[union-attr]  # at least one is not None
    texts = [_lines(repository, entry) for entry in (was, now)]
    if None in texts:
        return Change(path, status, oid, 0, 0, None)
    lines = list(difflib.unified_diff(texts[0] or [], texts[1] or [], n=3, lineterm=""))[2:]
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    return Change(path, status, oid, added, removed, "\n".join(lines))


def _lines(repository: Repository, entry: TreeEntry | None) -> list[str] | None:
    if entry is None:
        return []
    content = repository.git.blob(entry.oid) or b""
    return None if b"\0" in content else content.decode("utf-8", "replace").splitlines()
