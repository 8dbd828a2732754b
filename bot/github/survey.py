"""Surveys an installation: its account, the archives with a calendar, the labels for notes."""

import asyncio
import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot import config
from bot.github import nodes
from bot.github.client import Client
from bot.github.documents import with_fragments
from bot.github.reader import archive_named_in

AT_ONCE = 50
"""How many configurations one query reads at most."""
_SERIES = re.compile(r"^series[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the configurations of all repositories of an installation contain."""

    account: str | None
    """The login of the owner of its repositories; None if it covers no repository."""
    calendars: Sequence[str]
    """The archives ("owner/name") whose configuration has `series:`."""
    labels: frozenset[str]
    """The labels that make an issue or a discussion meeting notes, in any of the repositories."""


async def survey(client: Client) -> Survey:
    """Return what the configurations of all repositories of the client's installation contain.

    Archived repositories are left out.
    https://docs.github.com/en/rest/apps/installations#list-repositories-accessible-to-the-app-installation
    """
    url = "/installation/repositories?per_page=100"
    return await _surveyed(client, [each async for each in client.getiter(url, iterable_key="repositories")])


async def survey_of(client: Client, repository: str) -> Survey:
    """Return what the configuration of one repository ("owner/name") contains.

    https://docs.github.com/en/rest/repos/repos#get-a-repository
    """
    owner, name = repository.split("/")
    return await _surveyed(
        client, [await client.getitem("/repos/{owner}/{name}", {"owner": owner, "name": name})]
    )


async def _surveyed(client: Client, found: Sequence[Any]) -> Survey:
    """Return what the configurations of repositories contain; each is given as REST has it."""
    alive = {each["node_id"]: each for each in found if not each.get("archived")}
    texts: dict[str, str | None] = {}
    for part in _parts(list(alive)):
        texts |= await _configurations(client, part)
    return Survey(
        next((each["full_name"].split("/")[0] for each in found), None),
        [each["full_name"] for node, each in alive.items() if await _keeps_one(each, texts.get(node))],
        await asyncio.to_thread(_labels, [text for text in texts.values() if text]),
    )


def _labels(configurations: Sequence[str]) -> frozenset[str]:
    """Return the labels in these configurations, and the default ones; one with mistakes adds none."""
    found = set(config.Config().labels)
    for text in configurations:
        with contextlib.suppress(config.ConfigError):
            found |= {*config.read(text).labels}
    return frozenset(found)


def _parts(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]


async def _configurations(client: Client, ids: Sequence[str]) -> Mapping[str, str | None]:
    """Return the text of each repository's configuration, by the repository's id; None if it has none."""
    query = with_fragments(
        "query Configurations($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository {\n"
        f'id config: object(expression: "HEAD:{config.PATH}") {{ ...Text }} }} }} }}'
    )
    answer = await client.execute(query, {"ids": list(ids)})
    # a repository that was deleted meanwhile is null; a webhook reports it
    return {
        node["id"]: nodes.configuration(node.get("config")) for node in answer.data.get("nodes") or () if node
    }


async def _keeps_one(repository: Any, text: str | None) -> bool:
    """Return whether a repository is an archive with a calendar: its configuration has `series:`.

    A fork has a copy of the configuration; it is an archive only if `archive:` there names the fork.
    """
    if text is None or not _SERIES.search(text):
        return False
    if not repository.get("fork"):
        return True
    named = await asyncio.to_thread(archive_named_in, text)
    return named is not None and named.casefold() == repository["full_name"].casefold()
