"""Reads issues, discussions and their comments to which people link as notes."""

import re

from bot.github.client import Client
from bot.github.reader import Reader
from bot.model import Comment, Snapshot, Source, ThreadRef

_THREAD = re.compile(
    r"/(?P<repository>[\w.-]+/[\w.-]+)/(?:issues|discussions)/(?P<number>[1-9][0-9]{0,8})"
    r"(?:#(?P<comment>(?:issue|discussion)comment-[0-9]+))?",
    re.ASCII,
)


async def read(
    client: Client, reader: Reader, snapshot: Snapshot, link: ThreadRef
) -> Source | Comment | None:
    """Return the issue, discussion or comment to which a link leads; None when it may not be read.

    `link` was included in the notes of the snapshot's source; `reader` reads the thread by `client`. Only
    what is on the same GitHub, belongs to the account of the source and is covered by the App's installation
    there is read: public threads elsewhere could be read, too, but are not the team's.
    """
    source = snapshot.source
    if source is None:
        return None
    # the address of GitHub's pages is not in the settings, so it is taken from the URL of the source
    root = source.url[: source.url.index(f"/{source.repository.name}/")]
    match = _THREAD.fullmatch(link.url.removeprefix(root))
    if not match or not link.url.startswith(root) or not await _is_ours(client, source, match["repository"]):
        return None
    thread = await reader.thread(match["repository"], int(match["number"]))
    if thread is None or match["comment"] is None:
        return thread
    return next((each for each in thread.comments if each.url.endswith(f"#{match['comment']}")), None)


async def _is_ours(client: Client, source: Source, repository: str) -> bool:
    """Return whether the installation that covers the source covers a repository, too.

    An account has one installation of an App, so any installation on a repository of the same owner is that
    one.
    """
    if repository.lower() == source.repository.name.lower():
        return True
    owners = {name.split("/")[0].lower() for name in (repository, source.repository.name)}
    return len(owners) == 1 and await client.identity.installation_on(repository) is not None
