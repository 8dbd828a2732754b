"""`minutes-bot check`: lists the findings in an archive, and corrects what needs no person.

Exit codes: 0 no finding is an error, 1 at least one is, 2 wrong usage, or a correction that
cannot be written.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from bot import config
from bot.archive.inspection import Inspection, Located, inspect
from bot.archive.profile import ArchiveProfile
from bot.cli.archives import settings_of
from bot.cli.files import Unreadable, json_of, markdown_in, read_bytes, write
from bot.cli.fix import Fix, fixes, write_all
from bot.cli.formats import FORMATS, as_text, rows_of
from bot.cli.progress import Summary, printable, watched
from bot.minutes import Severity, decode
from bot.minutes.text.counts import counted

_FOR_PEOPLE = ("text", "lines")  # formats in which corrections and findings may stand together


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("only", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="Text for people, lines for editors, JSON for programs, SARIF for code scanning, or annotations of "
    "GitHub Actions.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option(
    "--level",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.NOTICE.value,
    show_default=True,
    help="The lowest severity that is listed.",
)
@click.option(
    "--all",
    "shows_all",
    is_flag=True,
    help="List each finding as text, also those of a kind that was found more than 20 times.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="Correct what needs no person: links to the last meeting that lead to no minutes, front matter that "
    "is there twice, placeholders in titles. What is left is listed.",
)
@click.option(
    "--dry-run", "--diff", "dry", is_flag=True, help="With --fix: print the changes as a diff, write nothing."
)
def check(
    folder: Path,
    only: tuple[Path, ...],
    form: str,
    level: str,
    shows_all: bool,
    fix: bool,
    dry: bool,
) -> None:
    """List what is wrong in an archive of minutes: wrong dates, copies, wrong links, missing parts, and
    mistakes or doubtful settings in its configuration.

    DIR is the folder of the archive. With FILEs, only the findings in these are listed; all minutes are
    still read, to learn what is usual. Listed paths begin with DIR as you give it.
    """
    if dry and not fix:
        raise click.UsageError("--dry-run shows what --fix would change. Give both.")
    console = Console(stderr=True)
    files = [*markdown_in(folder), *filter(Path.is_file, [folder / config.PATH])]
    data, unread = _read(folder, watched(files, console, "Reading"))
    settings = settings_of(folder)
    found = _fixes(folder, only, data, unread, settings) if fix else []
    made = found if dry else write_all(found)
    data |= {each.file.relative_to(folder).as_posix(): each.new for each in made}
    texts = {path: decode(each) for path, each in data.items()}
    if config.PATH in data:
        texts[config.PATH] = config.text_of(data[config.PATH])
    template = ArchiveProfile(texts, texts.__getitem__, settings=settings).template
    inspection = _of(only, Severity(level), folder, inspect(texts, template, datetime.now(UTC), unread))
    if fix:
        _show_fixes(made, inspection, form, dry)
    if not (fix and (form == "json" or (dry and form in _FOR_PEOPLE))):
        write_as = partial(as_text, shows_all=shows_all) if form == "text" else FORMATS[form]
        for line in write_as(inspection.found):
            write(f"{line}\n")
    if form == "text":
        _sum_up(inspection, console)
    if len(made) < len(found):
        raise SystemExit(2)
    raise SystemExit(1 if any(it.finding.severity is Severity.ERROR for it in inspection.found) else 0)


def _read(folder: Path, files: Iterable[Path]) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return what is in the files of an archive, and why others cannot be read, both by path."""
    data: dict[str, bytes] = {}
    unread: dict[str, str] = {}
    for file in files:
        path = file.relative_to(folder).as_posix()
        try:
            data[path] = read_bytes(file)
        except Unreadable as error:
            unread[path] = error.why
    return data, unread


def _fixes(
    folder: Path,
    only: Sequence[Path],
    data: Mapping[str, bytes],
    unread: Collection[str],
    settings: config.Config,
) -> list[Fix]:
    """Return the corrections of the files `only` (empty: of all) of an archive; nothing is written."""
    texts = {path: decode(each) for path, each in data.items()}
    template = ArchiveProfile(texts, texts.__getitem__, settings=settings).template
    is_wanted = _wanted(only)
    markdown = {path: each for path, each in data.items() if path != config.PATH}
    wanted = [path for path in markdown if is_wanted(folder / path)]
    others = [path for path in unread if path != config.PATH]
    return [*fixes(folder, markdown, template, wanted, others)]


def _show_fixes(made: Sequence[Fix], left: Inspection, form: str, dry: bool) -> None:
    """Write the corrections: for programs with the findings that are left, in SARIF and the like apart."""
    if form == "json":
        found = {"corrected": [each.as_json(dry) for each in made], "findings": rows_of(left.found)}
        write(f"{json_of(found, indent=2)}\n")
        return
    for each in made:
        if dry and form in _FOR_PEOPLE:
            write(_harmless(each.as_diff()) if sys.stdout.isatty() else each.as_diff())
            continue
        for line in each.as_text():
            click.echo(line.encode(errors="replace"), err=form not in _FOR_PEOPLE)
    if made and left.found and form == "text" and not dry:
        write("\n")


def _harmless(text: str) -> str:
    """Return a text for the terminal, without what would steer it."""
    return "\n".join(printable(line.rstrip("\r").expandtabs()) for line in text.split("\n"))


def _wanted(only: Sequence[Path]) -> Callable[[Path], bool]:
    """Return a function that says whether a file is one of `only`; if there are none, each one is."""
    named = {file.resolve() for file in only}
    return lambda file: not named or file.resolve() in named


def _of(only: Sequence[Path], level: Severity, folder: Path, inspection: Inspection) -> Inspection:
    """Return the findings of at least a severity in the files `only` (empty: in all).

    Paths include `folder`, as it was given.
    """
    order, is_wanted = [*Severity], _wanted(only)
    levels = order[: order.index(level) + 1]
    found = (it for it in inspection.found if it.finding.severity in levels)
    return Inspection(
        tuple((folder / path).as_posix() for path in inspection.minutes if is_wanted(folder / path)),
        tuple(
            Located((folder / it.path).as_posix(), it.finding) for it in found if is_wanted(folder / it.path)
        ),
    )


def _sum_up(inspection: Inspection, console: Console) -> None:
    summary = Summary()
    for it in inspection.found:
        summary.add_finding(it.path, it.finding)
    minutes, found = len(inspection.minutes), len(inspection.found)
    summary.show(console, f"{counted(minutes, 'file')} with minutes: {found or 'nothing'} to look at.")
