"""One pull request per year with the corrections of an archive: what there is already, and what is missing.

Nothing is remembered but on GitHub: each branch has one commit, whose trailers tell which corrections it has,
and whether people have changed the branch since.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from github import InputGitTreeElement
from github.PullRequest import PullRequest
from github.Repository import Repository

from bot.admin.hub import Archive, Trouble, in_words
from bot.admin.years import BRANCHES, Correction, Year

_CORRECTIONS = re.compile(r"^Minutes-Corrections: ([0-9a-f]{32})$", re.MULTILINE)
_TREE = re.compile(r"^Minutes-Tree: ([0-9a-f]{40,64})$", re.MULTILINE)
_YEAR = re.compile(rf"refs/heads/{BRANCHES}(\d{{4}})")


class Action(StrEnum):
    """What is to be done with the corrections of a year."""

    OPEN = "open"
    """A pull request is opened."""
    UPDATE = "update"
    """The open pull request gets other corrections."""
    SAME = "same"
    """The open pull request has these corrections."""
    PEOPLE = "people"
    """People have pushed to the branch, so it is left alone."""
    CLOSED = "closed"
    """People have closed the pull request, so it stays closed."""
    OVER = "over"
    """The pull request is open, and nothing is left to correct."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a year, and why: its newest pull request and the head of its branch, if any."""

    year: Year
    action: Action
    pull: PullRequest | None = None
    head: str | None = None
    reusable: bool = False
    """Whether the branch has just the commit that is needed, as after a crash."""

    @property
    def writes(self) -> bool:
        """Whether something is written for it."""
        return self.action in (Action.OPEN, Action.UPDATE)


def branches(repository: Repository) -> dict[str, str]:
    """Return the branches of corrections that there are: the oid of the head by the name."""
    with in_words(repository.full_name):
        found = repository.get_git_matching_refs(f"heads/{BRANCHES}")
        return {it.ref.removeprefix("refs/heads/"): it.object.sha for it in found if _YEAR.fullmatch(it.ref)}


def with_branches(years: Iterable[Year], heads: Iterable[str]) -> list[Year]:
    """Return these years, and those without corrections that have a branch, in order."""
    found = {int(name.removeprefix(BRANCHES)) for name in heads}
    known = {each.year: each for each in years}
    return [known.get(year, Year(year)) for year in sorted(found | known.keys())]


def decide(
    repository: Repository, archive: Archive, year: Year, heads: Mapping[str, str], *, again: bool
) -> Decision | None:
    """Return what is to be done with the corrections of a year; None if that is nothing.

    `heads` are the branches of corrections that there are; `again`: what people closed is opened again.
    """
    head, owner = heads.get(year.branch), repository.owner.login
    with in_words(repository.full_name):
        pulls = [*repository.get_pulls(state="all", head=f"{owner}:{year.branch}")]
        pulls.sort(key=lambda each: each.number, reverse=True)
        opened = next((each for each in pulls if each.state == "open"), None)
        newest = pulls[0] if pulls else None
        if not year.files:
            return Decision(year, Action.OVER, opened, head) if opened else None
        mark = _mark(repository, head) if head else None
        if opened:
            action = Action.SAME if mark and mark.digest == year.digest else Action.UPDATE
            return Decision(year, action if mark else Action.PEOPLE, opened, head)
        if newest and not newest.merged_at and not again:
            return Decision(year, Action.CLOSED, newest, head)
        merged = newest is not None and newest.merged_at is not None and newest.head.sha == head
        if head and not mark and not merged:
            return Decision(year, Action.PEOPLE, None, head)
        reusable = mark is not None and (mark.digest, mark.parent) == (year.digest, archive.head.sha)
        return Decision(year, Action.OPEN, newest, head, reusable)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a commit of `backfill` says of itself: which corrections it has, and its parent."""

    digest: str
    parent: str


def _mark(repository: Repository, oid: str) -> _Mark | None:
    """Return the mark of a commit; None if it is not as `backfill` made it."""
    commit = repository.get_git_commit(oid)
    corrections, tree = _CORRECTIONS.search(commit.message), _TREE.search(commit.message)
    if not corrections or not tree or tree[1] != commit.tree.sha or len(commit.parents) != 1:
        return None
    return _Mark(corrections[1], commit.parents[0].sha)


def carry_out(repository: Repository, archive: Archive, decision: Decision) -> PullRequest:
    """Open or update the pull request of a year, and return it.

    The commit comes before the branch, and that before the pull request: whoever is stopped in between leaves
    a branch at most, which is used the next time. Raises Trouble.
    """
    year = decision.year
    with in_words(repository.full_name):
        if not decision.reusable:
            _point(repository, year.branch, decision.head, _commit(repository, archive, year))
        if decision.action is Action.UPDATE and decision.pull:
            decision.pull.edit(title=year.title, body=year.description())
            return decision.pull
        return repository.create_pull(
            base=archive.branch, head=year.branch, title=year.title, body=year.description()
        )


def _commit(repository: Repository, archive: Archive, year: Year) -> str:
    """Make a commit of the corrections on the head of the archive, on no branch yet; return its oid."""
    entries = [*_entries(repository, year.files)]
    tree = repository.create_git_tree(entries, archive.head.tree)
    trailers = f"Minutes-Corrections: {year.digest}\nMinutes-Tree: {tree.sha}"
    return repository.create_git_commit(f"{year.title}\n\n{trailers}", tree, [archive.head]).sha


def _entries(repository: Repository, files: Iterable[Correction]) -> Iterator[InputGitTreeElement]:
    for each in files:
        blob = repository.create_git_blob(base64.b64encode(each.new.data).decode(), "base64")
        if blob.sha != each.new.oid:
            raise Trouble(f"{each.path} would not be written as it should be.", ends_all=False)
        yield InputGitTreeElement(each.path, each.new.mode, "blob", sha=blob.sha)


def _point(repository: Repository, branch: str, head: str | None, oid: str) -> None:
    """Point a branch, which is at `head`, to a commit; who pushed to it meanwhile is not overwritten."""
    ref = f"refs/heads/{branch}"
    if head is None:
        repository.create_git_ref(ref, oid)
        return
    update = {"name": ref, "beforeOid": head, "afterOid": oid, "force": True}
    given = {"repositoryId": repository.node_id, "refUpdates": [update]}
    repository.requester.graphql_named_mutation("updateRefs", given, "clientMutationId")
