"""The acceptance of minutes by the next meeting, as a state of their pull request. Pure.

Minutes count as not accepted until somebody says so: the minutes of a later meeting, once they are merged, or
`/minutes accept`.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.model import Archive, Pull
from bot.planning.case import Case, with_pull_state
from bot.state import PullState, find_state


def accept_previous(case: Case, archive: Archive, pull: Pull) -> Case:
    """Return the case with the previous minutes recorded as accepted, if the merged minutes of `pull` say so.

    They stay as they are where that is recorded already, or an objection to them is open.
    """
    pull_state = find_state(pull.body, PullState)
    if pull_state is None or not (pull_state.accepts and pull_state.previous and pull_state.day):
        return case
    path = pull_state.previous.partition(", then #")[0]
    for before, state in _merged(archive):
        if state.path == path:
            if state.accepted or state.objections:
                return case
            day = str(pull_state.day)
            changed = ", with changes" if "changes" in pull_state.accepts else ""
            return with_pull_state(case, before, accepted=day, accepted_at=f"{day}{changed}")
    return case


def to_be_accepted(
    archive: Archive, series: str, day: date, rule: timedelta | None = None
) -> tuple[PullState, ...]:
    """Return the states of the merged minutes of a series before `day` that are not accepted, oldest first.

    Of two pull requests for one meeting the newer one counts. `rule` is how long after the merge minutes
    count as accepted (see `is_tacit`).
    """
    newest = {
        state.day: (pull, state)
        for pull, state in reversed(tuple(_merged(archive)))
        if state.day and state.series == series
    }
    return tuple(
        state
        for when, (pull, state) in sorted(newest.items())
        if when < day and not state.accepted and not is_tacit(pull, state, day, rule)
    )


def is_tacit(pull: Pull, state: PullState, day: date, rule: timedelta | None) -> bool:
    """Return whether minutes count as accepted on `day` since nobody objected for as long as `rule` says.

    The time counts from the merge of their pull request. None: the settings want that it is said.
    """
    if rule is None or pull.merged_at is None or state.objections:
        return False
    return pull.merged_at.date() + rule <= day


def _merged(archive: Archive) -> Iterator[tuple[Pull, PullState]]:
    """Yield the merged pull requests of the bot that have minutes, with their states, the newest first."""
    for pull in sorted(archive.pulls, key=lambda pull: -pull.number):
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "merged" else None
        if pull_state and pull_state.path and pull_state.day:
            yield pull, pull_state
