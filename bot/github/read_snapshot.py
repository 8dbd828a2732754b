"""Reads snapshots: `read` reads a `Snapshot` with one query, `complete` adds what the plan needs.

Further requests are needed for pages beyond the first, a tree that is not cached, pull requests that changed,
and facts that are not cached. The query of a later read includes the source's pull request, and the texts of
template and newest minutes that are not cached.

What the App may not read becomes a `Refusal`, not an exception. Configurations are parsed, and lists of paths
searched, in a thread, since they may be large.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot import config
from bot.archive import template_files
from bot.commands import WRITERS
from bot.github import links
from bot.github.client import Client
from bot.github.errors import Gone, Refused, Stale
from bot.github.hints import Hints
from bot.github.pull_reader import pull_number_in_status
from bot.github.reader import SMALL, Reader
from bot.model import (
    Archive,
    ArchiveRequest,
    Fact,
    FileRef,
    ReconcileRequest,
    Refusal,
    Repository,
    Role,
    Snapshot,
    ThreadRef,
)


async def read(client: Client, look: ReconcileRequest, hints: Hints) -> Snapshot:
    """Return the snapshot of a source and of its archive; `look` names the source.

    The archive's name comes from the cache `hints`; if the source's configuration names another one, the
    query is sent again for that. Raises Limited, LostAnswer, GitHubError.
    """
    reader = Reader(client, hints)
    usual = config.usual_archive(look.repository)
    hinted = hints.archives.get(look.repository, usual)
    seen = await reader.look(look, hinted)
    named = seen.named or usual
    if seen.snapshot.source is not None and named.lower() != hinted.lower():
        seen = await reader.look(look, named)
    snapshot, source = seen.snapshot, seen.snapshot.source
    if source is None:
        return snapshot
    hints.archives[look.repository] = named  # as configured: if it was renamed, the old name
    remember(snapshot, look, hints)
    if snapshot.archive is not None:
        texts = await asyncio.to_thread(template_files.texts_of, snapshot.archive)
        hints.shapes[named.lower()] = snapshot.archive.repository.id, texts
    return snapshot


async def read_source(client: Client, look: ReconcileRequest, hints: Hints) -> Snapshot:
    """Return the snapshot of the source that `look` names, without its archive, by a small query.

    Raises what `read` raises.
    """
    source = await Reader(client, hints).thread(look.repository, look.number, SMALL)
    return Snapshot(source, config.usual_archive(look.repository), archive=None)


def remember(snapshot: Snapshot, look: ReconcileRequest | ArchiveRequest, hints: Hints) -> None:
    """Record in the cache `hints` which pull requests the next query for this archive reads in full.

    They are the one that the bot opened for the source that `look` names, if any, and those that changed a
    moment ago.
    """
    archive = snapshot.archive
    if archive is None:
        return
    # cached by the names in the request: the repositories may have been renamed
    if not isinstance(look, ReconcileRequest):
        hints.remember_changing(look.repository, archive.repository.id, archive.pulls)
        return
    asked_as = hints.archives.get(look.repository, snapshot.archive_name)
    hints.remember_changing(asked_as, archive.repository.id, archive.pulls)
    number = pull_number_in_status(snapshot.source, snapshot.archive_name)
    for pull in archive.pulls:
        if pull.number == number:
            hints.remember_own_pull(asked_as, f"{look.repository}#{look.number}", pull)


async def read_archive(client: Client, look: ArchiveRequest, hints: Hints) -> Snapshot:
    """Return the snapshot of the archive that `look` names, without a source, with what its calendar needs.

    Raises what `read` raises.
    """
    snapshot = await Reader(client, hints).calendar(look.repository)
    if snapshot.archive is not None:
        texts = await asyncio.to_thread(template_files.texts_of, snapshot.archive)
        hints.shapes[snapshot.archive_name.lower()] = snapshot.archive.repository.id, texts
    return snapshot


async def complete(client: Client, snapshot: Snapshot, needs: Sequence[Fact], hints: Hints) -> Snapshot:
    """Return the snapshot with the facts that a plan needs, read from GitHub unless they are cached.

    `needs` are those facts, as a MissingFacts names them. Raises what `read` raises, and Stale when GitHub
    does not have a text yet that it listed.
    """
    reader, archive = Reader(client, hints), snapshot.archive
    snapshot = replace(snapshot, asked=snapshot.asked | set(needs))
    snapshot = await _with_roles(client, snapshot, (fact for fact in needs if isinstance(fact, Role)), hints)
    texts = [fact for fact in needs if isinstance(fact, FileRef)]
    found = await _texts(reader, archive.repository, texts, hints) if archive else dict.fromkeys(texts)
    linked = {
        fact: await links.read(client, reader, snapshot, fact)
        for fact in needs
        if isinstance(fact, ThreadRef)
    }
    snapshot = replace(snapshot, texts={**snapshot.texts, **found}, linked={**snapshot.linked, **linked})
    if archive and "config" in needs:
        snapshot = replace(snapshot, good_config=await _good_config(reader, archive, hints))
    if archive and "shape" in needs:
        good = snapshot.good_config
        wanted = await asyncio.to_thread(template_files.texts_of, archive, good)
        known = await _texts(reader, archive.repository, wanted, hints, are_listed=True)
        snapshot = replace(snapshot, texts={**snapshot.texts, **known})
    return snapshot


async def file(client: Client, repository: str, text: FileRef, hints: Hints) -> tuple[Repository, str | None]:
    """Return the repository of the name `repository` ("owner/name"), and the text of one file in it.

    `text` says which file; its text is None if there is none, or if it is no text. Raises Gone when the
    repository cannot be read, and what `read` raises.
    """
    return await Reader(client, hints).file(repository, text)


async def files_of_pull(client: Client, repository: str, number: int) -> tuple[str, ...]:
    """Return the paths that a pull request of a repository ("owner/name") adds or changes, the first 100.

    https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
    """
    owner, name = repository.split("/")
    url = "/repos/{owner}/{name}/pulls/{number}/files{?per_page}"
    values = {"owner": owner, "name": name, "number": str(number), "per_page": "100"}
    answer = await client.getitem(url, values)
    return tuple(each["filename"] for each in answer if each["status"] != "removed")


# -- texts -------------------------------------------------------------------------------------------------


async def _texts(
    reader: Reader,
    repository: Repository,
    texts: Sequence[FileRef],
    hints: Hints,
    *,
    are_listed: bool = False,
) -> Mapping[FileRef, str | None]:
    """Return the texts of these files, None for what is missing or no text; one query reads all that lack.

    Raises Stale when one is missing though GitHub listed it (`are_listed`).
    """
    of = repository.id
    known = {text: hints.texts[of, text] for text in texts if (of, text) in hints.texts}
    if missing := [text for text in texts if text not in known]:
        # a missing text is not cached: GitHub may just be late
        read = hints.remember_texts(of, await reader.texts(repository, missing))
        if are_listed and len(read) < len(missing):
            raise Stale(f"a file of {repository.name} that is listed is not there yet")
        known |= {text: read.get(text) for text in missing}
    return known


async def _good_config(reader: Reader, archive: Archive, hints: Hints) -> str | None:
    """Return the text of the archive's newest valid configuration, None if there is none.

    It is cached by the newest commit of the default branch.
    """
    repository = archive.repository
    if repository.head is None:
        return None
    if repository.head not in hints.good_configs:
        commits = await reader.commits_of(repository, config.PATH)
        texts = await _texts(reader, repository, [FileRef(oid, config.PATH) for oid in commits], hints)
        newest_first = (texts[FileRef(oid, config.PATH)] for oid in commits)
        hints.good_configs[repository.head] = await asyncio.to_thread(_first_good, newest_first)
    return hints.good_configs[repository.head]


def _first_good(texts: Iterable[str | None]) -> str | None:
    for text in texts:
        try:
            config.read(text)
        except config.ConfigError:
            continue
        if text is not None:  # None: the commit deleted the file
            return text
    return None


# -- roles -------------------------------------------------------------------------------------------------


async def _with_roles(client: Client, snapshot: Snapshot, wanted: Iterable[Role], hints: Hints) -> Snapshot:
    """Return the snapshot with these roles; one that the App may not read becomes a refusal."""
    for each in wanted:
        try:
            found = hints.roles.get(each) or await role(client, each.repository, each.login)
            if found in WRITERS:  # others are not cached: they may get the right at any moment
                hints.roles[each] = found
            snapshot = replace(snapshot, roles={**snapshot.roles, each: found})
        except Refused as error:
            refusal = Refusal("role", str(error), error.permission or "metadata: read")
            snapshot = replace(snapshot, refusals=(*snapshot.refusals, refusal))
    return snapshot


ROLES = frozenset({"admin", "maintain", "write", "triage", "read", "none"})


async def role(client: Client, repository: str, login: str) -> str:
    """Return the role of the user `login` in a repository ("owner/name"), "none" for no role.

    Needs `metadata: read` only. An organisation's custom role counts as the one that it extends.
    (`author_association` is of no use: it shows members with a private membership as strangers.)
    https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    """
    owner, name = repository.split("/")
    url = "/repos/{owner}/{name}/collaborators/{login}/permission"
    try:
        answer = await client.getitem(url, {"owner": owner, "name": name, "login": login})
    except Gone:
        return "none"
    given = answer.get("role_name") or answer["permission"]
    return str(given if given in ROLES else answer["permission"])
