"""How a source may end or move: what a look finds then."""

from collections.abc import Callable

import pytest

from bot.github.read_snapshot import read
from bot.model import ReconcileRequest, Snapshot
from github_simulator import SimulatedPerson
from github_simulator.state import Issue
from tests.github.conftest import ARCHIVE, SOURCE, Lab, archive, source


async def look(lab: Lab, issue: Issue) -> Snapshot:
    return await read(lab.client, ReconcileRequest(lab.installation, SOURCE, issue.number), lab.hints)


@pytest.fixture
def eve(lab: Lab) -> SimulatedPerson:
    """Somebody who may do everything in the team's repositories."""
    for repository in (SOURCE, ARCHIVE):
        lab.simulator.add_collaborator(repository, "eve", "admin")
    return lab.simulator.person("eve")


ENDS: dict[str, Callable[[SimulatedPerson, Issue], object]] = {
    "deleted": lambda eve, issue: eve.delete(issue),
    "transferred": lambda eve, issue: eve.transfer(issue, ARCHIVE),
    "issues disabled": lambda eve, issue: eve.disable_issues(SOURCE),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
async def test_a_source_that_ended_is_gone(
    lab: Lab, eve: SimulatedPerson, end: Callable[[SimulatedPerson, Issue], object]
) -> None:
    issue = eve.open_issue(SOURCE, "Team meeting", "Notes", labels=("meeting-notes",))
    end(eve, issue)

    seen = await look(lab, issue)

    assert seen.source is None
    assert [refusal.permission for refusal in seen.refusals] == [None]


async def test_one_that_moved_is_found_where_it_is_now(lab: Lab, eve: SimulatedPerson) -> None:
    issue = eve.open_issue(SOURCE, "Team meeting", "Notes")
    eve.comment(issue, "Hello")
    moved = eve.transfer(issue, ARCHIVE)

    after = await read(lab.client, ReconcileRequest(lab.installation, ARCHIVE, moved.number), lab.hints)

    assert source(after).name == f"{ARCHIVE}#{moved.number}"
    assert [comment.body for comment in source(after).comments] == ["Hello"]


async def test_an_issue_that_became_a_discussion_stays_closed_and_locked(
    lab: Lab, eve: SimulatedPerson
) -> None:
    issue = eve.open_issue(SOURCE, "Team meeting", "Notes")
    eve.convert(issue)

    left = source(await look(lab, issue))

    assert (left.kind, left.open, left.locked) == ("issue", False, True)


async def test_a_repository_with_a_new_name_is_followed(lab: Lab, eve: SimulatedPerson) -> None:
    issue = eve.open_issue(SOURCE, "Team meeting", "Notes")
    eve.rename_repository(SOURCE, "plans")
    eve.rename_repository(ARCHIVE, "records")

    seen = await look(lab, issue)

    assert source(seen).name == f"tern-lab/plans#{issue.number}"
    assert archive(seen).repository.name == seen.archive_name == "tern-lab/records"


async def test_2500_comments(lab: Lab, eve: SimulatedPerson) -> None:
    issue = eve.open_issue(SOURCE, "Team meeting", "Notes")
    eve.fill_thread(issue, [str(index) for index in range(2_500)])

    seen = await look(lab, issue)

    assert [comment.body for comment in source(seen).comments] == [str(index) for index in range(2_500)]
