"""What the tests of meeting day share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import (
    Archive,
    FileRef,
    Plan,
    Role,
    Snapshot,
)
from bot.planning.meeting_day import due
from bot.state import PullState, find_state
from tests import paper
from tests.paper import MINUTES, TEMPLATE

TUESDAYS = """
series:
  - name: Team meeting
    schedule: every Tuesday 14:00
    timezone: Europe/London
"""


MORNING = datetime(2026, 8, 18, 8, tzinfo=UTC)
"""Of a Tuesday; the archive has the minutes of the Tuesday before."""


LATER = paper.LATER + timedelta(hours=1)


EVENING = datetime(2026, 8, 18, 20, tzinfo=UTC)


WEEK = timedelta(days=7)


def calendar(config: str = TUESDAYS, **changes: object) -> Snapshot:
    """A look at the calendar of an archive that has the minutes of the last meeting."""
    archive = paper.archive(config=config, **changes)
    texts = dict.fromkeys(map(FileRef, archive.files.values()), MINUTES) | {FileRef("1" * 40): TEMPLATE}
    return Snapshot(None, archive.repository.name, archive, texts=texts)


def settle(seen: Snapshot, now: datetime = MORNING) -> tuple[Snapshot, list[Plan]]:
    return paper.settle(replace(seen, refusals=()), now, due)


def pulls(seen: Snapshot) -> list[tuple[str, str, str]]:
    """The pull requests, the oldest first: title, state, and what the mark says."""
    assert seen.archive is not None
    found = []
    for pull in reversed(seen.archive.pulls):
        stored = find_state(pull.body, PullState)
        assert stored is not None
        found.append(
            (pull.title, "draft" if pull.draft and pull.state == "open" else pull.state, stored.status)
        )
    return found


def archive_of(seen: Snapshot) -> Archive:
    assert seen.archive is not None
    return seen.archive


TWO = """
series:
  - name: Board
    schedule: every Tuesday 10:00
    path: board/YYYY-MM-DD.md
    labels: [board]
  - name: Team meeting
    schedule: every Tuesday 14:00
    path: YYYY/YYYY-MM-DD.md
    labels: [team]
"""


def under_the_list(seen: Snapshot, body: str, role: str = "write") -> Snapshot:
    """Somebody comments under the list of meetings without minutes."""
    (missing,) = archive_of(seen).opened
    seen = replace(seen, source=missing, roles={Role(missing.repository.name, "imani"): role})
    return paper.commented(seen, body)


def listed() -> Snapshot:
    """Two meetings are missing."""
    return settle(calendar(), MORNING + 2 * WEEK + timedelta(hours=1))[0]


def with_notes(seen: Snapshot, **changes: object) -> Snapshot:
    """Notes of that day appear in an issue, and a person labels them."""
    roles = {Role("tern-lab/planning", login): "write" for login in ("imani", "tove")}
    return replace(seen, source=paper.source(**changes), roles=roles)  # type: ignore[arg-type]
