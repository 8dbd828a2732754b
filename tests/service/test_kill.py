"""The bot really killed, at each point where it hurts: in the end there is one pull request, commit, comment.

That holds because each job looks before it writes. (Tried: with a `reconcile` that goes on from the snapshot
before the kill, each case fails in which an answer is held before the pull request is there. Those of the
comment then pass because GitHub refuses the branch a second time.)
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from github_simulator import Simulator
from tests.depth import sample
from tests.service.bots import at_rest, bot
from tests.service.databases import KINDS, new_database
from tests.service.processes import until
from tests.service.town import Town, assert_published_once, found

AFTER_THE_202 = ("hold-before", {"operation": "graphql"})
WRITES = [
    ("hold", {"mutation": "createPullRequest"}),  # with branch and commit in one batch
    ("hold", {"mutation": "addComment"}),
]
POINTS = [AFTER_THE_202, *WRITES]
HEIRS = ["web.1", "web.2"]
"""Who goes on: the same replica, started again, or another one on the same database."""
CASES = sample(product(POINTS, HEIRS), (WRITES[0], HEIRS[0]).__eq__)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    yield from new_database(request.param, tmp_path)


@pytest.fixture
def town(simulator: Simulator) -> Iterator[Town]:
    yield found(simulator)
    simulator.faults.clear()  # or what is held would hold up the simulator's end


@pytest.mark.parametrize(("point", "heir"), CASES)
async def test_killed_at_any_point_it_publishes_once(
    town: Town, database_url: str, point: tuple[str, dict[str, str]], heir: str
) -> None:
    kind, where = point
    async with bot(town, database_url, "web.1") as first:
        await at_rest(town, first.first_line)  # from what each start does
        fault = town.github.faults.set(kind, where)  # type: ignore[arg-type]  # one of its kinds
        town.app.webhook_url = f"{first.first_line}/webhook"
        issue = town.write_notes()
        await until(lambda: fault.hits > 0 and not town.github.deliveries.busy)
        await first.kill()
    town.github.faults.clear()

    async with bot(town, database_url, heir) as second:
        town.app.webhook_url = f"{second.first_line}/webhook"
        await at_rest(town, second.first_line)

    assert all(delivery.status_code == 202 for delivery in town.github.deliveries.log)
    assert_published_once(town, issue)
