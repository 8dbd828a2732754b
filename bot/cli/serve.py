"""`minutes-bot serve`: runs the bot, with its settings from environment variables."""

import asyncio
import signal
from collections.abc import Awaitable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

from bot.cli.environment import env_file_option, environment

if TYPE_CHECKING:
    from bot.service import Service
    from bot.service.settings import Settings
    from bot.service.status import CheckResult


@click.command(epilog="All settings are environment variables; --settings lists them.")
@click.option("--settings", "explain", is_flag=True, help="List the environment variables, and exit.")
@env_file_option
def serve(explain: bool, env_file: Path | None) -> None:
    """Run the bot as a server that receives webhooks and opens pull requests.

    Without any credentials it serves the page that registers the App; its address is in the log.
    """
    from bot.service.settings import describe

    if explain:
        click.echo(describe())
        return
    given = environment(env_file)
    if _lacks_all_credentials(given):
        given = _register(given, env_file)
    settings = _settings(given)

    from bot.service import Service, log
    from bot.service.starting import CannotStart

    log.configure(settings.log_level)
    try:
        asyncio.run(run_until_signal(Service(settings), given))
    except CannotStart as error:
        raise click.ClickException(str(error)) from None


def _settings(environment: Mapping[str, str]) -> "Settings":
    """Return the settings. Raises ClickException with a line for each mistake."""
    from bot.service.settings import SettingsError, load

    try:
        return load(environment)
    except SettingsError as error:
        lines = "\n".join(f"  - {mistake}" for mistake in error.mistakes)
        raise click.ClickException(
            f"these settings cannot be used; `minutes-bot setup` makes the credentials:\n{lines}"
        ) from None


def _lacks_all_credentials(given: Mapping[str, str]) -> bool:
    from bot.service.settings import CREDENTIALS

    return not any(given.get(name, "").strip() for name in CREDENTIALS)


def _register(given: Mapping[str, str], env_file: Path | None) -> Mapping[str, str]:
    """Serve the page that registers the App, and return the environment with its credentials.

    Where they cannot be stored the page shows them, and nothing more is done until a restart with them.
    """
    from bot.service import log
    from bot.service.settings import load_without_credentials
    from bot.service.starting import CannotStart, why_not
    from bot.setup.store import CannotStore
    from bot.setup.unregistered import serve_unregistered

    if (settings := load_without_credentials(given)) is None:
        return given  # other mistakes are to be told first, together with this one
    log.configure(settings.log_level)
    try:
        is_stored = asyncio.run(until_signal(serve_unregistered(settings, env_file)))
    except (CannotStart, CannotStore) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(str(why_not(error, settings) or error)) from None
    if not is_stored:
        raise SystemExit(0)
    return environment(env_file)


async def until_signal(work: Awaitable[bool]) -> bool:
    """Return what comes of some work, or False if SIGTERM or SIGINT ended it."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return False


async def run_until_signal(service: "Service", given: Mapping[str, str]) -> None:
    """Run the service until SIGTERM or SIGINT, then shut it down cleanly.

    Meanwhile the set-up is checked, with the given environment variables.
    """
    from bot.cli import checks_at_start

    def tell(found: "Sequence[CheckResult]") -> None:
        service.status.checks = found
        checks_at_start.warn(found)

    stopped = asyncio.Event()

    def stop(number: signal.Signals) -> None:
        structlog.get_logger().info("told to stop", signal=number.name)
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    async with service:
        checks_at_start.begin(given, tell)
        await stopped.wait()
