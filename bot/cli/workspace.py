"""Where notes are worked on: files in, minutes out, with what an archive teaches."""

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
    """What became of one file, or of one meeting in it; `path` is where the minutes belong."""

    name: str
    path: str
    meeting: Meeting
    minutes: Minutes

    @property
    def shown(self) -> str:
        """The name for people; the findings of one of several meetings count the lines of its minutes."""
        return self.path if self.minutes.source_lines else self.name

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.minutes.findings)

    def as_json(self) -> dict[str, Any]:
        """Return what programs read: strings as the notes have them, the ledger as the measure wants it."""
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
            "taken": self.minutes.source_lines,
        }


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where notes are worked on: the archive's root and what it teaches, and what was said on the call."""

    root: Path | None
    profile: ArchiveProfile
    day: date | None
    title: str
    source: Source
    each: bool = False
    """Whether each of several meetings in a file is to have minutes of its own."""

    def normalise(self, file: Path) -> Iterator[Result]:
        """Turn one file of notes into minutes; `-` is standard input.

        Raises UsageError where the file has several meetings, and none of the day that was asked for.
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
        """Make the minutes of that day; a `selected` one of several gets a file of its own."""
        place = self._place(file)
        path = place if place and not selected else profile.layout.path(day) if day else file.name
        meeting = Meeting(day, profile.previous(day, path), selected)
        minutes = normalise(
            notes, template=profile.template, meeting=meeting, source=self.source, title=self.title
        )
        name = f"{self.root.resolve().name}/{place}" if self.root and place else file.as_posix()
        return Result(name, path, meeting, minutes)

    def _place(self, file: Path) -> str | None:
        """Return the path of a file in the archive; None for one that is not in it."""
        if self.root and file.resolve().is_relative_to(self.root.resolve()):
            return file.resolve().relative_to(self.root.resolve()).as_posix()
        return None


def _none_of_that_day(file: Path, day: date, parts: Sequence[Part]) -> click.UsageError:
    found = names_of(parts)
    return click.UsageError(
        f"{file} has the notes of several meetings, and none that is surely of {day}: {found}. "
        "Give one of these dates, correct its heading, or leave --date out to have them all in one."
    )
