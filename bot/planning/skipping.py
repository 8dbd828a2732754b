"""`/minutes skip` and `/minutes move`: a pull request that changes the configured calendar. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendar import Extra
from bot.commands import ParsedCommand
from bot.config import PATH, CannotEdit, Config, with_extra, with_skip
from bot.minutes.text.counts import counted
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
from bot.planning.moves import moved_key, read_moved_key
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

CALENDAR = frozenset({"skip", "move"})
"""The names of the commands that change the calendar."""
AROUND = 60  # days before and after, in which the nearest meetings are looked for
MOST_NAMED = 5  # days in a title
LONGEST_TITLE = 120  # characters, of the 256 that GitHub takes


@dataclass(frozen=True, slots=True)
class Skip:
    """What a `/minutes skip` leads to: a pull request that takes the meetings of a day off the calendar.

    `pull` is that pull request if it is open; else `text` is the configuration to propose; else `mistake` is
    why neither is possible. `keys` name the meetings (see `meeting_key`), `to` is the day to which
    they are moved (None: to none), `why` the reason that people gave.
    """

    day: date | None
    keys: tuple[str, ...] = ()
    to: Extra | None = None
    pull: Pull | None = None
    text: str = ""
    """The configuration without the meeting; empty: there is nothing to write."""
    why: str = ""
    beside: Pull | None = None
    """The open pull request against the calendar to which this is added, since two of them would conflict."""
    mistake: str = ""


def read_skip(snapshot: Snapshot, settings: Config, parsed: ParsedCommand, of: str = "") -> Skip:
    """Return what is to be done for `/minutes skip` or `/minutes move`.

    It is about the series named `of`, or all that meet on the day where that is empty. Raises MissingFacts.
    """
    archive, day = snapshot.archive, parsed.day
    to = Extra(parsed.to, parsed.at) if parsed.to else None
    series = [each for each in settings.series if day and each.on(day) and of in ("", each.name)]
    keys = tuple(meeting_key(each.name, day) for each in series if day)
    if archive is None or not settings.series or archive.config is None:
        no_calendar = f"There is no calendar to change: `{PATH}` of the archive has no `series:`."
        return Skip(day, mistake=no_calendar)
    if day is None or not series:
        return Skip(day, mistake=f"The calendar has no meeting on {day}{_nearest(settings, day)}.")
    moved = {moved_key(to, each.name) for each in series} if to else set()
    known = [pull for pull in archive.pulls if pull.state == "open" and _skipped_by(pull)]
    pull = next(
        (pull for pull in known if set(keys) <= set(_skipped_by(pull)) and moved <= set(_moved_by(pull))),
        None,
    )
    if pull:
        return Skip(day, keys, to, pull)
    if to and (taken := next((each for each in series if to.day == day or each.on(to.day)), None)):
        return Skip(day, keys, to, mistake=f"{texts.plain(taken.name)} meets on {to.day} already.")
    needed = _NEEDED | ({EditPull.__name__} if known else set())
    if refused := next((no for no in snapshot.refusals if no.step in needed), None):
        return Skip(day, keys, to, mistake=f"GitHub said no: {texts.plain(refused.message)}")
    mistake = ""
    for beside in (*known[:1], None):
        text = _text_of(snapshot, beside) if beside else archive.config
        try:
            for each in series if text else ():
                text = with_skip(text or "", each.name, day, parsed.why)
                text = with_extra(text, each.name, to) if to else text
        except CannotEdit as error:
            mistake = f"I cannot edit the calendar: {error}."
        else:
            if text:
                return Skip(day, keys, to, text=text, why=texts.hushed(parsed.why), beside=beside)
    return Skip(day, keys, to, mistake=mistake)


def steps_of(snapshot: Snapshot, skip: Skip) -> tuple[Step, ...]:
    """Return the steps by which a pull request in the archive takes meetings off the calendar.

    They open a pull request, or extend the open one of other days; once it is there, they close the drafts of
    the meetings. Empty if nothing is left to do, or nothing can be done.
    """
    archive = snapshot.archive
    if archive is None or archive.repository.head is None:
        return ()
    if skip.pull:
        is_refused = any(no.step in _CLOSES for no in snapshot.refusals)
        return () if is_refused else tuple(_closing(archive, skip.keys))
    if not skip.text:
        return ()
    headline = f"No meeting on {skip.day}{f': {skip.why}' if skip.why else ''}"[:LONGEST_TITLE]
    if skip.to:
        headline = f"Move the meeting of {skip.day} to {skip.to.day}"
    trailer = commit_trailer(PATH, skip.text)

    def commit(branch: str, head: str) -> Commit:
        return Commit(branch, head, PATH, skip.text, headline, trailer)

    beside = skip.beside
    pull_state = (find_state(beside.body, PullState) if beside else None) or PullState(
        "", status=SKIP, series=skip.keys[0][11:]
    )
    moved = {moved_key(skip.to, key[11:]) for key in skip.keys} if skip.to else set()
    pull_state = replace(
        pull_state,
        meetings=tuple(sorted({*pull_state.meetings, *skip.keys})),
        moved=tuple(sorted({*pull_state.moved, *moved})),
    )
    meetings, moves = _by_day(pull_state.meetings), [*filter(None, map(read_moved_key, pull_state.moved))]
    body = embed_state(pull_state, texts.render("skip", {"meetings": meetings, "moves": moves}))
    title = headline if len(meetings) == 1 else _title(list(meetings), has_moves=bool(moves))
    if beside and beside.head:
        edited = EditPull(beside, title, replace_state(replace_block(beside.body, body), pull_state))
        is_there = snapshot.texts.get(FileRef(beside.head, PATH)) == skip.text  # only the edit failed
        return (edited,) if is_there else (commit(beside.branch, beside.head), edited)
    name, steps = on_branch(archive, f"minutes/skip/{skip.day}", commit)
    return (*steps, OpenPull(name, title, body))


def _title(days: Sequence[date], *, has_moves: bool) -> str:
    """Return the title for several days, which names five at most: GitHub's limit is 256 characters."""
    named = days if len(days) <= MOST_NAMED else days[: MOST_NAMED - 1]
    more = f" and {counted(len(days) - len(named), 'other day')}" if len(days) > len(named) else ""
    what = "Other days for the meetings of" if has_moves else "No meeting on"
    return f"{what} {', '.join(map(str, named))}{more}"


