"""Repositories and accounts that are renamed: a pull request stays that of its source."""

from bot.state import SourceState, find_state
from github_simulator import moves
from github_simulator.state import Issue, PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, SOURCE, House


async def published(house: House) -> tuple[Issue, PullRequest]:
    source = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    assert isinstance(source, Issue)
    return source, pull


def state(source: Issue) -> str:
    (comment,) = (each for each in source.comments if find_state(each.body, SourceState))
    stored = find_state(comment.body, SourceState)
    assert stored is not None
    return stored.status


async def edit(house: House, source: Issue) -> None:
    house.pass_time()
    house.imani.edit(source, body=paper.NOTES.replace("Tove", "Tove, Yuki"))
    await house.quiet()


def text(pull: PullRequest) -> str:
    git = pull.repository.git
    return git.blob(git.files(pull.head_oid)["2026/2026-08-18.md"].oid).decode()  # type: ignore[union-attr]


async def test_of_a_source_in_a_repository_that_was_renamed(house: House) -> None:
    source, pull = await published(house)
    house.simulator.add_collaborator(SOURCE, "imani", "admin")
    house.imani.rename_repository(SOURCE, "plans")
    await edit(house, source)
    followed = text(pull)
    house.imani.merge(pull)
    await house.quiet()

    assert "Tove, Yuki" in followed
    assert state(source) == "merged"
    assert len(house.pulls("closed")) == 1
    assert house.pulls() == []


async def test_of_an_account_that_was_renamed(house: House) -> None:
    source, pull = await published(house)
    archive = house.simulator.world.repository(*ARCHIVE.split("/"))
    moves.rename_account(house.simulator.world, archive.owner, "tern-works")
    house.imani.merge(pull)
    await house.quiet()
    merged = state(source)
    await edit(house, source)

    assert (merged, state(source)) == ("merged", "merged")
    pulls = [each for each in archive.threads.values() if isinstance(each, PullRequest)]
    assert pulls == [pull]
