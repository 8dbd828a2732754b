"""A small lab at the simulated GitHub: an archive, a repository with issues, the App installed on both."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from typing import Any

import aiohttp
import pytest

from bot import manifest
from bot.archive.location import locate
from bot.archive.template_files import Shape, read_shape, settings_of
from bot.github.app import App
from bot.github.client import Client
from bot.github.hints import Hints
from bot.github.read_snapshot import complete, read
from bot.model import Archive, ReconcileRequest, Role, Snapshot, Source
from github_simulator import Simulator

SOURCE = "tern-lab/planning"
ARCHIVE = "tern-lab/meeting-minutes"
PERMISSIONS: dict[str, str] = dict(manifest.load()["default_permissions"])
TEMPLATE = "# Agenda\n\nAttending:\n\n## Project status\n\n## AOB\n"
FILES = {
    "template.md": TEMPLATE,
    "2026/2026-11-10.md": "# Minutes 2026-11-10\n\nAttending: Imani\n\n## AOB\n",
    "2026/2026-11-17.md": "# Minutes 2026-11-17\n\nAttending: Tove\n\n## AOB\n",
}


class Lab:
    """The simulated GitHub, the App's client there, and a person who acts by REST."""

    def __init__(self, simulator: Simulator, session: aiohttp.ClientSession) -> None:
        self.simulator = simulator
        self.session = session
        self.hints = Hints(simulator.clock)
        for login in ("imani", "rui", "stranger"):
            simulator.create_user(login)
        simulator.create_repository(SOURCE, files={"README.md": "# Planning\n"})
        simulator.create_repository(ARCHIVE, files=FILES)
        for repository in (SOURCE, ARCHIVE):
            simulator.add_collaborator(repository, "imani", "write")
            simulator.add_collaborator(repository, "rui", "read")
        self.client = self.install(PERMISSIONS)

    def install(self, permissions: dict[str, str], slug: str = "minutes", **how: Any) -> Client:
        """Register an App with these permissions, and install it on tern-lab."""
        registered = self.simulator.create_app(
            slug, permissions=permissions, events=[], webhook_url=None, webhook_secret="secret"
        )
        self.installation = self.simulator.install(registered, "tern-lab", repositories=None)
        self.app = App(
            self.session,
            registered.id,
            registered.private_key,
            clock=self.simulator.clock,
            between_writes=0,
            **{
                "rest_url": f"{self.simulator.url}/api/v3",
                "graphql_url": f"{self.simulator.url}/api/graphql",
                **how,
            },
        )
        return self.app.client(self.installation)

    async def person(self, method: str, path: str, data: Any = None, by: str = "imani") -> Any:
        """Do something by REST as a person."""
        headers = {"authorization": f"token {self.simulator.token(by)}"}
        url = f"{self.simulator.url}/api/v3{path}"
        async with self.session.request(method, url, json=data, headers=headers) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json() if answer.status != 204 else None

    async def issue(
        self, body: str = "Notes", labels: Sequence[str] = ("meeting-notes",), by: str = "imani"
    ) -> int:
        """Open an issue with labels; its number."""
        data = {"title": "Team meeting 2026-11-24", "body": body, "labels": list(labels)}
        return int((await self.person("POST", f"/repos/{SOURCE}/issues", data, by))["number"])

    async def read(self, number: int, client: Client | None = None) -> Snapshot:
        """Look at an issue, and ask for what every plan wants: the shape, and the role of who labelled it."""
        client = client or self.client
        seen = await read(client, ReconcileRequest(self.installation, SOURCE, number), self.hints)
        set_by = (login for login, _ in seen.source.labelled_by.values()) if seen.source else ()
        roles = (Role(SOURCE, login) for login in set_by if login)
        return await complete(client, seen, ["shape", *roles], self.hints)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def lab(simulator: Simulator, session: aiohttp.ClientSession) -> Lab:
    return Lab(simulator, session)


def source(snapshot: Snapshot) -> Source:
    """The source, which must be there."""
    assert snapshot.source is not None, snapshot.refusals
    return snapshot.source


def shape(snapshot: Snapshot) -> Shape:
    """What minutes look like, by the texts that were read; nothing without a configuration to use."""
    kept = archive(snapshot)
    settings = settings_of(kept, snapshot.good_config)
    series = locate(kept.files, settings, date(2026, 11, 24)).series if settings else None
    return read_shape(kept, snapshot.texts, settings, series) if settings and series else Shape()


def archive(snapshot: Snapshot) -> Archive:
    """The archive, which must be there."""
    assert snapshot.archive is not None, snapshot.refusals
    return snapshot.archive
