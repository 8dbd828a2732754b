"""Which meeting the notes of a source are of, where its minutes belong, and the minutes themselves. Pure.

Either all of that is known, or there is one question that a person can answer. Nothing is guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot import archive as paths
from bot import marks
from bot.config import Config
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
    find_date,
    learn_template,
    normalise,
    read_template,
)
from bot.model import Archive, Pull, Source


class Question(Exception):
    """Something that only a person can answer; `name` is its text in `texts/questions`, `facts` fill it."""

    def __init__(self, name: str, **facts: object) -> None:
        self.name = name
        self.facts: Mapping[str, object] = facts
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The minutes of one meeting, and where they belong in the archive."""

    day: date
    path: str
    minutes: Minutes
    evidence: DateEvidence
    previous: paths.Held | None = None
    pending: Pull | None = None
    """The open pull request of a newer previous meeting: linked in the body, not in the file."""
    findings: tuple[Finding, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether an error was found: then the pull request is a draft."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def annotated(self) -> tuple[Finding, ...]:
        """The findings that stand on a line of the minutes."""
        return tuple(finding for finding in self.findings if finding.line)


def propose(source: Source, archive: Archive, config: Config, own: Pull | None) -> Proposal:
    """Work out the meeting and its minutes. `own` is the pull request that this source already has.

    Raises Question where a person must say something first.
    """
    if not source.body.strip():
        raise Question("no-notes")
    evidence = find_date(source.body, source.title)
    if evidence.date is None:
        raise Question("no-date", claims=evidence.claims)
    layout = _layout(archive, config)
    path = layout.path(evidence.date)
    _refuse_taken(path, archive, own)
    held = paths.meetings(layout, archive.files)
    previous = paths.previous(held, evidence.date)
    pending = _pending(archive, evidence.date, previous, own)
    template, findings = _template(archive, config)
    minutes = normalise(
        source.body,
        template=template,
        meeting=Meeting(
            evidence.date,
            Previous(previous.date, paths.relative_link(path, previous.path)) if previous else None,
        ),
        source="issue",
        title=source.title,
    )
    if pending:
        findings += (_previous_not_merged(pending),)
    return Proposal(evidence.date, path, minutes, evidence, previous, pending, (*findings, *minutes.findings))


def _layout(archive: Archive, config: Config) -> paths.Layout:
    if config.path:
        return paths.Layout(config.path)
    try:
        return paths.infer_layout(archive.files)
    except paths.AmbiguousLayout as ambiguous:
        raise Question("which-layout", candidates=ambiguous.candidates) from None


def _refuse_taken(path: str, archive: Archive, own: Pull | None) -> None:
    """Stop where that day's minutes come from elsewhere: last week's date on this week's notes is common."""
    if path in archive.files:
        repository = archive.repository
        raise Question("taken", path=path, url=f"{repository.url}/blob/{repository.default_branch}/{path}")
    for pull in archive.pulls:
        if pull.state == "open" and path in pull.files and (own is None or pull.number != own.number):
            raise Question("taken", path=path, url=pull.url)


def _pending(archive: Archive, day: date, previous: paths.Held | None, own: Pull | None) -> Pull | None:
    """Find the open pull request, with notes in it, of a newer previous meeting than the archive has."""
    found: list[tuple[date, int, Pull]] = []
    for pull in archive.pulls:
        mark = marks.find(pull.body) if pull.mine else None
        held = mark.day if mark else None
        if pull.state != "open" or pull.draft or held is None or (own and pull.number == own.number):
            continue
        if held < day and (previous is None or previous.date < held):
            found.append((held, pull.number, pull))
    return max(found)[2] if found else None


def _template(archive: Archive, config: Config) -> tuple[Template, tuple[Finding, ...]]:
    """Read the team's template; without one the newest minutes show the shape."""
    newest = archive.newest.text if archive.newest else None
    if archive.template is None and config.template:
        return BUILT_IN, (_template_not_read(config.template, "there is no such file in the archive"),)
    if archive.template is not None:
        try:
            return read_template(archive.template.text or "", newest), ()
        except TemplateError as error:
            return BUILT_IN, (_template_not_read(archive.template.path, str(error)),)
    return learn_template([file.text for file in archive.recent if file.text]), ()


def _template_not_read(path: str, why: str) -> Finding:
    return Finding(
        "template-not-read",
        Severity.WARNING,
        f"The template {path} was not used: {why}.",
        "Give it headings or `Label:` lines, or name another file as `template:` in .github/minutes.yml.",
    )


def _previous_not_merged(pull: Pull) -> Finding:
    return Finding(
        "previous-not-merged",
        Severity.WARNING,
        f"The minutes of the previous meeting are not in the archive yet: pull request {pull.number}.",
        "Merge that one first, then edit the notes, and the link follows.",
    )
