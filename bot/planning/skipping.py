"""`/minutes skip`: no meeting that day, as a pull request against the calendar. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.config import PATH, CannotEdit, Config, with_skip
from bot.model import (
    Archive,
    ClosePull,
    Commit,
    CreateBranch,
    EditPull,
    FileRef,
    OpenPull,
    Pull,
    Snapshot,
    Step,
)
from bot.planning import texts
from bot.planning.branches import on_branch
from bot.planning.closing import SKIP, closing
from bot.planning.pulls import is_without_notes
from bot.state import (
    PullState,
    embed_state,
    find_state,
    meeting_key,
    read_meeting_key,
    replace_block,
    replace_state,
)
from bot.trailers import commit_trailer

AROUND = 60  # days in which the nearest meetings are looked for, to be named
MOST_NAMED = 5  # days in a title
LONGEST_TITLE = 120  # characters, of the 256 that GitHub takes


@dataclass(frozen=True, slots=True)
class Skip:
    """A day without a meeting: of which series, and the pull request that says so, or why there is none."""

    day: date | None
    keys: tuple[str, ...] = ()
    pull: Pull | None = None
    text: str = ""
    """The calendar without the meeting."""
    why: str = ""
    beside: Pull | None = None
    """The open pull request against the calendar which is to say this as well: two of them would conflict."""
    mistake: str = ""


def read_skip(snapshot: Snapshot, settings: Config, day: date | None, why: str, of: str = "") -> Skip:
    """Return what is to be done for a day to be skipped, by the series `of` or by all.

    Raises MissingFacts.
    """
    archive = snapshot.archive
    series = [each for each in settings.series if day and each.on(day) and of in ("", each.name)]
    keys = tuple(meeting_key(each.name, day) for each in series if day)
    if archive is None or not settings.series or archive.config is None:
        no_calendar = f"There is no calendar to change: `{PATH}` of the archive has no `series:`."
        return Skip(day, mistake=no_calendar)
    if day is None or not series:
        return Skip(day, mistake=f"The calendar has no meeting on {day}{_nearest(settings, day)}.")
    known = [pull for pull in archive.pulls if pull.state == "open" and _skipped_by(pull)]
    pull = next((pull for pull in known if set(keys) <= set(_skipped_by(pull))), None)
    if pull:
        return Skip(day, keys, pull)
    needed = _NEEDED | ({EditPull.__name__} if known else set())
    if refused := next((no for no in snapshot.refusals if no.step in needed), None):
        return Skip(day, keys, mistake=f"GitHub said no: {texts.plain(refused.message)}")
    mistake = ""
    for beside in (*known[:1], None):
        text = _text_of(snapshot, beside) if beside else archive.config
        try:
            for each in series if text else ():
                text = with_skip(text or "", each.name, day, why)
        except CannotEdit as error:
            mistake = f"I cannot edit the calendar: {error}."
        else:
            if text:
                return Skip(day, keys, text=text, why=texts.hushed(why), beside=beside)
    return Skip(day, keys, mistake=mistake)


def steps_of(snapshot: Snapshot, skip: Skip) -> tuple[Step, ...]:
    """Say it in a pull request against the calendar; once that is there, close drafts without notes."""
    archive = snapshot.archive
    if archive is None or archive.repository.head is None:
        return ()
    if skip.pull:
        is_refused = any(no.step in _CLOSES for no in snapshot.refusals)
        return () if is_refused else tuple(_closing(archive, skip.keys))
    if not skip.text:
        return ()
    headline = f"No meeting on {skip.day}{f': {skip.why}' if skip.why else ''}"[:LONGEST_TITLE]
    trailer = commit_trailer(PATH, skip.text)

    def commit(branch: str, head: str) -> Commit:
        return Commit(branch, head, PATH, skip.text, headline, trailer)

    beside = skip.beside
    pull_state = (find_state(beside.body, PullState) if beside else None) or PullState(
        "", status=SKIP, series=skip.keys[0][11:]
    )
    pull_state = replace(pull_state, meetings=tuple(sorted({*pull_state.meetings, *skip.keys})))
    meetings = _by_day(pull_state.meetings)
    body = embed_state(pull_state, texts.render("skip", {"meetings": meetings}))
    title = headline if len(meetings) == 1 else _title(list(meetings))
    if beside and beside.head:
        edited = EditPull(beside, title, replace_state(replace_block(beside.body, body), pull_state))
        is_there = snapshot.texts.get(FileRef(beside.head, PATH)) == skip.text  # the edit was cut short
        return (edited,) if is_there else (commit(beside.branch, beside.head), edited)
    name, steps = on_branch(archive, f"minutes/skip/{skip.day}", commit)
    return (*steps, OpenPull(name, title, body))


def _title(days: Sequence[date]) -> str:
    """Name the days, or the first of many: titles have 256 characters."""
    named = days if len(days) <= MOST_NAMED else days[: MOST_NAMED - 1]
    more = f" and {len(days) - len(named)} other days" if len(days) > len(named) else ""
    return f"No meeting on {', '.join(map(str, named))}{more}"


def _by_day(keys: Iterable[str]) -> Mapping[date, list[str]]:
    """Return the names of the series of each day that is skipped, in order of the days."""
    found: dict[date, list[str]] = {}
    for day, name in filter(None, map(read_meeting_key, keys)):
        found.setdefault(day, []).append(name)
    return found


def _text_of(snapshot: Snapshot, pull: Pull) -> str | None:
    """Read the calendar as a pull request would have it. Raises MissingFacts."""
    standing = FileRef(pull.head or "", PATH)
    snapshot.require(
        "what does the pull request against the calendar say?", *([standing] if pull.head else ())
    )
    return snapshot.texts.get(standing)


def _closing(archive: Archive, keys: tuple[str, ...]) -> Iterator[Step]:
    """Close the drafts of these meetings, unless somebody wrote into them."""
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState)
        if pull.state != "open" or not pull_state or not pull_state.day or not is_without_notes(pull):
            continue
        if meeting_key(pull_state.series, pull_state.day) in keys:
            yield from closing(archive, pull, SKIP)


_NEEDED = frozenset({CreateBranch.__name__, Commit.__name__, OpenPull.__name__})
_CLOSES = frozenset({EditPull.__name__, ClosePull.__name__})


def _skipped_by(pull: Pull) -> tuple[str, ...]:
    """List the meetings that a pull request against the calendar takes off it."""
    pull_state = find_state(pull.body, PullState) if pull.mine else None
    return pull_state.meetings if pull_state and pull_state.status == SKIP else ()


def _nearest(settings: Config, day: date | None) -> str:
    """Name the meetings around a day."""
    if day is None:
        return ""
    days = (day + timedelta(days=count) for count in range(-AROUND, AROUND + 1))
    found = [each for each in days if any(series.on(each) for series in settings.series)]
    around = [*[each for each in found if each < day][-1:], *[each for each in found if each > day][:1]]
    return f"; the nearest are {' and '.join(map(str, around))}" if around else ""
