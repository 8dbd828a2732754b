"""Normalises files of notes, with the template and layout of an archive."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

import click

from bot.archive.choice import Choice
from bot.archive.doubts import doubts
from bot.archive.profile import ArchiveProfile, link_back
from bot.cli.files import read
from bot.minutes import (
    Finding,
    Meeting,
    Minutes,
    Part,
    Severity,
    choose,
    find_date,
    guess_days,
    normalise,
    split,
)
from bot.minutes.normalising.account import counts
from bot.minutes.normalising.findings import finding
from bot.minutes.normalising.split import names_of

_FIRST = 8  # lines of notes in which a day without a year is looked for
MOST = 6
"""How many places a finding offers where it is not clear where minutes belong."""

Source = Literal["issue", "file"]


@dataclass(frozen=True, slots=True)
class Result:
    """The minutes made of one file of notes, or of one meeting in it.

    `name` is the file of notes. `path` is where the minutes belong in the archive; None where that is not
    clear: then a finding asks.
    """

    name: str
    path: str | None
    meeting: Meeting
    minutes: Minutes
    findings: tuple[Finding, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many lines of the notes are word for word in the minutes, and so on."""

    @property
    def shown(self) -> str:
        """The file to which the line numbers of findings refer.

        That is the file of notes or, for one of several meetings in it, the path of its minutes.
        """
        return self.path if self.path and self.minutes.source_lines else self.name

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

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
            "lines": self.counts,
            "ledger": [{key: value for key, value in entry.items() if value} for entry in entries],
            "findings": [asdict(finding) for finding in self.findings],
            "mode": self.minutes.mode,
            "taken": self.minutes.source_lines,
        }


@dataclass(frozen=True, slots=True)
class Workspace:
    """The settings of one call of the command: the archive's folder, what it teaches, and the options.

    `root` is None without an archive; `day` is the day of the meeting if it is given, `title` the title of
    the issue with the notes.
    """

    root: Path | None
    profile: ArchiveProfile
    day: date | None
    title: str
    source: Source
    each: bool = False
    """Whether each of several meetings in a file gets minutes of its own."""
    series: str | None = None
    """The name of the series, where it is given."""
    today: date = field(default_factory=date.today)
    """The day near which a date without a year is taken to lie."""

    def normalise(self, file: Path) -> Iterator[Result]:
        """Yield the minutes made of one file of notes; `-` is standard input.

        If the file has several meetings, there is one result for each, or one for `day`, as the options say.
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
            is_one = bool(parts and self.day)
            together = names_of(parts) if parts and not is_one else ""
            yield self._minutes(file, notes, day, together=together, selected=is_one)
        left = names_of([part for part in parts if len(part.days) != 1])
        for day in days:
            yield self._minutes(file, notes, day, days, left, selected=True)

    def _minutes(
        self,
        file: Path,
        notes: str,
        day: date | None,
        days: Sequence[date] = (),
        left: str = "",
        *,
        together: str = "",
        selected: bool,
    ) -> Result:
        """Return the minutes of a day.

        `days` are those of all meetings in the notes, `left` names what is of none of them; `together` names
        those that stand in one file. The path of a `selected` one is from the layout.
        """
        place = self._place(file)
        choice = self._choice(place, notes, day)
        series = choice.series.with_meetings(days) if choice.series else None
        path: str | None = file.name
        if place and not selected:
            path = place
        elif day:
            path = series.path(day) if series else None
        before = link_back(series, day, path) if series and path else None
        meeting = Meeting(day, before, selected)
        template = self.profile.template(choice.series)
        minutes = normalise(notes, template=template, meeting=meeting, source=self.source, title=self.title)
        name = f"{self.root.resolve().name}/{place}" if self.root and place else file.as_posix()
        around = () if place or not day else self._around(choice, day, path)
        beginning = "\n".join([self.title, *notes.split("\n")[:_FIRST]])
        own = (self._on_command_line(found, left, beginning) for found in minutes.findings)
        findings = (*_of_several(together, day), *around, *filter(None, own))
        lines = counts(minutes.taken_from(notes), minutes.ledger)
        return Result(name, path, meeting, minutes, findings, lines)

    def _choice(self, place: str | None, notes: str, day: date | None) -> Choice:
        """Return the series of notes: that of the file itself, where it is in the archive."""
        own = (each for each in self.profile.series if any(past.path == place for past in each.meetings))
        if place and (series := next(own, None)):
            return Choice(series)
        first = next((line for line in notes.splitlines() if line.startswith("#")), "")
        day = day or date.max
        return self.profile.locate(day, self.title or first.lstrip("# "), name=self.series)

    def _around(self, choice: Choice, day: date, path: str | None) -> Iterator[Finding]:
        """Yield what is doubtful about place and day."""
        if choice.series is not None:
            if path in self.profile.files:
                yield finding("already-there", path=path)
            for found in doubts(choice.series, day, written=day):
                yield replace(found, cure=found.cure.replace("`/minutes date`", "--date"))
            return
        places = " or ".join(f"{each.path(day)} (--series {each.name})" for each in choice.candidates[:MOST])
        yield finding("place-unclear", places=places)

    def _on_command_line(self, found: Finding, left: str, beginning: str) -> Finding | None:
        """Return a finding with the cure of the command line; None for one that an option answers.

        `left` names the parts of the notes that are in no minutes.
        """
        if found.rule == "no-date":
            guesses = guess_days(beginning, self.today)
            offered = " or ".join(f"--date {day} (“{words}”)" for words, day in guesses)
            given = offered or f"--date {self.today}"
            return replace(found, cure=f"Give it, as in {given}, or write it into the title of the notes.")
        if found.rule == "one-of-several" and self.each:
            message = f"Some of the notes are of no day, and so in no minutes: {left}."
            return replace(found, message=message, cure="Put a date into its heading.") if left else None
        return found

    def _place(self, file: Path) -> str | None:
        """Return the path of a file relative to the archive; None if it is not in the archive."""
        if self.root and file.resolve().is_relative_to(self.root.resolve()):
            return file.resolve().relative_to(self.root.resolve()).as_posix()
        return None


def _of_several(together: str, day: date | None) -> Iterator[Finding]:
    """Yield the finding that several meetings stand in one file."""
    if together:
        found = finding("several-meetings", meetings=together, example=day)
        yield replace(found, cure="--split makes minutes of each, --date of one.")


def _none_of_that_day(file: Path, day: date, parts: Sequence[Part]) -> click.UsageError:
    found = names_of(parts)
    return click.UsageError(
        f"{file} has the notes of several meetings, and none that is surely of {day}: {found}. "
        "Give one of these dates, correct its heading, or leave --date out to have them all in one."
    )
