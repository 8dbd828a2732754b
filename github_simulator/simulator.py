"""The simulator as a whole: starts and stops the server, and creates accounts, repositories and apps."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from github_simulator import installations, registrations
from github_simulator.clock import SimulatedClock
from github_simulator.contract import Contract
from github_simulator.control import Control
from github_simulator.control_apps import ControlApps
from github_simulator.deliveries import Deliveries
from github_simulator.faults import Faults
from github_simulator.limits import Limits
from github_simulator.people import SimulatedPerson
from github_simulator.pipeline import Exchange, RequestPipeline
from github_simulator.server import Server
from github_simulator.state import App, Repository, Role, User
from github_simulator.tokens import Actor, Tokens
from github_simulator.violations import Violations
from github_simulator.webhooks import Webhooks
from github_simulator.world import World

LARGEST_BODY = 100 * 2**20  # bytes; GitHub takes files of up to 100 MiB
PAUSE = 0.02  # seconds between two checks whether all is idle


class Simulator:
    """A simulated GitHub that listens on this computer, for tests and demonstrations of an app.

    `root` is the folder of the git repositories (None: in memory). `clock` is the time that it uses (None:
    one that starts at the real time).
    """

    def __init__(self, clock: SimulatedClock | None = None, root: Path | None = None) -> None:
        self.clock = clock or SimulatedClock()
        self.world = World(self.clock, root)
        self.contract = Contract.load()
        self.violations = Violations()
        self.tokens = Tokens(self.world)
        self.limits = Limits(self.clock)
        self.faults = Faults(self.world.frozen)
        self.deliveries = Deliveries(self.clock)
        self.pipeline = RequestPipeline(self.world, self.tokens, self.limits, self.faults)
        self.webhooks = Webhooks(self.world, self.deliveries, self.contract, self.violations)
        self.world.listeners.append(self.webhooks)
        self.idle_checks: list[Callable[[], Awaitable[bool]]] = []
        self.extra_routes: list[web.RouteDef] = []  # those of the web pages, to be added before `start`
        self._runner: web.AppRunner | None = None

    # -- running

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> None:
        """Listen on `host` and `port`; port 0 means any free port, which `url` then has."""
        server = Server(self.pipeline, self.contract, self.violations, self.deliveries)

        @web.middleware
        async def root_for_programs(request: web.Request, handler: Handler) -> web.StreamResponse:
            # "/" is REST's root for programs, and the home page for browsers
            for_people = request.path != "/" or "text/html" in request.headers.get("Accept", "")
            return await (handler if for_people else server.rest)(request)

        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[root_for_programs])
        app.add_routes([*Control(self).routes(), *ControlApps(self.world).routes()])
        app.add_routes([*server.routes(), *self.extra_routes])
        app.add_routes([web.route("*", "/{tail:.*}", server.elsewhere)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.world.url = f"http://{host}:{self._runner.addresses[0][1]}"
        await self.deliveries.start()

    async def close(self) -> None:
        """Stop listening for requests and delivering webhooks."""
        self.faults.clear()
        await self.deliveries.close()
        if self._runner:
            await self._runner.cleanup()
        for repository in self.world.repositories.values():
            repository.git.close()

    async def idle(self) -> None:
        """Wait until no webhook delivery is left, and every function in `idle_checks` returns True."""
        while not await self.is_idle():  # noqa: ASYNC110  # the functions can only be polled
            await asyncio.sleep(PAUSE)

    async def is_idle(self) -> bool:
        """Return whether no webhook delivery is left now, and every function in `idle_checks` returns True.

        Those are added by whoever runs an app here, to ask whether it has a job left.
        """
        if self.deliveries.busy:
            return False
        answers = [await check() for check in self.idle_checks]
        return all(answers) and not self.deliveries.busy

    @property
    def url(self) -> str:
        """The base URL at which the simulator listens."""
        return self.world.url

    @property
    def requests(self) -> list[Exchange]:
        """The logged requests that apps sent to the simulator, in order."""
        return [exchange for exchange in self.pipeline.log if exchange.app]

    # -- accounts and repositories

    def create_user(self, login: str) -> User:
        """Create an account of a person."""
        return self.world.add_user(login)

    def create_repository(
        self,
        full_name: str,
        files: Mapping[str, str | bytes] | None = None,
        *,
        folder: Path | None = None,
        private: bool = False,
        fork: bool = False,
        default_branch: str = "main",
    ) -> Repository:
        """Create the repository `owner/name`, with files in one commit; a new owner becomes an organisation.

        The files are `files`, contents by path, and those below the folder `folder`.
        """
        repository = self.world.add_repository(
            full_name, private=private, fork=fork, default_branch=default_branch
        )
        given = dict(files or {}) | (_files_in(folder) if folder else {})
        if given:
            encoded = {p: c.encode() if isinstance(c, str) else c for p, c in given.items()}
            self.world.commit_files(repository, encoded, "Initial commit")
        return repository

    def add_collaborator(self, repository: str, login: str, role: Role) -> None:
        """Give an account a role on the repository `owner/name`."""
        self.world.repository(*repository.split("/", 1)).collaborators[login.lower()] = role

    def token(self, login: str) -> str:
        """Return the personal access token of an account."""
        return self.tokens.for_user(self.world.user(login))

    def person(self, login: str) -> SimulatedPerson:
        """Return the person with this login; the account is created if needed."""
        user = self.world.users.get(login.lower()) or self.create_user(login)
        return SimulatedPerson(self.world, Actor(user))

    # -- apps

    def create_app(
        self,
        slug: str,
        *,
        permissions: Mapping[str, str],
        events: Sequence[str],
        webhook_url: str | None = None,
        webhook_secret: str = "",
        owner: str | None = None,
    ) -> App:
        """Register an app with these permissions, level by name, and subscriptions to webhook events.

        `owner` is the login of the account to which it belongs, None: its own bot's. Its private key is
        created in this process and not saved.
        """
        account = self.world.user(owner) if owner else None
        return registrations.create(
            self.world, slug, account, permissions, events, webhook_url, webhook_secret
        )

    def install(self, app: App, account: str, repositories: Sequence[str] | None = None) -> int:
        """Install an app on repositories (`owner/name`) of an account, and return the installation id.

        `repositories` None: on all of the account.
        """
        chosen = None
        if repositories is not None:
            names = [name.rpartition("/")[2] for name in repositories]
            chosen = [self.world.repository(account, name) for name in names]
        return installations.install(self.world, app, self.world.user(account), chosen).id


def _files_in(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder by path, except those in `.git`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return {name: path.read_bytes() for name, path in named if ".git" not in name.split("/")}
