"""`minutes-bot normalise`: turns notes in files or on standard input into minutes on standard output.

Exit codes: 0 no finding is an error, 1 at least one is, 2 wrong usage or a file that cannot be read.
"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from bot.archive.profile import ArchiveProfile
from bot.cli.archives import profile_of
from bot.cli.days import DAY
from bot.cli.files import json_of, markdown_in, read, texts_in, write
from bot.cli.progress import Summary, one_line, watched
from bot.cli.workspace import Result, Source, Workspace
from bot.minutes import TemplateError
from bot.minutes.text.counts import counted


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True, exists=True)
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of the team's minutes, from which template, layout and last meetings are taken.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Template to use instead of the archive's.",
)
@click.option(
    "--date",
    "day",
    type=DAY,
    help="Day of the meeting, if the notes do not have it; which meeting to use, if they have several.",
)
@click.option(
    "--split", "each", is_flag=True, help="Write the minutes of each meeting, if the notes have several."
)
@click.option("--title", default="", help="Title of the issue that the notes are from.")
@click.option("--series", help="The series whose meeting it is, where the archive has several.")
@click.option(
    "--as",
    "source",
    type=click.Choice(["issue", "file"]),
    default="file",
    show_default=True,
    help="Where the notes are from: an issue hides comments and shows every line break.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file or meeting, each on a line.")
def normalise(
    files: tuple[Path, ...],
    archive: Path | None,
    template: Path | None,
    day: date | None,
    each: bool,
    title: str,
    series: str | None,
    source: Source,
    as_json: bool,
) -> None:
    """Turn notes into minutes, on standard output.

    Each of FILES is a file, a folder of Markdown files, or - for standard input.
    """
    if each and day:
        raise click.UsageError("--split takes every meeting, --date one of them. Give one of the two.")
    console = Console(stderr=True)
    workspace = Workspace(archive, _profile(archive, template, console), day, title, source, each, series)
    expanded = [file for given in files for file in (markdown_in(given) if given.is_dir() else [given])]
    several = len(files) > 1 or files[0].is_dir() or each
    if series is not None and archive is not None:
        _verify_series(workspace.profile, series)
    results = []
    for file in watched(expanded, console, "Normalising"):
        for result in workspace.normalise(file):
            results.append(result)
            _show(result, console, as_json, several, beside_archive=archive is not None)
    if several:
        _sum_up(results, console)
    raise SystemExit(1 if any(result.has_errors for result in results) else 0)


def _show(result: Result, console: Console, as_json: bool, several: bool, *, beside_archive: bool) -> None:
    """Write the minutes to standard output and the findings to standard error.

    With JSON, both go to standard output. The minutes of several files are not written to a terminal, where
    they would bury the findings.
    """
    if as_json:
        write(f"{json_of(result.as_json())}\n")
        return
    if not (several and sys.stdout.isatty()):
        heading = f"==> {result.shown} <==\n" if several else ""
        write(heading + result.minutes.text)
    is_there = result.path is None or result.name.endswith(result.path)
    if beside_archive and not is_there and not result.minutes.source_lines:
        console.out(f"{result.shown}: belongs in {result.path}", highlight=False)
    for finding in result.findings:
        console.out(one_line(result.shown, finding), highlight=False)


def _verify_series(profile: ArchiveProfile, name: str) -> None:
    """Raise UsageError where an archive has no series of a name; the message lists those that there are."""
    known = [each.name for each in profile.series if each.accompanies is None]
    known += [each.name for each in profile.settings.series]
    if name.casefold() not in map(str.casefold, known):
        raise click.UsageError(
            f"there is no series {name!r}. There are: {', '.join(dict.fromkeys(known)) or 'none'}."
        )


def _sum_up(results: Sequence[Result], console: Console) -> None:
    """Print a table: how many lines are word for word, have another form and so on, and the findings."""
    summary = Summary()
    for result in results:
        for fate, count in result.counts.items():
            summary.add("lines", fate, result.shown, count)
        for finding in result.findings:
            summary.add_finding(result.shown, finding)
    fitting = sum(result.minutes.mode == "fit" for result in results)
    summary.show(console, f"{counted(len(results), 'file')}; the template fits {fitting} of them.")


def _profile(archive: Path | None, template: Path | None, console: Console) -> ArchiveProfile:
    """Return what an archive teaches; without an archive, the built-in template.

    Raises UsageError for a template that cannot be used.
    """
    named = read(template) if template else None
    try:
        if archive is None:
            if named is None:
                console.print("No --archive and no --template is given: the built-in template is used.")
            return ArchiveProfile(template=named)
        files = [path.relative_to(archive).as_posix() for path in texts_in(archive)]
        return profile_of(archive, files, lambda path: read(archive / path), named)
    except TemplateError as error:
        raise click.UsageError(f"{template}: {error}. {error.cure}") from error
