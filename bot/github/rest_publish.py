"""Making things different by REST, one request after another: the same steps, folds and refusals.

https://docs.github.com/en/rest
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.github import folds
from bot.github.annotations import AT_ONCE
from bot.github.client import Client
from bot.github.errors import Gone, Refused, Stale
from bot.github.mutations import permission
from bot.github.rest_nodes import REACTIONS, address, branch_at, comment, issue, revision
from bot.github.verdicts import PATIENCE, branch_of, meaning
from bot.model import (
    AddLabels,
    Annotation,
    Branch,
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
    MarkReady,
    MergePull,
    OpenPull,
    OpenSource,
    PostComment,
    Pull,
    React,
    Refusal,
    Remind,
    RemoveLabels,
    RequestReviews,
    Revision,
    Snapshot,
    Step,
)


async def apply(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> Snapshot:
    """Do these steps; see `publish.apply`. Stops at once when the world moved."""
    broken: set[str] = set()
    for step in steps:
        branch = branch_of(step)
        if branch in broken:
            continue
        try:
            snapshot = await _patiently(client, snapshot, step)
        except Gone as error:
            raise Stale(f"{type(step).__name__}: {error}") from error
        except Refused as error:
            broken |= {branch} if branch else set()
            missing = meaning(str(error)) == "permission"
            needed = permission(snapshot, step) if missing else None
            snapshot = folds.with_refusals(snapshot, Refusal(type(step).__name__, str(error), needed))
    return snapshot


async def _patiently(client: Client, snapshot: Snapshot, step: Step) -> Snapshot:
    """Do one step, again where GitHub does not know the branch yet."""
    for seconds in PATIENCE:
        try:
            return await STEPS[type(step)](client, snapshot, step)
        except Refused as error:
            if meaning(str(error)) != "early":
                raise
        await client.sleep(seconds)
    raise Stale(f"GitHub does not know the branch of {type(step).__name__}")


# -- each step ---------------------------------------------------------------------------------------------


def _at(snapshot: Snapshot) -> str:
    assert snapshot.archive is not None, "a step for an archive that was not read"
    return address(snapshot.archive.repository.name)


async def _me(client: Client) -> str:
    """Tell the App's login. What git notes as the author of its commits is a name that people may choose."""
    return f"{await client.itself.slug()}[bot]"


async def _create_branch(client: Client, snapshot: Snapshot, step: CreateBranch) -> Snapshot:
    data = {"ref": f"refs/heads/{step.name}", "sha": step.oid}
    await client.post(f"{_at(snapshot)}/git/refs", data=data)
    return folds.with_branch(snapshot, Branch(step.name, step.oid, id=branch_at(_at(snapshot), step.name)))


async def _commit(client: Client, snapshot: Snapshot, step: Commit) -> Snapshot:
    """Commit through git's own objects: moving the branch is refused unless it is where it was."""
    git = f"{_at(snapshot)}/git"
    base = await client.getitem(f"{git}/commits/{step.expected_head}")
    changes: list[dict[str, Any]] = [
        {"path": step.path, "mode": "100644", "type": "blob", "content": step.text}
    ]
    if step.delete is not None:
        changes.append({"path": step.delete, "mode": "100644", "type": "blob", "sha": None})
    tree = await client.post(f"{git}/trees", data={"base_tree": base["tree"]["sha"], "tree": changes})
    message = f"{step.headline}\n\n{step.body}".strip()
    data = {"message": message, "tree": tree["sha"], "parents": [step.expected_head]}
    made = await client.post(f"{git}/commits", data=data)
    branch = branch_at(_at(snapshot), step.branch)
    await client.patch(branch, data={"sha": made["sha"], "force": False})
    at = datetime.fromisoformat(made["committer"]["date"])
    revision = Revision(made["sha"], made["message"], await _me(client), folds.COMMITTER, at)
    return folds.with_commit(snapshot, step, revision)


