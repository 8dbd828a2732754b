"""How things stand on GitHub: `read` makes a `Snapshot` with one query, `complete` adds what the plan wants.

Pages beyond the first and very deep folders cost one more. So do, when the plan wants them, the texts of
template and newest minutes (remembered by git id; a second look brings those that are missing along), and the
role of who started the source. What GitHub keeps from us is a `Refusal`, not an exception.
What parses a configuration or goes through all paths does so in a thread: both are what others wrote.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from bot import archive as paths
from bot import config
from bot.case import read_case
from bot.github.client import Client
from bot.github.errors import Gone, Refused
from bot.github.graphql_reader import GraphQLReader
from bot.github.hints import Hints
from bot.github.reader import Reader
from bot.github.rest_reader import RestReader
from bot.minutes import NEWEST
from bot.model import Archive, Fact, File, Look, Refusal, Snapshot, Source

TEMPLATES = 3  # how many files that may be the template are looked into


async def read(client: Client, look: Look, hints: Hints) -> Snapshot:
    """Read how things stand with a source and its archive.

    A hint that is no longer true costs one more query. Raises Limited, LostAnswer, GitHubError.
    """
    reader = _reader(client, hints)
    usual = config.usual_archive(look.repository)
    hinted = hints.archives.get(look.repository, usual)
    seen = await reader.look(look, hinted)
    named = seen.named or usual
    if seen.snapshot.source is not None and named.lower() != hinted.lower():
        seen = await reader.look(look, named)
    snapshot, source = seen.snapshot, seen.snapshot.source
    if source is None:
        return snapshot
    hints.archives[look.repository] = named  # not its new name, where it was renamed
    if snapshot.archive is not None:
        hints.blobs[named.lower()] = await asyncio.to_thread(_oids, snapshot.archive)
    return snapshot


async def complete(client: Client, snapshot: Snapshot, fact: Fact, hints: Hints) -> Snapshot:
    """Add a fact that the plan wants, from memory where it is known. Raises what `read` raises."""
    snapshot = replace(snapshot, asked=snapshot.asked | {fact})
    if fact == "role" and snapshot.source is not None:
        return await _with_role(client, snapshot, snapshot.source, hints)
    if fact == "texts" and snapshot.archive is not None:
        return replace(snapshot, archive=await _with_texts(_reader(client, hints), snapshot.archive, hints))
    return snapshot


def _reader(client: Client, hints: Hints) -> Reader:
    return RestReader(client, hints) if client.api == "rest" else GraphQLReader(client, hints)


# -- texts and role ----------------------------------------------------------------------------------------


async def _with_texts(reader: Reader, archive: Archive, hints: Hints) -> Archive:
    """Add the texts of the template and of the newest minutes."""
    templates, recent = await asyncio.to_thread(_wanted, archive)
    oids = dict.fromkeys(archive.files[path] for path in (*templates, *recent))
    missing = [oid for oid in oids if oid not in hints.texts]
    if missing:
        hints.remember_texts(await reader.texts(archive, missing))
    found = [File(path, hints.texts.get(archive.files[path])) for path in (*templates, *recent)]
    template = await asyncio.to_thread(_template, found[: len(templates)])
    if template is None and len(templates) == 1:
        template = found[0]  # it does not look like one: `plan` says so
    return replace(archive, template=template, recent=tuple(found[len(templates) :]))


def _wanted(archive: Archive) -> tuple[list[str], list[str]]:
    """Tell the paths that may be the template, and those of the newest minutes, oldest first.

    Only where no file is the template do minutes show it: then it takes more than one.
    """
    try:
        settings = config.read(archive.config)
        layout = paths.Layout(settings.path) if settings.path else paths.infer_layout(archive.files)
    except (config.ConfigError, paths.AmbiguousLayout):
        return [], []  # people are asked before anything is written
    held = paths.meetings(layout, archive.files)
    named = [settings.template] if settings.template else paths.template_candidates(archive.files, layout)
    templates = [path for path in named if path in archive.files][:TEMPLATES]
    return templates, [meeting.path for meeting in held[-1 if templates else -NEWEST :]]


def _oids(archive: Archive) -> tuple[str, ...]:
    """Tell the blobs of these files."""
    templates, recent = _wanted(archive)
    return tuple(dict.fromkeys(archive.files[path] for path in (*templates, *recent)))


def _template(files: Sequence[File]) -> File | None:
    return next((file for file in files if _has_headings(file)), None)


def _has_headings(file: File) -> bool:
    return re.search(r"^#{1,6} |^(?:=+|-+)$", file.text or "", re.MULTILINE) is not None


async def _with_role(client: Client, snapshot: Snapshot, source: Source, hints: Hints) -> Snapshot:
    """Add the role of who set the label."""
    tags = (await asyncio.to_thread(read_case, snapshot, source)).tags
    set_by = [source.labelled_by[tag] for tag in tags if tag in source.labelled_by]
    login, _ = max(set_by, key=lambda each: each[1], default=(None, None))
    if login is None:  # a deleted user, or the label is gone
        return replace(snapshot, role="none")
    key = (source.repository.name, login)
    try:
        if key not in hints.roles:
            hints.roles[key] = await role(client, *key)
    except Refused as error:
        refusal = Refusal("role", str(error), error.permission or "metadata: read")
        return replace(snapshot, refusals=(*snapshot.refusals, refusal))
    return replace(snapshot, role=hints.roles[key])


ROLES = frozenset({"admin", "maintain", "write", "triage", "read", "none"})


async def role(client: Client, repository: str, login: str) -> str:
    """Ask for the role of a user: `author_association` would show private members as strangers.

    Needs metadata: read only. A role of an organisation's own making counts as the one that it extends.
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
