"""The proposal of a source: the meeting that its notes are of, the path of its minutes, the minutes. Pure.

Where one of these is not clear, a `Question` is raised for people to answer; nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.archive.doubts import doubts
from bot.archive.layout import Layout
from bot.archive.location import series_in
from bot.archive.paths import relative_link
from bot.archive.series import PastMeeting
from bot.archive.websites import is_website
from bot.calendar import Series
from bot.config import Mistake
from bot.minutes import (
    DateEvidence,
    Finding,
    Meeting,
    Minutes,
    Part,
    Previous,
    Severity,
    choose,
    find_date,
    guess_days,
    names_of,
    normalise,
    split,
)
from bot.minutes.normalising.findings import finding
from bot.model import Archive, FileRef, Pull
from bot.planning.case import Case
from bot.planning.placing import Placement, Question, place
from bot.planning.pulls import is_without_notes
from bot.planning.shape import begun_with, shape_of, template_of
from bot.state import PullState, find_state


@dataclass(frozen=True, slots=True)
class Proposal:
    """The minutes that the bot makes of the notes of one meeting, and where they belong in the archive.

    `suffix` tells a second meeting of the day apart; `evidence` is where the notes name the day; `previous`
    is the meeting before this one that has minutes in the archive.
    """

    day: date
    suffix: str
    path: str
    minutes: Minutes
    evidence: DateEvidence
    placement: Placement
    template_blobs: tuple[str, ...] = ()
    """The blobs that the form of the minutes was learned from (see `Shape`)."""
    previous: PastMeeting | None = None
    pending: Pull | None = None
    """The open pull request of a meeting between `previous` and this one: linked in the body only."""
    findings: tuple[Finding, ...] = ()
    merged_text: str | None = None
    """The minutes merged with people's edits; None: there are none."""

    @property
    def text(self) -> str:
        """The text of the file of minutes, with people's edits if there are any."""
        return self.minutes.text if self.merged_text is None else self.merged_text

    @property
    def has_errors(self) -> bool:
        """Whether something found in the notes or minutes is an error: then the pull request is a draft."""
        return any(found.severity is Severity.ERROR for found in self.findings)

    @property
    def annotated(self) -> tuple[Finding, ...]:
        """The findings that belong to a line of the minutes, which a check run can show there."""
        return tuple(finding for finding in self.findings if finding.line)


_FIRST = 8  # lines of notes in which a day without a year is looked for


def propose(case: Case, archive: Archive) -> Proposal:
    """Return the minutes of the notes of a source, and where they belong in the archive.

    Raises Question where people must decide something first, and MissingFacts.
    """
    notes = case.notes.text
    if not notes.strip():
        raise Question("no-notes")
    evidence = find_date(notes, case.source.title)
    day = case.state.date_override or evidence.date
    if day is None:
        raise Question("no-date", claims=evidence.candidates, guesses=_guesses(case, archive))
    parts = split(notes, day.year)
    if case.state.date_override and parts and choose(parts, day) is None:
        raise Question("none-of-several", day=day, meetings=names_of(parts))
    suffix = case.state.suffix_override
    placement = place(case, archive, day)
    shape = shape_of(case.snapshot, archive, placement.settings, placement.kept)
    if placement.is_of(case.pull_state.series):
        shape = begun_with(case, shape)
    kept, series = placement.kept, placement.series
    path = _path(case, placement, day, suffix)
    _refuse_taken(path, day, archive, case)
    previous = kept.previous(day)
    pending = pending_before(archive, day, kept.layout, previous, case.pull)
    template, findings = template_of(shape, placement.settings)
    minutes = normalise(
        notes,
        template=replace(template, has_website=is_website(archive.files)),
        meeting=Meeting(day, link_to(previous, path), selected=case.state.date_override is not None),
        source="issue",
        title=case.source.title,
    )
    if parts and case.state.date_override is None:
        findings += (several_meetings(parts, day),)
    if pending:
        findings += (_previous_not_merged(pending),)
    if case.mistakes:
        findings += (_configuration_broken(case.mistakes[0]),)
    is_planned = bool(series and series.on(day))
    if series and series.is_scheduled and not is_planned:
        findings += (_off_the_calendar(series, day),)
    written = (case.quiet_from - case.settings.settle).date()
    findings += (*doubts(kept, day, written, is_planned=is_planned), *minutes.findings)
    return Proposal(day, suffix, path, minutes, evidence, placement, shape.blobs, previous, pending, findings)


def _guesses(case: Case, archive: Archive) -> tuple[tuple[str, date], ...]:
    """Return the days that title and first lines may mean, with their words."""
    weekdays = {each.weekday for each in series_in(archive.files, case.settings) if each.weekday is not None}
    weekday = weekdays.pop() if len(weekdays) == 1 else None
    written = case.source.created_at.date()
    beginning = "\n".join([case.source.title, *case.notes.text.split("\n")[:_FIRST]])
    return guess_days(beginning, written, weekday)


def previous_day(case: Case) -> date | None:
    """Return the day of the meeting before that of the notes, in the same series.

    None where there is none, where either day is not known, or where people must first decide on the series.
    """
    archive = case.archive
    day = case.day
    if archive is None or day is None:
        return None
    try:
        kept = place(case, archive, day).kept
    except Question:
        return None
    previous = kept.previous(day)
    pending = pending_before(archive, day, kept.layout, previous, case.pull)
    pull_state = find_state(pending.body, PullState) if pending else None
    return pull_state.day if pull_state else previous.date if previous else None


