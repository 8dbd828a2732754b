"""`minutes-bot normalise`: notes in files or on standard input become minutes on standard output.

Exit codes: 0 all is well, 1 a finding is an error, 2 wrong usage or a file that cannot be read.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console

from bot.cli.files import markdown_in, read, write
from bot.cli.progress import Summary, one_line, watched
from bot.minutes import DateEvidence, Meeting, Minutes, Severity, TemplateError, find_date
from bot.minutes import normalise as make_minutes
from bot.shelf import Shelf, learn

Source = Literal["issue", "file"]

# What became of lines, as the summary says it, by the ledger's word.
_DONE = {"carry": "as typed", "move": "moved", "replace": "rewritten", "add": "added", "drop": "dropped"}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file."""

    name: str
    path: str
    meeting: Meeting
    evidence: DateEvidence
    minutes: Minutes

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.minutes.findings)

    def as_json(self) -> dict[str, Any]:
        """Give what programs read: strings as the notes have them, the ledger as the measure wants it."""
        fields = asdict(self.minutes.fields)
        del fields["action_items"]  # the same actions, taken apart: for programs that import the package
        day, previous = self.meeting.date, self.meeting.previous
        entries = (asdict(entry) for entry in self.minutes.ledger)
        return {
            "file": self.name,
            "path": self.path,
            **fields,
            "date": day.isoformat() if day else None,
            "previous": previous.link if previous else None,
            "minutes": self.minutes.text,
            "ledger": [{key: value for key, value in entry.items() if value} for entry in entries],
            "findings": [asdict(finding) for finding in self.minutes.findings],
            "mode": self.minutes.mode,
        }


@dataclass(frozen=True, slots=True)
class Desk:
    """Where notes are worked on: the archive's root and what it teaches, and what was said on the call."""

    root: Path | None
    shelf: Shelf
    day: date | None
    title: str
    source: Source

    def normalise(self, file: Path) -> Result:
        """Turn one file of notes into minutes; `-` is standard input."""
        notes = read(file)
        place = self._place(file)
        evidence = find_date(notes, self.title, place or ("" if str(file) == "-" else file.as_posix()))
        day = self.day or evidence.date
        path = place or (self.shelf.layout.path(day) if day else file.name)
        meeting = Meeting(day, self.shelf.previous(day, path))
        minutes = make_minutes(
            notes, template=self.shelf.template, meeting=meeting, source=self.source, title=self.title
        )
        name = f"{self.root.resolve().name}/{place}" if self.root and place else file.as_posix()
        return Result(name, path, meeting, evidence, minutes)

    def _place(self, file: Path) -> str | None:
        """Tell the path of a file in the archive; None for one that is not in it."""
        if self.root and file.resolve().is_relative_to(self.root.resolve()):
            return file.resolve().relative_to(self.root.resolve()).as_posix()
        return None


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True, exists=True)
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with the team's minutes: template, layout and last meetings are learned from it.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Template to use instead of the archive's.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the meeting, where the notes do not say it.",
)
@click.option("--title", default="", help="Title of the issue that the notes are from.")
@click.option(
    "--as",
    "source",
    type=click.Choice(["issue", "file"]),
    default="file",
    show_default=True,
    help="Where the notes are from: an issue hides comments and shows every line break.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file, each on a line.")
def normalise(
    files: tuple[Path, ...],
    archive: Path | None,
    template: Path | None,
    day: datetime | None,
    title: str,
    source: Source,
    as_json: bool,
) -> None:
    """Turn notes into minutes. FILE is a file, a folder of Markdown files, or - for standard input."""
    console = Console(stderr=True)
    desk = Desk(archive, _shelf(archive, template), day.date() if day else None, title, source)
    expanded = [file for given in files for file in (markdown_in(given) if given.is_dir() else [given])]
    several = len(files) > 1 or files[0].is_dir()
    results = []
    for file in watched(expanded, console, "Normalising"):
        results.append(desk.normalise(file))
        _show(results[-1], console, as_json, several)
    if several:
        _sum_up(results, console)
    raise SystemExit(1 if any(result.has_errors for result in results) else 0)


def _show(result: Result, console: Console, as_json: bool, several: bool) -> None:
    """Write the minutes to standard output and the findings to standard error; with JSON all in one.

    A folder's minutes are not poured out on a terminal: there it is the findings that one wants to see.
    """
    if as_json:
        write(f"{json.dumps(result.as_json(), ensure_ascii=False)}\n")
        return
    if not (several and sys.stdout.isatty()):
        heading = f"==> {result.name} <==\n" if several else ""
        write(heading + result.minutes.text)
    for finding in result.minutes.findings:
        console.out(one_line(result.name, finding), highlight=False)


def _sum_up(results: Sequence[Result], console: Console) -> None:
    """End with a table: how many lines stand as they were typed, and what there is to look at."""
    summary = Summary()
    for result in results:
        for entry in result.minutes.ledger:
            first, last = entry.src or entry.out or (1, 0)
            summary.add("lines", _DONE[entry.op], result.name, last - first + 1)
        for finding in result.minutes.findings:
            summary.add_finding(result.name, finding)
    fitting = sum(result.minutes.mode == "fit" for result in results)
    summary.show(console, f"{len(results)} files; the template fits {fitting} of them.")


def _shelf(archive: Path | None, template: Path | None) -> Shelf:
    """Read what the archive teaches; without one there is the built-in template and no last meeting."""
    named = read(template) if template else None
    files = [path.relative_to(archive).as_posix() for path in markdown_in(archive)] if archive else []
    try:
        shelf = learn(files, lambda path: read((archive or Path()) / path), named)
    except TemplateError as error:
        raise click.UsageError(f"{template}: {error}. {error.cure}") from error
    if shelf.rivals:
        rivals = ", ".join(shelf.rivals)
        click.echo(
            f"Note: minutes lie in several places; {shelf.layout.pattern} is used, not {rivals}.", err=True
        )
    return shelf
