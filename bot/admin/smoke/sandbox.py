"""The repository on which the steps are tried, what they made there, and the bot's own requests to it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import aiohttp

from bot.admin.smoke.recording import Recorder
from bot.github.app import App
from bot.github.apply import apply
from bot.github.client import Client
from bot.github.errors import Stale
from bot.github.hints import Hints
from bot.github.reader import Reader
from bot.model import Archive, Kind, Pull, ReconcileRequest, Refusal, Snapshot, Source, Step
from bot.model.clock import Clock

T = TypeVar("T")

PREFIX = "minutes/smoke-"
"""With this, and the word of the run, the names of all branches begin that are made here."""
TITLE = "Smoke test of minutes-bot"
"""With this the titles of all issues, discussions and pull requests begin that are made here."""
LABEL = "minutes-smoke"
PATH = "smoke.md"
"""The file that is merged into the default branch. Its name has no date, so it is no minutes."""
LOOKS = 6
"""How often GitHub is asked at most until it shows what was written."""


class Unexpected(Exception):
    """GitHub does not behave as the bot expects; the message says how it does."""


class Skipped(Exception):
    """A step is not possible in this repository; the message says why."""


@dataclass
class Sandbox:
    """A repository ("owner/name") and what is known of it.

    `run` is a word that no other run has. `seen` is the snapshot with the results of all writes so far,
    `issue`, `pull` and `draft` are the numbers of what was opened, None: nothing yet.
    """

    app: App
    session: aiohttp.ClientSession
    rest_url: str
    installation: int
    name: str
    run: str
    clock: Clock
    pause: float = 1.0
    seen: Snapshot | None = None
    issue: int | None = None
    pull: int | None = None
    draft: int | None = None
    dates: list[str] = field(default_factory=list)
    """The header `Date` of GitHub's last answer."""
    recorder: Recorder | None = None

    @property
    def client(self) -> Client:
        """The bot's client for the installation."""
        return self.app.client(self.installation)

    @property
    def reader(self) -> Reader:
        """The bot's reader, which remembers nothing, so that everything is asked."""
        return Reader(self.client, Hints(self.clock))

    def begin(self, step: str) -> None:
        """Let what is recorded from now on belong to the step with this key."""
        if self.recorder is not None:
            self.recorder.step = step

    def branch(self, name: str) -> str:
        """Return the full name of a branch of this run."""
        return f"{PREFIX}{self.run}-{name}"

    def title(self, what: str) -> str:
        """Return a title by which `clean` knows what was made."""
        return f"{TITLE}: {what} ({self.run})"

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot with the results of all writes. Raises Skipped if the repository was not read."""
        if self.seen is None or self.seen.archive is None:
            raise Skipped("the repository could not be read")
        return self.seen

    @property
    def archive(self) -> Archive:
        """The repository as a snapshot has it. Raises Skipped if it was not read."""
        assert self.snapshot.archive is not None
        return self.snapshot.archive

    @property
    def head(self) -> str:
        """The newest commit of the default branch. Raises Skipped if there is none."""
        if self.archive.repository.head is None:
            raise Skipped("the repository has no commit")
        return self.archive.repository.head

    @property
    def source(self) -> Source:
        """The issue that was opened. Raises Skipped if there is none."""
        if self.issue is None or self.snapshot.source is None:
            raise Skipped("no issue was opened")
        return self.snapshot.source

    def opened(self, number: int | None) -> Pull:
        """Return the pull request with this number. Raises Skipped if it was not opened."""
        found = next((each for each in self.archive.pulls if each.number == number), None)
        if found is None:
            raise Skipped("no pull request was opened")
        return found

    async def apply(self, *steps: Step) -> Snapshot:
        """Apply steps as the bot does. Raises Unexpected when GitHub refuses one."""
        if refused := await self.refusals(*steps):
            raise Unexpected("; ".join(map(in_words, refused)))
        return self.snapshot

    async def refusals(self, *steps: Step) -> tuple[Refusal, ...]:
        """Apply steps as the bot does, and return what GitHub refused."""
        before = self.snapshot
        after = await apply(self.client, before, steps)
        new = after.refusals[len(before.refusals) :]
        if after.archive is None:
            raise Unexpected("; ".join(map(in_words, new)))
        self.seen = replace(after, refusals=before.refusals)
        return new

    async def stale(self, *steps: Step) -> str:
        """Apply steps that come too late, and return GitHub's words. Raises Unexpected when it takes them."""
        try:
            refused = await self.refusals(*steps)
        except Stale as error:
            return f"refused as outdated: {error}"
        if refused:
            raise Unexpected(f"refused, but not as outdated: {in_words(refused[0])}")
        raise Unexpected("GitHub did it")

    async def look(self, number: int | None = None, kind: Kind = "issue") -> Source | None:
        """Return a thread (None: the issue that was opened) as the query for a snapshot shows it now."""
        asked = self.source.number if number is None else number
        request = ReconcileRequest(self.installation, self.name, asked, kind)
        return (await self.reader.look(request, self.name)).snapshot.source

    async def until(self, shows: Callable[[Archive], bool], what: str) -> str:
        """Read the repository until it shows something, and return how late that was in words.

        Raises Unexpected when it never does.
        """

        async def archive() -> Archive | None:
            return (await self.reader.calendar(self.name)).archive

        _, late = await self.eventually(archive, lambda it: it is not None and shows(it), what)
        return late

    async def eventually(
        self, read: Callable[[], Awaitable[T]], shows: Callable[[T], bool], what: str
    ) -> tuple[T, str]:
        """Call `read` until its result shows something; return that, and how late it was in words.

        GitHub may answer a read with what was there a moment ago. Raises Unexpected when it never shows it.
        """
        for looks in range(1, LOOKS + 1):
            if shows(found := await read()):
                return (
                    found,
                    "shown at once" if looks == 1 else f"shown at look {looks}, {self.pause:g} s apart",
                )
            await self.client.sleep(self.pause)
        raise Unexpected(f"{what} is not shown after {LOOKS} looks")

    async def get(self, path: str, values: Mapping[str, str] | None = None) -> Any:
        """Return what GitHub answers by REST to GET `/repos/OWNER/NAME` and `path`."""
        owner, name = self.name.split("/")
        known = {"owner": owner, "name": name, **(values or {})}
        return await self.client.getitem(f"/repos/{{owner}}/{{name}}{path}", known)


def in_words(refusal: Refusal) -> str:
    """Return a refusal in words, with the permission that is missing, if one is."""
    needs = f" It needs {refusal.permission}." if refusal.permission else ""
    return f"{refusal.step} was refused: {refusal.message.rstrip('.')}.{needs}"


def check(expected: object, found: object, what: str) -> None:
    """Raise Unexpected unless what was found is what is expected."""
    if expected != found:
        raise Unexpected(f"{what} is {found}, not {expected}")
