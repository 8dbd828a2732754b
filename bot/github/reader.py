"""Reading source and archive by GraphQL: in one query, which `snapshot.graphql` shows."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot import config, marks
from bot.github import nodes
from bot.github.client import Answer, Client, QueryError
from bot.github.documents import TEXTS, document, with_fragments
from bot.github.errors import GitHubError, Gone, LostAnswer
from bot.github.hints import Hints
from bot.model import AGENDA, MISSING, Archive, Kind, Look, Refusal, Repository, Snapshot, Source, Text

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
    """What a look brings at once: a snapshot without further facts, and the source's own configuration."""

    snapshot: Snapshot
    named: str | None = None


class Reader:
    """Source and archive in one query, and what the plan wants beside."""

    def __init__(self, client: Client, hints: Hints) -> None:
        self._client = client
        self._hints = hints

    async def look(self, look: Look, archive: str) -> Seen:
        """Read source and archive."""
        owner, name = look.repository.split("/", 1)
        archive_owner, _, archive_name = archive.partition("/")
        of, shape = self._hints.shapes.get(archive.lower(), ("", ()))
        texts = [text for text in shape if (of, text) not in self._hints.texts]
        answer = await self._client.execute(
            document("snapshot").replace(TEXTS, _texts(texts)),
            {
                "owner": owner,
                "name": name,
                "number": look.number,
                "isIssue": look.kind == "issue",
                "archiveOwner": archive_owner,
                "archiveName": archive_name,
            },
        )
        refusals = tuple(_refusal(error) for error in answer.errors)
        found, kept = answer.data.get("source"), answer.data.get("archive")
        if kept:
            self._hints.remember_texts(kept["id"], _numbered(texts, kept))
        # a part that was kept from us must not look like one that is empty
        if any(error.type == "FORBIDDEN" for error in answer.errors):
            kept = None
        snapshot = Snapshot(
            source=await self._source(found),
            archive_name=kept["nameWithOwner"] if kept else archive,
            archive=await self._archive(kept),
            labelled_by=look.labelled_by,
            refusals=refusals,
        )
        own = nodes.text((found or {}).get("config"))
        return Seen(snapshot, await asyncio.to_thread(archive_named_in, own))

    async def calendar(self, archive: str) -> Snapshot:
        """Read an archive, and what a calendar needs beside: `opened`, `categories`, the agenda."""
        owner, name = archive.split("/", 1)
        of, shape = self._hints.shapes.get(archive.lower(), ("", ()))
        texts = [text for text in shape if (of, text) not in self._hints.texts]
        answer = await self._client.execute(
            document("calendar").replace(TEXTS, _texts(texts)),
            {
                "owner": owner,
                "name": name,
                "missing": MISSING,
                "threads": agenda_query_of_threads(owner),
                "talks": agenda_query(owner),
            },
        )
        beside = [error for error in answer.errors if _is_beside(error)]
        needed = [_refusal(error) for error in answer.errors if error not in beside]
        kept = None if any(refusal.permission for refusal in needed) else answer.data.get("archive")
        if kept:
            self._hints.remember_texts(kept["id"], _numbered(texts, kept))
        found = await self._archive(kept)
        if kept and found:
            categories = {each["name"]: each["id"] for each in nodes.nodes(kept.get("discussionCategories"))}
            found = replace(
                found,
                categories=categories,
                opened=tuple(_opened(kept, found.repository)),
            )
        return Snapshot(
            source=None,
            archive_name=found.repository.name if found else archive,
            archive=found,
            agenda=tuple(map(nodes.agenda_item, _agenda(answer.data))),
            refusals=(*needed, *(Refusal("agenda", error.message) for error in beside)),
        )

    async def texts(self, repository: Repository, texts: Sequence[Text]) -> Mapping[Text, str | None]:
        """Read blobs and files at commits: those that are there; None for what is not text."""
        query = f"query Texts($id: ID!) {{ node(id: $id) {{ ... on Repository {{\n{_texts(texts)}}} }} }}"
        answer = _whole(await self._client.execute(with_fragments(query), {"id": repository.id}))
        return _numbered(texts, answer["node"])

    async def commits_of(self, repository: Repository, path: str) -> Sequence[str]:
        """List the newest commits of the default branch that changed a file, newest first; 20 at most."""
        variables = {"id": repository.id, "path": path}
        node = _whole(await self._client.execute(document("history"), variables))["node"]
        target = (node.get("defaultBranchRef") or {}).get("target") or {}
        return [commit["oid"] for commit in nodes.nodes(target.get("history"))]

    async def file(self, repository: str, text: Text) -> tuple[Repository, str | None]:
        """Read a file in a repository that was not read before. Raises Gone."""
        owner, name = repository.split("/", 1)
        variables = {"owner": owner, "name": name, "expression": _expression(text)}
        answer = await self._client.execute(document("file"), variables)
        found = answer.data.get("repository")
        if not found:
            raise Gone(f"{repository} cannot be read")
        return nodes.repository(found), nodes.text(found.get("file"))

    async def thread(self, repository: str, number: int) -> Source | None:
        """Read an issue or a discussion, whichever has that number; None for what may not be seen."""
        owner, name = repository.split("/", 1)
        variables = {"owner": owner, "name": name, "number": number}
        answer = await self._client.execute(document("linked"), variables)
        for error in answer.errors:
            _refusal(error)  # one kind is always missing
        return await self._source(answer.data.get("repository"))

    async def _source(self, repository: Any) -> Source | None:
        for kind in get_args(Kind):
            if thread := (repository or {}).get(kind):
                comments = await self._comments(thread["id"], thread["comments"])
                return nodes.source(thread, nodes.repository(repository), kind, comments)
        return None

    async def _archive(self, node: Any) -> Archive | None:
        if not node:
            return None
        repository = nodes.repository(node)
        pulls = (*nodes.pulls(node.get("pullRequests")), *nodes.pulls(node.get("open")))
        return Archive(
            repository=repository,
            files=await self._files(repository.name, node.get("tree")),
            config=nodes.text(node.get("config")),
            pulls=tuple({pull.number: pull for pull in pulls}.values()),
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

    async def _comments(self, thread: str, first: Any) -> list[nodes.Node]:
        """List the comments of all pages, each with its replies behind it."""
        found: list[nodes.Node] = []
        for comment in await self._pages(thread, first):
            found.append(comment)
            if comment.get("replies"):
                found += await self._pages(comment["id"], comment["replies"])
        return found

    async def _pages(self, node: str, first: Any) -> list[nodes.Node]:
        found, after = nodes.nodes(first), nodes.next_page(first)
        while after:
            answer = _whole(await self._client.execute(document("comments"), {"id": node, "after": after}))
            connection = answer["node"]["comments"]
            found, after = found + nodes.nodes(connection), nodes.next_page(connection)
        return found


def _texts(texts: Sequence[Text]) -> str:
    """Write the fields that bring texts; their number differs, and GraphQL has no list of objects."""
    return "".join(
        # a string of JSON is one of GraphQL too: https://spec.graphql.org/October2021/#sec-String-Value
        f"t{index}: object(expression: {json.dumps(_expression(text), ensure_ascii=False)}) {{ ...Text }}\n"
        for index, text in enumerate(texts)
    )


def _expression(text: Text) -> str:
    """Say it as git does (gitrevisions: `<rev>:<path>`)."""
    return f"{text.oid}:{text.path}" if text.path else text.oid


def _numbered(texts: Sequence[Text], found: Mapping[str, Any]) -> Mapping[Text, str | None]:
    """Take the answers to these fields that are there; None for what is not text."""
    answers = ((text, found.get(f"t{index}")) for index, text in enumerate(texts))
    return {text: nodes.text(node) for text, node in answers if node}


BESIDE = frozenset({"threads", "talks", "discussionCategories", "discussions", "issues", "missing"})
"""What a calendar does without, where GitHub keeps it from us: the rest of the look stands."""


def _is_beside(error: QueryError) -> bool:
    """Tell whether an error is about a part of the look that others do without."""
    return bool(BESIDE.intersection(map(str, error.path or ())))


def _opened(archive: nodes.Node, repository: Repository) -> Iterator[Source]:
    """List what the bot itself opened there, each once."""
    seen = set[str]()
    parts: Mapping[str, Kind] = {"missing": "issue", "issues": "issue", "discussions": "discussion"}
    for part, kind in parts.items():
        for node in nodes.nodes(archive.get(part)):
            if node["viewerDidAuthor"] and node["id"] not in seen and marks.find(node["body"]):
                seen.add(node["id"])
                yield nodes.source(node, repository, kind, ())


def _agenda(data: nodes.Node) -> Iterator[nodes.Node]:
    """List what the searches found; that for discussions takes neither `archived:` nor an order."""
    yield from nodes.nodes(data.get("threads"))
    talks = sorted(nodes.nodes(data.get("talks")), key=lambda talk: str(talk["createdAt"]))
    yield from (talk for talk in talks if not talk["repository"]["isArchived"])


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
