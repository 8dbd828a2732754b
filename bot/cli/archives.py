"""Archives in folders: what they teach, and their configuration."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from bot import config
from bot.archive.profile import ArchiveProfile
from bot.cli.files import Unreadable, read_bytes


def profile_of(
    folder: Path, files: Iterable[str], read_file: Callable[[str], str], template: str | None = None
) -> ArchiveProfile:
    """Return what an archive in a folder teaches about minutes.

    `files` are the paths of its texts, `read_file` returns the text of one; `template` is the text of a
    template to use, None: that of the archive. A configuration with mistakes is left aside with a note.
    Raises TemplateError (see `ArchiveProfile`).
    """
    return ArchiveProfile(files, read_file, template, settings_of(folder))


def settings_of(folder: Path) -> config.Config:
    """Return the settings of the archive in a folder, from its `.github/minutes.yml`.

    They are the defaults if there is no such file, or if it has mistakes or cannot be read, which a note then
    says.
    """
    file = folder / config.PATH
    try:
        return config.read(config.text_of(read_bytes(file)) if file.is_file() else None)
    except config.ConfigError as error:
        click.echo(f"Note: {config.PATH} has mistakes and is not used: {error}", err=True)
    except Unreadable as error:
        click.echo(f"Note: {config.PATH} cannot be read as text ({error.why}) and is not used.", err=True)
    return config.Config()
