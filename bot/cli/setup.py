"""`minutes-bot setup`: registers the App on GitHub and stores its credentials.

Exit codes: 0 success, 1 it cannot be done, 2 wrong usage.
"""

import asyncio
import logging
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import structlog

from bot.cli.doctor import show
from bot.cli.files import write

if TYPE_CHECKING:
    from bot.cli.look import Look
    from bot.setup.page import Setup

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--url", default="", metavar="URL", help="The URL at which GitHub shall reach the bot.")
@click.option("--name", default="minutes-bot", show_default=True, help="The App's name, unique on GitHub.")
@click.option("--organization", default="", metavar="NAME", help="The owner; by default, yourself.")
@click.option("--host", default="github.com", show_default=True, help="GitHub, or your Enterprise Server.")
@click.option(
    "--env-file", type=click.Path(path_type=Path), default=".env", show_default=True,
    help="Where the credentials are stored.",
)  # fmt: skip
@click.option("--replace", is_flag=True, help="Replace the credentials that are in the file.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Of the page.")
@click.option(
    "--wait", type=click.IntRange(0), default=10, show_default=True, metavar="MINUTES",
    help="How long to wait for the installation, and then say what is understood of the repositories.",
)  # fmt: skip
@click.option("--link", "only_link", is_flag=True, help="Only print a link to GitHub's form, filled in.")
def setup(
    url: str,
    name: str,
    organization: str,
    host: str,
    env_file: Path,
    replace: bool,
    port: int,
    wait: int,
    only_link: bool,
) -> None:
    """Register the App on GitHub, from app.yml, and store its credentials.

    It prints the address of a page on this machine, which asks for three things and leads to GitHub. Once
    the App is installed, it says what is understood of the minutes that are there.
    """
    from bot.setup.registration import GitHubHost, Registration

    try:
        github = GitHubHost.of(host)
        if url or only_link:
            registration = Registration.of(name, url, organization, host=github)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if only_link:
        _print_link(registration.link(github))
        return

    from bot.service.clock import SystemClock
    from bot.service.service import proxy_for
    from bot.service.starting import why_nothing_listens
    from bot.setup.page import Filled, Setup
    from bot.setup.store import CannotStore, EnvFile

    store = EnvFile(env_file, replace)
    try:
        store.check()
    except CannotStore as error:
        raise click.ClickException(str(error)) from None
    filled = Filled(name, url, organization)
    page = Setup(github, store, SystemClock(), filled=filled, proxy=proxy_for(github.rest_url))
    try:
        asyncio.run(_serve(page, port, env_file, wait))
    except KeyboardInterrupt:
        if page.credentials is None:
            raise
    except OSError as error:
        cannot = why_nothing_listens(error, LOOPBACK, port, "--port")
        if cannot is None:
            raise
        raise click.ClickException(str(cannot)) from None
    _say_what_is_later(env_file)


def _looking(page: "Setup") -> "Look | None":
    """Return how the repositories are looked at, None where the package for that is not installed."""
    from bot.cli.look import looking, variables

    assert page.credentials is not None
    try:
        return looking(variables(page.credentials))
    except ModuleNotFoundError:
        return None


def _print_link(link: str) -> None:
    from bot.setup.registration import UNIQUE

    write(f"{link}\n")
    click.echo(
        f"{UNIQUE}\nType a webhook secret there (such as the output of `openssl rand -hex 32`), then "
        "generate a private key; `minutes-bot serve --settings` says which variables take both.",
        err=True,
    )


async def _serve(page: "Setup", port: int, env_file: Path, minutes: int) -> None:
    """Serve the page on this machine alone, until the App is registered, and installed without errors.

    It is still there while this waits, for who loads it again.
    """
    from bot.setup.serving import serving

    async with serving(page, LOOPBACK, port) as url:
        page.base_url = url
        write(
            f"Open this in a browser on this machine; it works until the App is registered:\n{page.address}\n"
        )
        await page.done.wait()
        _say_what_is_next(page, env_file)
        if minutes and (look := _looking(page)):
            write(
                f"This waits {minutes} min for the installation, to say what is understood; Ctrl-C ends it.\n"
            )
            # the log of the bot's own look goes to standard output, too
            structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
            await wait_for_installation(look, minutes)


async def wait_for_installation(look: "Look", minutes: int) -> None:
    """Print what is understood of the repositories once the App is installed."""
    from bot.cli.look import looks

    async for seen in looks(look, minutes):
        show(seen)


def _say_what_is_next(page: "Setup", env_file: Path) -> None:
    assert page.credentials is not None
    made, file = page.credentials, shlex.quote(os.fspath(env_file))
    if page.not_stored:
        raise click.ClickException(
            f"{made.slug} is registered ({made.page}), but {page.not_stored} The page in the browser "
            "shows its credentials once: copy them from there."
        )
    write(
        f"{made.slug} is registered. Its credentials are in {env_file}, which only you can read.\n"
        f"Install it: {made.installation_page}\n"
        f"Start the bot: minutes-bot serve --env-file {file}\n"
        f"  or on Fly:    fly secrets import < {file}\n"
        f"  or on Heroku: heroku config:set $(grep -E '^(GITHUB_|WEBHOOK_)' {file})\n"
        f"  or in Docker: docker run --env-file {file} ...\n"
    )


def _say_what_is_later(env_file: Path) -> None:
    file = shlex.quote(os.fspath(env_file))
    write(f"What it understood, and what is wrong, says at any time: minutes-bot doctor --env-file {file}\n")
