"""The whole house but for its engine: each job is done at once, by a clock that stands."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot import manifest
from bot.demo.pad import PadServer
from bot.github.app import App
from bot.github.hints import Hints
from bot.model import AppRequest, ArchiveRequest, CalendarRequest, Kind, ReconcileRequest
from bot.pads.reader import PadReader
from bot.service import events
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.not_notes import NotNotes
from bot.service.work import Work
from bot.state import SourceState, find_state
from github_simulator import Simulator, pages
from github_simulator.clock import SimulatedClock
from github_simulator.deliveries import Delivery
from github_simulator.state import Discussion, Issue, IssueComment, PullRequest, Thread
from tests import paper

SOURCE = "tern-lab/planning"
ARCHIVE = "tern-lab/meeting-minutes"
LABEL = "meeting-notes"
KEYS = (b"of these tests",)
PADS = "pad.example.org"
NOON = datetime(2026, 8, 18, 12, tzinfo=UTC)
FILES = {"agenda-template.md": paper.TEMPLATE, "2026/2026-08-11.md": paper.MINUTES}


Ground = tuple[Simulator, aiohttp.ClientSession, list[str]]


@dataclass
class House:
    """A team, its two repositories, and the bot that does each job as it comes."""

    simulator: Simulator
    session: aiohttp.ClientSession
    wire: list[str]
    """What the bot sent as bodies of its requests, as it went over the wire."""
    permissions: Mapping[str, str] = field(default_factory=lambda: manifest.load()["default_permissions"])
    later: dict[str, Job] = field(default_factory=dict)
    delivered: int = 0
    turned: bool = False
    pads: PadServer | None = None

    def __post_init__(self) -> None:
        self.imani = self.simulator.person("imani")
        self.yuki = self.simulator.person("yuki")
        self.simulator.create_repository(SOURCE, files={"README.md": "# Planning\n"})
        for login, role in (("imani", "maintain"), ("yuki", "read")):
            self.simulator.add_collaborator(SOURCE, login, role)

    def install(self, files: Mapping[str, str | bytes] | None = FILES, **archive: bool) -> None:
        """Create the archive (none where `files` is None) and install the app as app.yml says."""
        if files is not None:
            self.simulator.create_repository(ARCHIVE, files=files, **archive)
            self.simulator.add_collaborator(ARCHIVE, "imani", "maintain")
        app = self.simulator.create_app(
            "minutes-bot",
            permissions=self.permissions,
            events=manifest.load()["default_events"],
            webhook_url="nowhere:",  # no address that anybody could call: deliveries are read from the log
        )
        self.app = app
        self.installation = self.simulator.install(app, "tern-lab")
        self.start()

    def start(self) -> None:
        """Start the bot, with nothing remembered."""
        clock = self.simulator.clock
        github = App(
            self.session, self.app.id, self.app.private_key,
            rest_url=self.simulator.url, graphql_url=f"{self.simulator.url}/graphql",
            clock=clock, between_writes=0,
        )  # fmt: skip
        self.not_notes = NotNotes(clock)
        pads = PadReader(clock, instead={PADS: self.pads.url} if self.pads else None)
        self.work = Work(
            github, Hints(clock), clock, Metrics(), keys=KEYS, not_notes=self.not_notes, pads=pads
        )

    # -- what happens --------------------------------------------------------------------------------------

    async def begin(self) -> None:
        """Start the bot as a service does: it looks for the calendars that there are."""
        self.start()
        self._keep(await self.work(Job(AppRequest(), "start")))
        await self.quiet()

    async def quiet(self, until: datetime | None = None) -> None:
        """Let the bot follow every delivery, and let time pass until nothing waits that is due by then.

        Without `until` that is when no source waits any more: a calendar has always something to wait for.
        """
        for _ in range(50):
            await self.deliver()
            sources = (
                job.due or NOON for job in self.later.values() if isinstance(job.request, ReconcileRequest)
            )
            by = until or max(sources, default=self.simulator.clock.now())
            job = min(self.later.values(), key=lambda job: job.due or NOON, default=None)
            if job is None or (job.due and job.due > by):
                return
            del self.later[job.id]
            if job.due and job.due > self.simulator.clock.now():
                self.simulator.clock.set(job.due)
            await self._do(job)
        raise AssertionError(f"no end: {self.later}")

    async def live(self, until: datetime) -> None:
        """Let time pass until then, and the bot do whatever is due on the way."""
        await self.quiet(until)
        self.simulator.clock.set(until)

    async def deliver(self) -> None:
        """Follow the deliveries that came since; `turned` ones come the last first, and all a second time."""
        while new := self.simulator.deliveries.log[self.delivered :]:
            self.delivered += len(new)
            for delivery in (*reversed(new), *reversed(new)) if self.turned else new:
                await self.follow(delivery)

    async def follow(self, delivery: Delivery) -> None:
        """Do what one delivery leads to, as service/web and service/jobs would."""
        found = events.read(delivery.event, delivery.payload, self.not_notes)
        for look in () if isinstance(found, events.Ignored) else found:
            if isinstance(look, ReconcileRequest | ArchiveRequest):
                await self._do(Job(look, delivery.guid))

    async def _do(self, job: Job) -> None:
        """Do a job, and keep what follows; of a calendar only what the last look at it saw may wait."""
        following = await self.work(job)
        if isinstance(job.request, CalendarRequest):
            self.later = {key: each for key, each in self.later.items() if each.waiting != job.waiting}
        self._keep(following)

    def _keep(self, jobs: Sequence[Job]) -> None:
        self.later |= {job.id: job for job in jobs}

    def pass_time(self, minutes: float = 1) -> None:
        """Let time pass."""
        self.simulator.clock.advance(timedelta(minutes=minutes))

    # -- what people see -----------------------------------------------------------------------------------

    def publish(
        self, body: str = paper.NOTES, title: str = "Team meeting 2026-08-18", kind: Kind = "issue"
    ) -> Issue | Discussion:
        """Let a maintainer open an issue or a discussion, and label it."""
        write = self.imani.open_discussion if kind == "discussion" else self.imani.open_issue
        source = write(SOURCE, title, body)
        self.imani.label(source, LABEL)
        return source

    def comments(self, source: Thread) -> list[IssueComment]:
        """List the bot's comments on an issue, a discussion or a pull request."""
        return [comment for comment in source.comments if comment.author is self.app.bot]

    def status_of(self, source: Thread) -> tuple[str, str]:
        """Return what the bot's one comment says: its state, and the detail of it."""
        (comment,) = self.comments(source)
        stored = find_state(comment.body, SourceState)
        assert stored is not None
        return stored.status, stored.detail

    def pulls(self, state: str = "open") -> list[PullRequest]:
        """List the pull requests of the archive."""
        threads = self.simulator.world.repository(*ARCHIVE.split("/")).threads.values()
        return [pull for pull in threads if isinstance(pull, PullRequest) and pull.state == state]

    def minutes(self, path: str, branch: str) -> str:
        """Read a file of the archive."""
        git = self.simulator.world.repository(*ARCHIVE.split("/")).git
        head = git.branch(branch)
        assert head is not None
        return git.blob(git.files(head)[path].oid).decode()  # type: ignore[union-attr]

    def sent(self, since: int = 0) -> list[tuple[str, ...]]:
        """List the bot's requests, but those for tokens: the steps of a document, or the operation."""
        asked = [request for request in self.simulator.requests if "access_tokens" not in request.path]
        return [request.steps or (request.operation,) for request in asked[since:]]


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    """A GitHub whose clock stands, a way to it, and what goes over the wire."""
    async with open_ground() as ground:
        yield ground


@asynccontextmanager
async def open_ground(*, has_pages: bool = False) -> AsyncIterator[Ground]:
    """Start a GitHub whose clock stands; its answers and the bot's requests keep to the rules."""
    simulator = Simulator(SimulatedClock(NOON, frozen=True))
    if has_pages:
        simulator.extra_routes += pages.routes(simulator)
    await simulator.start()
    wire: list[str] = []
    trace = aiohttp.TraceConfig()

    async def note(_: object, __: object, sent: aiohttp.TraceRequestChunkSentParams) -> None:
        if sent.chunk:
            wire.append(sent.chunk.decode())

    trace.on_request_chunk_sent.append(note)
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        yield simulator, session, wire
    assert [sent for sent in wire if re.search(r"\bforce\W+true", sent)] == [], "a branch never loses commits"
    await simulator.close()
    assert simulator.violations == []


@pytest.fixture
def bare(ground: Ground) -> House:
    """A house without an archive, and the app not installed yet."""
    return House(*ground)


@pytest.fixture
async def house(bare: House) -> House:
    """A house in order: an archive with a template and last week's minutes, and the app installed."""
    bare.install()
    return bare
