"""`minutes-bot check`: lists the findings in an archive.

Exit codes: 0 no finding is an error, 1 at least one is, 2 wrong usage or a file that cannot be read.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from bot import config
from bot.archive.inspection import Inspection, Located, inspect
from bot.cli.archives import profile_of
from bot.cli.files import markdown_in, read, write
from bot.cli.formats import FORMATS
from bot.cli.progress import Summary, watched
from bot.minutes import Severity


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("only", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, SARIF for code scanning, or annotations of GitHub Actions.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
def check(folder: Path, only: tuple[Path, ...], form: str) -> None:
    """List what is wrong in an archive of minutes: wrong dates, copies, wrong links, missing parts, and
    mistakes or doubtful settings in its configuration.

    DIR is the folder of the archive. With FILEs, only the findings in these are listed; all minutes are
    still read, to learn what is usual. Listed paths begin with DIR as you give it.
    """
    console = Console(stderr=True)
    files = [*markdown_in(folder), *filter(Path.is_file, [folder / config.PATH])]
    texts = {file.relative_to(folder).as_posix(): read(file) for file in watched(files, console, "Reading")}
    profile = profile_of(folder, [*texts], texts.__getitem__)
    inspection = _of(only, folder, inspect(texts, profile.template, datetime.now(UTC)))
    for line in FORMATS[form](inspection.found):
        write(f"{line}\n")
    if form == "text":
        _sum_up(inspection, console)
    raise SystemExit(1 if any(it.finding.severity is Severity.ERROR for it in inspection.found) else 0)


def _of(only: Sequence[Path], folder: Path, inspection: Inspection) -> Inspection:
    """Return the findings of the files `only` (empty: of all); paths include `folder`, as it was given."""
    wanted = {file.resolve() for file in only}

    def shown(path: str) -> bool:
        return not wanted or (folder / path).resolve() in wanted

    return Inspection(
        tuple((folder / path).as_posix() for path in inspection.minutes if shown(path)),
        tuple(
            Located((folder / it.path).as_posix(), it.finding) for it in inspection.found if shown(it.path)
        ),
    )


def _sum_up(inspection: Inspection, console: Console) -> None:
    summary = Summary()
    for it in inspection.found:
        summary.add_finding(it.path, it.finding)
    minutes, found = len(inspection.minutes), len(inspection.found)
    summary.show(console, f"{minutes} files with minutes: {found or 'nothing'} to look at.")
