"""Reading by REST what `graphql_reader` reads in one query: for servers without it. Issues only.

https://docs.github.com/en/rest
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

from bot import marks
from bot.config import PATH as CONFIG
from bot.github import rest_nodes as nodes
from bot.github.client import Client
from bot.github.errors import Gone, Refused, Stale
from bot.github.folds import REVISIONS
from bot.github.hints import Hints
from bot.github.reader import PERMISSIONS, Seen, agenda_query_of_threads, archive_named_in, files_below
from bot.github.verdicts import meaning
from bot.model import (
    MISSING,
    AgendaItem,
    Archive,
    Branch,
    Comment,
    Look,
    Pull,
    Refusal,
    Repository,
    Revision,
    Snapshot,
    Source,
    Text,
)

PULLS = 50
COMMENTS = 10
"""How many comments of a pull request are read."""
OPINIONS = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
"""States of reviews that are a last word; a mere comment leaves the word before it standing."""


class RestReader:
    """Source and archive, piece by piece."""

    def __init__(self, client: Client, hints: Hints) -> None:
        self._client = client
        self._hints = hints

    async def look(self, look: Look, archive: str) -> Seen:
        """Read source and archive; see `reader.Reader`."""
        me = f"{await self._client.itself.slug()}[bot]"
        source, named, found, refusals = None, None, None, []
        try:
            if look.kind == "discussion":
                raise Gone("Discussions can be read by GraphQL only: set GITHUB_API to graphql.")
            repository = await self._repository(look.repository)
            source = await self._source(repository, look.number, me)
            named = await asyncio.to_thread(archive_named_in, await self._config(repository))
        except (Gone, Refused) as error:
            refusals.append(Refusal("source", str(error), getattr(error, "permission", None)))
        try:
            found = await self._archive(archive, me)
        except (Gone, Refused) as error:
            refusals.append(Refusal("archive", str(error), getattr(error, "permission", None)))
        # a part that was kept from us must not look like one that is empty
        if any(refusal.permission for refusal in refusals):
            found = None
        name = found.repository.name if found else archive
        return Seen(Snapshot(source, name, found, refusals=tuple(refusals)), named)

    async def calendar(self, archive: str) -> Snapshot:
        """Read an archive with what its calendar needs, but no discussions; see `reader.Reader`."""
        me = f"{await self._client.itself.slug()}[bot]"
        try:
            found = await self._archive(archive, me)
        except (Gone, Refused) as error:
            refusal = Refusal("archive", str(error), getattr(error, "permission", None))
            return Snapshot(None, archive, None, refusals=(refusal,))
        found = replace(found, opened=await self._opened(found.repository, me))
        agenda, refusals = await self._agenda(found.repository)
        return Snapshot(None, found.repository.name, found, agenda=agenda, refusals=refusals)

    async def _opened(self, repository: Repository, me: str) -> tuple[Source, ...]:
        """List the issues that the bot itself opened."""
        at = f"{nodes.address(repository.name)}/issues?state=all&sort=created&direction=desc"
        found: dict[int, Source] = {}
        for part in (f"&labels={MISSING}&per_page=5", f"&creator={quote(me)}&per_page=30"):
            with suppress(Gone):
                for node in await self._client.getitem(at + part):
                    source = nodes.issue(node, repository, me)
                    if source.mine and "pull_request" not in node and marks.find(source.body):
                        found[source.number] = source
        return tuple(found.values())

    async def _agenda(self, there: Repository) -> tuple[tuple[AgendaItem, ...], tuple[Refusal, ...]]:
        """Search for what is labelled for the agenda; a server without a search has none."""
        query = agenda_query_of_threads(there.name.split("/")[0])
        known = {there.name: there}
        items = []
        try:
            for kind in ("issue", "pull-request"):  # REST wants one of them to be named
                url = f"/search/issues?q={quote(f'{query} is:{kind}')}&per_page=50"
                for node in (await self._client.getitem(url))["items"]:
                    name = node["repository_url"].split("/repos/")[1]
                    if name not in known:
                        known[name] = await self._repository(name)
                    items.append(nodes.agenda_item(node, known[name]))
        except (Gone, Refused) as error:
            return tuple(items), (Refusal("agenda", str(error)),)
        return tuple(items), ()

    async def texts(self, repository: Repository, texts: Sequence[Text]) -> Mapping[Text, str | None]:
        """Read them one by one; see `reader.Reader`."""
        found: dict[Text, str | None] = {}
        for text in texts:
            with suppress(Gone):
                found[text] = await self._text(repository.name, text)
        return found

    async def commits_of(self, repository: Repository, path: str) -> Sequence[str]:
        """See `reader.Reader`."""
        commits = await self._client.getitem(
            f"{nodes.address(repository.name)}/commits?path={quote(path)}&per_page=20"
        )
        return [node["sha"] for node in commits]

    async def file(self, repository: str, text: Text) -> tuple[Repository, str | None]:
        """See `reader.Reader`."""
        there = await self._repository(repository)
        return there, (await self.texts(there, [text])).get(text)

    async def thread(self, repository: str, number: int) -> Source | None:
        """Read an issue; see `reader.Reader`."""
        try:
            me = f"{await self._client.itself.slug()}[bot]"
            return await self._source(await self._repository(repository), number, me)
        except (Gone, Refused):
            return None

    async def _text(self, repository: str, text: Text) -> str | None:
        at = nodes.address(repository)
        where = f"contents/{quote(text.path)}?ref={text.oid}" if text.path else f"git/blobs/{text.oid}"
        return nodes.text(await self._client.getitem(f"{at}/{where}"))

    # -- the source --------------------------------------------------------------------------------------

    async def _repository(self, name: str) -> Repository:
        node = await self._client.getitem(nodes.address(name))
        branch = node["default_branch"]
        try:
            with needs("tree"):
                ref = await self._client.getitem(f"{nodes.address(name)}/git/ref/heads/{quote(branch)}")
            head = ref["object"]["sha"]
        except (Gone, Stale):  # GitHub answers 409 "Git Repository is empty." as long as it is
            head = None
        return Repository(
            id=node["node_id"],
            name=node["full_name"],
            visibility=nodes.visibility(node),
            archived=node.get("archived", False),
            fork=node.get("fork", False),
            has_issues=node.get("has_issues", True),
            default_branch=branch,
            head=head,
            url=node["html_url"],
            merge_method=nodes.merge_method(node),
        )

    async def _source(self, repository: Repository, number: int, me: str) -> Source | None:
        at = f"{nodes.address(repository.name)}/issues/{number}"
        with needs("issue"):
            node = await self._client.getitem(at)
        if "pull_request" in node:  # a pull request answers as an issue too
            return None
        if not node["url"].lower().endswith(unquote(at).lower()):
            raise Gone(f"{repository.name}#{number} has moved to {node['html_url']}")
        found = nodes.issue(node, repository, me)
        return replace(
            found,
            labelled_by=await self._labelled_by(at, found.labels, (found.author, found.created_at)),
            comments=tuple([await self._comment(each, me) async for each in self._list(f"{at}/comments")]),
        )

    async def _comment(self, node: Any, me: str) -> Comment:
        """Read a comment; whether the bot reacted to it is asked only where somebody did."""
        found = nodes.comment(node, me)
        counts = node.get("reactions") or {}
        if not any(counts.get(name) for name in nodes.REACTIONS):
            return found
        reactions = [each async for each in self._list(f"{found.id}/reactions")]
        mine = (nodes.REACTIONS.get(each["content"]) for each in reactions if nodes.login(each) == me)
        return replace(found, reacted=frozenset(filter(None, mine)))

    async def _labelled_by(
        self, at: str, labels: Iterable[str], opened: tuple[str | None, datetime]
    ) -> Mapping[str, tuple[str | None, datetime]]:
        """Tell who set each label; a server that keeps no events is answered with the author, never more."""
        try:
            events = [each async for each in self._list(f"{at}/events") if each["event"] == "labeled"]
        except Gone:
            return dict.fromkeys(labels, opened)
        return {
            event["label"]["name"]: (nodes.login(event, "actor"), datetime.fromisoformat(event["created_at"]))
            for event in events  # oldest first: the last one stands
            if event["label"]["name"] in labels
        }

    # -- the archive -------------------------------------------------------------------------------------

    async def _archive(self, name: str, me: str) -> Archive:
        """Read an archive with the newest pull requests, and all that are open."""
        repository = await self._repository(name)
        at = nodes.address(repository.name)
        refs = await self._refs(at)
        files = await self._files(repository, repository.head)
        pulls = await self._pulls(at, refs, me)
        return Archive(
            repository=repository,
            files=files,
            config=await self._config(repository),
            pulls=tuple([await self._with_files(repository, each, files) for each in pulls]),
            branches=await self._branches(at, refs, {pull.branch for pull in pulls}),
            labels=await self._labels(at),
        )

    async def _files(self, repository: Repository, head: str | None) -> Mapping[str, str]:
        if head is None:
            return {}
        if head not in self._hints.trees:
            self._hints.trees[head] = await files_below(self._client, repository.name, head)
        return self._hints.trees[head]

    async def _config(self, repository: Repository) -> str | None:
        if repository.head is None:
            return None
        try:
            return nodes.text(
                await self._client.getitem(f"{nodes.address(repository.name)}/contents/{CONFIG}")
            )
        except Gone:
            return None

    async def _refs(self, at: str) -> Mapping[str, str]:
        """List the branches of minutes, name to commit."""
        try:
            refs = [each async for each in self._client.getiter(f"{at}/git/matching-refs/heads/minutes/")]
        except (Gone, Stale):  # an empty repository
            return {}
        return {each["ref"].removeprefix("refs/heads/"): each["object"]["sha"] for each in refs}

    async def _branches(self, at: str, refs: Mapping[str, str], of_pulls: set[str]) -> tuple[Branch, ...]:
        """Read the newest commit of those branches that no pull request tells of: each costs a request."""
        newest = {
            ref: "" if ref in of_pulls else (await self._revisions(at, sha))[0].message
            for ref, sha in refs.items()
        }
        return tuple(Branch(ref, sha, newest[ref], nodes.branch_at(at, ref)) for ref, sha in refs.items())

    async def _labels(self, at: str) -> Mapping[str, str]:
        with needs("labels"):
            return {label["name"]: label["name"] async for label in self._list(f"{at}/labels")}

    async def _pulls(self, at: str, refs: Mapping[str, str], me: str) -> tuple[Pull, ...]:
        order = "sort=created&direction=desc"
        with needs("pullRequests"):
            listed = await self._client.getitem(f"{at}/pulls?state=all&{order}&per_page={PULLS}")
            if len(listed) == PULLS:
                known = {each["number"] for each in listed}
                more = await self._client.getitem(f"{at}/pulls?state=open&{order}&per_page={PULLS}")
                listed += [each for each in more if each["number"] not in known]
            said = await self._said(at, me) if listed else {}
            return tuple(
                [await self._pull(at, each, refs, me, said) for each in listed if not nodes.from_fork(each)]
            )

    async def _said(self, at: str, me: str) -> Mapping[str, Sequence[Comment]]:
        """List the newest hundred comments of the whole archive, oldest first, by their thread's number."""
        url = f"{at}/issues/comments?sort=created&direction=desc&per_page=100"
        found: dict[str, list[Comment]] = {}
        try:
            for node in sorted(await self._client.getitem(url), key=lambda each: each["id"]):
                found.setdefault(node["issue_url"].rsplit("/", 1)[1], []).append(
                    await self._comment(node, me)
                )
        except Gone:  # a server that does not list them
            return {}
        return found

    async def _pull(
        self, at: str, node: Any, refs: Mapping[str, str], me: str, said: Mapping[str, Sequence[Comment]]
    ) -> Pull:
        """Read a pull request; commits, reviews and files only of an open one: each costs a request."""
        is_open, branch, mine = node["state"] == "open", node["head"]["ref"], nodes.login(node) == me
        sha, number = node["head"]["sha"], node["number"]
        if is_open and mine:  # a pull request may lag behind its branch, and ours come from no fork
            sha = refs.get(branch, sha)
        files = self._list(f"{at}/pulls/{number}/files") if is_open else None
        return Pull(
            id=f"{at}/issues/{number}",
            number=number,
            url=node["html_url"],
            state="merged" if node.get("merged_at") else "open" if is_open else "closed",
            title=node["title"],
            body=node["body"] or "",
            branch=branch,
            head=sha if is_open or branch in refs else None,
            revisions=await self._revisions(at, sha) if is_open and mine else (),
            draft=node.get("draft", False),
            mine=mine,
            files=tuple([each["filename"] async for each in files]) if files else (),
            approved=is_open and mine and await self._approved(f"{at}/pulls/{number}/reviews"),
            labels=tuple(label["name"] for label in node.get("labels") or ()),
            comments=tuple(said.get(str(number), ())[-COMMENTS:]),
            created_at=datetime.fromisoformat(node["created_at"]),
        )

    async def _with_files(self, repository: Repository, pull: Pull, files: Mapping[str, str]) -> Pull:
        """Find the new files of a pull request of ours where the server does not list them."""
        if pull.state != "open" or not pull.mine or pull.files:
            return pull
        found = await self._files(repository, pull.head)
        return replace(pull, files=tuple(path for path in found if path not in files))

    async def _approved(self, url: str) -> bool:
        """Tell whether somebody's last word in a review is approval."""
        try:
            reviews = [each async for each in self._list(url)]
        except Gone:  # a server that does not list them
            return False
        last = {nodes.login(each): each["state"] for each in reviews if each["state"] in OPINIONS}
        return "APPROVED" in last.values()

    async def _revisions(self, at: str, sha: str) -> tuple[Revision, ...]:
        """Read a commit and those before it, once."""
        if sha not in self._hints.commits:
            commits = await self._client.getitem(f"{at}/commits?sha={sha}&per_page={REVISIONS}")
            self._hints.commits[sha] = tuple(map(nodes.revision, commits))
        return self._hints.commits[sha]

    def _list(self, url: str) -> Any:
        return self._client.getiter(f"{url}?per_page=100")


@contextmanager
def needs(field: str) -> Iterator[None]:
    """Say which permission a part of the look needs, where GitHub refuses it without a word on that."""
    try:
        yield
    except Refused as error:
        missing = PERMISSIONS[field] if meaning(str(error)) == "permission" else None
        raise Refused(str(error), missing) from error
