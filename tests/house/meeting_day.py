"""A house whose archive has a calendar: every Tuesday at 14:00 in London, which is 13:00 UTC in August."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeVar, get_args

from bot.config import PATH
from bot.model import Kind
from bot.planning.reports import MISSING_TITLE
from bot.state import PullState, find_state
from github_simulator.state import Issue, PullRequest, Thread
from tests.depth import sample
from tests.house.conftest import ARCHIVE, FILES, House

T = TypeVar("T", bound=Thread)

KINDS = sample(get_args(Kind), "issue".__eq__)
"""Where notes are written; plain pytest plays only what is different in discussions."""

MONDAY = datetime(2026, 8, 17, 12, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
"""Noon on the day of the meeting, an hour before it begins."""
WEEK = timedelta(days=7)
FILE = "2026/2026-08-18.md"
TUESDAYS = """series:
  - name: Team meeting
    schedule: every Tuesday 14:00
    timezone: Europe/London
"""


async def open_calendar(
    house: House, more: str = "", files: Mapping[str, str | bytes] = FILES, **archive: bool
) -> None:
    """Create the archive with its calendar (`more` are further keys of the series), and start the bot."""
    house.simulator.clock.set(MONDAY)
    house.install({**files, PATH: TUESDAYS + more}, **archive)
    await house.begin()


def drafts(house: House) -> list[tuple[str, str]]:
    """List the pull requests that the calendar led to: the day of the meeting, and how they stand."""
    found = []
    for pull in threads(house, PullRequest):
        stored = find_state(pull.body, PullState)
        state = "merged" if pull.merged_at else "draft" if pull.draft and pull.state == "open" else pull.state
        found.append((str(stored.day) if stored and stored.day else pull.title, state))
    return found


def threads(house: House, kind: type[T]) -> list[T]:
    """List the threads of the archive of a kind."""
    known = house.simulator.world.repository(*ARCHIVE.split("/")).threads.values()
    return [each for each in known if type(each) is kind]


def the_draft(house: House) -> PullRequest:
    """The one pull request of the archive."""
    (pull,) = threads(house, PullRequest)
    return pull


def lists(house: House) -> list[Issue]:
    """List the issues that list the meetings without minutes."""
    return [each for each in threads(house, Issue) if each.title == MISSING_TITLE]
