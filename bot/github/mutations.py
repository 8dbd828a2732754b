"""Each step as a GraphQL mutation: what it sends, what it asks back, which permission it needs. One table.

Inputs: https://docs.github.com/en/graphql/reference/mutations
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.github import folds, nodes
from bot.github.annotations import AT_ONCE, check_output
from bot.model import (
    AddLabels,
    Archive,
    Check,
    ClosePull,
    CloseSource,
    Commit,
    CreateBranch,
    CreateLabel,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    EditSource,
    Kind,
    MarkReady,
    MergePull,
    OpenPull,
    OpenSource,
    PostComment,
    React,
    Remind,
    RemoveLabels,
    RequestReviews,
    Snapshot,
    Source,
    Step,
)

CONTENTS, PULLS, ISSUES, DISCUSSIONS, CHECKS = (
    "contents: write",
    "pull_requests: write",
    "issues: write",
    "discussions: write",
    "checks: write",
)

Inputs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One kind of step. `input` and `fold` get the snapshot and the step; `fold` the field's answer too."""

    field: str
    permission: str
    input: Callable[[Snapshot, Any], Inputs]
    fold: Callable[[Snapshot, Any, nodes.Node], Snapshot]
    answer: str = "clientMutationId"

    @property
    def type(self) -> str:
        """The type of its input, which GitHub names after the field."""
        return f"{self.field[0].upper()}{self.field[1:]}Input"


def mutation(snapshot: Snapshot, step: Step) -> Mutation:
    """Find the mutation of a step; on a source it depends on the kind of the source."""
    in_discussion = _kind(snapshot, step) == "discussion"
    found = (DISCUSSED if in_discussion else {}).get(type(step)) or MUTATIONS[type(step)]
    if snapshot.source and _subject(step) in _written_in(snapshot.source):
        return replace(found, permission=DISCUSSIONS if in_discussion else ISSUES)
    return found


def permission(snapshot: Snapshot, step: Step) -> str:
    """Return which permission a step needs."""
    by_rest: Mapping[type[Step], str] = {RequestReviews: PULLS, CreateLabel: ISSUES}
    return by_rest.get(type(step)) or mutation(snapshot, step).permission


def _kind(snapshot: Snapshot, step: Step) -> Kind | None:
    """Return what a step writes to: what it names itself, else the source."""
    match step:
        case OpenSource(kind=kind):
            return kind
        case EditSource(source=source) | CloseSource(source=source):
            return source.kind
        case _:
            return snapshot.source.kind if snapshot.source else None


def _subject(step: Step) -> str | None:
    """Return what is labelled, or gets a reaction."""
    match step:
        case AddLabels(subject=subject) | RemoveLabels(subject=subject):
            return subject
        case React(comment=comment):
            return comment.id
        case _:
            return None


def _written_in(source: Source) -> set[str]:
    return {source.id, *(comment.id for comment in source.comments)}


# -- what is sent ------------------------------------------------------------------------------------------


def _archive(snapshot: Snapshot) -> Archive:
    assert snapshot.archive is not None, "a step for an archive that was not read"
    return snapshot.archive


def _source(snapshot: Snapshot) -> Source:
    assert snapshot.source is not None, "a step for a source that was not read"
    return snapshot.source


def _create_branch(snapshot: Snapshot, step: CreateBranch) -> Inputs:
    repository = _archive(snapshot).repository
    return {"repositoryId": repository.id, "name": f"refs/heads/{step.name}", "oid": step.oid}


def _commit(snapshot: Snapshot, step: Commit) -> Inputs:
    # Whole files in base64 (RFC 4648); the author is the App, the commit is signed by GitHub.
    changes: dict[str, Any] = {
        "additions": [{"path": step.path, "contents": base64.b64encode(step.text.encode()).decode()}]
    }
    if step.delete is not None:
        changes["deletions"] = [{"path": step.delete}]
    return {
        "branch": {
            "repositoryNameWithOwner": _archive(snapshot).repository.name,
            "branchName": step.branch,
        },
        "expectedHeadOid": step.expected_head,
        "message": {"headline": step.headline, "body": step.body},
        "fileChanges": changes,
    }


def _delete_branch(snapshot: Snapshot, step: DeleteBranch) -> Inputs:
    # Unlike deleteRef, this is refused when somebody has pushed since the look.
    gone = {"name": f"refs/heads/{step.branch.name}", "beforeOid": step.branch.head, "afterOid": "0" * 40}
    return {"repositoryId": _archive(snapshot).repository.id, "refUpdates": [gone]}


