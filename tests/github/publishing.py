"""The first publication of minutes at the simulated GitHub, for tests of `bot.github.apply`."""

from dataclasses import replace

from bot.github.apply import apply
from bot.github.client import Client
from bot.model import (
    Commit,
    CreateBranch,
    OpenPull,
    Pull,
    Snapshot,
    Step,
)
from bot.state import PullState, embed_state
from github_simulator.state import PullRequest
from tests.github.conftest import ARCHIVE, SOURCE, Lab, archive, source

NAME = "minutes/2026-11-24"
PATH = "2026/2026-11-24.md"
TEXT = "# Minutes 2026-11-24\r\n\r\nAttending: Imani, Zoë\r\n"


def first_batch(seen: Snapshot) -> list[Step]:
    """The branch, the commit, the pull request."""
    head = archive(seen).repository.head
    assert head is not None
    return [
        CreateBranch(NAME, head),
        Commit(NAME, head, PATH, TEXT, "Minutes of 2026-11-24", f"Minutes-File: {PATH}@{'0' * 40}"),
        OpenPull(
            NAME,
            "Minutes of 2026-11-24",
            embed_state(PullState(f"{SOURCE}#1", base_commit=head), "To be reviewed."),
        ),
    ]


async def publish(lab: Lab, client: Client | None = None) -> Snapshot:
    """Look at a new issue, and publish its minutes."""
    number = await lab.issue()
    seen = await lab.read(number, client)
    return await apply(client or lab.client, seen, first_batch(seen))


def own(seen: Snapshot) -> Pull:
    (pull,) = archive(seen).pulls
    return pull


async def look_again(lab: Lab, seen: Snapshot) -> Snapshot:
    """A new look; only the moment of the last change may differ from what was applied."""
    again = await lab.read(source(seen).number)
    applied = source(seen)
    fresh = replace(source(again), updated_at=applied.updated_at, edited_at=applied.edited_at)
    return replace(again, source=fresh, roles=seen.roles, texts=seen.texts)


def pull_on_github(lab: Lab) -> PullRequest:
    """The one pull request of the archive, as the simulator has it."""
    (pull,) = lab.simulator.world.repository(*ARCHIVE.split("/")).threads.values()
    assert isinstance(pull, PullRequest)
    return pull
