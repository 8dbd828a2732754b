"""The GraphQL mutation of each step: its input, the fields it selects, the permission it needs.

Inputs: https://docs.github.com/en/graphql/reference/mutations
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.github import nodes, update_snapshot
from bot.github.annotations import check_run
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
    Suggest,
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
    """The GraphQL mutation by which one kind of step of a plan is done.

    `field` is its name in GraphQL, `permission` what the App needs for it. `input` takes the snapshot and the
    step, and returns the mutation's input. `apply_result` takes snapshot, step and the payload of GitHub's
    answer, and returns the snapshot after the write. `selection` are the fields of the payload to return.
    """

    field: str
    permission: str
    input: Callable[[Snapshot, Any], Inputs]
    apply_result: Callable[[Snapshot, Any, nodes.Node], Snapshot]
    selection: str = "clientMutationId"

    @property
    def type(self) -> str:
        """The type of the mutation's input, which GitHub names after the field: `CreateRefInput`."""
        return f"{self.field[0].upper()}{self.field[1:]}Input"


def mutation(snapshot: Snapshot, step: Step) -> Mutation:
    """Return the GraphQL mutation that does a step; it may differ for issues and discussions."""
    in_discussion = _kind(snapshot, step) == "discussion"
    found = (DISCUSSED if in_discussion else {}).get(type(step)) or MUTATIONS[type(step)]
    if snapshot.source and _subject(step) in _written_in(snapshot.source):
        return replace(found, permission=DISCUSSIONS if in_discussion else ISSUES)
    return found


def permission(snapshot: Snapshot, step: Step) -> str:
    """Return the permission that the App needs for a step, as app.yml writes it (`contents: write`)."""
    by_rest: Mapping[type[Step], str] = {RequestReviews: PULLS, Suggest: PULLS, CreateLabel: ISSUES}
    return by_rest.get(type(step)) or mutation(snapshot, step).permission


def _kind(snapshot: Snapshot, step: Step) -> Kind | None:
    """Return whether a step writes to an issue or a discussion, None if the snapshot has no source.

    A step that names no issue or discussion is about the snapshot's source.
    """
    match step:
        case OpenSource(kind=kind):
            return kind
        case EditSource(source=source) | CloseSource(source=source):
            return source.kind
        case _:
            return snapshot.source.kind if snapshot.source else None


def _subject(step: Step) -> str | None:
    """Return the id of what a step labels or reacts to, None for other steps."""
    match step:
        case AddLabels(subject=subject) | RemoveLabels(subject=subject):
            return subject
        case React(comment=comment):
            return comment.id
        case _:
            return None


def _written_in(source: Source) -> set[str]:
    return {source.id, *(comment.id for comment in source.comments)}


# -- inputs ------------------------------------------------------------------------------------------------


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
    # GitHub takes whole files in base64 (RFC 4648); it makes the App the author, and signs the commit.
    texts = {step.path: step.text, **{file.path: file.text or "" for file in step.also}}
    coded = ((path, base64.b64encode(text.encode()).decode()) for path, text in texts.items())
    changes: dict[str, Any] = {"additions": [{"path": path, "contents": code} for path, code in coded]}
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
    # Unlike deleteRef, updateRefs is refused when somebody pushed since the branch was read.
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


# -- results -----------------------------------------------------------------------------------------------


def _committed(snapshot: Snapshot, step: Commit, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_commit(snapshot, step, nodes.revision(node["commit"]))


def _branched(snapshot: Snapshot, step: CreateBranch, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_created_branch(snapshot, nodes.branch(node["ref"]))


def _opened(snapshot: Snapshot, step: OpenPull, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_pull(snapshot, nodes.pull(node["pullRequest"]))


def _commented(snapshot: Snapshot, step: PostComment, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_comment(snapshot, nodes.comment(node["commentEdge"]["node"]))


def _commented_there(snapshot: Snapshot, step: PostComment | EditComment, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_comment(snapshot, nodes.comment(node["comment"]))


def _edited(snapshot: Snapshot, step: EditComment, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_comment(snapshot, nodes.comment(node["issueComment"]))


def _deleted(snapshot: Snapshot, step: DeleteComment, node: nodes.Node) -> Snapshot:
    return update_snapshot.without_comment(snapshot, step.comment)


def _closed(snapshot: Snapshot, step: CloseSource, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_source_closed(snapshot, step.source)


def _opened_source(snapshot: Snapshot, step: OpenSource, node: nodes.Node) -> Snapshot:
    repository = _archive(snapshot).repository
    return update_snapshot.with_opened_source(
        snapshot, nodes.source(node[step.kind], repository, step.kind, ())
    )


def _edited_source(snapshot: Snapshot, step: EditSource, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_source_changed(snapshot, step.source.id, body=step.body)


def _reminded(snapshot: Snapshot, step: Remind, node: nodes.Node) -> Snapshot:
    return update_snapshot.with_pull_comment(snapshot, step.pull, nodes.comment(node["commentEdge"]["node"]))


def _unchanged(snapshot: Snapshot, step: Step, node: nodes.Node) -> Snapshot:
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
        lambda snapshot, step, _: update_snapshot.with_pull_changed(
            snapshot, step.pull, title=step.title, body=step.body
        ),
    ),
    ClosePull: Mutation(
        "closePullRequest",
        PULLS,
        lambda _, step: {"pullRequestId": step.pull.id},
        lambda snapshot, step, _: update_snapshot.with_pull_changed(snapshot, step.pull, state="closed"),
    ),
    MergePull: Mutation(
        "mergePullRequest",
        CONTENTS,
        _merge,
        lambda snapshot, step, _: update_snapshot.with_pull_changed(snapshot, step.pull, state="merged"),
    ),
    MarkReady: Mutation(
        "markPullRequestReadyForReview",
        PULLS,
        lambda _, step: {"pullRequestId": step.pull.id},
        lambda snapshot, step, _: update_snapshot.with_pull_changed(snapshot, step.pull, draft=False),
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
        lambda snapshot, step, _: update_snapshot.without_branch(snapshot, step.branch.name),
    ),
    AddLabels: Mutation(
        "addLabelsToLabelable",
        PULLS,
        lambda _, step: {"labelableId": step.subject, "labelIds": list(step.labels)},
        lambda snapshot, step, _: update_snapshot.with_labels_changed(
            snapshot, step.subject, step.labels, on=True
        ),
    ),
    RemoveLabels: Mutation(
        "removeLabelsFromLabelable",
        PULLS,
        lambda _, step: {"labelableId": step.subject, "labelIds": list(step.labels)},
        lambda snapshot, step, _: update_snapshot.with_labels_changed(
            snapshot, step.subject, step.labels, on=False
        ),
    ),
    # adding a reaction again does nothing: https://docs.github.com/en/rest/reactions/reactions
    React: Mutation(
        "addReaction",
        PULLS,
        lambda _, step: {"subjectId": step.comment.id, "content": step.content},
        lambda snapshot, step, _: update_snapshot.with_reaction(snapshot, step.comment, step.content),
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
    Check: Mutation(
        "createCheckRun",
        CHECKS,
        lambda snapshot, step: check_run(_archive(snapshot).repository.id, step),
        _unchanged,
        "checkRun { id }",
    ),
}
"""The mutation for each kind of step; for steps on a source, if that is an issue."""

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
"""The mutations for steps on a source that is a discussion, where they differ from MUTATIONS."""
