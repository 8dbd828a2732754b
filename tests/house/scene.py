"""One source in a house, and how to say in a line what became of it."""

from collections import Counter
from dataclasses import dataclass, field

from bot.model import Kind
from bot.state import SourceState, find_state
from github_simulator.state import PullRequest, Repository, Thread
from tests import paper
from tests.house.conftest import ARCHIVE, House

FILE = "2026/2026-08-18.md"
TITLE = "Minutes of 2026-08-18"
OLD_WORDS = "These are the words of an older version."


@dataclass
class Scene:
    """One source in a house, and what came of it."""

    house: House
    kind: Kind
    sources: list[Thread] = field(default_factory=list)
    """The source, and what it was transferred or converted to; the last one counts."""
    second: Thread | None = None
    """A second source, for the same day."""
    passed_over: set[int] = field(default_factory=set)
    """Numbers of pull requests that are not about these minutes."""

    def __post_init__(self) -> None:
        house = self.house
        self.archive: Repository = house.simulator.world.repository(*ARCHIVE.split("/"))
        self.before = set(self.files("main"))
        self.owner = house.simulator.person("tern-lab")

    @property
    def source(self) -> Thread:
        return self.sources[-1]

    @property
    def pulls(self) -> list[PullRequest]:
        threads = self.archive.threads.values()
        found = (each for each in threads if isinstance(each, PullRequest))
        return [each for each in found if each.number not in self.passed_over]

    @property
    def pull(self) -> PullRequest:
        """The pull request of the source: the newest one."""
        return self.pulls[-1]

    def publish(self, body: str = paper.NOTES, title: str = "Team meeting 2026-08-18") -> None:
        self.sources.append(self.house.publish(body, title, self.kind))

    def files(self, branch: str) -> list[str]:
        """List the files of a branch of the archive."""
        head = self.archive.git.branch(branch)
        return list(self.archive.git.files(head)) if head else []

    async def nudge(self) -> None:
        """Somebody says a word, which makes the bot look again."""
        self.house.pass_time()
        self.house.yuki.comment(self.source, "Thanks!")
        await self.house.quiet()

    # -- what became of it ---------------------------------------------------------------------------------

    def outcome(self) -> str:
        """Say what became of repository, thread and pull requests, but for what is as it always is."""
        pulls = "; ".join(map(self._pull, self.pulls)) or "no pull request"
        return "; ".join(filter(None, (pulls, self._branches(), self._main(), self._comment())))

    def _pull(self, pull: PullRequest) -> str:
        shown = [f"pull request {pull.number} {'merged' if pull.merged_at else pull.state}"]
        shown += ["a draft"] if pull.draft else []
        shown += [f"named “{pull.title}”"] if pull.title != TITLE else []
        new = sorted(set(self.files(pull.head_ref)) - set(self.files("main")))
        shown += [f"file {', '.join(new)}"] if new not in ([], [FILE]) else []
        shown += ["in old words"] if OLD_WORDS in pull.body else []
        commits = len(self.archive.git.between(pull.base_oid, pull.head_oid)) if pull.state == "open" else 1
        shown += [f"{commits} commits"] if commits != 1 else []
        return ", ".join(shown)

    def _branches(self) -> str:
        """Name the branches that are left over, or gone before their time."""
        there = {name.removeprefix("refs/heads/") for name in self.archive.git.refs("refs/heads/minutes/")}
        usual = {pull.head_ref for pull in self.pulls if pull.state == "open" or pull.merged_at}
        left = [f"branch {name} left" for name in sorted(there - usual)]
        return "; ".join(left + [f"branch {name} gone" for name in sorted(usual - there)])

    def _main(self) -> str:
        new = sorted(set(self.files("main")) - self.before)
        return f"main has {', '.join(new)}" if new else ""

    def _comment(self) -> str:
        shown = [self._comment_of(source) for source in self.sources]
        shown += [f"the second one {self._comment_of(self.second)}"] if self.second else []
        return "; ".join(filter(None, shown))

    def _comment_of(self, source: Thread) -> str:
        where = "where it was: " if source in self.sources[:-1] else ""
        if source.repository.gone.get(source.number, source) is not source:
            return f"{where}gone" if source is self.source else ""
        own = self.house.comments(source)
        if len(own) != 1:
            return f"{where}{len(own) or 'no'} comment{'s' if own else ''}"
        (comment,) = own
        stored = find_state(comment.body, SourceState)
        assert stored is not None
        shown = [f"{where}says {stored.status}"]
        shown += (
            [stored.detail] if stored.status in ("question", "merged", "closed") and stored.detail else []
        )
        shown += ["in old words"] if OLD_WORDS in comment.body else []
        shown += ["(minimised)"] if comment.minimized else []
        return " ".join(shown)

    def everything(self) -> object:
        """Return all that could differ: a second delivery must not change a bit of it."""
        threads = [*self.archive.threads.values(), *self.sources]
        return (
            self.archive.git.refs(),
            Counter(check.head_oid for check in self.archive.checks),
            [
                (each.number, each.title, each.body, each.state, [label.name for label in each.labels])
                for each in threads
            ],
            [
                (comment.node_id, comment.body, sorted(reaction.content for reaction in comment.reactions))
                for each in threads
                for comment in each.comments
            ],
        )


async def again_backwards(scene: Scene) -> None:
    """Follow every delivery a second time, the last one first."""
    for delivery in reversed(scene.house.simulator.deliveries.log[:]):
        await scene.house.follow(delivery)
    await scene.house.quiet()