def _path(case: Case, placement: Placement, day: date, suffix: str) -> str:
    """Return the path of the minutes: where people moved them on the branch, unless day or series changed."""
    path, pull_state, pull = placement.kept.path(day, suffix or None), case.pull_state, case.pull
    is_same = placement.is_of(pull_state.series) and (pull_state.day, pull_state.suffix) == (day, suffix)
    if pull and pull.state == "open" and is_same:
        moved = [file for file in pull.files if file.endswith((".md", ".markdown"))]
        return moved[0] if len(moved) == 1 else path
    return path


def link_to(previous: PastMeeting | None, path: str) -> Previous | None:
    """Return the link to the minutes of the previous meeting, relative to the minutes at `path`.

    None if there is no previous meeting.
    """
    return Previous(previous.date, relative_link(path, previous.path)) if previous else None


def _is_from_pad(case: Case, blob: str) -> bool:
    """Return whether a file of the archive, by its blob id, has only lines of the pad with the notes.

    So it is where a pad was pushed to GitHub by its own means, as HackMD offers; the minutes replace it by a
    pull request, and no line is lost. Raises MissingFacts.
    """
    pads = [set(map(str.strip, pad.text.split("\n"))) for pad in case.pads if pad.text]
    if not pads:
        return False
    case.snapshot.require("is that the pad's own text?", FileRef(blob))
    text = case.snapshot.texts.get(FileRef(blob))
    lines = {line.strip() for line in (text or "").split("\n")} - {""}
    return bool(lines) and any(lines <= pad for pad in pads)


def _refuse_taken(path: str, day: date, archive: Archive, case: Case) -> None:
    """Raise Question where other notes have this path.

    Often these notes still have the date of last week's.
    """
    is_there = path in archive.files and path not in _published(archive, case)
    if path in archive.links or (is_there and not _is_from_pad(case, archive.files[path])):
        repository = archive.repository
        raise Question(
            "taken", path=path, day=day, url=f"{repository.url}/blob/{repository.default_branch}/{path}"
        )
    for pull in archive.pulls:
        if (
            pull.state == "open"
            and path in pull.files
            and (case.pull is None or pull.number != case.pull.number)
        ):
            raise Question("taken", path=path, day=day, url=pull.url)


def _published(archive: Archive, case: Case) -> frozenset[str]:
    """Return the files that were merged from this source before."""
    merged = (pull for pull in archive.pulls if pull.state == "merged" and pull.mine)
    ours = (
        pull
        for pull in merged
        if ((pull_state := find_state(pull.body, PullState)) and pull_state.source in case.names)
        or str(pull.number) in case.state.redacted_pulls
    )
    return frozenset(file for pull in ours for file in pull.files)


def link_state(previous: PastMeeting | None, pending: Pull | None) -> str:
    """Return how a state notes the previous minutes: their path, and the pull request of newer ones.

    `2026/2026-08-11.md`, `2026/2026-08-11.md, then #12`, or empty where there are none.
    """
    path = previous.path if previous else ""
    return f"{path}, then #{pending.number}" if pending else path


def pending_before(
    archive: Archive,
    day: date,
    layout: Layout,
    previous: PastMeeting | None,
    own: Pull | None = None,
) -> Pull | None:
    """Return the open pull request with the minutes of the last meeting before `day`; None: there is none.

    `layout` is the layout of the series. Only meetings after `previous`, the last one before `day` that has
    minutes in the archive, are looked for. Drafts without notes do not count, nor does `own`, the pull
    request for `day` itself.
    """
    found: list[tuple[date, int, Pull]] = []
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine else None
        meeting_day = (
            (layout.date(pull_state.path) if pull_state.path else pull_state.day) if pull_state else None
        )
        if (
            pull.state != "open"
            or meeting_day is None
            or is_without_notes(pull)
            or (own and pull.number == own.number)
        ):
            continue
        if meeting_day < day and (previous is None or previous.date < meeting_day):
            found.append((meeting_day, pull.number, pull))
    return max(found)[2] if found else None


def several_meetings(parts: Sequence[Part], day: date) -> Finding:
    """Return the finding that the notes are of several meetings, and that minutes are made of one only.

    `parts` are the parts of the notes, one for each meeting; `day` is the meeting of the minutes.
    """
    others = (found for part in parts for found in part.days if found != day)
    return finding("several-meetings", meetings=names_of(parts), example=next(others, day))


def _configuration_broken(mistake: Mistake) -> Finding:
    row, column = mistake.line, mistake.column
    return finding("configuration-broken", row=row, column=column, mistake=mistake.message)


def _previous_not_merged(pull: Pull) -> Finding:
    return finding("previous-not-merged", number=pull.number)


def _off_the_calendar(series: Series, day: date) -> Finding:
    """Return the finding that the calendar has no such meeting, with the nearest within 14 days."""
    days = (day + sign * timedelta(days=count) for count in range(1, 15) for sign in (-1, 1))
    nearest = next((f", but on {each}" for each in days if series.on(each)), "")
    return finding("not-in-calendar", series=series.name, day=day, nearest=nearest)
