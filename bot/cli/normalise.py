"""`minutes-bot normalise`: notes in files or on standard input become minutes on standard output.

Exit codes: 0 all is well, 1 a finding is an error, 2 wrong usage or a file that cannot be read.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import click

from bot import archive as paths
from bot.minutes import (
    BUILT_IN,
    DateEvidence,
    Meeting,
    Minutes,
    Previous,
    Severity,
    Template,
    TemplateError,
    decode,
    find_date,
    read_template,
)
from bot.minutes import normalise as make_minutes


@dataclass(frozen=True, slots=True)
class Shelf:
    """The archive on disk, as far as the notes need it: layout, meetings held, and the shape of minutes."""

    root: Path | None = None
    layout: paths.Layout = field(default_factory=paths.Layout)
    held: tuple[paths.Held, ...] = ()
    template: Template = BUILT_IN

    def locate(self, file: Path) -> str | None:
        """Tell the path of a file in the archive; None for one that is not in it."""
        if self.root and file.resolve().is_relative_to(self.root.resolve()):
            return file.resolve().relative_to(self.root.resolve()).as_posix()
        return None

    def previous(self, day: date | None, path: str) -> Previous | None:
        """Find the meeting before that day, and the link to it from the minutes at `path`."""
        found = paths.previous(self.held, day) if day else None
        return Previous(found.date, paths.relative_link(path, found.path)) if found else None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file."""

    name: str
    path: str
    meeting: Meeting
    evidence: DateEvidence
    minutes: Minutes

    def as_json(self) -> dict[str, Any]:
        """Give what programs read: strings as the notes have them, the ledger as the measure wants it."""
        fields = asdict(self.minutes.fields)
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
@click.option("--title", default="", help="Title of the issue or discussion that the notes are from.")
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
    source: Literal["issue", "file"],
    as_json: bool,
) -> None:
    """Turn notes into minutes. FILE is a file, a folder of Markdown files, or - for standard input."""
    shelf = _shelf(archive, template)
    failed = False
    for file in _expand(files):
        result = _one(file, shelf, day.date() if day else None, title, source)
        _show(result, as_json, several=len(files) > 1 or files[0].is_dir())
        failed |= any(finding.severity is Severity.ERROR for finding in result.minutes.findings)
    raise SystemExit(1 if failed else 0)


def _one(file: Path, shelf: Shelf, day: date | None, title: str, source: Literal["issue", "file"]) -> Result:
    notes = decode(_read(file))
    place = shelf.locate(file)
    evidence = find_date(notes, title, place or ("" if str(file) == "-" else file.as_posix()))
    day = day or evidence.date
    path = place or (shelf.layout.path(day) if day else file.name)
    meeting = Meeting(day, shelf.previous(day, path))
    minutes = make_minutes(notes, template=shelf.template, meeting=meeting, source=source, title=title)
    name = f"{shelf.root.resolve().name}/{place}" if shelf.root and place else file.as_posix()
    return Result(name, path, meeting, evidence, minutes)


def _show(result: Result, as_json: bool, several: bool) -> None:
    """Write the minutes to standard output and the findings to standard error; with JSON all in one."""
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False).encode())
        return
    if several:
        click.echo(f"==> {result.name} <==")
    click.echo(result.minutes.text.encode(), nl=False)
    for finding in result.minutes.findings:
        where = f"{result.name}:{finding.line}" if finding.line else result.name
        click.echo(
            f"{where}: {finding.severity}: {finding.message} {finding.cure} [{finding.rule}]", err=True
        )


def _expand(files: tuple[Path, ...]) -> Iterator[Path]:
    for file in files:
        yield from sorted(file.rglob("*.md")) if file.is_dir() else [file]


def _read(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise click.UsageError(
            f"{file} cannot be read: {error.strerror}. Give a file that you may read."
        ) from error


def _shelf(archive: Path | None, template: Path | None) -> Shelf:
    """Read what the archive teaches; without one there is the built-in template and no last meeting."""
    if archive is None:
        return Shelf(template=_template(template, None) if template else BUILT_IN)
    files = [path.relative_to(archive).as_posix() for path in sorted(archive.rglob("*.md")) if path.is_file()]
    layout = _layout(files)
    held = paths.meetings(layout, files)
    newest = decode(_read(archive / held[-1].path)) if held else None
    candidates = [archive / path for path in paths.template_candidates(files, layout)]
    return Shelf(archive, layout, held, _first_template(template, candidates, newest))


def _layout(files: list[str]) -> paths.Layout:
    try:
        return paths.infer_layout(files)
    except paths.AmbiguousLayout as error:
        click.echo(f"Note: {error}. The first is used.", err=True)
        return paths.Layout(error.candidates[0])


def _first_template(named: Path | None, candidates: list[Path], newest: str | None) -> Template:
    """Take the template that was named, else the first that can be read, else the newest minutes' shape."""
    if named:
        return _template(named, newest)
    for text in (*(decode(_read(path)) for path in candidates), newest):
        try:
            return read_template(text or "", newest)
        except TemplateError:
            continue
    return BUILT_IN


def _template(file: Path, newest: str | None) -> Template:
    try:
        return read_template(decode(_read(file)), newest)
    except TemplateError as error:
        raise click.UsageError(f"{file}: {error}. {error.cure}") from error
