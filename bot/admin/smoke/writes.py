"""The steps that write: each mutation of the bot, and what GitHub shows of it afterwards."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.admin.smoke.sandbox import LABEL, PATH, Sandbox, Skipped, Unexpected, check, in_words
from bot.github.reader import Size
from bot.model import (
    AddLabels,
    Annotation,
    Branch,
    Check,
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
    Source,
    Suggest,
    Suggestion,
)

ANNOTATIONS = 60
"""More than GitHub takes at once."""
TICK = 1.1
"""Seconds after which GitHub's times, which are whole seconds, must differ."""
ONE_A_PAGE = Size(pulls=1, page=1)
GONE = f"{LABEL}-gone"


async def open_issue(sandbox: Sandbox) -> str:
    """Open an issue."""
    if not sandbox.archive.repository.has_issues:
        raise Skipped("issues are disabled in this repository")
    before = len(sandbox.archive.opened)
    after = await sandbox.apply(OpenSource("issue", sandbox.title("an issue"), "Notes."))
    opened = sandbox.archive.opened[before]
    sandbox.seen, sandbox.issue = replace(after, source=opened), opened.number
    check(True, opened.mine, "viewerDidAuthor in the answer")
    return f"#{opened.number}, viewerDidAuthor is true"


async def publish(sandbox: Sandbox) -> str:
    """Create a branch, a commit and a pull request in one document."""
    name, head = sandbox.branch("one"), sandbox.head
    before = sandbox.client.requests
    await sandbox.apply(
        CreateBranch(name, head),
        Commit(name, head, PATH, _text(sandbox, "first"), "Try a commit", ""),
        OpenPull(name, sandbox.title("a pull request"), "To be merged."),
    )
    sandbox.pull = _number_of(sandbox, name)
    again = sandbox.client.requests - before - 1
    return "the commit sees the new branch" if not again else f"some came too early: sent {again} times more"


async def look_at_pull(sandbox: Sandbox) -> str:
    """Compare what GitHub answered when the pull request was opened with what the bot takes from it."""
    pull = sandbox.opened(sandbox.pull)
    check(True, pull.mine, "viewerDidAuthor of the pull request")
    check((PATH,), pull.files, "the files of the pull request")
    newest = pull.revisions[0] if pull.revisions else None
    slug = await sandbox.app.slug()
    check(f"{slug}[bot]", newest and newest.author, "the author of the commit")
    check("GitHub", newest and newest.committer, "the committer")
    late = await sandbox.until(
        lambda found: any(each.number == pull.number for each in found.pulls), "the pull request"
    )
    return f"files, author and committer are in the answer; {late}"


async def edit(sandbox: Sandbox) -> str:
    """Edit the pull request, and commit again."""
    pull = sandbox.opened(sandbox.pull)
    await sandbox.apply(EditPull(pull, sandbox.title("edited"), "Edited."))
    await sandbox.apply(Commit(pull.branch, pull.head or "", PATH, _text(sandbox, "second"), "Again", ""))
    head = sandbox.opened(sandbox.pull).head
    late = await sandbox.until(
        lambda found: any(each.number == pull.number and each.head == head for each in found.pulls),
        "the second commit",
    )
    return f"title, description and a second commit; {late}"


async def label(sandbox: Sandbox) -> str:
    """Create a label, set it together with a comment, and remove it."""
    if LABEL not in sandbox.archive.labels:
        await sandbox.apply(CreateLabel(LABEL, "ededed", "May be deleted"))
    pull, of = sandbox.opened(sandbox.pull), (sandbox.archive.labels[LABEL],)
    await sandbox.apply(AddLabels(pull.id, of), Remind(pull, "A comment."))
    comment = sandbox.opened(sandbox.pull).comments[-1]
    check(True, comment.mine, "viewerDidAuthor of the comment")
    await sandbox.apply(RemoveLabels(pull.id, of))
    return "label and comment in one document"


async def comment(sandbox: Sandbox) -> str:
    """Write, edit and delete a comment on the issue, react to it, and edit the issue."""
    await _converse(sandbox)
    await sandbox.apply(EditSource(sandbox.source, "Notes, edited."))
    return "written, edited, deleted; reactions may be sent twice"


