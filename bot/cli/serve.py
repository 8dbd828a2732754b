"""`minutes-bot serve`: runs the bot, with its settings from environment variables."""

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import click

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

    log.configure(settings.log_level)
    asyncio.run(run_until_signal(Service(settings)))


async def run_until_signal(service: "Service") -> None:
    """Run the service until SIGTERM or SIGINT, then shut it down cleanly."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with service:
        await stopped.wait()
