"""`minutes-bot jobs`: lists the jobs of the bot's queue, does failed ones again, drops what waits.

Exit codes: 0 done, 1 it could not be done, 2 wrong usage.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.environment import env_file_option, environment
from bot.cli.files import json_of, write
from bot.cli.progress import printable

if TYPE_CHECKING:
    from bot.service.records import Record, Records

STATES = ("queued", "running", "waiting", "failed", "done")
WIDE = 240
"""Columns of a table that goes into a file or another program."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(epilog="The queue is that of DATABASE_URL; the bot may run meanwhile, and need not.")
def jobs() -> None:
    """List what the bot has to do, does and did; do again what failed, drop what waits."""


@jobs.command("list")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="All but done if left out.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="The newest ones.")
@json_option
@env_file_option
def list_jobs(states: Sequence[str], limit: int, as_json: bool, env_file: Path | None) -> None:
    """List jobs: what each is about, its state, and why it failed."""
    from bot.service.records import LEFT, State

    with _records(env_file) as records:
        found = records.list([*map(State, states)] or LEFT, limit)
    if as_json:
        write(f"{json_of([each.to_json() for each in found], indent=2)}\n")
    elif found:
        _show(found)
        if len(found) == limit:
            click.echo(f"These are the newest {limit}; --limit shows more.")
    else:
        click.echo(
            f"No job is {' or '.join(states)}."
            if states
            else "Nothing is left to do, and nothing has failed. `--state done` lists what was done."
        )


@jobs.command()
@click.argument("name", metavar="ID")
@json_option
@env_file_option
def show(name: str, as_json: bool, env_file: Path | None) -> None:
    """Show all that the queue knows about a job."""
    with _records(env_file) as records:
        found = records.find(name).to_json()
    if as_json:
        write(f"{json_of(found, indent=2)}\n")
        return
    for key, value in found.items():
        if value not in (None, ""):
            click.echo(printable(f"{key.replace('_', ' ') + ':':<14}{value}"))


@jobs.command()
@click.argument("name", metavar="[ID]", default="")
@click.option("--failed", is_flag=True, help="All jobs that failed.")
@env_file_option
def retry(name: str, failed: bool, env_file: Path | None) -> None:
    """Queue a failed job anew; it gets a new id."""
    if bool(name) == failed:
        raise click.UsageError("Give the ID of a job, or --failed for all that failed.")
    from bot.service.records import State

    with _records(env_file) as records:
        found = records.list([State.FAILED]) if failed else [records.find(name)]
        for each in found:
            queued = records.retry(each, datetime.now(UTC))
            click.echo(printable(f"{each.job.subject} is queued again, as {queued.id}."))
    if not found:
        click.echo("No job has failed.")


@jobs.command()
@click.argument("name", metavar="ID")
@env_file_option
def drop(name: str, env_file: Path | None) -> None:
    """Delete a job that waits, or forget one that failed."""
    with _records(env_file) as records:
        found = records.find(name)
        records.drop(found)
    click.echo(
        printable(f"{found.job.subject} is dropped. A new event on GitHub, or a restart, may queue it again.")
    )


@contextmanager
def _records(env_file: Path | None) -> "Iterator[Records]":
    """Yield the jobs in the database of the settings. What cannot be done becomes a ClickException."""
    from bot.service.records import NotPossible, Records
    from bot.service.settings import SettingsError, load_database_url

    try:
        with Records(load_database_url(environment(env_file))) as records:
            yield records
    except (NotPossible, SettingsError) as error:
        raise click.ClickException(str(error)) from None


def _show(found: "Sequence[Record]") -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    table = Table("id", "about", "state", "attempts", "since", "error", box=None)
    for column in table.columns:
        column.overflow = "fold"
    table.columns[0].no_wrap = True
    for each in found:
        since = f"{each.since:%Y-%m-%d %H:%M}"
        cells = (each.id, each.job.subject, each.state_in_words, str(each.attempts), since, each.error)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)
