"""Changes snapshots as writes changed GitHub, so that nothing has to be read again. No I/O."""

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
"""How many commits of a pull request's branch are read at most."""


def with_branch(snapshot: Snapshot, branch: Branch) -> Snapshot:
    """Return the snapshot with a branch of the archive, which replaces the one of the same name, if any."""
    archive = _archive(snapshot)
    others = tuple(each for each in archive.branches if each.name != branch.name)
    return replace(snapshot, archive=replace(archive, branches=(branch, *others)))


def with_created_branch(snapshot: Snapshot, branch: Branch) -> Snapshot:
    """Return the snapshot with a branch of the archive that the bot just created.

    Its name is also added to the field `made`, the branches created since the snapshot was read.
    """
    return replace(with_branch(snapshot, branch), made=snapshot.made | {branch.name})


def without_branch(snapshot: Snapshot, name: str) -> Snapshot:
    """Return the snapshot as it is after the branch `name` of the archive was deleted.

    As GitHub does it, the open pull requests of the branch are closed; they keep their commits.
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
    """Return the snapshot as it is after the commit of `step`; `revision` is what GitHub made of it.

    The branch and its open pull requests have the commit, and the field `texts` has the text of the file.
    """
    oid = revision.oid
    written = {step.path: step.text, **{file.path: file.text for file in step.also}}
    texts = {FileRef(oid, path): text for path, text in written.items()}
    snapshot = replace(snapshot, texts={**snapshot.texts, **texts})
    archive = _archive(snapshot)
    snapshot = with_branch(snapshot, Branch(step.branch, oid, revision.message))
    for pull in archive.pulls:
        if pull.branch == step.branch and pull.state == "open":
            files = (*(file for file in pull.files if file not in {*written, step.delete}), *written)
            moved = replace(
                pull,
                head=oid,
                revisions=(revision, *pull.revisions)[:REVISIONS],
                files=files,
            )
            snapshot = with_pull(snapshot, moved)
    return snapshot


def with_pull(snapshot: Snapshot, pull: Pull) -> Snapshot:
    """Return the snapshot with a pull request of the archive.

    It replaces the one with the same number; if there is none, it is the first.
    """
    archive = _archive(snapshot)
    if any(each.number == pull.number for each in archive.pulls):
        pulls = tuple(pull if each.number == pull.number else each for each in archive.pulls)
    else:
        pulls = (pull, *archive.pulls)
    return replace(snapshot, archive=replace(archive, pulls=pulls))


def with_pull_changed(snapshot: Snapshot, pull: Pull, **changes: Any) -> Snapshot:
    """Return the snapshot with some fields of a pull request of the archive changed to these values.

    `pull` says by its number which one; other fields stay as they are in the snapshot.
    """
    now = next(each for each in _archive(snapshot).pulls if each.number == pull.number)
    return with_pull(snapshot, replace(now, **changes))


def with_source_closed(snapshot: Snapshot, source: Source) -> Snapshot:
    """Return the snapshot with an issue or a discussion closed: its source, or one that the bot opened."""
    return with_source_changed(snapshot, source.id, open=False)


def with_source_changed(snapshot: Snapshot, subject: str, **changes: Any) -> Snapshot:
    """Return the snapshot with some fields of an issue or a discussion changed to these values.

    `subject` is its node id: that of the source, or of one that the bot opened in the archive.
    """
    source, archive = snapshot.source, snapshot.archive
    if source is not None and source.id == subject:
        source = replace(source, **changes)
    if archive is not None:
        opened = (replace(each, **changes) if each.id == subject else each for each in archive.opened)
        archive = replace(archive, opened=tuple(opened))
    return replace(snapshot, source=source, archive=archive)


def with_opened_source(snapshot: Snapshot, source: Source) -> Snapshot:
    """Return the snapshot with an issue or a discussion added that the bot just opened in the archive."""
    archive = _archive(snapshot)
    return replace(snapshot, archive=replace(archive, opened=(*archive.opened, source)))


def with_label(snapshot: Snapshot, name: str, label: str) -> Snapshot:
    """Return the snapshot with a label added to those that the archive has; `label` is its node id."""
    archive = _archive(snapshot)
    return replace(snapshot, archive=replace(archive, labels={**archive.labels, name: label}))


def with_labels_changed(snapshot: Snapshot, subject: str, ids: Collection[str], *, on: bool) -> Snapshot:
    """Return the snapshot after labels were set on something (`on`), or removed from it.

    `ids` are the node ids of labels of the archive. `subject` is the node id of a pull request, or of an
    issue or discussion that the bot opened, which only gets labels added. With another id nothing changes.
    """
    archive = _archive(snapshot)
    names = tuple(name for name, each in archive.labels.items() if each in ids)
    for pull in archive.pulls:
        if pull.id == subject:
            others = tuple(name for name in pull.labels if name not in names)
            snapshot = with_pull(snapshot, replace(pull, labels=(*others, *names) if on else others))
    for source in archive.opened:
        if source.id == subject and on:
            snapshot = with_source_changed(snapshot, subject, labels=(*source.labels, *names))
    return snapshot


def with_pull_comment(snapshot: Snapshot, pull: Pull, comment: Comment) -> Snapshot:
    """Return the snapshot with a comment added as the last one on a pull request of the archive."""
    now = next(each for each in _archive(snapshot).pulls if each.number == pull.number)
    return with_pull(snapshot, replace(now, comments=(*now.comments, comment)))


def with_comment(snapshot: Snapshot, comment: Comment) -> Snapshot:
    """Return the snapshot with a comment on the source.

    It replaces the one with the same id; if there is none, it is the last.
    """
    source = _source(snapshot)
    if any(each.id == comment.id for each in source.comments):
        comments = tuple(comment if each.id == comment.id else each for each in source.comments)
    else:
        comments = (*source.comments, comment)
    return replace(snapshot, source=replace(source, comments=comments))


def with_reaction(snapshot: Snapshot, comment: Comment, content: Reaction) -> Snapshot:
    """Return the snapshot with the bot's reaction to a comment on the source or a pull request added.

    `content` is GitHub's name of the reaction.
    """
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
    """Return the snapshot without this comment on the source."""
    source = _source(snapshot)
    kept = tuple(each for each in source.comments if each.id != comment.id)
    return replace(snapshot, source=replace(source, comments=kept))


def with_refusals(snapshot: Snapshot, *refusals: Refusal) -> Snapshot:
    """Return the snapshot with these refusals added to those that it has."""
    return replace(snapshot, refusals=(*snapshot.refusals, *refusals))


def _archive(snapshot: Snapshot) -> Archive:
    if snapshot.archive is None:
        raise ValueError("a step for an archive that was not read")
    return snapshot.archive


def _source(snapshot: Snapshot) -> Source:
    if snapshot.source is None:
        raise ValueError("a step for a source that was not read")
    return snapshot.source
