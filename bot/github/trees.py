"""The files of an archive, listed once for each tree: a tree with the same id has the same files.

https://docs.github.com/en/rest/git/trees#get-a-tree
"""

from collections.abc import Mapping
from typing import Any

from bot.github.client import Client
from bot.github.errors import GitHubError
from bot.github.hints import Hints, Tree

MOST_TREES = 200
"""How many requests one list may take. GitHub returns up to 100,000 entries in each."""
FILES = frozenset({"100644", "100755"})
"""Git's modes of files: https://git-scm.com/docs/git-fast-import (under *filemodify*)."""


async def read_tree(client: Client, repository: str, tree: str, hints: Hints) -> Tree:
    """Return all files, symbolic links and submodules below a git tree of a repository ("owner/name").

    `tree` is the id of the tree; lists are cached in `hints`. A list that GitHub truncates is read folder by
    folder. Raises GitHubError when that takes more than 200 requests, or when the list of a single folder is
    truncated: in an incomplete list a path that is in use would look free.
    """
    if tree not in hints.trees:
        hints.trees[tree] = await _read(client, repository, tree, [MOST_TREES])
    return hints.trees[tree]


async def _read(client: Client, repository: str, tree: str, left: list[int]) -> Tree:
    """Return what is below a tree; `left` has one item, the number of requests that may still be sent."""
    found = await _tree(client, repository, tree, left, recursive="1")
    if not found.get("truncated"):
        return _listed(found)
    here = await _tree(client, repository, tree, left)
    if here.get("truncated"):
        raise GitHubError(f"a folder of {repository} has too many files to be listed")
    listed = _listed(here)
    files, links = dict(listed.files), listed.links
    for folder in (entry for entry in here["tree"] if entry["type"] == "tree"):
        below = await _read(client, repository, folder["sha"], left)
        files |= {f"{folder['path']}/{path}": oid for path, oid in below.files.items()}
        links |= {f"{folder['path']}/{path}" for path in below.links}
    return Tree(files, links)


async def _tree(client: Client, repository: str, tree: str, left: list[int], **how: str) -> Mapping[str, Any]:
    left[0] -= 1
    if left[0] < 0:
        raise GitHubError(f"{repository} has too many files to be listed")
    owner, name = repository.split("/")
    url = "/repos/{owner}/{name}/git/trees/{tree}{?recursive}"
    answer: Mapping[str, Any] = await client.getitem(url, {"owner": owner, "name": name, "tree": tree, **how})
    return answer


def _listed(answer: Mapping[str, Any]) -> Tree:
    entries = [entry for entry in answer["tree"] if entry["type"] != "tree"]
    files = {entry["path"]: entry["sha"] for entry in entries if entry["mode"] in FILES}
    return Tree(files, frozenset(entry["path"] for entry in entries if entry["path"] not in files))
