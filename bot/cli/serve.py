"""`minutes-bot serve`: runs the bot, with its settings from environment variables."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

from bot.cli.environment import env_file_option, environment
from bot.cli.signals import SIGNALS, until_signal
from bot.cli.simulated import require_simulator, simulator_at

if TYPE_CHECKING:
    from bot.service import Service
    from bot.service.settings import Settings
    from bot.service.status import CheckResult

    Served = tuple[Service, Mapping[str, str]]
    """The running service, and its environment variables."""


log = structlog.get_logger()


@click.command(epilog="All settings are environment variables; --settings lists them.")
@click.option("--settings", "explain", is_flag=True, help="List the environment variables, and exit.")
@click.option(
    "--simulator",
    type=click.IntRange(0, 65535),
    metavar="[PORT]",
    is_flag=False,
    flag_value=0,
    help="Try it without an App: with a simulated GitHub on this machine, at a free port if none is given.",
)
@env_file_option
def serve(explain: bool, simulator: int | None, env_file: Path | None) -> None:
    """Run the bot as a server that receives webhooks and opens pull requests.

    Without any credentials it serves the page that registers the App; its address is in the log. With
    --simulator it needs no credentials, and is the same server with the same settings: hosting, status page,
    metrics and `minutes-bot jobs` can be tried before there is an App.
    """
    from bot.service.settings import describe

    if explain:
        click.echo(describe())
        return
    given = environment(env_file)
    if simulator is not None:
        require_simulator("--simulator")
        with simulator_at(simulator, "--simulator"):
            from bot.demo.environment import without_github

            settings = _settings(without_github(given), with_credentials=False)
            _run(_with_simulator(given, simulator), settings)
        return
    is_new = _lacks_all_credentials(given)
    if is_new:
        given = _register(given, env_file)
    settings = _settings(given)
    _run(_with_github(given, settings, is_new=is_new), settings)


def _run(running: AbstractAsyncContextManager["Served"], settings: "Settings") -> None:
    """Log as the settings say, and run the service until a signal ends it."""
    from bot.service import log
    from bot.service.starting import CannotStart

    log.configure(settings.log_level, settings.log_format)
    try:
        asyncio.run(run_until_signal(running))
    except CannotStart as error:
        raise click.ClickException(str(error)) from None


@asynccontextmanager
async def _with_github(
    given: Mapping[str, str], settings: "Settings", *, is_new: bool
) -> AsyncIterator["Served"]:
    """Run the service; for an App that `is_new`, log what is understood once it is installed."""
    from bot.cli.look import log_looks
    from bot.service import Service

    async with Service(settings) as service:
        looking = asyncio.create_task(log_looks(given)) if is_new else None
        yield service, given
        if looking:
            looking.cancel()


@asynccontextmanager
async def _with_simulator(given: Mapping[str, str], port: int) -> AsyncIterator["Served"]:
    from bot.demo.environment import start_environment

    async with start_environment(port=port, variables=given) as environment:
        log.warning(
            "this is no GitHub: it is simulated on this machine, and gone at the end",
            pages=f"{environment.simulator.url}/",
            service=environment.service.url,
            jobs=f"DATABASE_URL={environment.variables['DATABASE_URL']} minutes-bot jobs list",
        )
        yield environment.service, environment.variables


def _settings(environment: Mapping[str, str], *, with_credentials: bool = True) -> "Settings":
    """Return the settings. Raises ClickException with a line for each mistake."""
    from bot.service.settings import SettingsError, load, load_without_credentials

    try:
        return load(environment) if with_credentials else load_without_credentials(environment)
    except SettingsError as error:
        lines = "\n".join(f"  - {mistake}" for mistake in error.mistakes)
        cure = "; `minutes-bot setup` makes the credentials" if with_credentials else ""
        raise click.ClickException(f"these settings cannot be used{cure}:\n{lines}") from None


def _lacks_all_credentials(given: Mapping[str, str]) -> bool:
    from bot.service.settings import CREDENTIALS

    return not any(given.get(name, "").strip() for name in CREDENTIALS)


def _register(given: Mapping[str, str], env_file: Path | None) -> Mapping[str, str]:
    """Serve the page that registers the App, and return the environment with its credentials.

    Where they cannot be stored the page shows them, and nothing more is done until a restart with them.
    """
    from bot.cli.look import log_looks, variables
    from bot.service import log
    from bot.service.records import NotPossible, Records
    from bot.service.settings import SettingsError, load_without_credentials
    from bot.service.starting import why_not
    from bot.setup.credentials import Credentials
    from bot.setup.store import CannotStore
    from bot.setup.unregistered import serve_unregistered

    async def follow_up(made: Credentials) -> None:
        await log_looks(variables(made))

    try:
        settings = load_without_credentials(given)
    except SettingsError:
        return given  # other mistakes are to be told first, together with this one
    log.configure(settings.log_level, settings.log_format)
    try:
        with Records(settings.database_url) as records:
            records.check()  # now: after the registration the operator is on GitHub's pages
        is_stored = asyncio.run(until_signal(serve_unregistered(settings, env_file, follow_up)))
    except (NotPossible, CannotStore) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(str(why_not(error, settings) or error)) from None
    if not is_stored:
        raise SystemExit(0)
    return environment(env_file)


async def run_until_signal(
    running: AbstractAsyncContextManager["Served"],
) -> None:
    """Run the service until SIGTERM or SIGINT, then shut it down cleanly.

    Meanwhile the set-up is checked, with its environment variables.
    """
    from bot.cli import checks_at_start

    stopped = asyncio.Event()

    def stop(number: signal.Signals) -> None:
        log.info("told to stop", signal=number.name)
        stopped.set()

    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    async with running as (service, given):

        def tell(found: "Sequence[CheckResult]") -> None:
            service.status.checks = found
            checks_at_start.warn(found)

        checks_at_start.begin(given, tell)
        await stopped.wait()
