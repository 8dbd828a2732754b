"""Reads the pull requests of an archive: in full those that changed since they were read before."""

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
    """Reads pull requests, and remembers them."""

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
        """Return the pull requests of `listed` that matter, and `known`, which were read already.

        Those that changed since they were remembered are read again; `number_in_status` is the number of one
        that matters, however old it is.
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
        """Read pull requests, by their ids and one by its number; by halves where GitHub gives up on all."""
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
                to_refusal(error)  # one that is gone
        except Capped:
            if len(ids) < 2:
                raise
            half = len(ids) // 2
            first = await self._read_in_full(repository, ids[:half], number)
            return [*first, *await self._read_in_full(repository, ids[half:], None)]
        found = [*(response.data.get("nodes") or ()), (response.data.get("archive") or {}).get("pullRequest")]
        return nodes.pulls(node for node in found if node)


def is_outdated_id(error: QueryError) -> bool:
    """Return whether an error is about a pull request that was read by a remembered id, and is gone."""
    return error.type == "NOT_FOUND" and error.path[:1] == ("pulls",)


def pull_number_in_status(source: Source | None, archive: str) -> int | None:
    """Return the number of the pull request that the status comment of a source names, in this archive."""
    comments = source.comments if source else ()
    found = (find_state(comment.body, SourceState) for comment in comments if comment.mine)
    state = next((each for each in found if each), None)
    return state.pull_number if state and state.archive in (None, archive) else None
