"""The states that reviewers and note takers meet: how each is played, and what its pages must say at once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from github_simulator.pages.lists import link
from github_simulator.state import Discussion, Issue
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, House

OPEN_POINTS = "Objections and conflicts"
PATH = "2026/2026-08-18.md"
HARMFUL = "<script>alert(1)</script>"

Pages = dict[str, str]
"""The path of each page to look at, by a name: notes, pull, check, commit."""


@dataclass(frozen=True)
class State:
    """A state: `sees` has for each page what a reader finds on the first screen, in this order."""

    play: Callable[[House], Awaitable[Pages]]
    sees: Mapping[str, tuple[str, ...]]
    config: str = ""

    @property
    def files(self) -> dict[str, str]:
        """The files of the archive."""
        return {**FILES, **({".github/minutes.yml": self.config} if self.config else {})}


def notes_page(house: House, source: Issue | Discussion) -> str:
    """Return the path that leads to the bot's comment on the notes, as a notification of GitHub's does."""
    (comment,) = house.comments(source)
    return f"{link(source)}#issuecomment-{comment.id}"


def check_page(house: House, name: str) -> str:
    """Return the path of the page of the newest check run of this name."""
    runs = house.simulator.world.repository(*ARCHIVE.split("/")).checks
    return f"/{ARCHIVE}/runs/{[run.id for run in runs if run.name == name][-1]}"


async def _error(house: House) -> Pages:
    notes = house.publish(f"{paper.NOTES}\n{HARMFUL}\n")
    await house.quiet()
    return {
        "notes": notes_page(house, notes),
        "pull": link(house.pulls()[0]),
        "check": check_page(house, "Minutes"),
    }


def _contested(house: House, notes: Issue) -> Pages:
    (pull,) = house.pulls()
    return {"notes": notes_page(house, notes), "pull": link(pull), "check": check_page(house, OPEN_POINTS)}


async def _conflict(house: House) -> Pages:
    notes = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    theirs = house.minutes(PATH, pull.head_ref).replace("10:00", "10:05")
    house.imani.push(ARCHIVE, {PATH: theirs}, "We began late", pull.head_ref)
    house.imani.edit(notes, body=paper.NOTES.replace("10:00", "10:10"))
    await house.quiet()
    return _contested(house, notes)


async def _objection(house: House) -> Pages:
    notes = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.comment(pull, "/minutes object Tove was not there")
    await house.quiet()
    return _contested(house, notes)


async def _announced(house: House) -> Pages:
    notes = house.publish()
    await house.quiet(datetime(2026, 8, 19, tzinfo=UTC))
    return {"notes": notes_page(house, notes), "pull": link(house.pulls()[0])}


async def _late(house: House) -> Pages:
    await _published(house, "2026-08-25")
    notes = house.publish()
    await house.quiet()
    return {"notes": notes_page(house, notes), "pull": link(house.pulls()[0])}


async def _links(house: House) -> Pages:
    await _published(house, "2026-08-25")
    await _published(house, "2026-08-18")
    return {"pull": link(house.pulls()[0])}


async def _published(house: House, day: str) -> None:
    house.publish(paper.NOTES.replace("2026-08-18", day), f"Team meeting {day}")
    await house.quiet()
    house.imani.merge(house.pulls()[0])
    await house.quiet()


async def _pushed(house: House) -> Pages:
    commit = house.imani.push(ARCHIVE, {PATH: f"{paper.NOTES}\n{HARMFUL}\n"}, "Minutes")
    await house.quiet()
    return {"check": check_page(house, "Minutes"), "commit": f"/{ARCHIVE}/commit/{commit}"}


async def _stopped(house: House) -> Pages:
    notes = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.comment(notes, "/minutes stop")
    await house.quiet()
    return {"notes": notes_page(house, notes), "pull": link(pull)}


CURE = ("line 13", "runs where minutes are published", "Take it out of the notes")
ON_TOP = "Minutes of Tuesday 2026-08-18"

STATES: Mapping[str, State] = {
    "error": State(
        _error,
        {
            "notes": (ON_TOP, "Draft", "1 error to look at", *CURE, "Edit the notes above, and I update"),
            "pull": (ON_TOP, "Read the minutes", "1 error to mend in the notes", *CURE, "Date"),
            "check": ("failure", "1 error to look at", *CURE),
        },
    ),
    "conflict": State(
        _conflict,
        {
            "notes": (ON_TOP, "Conflict", "10:10", "On the branch", "10:05", "Make both say the same",
                      "Then comment /minutes"),
            "pull": (ON_TOP, "Conflict", "I changed nothing", "under the notes shows both sides", "Date"),
            "check": ("failure", "A conflict with the notes", "under the notes shows both sides"),
        },
    ),
    "objection": State(
        _objection,
        {
            "notes": (ON_TOP, "Ready for review", "pull request 1"),
            "pull": (ON_TOP, "Objection by imani: Tove was not there.", "says /minutes accept", "Date"),
            "check": ("failure", "1 objection", "Tove was not there.", "says /minutes accept"),
        },
    ),
    "announced": State(
        _announced,
        {
            "notes": (ON_TOP, "Ready for review", "I merge it on Tuesday 2026-08-25", "To stop that"),
            "pull": (ON_TOP, "I merge this on Tuesday 2026-08-25", "To stop that, comment", "Date"),
        },
        "merge: after 7 quiet days\n",
    ),
    "late": State(
        _late,
        {
            "notes": (ON_TOP, "1 notice to look at", "Is the date right? /minutes date", "need nothing"),
            "pull": (ON_TOP, "To look at", "Is the date right? /minutes date", "need nothing"),
        },
    ),
    "links": State(
        _links,
        {"pull": ("Links to the last meeting", "Merging this mends it", "2026-08-25.md 2026-08-18.md",
                  "Close this if they are right")},
    ),
    "pushed": State(
        _pushed,
        {
            "check": ("failure", "1 error and 1 notice", "Fix", "is shown at its line",
                      "commits these corrections", "(2026-08-11.md)", "Take it out of the notes"),
            "commit": ("failure", "1 error and 1 notice", "Fix", "these corrections", "(2026-08-11.md)"),
        },
        "settle: 10 minutes\n",
    ),
    "stopped": State(
        _stopped,
        {
            "notes": (ON_TOP, "Stopped: imani said so", "pull request 1 is closed", "/minutes to go on"),
            "pull": ("closed", ON_TOP, "from these notes"),
        },
    ),
}  # fmt: skip
