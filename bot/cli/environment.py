"""The environment variables of a command, with those of a file such as `.env`."""

import os
from collections.abc import Mapping
from pathlib import Path

import click

env_file_option = click.option(
    "--env-file",
    type=click.Path(path_type=Path),
    help="Read variables from a file too; the environment has precedence.",
)


def environment(env_file: Path | None) -> Mapping[str, str]:
    """Return the environment variables, and those of a file that are not set; the file may be missing.

    Raises ClickException for a file that cannot be read.
    """
    if env_file is None or not env_file.exists():
        return os.environ
    from bot.setup.store import read

    try:
        return read(env_file) | os.environ
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise click.ClickException(f"{env_file} cannot be read: {why}.") from None
