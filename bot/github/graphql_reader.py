"""Source and archive by GraphQL: in one query, which `snapshot.graphql` shows."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from bot.github import nodes
from bot.github.client import Answer, Client, QueryError
from bot.github.documents import document
from bot.github.errors import LostAnswer
from bot.github.hints import Hints
from bot.github.reader import PERMISSIONS, Seen, archive_named_in, files_below
from bot.model import Archive, Look, Refusal, Snapshot, Source


class GraphQLReader:
    """Source and archive in one query."""

    def __init__(self, client: Client, hints: Hints) -> None:
        self._client = client
        self._hints = hints

    async def look(self, look: Look, archive: str) -> Seen:
        """Read source and archive; see `reader.Reader`."""
        owner, name = look.repository.split("/", 1)
        archive_owner, _, archive_name = archive.partition("/")
        blobs = [oid for oid in self._hints.blobs.get(archive.lower(), ()) if oid not in self._hints.texts]
        answer = await self._client.execute(
            document("snapshot").replace("# texts\n", _texts(blobs)),
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
        self._hints.remember_texts({oid: nodes.text(node) for oid, node in _numbered(blobs, kept or {})})
        # a part that was kept from us must not look like one that is empty
        if any(error.type == "FORBIDDEN" for error in answer.errors):
            kept = None
        snapshot = Snapshot(
            source=await self._source(found),
            archive_name=kept["nameWithOwner"] if kept else archive,
            archive=await self._archive(kept),
            refusals=refusals,
        )
        config = nodes.text((found or {}).get("config"))
        return Seen(snapshot, await asyncio.to_thread(archive_named_in, config))

    async def texts(self, archive: Archive, oids: Sequence[str]) -> Mapping[str, str | None]:
        """Read blobs in one query; see `reader.Reader`."""
        query = f"query Texts($id: ID!) {{ node(id: $id) {{ ... on Repository {{\n{_texts(oids)}}} }} }}"
        answer = _whole(await self._client.execute(query, {"id": archive.repository.id}))
        return {oid: nodes.text(node) for oid, node in _numbered(oids, answer["node"])}

    async def _source(self, node: Any) -> Source | None:
        issue = (node or {}).get("issue")
        if not issue:
            return None
        comments = await self._comments(issue["id"], issue["comments"])
        return nodes.source(issue, nodes.repository(node), comments)

    async def _archive(self, node: Any) -> Archive | None:
        if not node:
            return None
        repository = nodes.repository(node)
        return Archive(
            repository=repository,
            files=await self._files(repository.name, node.get("tree")),
            config=nodes.text(node.get("config")),
            pulls=nodes.pulls(node.get("pullRequests")),
            branches=tuple(map(nodes.branch, nodes.nodes(node.get("refs")))),
            labels={label["name"]: label["id"] for label in nodes.nodes(node.get("labels"))},
        )

    async def _files(self, repository: str, tree: Any) -> Mapping[str, str]:
        """List the files; where the query did not reach them all, by REST, once per tree."""
        found, whole = nodes.files(tree)
        if whole:
            return found
        oid = tree["oid"]
        if oid not in self._hints.trees:
            self._hints.trees[oid] = await files_below(self._client, repository, oid)
        return self._hints.trees[oid]

    async def _comments(self, issue: str, first: Any) -> list[nodes.Node]:
        """List the comments of all pages."""
        found, after = nodes.nodes(first), nodes.next_page(first)
        while after:
            answer = _whole(await self._client.execute(document("comments"), {"id": issue, "after": after}))
            connection = answer["node"]["comments"]
            found, after = found + nodes.nodes(connection), nodes.next_page(connection)
        return found


def _texts(oids: Sequence[str]) -> str:
    """Write the fields that bring blobs; their number differs, and GraphQL has no list of objects."""
    return "".join(
        f't{index}: object(oid: "{oid}") {{ ... on Blob {{ text isBinary isTruncated }} }}\n'
        for index, oid in enumerate(oids)
    )


def _numbered(oids: Sequence[str], found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Take the answers to these fields that are there."""
    return [(oid, found[f"t{index}"]) for index, oid in enumerate(oids) if found.get(f"t{index}")]


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
