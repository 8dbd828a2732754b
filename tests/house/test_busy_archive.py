"""An archive that is a repository of code: programs and people open pull requests there all day."""

import pytest

from benchmarks.look import fill_pulls
from tests import paper
from tests.house.conftest import ARCHIVE, House

EDITED = paper.NOTES.replace("Tove", "Tove, Yuki")


@pytest.mark.parametrize("restarted", [False, True])
async def test_edits_still_arrive_after_sixty_newer_pull_requests(house: House, *, restarted: bool) -> None:
    issue = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    for each in fill_pulls(house.simulator, ARCHIVE, 60):
        each.state = "closed"
    if restarted:
        house.start()

    house.pass_time(30)
    house.imani.edit(issue, body=EDITED)
    await house.quiet()
    house.imani.comment(issue, "/minutes")
    await house.quiet()

    assert "Tove, Yuki" in house.minutes("2026/2026-08-18.md", pull.head_ref)
    assert house.status_of(issue) == ("ready", "")
    assert house.pulls() == [pull]


async def test_a_merge_is_noticed_after_sixty_newer_pull_requests(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    for each in fill_pulls(house.simulator, ARCHIVE, 60):
        each.state = "closed"
    house.start()
    house.imani.merge(pull, "squash")
    house.imani.delete_branch(ARCHIVE, pull.head_ref)
    await house.quiet()

    assert house.status_of(issue) == ("merged", "")
