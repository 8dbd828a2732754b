"""Removes what the steps of this run and of earlier ones made, and names what only people can remove."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.admin.smoke.sandbox import LABEL, LOOKS, PATH, PREFIX, TITLE, Sandbox
from bot.github import nodes
from bot.github.apply import apply
from bot.github.documents import with_fragments
from bot.github.errors import GitHubError, Gone
from bot.model import Archive, ClosePull, CloseSource, DeleteBranch, Snapshot, Source, Step

BRANCH = re.compile(rf"{PREFIX}\d{{12}}-")
"""How the name of a branch begins that a run made; people may have others with the prefix."""
THREADS = """query Threads($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ...Facts
    issues(first: 50, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { ...OpenedIssue } }
    discussions(first: 50, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { ...OpenedDiscussion } }
  }
}"""
QUIET = 2
"""After so many looks in a row that show nothing, nothing is left; the first may be out of date."""
PEOPLE_REMOVE = (
    f"What stays until people remove it: {PATH} with its commits in the default branch, and the closed "
    "issues, discussions and pull requests."
)


@dataclass(frozen=True, slots=True)
class Left:
    """A thing that the steps made and that is still there, and the step that removes it."""

    what: str
    step: Step


async def clean(sandbox: Sandbox) -> list[str]:
    """Remove what is left of all runs, and return what could not be removed, in words.

    It looks again until nothing is shown any more, since GitHub may show what was written a moment later.
    """
    sandbox.begin("clean")
    left: list[str] = []
    quiet = 0
    for _ in range(LOOKS):
        try:
            seen, found = await _look(sandbox)
        except GitHubError as error:
            return [f"what is there cannot be read: {error}"]
        left = [problem for each in found if (problem := await _remove(sandbox, seen, each))]
        quiet = 0 if found or seen.archive is None else quiet + 1
        if quiet == QUIET:
            break
        await sandbox.client.sleep(sandbox.pause)
    else:
        left = left or ["it cannot be seen whether something is left"]
    await _remove_label(sandbox)
    return left


async def _look(sandbox: Sandbox) -> tuple[Snapshot, list[Left]]:
    seen = await sandbox.reader.calendar(sandbox.name)
    found = list(_in_archive(seen.archive)) if seen.archive else []
    threads = [Left(f"{it.kind} #{it.number}", CloseSource(it)) for it in await _threads(sandbox)]
    return seen, [*found, *threads]


def _in_archive(archive: Archive) -> Iterator[Left]:
    for pull in archive.pulls:
        if pull.mine and pull.state == "open" and BRANCH.match(pull.branch):
            yield Left(f"pull request #{pull.number}", ClosePull(pull))
    for branch in archive.branches:
        if BRANCH.match(branch.name):
            yield Left(f"branch {branch.name}", DeleteBranch(branch))


async def _threads(sandbox: Sandbox) -> list[Source]:
    """Return the open issues and discussions that the App opened with a title of the smoke test."""
    owner, name = sandbox.name.split("/")
    answer = await sandbox.client.execute(with_fragments(THREADS), {"owner": owner, "name": name})
    if not (found := answer.data.get("repository")):
        return []
    of = nodes.repository(found)
    all_ = [
        *(nodes.source(each, of, "issue", ()) for each in nodes.nodes(found.get("issues"))),
        *(nodes.source(each, of, "discussion", ()) for each in nodes.nodes(found.get("discussions"))),
    ]
    return [each for each in all_ if each.mine and each.open and each.title.startswith(TITLE)]


async def _remove(sandbox: Sandbox, seen: Snapshot, left: Left) -> str | None:
    """Remove a thing, and return why it could not be removed, None if it was."""
    try:
        after = await apply(sandbox.client, seen, [left.step])
    except GitHubError as error:
        return f"{left.what}: {error}"
    new = after.refusals[len(seen.refusals) :]
    return f"{left.what}: {new[0].message}" if new else None


async def _remove_label(sandbox: Sandbox) -> None:
    owner, name = sandbox.name.split("/")
    for label in (LABEL, f"{LABEL}-gone"):
        try:
            await sandbox.client.delete(
                "/repos/{owner}/{name}/labels/{label}", {"owner": owner, "name": name, "label": label}
            )
        except Gone:
            continue
        except GitHubError:
            return
