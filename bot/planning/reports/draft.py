"""Texts about meetings without notes: drafts, reminders, the list of meetings without minutes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from bot.archive.series import PastMeeting
from bot.calendar import Occurrence
from bot.config import Config
from bot.minutes import OpenAction
from bot.model import AgendaItem, Archive, Pull, Source
from bot.planning import texts
from bot.planning.acceptance import to_be_accepted
from bot.planning.reports import facts
from bot.state import PullState, embed_state, find_state

MISSING_TITLE = "Meetings without minutes"
MOST_TO_ACCEPT = 5  # older minutes that a draft lists as not accepted
LONGEST_URL = 6_000  # characters; GitHub takes 8,192 bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a meeting's minutes, and the values in the description of its pull request."""

    meeting: Occurrence
    path: str
    text: str
    notes: str
    """The same text to begin notes with, without the link to the previous minutes, which is relative to
    `path`."""
    template_blobs: tuple[str, ...]
    """The blobs that show the form of minutes (see `Shape`)."""
    previous: PastMeeting | None
    pending: Pull | None
    """The open pull request of a meeting between `previous` and this one."""
    actions: Sequence[OpenAction]
    agenda: Sequence[AgendaItem]
    source: Source | None
    """The issue or discussion that the bot opened for the notes; None without one."""
    closes: date | None
    """The day on which the draft closes without notes; None: it does not."""
    settings: Config
    """The settings in force for the series."""
    other_layouts: Sequence[str]
    """Other layouts to which the minutes may belong, where it is not clear."""


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in the bot's list of meetings without minutes, with its status now."""

    day: date
    series: str
    state: str
    path: str = ""
    pull: Pull | None = None

    @property
    def done(self) -> bool:
        """Whether the meeting has its minutes by now, or there was no meeting."""
        return self.state in ("minutes", "no meeting")


def draft_body(archive: Archive, pull_state: PullState, draft: Draft, branch: str) -> str:
    """Return the description of a draft's pull request; its first line says where to write notes.

    `branch` is the draft's branch in the archive; `pull_state` is the state to store in the description.
    """
    meeting = draft.meeting
    filled = {
        "where": _where(archive, draft, branch),
        "not_opened": _not_opened(draft),
        "day": meeting.day,
        "series": meeting.series.name,
        "local": None if meeting.is_all_day else meeting.local,
        "zone": meeting.series.timezone.key,
        "previous": _previous(archive, draft),
        "to_be_accepted": _to_be_accepted(archive, pull_state.series, draft),
        "objections": _objections(archive, pull_state.series),
        "actions": [(each.text, each.since, (meeting.day - each.since).days) for each in draft.actions],
        "agenda": draft.agenda,
        "closes": draft.closes,
        "asked": pull_state.requested,
        "path": draft.path,
        "other_layouts": draft.other_layouts,
    }
    return embed_state(pull_state, texts.render("draft", filled))


def reminder(
    archive: Archive, day: date, pull: Pull, path: str, source: Source | None, closes: date | None
) -> str:
    """Return the comment, in Markdown, that reminds people of a draft in which nobody has written.

    `day` is the day of the meeting, `path` that of its minutes; `source` is the issue or discussion for its
    notes, None without one; `closes` is the day on which the draft closes without notes, None if it does not.
    """
    filled = {
        "day": day,
        "source_url": source.url if source else None,
        "edit_url": _edit_url(archive, pull.branch, path),
        "has_issues": archive.repository.has_issues,
        "closes": closes,
    }
    return texts.render("reminder", filled)


def missing(archive: Archive, lines: Sequence[Line]) -> str:
    """Return the text of the issue that lists the meetings without minutes; `lines` are its meetings."""
    branch = archive.repository.default_branch or ""
    shown = [
        {
            "day": line.day,
            "series": line.series,
            "state": line.state,
            "done": line.done,
            "url": facts.file_url(archive, branch, line.path) if line.path else None,
            "pull": line.pull,
        }
        for line in lines
    ]
    open_ones = sum(1 for line in lines if line.state in ("nothing", "lapsed"))
    return texts.render(
        "missing", {"lines": shown, "missing": open_ones, "waiting": not all(line.done for line in lines)}
    )


def _where(archive: Archive, draft: Draft, branch: str) -> dict[str, str | None]:
    """Return the URLs at which people can write notes; None for each that there is not.

    Links to forms create no backlinks, so they need not be `quiet`.
    """
    return {
        "source": draft.source.url if draft.source else None,
        "new": _new_issue_url(archive, draft) if archive.repository.has_issues else None,
        "edit": _edit_url(archive, branch, draft.path),
    }


def _not_opened(draft: Draft) -> str | None:
    """Return what the calendar wants opened for the notes, and was not opened; None without that."""
    series = draft.meeting.series
    if draft.source or not (series.open_issue or series.open_discussion):
        return None
    return f"a discussion in the category {series.open_discussion}" if series.open_discussion else "an issue"


def _new_issue_url(archive: Archive, draft: Draft) -> str:
    """Return the URL of a new issue, filled in; without its text where it would be too long.

    https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue#creating-an-issue-from-a-url-query
    """
    filled = {"title": f"{draft.meeting.series.name} {draft.meeting.day}", "labels": draft.settings.labels[0]}
    start = f"{archive.repository.url}/issues/new?"
    url = start + urlencode({**filled, "body": draft.notes}, quote_via=quote)
    return url if len(url) <= LONGEST_URL else start + urlencode(filled, quote_via=quote)


def _edit_url(archive: Archive, branch: str, path: str) -> str:
    return f"{archive.repository.url}/edit/{quote(branch)}/{quote(path)}"


def _previous(archive: Archive, draft: Draft) -> str | None:
    """Return a phrase on the previous minutes and their acceptance; None without any."""
    if draft.pending:
        return facts.not_merged(draft.pending)
    if draft.previous is None:
        return None
    url = facts.file_url(archive, archive.repository.default_branch or "", draft.previous.path)
    said = facts.accepted(archive, draft.previous.date, draft.meeting.day, draft.settings)
    acceptance = said or "to be accepted"
    return f"[{draft.previous.date}]({texts.quiet(url)}), {acceptance}"


def _to_be_accepted(archive: Archive, series: str, draft: Draft) -> list[tuple[date, str]]:
    """Return day and URL of older minutes that are to be accepted, oldest first; five at most, the newest.

    Those of the previous meeting are not among them: they have a row of their own.
    """
    branch, before = archive.repository.default_branch or "", draft.previous.date if draft.previous else None
    return [
        (state.day, facts.file_url(archive, branch, state.path))
        for state in to_be_accepted(archive, series, draft.meeting.day, facts.rule_of(draft.settings))
        if state.day and state.path and state.path in archive.files and state.day != before
    ][-MOST_TO_ACCEPT:]


def _objections(archive: Archive, series: str) -> list[tuple[date | None, str, str]]:
    """Return the open objections to minutes of a series: day of the meeting, login, reason."""
    found = (find_state(pull.body, PullState) for pull in archive.pulls if pull.mine)
    return [
        (pull_state.day, *each)
        for pull_state in found
        if pull_state and pull_state.series == series
        for each in pull_state.objections
    ]
