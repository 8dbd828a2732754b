"""What the tests of meeting day share."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.model import (
    Archive,
    Comment,
    FileRef,
    Plan,
    Role,
    Snapshot,
)
from bot.planning.meeting_day import due
from bot.state import PullState, find_state
from bot.trailers import blob_oid
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


DAY = timedelta(days=1)


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


SHARED = """
series:
  - {name: Team meeting, schedule: every Tuesday 14:00}
  - {name: Guests, schedule: every Thursday 14:00}
  - {name: Board, schedule: first Tuesday of the month 14:00}
"""
"""Three series that write the same files: on the first Tuesday two of them meet."""


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


def land(seen: Snapshot, *paths: str) -> Snapshot:
    """Minutes are pushed to the default branch, without the bot."""
    files = {**archive_of(seen).files, **{p: blob_oid(p) for p in paths}}
    texts = {**seen.texts, **{FileRef(blob_oid(p)): MINUTES for p in paths}}
    return paper.with_archive(replace(seen, texts=texts, asked=seen.asked | texts.keys()), files=files)


def under_the_draft(seen: Snapshot, body: str, role: str = "write") -> Snapshot:
    """Somebody comments in the conversation of the draft."""
    (pull,) = archive_of(seen).pulls
    made = Comment("IC_9", body, "imani", paper.NOON)
    roles = {Role("tern-lab/meeting-minutes", "imani"): role}
    return replace(paper.with_pull(seen, comments=(*pull.comments, made)), roles=roles)


def skipping(
    seen: Snapshot, command: str = "/minutes skip 2026-08-25 holidays"
) -> tuple[Snapshot, list[Plan]]:
    """Somebody with write access gives the command under notes."""
    names = ("tern-lab/planning", "tern-lab/meeting-minutes")
    seen = replace(seen, source=paper.source(), roles={Role(name, "imani"): "write" for name in names})
    return paper.settle(paper.commented(seen, command), MORNING)


def skips(seen: Snapshot) -> list[tuple[str, str]]:
    """The pull requests against the calendar, the oldest first, and what they make of it."""
    found = [pull for pull in archive_of(seen).pulls if pull.branch.startswith("minutes/skip/")]
    return [
        (pull.title, seen.texts[FileRef(pull.head or "", ".github/minutes.yml")] or "")
        for pull in found[::-1]
    ]