async def _converse(sandbox: Sandbox) -> None:
    await sandbox.apply(PostComment("First."), PostComment("Second."))
    first, second = sandbox.source.comments[-2:]
    check(True, first.mine, "viewerDidAuthor of the comment")
    await sandbox.apply(React(first, "EYES"), React(first, "EYES"), EditComment(first, "Edited."))
    await sandbox.apply(DeleteComment(second))


async def read_pages(sandbox: Sandbox) -> str:
    """Read the comments on the issue, of which the first page has only one."""
    await _check_pages(sandbox)
    return f"{len(sandbox.source.comments)} comments on two pages, each with its address"


async def _check_pages(sandbox: Sandbox) -> None:
    """Write two more comments, and compare all with what the query of linked threads shows, page by page."""
    await sandbox.apply(PostComment("Third."), PostComment("Fourth."))
    source = sandbox.source
    wanted = [each.id for each in source.comments]
    found, _ = await sandbox.eventually(
        lambda: sandbox.reader.thread(sandbox.name, source.number, ONE_A_PAGE),
        lambda it: it is not None and len(it.comments) >= len(wanted),
        "a comment on a later page",
    )
    assert found is not None
    check(wanted, [each.id for each in found.comments], "the ids of the comments")
    for each in found.comments:
        if not is_comment_url(each.url, source.kind):
            raise Unexpected(f"the address of a comment is {each.url}")


def is_comment_url(url: str, kind: Kind) -> bool:
    """Return whether a URL ends as those by which people link a comment that is notes, too."""
    anchor = "discussioncomment" if kind == "discussion" else "issuecomment"
    return re.search(rf"#{anchor}-\d+$", url) is not None


async def compare_times(sandbox: Sandbox) -> str:
    """Say whether `updatedAt` of an issue rises with a label and with an edited comment."""
    return await _times(sandbox, sandbox.source)


async def _times(sandbox: Sandbox, source: Source) -> str:
    comments = sandbox.source.comments
    if not comments or LABEL not in sandbox.archive.labels:
        raise Skipped("there is no comment or no label")
    label_it = AddLabels(source.id, (sandbox.archive.labels[LABEL],))
    by_label = await _rises(sandbox, source, lambda: sandbox.apply(label_it))
    by_edit = await _rises(sandbox, source, lambda: sandbox.apply(EditComment(comments[0], "Edited again.")))
    words = ["raises" if each else "leaves" for each in (by_label, by_edit)]
    found = f"a label {words[0]} updatedAt, an edited comment {words[1]} it"
    if not (by_label and by_edit):
        raise Unexpected(found)
    return found


async def _rises(sandbox: Sandbox, source: Source, write: Callable[[], Awaitable[object]]) -> bool:
    await sandbox.client.sleep(TICK)
    before = await sandbox.look(source.number, source.kind)
    await write()
    try:
        await sandbox.eventually(
            lambda: sandbox.look(source.number, source.kind),
            lambda after: bool(before and after and after.updated_at > before.updated_at),
            "a later updatedAt",
        )
    except Unexpected:
        return False
    return True


async def delete_label(sandbox: Sandbox) -> str:
    """Look at an issue with a label that was deleted."""
    source = sandbox.source
    await sandbox.apply(CreateLabel(GONE, "ededed", "May be deleted"))
    await sandbox.apply(AddLabels(source.id, (sandbox.archive.labels[GONE],)))
    await sandbox.eventually(sandbox.look, lambda it: it is not None and GONE in it.labels, "the label")
    owner, name = sandbox.name.split("/")
    await sandbox.client.delete(
        "/repos/{owner}/{name}/labels/{label}", {"owner": owner, "name": name, "label": GONE}
    )
    _, late = await sandbox.eventually(
        sandbox.look,
        lambda it: it is not None and GONE not in it.labels and GONE not in it.labelled_by,
        "that the label is deleted",
    )
    return f"its event does not disturb the query; {late}"


async def check_run(sandbox: Sandbox) -> str:
    """Create a check run with more annotations than GitHub takes at once."""
    pull = sandbox.opened(sandbox.pull)
    notes = tuple(Annotation(PATH, 1, "notice", "Smoke test", f"Number {n}") for n in range(ANNOTATIONS))
    await sandbox.apply(Check(pull.head or "", "Smoke test", "All of them.", "neutral", notes))
    head = pull.head or ""
    _, late = await sandbox.eventually(
        lambda: sandbox.get("/commits/{head}/check-runs", {"head": head}),
        lambda it: any(run["output"]["annotations_count"] == ANNOTATIONS for run in it["check_runs"]),
        f"a check run with {ANNOTATIONS} annotations",
    )
    return f"{ANNOTATIONS} annotations; {late}"


