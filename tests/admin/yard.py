"""A sandbox on the simulated GitHub, and an operator who runs `minutes-bot smoke` there."""

import asyncio
import json
import os
import sys

from click.testing import CliRunner

from bot import manifest
from bot.cli.smoke import smoke
from bot.service.settings import VARIABLES
from github_simulator.discussions import create_category

NAME = "reef-lab/sandbox"
SECRET = "between these two"


class Yard:
    """GitHub with a sandbox, in which the App is installed, and an operator's environment."""

    def __init__(self, simulator, files=None):
        self.simulator = simulator
        self.repository = simulator.create_repository(NAME, files=files or {"README.md": "# Sandbox\n"})
        simulator.add_collaborator(NAME, "ada", "admin")
        self.ada = simulator.person("ada")
        self.app = simulator.create_app(
            "minutes-bot", permissions=manifest.load()["default_permissions"], events=[], owner="reef-lab"
        )
        self.installation = simulator.world.installations[simulator.install(self.app, "reef-lab", [NAME])]
        self.environment = {
            "GITHUB_APP_ID": str(self.app.id),
            "GITHUB_PRIVATE_KEY": self.app.private_key,
            "WEBHOOK_SECRET": SECRET,
            "GITHUB_REST_URL": simulator.url,
        }

    def with_discussions(self):
        create_category(self.simulator.world, self.repository, "General")
        return self

    async def run(self, *options, **how):
        """Run the command in a thread, since the simulator answers in this one."""
        nothing = {each.name: None for each in VARIABLES}
        arguments = [NAME, "--pause", "0", *(options or ("--yes",))]
        return await asyncio.to_thread(
            CliRunner().invoke, smoke, arguments, env=nothing | self.environment, **how
        )

    async def results(self):
        """Return outcome and message of each step by its key, from the JSON of the command."""
        result = await self.run("--yes", "--json")
        told = json.loads(result.stdout)
        assert told["left"] == [], result.output
        found = {each["key"]: (each["outcome"], each["message"]) for each in told["steps"]}
        assert result.exit_code == int(any(outcome == "unexpected" for outcome, _ in found.values()))
        return found

    async def start(self):
        """Start the command as a process of its own."""
        env = {k: v for k, v in os.environ.items() if k not in {each.name for each in VARIABLES}}
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "smoke", NAME, "--yes", "--pause", "0",
            env=env | self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    @property
    def open(self):
        """What is open, and which branches and labels there are."""
        return (
            sorted(self.repository.git.refs()),
            [each.title for each in self.repository.threads.values() if each.state == "open"],
            sorted(self.repository.labels),
        )