def _open_pull(snapshot: Snapshot, step: OpenPull) -> Inputs:
    repository = _archive(snapshot).repository
    return {
        "repositoryId": repository.id,
        "baseRefName": repository.default_branch,
        "headRefName": step.branch,
        "title": step.title,
        "body": step.body,
        "draft": step.draft,
    }


def _open_source(snapshot: Snapshot, step: OpenSource) -> Inputs:
    text = {"repositoryId": _archive(snapshot).repository.id, "title": step.title, "body": step.body}
    if step.kind == "issue":
        return {**text, "labelIds": list(step.labels)}
    return {**text, "categoryId": step.category}


def _merge(snapshot: Snapshot, step: MergePull) -> Inputs:
    method = _archive(snapshot).repository.merge_method.upper()
    return {"pullRequestId": step.pull.id, "expectedHeadOid": step.head, "mergeMethod": method}


def _check(snapshot: Snapshot, step: Check) -> Inputs:
    return {
        "repositoryId": _archive(snapshot).repository.id,
        "headSha": step.head,
        "name": step.name,
        "status": "COMPLETED",
        "conclusion": step.conclusion.upper(),
        "output": check_output(step, step.annotations[:AT_ONCE]),
    }


# -- what it changed ---------------------------------------------------------------------------------------


def _committed(snapshot: Snapshot, step: Commit, answer: nodes.Node) -> Snapshot:
    return folds.with_commit(snapshot, step, nodes.revision(answer["commit"]))


def _branched(snapshot: Snapshot, step: CreateBranch, answer: nodes.Node) -> Snapshot:
    return folds.with_made_branch(snapshot, nodes.branch(answer["ref"]))


def _opened(snapshot: Snapshot, step: OpenPull, answer: nodes.Node) -> Snapshot:
    return folds.with_pull(snapshot, nodes.pull(answer["pullRequest"]))


def _commented(snapshot: Snapshot, step: PostComment, answer: nodes.Node) -> Snapshot:
    return folds.with_comment(snapshot, nodes.comment(answer["commentEdge"]["node"]))


def _commented_there(snapshot: Snapshot, step: PostComment | EditComment, answer: nodes.Node) -> Snapshot:
    return folds.with_comment(snapshot, nodes.comment(answer["comment"]))


def _edited(snapshot: Snapshot, step: EditComment, answer: nodes.Node) -> Snapshot:
    return folds.with_comment(snapshot, nodes.comment(answer["issueComment"]))


def _deleted(snapshot: Snapshot, step: DeleteComment, answer: nodes.Node) -> Snapshot:
    return folds.without_comment(snapshot, step.comment)


def _closed(snapshot: Snapshot, step: CloseSource, answer: nodes.Node) -> Snapshot:
    return folds.closed_source(snapshot, step.source)


def _opened_source(snapshot: Snapshot, step: OpenSource, answer: nodes.Node) -> Snapshot:
    repository = _archive(snapshot).repository
    return folds.with_opened(snapshot, nodes.source(answer[step.kind], repository, step.kind, ()))


def _edited_source(snapshot: Snapshot, step: EditSource, answer: nodes.Node) -> Snapshot:
    return folds.with_source(snapshot, step.source.id, body=step.body)


def _reminded(snapshot: Snapshot, step: Remind, answer: nodes.Node) -> Snapshot:
    return folds.with_reminder(snapshot, step.pull, nodes.comment(answer["commentEdge"]["node"]))


def _unchanged(snapshot: Snapshot, step: Step, answer: nodes.Node) -> Snapshot:
    return snapshot


