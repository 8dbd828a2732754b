"""What a look asks for, and what it costs: the less, the more is as it was."""

from datetime import timedelta

import pytest

from benchmarks.look import fill_files, fill_pulls
from bot.github.errors import LostAnswer
from bot.github.read_snapshot import read
from bot.model import ReconcileRequest
from github_simulator.state import PullRequest
from tests.depth import sample
from tests.github.conftest import ARCHIVE, SOURCE, Lab, archive

MINUTES = "minutes/2026-11-24"


def open_minutes(lab: Lab, branch: str = MINUTES) -> PullRequest:
    """Open a pull request with minutes, as a person."""
    imani = lab.simulator.person("imani")
    imani.push(ARCHIVE, {"2026/2026-11-24.md": "# Minutes\n"}, "Minutes", branch)
    return imani.open_pull(ARCHIVE, branch, "Minutes", "Of today")


async def spent(lab: Lab, number: int) -> tuple[int, int, int]:
    """Look, and tell requests, points and characters of the answers."""
    before = len(lab.simulator.requests)
    await read(lab.client, ReconcileRequest(lab.installation, SOURCE, number), lab.hints)
    asked = [each for each in lab.simulator.requests[before:] if "access-token" not in each.operation]
    return len(asked), sum(each.cost for each in asked), sum(each.size for each in asked)


@pytest.mark.parametrize("files", sample([10, 1_000, 20_000], (1_000).__ge__))
@pytest.mark.parametrize("pulls", sample([0, 50, 5_000], (50).__ge__))
async def test_a_warm_look_costs_the_same_for_every_archive(lab: Lab, files: int, pulls: int) -> None:
    number = await lab.issue()
    fill_files(lab.simulator, ARCHIVE, files)
    fill_pulls(lab.simulator, ARCHIVE, pulls)
    await spent(lab, number)

    requests, points, size = await spent(lab, number)

    assert requests == 1
    assert points <= 10
    assert size <= 40_000  # two lists of fifty pull requests


async def test_pull_requests_that_have_not_changed_are_not_read_again(lab: Lab) -> None:
    number, pull = await lab.issue(), open_minutes(lab)
    lab.simulator.clock.advance(timedelta(minutes=2))
    first = archive(await lab.read(number)).pulls
    (cold, *_), (warm, *_) = await spent(lab, number), await spent(lab, number)

    lab.simulator.person("rui").comment(pull, "/minutes accept")
    lab.simulator.clock.advance(timedelta(minutes=2))
    (changed, *_), (again, *_) = await spent(lab, number), await spent(lab, number)
    (seen,) = archive(await lab.read(number)).pulls

    assert (cold, warm, changed, again) == (1, 1, 2, 1)
    assert ([each.number for each in first], seen.number) == ([pull.number], pull.number)
    assert [each.body for each in seen.comments] == ["/minutes accept"]


async def test_a_second_change_within_a_second_is_seen(lab: Lab) -> None:
    number, pull = await lab.issue(), open_minutes(lab)
    rui = lab.simulator.person("rui")
    rui.comment(pull, "One")
    await lab.read(number)
    rui.comment(pull, "Two")

    (seen,) = archive(await lab.read(number)).pulls

    assert [each.body for each in seen.comments] == ["One", "Two"]


async def test_what_programs_open_is_passed_over_and_what_people_open_is_not(lab: Lab) -> None:
    other = lab.simulator.create_app(
        "bumps", permissions={"contents": "write"}, events=[], webhook_url=None, webhook_secret="s"
    )
    by_hand = open_minutes(lab, "my-minutes")
    bumped = open_minutes(lab, "bump")
    bumped.author, bumped.app = other.bot, other
    closed = open_minutes(lab, "old")
    lab.simulator.person("imani").close(closed)

    assert [each.number for each in archive(await lab.read(await lab.issue())).pulls] == [by_hand.number]


async def test_a_commit_is_seen_though_the_pull_request_lags(lab: Lab) -> None:
    number, pull = await lab.issue(), open_minutes(lab)
    lab.simulator.clock.advance(timedelta(minutes=2))
    await lab.read(number)
    before = pull.updated_at
    oid = lab.simulator.person("imani").push(ARCHIVE, {"2026/2026-11-24.md": "# More\n"}, "More", MINUTES)
    pull.updated_at = before

    assert [each.head for each in archive(await lab.read(number)).pulls] == [oid]


async def test_commits_outlive_their_branch(lab: Lab) -> None:
    number, pull = await lab.issue(), open_minutes(lab)
    imani = lab.simulator.person("imani")
    imani.merge(pull, "squash")
    imani.delete_branch(ARCHIVE, MINUTES)

    (seen,) = archive(await lab.read(number)).pulls

    assert (seen.state, seen.head, [each.message for each in seen.revisions]) == ("merged", None, ["Minutes"])


@pytest.mark.parametrize("trouble", ["capped", "timeout"])
async def test_where_the_big_query_gets_no_answer_a_small_one_does(lab: Lab, trouble: str) -> None:
    number = await lab.issue()
    for day in range(10, 15):
        open_minutes(lab, f"minutes/2026-11-{day}")
    whole = archive(await lab.read(number))
    lab.hints.pulls.clear()
    lab.simulator.faults.set(trouble, {"operation": "graphql"}, times=None, nodes=5_000)  # type: ignore[arg-type]

    for _ in range(2 if trouble == "timeout" else 0):
        with pytest.raises(LostAnswer):
            await lab.read(number)

    assert archive(await lab.read(number)) == whole
    assert archive(await lab.read(number)) == whole
    lab.simulator.clock.advance(timedelta(hours=2))
    lab.simulator.faults.clear()
    assert archive(await lab.read(number)) == whole  # the big one again


async def test_pull_requests_are_read_by_halves_where_all_at_once_is_too_much(lab: Lab) -> None:
    number = await lab.issue()
    numbers = [open_minutes(lab, f"minutes/2026-11-{day}").number for day in range(10, 20)]
    lab.simulator.faults.set("capped", {"operation": "graphql"}, times=None, nodes=1_000)

    seen = archive(await lab.read(number))

    assert sorted(each.number for each in seen.pulls) == numbers


async def test_what_is_small_for_github_too_much_is_an_error(lab: Lab) -> None:
    number = await lab.issue()
    lab.simulator.faults.set("capped", {"operation": "graphql"}, times=None)

    with pytest.raises(LostAnswer, match="Resource limits"):
        await lab.read(number)
