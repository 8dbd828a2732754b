"""Normalises files of notes, with the template and layout of an archive."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from bot.archive.profile import ArchiveProfile
from bot.cli.files import read
from bot.minutes import Meeting, Minutes, Part, Severity, choose, find_date, normalise, split
from bot.minutes.normalising.split import names_of

Source = Literal["issue", "file"]


@dataclass(frozen=True, slots=True)
class Result:
    """The minutes of one file, or of one meeting in it; `path` is where they belong in the archive."""

    name: str
    path: str
    meeting: Meeting
    minutes: Minutes

    @property
    def shown(self) -> str:
        """The file to which the line numbers of findings refer.

        That is the file of notes or, for one of several meetings in it, the path of its minutes.
        """
        return self.path if self.minutes.source_lines else self.name

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.minutes.findings)

    def as_json(self) -> dict[str, Any]:
        """Return the result as JSON: fields as text from the notes, ledger entries without empty values."""
        fields = asdict(self.minutes.fields)
        del fields["action_items"]  # the actions in parsed form, only for users of the package
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
            "taken": self.minutes.source_lines,
        }


@dataclass(frozen=True, slots=True)
class Workspace:
    """The settings of one call: the archive's root folder (None: no archive), its profile, and the options.

    `day` is the day of the meeting if it is given, `title` the title of the issue with the notes.
    """

    root: Path | None
    profile: ArchiveProfile
    day: date | None
    title: str
    source: Source
    each: bool = False
    """Whether each of several meetings in a file gets minutes of its own."""

    def normalise(self, file: Path) -> Iterator[Result]:
        """Yield the minutes of one file of notes, one result or one for each meeting; `-` is standard input.

        Raises UsageError when the file has several meetings, but none is surely of `day`.
        """
        notes, place = read(file), self._place(file)
        claimed = find_date(notes, self.title, place or ("" if str(file) == "-" else file.as_posix())).date
        day = self.day or claimed
        parts = split(notes, day.year if day else None)
        if self.day and parts and choose(parts, self.day) is None:
            raise _none_of_that_day(file, self.day, parts)
        days = [part.days[0] for part in parts if len(part.days) == 1] if self.each else []
        if not days:
            yield self._minutes(file, notes, day, self.profile, selected=bool(parts and self.day))
        profile = self.profile.with_minutes_of(days)
        for day in days:
            yield self._minutes(file, notes, day, profile, selected=True)

    def _minutes(
        self, file: Path, notes: str, day: date | None, profile: ArchiveProfile, *, selected: bool
    ) -> Result:
        """Return the minutes of a day; the path of one `selected` of several meetings is from the layout."""
        place = self._place(file)
        path = place if place and not selected else profile.layout.path(day) if day else file.name
        meeting = Meeting(day, profile.previous(day, path), selected)
        minutes = normalise(
            notes, template=profile.template, meeting=meeting, source=self.source, title=self.title
        )
        name = f"{self.root.resolve().name}/{place}" if self.root and place else file.as_posix()
        return Result(name, path, meeting, minutes)

    def _place(self, file: Path) -> str | None:
        """Return the path of a file relative to the archive; None if it is not in the archive."""
        if self.root and file.resolve().is_relative_to(self.root.resolve()):
            return file.resolve().relative_to(self.root.resolve()).as_posix()
        return None


def _none_of_that_day(file: Path, day: date, parts: Sequence[Part]) -> click.UsageError:
    found = names_of(parts)
    return click.UsageError(
        f"{file} has the notes of several meetings, and none that is surely of {day}: {found}. "
        "Give one of these dates, correct its heading, or leave --date out to have them all in one."
    )
