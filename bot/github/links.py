"""Issues, discussions and their comments that people link as notes."""

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
    """Read the issue, discussion or comment at an address of this GitHub; None for no access.

    Nothing is read beyond what the App is installed on for the account of the source: what is public
    elsewhere could be read, too, but is none of the team's.
    """
    source = snapshot.source
    if source is None:
        return None
    # the address of GitHub's pages is not configured, so it is taken from the source's own
    root = source.url[: source.url.index(f"/{source.repository.name}/")]
    match = _THREAD.fullmatch(link.url.removeprefix(root))
    if not match or not link.url.startswith(root) or not await _is_ours(client, source, match["repository"]):
        return None
    thread = await reader.thread(match["repository"], int(match["number"]))
    if thread is None or match["comment"] is None:
        return thread
    return next((each for each in thread.comments if each.url.endswith(f"#{match['comment']}")), None)


async def _is_ours(client: Client, source: Source, repository: str) -> bool:
    """Return whether the installation covers a repository; an account has one installation of an App."""
    if repository.lower() == source.repository.name.lower():
        return True
    owners = {name.split("/")[0].lower() for name in (repository, source.repository.name)}
    return len(owners) == 1 and await client.identity.installation_on(repository) is not None
