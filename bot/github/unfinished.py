"""Searches an account for what the bot may have left unfinished: labelled notes, and its open pull requests.

The queue has delayed jobs for them; after the queue was lost, this search finds them again. It returns at
most a hundred of each kind: those that changed last, for discussions the best matches, as that search has no
order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.github import nodes
from bot.github.client import Client
from bot.github.documents import document
from bot.model import Kind


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What the bot may have left unfinished in the repositories of one account; see `unfinished_in`."""

    sources: Sequence[tuple[str, int, Kind]]
    """Open issues and discussions with a label: repository ("owner/name"), number, kind."""
    pulls: Sequence[tuple[str, str]]
    """The bot's own open pull requests: repository ("owner/name"), description."""


async def unfinished_in(client: Client, account: str, labels: Collection[str], app: str) -> Unfinished:
    """Return the open notes and the bot's open pull requests in the repositories of an account.

    Only repositories that the client may see count. `account` is a login, `labels` are those that make a
    thread meeting notes, `app` is the App's slug, its name in URLs.
    https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
    """
    return await _unfinished(client, f"user:{account}", labels, f" author:app/{app}")


async def unfinished_of(client: Client, repository: str, labels: Collection[str]) -> Unfinished:
    """Return the open notes and the client's own open pull requests in one repository ("owner/name").

    Its own are the only ones of a hundred that are kept, as it is not known who the client is.
    """
    return await _unfinished(client, f"repo:{repository}", labels)


async def _unfinished(client: Client, where: str, labels: Collection[str], by: str = "") -> Unfinished:
    quoted = ",".join(f'"{label}"' for label in sorted(labels))
    labelled = f"{where} is:open label:{quoted}"
    variables = {
        "issues": f"{labelled} is:issue archived:false sort:updated-desc",
        "talks": labelled,
        "pulls": f"{where} is:open is:pr{by} archived:false sort:updated-desc",
    }
    found = (await client.execute(document("unfinished"), variables)).data
    kinds: Sequence[tuple[str, Kind]] = (("issues", "issue"), ("talks", "discussion"))
    return Unfinished(
        [
            (node["repository"]["nameWithOwner"], node["number"], kind)
            for part, kind in kinds
            for node in nodes.nodes(found.get(part))
            if not node["repository"]["isArchived"]  # a search for discussions does not take `archived:`
        ],
        [
            (node["repository"]["nameWithOwner"], node["body"])
            for node in nodes.nodes(found.get("pulls"))
            if node["viewerDidAuthor"]
        ],
    )