async def _open_pull(client: Client, snapshot: Snapshot, step: OpenPull) -> Snapshot:
    assert snapshot.archive is not None, "a step for an archive that was not read"
    data = {"title": step.title, "body": step.body, "head": step.branch, "draft": step.draft}
    base = snapshot.archive.repository.default_branch
    node = await client.post(f"{_at(snapshot)}/pulls", data={**data, "base": base})
    head = node["head"]["sha"]
    commits = await client.getitem(f"{_at(snapshot)}/commits?sha={head}&per_page={folds.REVISIONS}")
    pull = Pull(
        id=f"{_at(snapshot)}/issues/{node['number']}",
        number=node["number"],
        url=node["html_url"],
        state="open",
        title=step.title,
        body=step.body,
        branch=step.branch,
        head=head,
        revisions=tuple(map(revision, commits)),
        draft=step.draft,
        mine=True,
        created_at=datetime.fromisoformat(node["created_at"]),
    )
    return folds.with_pull(snapshot, pull)


async def _edit_pull(client: Client, snapshot: Snapshot, step: EditPull) -> Snapshot:
    data = {"title": step.title, "body": step.body}
    await client.patch(f"{_at(snapshot)}/pulls/{step.pull.number}", data=data)
    return folds.edited_pull(snapshot, step.pull, **data)


async def _close_pull(client: Client, snapshot: Snapshot, step: ClosePull) -> Snapshot:
    await client.patch(f"{_at(snapshot)}/pulls/{step.pull.number}", data={"state": "closed"})
    return folds.edited_pull(snapshot, step.pull, state="closed")


async def _merge_pull(client: Client, snapshot: Snapshot, step: MergePull) -> Snapshot:
    assert snapshot.archive is not None, "a step for an archive that was not read"
    data = {"sha": step.head, "merge_method": snapshot.archive.repository.merge_method}
    await client.put(f"{_at(snapshot)}/pulls/{step.pull.number}/merge", data=data)
    return folds.edited_pull(snapshot, step.pull, state="merged")


async def _request_reviews(client: Client, snapshot: Snapshot, step: RequestReviews) -> Snapshot:
    """Ask for reviews. GitHub asks all or nobody: where one may not be asked, each is asked alone."""
    url = f"{_at(snapshot)}/pulls/{step.pull.number}/requested_reviewers"
    try:
        await client.post(url, data={"reviewers": list(step.logins)})
    except Refused as error:
        if meaning(str(error)) == "permission":
            raise
        for login in step.logins if len(step.logins) > 1 else ():
            with suppress(Refused):
                await client.post(url, data={"reviewers": [login]})
        raise
    return snapshot


async def _close_source(client: Client, snapshot: Snapshot, step: CloseSource) -> Snapshot:
    await client.patch(step.source.id, data={"state": "closed", "state_reason": "completed"})
    return folds.closed_source(snapshot, step.source)


async def _open_source(client: Client, snapshot: Snapshot, step: OpenSource) -> Snapshot:
    if step.kind == "discussion":
        raise Refused("Discussions can be opened by GraphQL only: set GITHUB_API to graphql.")
    assert snapshot.archive is not None, "a step for an archive that was not read"
    data = {"title": step.title, "body": step.body, "labels": list(step.labels)}
    node = await client.post(f"{_at(snapshot)}/issues", data=data)
    return folds.with_opened(snapshot, issue(node, snapshot.archive.repository, await _me(client)))


async def _edit_source(client: Client, snapshot: Snapshot, step: EditSource) -> Snapshot:
    await client.patch(step.source.id, data={"body": step.body})
    return folds.with_source(snapshot, step.source.id, body=step.body)


async def _create_label(client: Client, snapshot: Snapshot, step: CreateLabel) -> Snapshot:
    """Create a label; one that is there already will do."""
    data = {"name": step.name, "color": step.color, "description": step.description}
    at = f"{_at(snapshot)}/labels"
    try:
        node = await client.post(at, data=data)
    except Refused:
        try:
            node = await client.getitem(f"{at}/{quote(step.name, safe='')}")
        except Gone:
            node = None
        if node is None:
            raise
    return folds.with_label(snapshot, step.name, step.name if client.api == "rest" else node["node_id"])


async def _remind(client: Client, snapshot: Snapshot, step: Remind) -> Snapshot:
    node = await client.post(f"{step.pull.id}/comments", data={"body": step.body})
    return folds.with_reminder(snapshot, step.pull, comment(node, await _me(client)))


