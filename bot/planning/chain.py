"""The chain of meetings: minutes whose link to the previous ones is no longer right. Pure."""

from collections.abc import Iterator

from bot.archive.location import locate
from bot.archive.template_files import settings_of
from bot.model import Archive, Snapshot
from bot.planning.proposal import link_state, pending_before
from bot.planning.pulls import is_without_notes
from bot.state import PullState, find_state


def outdated(snapshot: Snapshot) -> Iterator[PullState]:
    """Yield the states of the open pull requests of the bot whose minutes link other previous ones by now.

    That is so after earlier minutes came, were merged or given up.
    """
    archive = snapshot.archive
    if archive is None:
        return
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "open" else None
        if pull_state is None or pull_state.previous is None or is_without_notes(pull):
            continue
        now = _link_state(snapshot, archive, pull_state, pull.number)
        if now is not None and now != pull_state.previous:
            yield pull_state


def _link_state(snapshot: Snapshot, archive: Archive, pull_state: PullState, number: int) -> str | None:
    """Return what the minutes of a pull request should link; None where that is not known."""
    settings = settings_of(archive, snapshot.good_config)
    if settings is None or pull_state.day is None:
        return None
    configured = next((each for each in settings.series if each.name == pull_state.series), None)
    name = None if configured else pull_state.series or None
    kept = locate(archive.files, settings.within(configured), pull_state.day, name=name).series
    if kept is None:
        return None
    previous = kept.previous(pull_state.day)
    own = next(pull for pull in archive.pulls if pull.number == number)
    return link_state(previous, pending_before(archive, pull_state.day, kept.layout, previous, own))
