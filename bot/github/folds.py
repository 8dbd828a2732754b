"""What a write changed, put into the snapshot, so that no new look is needed. Pure."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from bot.model import (
    Archive,
    Branch,
    Comment,
    Commit,
    FileRef,
    Pull,
    Reaction,
    Refusal,
    Revision,
    Snapshot,
    Source,
)
from bot.planning.pulls import commits_of

REVISIONS = 30
"""How many commits of a pull request's branch a look brings."""


def with_branch(snapshot: Snapshot, branch: Branch) -> Snapshot:
    """Put a branch in, in the place of one of that name."""
    archive = _archive(snapshot)
    others = tuple(each for each in archive.branches if each.name != branch.name)
    return replace(snapshot, archive=replace(archive, branches=(branch, *others)))


def with_made_branch(snapshot: Snapshot, branch: Branch) -> Snapshot:
    """Put a branch in that was just created."""
    return replace(with_branch(snapshot, branch), made=snapshot.made | {branch.name})


def without_branch(snapshot: Snapshot, name: str) -> Snapshot:
    """Take a branch out; its pull requests keep their commits, and GitHub closes those that are open.

    https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits/about-branches#deleting-a-branch
    """
    archive = _archive(snapshot)
    branches = tuple(each for each in archive.branches if each.name != name)
    pulls = tuple(_headless(pull) if pull.branch == name else pull for pull in archive.pulls)
    return replace(snapshot, archive=replace(archive, branches=branches, pulls=pulls))


def _headless(pull: Pull) -> Pull:
    state = "closed" if pull.state == "open" else pull.state
    return replace(pull, head=None, revisions=commits_of(pull), state=state)


def with_commit(snapshot: Snapshot, step: Commit, revision: Revision) -> Snapshot:
    """Move the branch to its new commit, and the open pull requests with it; its text is known."""
    oid = revision.oid
    snapshot = replace(snapshot, texts={**snapshot.texts, FileRef(oid, step.path): step.text})
    archive = _archive(snapshot)
    snapshot = with_branch(snapshot, Branch(step.branch, oid, revision.message))
    for pull in archive.pulls:
        if pull.branch == step.branch and pull.state == "open":
            files = (*(file for file in pull.files if file not in (step.path, step.delete)), step.path)
            moved = replace(
                pull,
                head=oid,
                revisions=(revision, *pull.revisions)[:REVISIONS],
                files=files,
            )
            snapshot = with_pull(snapshot, moved)
    return snapshot


def with_pull(snapshot: Snapshot, pull: Pull) -> Snapshot:
    """Put a pull request in, in the place of the one of that number; a new one comes first."""
    archive = _archive(snapshot)
    if any(each.number == pull.number for each in archive.pulls):
        pulls = tuple(pull if each.number == pull.number else each for each in archive.pulls)
    else:
        pulls = (pull, *archive.pulls)
    return replace(snapshot, archive=replace(archive, pulls=pulls))


def edited_pull(snapshot: Snapshot, pull: Pull, **changes: Any) -> Snapshot:
    """Change a pull request, as the snapshot has it now."""
    now = next(each for each in _archive(snapshot).pulls if each.number == pull.number)
    return with_pull(snapshot, replace(now, **changes))


def closed_source(snapshot: Snapshot, source: Source) -> Snapshot:
    """Close an issue or a discussion."""
    return with_source(snapshot, source.id, open=False)


def with_source(snapshot: Snapshot, subject: str, **changes: Any) -> Snapshot:
    """Change an issue or a discussion wherever it stands: as the source, and among what the bot opened."""
    source, archive = snapshot.source, snapshot.archive
    if source is not None and source.id == subject:
        source = replace(source, **changes)
    if archive is not None:
        opened = (replace(each, **changes) if each.id == subject else each for each in archive.opened)
        archive = replace(archive, opened=tuple(opened))
    return replace(snapshot, source=source, archive=archive)


def with_opened(snapshot: Snapshot, source: Source) -> Snapshot:
    """Add an issue or a discussion that the bot opened."""
    archive = _archive(snapshot)
    return replace(snapshot, archive=replace(archive, opened=(*archive.opened, source)))


def with_label(snapshot: Snapshot, name: str, label: str) -> Snapshot:
    """Add a label of the archive, by its id."""
    archive = _archive(snapshot)
    return replace(snapshot, archive=replace(archive, labels={**archive.labels, name: label}))


def labelled(snapshot: Snapshot, subject: str, ids: Collection[str], *, on: bool) -> Snapshot:
    """Set labels of a pull request or of what the bot opened, or take them off; others lead to nothing."""
    archive = _archive(snapshot)
    names = tuple(name for name, each in archive.labels.items() if each in ids)
    for pull in archive.pulls:
        if pull.id == subject:
            others = tuple(name for name in pull.labels if name not in names)
            snapshot = with_pull(snapshot, replace(pull, labels=(*others, *names) if on else others))
    for source in archive.opened:
        if source.id == subject and on:
            snapshot = with_source(snapshot, subject, labels=(*source.labels, *names))
    return snapshot


def with_reminder(snapshot: Snapshot, pull: Pull, comment: Comment) -> Snapshot:
    """Add a comment to the conversation of a pull request."""
    now = next(each for each in _archive(snapshot).pulls if each.number == pull.number)
    return with_pull(snapshot, replace(now, comments=(*now.comments, comment)))


def with_comment(snapshot: Snapshot, comment: Comment) -> Snapshot:
    """Put a comment in, in the place of the one of that id; a new one comes last."""
    source = _source(snapshot)
    if any(each.id == comment.id for each in source.comments):
        comments = tuple(comment if each.id == comment.id else each for each in source.comments)
    else:
        comments = (*source.comments, comment)
    return replace(snapshot, source=replace(source, comments=comments))


def with_reaction(snapshot: Snapshot, comment: Comment, content: Reaction) -> Snapshot:
    """Show a reaction on a comment, of the source or of a pull request."""
    source, archive = snapshot.source, snapshot.archive
    if source is not None:
        source = replace(source, comments=_reacted(source.comments, comment.id, content))
    if archive is not None:
        pulls = (
            replace(pull, comments=_reacted(pull.comments, comment.id, content)) for pull in archive.pulls
        )
        archive = replace(archive, pulls=tuple(pulls))
    return replace(snapshot, source=source, archive=archive)


def _reacted(comments: tuple[Comment, ...], on: str, content: Reaction) -> tuple[Comment, ...]:
    return tuple(
        replace(each, reacted=each.reacted | {content}) if each.id == on else each for each in comments
    )


def without_comment(snapshot: Snapshot, comment: Comment) -> Snapshot:
    """Take a comment out."""
    source = _source(snapshot)
    kept = tuple(each for each in source.comments if each.id != comment.id)
    return replace(snapshot, source=replace(source, comments=kept))


def with_refusals(snapshot: Snapshot, *refusals: Refusal) -> Snapshot:
    """Note what GitHub refused."""
    return replace(snapshot, refusals=(*snapshot.refusals, *refusals))


def _archive(snapshot: Snapshot) -> Archive:
    if snapshot.archive is None:
        raise ValueError("a step for an archive that was not read")
    return snapshot.archive


def _source(snapshot: Snapshot) -> Source:
    if snapshot.source is None:
        raise ValueError("a step for a source that was not read")
    return snapshot.source
