"""The proposal of a source: the meeting that its notes are of, the path of its minutes, the minutes. Pure.

Where one of these is not clear, a `Question` is raised for people to answer; nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.archive import paths
from bot.archive.template_files import place_of, shaped
from bot.calendar import Series
from bot.config import Config, Mistake
from bot.minutes import (
    BUILT_IN,
    DateEvidence,
    Finding,
    Meeting,
    Minutes,
    Previous,
    Severity,
    Template,
    TemplateError,
    choose,
    find_date,
    learn_template,
    names_of,
    normalise,
    read_template,
    split,
)
from bot.minutes.normalising.findings import finding
from bot.model import Archive, File, FileRef, Pull
from bot.planning.case import Case
from bot.planning.pulls import is_unclaimed, is_without_notes
from bot.state import PullState, find_state


class Question(Exception):
    """A question only people can answer; `name` is its text in `texts/questions`, `facts` fill that in."""

    def __init__(self, name: str, **facts: object) -> None:
        self.name = name
        self.facts: Mapping[str, object] = facts
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The minutes of one meeting, and where they belong in the archive."""

    day: date
    suffix: str
    path: str
    minutes: Minutes
    evidence: DateEvidence
    template_blobs: tuple[str, ...] = ()
    """The blobs that the form of the minutes was learned from (see `shape_of`)."""
    series: Series | None = None
    previous: paths.PastMeeting | None = None
    pending: Pull | None = None
    """The open pull request of a meeting between `previous` and this one: linked in the body only."""
    findings: tuple[Finding, ...] = ()
    merged_text: str | None = None
    """The minutes merged with people's edits; None: there are none."""

    @property
    def text(self) -> str:
        """The text of the file, with people's edits if any."""
        return self.minutes.text if self.merged_text is None else self.merged_text

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error: then the pull request is a draft."""
        return any(found.severity is Severity.ERROR for found in self.findings)

    @property
    def annotated(self) -> tuple[Finding, ...]:
        """The findings that have a line of the minutes."""
        return tuple(finding for finding in self.findings if finding.line)


def propose(case: Case, archive: Archive) -> Proposal:
    """Return the proposal of a case.

    Raises Question where people must decide something first, and MissingFacts.
    """
    notes = case.notes.text
    if not notes.strip():
        raise Question("no-notes")
    evidence = find_date(notes, case.source.title)
    day = case.state.date_override or evidence.date
    if day is None:
        raise Question("no-date", claims=evidence.candidates)
    parts = split(notes, day.year) if case.state.date_override else ()
    if parts and choose(parts, day) is None:
        raise Question("none-of-several", day=day, meetings=names_of(parts))
    name = case.state.suffix_override
    series = series_of(case, day)
    settings = case.settings.within(series)
    if settings is not case.settings:
        archive = shaped(archive, case.snapshot.texts, settings)
    archive = begun_with(case, archive)
    layout = layout_of(archive, settings)
    path = _path(case, layout, day, name)
    _refuse_taken(path, day, archive, case)
    past = paths.meetings(layout, archive.files)
    previous = paths.previous(past, day)
    pending = pending_before(archive, day, layout, previous, case.pull)
    template, findings = template_of(archive, settings)
    minutes = normalise(
        notes,
        template=template,
        meeting=Meeting(day, link_to(previous, path), selected=case.state.date_override is not None),
        source="issue",
        title=case.source.title,
    )
    if pending:
        findings += (_previous_not_merged(pending),)
    if case.mistakes:
        findings += (_configuration_broken(case.mistakes[0]),)
    if series and series.on(day) is None:
        findings += (_off_the_calendar(series, day),)
    findings += minutes.findings
    shape = shape_of(archive)
    return Proposal(day, name, path, minutes, evidence, shape, series, previous, pending, findings)


def series_of(case: Case, day: date) -> Series | None:
    """Return the series of the notes: by label, by the calendar, or the only one; None: of no series.

    Raises Question where several fit that differ in path or template.
    """
    known = case.settings.series
    labels = {label.casefold() for label in case.source.labels}
    labelled = [each for each in known if labels & {label.casefold() for label in each.labels}]
    meeting = [each for each in labelled or known if each.on(day)]
    candidates = meeting or labelled or (known if len(known) == 1 else ())
    if len({(each.path, each.template) for each in candidates}) > 1:
        raise Question("which-series", day=day, series=candidates)
    return candidates[0] if candidates else None


def adopt(case: Case) -> Case:
    """Return the case with the draft of its day, if no source has that yet, as its pull request.

    Raises Question (see `series_of`).
    """
    day = case.state.date_override or find_date(case.notes.text, case.source.title).date
    if case.pull or day is None or case.archive is None:
        return case
    series = series_of(case, day)
    for pull in case.archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "open" else None
        if (
            pull_state is None
            or not is_unclaimed(pull_state)
            or (pull_state.day, pull_state.suffix) != (day, case.state.suffix_override)
        ):
            continue
        if _is_of(case, pull_state.series, series):
            return replace(case, adopted=pull)
    return case


def _is_of(case: Case, name: str, series: Series | None) -> bool:
    """Return whether a draft of the series `name` fits a series.

    It does for the same one, one with the same path and template, or one that is no longer in the settings.
    """
    if series is None or name == series.name:
        return series is not None
    other = next((each for each in case.settings.series if each.name == name), None)
    return other is None or (other.path, other.template) == (series.path, series.template)


def shape_of(archive: Archive) -> tuple[str, ...]:
    """Return the blobs that show the form of minutes: the template's (empty: none), then those of minutes."""
    template = archive.files.get(archive.template.path, "") if archive.template else ""
    return (template, *(archive.files.get(file.path, "") for file in archive.recent))


