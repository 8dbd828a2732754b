"""Where the minutes of a meeting belong: the place that the configuration gives, or what the archive shows.

Pure.
"""

from collections.abc import Collection
from datetime import date

from bot.archive.choice import Choice, certain, choose
from bot.archive.dates import TEXTS
from bot.archive.grouping import find_series
from bot.archive.layout import Layout
from bot.archive.series import ArchiveSeries
from bot.archive.words import MEETING
from bot.config import Config

_LISTED = 3  # files without a day that are named in a question


def locate(
    files: Collection[str], settings: Config, day: date, *texts: str, name: str | None = None
) -> Choice:
    """Return which series of an archive the minutes of a meeting on `day` belong to, with its layout.

    `files` are the paths of the archive. `settings` are those of the series, where it is known (see
    `Config.within`). `texts` may name a team (see `choose`). `name` is that of a series which a person named:
    then its place is taken without a question.
    """
    if settings.path:
        return Choice(ArchiveSeries.at(Layout(settings.path), files, name or ""))
    found = series_in(files, settings)
    if name is not None and (one := by_name(found, name)):
        return Choice(one.in_markdown())
    if not found:
        places = _places_without_day(files)
        return Choice(None, places, "unrecognised") if places else Choice(ArchiveSeries("", Layout()))
    if len(found) == 1:
        return certain(found[0])
    return choose(found, day, *texts)


def series_in(files: Collection[str], settings: Config) -> tuple[ArchiveSeries, ...]:
    """Return the series that the paths of an archive show, without those whose path is configured.

    `files` are those paths, `settings` the settings of the archive. If each configured series has a path and
    there is no other series, the paths of these are not left out.
    """
    claimed = [Layout(path) for path in {series.path for series in settings.series} if path]
    if not claimed:
        return find_series(tuple(files))
    outside = tuple(path for path in files if not any(layout.date(path) for layout in claimed))
    found = find_series(outside)
    return found or (find_series(tuple(files)) if all(series.path for series in settings.series) else ())


def by_name(found: Collection[ArchiveSeries], name: str) -> ArchiveSeries | None:
    """Return the series of that name among these, whatever the case; None where there is none."""
    return next((each for each in found if each.name.casefold() == name.strip().casefold()), None)


def undated(files: Collection[str]) -> tuple[str, ...]:
    """Return three of these files at most that look like minutes but have no day in their names.

    Their names have a number; it is not checked whether that is a day.
    """
    found = (path for path in files if path.lower().endswith(TEXTS) and MEETING.search(path))
    numbered = (path for path in found if any(char.isdigit() for char in path.rpartition("/")[2]))
    return tuple(sorted(numbered))[:_LISTED]


def _places_without_day(files: Collection[str]) -> tuple[ArchiveSeries, ...]:
    """Return where minutes may belong in an archive in whose paths no day was found; none: it is empty."""
    folders = dict.fromkeys(path.rpartition("/")[0] for path in undated(files))
    patterns = [f"{folder}/YYYY-MM-DD.md" if folder else "YYYY-MM-DD.md" for folder in folders]
    return tuple(ArchiveSeries("", Layout(pattern)) for pattern in (*patterns, Layout().pattern) if folders)
