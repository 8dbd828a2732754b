"""Stories: people at work in any order, while reads lag, deliveries get lost, and the bot is killed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.state import SourceState, find_state
from github_simulator.deliveries import Delivery
from github_simulator.errors import ApiError
from github_simulator.state import Issue, PullRequest
from tests.house.conftest import ARCHIVE, LABEL, House

HEADINGS = ("## Project status", "## AOB")
FILE = "2026/2026-08-18.md"
STATES = {"ready", "merged", "closed", "stopped", "conflict", "edited-by-people", "settling", "idle"}
"""What the comment may say in the end."""


@dataclass
class Story:
    """A team at work; `alive` are the lines that somebody typed and nobody took out again."""

    house: House
    random: Random
    loses: float = 0
    """How many of the deliveries get lost, of all; they come when the bot asks for them."""
    kills: float = 0
    """How often the bot is killed right after it wrote."""
    alive: dict[str, str] = field(default_factory=dict)
    lost: list[Delivery] = field(default_factory=list)
    typed: int = 0

    async def play(self, moves: int) -> None:
        """Publish, do so many things, and let time pass until nothing is left to do."""
        self.house.simulator.pipeline.replica.save_state()
        issue = self.house.publish()
        assert isinstance(issue, Issue)
        self.issue = issue
        await self._rest()
        for _ in range(moves):
            self.house.pass_time(self.random.choice([0, 0.2, 1, 30]))
            self.house.simulator.pipeline.replica.save_state()
            self._move()
            await self._rest()
        self.house.simulator.pipeline.replica.lag(timedelta())
        self.house.simulator.faults.clear()
        self.loses = self.kills = 0
        await self._rest()
        await self.house.begin()

    def _move(self) -> None:
        moves: list[Callable[[], object]] = [
            self.edit_notes, self.edit_notes, self.push, self.push, self.take_out, self.chat, self.command,
            self.accept, self.merge, self.close, self.reopen, self.stop, self.unlabel, self.label,
        ]  # fmt: skip
        try:
            self.random.choice(moves)()
        except ApiError:
            return  # GitHub does not let people do everything at any time

    async def _rest(self) -> None:
        """Let the bot do what follows; what got lost comes later, as it asks for it."""
        house, log = self.house, self.house.simulator.deliveries.log
        again, self.lost = self.lost, []
        if self.chance.random() < self.kills:
            house.simulator.faults.set("lose", {"operation": "graphql", "mutation": "*"}, times=1)
        while new := log[house.delivered :]:
            house.delivered += len(new)
            for delivery in new:
                if self.chance.random() < self.loses:
                    self.lost.append(delivery)
                else:
                    await house.follow(delivery)
        for delivery in again:
            await house.follow(delivery)
        if self.chance.random() < self.kills:
            house.start()
        await house.quiet()

    def __post_init__(self) -> None:
        self.chance = Random(self.random.random())
        """For what is not people's doing, so that they do the same with and without it."""

    # -- what people do ------------------------------------------------------------------------------------

    def edit_notes(self) -> None:
        self.house.imani.edit(self.issue, body=self._with_line(self.issue.body, "notes"))

    def push(self) -> None:
        if pull := self._open():
            text = self._with_line(self._text(pull), "branch")
            self.house.imani.push(ARCHIVE, {FILE: text}, "Add a line", pull.head_ref)

    def take_out(self) -> None:
        mine = [line for line, where in self.alive.items() if where == "notes" and line in self.issue.body]
        if mine:
            line = self.random.choice(mine)
            self.house.imani.edit(self.issue, body=self.issue.body.replace(f"\n{line}\n", "", 1))
            del self.alive[line]

    def chat(self) -> None:
        self.house.yuki.comment(self.issue, "Thanks!")

    def command(self) -> None:
        self.house.imani.comment(self.issue, "/minutes")

    def accept(self) -> None:
        if pull := self._open():
            self.house.imani.comment(pull, "/minutes accept")

    def merge(self) -> None:
        if (pull := self._open()) and self.random.random() < 0.5:
            self.house.imani.merge(pull, self.random.choice(["merge", "squash", "rebase"]))
            if self.random.random() < 0.5:
                self.house.imani.delete_branch(ARCHIVE, pull.head_ref)

    def close(self) -> None:
        if (pull := self._open()) and self.random.random() < 0.3:
            self.house.imani.close(pull)  # with what was pushed: it stays in there
            self.alive = {line: where for line, where in self.alive.items() if where == "notes"}

    def reopen(self) -> None:
        if (closed := [each for each in self.pulls if each.state == "closed" and not each.merged_at]) and (
            not self._open()
        ):
            self.house.imani.reopen(closed[-1])

    def stop(self) -> None:
        if self.random.random() < 0.2:
            self.house.imani.comment(self.issue, "/minutes stop")

    def unlabel(self) -> None:
        if self.random.random() < 0.3:
            self.house.imani.unlabel(self.issue, LABEL)

    def label(self) -> None:
        if LABEL not in [label.name for label in self.issue.labels]:
            self.house.imani.label(self.issue, LABEL)

    def _with_line(self, text: str, where: str) -> str:
        """Type a line of a list below one of the headings."""
        self.typed += 1
        line = f"- {where} {self.typed}"
        self.alive[line] = where
        lines = text.rstrip("\n").split("\n")
        at = lines.index(self.random.choice([each for each in HEADINGS if each in lines])) + 1
        while at < len(lines) and not lines[at].startswith("#") and self.random.random() < 0.6:
            at += 1
        return "\n".join([*lines[:at], "", line, *lines[at:]]) + "\n"

    # -- what came of it -----------------------------------------------------------------------------------

    @property
    def pulls(self) -> list[PullRequest]:
        threads = self.house.simulator.world.repository(*ARCHIVE.split("/")).threads.values()
        return [each for each in threads if isinstance(each, PullRequest)]

    def _open(self) -> PullRequest | None:
        return next((each for each in self.pulls if each.state == "open"), None)

    def _text(self, pull: PullRequest) -> str:
        return self.house.minutes(FILE, pull.head_ref)

    @property
    def state(self) -> SourceState:
        """What the one comment notes."""
        (comment,) = self.house.comments(self.issue)
        state = find_state(comment.body, SourceState)
        assert state is not None
        return state

    def published(self) -> list[str]:
        """List all lines of the minutes: on the open branch, and in the default one."""
        git = self.house.simulator.world.repository(*ARCHIVE.split("/")).git
        main = self.house.minutes(FILE, "main") if FILE in git.files(git.branch("main")) else ""
        pull = self._open()
        return f"{main}\n{self._text(pull) if pull else ''}".split("\n")

    def end(self) -> tuple[object, ...]:
        """Return how it ended, without what differs from one try to the next."""
        pulls = [(each.state, each.merged_at is not None, each.title) for each in self.pulls]
        return self.state.status, self.state.detail, pulls, self.published()
