"""The draft that is opened on meeting day, filled in with what is known before the meeting. Pure."""

from datetime import datetime
from functools import partial

from bot.archive.series import PastMeeting
from bot.calendar import Series
from bot.minutes import NEWEST, AgendaEntry, Meeting, OpenAction, draft, open_actions
from bot.model import AgendaItem, Archive, Commit, FileRef, OpenPull, Refusal, Snapshot, Step
from bot.planning import reports
from bot.planning.branches import branch_name, on_branch
from bot.planning.case import OPENNESS
from bot.planning.closing import source_of
from bot.planning.meeting_day.series_snapshot import MeetingStatus, SeriesSnapshot, evening
from bot.planning.proposal import link_to, pending_before
from bot.planning.reports import Draft
from bot.planning.shape import shape_of, template_of
from bot.state import PullState
from bot.trailers import blob_oid, commit_trailer

NEEDED = frozenset({"CreateBranch", "Commit", "OpenPull"})
"""Steps without which there is no draft."""


def opening(
    snapshot: Snapshot,
    series_snapshot: SeriesSnapshot,
    entry: MeetingStatus,
    now: datetime,
    *,
    asked: bool = False,
) -> list[Step]:
    """Return the steps that open the draft of a meeting: a branch and a pull request in the archive.

    `entry` is the meeting, of the series of `series_snapshot`. `asked`: somebody wants the draft, however
    late, so the bot will not close it. Raises MissingFacts.
    """
    archive = snapshot.archive
    assert archive is not None
    known = write_draft(snapshot, series_snapshot, entry, is_late=asked)
    trailer = commit_trailer(entry.path, known.text)

    def commit(branch: str, head: str) -> Commit:
        return Commit(branch, head, entry.path, known.text, reports.title_of(entry.day), trailer)

    name, steps = on_branch(archive, branch_name(series_snapshot.series.name, entry.day), commit)
    is_draft = not drafts_refused(snapshot)
    pull_state = PullState(
        "",
        day=entry.day,
        path=entry.path,
        file_blob=blob_oid(known.text),
        series=series_snapshot.series.name,
        base_commit=archive.repository.head,
        template_blobs=known.template_blobs,
        is_bot_draft=is_draft,
        reminded=now >= evening(entry),
        requested=asked,
    )
    title = reports.title_of(entry.day) if is_draft else reports.draft_title(entry.day)
    return [*steps, OpenPull(name, title, reports.draft_body(archive, pull_state, known, name), is_draft)]


def write_draft(
    snapshot: Snapshot, series_snapshot: SeriesSnapshot, entry: MeetingStatus, *, is_late: bool = False
) -> Draft:
    """Return the draft of the minutes of a meeting, `entry`, of the series of `series_snapshot`.

    `is_late`: the meeting is over, so the draft has neither action items nor an agenda. Raises MissingFacts.
    """
    archive = snapshot.archive
    assert archive is not None
    snapshot.require("what do the minutes look like?", "shape")
    settings, kept = series_snapshot.settings, series_snapshot.kept
    shape = shape_of(snapshot, archive, settings, kept)
    before = _before(series_snapshot, entry)
    previous = before[-1] if before else None
    actions = () if is_late else _actions(snapshot, archive, series_snapshot, entry)
    agenda = () if is_late else agenda_of(snapshot, series_snapshot)
    template, _ = template_of(shape, settings)
    fill = partial(
        draft,
        template,
        source=shape.template.text if shape.template else None,
        actions=actions,
        agenda=[AgendaEntry(item.title, item.url) for item in agenda],
    )
    return Draft(
        entry.meeting,
        entry.path,
        fill(meeting=Meeting(entry.day, link_to(previous, entry.path))),
        fill(meeting=Meeting(entry.day)),
        shape.blobs,
        previous,
        pending_before(archive, entry.day, series_snapshot.kept.layout, previous),
        actions,
        agenda,
        source_of(archive, entry.key),
        entry.closes,
        series_snapshot.settings,
        series_snapshot.other_layouts,
    )


def _actions(
    snapshot: Snapshot, archive: Archive, series_snapshot: SeriesSnapshot, entry: MeetingStatus
) -> tuple[OpenAction, ...]:
    """Return the action items that the minutes before a meeting leave open. Raises MissingFacts."""
    texts = texts_before(archive, series_snapshot, entry)
    snapshot.require("what is still open?", *texts)
    days = (past.date for past in _before(series_snapshot, entry)[-NEWEST:])
    minutes = ((day, snapshot.texts.get(text)) for day, text in zip(days, texts, strict=True))
    return open_actions([(day, text) for day, text in minutes if text])


def agenda_of(snapshot: Snapshot, series_snapshot: SeriesSnapshot) -> tuple[AgendaItem, ...]:
    """Return the agenda items for the meetings of a series, without those that few people may read.

    Everybody who can read the archive must be able to read them. An item with the label of a series is for
    that series, one without any for all.
    """
    assert snapshot.archive is not None
    there = snapshot.archive.repository
    own, every = _labels(series_snapshot.series), _labels(*series_snapshot.settings.series)
    found = []
    for item in snapshot.agenda:
        of_series = every & {label.casefold() for label in item.labels}
        is_open_enough = OPENNESS.index(item.repository.visibility) >= OPENNESS.index(there.visibility)
        is_taken = series_snapshot.settings.takes(
            item.repository.name, there.name, is_fork=item.repository.fork
        )
        if is_taken and is_open_enough and (not of_series or of_series & own):
            found.append(item)
    return tuple({item.url: item for item in found}.values())


def _labels(*series: Series) -> set[str]:
    return {label.casefold() for each in series for label in each.labels}


def texts_before(
    archive: Archive, series_snapshot: SeriesSnapshot, entry: MeetingStatus
) -> tuple[FileRef, ...]:
    """Return the files of the newest minutes before the meeting `entry`, oldest first, five at most.

    They are minutes of the series of `series_snapshot`.
    """
    return tuple(FileRef(archive.files[past.path]) for past in _before(series_snapshot, entry)[-NEWEST:])


def _before(series_snapshot: SeriesSnapshot, entry: MeetingStatus) -> list[PastMeeting]:
    return [past for past in series_snapshot.meetings if past.date < entry.day]


def refused(snapshot: Snapshot) -> frozenset[str]:
    """Return the class names of the steps that GitHub has just refused, such as "Commit".

    A pull request that it refused only because it was a draft does not count.
    """
    return frozenset(no.step for no in snapshot.refusals if not is_of_drafts(no))


def drafts_refused(snapshot: Snapshot) -> bool:
    """Return whether GitHub has just refused to open a pull request because it was a draft.

    Not every plan of GitHub's has draft pull requests.
    """
    return any(map(is_of_drafts, snapshot.refusals))


def is_of_drafts(refusal: Refusal) -> bool:
    """Return whether a refusal says that GitHub did not open a pull request because it was a draft."""
    return refusal.step == "OpenPull" and "draft" in refusal.message.lower()
