"""Reads a source and its archive by GraphQL, with one query: `snapshot.graphql`."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot import config
from bot.github import nodes
from bot.github.client import ApiResponse, Client, QueryError
from bot.github.documents import TEXTS, document, with_fragments
from bot.github.errors import Capped, Gone, LostAnswer, Stale
from bot.github.hints import Hints, Tree
from bot.github.pull_reader import PullReader, is_outdated_id, pull_number_in_status
from bot.github.query_errors import raise_if_capped, raise_if_shut_out, to_refusal, whole
from bot.github.trees import read_tree
from bot.model import (
    AGENDA,
    MISSING,
    Archive,
    FileRef,
    Kind,
    ReconcileRequest,
    Refusal,
    Repository,
    Snapshot,
    Source,
)
from bot.state import ThreadState, find_state


@dataclass(frozen=True, slots=True)
class Size:
    """How much one query reads at most."""

    pulls: int
    page: int
    """How many comments, label events or branches."""

    @property
    def variables(self) -> Mapping[str, int]:
        """The GraphQL variables by which a query that reads an archive is made as large as this."""
        return {"most": self.pulls, "page": self.page}


BIG, SMALL = Size(pulls=50, page=100), Size(pulls=10, page=20)
"""SMALL is for archives for which GitHub gave up on the big query, or did not answer it twice in a row: since
2025 it limits what a query may take
(https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api)."""


@dataclass(frozen=True, slots=True)
class LookResult:
    """A snapshot of a source and its archive, without the facts that are read only when a plan needs them.

    `named` is the archive ("owner/name") that the source's configuration names, None if it names none.
    """

    snapshot: Snapshot
    named: str | None = None


class Reader:
    """Reads a source and its archive with one query, and the further facts that a plan needs."""

    def __init__(self, client: Client, hints: Hints) -> None:
        self._client = client
        self._hints = hints
        self._pull_reader = PullReader(client, hints)

    async def look(self, look: ReconcileRequest, archive: str) -> LookResult:
        """Return the snapshot of the source that `look` names, and of the archive `archive` ("owner/name").

        Raises Refused when an organisation does not let the App see the source's repository.
        """
        owner, name = look.repository.split("/", 1)
        archive_owner, _, archive_name = archive.partition("/")
        of, shape = self._hints.shapes.get(archive.lower(), ("", ()))
        texts = [text for text in shape if (of, text) not in self._hints.texts]
        response = await self._ask(
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
        for error in response.errors:
            raise_if_shut_out(error)
        refusals = tuple(to_refusal(error) for error in response.errors if not is_outdated_id(error))
        found, kept = response.data.get("source"), response.data.get("archive")
        if kept:
            self._hints.remember_texts(kept["id"], _numbered(texts, kept))
        # or a part that the App may not read would look empty
        if any(error.type == "FORBIDDEN" for error in response.errors):
            kept = None
        source = await self._source(found)
        number = pull_number_in_status(source, kept["nameWithOwner"]) if kept else None
        snapshot = Snapshot(
            source=source,
            archive_name=kept["nameWithOwner"] if kept else archive,
            archive=await self._archive(archive, response.data, number) if kept else None,
            labelled_by=look.labelled_by,
            refusals=refusals,
        )
        own = nodes.configuration((found or {}).get("config"))
        return LookResult(snapshot, await asyncio.to_thread(archive_named_in, own))

    async def calendar(self, archive: str) -> Snapshot:
        """Return the snapshot of an archive ("owner/name"), without a source, with what its calendar needs.

        Only here the snapshot has `agenda`, and its archive `opened` and `categories`.
        """
        owner, name = archive.split("/", 1)
        of, shape = self._hints.shapes.get(archive.lower(), ("", ()))
        texts = [text for text in shape if (of, text) not in self._hints.texts]
        response = await self._ask(
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
        optional = [error for error in response.errors if _is_optional(error)]
        needed = [
            to_refusal(error)
            for error in response.errors
            if error not in optional and not is_outdated_id(error)
        ]
        kept = None if any(refusal.permission for refusal in needed) else response.data.get("archive")
        if kept:
            self._hints.remember_texts(kept["id"], _numbered(texts, kept))
        found = await self._archive(archive, response.data) if kept else None
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
            agenda=tuple(map(nodes.agenda_item, _agenda(response.data))),
            refusals=(*needed, *(Refusal("agenda", error.message) for error in optional)),
        )

    async def texts(self, repository: Repository, texts: Sequence[FileRef]) -> Mapping[FileRef, str | None]:
        """Return the texts of files of a repository, by what was asked for; None for what is not text.

        `texts` are blobs, or files at commits. Those that do not exist are left out of the result. Raises
        Stale when GitHub does not know one of the commits yet.
        """
        query = f"query Texts($id: ID!) {{ node(id: $id) {{ ... on Repository {{\n{_texts(texts)}}} }} }}"
        found = whole(await self._client.execute(with_fragments(query), {"id": repository.id}))["node"]
        if any(text.path and found.get(f"t{index}") is None for index, text in enumerate(texts)):
            raise Stale("a commit that was seen is not there yet")  # or its files would look deleted
        return _numbered(texts, found)

    async def commits_of(self, repository: Repository, path: str) -> Sequence[str]:
        """Return the ids of the newest 20 commits that changed the file at `path`, newest first.

        Only commits on the default branch of the repository count.
        """
        variables = {"id": repository.id, "path": path}
        node = whole(await self._client.execute(document("history"), variables))["node"]
        target = (node.get("defaultBranchRef") or {}).get("target") or {}
        return [commit["oid"] for commit in nodes.nodes(target.get("history"))]

    async def file(self, repository: str, text: FileRef) -> tuple[Repository, str | None]:
        """Return the repository of the name `repository` ("owner/name"), and the text of one file in it.

        `text` says which file; its text is None if there is none, or if it is no text; a configuration that
        is no text is refused when it is read. Raises Gone when the repository cannot be read.
        """
        owner, name = repository.split("/", 1)
        variables = {"owner": owner, "name": name, "expression": _expression(text)}
        response = await self._client.execute(document("file"), variables)
        found = response.data.get("repository")
        if not found:
            raise Gone(f"{repository} cannot be read")
        as_text = nodes.configuration if text.path == config.PATH else nodes.text
        return nodes.repository(found), as_text(found.get("file"))

    async def thread(self, repository: str, number: int, size: Size = BIG) -> Source | None:
        """Return the issue or discussion of that number in a repository ("owner/name"), with its comments.

        `size` is how much one query reads. None if there is no such thread that the App may see.
        """
        owner, name = repository.split("/", 1)
        variables = {"owner": owner, "name": name, "number": number, "page": size.page}
        response = await self._client.execute(document("linked"), variables)
        for error in response.errors:
            # raises unless something is missing, as always: no number is an issue and a discussion
            to_refusal(error)
        return await self._source(response.data.get("repository"))

    async def _source(self, repository: Any) -> Source | None:
        for kind in get_args(Kind):
            if thread := (repository or {}).get(kind):
                comments = await self._comments(thread["id"], thread["comments"])
                return nodes.source(thread, nodes.repository(repository), kind, comments)
        return None

    async def _archive(self, asked_as: str, data: nodes.Node, number_in_status: int | None = None) -> Archive:
        """Return the archive in the data of a response; `asked_as` is its name in the request.

        `number_in_status` is the number of a pull request to include though it may be too old to be listed.
        """
        node = data["archive"]
        repository, tree = nodes.repository(node), node.get("tree")
        newest = [*map(nodes.listed, nodes.nodes(node.get("pullRequests")))]
        still_open = [*map(nodes.listed, nodes.nodes(node.get("open")))]
        along = [each for each in data.get("pulls") or () if each]
        known = nodes.pulls(each for each in along if each["repository"]["id"] == repository.id)
        below = await read_tree(self._client, repository.name, tree["oid"], self._hints) if tree else Tree()
        return Archive(
            repository=repository,
            files=below.files,
            links=below.links,
            config=nodes.configuration(node.get("config")),
            pulls=await self._pull_reader.read(
                asked_as, repository, [*newest, *still_open], known, number_in_status
            ),
            pulls_since=newest[-1].created_at if nodes.next_page(node["pullRequests"]) else None,
            branches=tuple(map(nodes.branch, nodes.nodes(node.get("refs")))),
            labels={label["name"]: label["id"] for label in nodes.nodes(node.get("labels"))},
        )

    async def _ask(self, archive: str, query: str, variables: Mapping[str, Any]) -> ApiResponse:
        """Return the response to a query that reads an archive. Raises LostAnswer when there is none.

        If GitHub gives up on the big query, the small one is sent at once, and by later calls for an hour;
        later calls also send the small one if the big one got no response twice in a row.
        """
        key = archive.lower()
        size = SMALL if key in self._hints.capped else BIG
        try:
            response = await self._client.execute(query, {**variables, **size.variables})
            for error in response.errors:
                raise_if_capped(error)
        except LostAnswer as error:
            times = self._hints.unanswered.get(key, 0) + 1
            self._hints.unanswered[key] = times
            if size is BIG and (isinstance(error, Capped) or times > 1):
                self._hints.capped[key] = True
            if size is BIG and isinstance(error, Capped):
                return await self._ask(archive, query, variables)
            raise
        self._hints.unanswered.pop(key, None)
        return response

    async def _comments(self, thread: str, first: Any) -> list[nodes.Node]:
        """Return the comments of all pages, each followed by its replies; `first` is the first page."""
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
            response = whole(await self._client.execute(document("comments"), variables))
            connection = response["node"]["comments"]
            found, after = found + nodes.nodes(connection), nodes.next_page(connection)
        return found


def _texts(texts: Sequence[FileRef]) -> str:
    """Return a field for each text: `t0`, `t1`, ... (No field of GitHub's schema lists several objects.)"""
    return "".join(f"t{index}: {_field(text)}\n" for index, text in enumerate(texts))


def _field(text: FileRef) -> str:
    if not text.path:
        return f'object(oid: "{text.oid}") {{ ...Text }}'
    # a JSON string is a valid GraphQL string: https://spec.graphql.org/October2021/#sec-String-Value
    path = json.dumps(text.path, ensure_ascii=False)
    file = f"file(path: {path}) {{ mode object {{ ...Text }} }}"
    return f'object(oid: "{text.oid}") {{ ... on Commit {{ {file} }} }}'


def _expression(text: FileRef) -> str:
    """Return the text's name in git's syntax (gitrevisions): `<commit>:<path>`, or the id of a blob."""
    return f"{text.oid}:{text.path}" if text.path else text.oid


def _numbered(texts: Sequence[FileRef], found: Mapping[str, Any]) -> Mapping[FileRef, str | None]:
    """Return the texts in the fields `t0`, `t1`, ... of a node, None for what is not text.

    Those that do not exist are left out.
    """
    answers = ((text, found.get(f"t{index}") or {}) for index, text in enumerate(texts))
    return {
        text: nodes.file_text(node["file"]) if text.path else nodes.text(node)
        for text, node in answers
        if (node.get("file") if text.path else node)
    }


OPTIONAL = frozenset({"threads", "talks", "discussionCategories", "discussions", "issues", "missing"})
"""Fields of a calendar's query that may be missing: without them the rest can be used."""


def _is_optional(error: QueryError) -> bool:
    """Return whether an error is about a field in OPTIONAL."""
    return bool(OPTIONAL.intersection(map(str, error.path or ())))


def _opened(archive: nodes.Node, repository: Repository) -> Iterator[Source]:
    """Yield the issues and discussions in the archive that the bot opened by itself, each once."""
    seen = set[str]()
    parts: Mapping[str, Kind] = {"missing": "issue", "issues": "issue", "discussions": "discussion"}
    for part, kind in parts.items():
        for node in nodes.nodes(archive.get(part)):
            if node["viewerDidAuthor"] and node["id"] not in seen and find_state(node["body"], ThreadState):
                seen.add(node["id"])
                yield nodes.source(node, repository, kind, ())


def _agenda(data: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the nodes of the agenda: issues and pull requests, then discussions.

    The search for discussions cannot exclude archived repositories, nor sort: both is done here.
    """
    yield from nodes.nodes(data.get("threads"))
    talks = sorted(nodes.nodes(data.get("talks")), key=lambda talk: str(talk["createdAt"]))
    yield from (talk for talk in talks if not talk["repository"]["isArchived"])


def agenda_query(owner: str) -> str:
    """Return the search query for the open discussions that are labelled for the agenda.

    They are looked for in all repositories of the account `owner`.
    https://docs.github.com/en/search-github/searching-on-github/searching-discussions
    """
    return f"user:{owner} label:{AGENDA} is:open"


def agenda_query_of_threads(owner: str) -> str:
    """Return the search query for the open issues and pull requests that are labelled for the agenda.

    They are looked for in all repositories of the account `owner`. Such a search, unlike one for discussions,
    can leave out archived repositories, and sort.
    https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
    """
    return f"{agenda_query(owner)} archived:false sort:created-asc"


def archive_named_in(text: str | None) -> str | None:
    """Return the archive ("owner/name") that `archive:` names in the configuration `text` of a source.

    It is found also if other keys have mistakes. None if there is no such key, or no configuration.
    """
    try:
        return config.read(text).archive
    except config.ConfigError:
        match = re.search(r"^archive:\s*[\"']?([\w.-]+/[\w.-]+)", text or "", re.MULTILINE)
        return match[1] if match else None
