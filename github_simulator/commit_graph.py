"""Ancestry of commits: history, merge bases and ranges, without a walk through the whole history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush

from dulwich.objects import Commit

BASE, HEAD = 1, 2
BOTH = BASE | HEAD


@dataclass(frozen=True)
class CommitGraph:
    """The graph of a repository's commits and their parents.

    `commit_at` returns the commit with an oid, None if there is none.
    """

    commit_at: Callable[[str], Commit | None]
    _generations: dict[str, int] = field(default_factory=dict)
    """Generation numbers by oid: one more than the highest of the parents, 1 for a root. Unlike commit times,
    they are always higher than those of the parents."""

    def generation(self, oid: str) -> int:
        """Return the generation number of the commit `oid`: 1 for one without parents.

        For others it is one more than the highest number of its parents, so that it is always above theirs.
        """
        ahead = [oid]
        while ahead:
            parents = self._parents(ahead[-1])
            if missing := [each for each in parents if each not in self._generations]:
                ahead += missing
            else:
                self._generations[ahead.pop()] = 1 + max((self._generations[p] for p in parents), default=0)
        return self._generations[oid]

    def history(self, oid: str) -> Iterator[Commit]:
        """Yield the commit `oid` and all its ancestors, newest first."""
        waiting: list[tuple[int, int, str]] = []
        seen = set[str]()

        def see(each: str) -> None:
            commit = self.commit_at(each)
            if commit and each not in seen:
                seen.add(each)
                heappush(waiting, (-commit.commit_time, -self.generation(each), each))

        see(oid)
        while waiting:
            _, _, name = heappop(waiting)
            commit = self.commit_at(name)
            assert commit
            yield commit
            for parent in self._parents(name):
                see(parent)

    def between(self, base: str, head: str) -> list[str]:
        """Return the oids of commits that are reachable from `head` and not from `base`, parents first."""
        return [oid for oid, side in self._painted(base, head) if side == HEAD][::-1]

    def merge_base(self, ours: str, theirs: str) -> str | None:
        """Return the oid of the common ancestor with the highest generation, None if there is none."""
        return next((oid for oid, side in self._painted(ours, theirs) if side == BOTH), None)

    def has_ancestor(self, oid: str, other: str) -> bool:
        """Return whether `other` is the commit `oid` itself or one of its ancestors."""
        return self.merge_base(oid, other) == other

    def _painted(self, base: str, head: str) -> Iterator[tuple[str, int]]:
        """Walk down from both commits; yield each oid with the sides that reach it (BASE, HEAD or BOTH).

        The walk ends when all commits that are left are reachable from both sides.
        """
        sides: dict[str, int] = {}
        waiting: list[tuple[int, str]] = []

        def paint(oid: str, side: int) -> None:
            if self.commit_at(oid) is None:
                return
            if oid not in sides:
                heappush(waiting, (-self.generation(oid), oid))
            sides[oid] = sides.get(oid, 0) | side

        paint(base, BASE)
        paint(head, HEAD)
        while waiting:
            _, oid = heappop(waiting)
            yield oid, sides[oid]
            if sides[oid] == BOTH and all(sides[other] == BOTH for _, other in waiting):
                return
            for parent in self._parents(oid):
                paint(parent, sides[oid])

    def _parents(self, oid: str) -> list[str]:
        commit = self.commit_at(oid)
        return [parent.decode() for parent in commit.parents] if commit else []
