"""How things stand on GitHub, in one request where the hints are warm: `read` makes a `Snapshot`.

One GraphQL query brings source and archive. What it could not bring costs more requests: contents that no
earlier look has met (they are remembered by git id), pages beyond the first, very deep folders, and the role
of who started the source. What GitHub keeps from us is a `Refusal`, not an exception.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files as resources
from typing import Any, Protocol

from bot import archive as paths
from bot import config
from bot.case import read_case
from bot.github import nodes
from bot.github.client import Answer, Client, QueryError
from bot.github.errors import Gone, LostAnswer, Refused
from bot.github.hints import Hints
from bot.model import Archive, File, Look, Refusal, Snapshot, Source

DEFAULT_ARCHIVE = "meeting-minutes"

# The permission of app.yml without which a part of the look is missing, by the field's name.
PERMISSIONS: Mapping[str, str] = {
    "issue": "issues: write",
    "config": "contents: write",
    "tree": "contents: write",
    "refs": "contents: write",
    "pullRequests": "pull_requests: write",
    "labels": "issues: write",
}
TEMPLATES = 3  # how many files that may be the template are looked into


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader brings at once: a snapshot without texts and role, and the source's own configuration."""

    snapshot: Snapshot
    named: str | None = None


class Reader(Protocol):
    """A way to read GitHub: by GraphQL, or by REST."""

    async def look(self, look: Look, archive: str) -> Seen:
        """Read source and archive."""
        ...

    async def texts(self, archive: Archive, oids: Sequence[str]) -> Mapping[str, str | None]:
        """Read blobs of the archive by their ids; None for those that are not text."""
        ...


async def read(client: Client, look: Look, hints: Hints) -> Snapshot:
    """Read how things stand with a source and its archive.

    A hint that is no longer true costs one more query. Raises Limited, LostAnswer, GitHubError.
    """
    reader = _reader(client, hints)
    usual = f"{look.repository.split('/')[0]}/{DEFAULT_ARCHIVE}"
    hinted = hints.archives.get(look.repository, usual)
    seen = await reader.look(look, hinted)
    named = seen.named or usual
    if seen.snapshot.source is not None and named.lower() != hinted.lower():
        seen = await reader.look(look, named)
    snapshot, source = seen.snapshot, seen.snapshot.source
    if source is None:
        return snapshot
    hints.archives[look.repository] = snapshot.archive_name
    if snapshot.archive is not None:
        snapshot = replace(snapshot, archive=await _with_texts(reader, snapshot.archive, hints))
    return await _with_role(client, snapshot, source, hints)


def _reader(client: Client, hints: Hints) -> Reader:
    if client.api == "rest":
        from bot.github.rest_snapshot import RestReader

        return RestReader(client, hints)
    return GraphQLReader(client, hints)


def archive_named_in(text: str | None) -> str | None:
    """Read the key `archive:` of a source's own configuration, even beside mistakes in other keys."""
    try:
        return config.read(text).archive
    except config.ConfigError:
        match = re.search(r"^archive:\s*[\"']?([\w.-]+/[\w.-]+)", text or "", re.MULTILINE)
        return match[1] if match else None


# -- texts and role ----------------------------------------------------------------------------------------


async def _with_texts(reader: Reader, archive: Archive, hints: Hints) -> Archive:
    """Add the texts of the template and of the newest minutes."""
    templates, newest = _wanted(archive)
    wanted = [archive.files[path] for path in (*templates, *newest)]
    missing = [oid for oid in dict.fromkeys(wanted) if oid not in hints.texts]
    if missing:
        hints.texts.update(await reader.texts(archive, missing))
    found = [File(path, hints.texts.get(archive.files[path])) for path in (*templates, *newest)]
    template = next((file for file in found[: len(templates)] if _has_headings(file)), None)
    if template is None and len(templates) == 1:
        template = found[0]  # it does not look like one: `plan` says so
    return replace(archive, template=template, newest=found[-1] if newest else None)


def _wanted(archive: Archive) -> tuple[list[str], list[str]]:
    """Tell the paths that may be the template, and that of the newest minutes, if there is one."""
    try:
        settings = config.read(archive.config)
        layout = paths.Layout(settings.path) if settings.path else paths.infer_layout(archive.files)
    except (config.ConfigError, paths.AmbiguousLayout):
        return [], []  # people are asked before anything is written
    held = paths.meetings(layout, archive.files)
    named = [settings.template] if settings.template else paths.template_candidates(archive.files, layout)
    templates = [path for path in named if path in archive.files][:TEMPLATES]
    return templates, [held[-1].path] if held else []


def _has_headings(file: File) -> bool:
    return re.search(r"^#{1,6} |^(?:=+|-+)$", file.text or "", re.MULTILINE) is not None


async def _with_role(client: Client, snapshot: Snapshot, source: Source, hints: Hints) -> Snapshot:
    """Add the role of who set the label, where it decides whether anything happens at all."""
    case = read_case(snapshot, source)
    set_by = [source.labelled_by[tag] for tag in case.tags if tag in source.labelled_by]
    if not set_by or not (case.status is None or case.taken_back):
        return snapshot
    login, _ = max(set_by, key=lambda each: each[1])
    if login is None:
        return replace(snapshot, role="none")
    key = (source.repository.name, login)
    try:
        if key not in hints.roles:
            hints.roles[key] = await role(client, *key)
    except Refused as error:
        refusal = Refusal("role", str(error), error.permission)
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


