"""The pictures in README and docs: what is played for each, and which part of the page is on it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.config import PATH
from github_simulator.pages.lists import link
from tests.house.conftest import ARCHIVE, FILES, SOURCE, House, open_ground
from tests.house.meeting_day import TUESDAY, open_calendar, the_draft
from tests.pictures.browser import Browser
from tests.pictures.states import check_page, notes_page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 80_000  # bytes: pages with pictures shall be there at once
NOTES = """# 2026-08-18

Attending: Imani, Tove, Bo

Start: 10:00 am

## Accepting minutes from [last meeting](https://example.org)

Accepted.

## Project status

- The new nest boxes hold; the first eggs are counted.
- Decision: we ring the young birds in September.
- [ ] Tove: order rings, by 2026-09-01

## AOB

- [ ] Bo: ask the harbour for a ladder
"""
LAST_WEEK = NOTES.replace("2026-08-18", "2026-08-11").replace("https://example.org", "2026-08-04.md")


@dataclass(frozen=True)
class Shown:
    """A picture: `play` returns the page's path, `part` selects what is on it, where `sees` is to be read."""

    play: Callable[[House], Awaitable[str]]
    part: str
    sees: tuple[str, ...]

    async def take(self, tab: Browser, path: Path) -> str:
        """Play it, write the picture to a file, and return what can be read on it."""
        async with open_ground(has_pages=True) as ground:
            house = House(*ground)
            await tab.open(f"{house.simulator.url}{await self.play(house)}")
            await tab.picture_now(path, self.part)
            return await tab.text(self.part)


async def _review(house: House) -> str:
    house.install(FILES)
    house.publish(NOTES)
    await house.quiet()
    return link(house.pulls()[0])


async def _notes(house: House) -> str:
    house.install(FILES)
    notes = house.publish(NOTES)
    await house.quiet()
    return notes_page(house, notes)


async def _conflict(house: House) -> str:
    house.install(FILES)
    notes = house.publish(NOTES)
    await house.quiet()
    (pull,) = house.pulls()
    theirs = house.minutes("2026/2026-08-18.md", pull.head_ref).replace("in September", "in October")
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": theirs}, "It was October", pull.head_ref)
    house.imani.edit(notes, body=NOTES.replace("in September", "next spring"))
    await house.quiet()
    return notes_page(house, notes)


async def _draft(house: House) -> str:
    await open_calendar(house, files={**FILES, "2026/2026-08-11.md": LAST_WEEK})
    house.imani.open_issue(SOURCE, "Where do we winter the boat?", "", ("agenda",))
    await house.live(TUESDAY)
    return link(the_draft(house))


async def _objection(house: House) -> str:
    house.install(FILES)
    house.publish(NOTES)
    await house.quiet()
    (pull,) = house.pulls()
    house.imani.comment(pull, "/minutes object we said October")
    await house.quiet()
    return link(pull)


async def _check(house: House) -> str:
    house.install({**FILES, PATH: "settle: 10 minutes\n"})
    house.imani.push(ARCHIVE, {"2026/2026-08-18.md": NOTES}, "Minutes")
    await house.quiet()
    return check_page(house, "Minutes")


HEAD = "h2.subject, .summary"
TOP = f"{HEAD}, #top"
COMMENT = ".post:not(#top)"
SHOWN: Mapping[str, Shown] = {
    "review": Shown(_review, TOP, ("Minutes of 2026-08-18", "Read the minutes", "Last meeting")),
    "notes": Shown(_notes, f"{HEAD}, #top, {COMMENT}", ("Team meeting", "meeting-notes", "Ready for review")),
    "conflict": Shown(_conflict, COMMENT, ("Conflict", "next spring", "in October", "Then comment")),
    "draft": Shown(_draft, TOP, ("draft", "Open actions", "Where do we winter the boat?")),
    "objection": Shown(_objection, TOP, ("Objection by imani: we said October", "/minutes accept")),
    "check": Shown(_check, ".check", ("Fix", "these corrections", "2026-08-11.md")),
}
"""Each picture of docs/pictures, by its name there. `python tools/pictures.py` makes them anew."""
