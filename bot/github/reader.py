"""Reading source and archive by GraphQL: in one query, which `snapshot.graphql` shows."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot import config
from bot.github import nodes
from bot.github.client import Answer, Client, QueryError
from bot.github.documents import TEXTS, document, with_fragments
from bot.github.errors import Capped, Gone, LostAnswer, Refused, Stale
from bot.github.hints import Hints
from bot.github.nodes import Listed
from bot.github.trees import files_below
from bot.model import (
    AGENDA,
    MISSING,
    Archive,
    FileRef,
    Kind,
    Pull,
    ReconcileRequest,
    Refusal,
    Repository,
    Snapshot,
    Source,
)
from bot.state import SourceState, ThreadState, find_state

# The permission of app.yml without which a part of the look is missing, by the field's name.
PERMISSIONS: Mapping[str, str] = {
    "issue": "issues: write",
    "discussion": "discussions: write",
    "config": "contents: write",
    "tree": "contents: write",
    "refs": "contents: write",
    "pullRequests": "pull_requests: write",
    "open": "pull_requests: write",
    "pulls": "pull_requests: write",
    "labels": "issues: write",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much a query asks for at once."""

    pulls: int
    page: int
    """Comments, labellings, branches."""

    @property
    def variables(self) -> Mapping[str, int]:
        """The variables of a query that reads an archive."""
        return {"most": self.pulls, "page": self.page}


