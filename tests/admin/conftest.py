"""An archive on the simulated GitHub, with something to correct in each of three years."""

import asyncio
import json
from datetime import date

import pytest
import pytest_asyncio
import structlog
from click.testing import CliRunner

from bot.cli.backfill import backfill
from tests.admin.town import Town
from tests.archive.archives import minutes

NAME = "kites/minutes"
GENERIC = "https://github.com/kites/minutes"
DAYS = [
    *(date(2029, 12, day) for day in (4, 11, 18)),
    *(date(2030, 1, day) for day in (8, 15, 22)),
    *(date(2031, 1, day) for day in (7, 14)),
]


def path(day):
    return f"{day.year}/{day}.md"


def archive():
    """Return minutes of eight Tuesdays by path: one or two of each year have something to correct."""
    files = {}
    for before, day in zip([date(2029, 11, 27), *DAYS], DAYS, strict=False):
        there = f"{before}.md" if before.year == day.year else f"../{path(before)}"
        files[path(day)] = minutes(day).replace(f"({day - (day - before)}.md)", f"({there})")
        link = files[path(day)].index("[last meeting](") + len("[last meeting](")
        files[path(day)] = (
            files[path(day)][:link] + there + files[path(day)][files[path(day)].index(")", link) :]
        )
    for day in ("2029/2029-12-18.md", "2030/2030-01-15.md", "2031/2031-01-14.md"):
        link = files[day].index("[last meeting](") + len("[last meeting](")
        files[day] = files[day][:link] + GENERIC + files[day][files[day].index(")", link) :]
    files["2030/2030-01-22.md"] = files["2030/2030-01-22.md"].replace("# 2030-01-22", "# YYYY-MM-DD")
    return {**files, "README.md": "# Minutes of the kite club\n"}


class Club:
    """The archive of a club, and an operator who runs the command."""

    def __init__(self, simulator):
        self.simulator = simulator
        self.repository = simulator.create_repository(NAME, files=archive())
        self.ada, self.ben = (simulator.person(login) for login in ("ada", "ben"))
        simulator.add_collaborator(NAME, "ada", "write")
        simulator.add_collaborator(NAME, "ben", "read")

    async def run(self, *options, by="ada", name=NAME, **how):
        """Run the command in a thread, since the simulator answers in this one."""
        env = {
            "GITHUB_TOKEN": by and self.simulator.token(by),
            "GITHUB_API_URL": f"{self.simulator.url}/api/v3",
        }
        env |= how.pop("env", {})
        arguments = [name, "--pause", "0", *options]
        return await asyncio.to_thread(CliRunner().invoke, backfill, arguments, env=env, **how)

    async def actions(self, *options):
        """Return what is to be done by year, from the JSON of the command."""
        result = await self.run("--json", *options)
        return {each["year"]: each["action"] for each in json.loads(result.stdout)["years"]}

    @property
    def pulls(self):
        return [self.repository.threads[number] for number in sorted(self.repository.threads)]

    @property
    def branches(self):
        return sorted(name.removeprefix("refs/heads/") for name in self.repository.git.refs())

    @property
    def writes(self):
        """How many requests wrote something, or tried to."""
        return sum(not exchange.is_read for exchange in self.simulator.pipeline.log)

    def text(self, branch, path):
        return self.repository.git.blob(
            self.repository.git.at(self.repository.git.branch(branch), path)
        ).decode()

    def push(self, person, branch, files):
        """Push a commit of whole files to a branch."""
        from github_simulator import branches

        encoded = {path: text.encode() for path, text in files.items()}
        branches.commit_files(self.simulator.world, person.actor, self.repository, branch, encoded, "By hand")


@pytest.fixture
def club(simulator):
    return Club(simulator)


@pytest.fixture(autouse=True)
def logs():
    """Leave the log of the process as other rooms expect it."""
    yield
    structlog.reset_defaults()


@pytest_asyncio.fixture
async def town(simulator, tmp_path):
    made = await Town(simulator, tmp_path).build()
    yield made
    await made.server.close()