def begun_with(case: Case, archive: Archive) -> Archive:
    """Return the archive with the template and the minutes that the open pull request began with.

    Without an open pull request, or when a blob is gone, it is the same archive. Raises MissingFacts.
    """
    shape = case.pull_state.template_blobs if case.pull and case.pull.state == "open" else ()
    if not shape or shape == shape_of(archive):
        return archive
    case.snapshot.require("what did it begin with?", *(FileRef(oid) for oid in shape if oid))
    files = [File(oid, case.snapshot.texts.get(FileRef(oid))) for oid in shape]
    if any(file.path and file.text is None for file in files):
        return archive  # a blob is gone
    return replace(archive, template=files[0] if files[0].path else None, recent=tuple(files[1:]))


def previous_day(case: Case) -> date | None:
    """Return the day of the previous meeting; None where it is not known, or only by a question."""
    archive = case.archive
    day = case.state.date_override or find_date(case.notes.text, case.source.title).date
    if archive is None or day is None:
        return None
    try:
        layout = layout_of(archive, case.settings.within(series_of(case, day)))
    except Question:
        return None
    previous = paths.previous(paths.meetings(layout, archive.files), day)
    pending = pending_before(archive, day, layout, previous, case.pull)
    pull_state = find_state(pending.body, PullState) if pending else None
    return pull_state.day if pull_state else previous.date if previous else None


def _path(case: Case, layout: paths.Layout, day: date, name: str) -> str:
    """Return the path of the minutes: where people moved them on the branch, unless the date changed."""
    path, pull_state, pull = layout.path(day, name or None), case.pull_state, case.pull
    if pull and pull.state == "open" and (pull_state.day, pull_state.suffix) == (day, name):
        moved = [file for file in pull.files if file.endswith((".md", ".markdown"))]
        return moved[0] if len(moved) == 1 else path
    return path


def link_to(previous: paths.PastMeeting | None, path: str) -> Previous | None:
    """Return the link to the previous minutes, relative to the minutes at `path`; None without any."""
    return Previous(previous.date, paths.relative_link(path, previous.path)) if previous else None


def layout_of(archive: Archive, config: Config) -> paths.Layout:
    """Return the layout of an archive. Raises Question where several are equally common."""
    layout, others = place_of(archive, config)
    if others:
        raise Question("which-layout", candidates=(layout.pattern, *others))
    return layout


def _refuse_taken(path: str, day: date, archive: Archive, case: Case) -> None:
    """Raise Question where other notes have this path.

    Often these notes still have the date of last week's.
    """
    if path in archive.files and path not in _published(archive, case):
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


def pending_before(
    archive: Archive,
    day: date,
    layout: paths.Layout,
    previous: paths.PastMeeting | None,
    own: Pull | None = None,
) -> Pull | None:
    """Return the open pull request of the last meeting before a day, if newer than `previous`; else None.

    Drafts without notes do not count, nor does `own`, the pull request of this source.
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


def template_of(archive: Archive, config: Config) -> tuple[Template, tuple[Finding, ...]]:
    """Return the template, without one what the newest minutes show, and findings if it cannot be read."""
    newest = archive.newest.text if archive.newest else None
    found: Template = BUILT_IN
    findings: tuple[Finding, ...] = ()
    if archive.template is None and config.template:
        findings = (_template_not_read(config.template, "there is no such file in the archive"),)
    elif archive.template is not None:
        try:
            found = read_template(archive.template.text or "", newest)
        except TemplateError as error:
            findings = (_template_not_read(archive.template.path, str(error)),)
    else:
        found = learn_template([file.text for file in archive.recent if file.text])
    return replace(found, keeps_guidance=config.guidance == "keep"), findings


def _template_not_read(path: str, why: str) -> Finding:
    return finding("template-not-read", path=path, why=why)


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