MUTATIONS: Mapping[type[Step], Mutation] = {
    CreateBranch: Mutation(
        "createRef",
        CONTENTS,
        _create_branch,
        _branched,
        "ref { prefix name target { oid ... on Commit { message } } }",
    ),
    Commit: Mutation("createCommitOnBranch", CONTENTS, _commit, _committed, "commit { ...Revision }"),
    OpenPull: Mutation("createPullRequest", PULLS, _open_pull, _opened, "pullRequest { ...Pull }"),
    EditPull: Mutation(
        "updatePullRequest",
        PULLS,
        lambda _, step: {"pullRequestId": step.pull.id, "title": step.title, "body": step.body},
        lambda snapshot, step, _: folds.edited_pull(snapshot, step.pull, title=step.title, body=step.body),
    ),
    ClosePull: Mutation(
        "closePullRequest",
        PULLS,
        lambda _, step: {"pullRequestId": step.pull.id},
        lambda snapshot, step, _: folds.edited_pull(snapshot, step.pull, state="closed"),
    ),
    MergePull: Mutation(
        "mergePullRequest",
        CONTENTS,
        _merge,
        lambda snapshot, step, _: folds.edited_pull(snapshot, step.pull, state="merged"),
    ),
    MarkReady: Mutation(
        "markPullRequestReadyForReview",
        PULLS,
        lambda _, step: {"pullRequestId": step.pull.id},
        lambda snapshot, step, _: folds.edited_pull(snapshot, step.pull, draft=False),
    ),
    Remind: Mutation(
        "addComment",
        PULLS,
        lambda _, step: {"subjectId": step.pull.id, "body": step.body},
        _reminded,
        "commentEdge { node { ...Comment } }",
    ),
    OpenSource: Mutation("createIssue", ISSUES, _open_source, _opened_source, "issue { ...OpenedIssue }"),
    EditSource: Mutation(
        "updateIssue",
        ISSUES,
        lambda _, step: {"id": step.source.id, "body": step.body},
        _edited_source,
    ),
    CloseSource: Mutation(
        "closeIssue",
        ISSUES,
        lambda _, step: {"issueId": step.source.id, "stateReason": "COMPLETED"},
        _closed,
    ),
    DeleteBranch: Mutation(
        "updateRefs",
        CONTENTS,
        _delete_branch,
        lambda snapshot, step, _: folds.without_branch(snapshot, step.branch.name),
    ),
    AddLabels: Mutation(
        "addLabelsToLabelable",
        PULLS,
        lambda _, step: {"labelableId": step.subject, "labelIds": list(step.labels)},
        lambda snapshot, step, _: folds.labelled(snapshot, step.subject, step.labels, on=True),
    ),
    RemoveLabels: Mutation(
        "removeLabelsFromLabelable",
        PULLS,
        lambda _, step: {"labelableId": step.subject, "labelIds": list(step.labels)},
        lambda snapshot, step, _: folds.labelled(snapshot, step.subject, step.labels, on=False),
    ),
    # the same reaction twice is one: https://docs.github.com/en/rest/reactions/reactions
    React: Mutation(
        "addReaction",
        PULLS,
        lambda _, step: {"subjectId": step.comment.id, "content": step.content},
        lambda snapshot, step, _: folds.with_reaction(snapshot, step.comment, step.content),
    ),
    PostComment: Mutation(
        "addComment",
        ISSUES,
        lambda snapshot, step: {"subjectId": _source(snapshot).id, "body": step.body},
        _commented,
        "commentEdge { node { ...Comment } }",
    ),
    EditComment: Mutation(
        "updateIssueComment",
        ISSUES,
        lambda _, step: {"id": step.comment.id, "body": step.body},
        _edited,
        "issueComment { ...Comment }",
    ),
    DeleteComment: Mutation(
        "deleteIssueComment",
        ISSUES,
        lambda _, step: {"id": step.comment.id},
        _deleted,
    ),
    Check: Mutation("createCheckRun", CHECKS, _check, _unchanged, "checkRun { id }"),
}
"""What each step is, and what those on the source are when that is an issue."""

DISCUSSED: Mapping[type[Step], Mutation] = {
    PostComment: Mutation(
        "addDiscussionComment",
        DISCUSSIONS,
        lambda snapshot, step: {"discussionId": _source(snapshot).id, "body": step.body},
        _commented_there,
        "comment { ...Comment }",
    ),
    EditComment: Mutation(
        "updateDiscussionComment",
        DISCUSSIONS,
        lambda _, step: {"commentId": step.comment.id, "body": step.body},
        _commented_there,
        "comment { ...Comment }",
    ),
    DeleteComment: Mutation(
        "deleteDiscussionComment", DISCUSSIONS, lambda _, step: {"id": step.comment.id}, _deleted
    ),
    OpenSource: Mutation(
        "createDiscussion",
        DISCUSSIONS,
        _open_source,
        _opened_source,
        "discussion { ...OpenedDiscussion }",
    ),
    EditSource: Mutation(
        "updateDiscussion",
        DISCUSSIONS,
        lambda _, step: {"discussionId": step.source.id, "body": step.body},
        _edited_source,
    ),
    CloseSource: Mutation(
        "closeDiscussion",
        DISCUSSIONS,
        lambda _, step: {"discussionId": step.source.id, "reason": "RESOLVED"},
        _closed,
    ),
}
"""What differs when the source is a discussion."""
