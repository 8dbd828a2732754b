"""Where the minutes of a meeting belong: the place that the configuration gives, or what the archive shows.

Pure.
"""

from collections.abc import Collection
from dataclasses import replace
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
        return Choice(at_path(files, settings.path, name or ""))
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
    """Return the series to which minutes may belong: of the archive's paths `files`, and of its `settings`.

    Where each configured series has a path, these come first. Where one has none, its minutes may lie
    wherever those of the others do not: then only the series outside these places are returned.
    """
    placed = [(each.name, each.path) for each in settings.series if each.path]
    found = find_series(tuple(files))
    if not placed:
        return found
    layouts = [Layout(path) for _, path in placed]
    outside = [each for each in found if not any(_lies_at(each, layout) for layout in layouts)]
    if len(placed) < len(settings.series):
        return tuple(outside)
    known = {name.casefold() for name, _ in placed}
    others = (
        replace(each, name=f"{each.name} 2") if each.name.casefold() in known else each for each in outside
    )
    return (*(at_path(files, path, name) for name, path in placed), *others)


def at_path(files: Collection[str], path: str, name: str = "") -> ArchiveSeries:
    """Return the series `name` whose minutes have the configured layout `path`.

    Misspelt files beside these minutes belong to it, agendas and transcripts do not.
    """
    layout = Layout(path)
    alike = (
        each for each in find_series(tuple(files)) if each.accompanies is None and _lies_at(each, layout)
    )
    series = max(alike, key=lambda each: len(each.meetings), default=None)
    if series is None:
        return ArchiveSeries.at(layout, files, name)
    return replace(series, name=name, layout=layout, other_layout=None)


def _lies_at(series: ArchiveSeries, layout: Layout) -> bool:
    """Return whether most minutes of a series have the paths of a layout."""
    count = sum(layout.date(past.path) is not None for past in series.meetings)
    return 2 * count >= len(series.meetings)


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
