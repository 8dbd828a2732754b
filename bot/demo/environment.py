"""The environment of the demo: a simulated GitHub with two repositories and three people, and the bot."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp

from bot import manifest
from bot.demo.constants import ARCHIVE, LABEL, OWNER, ROLES, SOURCE
from bot.demo.pad import HOST, PAD, PadServer, list_host
from bot.pads.reader import PadReader
from bot.service import Service
from bot.service.reconcile import OnPlan
from bot.service.records import NotPossible, Records
from bot.service.settings import Settings, load
from bot.service.starting import CannotStart, shown
from github_simulator import Simulator, pages
from github_simulator.clock import SimulatedClock

DEMO_PACE = {"between_writes": 0, "poll": 0.02}
"""Seconds between two writes, and between two polls of the job queue: the demo shall not wait."""

LOOPBACK = {"HOST": "127.0.0.1", "PORT": "0", "REPLICA": "demo"}


@dataclass(frozen=True, slots=True)
class DemoEnvironment:
    """The running simulator of GitHub, and the bot that serves it.

    `tokens` has a personal access token for each person, by login; `variables` are the environment variables
    of the bot.
    """

    simulator: Simulator
    service: Service
    clock: SimulatedClock
    tokens: Mapping[str, str]
    pads: PadServer
    variables: Mapping[str, str] = field(repr=False)  # hold the key and the secret

    async def act(self, login: str, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Send a REST request to the simulated GitHub as the person `login`; return the JSON of the response.

        Raises aiohttp.ClientResponseError for a status of 400 or more.
        """
        headers = {"Authorization": f"Bearer {self.tokens[login]}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.request(method, self.simulator.url + path, json=body) as response,
        ):
            response.raise_for_status()
            return await response.json()

    def describe(self) -> dict[str, Any]:
        """Return URLs, repositories and the people's tokens of the demo, for `demo --json`."""
        url = self.simulator.url
        return {
            "pages": f"{url}/",
            "rest": [url, f"{url}/api/v3"],
            "graphql": [f"{url}/graphql", f"{url}/api/graphql"],
            "webhook": f"{self.service.url}/webhook",
            "control": f"{url}/_simulator/",
            "repositories": {"source": SOURCE, "archive": ARCHIVE},
            "archive_path": str(self.simulator.world.repository(*ARCHIVE.split("/")).git.path),
            "label": LABEL,
            "tokens": {
                name: self.tokens[login]
                for name, login in zip(("maintainer", "reader", "stranger"), ROLES, strict=True)
            },
        }


@asynccontextmanager
async def start_environment(
    archive: Path | None = None,
    now: datetime | None = None,
    on_plan: OnPlan | None = None,
    port: int = 0,
    files: Mapping[str, str] | None = None,
    add_content: Callable[[Simulator], None] | None = None,
    *,
    pad: str | None = None,
    frozen: bool = False,
    variables: Mapping[str, str] | None = None,
) -> AsyncIterator[DemoEnvironment]:
    """Start the simulated GitHub and the bot on loopback, and stop them at the end.

    `archive` is a folder with the files of the archive; without it, the files are `files` (text by path) or
    those of the package. `now` is the time at which the clock starts; if `frozen`, it moves only by `advance`
    and `set`. `on_plan` gets each plan before it is applied; `port` is that of the simulator; `add_content`
    is called before the bot starts. `pad` is the text of a pad, which the environment then has too.

    `variables` are environment variables for a bot that is like one on a server: with their HOST, PORT,
    DATABASE_URL and so on, and its pauses between writes. Those about GitHub are replaced. Raises
    CannotStart, also for a database with jobs of another GitHub, and SettingsError for invalid variables.
    """
    clock = SimulatedClock(now, frozen=frozen)
    with TemporaryDirectory(prefix="minutes-bot-", ignore_cleanup_errors=True) as folder:
        simulator = Simulator(clock=clock, root=Path(folder) / "git")
        pads = PadServer({} if pad is None else {PAD: pad})
        simulator.extra_routes += pages.routes(simulator)
        await simulator.start(port=port)
        try:
            await pads.start()
            _create_content(simulator, archive, files)
            if add_content:
                add_content(simulator)
            if pad is not None:
                list_host(simulator)
            installation, credentials = _install(simulator)
            given = {"DATABASE_URL": f"sqlite:///{folder}/queue.sqlite"} | credentials
            given |= LOOPBACK if variables is None else without_github(variables)
            settings = load(given)
            _refuse_others_jobs(settings, installation)
            async with Service(
                settings,
                clock,
                on_plan=on_plan,
                pads=PadReader(clock, instead={HOST: pads.url}),
                **(DEMO_PACE if variables is None else {}),
            ) as service:
                _connect(simulator, service)
                tokens = {login: simulator.token(login) for login in ROLES}
                yield DemoEnvironment(simulator, service, clock, tokens, pads, given)
        finally:
            await pads.close()
            await simulator.close()


def _create_content(simulator: Simulator, archive: Path | None, given: Mapping[str, str] | None) -> None:
    """Create people, repositories, label and roles."""
    for login in ROLES:
        simulator.create_user(login)
    with resources.as_file(resources.files("bot.demo") / "archive") as invented:
        folder = archive or (invented if given is None else None)
        simulator.create_repository(ARCHIVE, given if archive is None else None, folder=folder)
    simulator.create_repository(SOURCE, files={"README.md": "# Planning\n"})
    for repository in (SOURCE, ARCHIVE):
        for login, role in ROLES.items():
            if role:
                simulator.add_collaborator(repository, login, role)
        simulator.person("imani").create_label(repository, LABEL)


def _install(simulator: Simulator) -> tuple[int, dict[str, str]]:
    """Register the app as app.yml describes it, install it, and return its installation and variables."""
    wanted = manifest.load()
    secret = secrets.token_hex(32)
    app = simulator.create_app(
        "minutes-bot",
        permissions=wanted["default_permissions"],
        events=wanted["default_events"],
        webhook_secret=secret,
    )
    return simulator.install(app, OWNER), {
        "GITHUB_APP_ID": str(app.id),
        "GITHUB_PRIVATE_KEY": app.private_key,
        "WEBHOOK_SECRET": secret,
        "GITHUB_REST_URL": simulator.url,
    }


def without_github(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that are set, without those about GitHub and the App there."""
    ours = ("GITHUB_", "WEBHOOK_")
    return {name: text for name, text in variables.items() if text and not name.startswith(ours)}


def _refuse_others_jobs(settings: Settings, installation: int) -> None:
    """Raise CannotStart where jobs of other installations are left: they would be tried in vain."""
    with suppress(NotPossible), Records(settings.database_url) as records:  # there may be no queue yet
        others = {each.job.request.installation for each in records.list()} - {0, installation}
        if others:
            raise CannotStart(
                f"the database at {shown(settings.database_url)} has jobs of another GitHub. "
                "Set DATABASE_URL to one for the simulator alone, or leave it out."
            )


def _connect(simulator: Simulator, service: Service) -> None:
    """Send webhooks to the bot, and let `Simulator.idle` wait for the bot, too."""
    (app,) = simulator.world.apps.values()
    app.webhook_url = f"{service.url}/webhook"
    simulator.idle_checks.append(service.idle)
