"""A team that has set up everything right, for the tests of `minutes-bot doctor` to break."""

import asyncio
import json

from aiohttp.test_utils import TestServer
from click.testing import CliRunner

from bot import manifest
from bot.cli.doctor import doctor
from bot.service.metrics import Metrics
from bot.service.settings import VARIABLES
from bot.service.web import make_app
from tests import paper

SECRET = "between these two"
TEAM = "reef-lab"
SOURCE, ARCHIVE = f"{TEAM}/planning", f"{TEAM}/meeting-minutes"
FILES = {"agenda-template.md": paper.TEMPLATE, "2026/2026-08-11.md": paper.MINUTES}


class Queue:
    """A queue that keeps nothing; `away` is whether its database cannot be reached."""

    away = False

    async def enqueue(self, job):
        return not self.away

    async def reachable(self):
        return not self.away


class Town:
    """GitHub with the team's repositories and its App, the bot's web server, and the bot's settings."""

    def __init__(self, simulator, folder):
        self.simulator, self.folder = simulator, folder
        self.queue = Queue()
        self.server = TestServer(make_app(self.queue, (SECRET,), Metrics()))

    async def build(self):
        await self.server.start_server()
        simulator, wanted = self.simulator, manifest.load()
        for name, files in ((SOURCE, {"README.md": "# Planning\n"}), (ARCHIVE, FILES)):
            simulator.create_repository(name, files=files)
            simulator.add_collaborator(name, "ada", "admin")
        self.ada = simulator.person("ada")
        self.ada.create_label(SOURCE, "meeting-notes")
        self.app = simulator.create_app(
            "minutes-bot",
            permissions=wanted["default_permissions"],
            events=wanted["default_events"],
            webhook_url=str(self.server.make_url("/webhook")),
            webhook_secret=SECRET,
            owner=TEAM,
        )
        self.installation = simulator.world.installations[
            simulator.install(self.app, TEAM, [SOURCE, ARCHIVE])
        ]
        await simulator.idle()
        self.environment = {
            "GITHUB_APP_ID": str(self.app.id),
            "GITHUB_PRIVATE_KEY": self.app.private_key,
            "WEBHOOK_SECRET": SECRET,
            "DATABASE_URL": f"sqlite:///{self.folder}/jobs.sqlite",
            "GITHUB_REST_URL": simulator.url,
        }
        return self

    async def run(self, *options):
        """Run the command in a thread, since GitHub and the bot answer in this one."""
        nothing = {each.name: None for each in VARIABLES}
        return await asyncio.to_thread(
            CliRunner().invoke, doctor, options, env=nothing | self.environment, catch_exceptions=False
        )

    async def findings(self, *options):
        """Return what the command finds, as its JSON says it."""
        return json.loads((await self.run("--json", *options)).stdout)
