"""The chain of meetings: minutes whose link to the previous ones is no longer right. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter

from bot.archive.dates import MARKDOWN
from bot.archive.location import locate, series_in
from bot.archive.paths import linked_path, relative_link
from bot.archive.series import ArchiveSeries, PastMeeting
from bot.archive.template_files import settings_of
from bot.config import Config
from bot.minutes.reading.links import is_generic
from bot.model import Archive, Pull, Snapshot
from bot.planning.proposal import link_state, pending_before
from bot.planning.pulls import is_without_notes
from bot.state import PullState, find_state, read_repair_key

LINKS = "links"
"""The status of a pull request that mends links in published minutes."""
RECENT = 12
"""How many of the newest minutes of each series are looked at for links that lead to no file any more."""
MOST_RECENT = 60
"""How many of them in all."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Published minutes whose link to the last meeting may have to be changed.

    `link` is what it should be; it is changed only where `is_outdated` says so of its target, since people
    may have set another one on purpose.
    """

    path: str
    link: str
    is_outdated: Callable[[str], bool]


def outdated(snapshot: Snapshot) -> Iterator[PullState]:
    """Yield the states of the open pull requests of the bot whose minutes link other previous ones by now.

    That is so after earlier minutes came, were merged or given up.
    """
    archive = snapshot.archive
    settings = settings_of(archive, snapshot.good_config) if archive else None
    if archive is None or settings is None:
        return
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "open" else None
        if pull_state is None or pull_state.previous is None or is_without_notes(pull):
            continue
        now = _link_state(archive, settings, pull_state, pull)
        if now is not None and now != pull_state.previous:
            yield pull_state


def _link_state(archive: Archive, settings: Config, pull_state: PullState, own: Pull) -> str | None:
    """Return what the minutes of a pull request should link; None where that is not known."""
    series, day = _series_of(archive, settings, pull_state), pull_state.day
    if series is None or day is None:
        return None
    previous = series.previous(day)
    return link_state(previous, pending_before(archive, day, series.layout, previous, own))


def _series_of(archive: Archive, settings: Config, pull_state: PullState) -> ArchiveSeries | None:
    """Return the series of the minutes of a pull request; None where that is not known."""
    if pull_state.day is None:
        return None
    configured = next((each for each in settings.series if each.name == pull_state.series), None)
    name = None if configured else pull_state.series or None
    return locate(archive.files, settings.within(configured), pull_state.day, name=name).series


# -- published minutes -------------------------------------------------------------------------------------


def published_by_bot(snapshot: Snapshot) -> tuple[Doubtful, ...]:
    """Return the merged minutes of the bot for which the previous minutes are others by now.

    That is so after earlier minutes were added late, renamed, moved or deleted, or where these were moved.
    What the bot linked is known from the states of its pull requests; no text has to be read for it.
    """
    archive = snapshot.archive
    settings = settings_of(archive, snapshot.good_config) if archive else None
    if archive is None or settings is None:
        return ()
    found: dict[str, Doubtful | None] = {}
    mended = _mended(archive)
    for pull in sorted(archive.pulls, key=lambda pull: pull.number):  # the newest one of a file decides
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "merged" else None
        if pull_state and pull_state.previous is not None and pull_state.day and pull_state.path:
            series = _series_of(archive, settings, pull_state)
            path = _path_now(archive, series, pull_state) if series else None
            if series and path:
                found[path] = _doubtful(archive, series, path, pull_state, mended)
    return tuple(each for each in found.values() if each)


def _path_now(archive: Archive, series: ArchiveSeries, pull_state: PullState) -> str | None:
    """Return where merged minutes are now; None where that is not known."""
    if pull_state.path in archive.files:
        return pull_state.path
    of_day = [past.path for past in series.meetings if past.date == pull_state.day]
    return of_day[0] if len(of_day) == 1 else None


def _mended(archive: Archive) -> Mapping[str, frozenset[str]]:
    """Return by path the links that merged pull requests of the bot wrote into published minutes."""
    found: dict[str, frozenset[str]] = {}
    for pull in archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "merged" else None
        for key in pull_state.repairs if pull_state and pull_state.status == LINKS else ():
            path, link = read_repair_key(key)
            found[path] = found.get(path, frozenset()) | {link}
    return found


def _doubtful(
    archive: Archive,
    series: ArchiveSeries,
    path: str,
    pull_state: PullState,
    mended: Mapping[str, frozenset[str]],
) -> Doubtful | None:
    """Return merged minutes, now at `path`, as doubtful; None where they link the right ones already."""
    assert pull_state.day is not None
    assert pull_state.path is not None
    assert pull_state.previous is not None
    previous = series.previous(pull_state.day)
    before = pull_state.previous.partition(", then #")[0]
    later = mended.get(path, frozenset()) | mended.get(pull_state.path, frozenset())
    if previous is None or (not later and (before, pull_state.path) == (previous.path, path)):
        return None
    linked = later | {relative_link(at, before) for at in (path, pull_state.path) if before}

    def is_outdated(target: str) -> bool:
        return target in linked or _is_dead(archive, path, target) or (not before and is_generic(target))

    return Doubtful(path, relative_link(path, previous.path), is_outdated)


def with_dead_links(archive: Archive, settings: Config) -> tuple[Doubtful, ...]:
    """Return the newest minutes of each living series; doubtful is a link to a file that is not there.

    Minutes that link the previous ones rightly are among them: that only their texts show.
    """
    kept = [each for each in series_in(archive.files, settings) if each.accompanies is None and each.meetings]
    newest = max((each.meetings[-1].date for each in kept), default=date.min)
    living = (each for each in kept if each.is_living(newest))
    found = [(past, series) for series in living for past in series.meetings[-RECENT:]]
    found.sort(key=itemgetter(0))
    doubtful = (_with_dead_link(archive, series, past) for past, series in found[-MOST_RECENT:])
    return tuple(each for each in doubtful if each)


def at_paths(archive: Archive, settings: Config, paths: Collection[str]) -> tuple[Doubtful, ...]:
    """Return the minutes at these paths, as `with_dead_links` does, however old they are."""
    pasts = ((past, series) for series in series_in(archive.files, settings) for past in series.meetings)
    found = (_with_dead_link(archive, series, past) for past, series in pasts if past.path in paths)
    return tuple(each for each in found if each)


def _with_dead_link(archive: Archive, series: ArchiveSeries, past: PastMeeting) -> Doubtful | None:
    previous = series.previous(past.date)
    if previous is None or not past.path.lower().endswith(MARKDOWN):
        return None
    link = relative_link(past.path, previous.path)
    return Doubtful(past.path, link, partial(_is_dead, archive, past.path))


def _is_dead(archive: Archive, path: str, target: str) -> bool:
    """Return whether a link in the file at `path` is a relative one to a Markdown file that is not there."""
    linked = linked_path(path, target)
    return linked is not None and linked not in archive.files