BIG, SMALL = Size(pulls=50, page=100), Size(pulls=10, page=20)
"""Small where GitHub gave up on the big one, or left it without an answer twice in a row: since 2025 it caps
what a query may take (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
"""


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

    async def look(self, look: ReconcileRequest, archive: str) -> Seen:
        """Read source and archive."""
        owner, name = look.repository.split("/", 1)
        archive_owner, _, archive_name = archive.partition("/")
        of, shape = self._hints.shapes.get(archive.lower(), ("", ()))
        texts = [text for text in shape if (of, text) not in self._hints.texts]
        answer = await self._ask(
            archive,
            document("snapshot").replace(TEXTS, _texts(texts)),
            {
                "owner": owner,
                "name": name,
                "number": look.number,
                "isIssue": look.kind == "issue",
                "archiveOwner": archive_owner,
                "archiveName": archive_name,
                "pulls": self._hints.pulls_along(archive, f"{look.repository}#{look.number}"),
            },
        )
        for error in answer.errors:
            _raise_if_shut_out(error)
        refusals = tuple(_refusal(error) for error in answer.errors if not _is_old_hint(error))
        found, kept = answer.data.get("source"), answer.data.get("archive")
        if kept:
            self._hints.remember_texts(kept["id"], _numbered(texts, kept))
        # a part that was kept from us must not look like one that is empty
        if any(error.type == "FORBIDDEN" for error in answer.errors):
            kept = None
        source = await self._source(found)
        snapshot = Snapshot(
            source=source,
            archive_name=kept["nameWithOwner"] if kept else archive,
            archive=await self._archive(archive, answer.data, noted_pull(source, kept["nameWithOwner"]))
            if kept
            else None,
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
        answer = await self._ask(
            archive,
            document("calendar").replace(TEXTS, _texts(texts)),
            {
                "owner": owner,
                "name": name,
                "missing": MISSING,
                "pulls": self._hints.pulls_along(archive),
                "threads": agenda_query_of_threads(owner),
                "talks": agenda_query(owner),
            },
        )
        beside = [error for error in answer.errors if _is_beside(error)]
        needed = [
            _refusal(error) for error in answer.errors if error not in beside and not _is_old_hint(error)
        ]
        kept = None if any(refusal.permission for refusal in needed) else answer.data.get("archive")
        if kept:
            self._hints.remember_texts(kept["id"], _numbered(texts, kept))
        found = await self._archive(archive, answer.data) if kept else None
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

    async def texts(self, repository: Repository, texts: Sequence[FileRef]) -> Mapping[FileRef, str | None]:
        """Read blobs and files at commits: those that are there; None for what is not text. Raises Stale."""
        commits = dict.fromkeys(text.oid for text in texts if text.path)
        there = "".join(f'c{index}: object(oid: "{oid}") {{ oid }}\n' for index, oid in enumerate(commits))
        fields = f"{_texts(texts)}{there}"
        query = f"query Texts($id: ID!) {{ node(id: $id) {{ ... on Repository {{\n{fields}}} }} }}"
        answer = _whole(await self._client.execute(with_fragments(query), {"id": repository.id}))
        if any(answer["node"].get(f"c{index}") is None for index in range(len(commits))):
            raise Stale("a commit that was seen is not there yet")  # its files would look as if deleted
        return _numbered(texts, answer["node"])

    async def commits_of(self, repository: Repository, path: str) -> Sequence[str]:
        """List the newest commits of the default branch that changed a file, newest first; 20 at most."""
        variables = {"id": repository.id, "path": path}
        node = _whole(await self._client.execute(document("history"), variables))["node"]
        target = (node.get("defaultBranchRef") or {}).get("target") or {}
        return [commit["oid"] for commit in nodes.nodes(target.get("history"))]

    async def file(self, repository: str, text: FileRef) -> tuple[Repository, str | None]:
        """Read a file in a repository that was not read before. Raises Gone."""
        owner, name = repository.split("/", 1)
        variables = {"owner": owner, "name": name, "expression": _expression(text)}
        answer = await self._client.execute(document("file"), variables)
        found = answer.data.get("repository")
        if not found:
            raise Gone(f"{repository} cannot be read")
        return nodes.repository(found), nodes.text(found.get("file"))

    async def thread(self, repository: str, number: int, size: Size = BIG) -> Source | None:
        """Read an issue or a discussion, whichever has that number; None for what may not be seen."""
        owner, name = repository.split("/", 1)
        variables = {"owner": owner, "name": name, "number": number, "page": size.page}
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

    async def _archive(self, asked_as: str, data: nodes.Node, noted: int | None = None) -> Archive:
        """Read an archive; `noted` is the number of a pull request that matters, however old it is."""
        node = data["archive"]
        repository, tree = nodes.repository(node), node.get("tree")
        newest = [*map(nodes.listed, nodes.nodes(node.get("pullRequests")))]
        still_open = [*map(nodes.listed, nodes.nodes(node.get("open")))]
        along = [each for each in data.get("pulls") or () if each]
        known = nodes.pulls(each for each in along if each["repository"]["id"] == repository.id)
        return Archive(
            repository=repository,
            files=await files_below(self._client, repository.name, tree["oid"], self._hints) if tree else {},
            config=nodes.text(node.get("config")),
            pulls=await self._pulls(asked_as, repository, [*newest, *still_open], known, noted),
            pulls_since=newest[-1].created_at if nodes.next_page(node["pullRequests"]) else None,
            branches=tuple(map(nodes.branch, nodes.nodes(node.get("refs")))),
            labels={label["name"]: label["id"] for label in nodes.nodes(node.get("labels"))},
        )

    async def _pulls(
        self,
        archive: str,
        repository: Repository,
        listed: Sequence[Listed],
        known: Sequence[Pull],
        noted: int | None,
    ) -> tuple[Pull, ...]:
        """Read the pull requests that matter, those in full that changed since they were read before."""
        found = {pull.number: pull for pull in known}
        wanted = [each for each in listed if each.matters]
        for each in wanted:
            remembered = self._hints.pulls.get((repository.id, each.number))
            if remembered and each.is_as(remembered):
                found.setdefault(each.number, remembered)
        missing = list(dict.fromkeys(each.id for each in wanted if each.number not in found))
        is_there = noted is None or noted in found or noted in {each.number for each in wanted}
        for pull in await self._read_pulls(repository, missing, None if is_there else noted):
            found[pull.number] = pull
        self._hints.remember_pulls(archive, repository.id, found.values())
        order = {each.number: place for place, each in enumerate(wanted)}
        return tuple(sorted(found.values(), key=lambda pull: order.get(pull.number, len(order))))

    async def _read_pulls(
        self, repository: Repository, ids: Sequence[str], number: int | None
    ) -> Sequence[Pull]:
        """Read pull requests in full; where GitHub gives up on so many at once, half of them at a time."""
        if not ids and number is None:
            return ()
        variables = {
            "archive": repository.id,
            "ids": ids,
            "number": number or 0,
            "byNumber": number is not None,
        }
        try:
            answer = await self._client.execute(document("pulls"), variables)
            for error in answer.errors:
                _refusal(error)  # one that is gone
        except Capped:
            if len(ids) < 2:
                raise
            half = len(ids) // 2
            first = await self._read_pulls(repository, ids[:half], number)
            return [*first, *await self._read_pulls(repository, ids[half:], None)]
        found = [*(answer.data.get("nodes") or ()), (answer.data.get("archive") or {}).get("pullRequest")]
        return nodes.pulls(node for node in found if node)

    async def _ask(self, archive: str, query: str, variables: Mapping[str, Any]) -> Answer:
        """Ask a query that reads an archive, by the small size where the big one gets no answer."""
        key = archive.lower()
        size = SMALL if key in self._hints.capped else BIG
        try:
            answer = await self._client.execute(query, {**variables, **size.variables})
            for error in answer.errors:
                _raise_if_capped(error)
        except LostAnswer as error:
            times = self._hints.unanswered.get(key, 0) + 1
            self._hints.unanswered[key] = times
            if size is BIG and (isinstance(error, Capped) or times > 1):
                self._hints.capped[key] = True
            if size is BIG and isinstance(error, Capped):
                return await self._ask(archive, query, variables)
            raise
        self._hints.unanswered.pop(key, None)
        return answer

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
            variables = {"id": node, "after": after, "page": BIG.page}
            answer = _whole(await self._client.execute(document("comments"), variables))
            connection = answer["node"]["comments"]
            found, after = found + nodes.nodes(connection), nodes.next_page(connection)
        return found


def _texts(texts: Sequence[FileRef]) -> str:
    """Write the fields that bring texts; their number differs, and GraphQL has no list of objects."""
    return "".join(
        # a string of JSON is one of GraphQL too: https://spec.graphql.org/October2021/#sec-String-Value
        f"t{index}: object(expression: {json.dumps(_expression(text), ensure_ascii=False)}) {{ ...Text }}\n"
        for index, text in enumerate(texts)
    )


def _expression(text: FileRef) -> str:
    """Say it as git does (gitrevisions: `<rev>:<path>`)."""
    return f"{text.oid}:{text.path}" if text.path else text.oid


def _numbered(texts: Sequence[FileRef], found: Mapping[str, Any]) -> Mapping[FileRef, str | None]:
    """Take the answers to these fields that are there; None for what is not text."""
    answers = ((text, found.get(f"t{index}")) for index, text in enumerate(texts))
    return {text: nodes.text(node) for text, node in answers if node}


BESIDE = frozenset({"threads", "talks", "discussionCategories", "discussions", "issues", "missing"})
"""What a calendar does without, where GitHub keeps it from us: the rest of the look stands."""


def _is_beside(error: QueryError) -> bool:
    """Return whether an error is about a part of the look that others do without."""
    return bool(BESIDE.intersection(map(str, error.path or ())))


def _opened(archive: nodes.Node, repository: Repository) -> Iterator[Source]:
    """List what the bot itself opened there, each once."""
    seen = set[str]()
    parts: Mapping[str, Kind] = {"missing": "issue", "issues": "issue", "discussions": "discussion"}
    for part, kind in parts.items():
        for node in nodes.nodes(archive.get(part)):
            if node["viewerDidAuthor"] and node["id"] not in seen and find_state(node["body"], ThreadState):
                seen.add(node["id"])
                yield nodes.source(node, repository, kind, ())


def _agenda(data: nodes.Node) -> Iterator[nodes.Node]:
    """List what the searches found; that for discussions takes neither `archived:` nor an order."""
    yield from nodes.nodes(data.get("threads"))
    talks = sorted(nodes.nodes(data.get("talks")), key=lambda talk: str(talk["createdAt"]))
    yield from (talk for talk in talks if not talk["repository"]["isArchived"])


def _is_old_hint(error: QueryError) -> bool:
    """Return whether an error is about a pull request that was asked for by memory, and is not there."""
    return error.type == "NOT_FOUND" and error.path[:1] == ("pulls",)


def noted_pull(source: Source | None, archive: str) -> int | None:
    """Return the number of the pull request that the status comment of a source names, in this archive."""
    comments = source.comments if source else ()
    found = (find_state(comment.body, SourceState) for comment in comments if comment.mine)
    noted = next((mark for mark in found if mark), None)
    return noted.pull_number if noted and noted.archive in (None, archive) else None


def _raise_if_shut_out(error: QueryError) -> None:
    """Raise Refused where an organisation lets the App not even see the repository of the source.

    By its list of allowed addresses, or single sign-on: no permission of the App changes that.
    """
    if error.type == "FORBIDDEN" and error.path == ("source",):
        raise Refused(error.message)


def _raise_if_capped(error: QueryError) -> None:
    if error.type == "RESOURCE_LIMITS_EXCEEDED":
        raise Capped(error.message)


def _refusal(error: QueryError) -> Refusal:
    """Say what could not be read. Raises LostAnswer for an error that is about the whole query."""
    _raise_if_capped(error)
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
