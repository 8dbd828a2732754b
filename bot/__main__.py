"""The command line: one file per command in `bot/cli`, imported only when it is called."""

import importlib

import click

from bot import __version__

COMMANDS = {
    "demo": "Run the bot with a simulated GitHub on this machine: from notes to minutes in a minute.",
    "normalise": "Turn files of notes into minutes.",
    "check": "List what is wrong in an archive of minutes.",
    "series": "List a team's meetings, as text or as a calendar file; propose a schedule.",
    "backfill": "Correct old minutes on GitHub, by a pull request for each year.",
    "setup": "Register the App on GitHub, and store its credentials.",
    "doctor": "Say what is right and wrong in how the bot is set up, and what to do.",
    "smoke": "Try everything that the bot does, once, in a sandbox on GitHub.",
    "serve": "Run the bot as a server that receives webhooks and opens pull requests.",
    "jobs": "List what the bot has to do; do again what failed, drop what waits.",
    "action": "Do one event or schedule of a GitHub workflow, without a server.",
}


class Lazy(click.Group):
    """Knows the commands by name and imports one when it is called, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import `bot.cli.<name>` and take the command of that name from it."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"bot.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the one-line descriptions without importing what they describe."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="minutes-bot")
def main() -> None:
    """Meeting notes become minutes, by pull request."""


if __name__ == "__main__":
    main()