# -- by GraphQL --------------------------------------------------------------------------------------------


@cache
def document(name: str) -> str:
    """Load a GraphQL document that lies beside this file."""
    text = (resources(__package__) / f"{name}.graphql").read_text()
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


class GraphQLReader:
    """Source and archive in one query."""

    def __init__(self, client: Client, hints: Hints) -> None:
        self._client = client
        self._hints = hints

    async def look(self, look: Look, archive: str) -> Seen:
        """Read source and archive; see `Reader`."""
        owner, name = look.repository.split("/", 1)
        archive_owner, _, archive_name = archive.partition("/")
        answer = await self._client.execute(
            document("snapshot"),
            {
                "owner": owner,
                "name": name,
                "number": look.number,
                "archiveOwner": archive_owner,
                "archiveName": archive_name,
            },
        )
        refusals = tuple(_refusal(error) for error in answer.errors)
        found, kept = answer.data.get("source"), answer.data.get("archive")
        # a part that was kept from us must not look like one that is empty
        if any(error.type == "FORBIDDEN" for error in answer.errors):
            kept = None
        snapshot = Snapshot(
            source=await self._source(found),
            archive_name=kept["nameWithOwner"] if kept else archive,
            archive=await self._archive(kept),
            refusals=refusals,
        )
        return Seen(snapshot, archive_named_in(nodes.text((found or {}).get("config"))))

    async def texts(self, archive: Archive, oids: Sequence[str]) -> Mapping[str, str | None]:
        """Read blobs in one query; see `Reader`."""
        fields = "\n".join(
            f't{index}: object(oid: "{oid}") {{ ... on Blob {{ text isBinary isTruncated }} }}'
            for index, oid in enumerate(oids)
        )
        query = f"query Texts($id: ID!) {{ node(id: $id) {{ ... on Repository {{\n{fields}\n}} }} }}"
        answer = _whole(await self._client.execute(query, {"id": archive.repository.id}))
        return {oid: nodes.text(answer["node"][f"t{index}"]) for index, oid in enumerate(oids)}

    async def _source(self, node: Any) -> Source | None:
        issue = (node or {}).get("issue")
        if not issue:
            return None
        comments = await self._pages("comments", issue["id"], issue["comments"])
        return nodes.source(issue, nodes.repository(node), comments)

    async def _archive(self, node: Any) -> Archive | None:
        if not node:
            return None
        repository = nodes.repository(node)
        branches = await self._pages("branches", repository.id, node.get("refs"))
        return Archive(
            repository=repository,
            files=await self._files(repository.name, node.get("tree")),
            config=nodes.text(node.get("config")),
            pulls=tuple(map(nodes.pull, nodes.nodes(node.get("pullRequests")))),
            branches=tuple(map(nodes.branch, branches)),
            labels={label["name"]: label["id"] for label in nodes.nodes(node.get("labels"))},
        )

    async def _files(self, repository: str, tree: Any) -> Mapping[str, str]:
        """List the files; where the query did not reach them all, by REST, once per tree."""
        found, whole = nodes.files(tree)
        if whole:
            return found
        oid = tree["oid"]
        if oid not in self._hints.trees:
            self._hints.trees[oid] = await rest_files(self._client, repository, oid)
        return self._hints.trees[oid]

    async def _pages(self, name: str, of: str, first: Any) -> list[nodes.Node]:
        """List the nodes of a connection over all pages; `name` is that of the document for the next ones."""
        found, after = nodes.nodes(first), nodes.next_page(first)
        while after:
            answer = _whole(await self._client.execute(document(name), {"id": of, "after": after}))
            connection = answer["node"][{"comments": "comments", "branches": "refs"}[name]]
            found, after = found + nodes.nodes(connection), nodes.next_page(connection)
        return found


async def rest_files(client: Client, repository: str, tree: str) -> dict[str, str]:
    """List all files below a tree, path to blob id (GitHub cuts the list at 100,000 entries).

    https://docs.github.com/en/rest/git/trees#get-a-tree
    """
    owner, name = repository.split("/")
    url = "/repos/{owner}/{name}/git/trees/{tree}?recursive=1"
    answer = await client.getitem(url, {"owner": owner, "name": name, "tree": tree})
    return {entry["path"]: entry["sha"] for entry in answer["tree"] if entry["type"] == "blob"}


def _refusal(error: QueryError) -> Refusal:
    """Say what could not be read. Raises LostAnswer for an error that is about the whole query."""
    if error.type not in ("NOT_FOUND", "FORBIDDEN"):
        raise LostAnswer(f"a part of the answer is missing: {error.message}")
    part, *below = (str(each) for each in error.path) if error.path else ("look",)
    missing = next((PERMISSIONS[field] for field in below if field in PERMISSIONS), None)
    return Refusal(part, error.message, missing if error.type == "FORBIDDEN" else None)


def _whole(answer: Answer) -> Mapping[str, Any]:
    """Take an answer that has no holes. Raises LostAnswer."""
    if answer.errors or not answer.data.get("node"):
        raise LostAnswer(answer.errors[0].message if answer.errors else "the node is gone")
    return answer.data
