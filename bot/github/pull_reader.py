"""Reads the pull requests of an archive; in full only those that changed since they were last read."""

from collections.abc import Sequence

from bot.github import nodes
from bot.github.client import Client, QueryError
from bot.github.documents import document
from bot.github.errors import Capped
from bot.github.hints import Hints
from bot.github.nodes import ListedPull
from bot.github.query_errors import to_refusal
from bot.model import Pull, Repository, Source
from bot.state import SourceState, find_state


class PullReader:
    """Reads the pull requests of an archive, and caches them."""

    def __init__(self, client: Client, hints: Hints) -> None:
        self._client = client
        self._hints = hints

    async def read(
        self,
        archive: str,
        repository: Repository,
        listed: Sequence[ListedPull],
        known: Sequence[Pull],
        number_in_status: int | None,
    ) -> tuple[Pull, ...]:
        """Return the pull requests of an archive that may be about minutes, in the order of `listed`.

        `archive` is the name by which the archive was asked for, `repository` the archive itself. Of
        `listed`, GitHub's list, those that matter are returned: from the cache, or read in full if they are
        not cached or changed since. The result also has all of `known`, which were read in full already, and
        the one with `number_in_status`, which the source's status comment names, though it may be too old to
        be listed; None: there is no such number.
        """
        found = {pull.number: pull for pull in known}
        wanted = [each for each in listed if each.matters]
        for each in wanted:
            remembered = self._hints.pulls.get((repository.id, each.number))
            if remembered and each.is_as(remembered):
                found.setdefault(each.number, remembered)
        missing = list(dict.fromkeys(each.id for each in wanted if each.number not in found))
        is_there = (
            number_in_status is None
            or number_in_status in found
            or number_in_status in {each.number for each in wanted}
        )
        for pull in await self._read_in_full(repository, missing, None if is_there else number_in_status):
            found[pull.number] = pull
        self._hints.remember_pulls(archive, repository.id, found.values())
        order = {each.number: place for place, each in enumerate(wanted)}
        return tuple(sorted(found.values(), key=lambda pull: order.get(pull.number, len(order))))

    async def _read_in_full(
        self, repository: Repository, ids: Sequence[str], number: int | None
    ) -> Sequence[Pull]:
        """Return pull requests by their ids, and one by its number; those that are gone are left out.

        Where GitHub gives up on the query, it is split in two. Raises Capped when GitHub gives up on a single
        one.
        """
        if not ids and number is None:
            return ()
        variables = {
            "archive": repository.id,
            "ids": ids,
            "number": number or 0,
            "byNumber": number is not None,
        }
        try:
            response = await self._client.execute(document("pulls"), variables)
            for error in response.errors:
                to_refusal(error)  # raises unless a pull request is just gone
        except Capped:
            if len(ids) < 2:
                raise
            half = len(ids) // 2
            first = await self._read_in_full(repository, ids[:half], number)
            return [*first, *await self._read_in_full(repository, ids[half:], None)]
        found = [*(response.data.get("nodes") or ()), (response.data.get("archive") or {}).get("pullRequest")]
        return nodes.pulls(node for node in found if node)


def is_outdated_id(error: QueryError) -> bool:
    """Return whether an error means that a pull request, asked for by a cached id, no longer exists."""
    return error.type == "NOT_FOUND" and error.path[:1] == ("pulls",)


def pull_number_in_status(source: Source | None, archive: str) -> int | None:
    """Return the number of the pull request that the bot's status comment on a source names.

    `archive` is the name of the archive. None when there is no source or no status comment, or when the
    comment names no pull request, or one of another archive.
    """
    comments = source.comments if source else ()
    found = (find_state(comment.body, SourceState) for comment in comments if comment.mine)
    state = next((each for each in found if each), None)
    return state.pull_number if state and state.archive in (None, archive) else None