async def suggest(sandbox: Sandbox) -> str:
    """Suggest a line in the pull request."""
    pull = sandbox.opened(sandbox.pull)
    lines = (Suggestion(PATH, 1, 1, ("# Better",)),)
    await sandbox.apply(Suggest(pull.number, pull.head or "", "A suggestion.", lines))
    return "a suggestion for a line"


async def open_draft(sandbox: Sandbox) -> str:
    """Open a draft on a branch of its own, and mark it as ready."""
    name, head = sandbox.branch("two"), sandbox.head
    refused = await sandbox.refusals(
        CreateBranch(name, head),
        Commit(name, head, PATH, _text(sandbox, "draft"), "Try a draft", ""),
        OpenPull(name, sandbox.title("a draft"), "To be closed.", draft=True),
    )
    if refused and "draft" in refused[0].message.lower():
        raise Skipped(f"drafts are not available here: {refused[0].message}")
    if refused:
        raise Unexpected(in_words(refused[0]))
    sandbox.draft = _number_of(sandbox, name)
    check(True, sandbox.opened(sandbox.draft).draft, "whether it is a draft")
    await sandbox.apply(MarkReady(sandbox.opened(sandbox.draft)))
    return "opened as a draft, and marked as ready"


async def merge(sandbox: Sandbox) -> str:
    """Merge the pull request; what is merged stays in the default branch."""
    pull = sandbox.opened(sandbox.pull)
    await sandbox.apply(MergePull(pull, pull.head or ""))
    late = await sandbox.until(
        lambda found: any(each.number == pull.number and each.state == "merged" for each in found.pulls),
        "the merge",
    )
    return f"merged by {sandbox.archive.repository.merge_method}; {late}"


async def delete_branch(sandbox: Sandbox) -> str:
    """Delete a branch: GitHub closes its pull request."""
    pull = sandbox.opened(sandbox.draft)
    await sandbox.apply(DeleteBranch(Branch(pull.branch, pull.head or "")))
    late = await sandbox.until(
        lambda found: any(each.number == pull.number and each.state == "closed" for each in found.pulls),
        "that the pull request is closed",
    )
    return f"its pull request is closed; {late}"


async def close_issue(sandbox: Sandbox) -> str:
    """Close the issue."""
    await sandbox.apply(CloseSource(sandbox.source))
    return "closed as completed"


async def discussion(sandbox: Sandbox) -> str:
    """Open a discussion and do there what the bot does; say whether `updatedAt` rises as in an issue."""
    if not sandbox.archive.categories:
        raise Skipped("discussions are disabled in this repository")
    category = sandbox.archive.categories.get("General", next(iter(sandbox.archive.categories.values())))
    before, issue = len(sandbox.archive.opened), sandbox.snapshot.source
    await sandbox.apply(OpenSource("discussion", sandbox.title("a discussion"), "Notes.", category=category))
    opened, number = sandbox.archive.opened[before], sandbox.issue
    sandbox.seen, sandbox.issue = replace(sandbox.snapshot, source=opened), opened.number
    try:
        await _converse(sandbox)
        await sandbox.apply(EditSource(sandbox.source, "Notes, edited."))
        await _check_pages(sandbox)
        times = await _times(sandbox, opened)
        await sandbox.apply(CloseSource(sandbox.source))
    finally:
        sandbox.seen, sandbox.issue = replace(sandbox.snapshot, source=issue), number
    return f"written, edited, closed; {times}"


def _number_of(sandbox: Sandbox, branch: str) -> int:
    return next(each.number for each in sandbox.archive.pulls if each.branch == branch)


def _text(sandbox: Sandbox, version: str) -> str:
    """Return a text whose first line differs in each run, since a suggestion needs a line of the diff."""
    title = f"# Smoke test {sandbox.run}: {version}"
    return f"{title}\n\nWritten by `minutes-bot smoke`. This file may be deleted.\n"
