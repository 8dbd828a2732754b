"""`minutes-bot doctor`: says what is right and wrong in how the bot is set up, each with what to do.

Exit codes: 0 no error, 1 an error, 2 wrong usage.
"""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog
from rich.console import Console

from bot.cli.environment import env_file_option, environment
from bot.cli.files import json_of, write
from bot.cli.progress import printable

if TYPE_CHECKING:
    from bot.admin.doctor.finding import Finding

COLOURS = {"ok": "green", "warning": "yellow", "error": "red"}


@click.command(
    epilog="It reads the same environment variables as serve; minutes-bot serve --settings lists them."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array of {check, level, message, cure}.")
@click.option("--list", "explain", is_flag=True, help="List what is checked, and exit.")
@click.option(
    "--create-labels", is_flag=True, help="Create the labels that are missing where notes are written."
)
@click.option(
    "--source", metavar="OWNER/REPO#12", help="Say why nothing happens with an issue or a discussion."
)
@env_file_option
def doctor(
    as_json: bool, explain: bool, create_labels: bool, source: str | None, env_file: Path | None
) -> None:
    """Say what is right and what is wrong in how the bot is set up, and what to click or to set.

    Run it with the environment variables of the server, before the first start or when nothing happens.
    It only reads, unless --create-labels is given, and shows neither key nor secrets.
    """
    if source and create_labels:
        raise click.UsageError("--source only looks, --create-labels writes. Give one of them.")
    try:
        from bot.admin.doctor.checks import run, run_for_source, table
        from bot.admin.doctor.context import Context
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"doctor needs {missing.name}; install it with: pip install 'minutes-bot[admin]'"
        ) from None
    if explain:
        click.echo(table())
        return
    # the log of the bot's own look goes to standard output, too
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    context = Context(environment(env_file), create_labels)
    found = run_for_source(context, *_source(source)) if source else run(context)
    if as_json:
        findings = [*found]
        write(f"{json_of([_as_json(each) for each in findings], indent=2)}\n")
    else:
        findings = show(found)
    raise SystemExit(1 if any(each.level == "error" for each in findings) else 0)


def _source(text: str) -> tuple[str, int]:
    from bot.admin.doctor.source import NAME

    if not (match := NAME.fullmatch(text)):
        raise click.UsageError(
            f"{text} is no issue or discussion. Give OWNER/REPO#12, as in hill-lab/planning#12."
        )
    return match[1], int(match[2])


def show(found: "Iterable[Finding]") -> "list[Finding]":
    """Print a line for each finding as it comes, and its cure below; return them all."""
    console, shown = Console(soft_wrap=True, highlight=False), []
    for each in found:
        console.print(f"{each.level:<8}", style=COLOURS[each.level], end="")
        console.print(printable(f"{each.check}: {each.message}"), markup=False)
        if each.cure:
            console.print(printable(f"        {each.cure}"), markup=False)
        shown.append(each)
    return shown


def _as_json(found: "Finding") -> dict[str, str]:
    return {"check": found.check, "level": found.level, "message": found.message, "cure": found.cure}
