"""`minutes-bot action`: does one event or schedule of a GitHub workflow, without a server.

Exit codes: 0 done or nothing to do, 1 an error.
"""

import asyncio
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

if TYPE_CHECKING:
    from bot.service.action import Result


@click.command(epilog="docs/action.md has a workflow to copy.")
def action() -> None:
    """Do one event or schedule of a GitHub workflow, without a server.

    All that it needs comes from environment variables: those that GitHub sets in a workflow, GITHUB_TOKEN,
    and MINUTES_WAIT, how many minutes it may wait for notes to be still.
    """
    from bot.service.action import CannotRun
    from bot.service.workflow import command, lines, summary

    try:
        result = _quietly(lambda: _run(os.environ))
    except CannotRun as error:
        click.echo(command("error", f"minutes-bot: {error}"))
        raise SystemExit(1) from None
    for line in lines(result):
        click.echo(line)
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(summary(result))
    raise SystemExit(1 if result.errors else 0)


def _run(environment: Mapping[str, str]) -> "Result":
    from bot.service import action, log
    from bot.service.clock import SystemClock

    log.configure()
    event = action.load(environment)
    try:
        return asyncio.run(action.run(event, SystemClock()))
    except Exception:
        structlog.get_logger().exception("failed")
        raise action.CannotRun("an internal error; the log has it.") from None


def _quietly(work: "Callable[[], Result]") -> "Result":
    """Return what comes of some work, in whose log GitHub takes no line for a workflow command."""
    word = secrets.token_hex(16)
    click.echo(f"::stop-commands::{word}")
    try:
        return work()
    finally:
        click.echo(f"::{word}::")
