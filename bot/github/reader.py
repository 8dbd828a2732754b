"""What a way to read GitHub has to offer: `graphql_reader` and `rest_reader` are the two."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot import config
from bot.github.client import Client
from bot.github.errors import GitHubError
from bot.model import AGENDA, Look, Repository, Snapshot, Source, Text

# The permission of app.yml without which a part of the look is missing, by the field's name.
PERMISSIONS: Mapping[str, str] = {
    "issue": "issues: write",
    "discussion": "discussions: write",
    "config": "contents: write",
    "tree": "contents: write",
    "refs": "contents: write",
    "pullRequests": "pull_requests: write",
    "labels": "issues: write",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader brings at once: a snapshot without further facts, and the source's own configuration."""

    snapshot: Snapshot
    named: str | None = None


class Reader(Protocol):
    """A way to read GitHub: by GraphQL, or by REST."""

    async def look(self, look: Look, archive: str) -> Seen:
        """Read source and archive."""
        ...

    async def calendar(self, archive: str) -> Snapshot:
        """Read an archive, and what a calendar needs beside: `opened`, `categories`, the agenda."""
        ...

    async def texts(self, repository: Repository, texts: Sequence[Text]) -> Mapping[Text, str | None]:
        """Read blobs and files at commits: those that are there; None for what is not text."""
        ...

    async def commits_of(self, repository: Repository, path: str) -> Sequence[str]:
        """List the newest commits of the default branch that changed a file, newest first; 20 at most."""
        ...

    async def file(self, repository: str, text: Text) -> tuple[Repository, str | None]:
        """Read a file in a repository that was not read before. Raises Gone."""
        ...

    async def thread(self, repository: str, number: int) -> Source | None:
        """Read an issue or a discussion, whichever has that number; None for what may not be seen."""
        ...


def agenda_query(owner: str) -> str:
    """Say what is searched for: open, and labelled for the agenda, in the repositories of an owner.

    https://docs.github.com/en/search-github/searching-on-github/searching-discussions
    """
    return f"user:{owner} label:{AGENDA} is:open"


def agenda_query_of_threads(owner: str) -> str:
    """Say it for issues and pull requests, where more may be said than of discussions.

    https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
    """
    return f"{agenda_query(owner)} archived:false sort:created-asc"


def archive_named_in(text: str | None) -> str | None:
    """Read the key `archive:` of a source's own configuration, even beside mistakes in other keys."""
    try:
        return config.read(text).archive
    except config.ConfigError:
        match = re.search(r"^archive:\s*[\"']?([\w.-]+/[\w.-]+)", text or "", re.MULTILINE)
        return match[1] if match else None


async def files_below(client: Client, repository: str, tree: str) -> dict[str, str]:
    """List all files below a tree, path to blob id.

    Raises GitHubError when GitHub cuts the list (at 100,000 entries): a part of it would call a path
    free that is taken.
    https://docs.github.com/en/rest/git/trees#get-a-tree
    """
    owner, name = repository.split("/")
    url = "/repos/{owner}/{name}/git/trees/{tree}?recursive=1"
    answer = await client.getitem(url, {"owner": owner, "name": name, "tree": tree})
    if answer.get("truncated"):
        raise GitHubError(f"{repository} has too many files to be listed")
    return {entry["path"]: entry["sha"] for entry in answer["tree"] if entry["type"] == "blob"}
