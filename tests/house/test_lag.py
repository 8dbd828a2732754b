"""Reads that lag: GitHub answers from a replica that is behind, and nothing is done twice or forgotten."""

from datetime import timedelta

import pytest

from bot.state import PullState, find_state
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, House

AT_ONCE = {".github/minutes.yml": "settle: 0 minutes\n"}
SECOND = 1 / 60


def lag(house: House, seconds: float) -> None:
    """Let reads lag from now on."""
    house.simulator.pipeline.replica.lag(timedelta(seconds=seconds))
    house.simulator.pipeline.replica.save_state()


async def test_a_merge_is_told_though_the_look_was_behind(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    house.pass_time()
    lag(house, 30)
    house.imani.merge(house.pulls()[0])
    await house.quiet()

    assert house.status_of(issue) == ("merged", "")


async def test_a_command_on_the_pull_request_is_heard_though_the_look_was_behind(house: House) -> None:
    house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.pass_time()
    lag(house, 30)
    house.imani.comment(pull, "/minutes accept")
    await house.quiet()

    state = find_state(pull.body, PullState)
    assert state is not None
    assert state.accepted.endswith("imani")


async def test_of_two_events_in_a_second_the_later_does_nothing_twice(house: House) -> None:
    house.imani.push(ARCHIVE, AT_ONCE)
    await house.quiet()
    house.pass_time()
    sent = len(house.sent())
    lag(house, 1)
    issue = house.publish()
    house.imani.label(issue, "spring")
    house.pass_time(SECOND)
    await house.quiet()

    done = [step for steps in house.sent(sent) for step in steps]
    assert (done.count("createPullRequest"), done.count("addComment")) == (1, 1)
    assert house.status_of(issue) == ("ready", "")


async def test_a_second_comment_is_gone_after_a_minute(house: House) -> None:
    """Another process posted it, since what it read did not show the first one; no event tells of that."""
    issue = house.publish()
    await house.live(house.simulator.clock.now() + timedelta(minutes=10, seconds=10))
    (comment,) = house.comments(issue)
    again = house.simulator.person("minutes-bot[bot]").comment(issue, "Twice")
    again.body = comment.body
    await house.quiet()

    assert house.comments(issue) == [comment]


async def test_who_goes_back_to_what_was_before_is_believed_after_a_minute(house: House) -> None:
    house.imani.push(ARCHIVE, AT_ONCE)
    issue = house.publish()
    await house.quiet()
    house.imani.edit(issue, body=paper.NOTES.replace("Tove", "Tove, Yuki"))
    await house.quiet()
    house.imani.edit(issue, body=paper.NOTES)
    await house.quiet()

    (pull,) = house.pulls()
    assert "Tove, Yuki" not in house.minutes("2026/2026-08-18.md", pull.head_ref)


@pytest.mark.parametrize("seconds", [0, 30])
async def test_after_a_write_one_more_look_is_all(house: House, seconds: int) -> None:
    lag(house, seconds)
    issue = house.publish()
    await house.quiet()
    writes = len(house.sent())
    await house.live(house.simulator.clock.now() + timedelta(days=1))

    assert house.sent(writes) == []
    assert LABEL in [label.name for label in issue.labels]


async def test_what_somebody_pushed_a_moment_ago_is_not_taken_back(house: House) -> None:
    issue = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.pass_time(2)
    lag(house, 1)
    house.imani.unlabel(issue, LABEL)
    house.pass_time(SECOND)
    house.simulator.pipeline.replica.save_state()
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": "# 2026-08-18\n\nMine\n"}, "Mine", pull.head_ref)
    await house.quiet()

    assert pull.state == "open"
    assert house.minutes("2026/2026-08-18.md", pull.head_ref) == "# 2026-08-18\n\nMine\n"