def _by_day(keys: Iterable[str]) -> Mapping[date, list[str]]:
    """Return the names of the series without a meeting, by day, in the order of the keys."""
    found: dict[date, list[str]] = {}
    for day, name in filter(None, map(read_meeting_key, keys)):
        found.setdefault(day, []).append(name)
    return found


def _text_of(snapshot: Snapshot, pull: Pull) -> str | None:
    """Return the configuration on a pull request's branch; None: there is none. Raises MissingFacts."""
    standing = FileRef(pull.head or "", PATH)
    snapshot.require(
        "what does the pull request against the calendar say?", *([standing] if pull.head else ())
    )
    return snapshot.texts.get(standing)


def _closing(archive: Archive, keys: tuple[str, ...]) -> Iterator[Step]:
    """Yield the steps that close the drafts of these meetings, unless somebody wrote into them."""
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState)
        if pull.state != "open" or not pull_state or not pull_state.day or not is_without_notes(pull):
            continue
        if meeting_key(pull_state.series, pull_state.day) in keys:
            yield from closing(archive, pull, SKIP)


_NEEDED = frozenset({CreateBranch.__name__, Commit.__name__, OpenPull.__name__})
_CLOSES = frozenset({EditPull.__name__, ClosePull.__name__})


def _skipped_by(pull: Pull) -> tuple[str, ...]:
    """Return the keys of the meetings that a pull request takes off the calendar; of others, none."""
    pull_state = find_state(pull.body, PullState) if pull.mine else None
    return pull_state.meetings if pull_state and pull_state.status == SKIP else ()


def _moved_by(pull: Pull) -> tuple[str, ...]:
    """Return the keys of the meetings that a pull request puts on another day (see `moved_key`)."""
    pull_state = find_state(pull.body, PullState)
    return pull_state.moved if pull_state else ()


def _nearest(settings: Config, day: date | None) -> str:
    """Return a phrase with the nearest meetings before and after a day; empty without any."""
    if day is None:
        return ""
    days = (day + timedelta(days=count) for count in range(-AROUND, AROUND + 1))
    found = [each for each in days if any(series.on(each) for series in settings.series)]
    around = [*[each for each in found if each < day][-1:], *[each for each in found if each > day][:1]]
    return f"; the nearest are {' and '.join(map(str, around))}" if around else ""
