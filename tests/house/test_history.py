"""The history of the archive holds commits of the bot: those of a pull request are told from them."""

from typing import get_args

import pytest

from github_simulator.branches import MergeMethod
from github_simulator.state import Discussion, Issue, PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, House

FILE = "2026/2026-08-25.md"
NOTES = paper.NOTES.replace("2026-08-18", "2026-08-25")


async def published_after(house: House, how: MergeMethod) -> tuple[Issue | Discussion, PullRequest]:
    """Merge the minutes of a meeting, and publish those of the next."""
    house.publish()
    await house.quiet()
    house.imani.merge(house.pulls()[0], how)
    await house.quiet()
    source = house.publish(NOTES, "Team meeting 2026-08-25")
    await house.quiet()
    (pull,) = house.pulls()
    return source, pull


@pytest.mark.parametrize("how", get_args(MergeMethod))
async def test_what_nobody_touched_is_taken_back_although_others_were_merged(
    house: House, how: MergeMethod
) -> None:
    source, pull = await published_after(house, how)

    house.imani.unlabel(source, LABEL)
    await house.quiet()

    assert (pull.state, pull.merged_at) == ("closed", None)
    assert pull.repository.git.branch(pull.head_ref) is None


@pytest.mark.parametrize("how", get_args(MergeMethod))
async def test_edits_of_people_and_notes_are_merged_by_what_the_bot_wrote_there(
    house: House, how: MergeMethod
) -> None:
    source, pull = await published_after(house, how)
    text = house.minutes(FILE, pull.head_ref)
    house.imani.push(ARCHIVE, {FILE: f"{text}\nAnd cake.\n"}, "Cake", pull.head_ref)
    await house.quiet()
    house.pass_time()
    house.imani.edit(source, body=NOTES.replace("Tove", "Tove, Yuki"))
    await house.quiet()

    assert house.status_of(source) == ("ready", "")
    now = house.minutes(FILE, pull.head_ref)
    assert ("And cake." in now, "Tove, Yuki" in now) == (True, True)
