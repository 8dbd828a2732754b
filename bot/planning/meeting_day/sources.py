"""The issue or discussion that the bot opens for the notes of a meeting, where the series wants one. Pure."""

from bot.model import AddLabels, Archive, CreateLabel, OpenSource, Snapshot, Step
from bot.planning import texts
from bot.planning.closing import source_of
from bot.planning.meeting_day.drafts import write_draft
from bot.planning.meeting_day.series_snapshot import MeetingStatus, SeriesSnapshot
from bot.state import ThreadState, embed_state

TAG_COLOR = "0e8a16"


def opening(snapshot: Snapshot, series_snapshot: SeriesSnapshot, entry: MeetingStatus) -> list[Step]:
    """Return the steps that open an issue or a discussion for the notes of a meeting, or label it.

    `entry` is the meeting, of the series of `series_snapshot`. Empty where the settings of the series do not
    want one, or where it is there already with its labels. Raises MissingFacts.
    """
    archive, series = snapshot.archive, series_snapshot.series
    assert archive is not None
    if not (series.open_discussion or (series.open_issue and archive.repository.has_issues)):
        return []
    wanted = (series_snapshot.settings.labels[0], *series.labels)
    if lacking := [name for name in wanted if name not in archive.labels]:
        return [CreateLabel(name, TAG_COLOR, "Meeting notes, of which minutes are made") for name in lacking]
    labels = tuple(archive.labels[name] for name in wanted)
    source = source_of(archive, entry.key)
    if source is None:
        return _open(snapshot, series_snapshot, entry, labels)
    is_tagged = {label.casefold() for label in source.labels} >= {label.casefold() for label in wanted}
    # a discussion gets its labels in a second step; nobody but the bot takes part yet
    if source.kind == "issue" or is_tagged or source.updated_at != source.created_at:
        return []
    return [AddLabels(source.id, labels)]


def _open(
    snapshot: Snapshot, series_snapshot: SeriesSnapshot, entry: MeetingStatus, labels: tuple[str, ...]
) -> list[Step]:
    archive, series = snapshot.archive, series_snapshot.series
    assert archive is not None
    category = None
    if series.open_discussion:
        category = _category(archive, series.open_discussion)
        if category is None:  # the configuration names one that is not there: only the draft is opened
            return []
    text = texts.hushed(write_draft(snapshot, series_snapshot, entry).notes)
    thread_state = ThreadState("agenda", series=series.name, day=entry.day, meetings=(entry.key,))
    title = f"{series.name} {entry.day}"
    return [
        OpenSource(
            "discussion" if category else "issue", title, embed_state(thread_state, text), labels, category
        )
    ]


def _category(archive: Archive, name: str) -> str | None:
    """Return the id of a category of discussions by its name, whatever its case; None without one."""
    known = {each.casefold(): node for each, node in archive.categories.items()}
    return known.get(name.casefold())
