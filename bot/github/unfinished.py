"""Searches an account for what the bot may have left unfinished: labelled notes, and unmerged minutes.

The queue has delayed jobs for these; where it was lost, this finds them again. Of each kind the hundred that
changed last are found, of discussions the best matches: that search has no order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.github import nodes
from bot.github.client import Client
from bot.github.documents import document
from bot.model import Kind


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The results of the search."""

    sources: Sequence[tuple[str, int, Kind]]
    """Open issues and discussions with a label: repository ("owner/name"), number, kind."""
    pulls: Sequence[tuple[str, str]]
    """The bot's own open pull requests: repository, description."""


async def unfinished_in(client: Client, account: str, labels: Collection[str], app: str) -> Unfinished:
    """Search in the repositories of an account that the client sees; `app` is the App's slug.

    https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
    """
    quoted = ",".join(f'"{label}"' for label in sorted(labels))
    labelled = f"user:{account} is:open label:{quoted}"
    variables = {
        "issues": f"{labelled} is:issue archived:false sort:updated-desc",
        "talks": labelled,
        "pulls": f"user:{account} is:open is:pr author:app/{app} archived:false sort:updated-desc",
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
