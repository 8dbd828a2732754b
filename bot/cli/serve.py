"""`minutes-bot serve`: the bot, with its settings from the environment."""

import os

import click


@click.command(epilog="All settings are environment variables; --settings lists them.")
@click.option("--settings", "explain", is_flag=True, help="List the environment variables, and end.")
def serve(explain: bool) -> None:
    """Run the bot: webhooks in, pull requests out."""
    from bot.service.settings import SettingsError, describe, load

    if explain:
        click.echo(describe())
        return
    try:
        settings = load(os.environ)
    except SettingsError as error:
        lines = "\n".join(f"  - {mistake}" for mistake in error.mistakes)
        raise click.ClickException(f"these settings cannot be used:\n{lines}") from None

    from aiohttp import web

    from bot.service import Service, log

    log.configure(settings.log_level)
    app = Service(settings).app
    web.run_app(app, host=settings.host, port=settings.port, access_log=None, print=None, shutdown_timeout=2)
