"""`minutes-bot setup`: registers the App on GitHub and stores its credentials.

Exit codes: 0 success, 1 it cannot be done, 2 wrong usage.
"""

import click

from bot.cli.files import write


@click.command()
@click.option("--url", default="", metavar="URL", help="The URL at which GitHub shall reach the bot.")
@click.option("--name", default="minutes-bot", show_default=True, help="The App's name, unique on GitHub.")
@click.option("--organization", default="", metavar="NAME", help="The owner; by default, yourself.")
@click.option(
    "--host", default="github.com", show_default=True, help="The GitHub, or GitHub Enterprise Server."
)
@click.option("--link", "only_link", is_flag=True, help="Only print a link to the form, filled in.")
def setup(url: str, name: str, organization: str, host: str, only_link: bool) -> None:
    """Register the App on GitHub, from app.yml, and store its credentials."""
    from bot.setup.registration import UNIQUE, GitHubHost, Registration

    try:
        github = GitHubHost.of(host)
        registration = Registration.of(name, url, organization, host=github) if url or only_link else None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if registration is None or not only_link:
        raise click.UsageError("give --link and --url")
    write(registration.link(github) + "\n")
    click.echo(
        f"{UNIQUE}\nType a webhook secret there (such as the output of `openssl rand -hex 32`), then "
        "generate a private key; `minutes-bot serve --settings` says which variables take both.",
        err=True,
    )
