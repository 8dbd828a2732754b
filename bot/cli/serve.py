"""`minutes-bot serve`: runs the bot, with its settings from environment variables."""

import asyncio
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

if TYPE_CHECKING:
    from bot.service import Service
    from bot.service.settings import Settings


@click.command(epilog="All settings are environment variables; --settings lists them.")
@click.option("--settings", "explain", is_flag=True, help="List the environment variables, and exit.")
@click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    help="Read variables from a file too; the environment has precedence.",
)
def serve(explain: bool, env_file: Path | None) -> None:
    """Run the bot as a server that receives webhooks and opens pull requests."""
    from bot.service.settings import describe

    if explain:
        click.echo(describe())
        return
    settings = _settings(_environment(env_file))

    from bot.service import Service, log
    from bot.service.starting import CannotStart

    log.configure(settings.log_level)
    try:
        asyncio.run(run_until_signal(Service(settings)))
    except CannotStart as error:
        raise click.ClickException(str(error)) from None


def _environment(env_file: Path | None) -> Mapping[str, str]:
    """Return the environment variables, and those of a file that are not set. Raises ClickException."""
    if env_file is None or not env_file.exists():
        return os.environ
    from bot.setup.store import read

    try:
        return read(env_file) | os.environ
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise click.ClickException(f"{env_file} cannot be read: {why}.") from None


def _settings(environment: Mapping[str, str]) -> "Settings":
    """Return the settings. Raises ClickException with a line for each mistake."""
    from bot.service.settings import SettingsError, load

    try:
        return load(environment)
    except SettingsError as error:
        lines = "\n".join(f"  - {mistake}" for mistake in error.mistakes)
        raise click.ClickException(
            f"these settings cannot be used (`minutes-bot setup` makes the credentials):\n{lines}"
        ) from None


async def run_until_signal(service: "Service") -> None:
    """Run the service until SIGTERM or SIGINT, then shut it down cleanly."""
    stopped = asyncio.Event()

    def stop(number: signal.Signals) -> None:
        structlog.get_logger().info("told to stop", signal=number.name)
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    async with service:
        await stopped.wait()
