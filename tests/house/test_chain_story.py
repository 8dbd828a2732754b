"""Minutes of three series that come in any order, are renamed or deleted: in the end each link is right."""

from datetime import date, timedelta
from random import Random

import pytest

from bot.planning.link_repairs import TITLE
from github_simulator.state import PullRequest
from tests import paper
from tests.depth import sample
from tests.house.conftest import ARCHIVE, House

SERIES = ("Board", "Tech", "Outreach")
CONFIG = "series:\n" + "".join(
    f"  - name: {name}\n    path: {name.lower()}/YYYY-MM-DD.md\n" for name in SERIES
)
MOST_REQUESTS, FOR_EACH = 12, 5
"""The most requests for one thing that people do, with all that follows from it: so many, and so many more
for each open pull request with minutes, of which several may get another link."""
FIRST = date(2026, 1, 6)
NEAR = 6
"""People merge one of the oldest open pull requests, and rename one of the newest files of a series: what is
further back than 50 pull requests, and 12 files of a series, is for `minutes-bot check --fix`."""


class Story:
    """A year of people who keep minutes without order."""

    def __init__(self, house: House, seed: int, meetings: int) -> None:
        self.house = house
        self.random = Random(seed)
        self.free = [
            (name, FIRST + timedelta(days=7 * count)) for count in range(meetings) for name in SERIES
        ][:meetings]
        self.theirs: set[str] = set()
        """What people pushed by themselves: their links are their own."""

    async def play(self) -> None:
        acts = [self.file, self.file, self.file, self.merge, self.merge, self.close, self.push,
                self.rename, self.delete, self.mend]  # fmt: skip
        while self.free:
            sent = len(self.house.sent())
            self.random.choice(acts)()
            await self.house.quiet()
            assert len(self.house.sent(sent)) <= MOST_REQUESTS + FOR_EACH * len(self.minutes())
            assert len(self.repairs()) <= 1
        for pull in sorted(self.minutes(), key=lambda _: self.random.random()):
            self.house.imani.merge(pull)
            await self.house.quiet()
        while pulls := self.repairs():
            self.house.imani.merge(pulls[0])
            await self.house.quiet()

    # -- what people do ------------------------------------------------------------------------------------

    def file(self) -> None:
        name, day = self._meeting()
        self.house.publish(paper.NOTES.replace("2026-08-18", str(day)), f"{name} {day}")

    def push(self) -> None:
        name, day = self._meeting()
        path = f"{name.lower()}/{day}.md"
        self.theirs.add(path)
        text = paper.MADE.replace("2026-08-18", str(day)).replace("2026-08-11.md", self.before(path) or ".")
        self.house.imani.push(ARCHIVE, {path: text}, "By hand")

    def merge(self) -> None:
        if pulls := self.minutes():
            is_old = self.house.pulls()[-1].number - pulls[0].number > 5 * NEAR
            self.house.imani.merge(pulls[0] if is_old else self.random.choice(pulls[:NEAR]))

    def close(self) -> None:
        if self.random.random() < 0.3 and (pulls := self.minutes()):
            self.house.imani.close(self.random.choice(pulls))

    def mend(self) -> None:
        if pulls := self.repairs():
            self.house.imani.merge(pulls[0])

    def rename(self) -> None:
        if (path := self._file()) and len(path.rpartition("/")[2]) == len("2026-08-18.md"):
            new = path.replace(".md", "-minutes.md")
            if path in self.theirs:
                self.theirs.add(new)
            text = self.house.minutes(path, "main")
            self.house.imani.push(ARCHIVE, {path: None, new: text}, "Rename")

    def delete(self) -> None:
        if self.random.random() < 0.3 and (path := self._file()):
            self.house.imani.push(ARCHIVE, {path: None}, "Delete")

    # -- what is there -------------------------------------------------------------------------------------

    def _meeting(self) -> tuple[str, date]:
        """Return the next meeting mostly, else any later one, which leaves a gap for a while."""
        late = self.random.random() < 0.4
        return self.free.pop(self.random.randrange(min(9, len(self.free))) if late else 0)

    def _file(self) -> str | None:
        found = sorted(self.files(), key=_day)[-3 * NEAR :]
        return self.random.choice(found) if found else None

    def files(self) -> list[str]:
        git = self.house.simulator.world.repository(*ARCHIVE.split("/")).git
        names = tuple(f"{name.lower()}/" for name in SERIES)
        return sorted(path for path in git.files(git.branch("main")) if path.startswith(names))

    def repairs(self) -> list[PullRequest]:
        return [pull for pull in self.house.pulls() if pull.title == TITLE]

    def minutes(self) -> list[PullRequest]:
        return [pull for pull in self.house.pulls() if pull.title != TITLE]

    def before(self, path: str) -> str:
        """Return the name of the file before `path` in its folder; empty where there is none."""
        folder = path.partition("/")[0]
        earlier = (each for each in self.files() if each.startswith(folder) and _day(each) < _day(path))
        return max(earlier, key=_day, default="").rpartition("/")[2]

    def wrong(self) -> dict[str, tuple[str, str]]:
        """Return the files of the bot that link other than the previous minutes: what they do, and should."""
        found = {}
        for path in self.files():
            target = self.house.minutes(path, "main").partition("[last meeting](")[2].partition(")")[0]
            before = self.before(path)
            if path not in self.theirs and before and target != before:
                found[path] = (target, before)
        return found


def _day(path: str) -> str:
    return path.rpartition("/")[2][:10]


@pytest.mark.parametrize("seed", sample(range(5), lambda seed: seed < 2))
async def test_after_quiet_every_link_is_right(bare: House, seed: int) -> None:
    bare.install({"agenda-template.md": paper.TEMPLATE, ".github/minutes.yml": CONFIG})
    story = Story(bare, seed, 24)
    await story.play()

    assert len(story.files()) > 8
    assert story.wrong() == {}


@pytest.mark.thorough
async def test_two_hundred_meetings(bare: House) -> None:
    bare.install({"agenda-template.md": paper.TEMPLATE, ".github/minutes.yml": CONFIG})
    story = Story(bare, 200, 200)
    await story.play()

    assert len(story.files()) > 80
    assert story.wrong() == {}