async def _mark_ready(client: Client, snapshot: Snapshot, step: MarkReady) -> Snapshot:
    raise Refused("A draft can be made ready by GraphQL only.")


async def _delete_branch(client: Client, snapshot: Snapshot, step: DeleteBranch) -> Snapshot:
    """Delete the branch unless it has moved. REST cannot do both at once, so it looks just before."""
    at = f"{_at(snapshot)}/git/ref/heads/{quote(step.branch.name)}"
    if (await client.getitem(at))["object"]["sha"] != step.branch.head:
        raise Stale(f"{step.branch.name} has moved since it was looked at")
    await client.delete(step.branch.id)
    return folds.without_branch(snapshot, step.branch.name)


async def _add_labels(client: Client, snapshot: Snapshot, step: AddLabels) -> Snapshot:
    await client.post(f"{step.subject}/labels", data={"labels": list(step.labels)})
    return folds.labelled(snapshot, step.subject, step.labels, on=True)


async def _remove_labels(client: Client, snapshot: Snapshot, step: RemoveLabels) -> Snapshot:
    for label in step.labels:
        with suppress(Gone):  # somebody else took it off
            await client.delete(f"{step.subject}/labels/{quote(label, safe='')}")
    return folds.labelled(snapshot, step.subject, step.labels, on=False)


async def _react(client: Client, snapshot: Snapshot, step: React) -> Snapshot:
    (content,) = (name for name, each in REACTIONS.items() if each == step.content)
    await client.post(f"{step.comment.id}/reactions", data={"content": content})
    return folds.with_reaction(snapshot, step.comment, step.content)


async def _post_comment(client: Client, snapshot: Snapshot, step: PostComment) -> Snapshot:
    assert snapshot.source is not None, "a step for a source that was not read"
    node = await client.post(f"{snapshot.source.id}/comments", data={"body": step.body})
    return folds.with_comment(snapshot, comment(node, await _me(client)))


async def _edit_comment(client: Client, snapshot: Snapshot, step: EditComment) -> Snapshot:
    node = await client.patch(step.comment.id, data={"body": step.body})
    return folds.with_comment(snapshot, comment(node, await _me(client)))


async def _delete_comment(client: Client, snapshot: Snapshot, step: DeleteComment) -> Snapshot:
    await client.delete(step.comment.id)
    return folds.without_comment(snapshot, step.comment)


async def _check(client: Client, snapshot: Snapshot, step: Check) -> Snapshot:
    parts = [
        step.annotations[start : start + AT_ONCE] for start in range(0, len(step.annotations), AT_ONCE)
    ] or [()]
    data = {"name": step.name, "head_sha": step.head, "status": "completed", "conclusion": step.conclusion}
    run = await client.post(f"{_at(snapshot)}/check-runs", data={**data, "output": _output(step, parts[0])})
    for part in parts[1:]:  # updates append
        await client.patch(f"{_at(snapshot)}/check-runs/{run['id']}", data={"output": _output(step, part)})
    return snapshot


def _output(step: Check, annotations: Sequence[Annotation]) -> dict[str, Any]:
    return {
        "title": step.title,
        "summary": step.summary,
        "annotations": [
            {
                "path": each.path,
                "start_line": each.line,
                "end_line": each.line,
                **({"start_column": each.column, "end_column": each.column} if each.column else {}),
                "annotation_level": each.level,
                "title": each.title,
                "message": each.message,
            }
            for each in annotations
        ],
    }


STEPS: Mapping[type[Step], Callable[[Client, Snapshot, Any], Awaitable[Snapshot]]] = {
    CreateBranch: _create_branch,
    Commit: _commit,
    OpenPull: _open_pull,
    EditPull: _edit_pull,
    ClosePull: _close_pull,
    MergePull: _merge_pull,
    RequestReviews: _request_reviews,
    CloseSource: _close_source,
    OpenSource: _open_source,
    EditSource: _edit_source,
    CreateLabel: _create_label,
    Remind: _remind,
    MarkReady: _mark_ready,
    DeleteBranch: _delete_branch,
    AddLabels: _add_labels,
    RemoveLabels: _remove_labels,
    React: _react,
    PostComment: _post_comment,
    EditComment: _edit_comment,
    DeleteComment: _delete_comment,
    Check: _check,
}
