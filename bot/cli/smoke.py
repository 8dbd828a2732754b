"""`minutes-bot smoke`: every query, mutation and refusal of the bot once, against a repository on GitHub.

Exit codes: 0 all as expected, 1 something is not, or something is left there, 2 wrong usage.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
import structlog
from rich.console import Console

from bot.cli.environment import env_file_option, environment
from bot.cli.files import json_of, write
from bot.cli.progress import printable

if TYPE_CHECKING:
    from bot.admin.smoke.sandbox import Sandbox
    from bot.admin.smoke.table import Result
    from bot.service.settings import Settings

COLOURS = {"ok": "green", "unexpected": "red", "skipped": "yellow"}
_NAME = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)


@click.command(
    epilog="It reads the same environment variables as serve; minutes-bot serve --settings lists them."
)
@click.argument("repository", metavar="OWNER/SANDBOX")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.option("--clean", "only_clean", is_flag=True, help="Only remove what an earlier run left.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object with {key, outcome, message}.")
@click.option(
    "--record",
    type=click.File("w", encoding="utf-8", lazy=False),
    help="Write what was sent and answered to a file, without names, ids and tokens.",
)
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=1.0,
    show_default=True,
    help="Seconds between two writes; GitHub asks for one.",
)
@env_file_option
def smoke(
    repository: str,
    yes: bool,
    only_clean: bool,
    as_json: bool,
    record: TextIO | None,
    pause: float,
    env_file: Path | None,
) -> None:
    """Try everything that the bot does, once, in a sandbox on GitHub, and clean up.

    Give a repository with a README and nothing else, in which the App is installed: an archive with minutes
    or with a configuration is refused. It says for each step whether GitHub does what the bot expects.
    """
    if not _NAME.fullmatch(repository):
        raise click.UsageError(f"{repository} is no repository. Give OWNER/NAME, as in hill-lab/sandbox.")
    from bot.admin.smoke.sandbox import Unexpected
    from bot.admin.smoke.session import NoSandbox
    from bot.github.errors import GitHubError
    from bot.service.settings import SettingsError, load

    # the log of the bot's own requests goes to standard output, too
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run = _Run(repository, record, yes=yes, as_json=as_json)
    try:
        asyncio.run(run.all(load(environment(env_file)), pause, only_clean=only_clean))
    except (NoSandbox, SettingsError) as error:
        raise click.UsageError(printable(str(error).replace("\n", " "))) from error
    except (GitHubError, Unexpected) as error:
        raise click.ClickException(printable(f"{repository}: {error}")) from error
    raise SystemExit(1 if run.left or any(each.outcome == "unexpected" for each in run.results) else 0)


class _Run:
    """One run of the command: what became of each step, and what is left in the repository."""

    def __init__(self, name: str, record: TextIO | None, *, yes: bool, as_json: bool) -> None:
        self.name, self.record, self.yes, self.as_json = name, record, yes, as_json
        self.results: list[Result] = []
        self.left: Sequence[str] = ()

    async def all(self, settings: "Settings", pause: float, *, only_clean: bool) -> None:
        """Run the steps and clean up, also after a failure or Ctrl-C; or only clean up."""
        from bot.admin.smoke.session import WRITES, refuse_real_archive, session_on

        async with session_on(settings, self.name, pause, self.record) as sandbox:
            await refuse_real_archive(sandbox)
            if only_clean:
                await self._clean(sandbox)
                return
            if not self.yes:
                click.echo(printable(f"This writes to {self.name}: {WRITES}."), err=True)
                click.confirm("Go on?", abort=True, err=True)
            try:
                await self._steps(sandbox)
            finally:
                await self._clean(sandbox)

    async def _steps(self, sandbox: "Sandbox") -> None:
        from bot.admin.smoke.table import run

        console = Console(soft_wrap=True, highlight=False)
        async for each in run(sandbox):
            self.results.append(each)
            if not self.as_json:
                console.print(f"{each.outcome:<11}", style=COLOURS[each.outcome], end="")
                console.print(printable(f"{each.key}: {each.message}"), markup=False)

    async def _clean(self, sandbox: "Sandbox") -> None:
        from bot.admin.smoke.clean import PEOPLE_REMOVE, clean

        self.left = await clean(sandbox)
        if self.as_json:
            steps = [{"key": it.key, "outcome": it.outcome, "message": it.message} for it in self.results]
            write(f"{json_of({'steps': steps, 'left': self.left}, indent=2)}\n")
            return
        for each in self.left:
            click.echo(printable(f"Not removed: {each}"), err=True)
        click.echo(PEOPLE_REMOVE if not self.left else "Run it again with --clean.", err=True)
