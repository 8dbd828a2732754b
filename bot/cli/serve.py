"""`minutes-bot serve`: runs the bot, with its settings from environment variables."""

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import click
import structlog

if TYPE_CHECKING:
    from bot.service import Service


@click.command(epilog="All settings are environment variables; --settings lists them.")
@click.option("--settings", "explain", is_flag=True, help="List the environment variables, and exit.")
def serve(explain: bool) -> None:
    """Run the bot as a server that receives webhooks and opens pull requests."""
    from bot.service.settings import SettingsError, describe, load

    if explain:
        click.echo(describe())
        return
    try:
        settings = load(os.environ)
    except SettingsError as error:
        lines = "\n".join(f"  - {mistake}" for mistake in error.mistakes)
        raise click.ClickException(f"these settings cannot be used:\n{lines}") from None

    from bot.service import Service, log
    from bot.service.starting import CannotStart

    log.configure(settings.log_level)
    try:
        asyncio.run(run_until_signal(Service(settings)))
    except CannotStart as error:
        raise click.ClickException(str(error)) from None


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
