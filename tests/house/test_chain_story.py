"""Minutes of three series that come in any order, are renamed or deleted: in the end each link is right."""

import asyncio
from contextlib import AsyncExitStack
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bot.planning.link_repairs import TITLE
from github_simulator.state import PullRequest
from tests import paper
from tests.depth import THOROUGH
from tests.house.conftest import ARCHIVE, House, open_ground

Thing = TypeVar("Thing")
SERIES = ("Board", "Tech", "Outreach")
CONFIG = "series:\n" + "".join(
    f"  - name: {name}\n    path: {name.lower()}/YYYY-MM-DD.md\n" for name in SERIES
)
MOST_REQUESTS, FOR_EACH = 12, 5
"""The most requests for one thing that people do, with all that follows from it: so many, and so many more
for each open pull request with minutes, of which several may get another link."""
FIRST = date(2025, 5, 6)
WEEKS = 69
"""So many meetings has each of the three series, 207 in all."""
MISSING = {55, 58, 60, *range(61, WEEKS)}
"""The weeks without minutes at first."""
NEAR = 6
"""People merge one of the oldest open pull requests, and rename one of the newest files of a series: what is
further back than 50 pull requests, and 12 files of a series, is for `minutes-bot check --fix`."""
CHOICES = st.integers(0, 10_000)
"""Each is a choice among as many things as there are (see `Chain.one_of`)."""


def made(path: str, previous: str) -> str:
    """Return minutes for the file `path` that link the file `previous` as the last meeting."""
    return paper.MADE.replace("2026-08-18", _day(path)).replace("2026-08-11.md", previous or ".")


def archive() -> dict[str, str]:
    """Return the files of an archive that people have kept for more than a year, with a few gaps."""
    files = {"agenda-template.md": paper.TEMPLATE, ".github/minutes.yml": CONFIG}
    for name in SERIES:
        before = ""
        for week in sorted(set(range(WEEKS)) - MISSING):
            own = f"{FIRST + timedelta(weeks=week)}.md"
            files[f"{name.lower()}/{own}"] = made(own, before)
            before = own
    return files


class Chain(RuleBasedStateMachine):
    """People who keep minutes without order; after each act the bot has time for all that follows from it."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.house = House(*self.runner.run(self.stack.enter_async_context(open_ground())))
        files = archive()
        self.house.install(files)
        self.free = [(name, FIRST + timedelta(weeks=week)) for week in sorted(MISSING) for name in SERIES]
        self.theirs = set(files)
        """What people pushed by themselves: their links are their own."""

    def teardown(self) -> None:
        try:
            for pull in self.minutes():
                self.house.imani.merge(pull)
                self.settle()
            while pulls := self.repairs():
                self.house.imani.merge(pulls[0])
                self.settle()
            assert self.wrong() == {}
        finally:
            self.runner.run(self.stack.aclose())
            self.runner.close()

    def settle(self) -> None:
        """Let the bot do all that follows, and check what it costs."""
        sent = len(self.house.sent())
        self.runner.run(self.house.quiet())
        assert len(self.house.sent(sent)) <= MOST_REQUESTS + FOR_EACH * len(self.minutes())
        assert len(self.repairs()) <= 1

    # -- what people do ------------------------------------------------------------------------------------

    @rule(which=CHOICES)
    def file(self, which: int) -> None:
        if meeting := self.next_meeting(which):
            name, day = meeting
            self.house.publish(paper.NOTES.replace("2026-08-18", str(day)), f"{name} {day}")
            self.settle()

    @rule()
    def file_next(self) -> None:
        self.file(0)

    @rule(which=CHOICES)
    def push(self, which: int) -> None:
        if meeting := self.next_meeting(which):
            name, day = meeting
            path = f"{name.lower()}/{day}.md"
            self.theirs.add(path)
            self.house.imani.push(ARCHIVE, {path: made(path, self.before(path))}, "By hand")
            self.settle()

    @rule(which=CHOICES)
    def merge(self, which: int) -> None:
        if pull := self.one_of(self.minutes()[:NEAR], which):
            self.house.imani.merge(pull)
            self.settle()

    @rule(which=CHOICES)
    def close(self, which: int) -> None:
        if pull := self.one_of(self.minutes(), which):
            self.house.imani.close(pull)
            self.settle()

    @rule()
    def merge_repairs(self) -> None:
        if pulls := self.repairs():
            self.house.imani.merge(pulls[0])
            self.settle()

    @rule(which=CHOICES)
    def rename(self, which: int) -> None:
        path = self.one_of(self.newest(), which)
        if path and len(path.rpartition("/")[2]) == len("2026-08-18.md"):
            new = path.replace(".md", "-minutes.md")
            if path in self.theirs:
                self.theirs.add(new)
            text = self.house.minutes(path, "main")
            self.house.imani.push(ARCHIVE, {path: None, new: text}, "Rename")
            self.settle()

    @rule(which=CHOICES)
    def delete(self, which: int) -> None:
        if path := self.one_of(self.newest(), which):
            self.house.imani.push(ARCHIVE, {path: None}, "Delete")
            self.settle()

    # -- what is there -------------------------------------------------------------------------------------

    @staticmethod
    def one_of(things: list[Thing], which: int) -> Thing | None:
        return things[which % len(things)] if things else None

    def next_meeting(self, which: int) -> tuple[str, date] | None:
        """Return one of the next meetings without minutes; any but the first leaves a gap for a while."""
        meeting = self.one_of(self.free[:9], which)
        if meeting:
            self.free.remove(meeting)
        return meeting

    def newest(self) -> list[str]:
        return sorted(self.files(), key=_day)[-3 * NEAR :]

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
            if path in self.theirs:
                continue
            target = self.house.minutes(path, "main").partition("[last meeting](")[2].partition(")")[0]
            if (before := self.before(path)) and target != before:
                found[path] = (target, before)
        return found


def _day(path: str) -> str:
    return path.rpartition("/")[2][:10]


TestAfterQuietEveryLinkIsRight = Chain.TestCase
TestAfterQuietEveryLinkIsRight.settings = settings(
    max_examples=30 if THOROUGH else 4, stateful_step_count=30, deadline=None
)
