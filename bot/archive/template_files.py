"""Which files of an archive show what its minutes look like: the template and the newest minutes. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot import config
from bot.archive.layout import Layout
from bot.archive.location import at_path, series_in
from bot.archive.paths import template_candidates
from bot.archive.series import ArchiveSeries
from bot.minutes import NEWEST
from bot.model import Archive, File, FileRef

TEMPLATES = 3  # how many files that may be the template are looked into
LIVING = 6  # how many living series have their files read at once; of others they are read when needed


@dataclass(frozen=True, slots=True)
class Shape:
    """The form that new minutes take: the template, and the newest minutes of the series, oldest first."""

    template: File | None = None
    recent: tuple[File, ...] = ()
    """At most `NEWEST`."""
    blobs: tuple[str, ...] = ("",)
    """The blob of the template (empty: none), then those of `recent`."""

    @property
    def newest(self) -> File | None:
        """The file of the series' newest minutes, whose form new ones follow; None where there are none."""
        return self.recent[-1] if self.recent else None


def texts_of(archive: Archive, good_config: str | None = None) -> tuple[FileRef, ...]:
    """Return the archive's files that show the form of minutes, of all series likely to meet next.

    `good_config` is an older configuration, in force where the archive's own cannot be read; without either
    the result is empty, and people are asked before anything is written.
    """
    settings = settings_of(archive, good_config)
    if settings is None:
        return ()
    found = (ref for each, series in _likely(archive, settings) for ref in texts_for(archive, each, series))
    return tuple(dict.fromkeys(found))


def texts_for(archive: Archive, settings: config.Config, series: ArchiveSeries) -> tuple[FileRef, ...]:
    """Return the archive's files that show the form of the minutes of a series.

    They are what may be its template, and its newest minutes; `settings` are in force for it.
    """
    templates, recent = _paths(archive.files, settings, series)
    return tuple(FileRef(archive.files[path]) for path in (*templates, *recent))


def read_shape(
    archive: Archive,
    texts: Mapping[FileRef, str | None],
    settings: config.Config,
    series: ArchiveSeries,
) -> Shape:
    """Return the form of the minutes of a series: its template, and its newest minutes.

    `texts` are the texts of the files that `texts_for` returns; `settings` are in force for the series.
    """
    templates, recent = _paths(archive.files, settings, series)
    found = [File(path, texts.get(FileRef(archive.files[path]))) for path in (*templates, *recent)]
    template = next((file for file in found[: len(templates)] if _has_headings(file)), None)
    if template is None and len(templates) == 1:
        template = found[0]  # it does not look like one: `plan` says so
    newest = tuple(found[len(templates) :])
    blobs = (archive.files[template.path] if template else "", *(archive.files[it.path] for it in newest))
    return Shape(template, newest, blobs)


def _likely(archive: Archive, settings: config.Config) -> Iterator[tuple[config.Config, ArchiveSeries]]:
    """Yield the series whose minutes are likely to come, each with its settings."""
    by_place = {(each.path, each.template): each for each in map(settings.within, (None, *settings.series))}
    found = [each for each in series_in(archive.files, settings) if each.accompanies is None]
    newest = max((past.date for each in found for past in each.meetings[-1:]), default=None)
    living = [each for each in found if newest and each.is_living(newest)][:LIVING]
    for each in by_place.values():
        if each.path:
            yield each, at_path(archive.files, each.path)
        else:
            yield from ((each, series) for series in living or [ArchiveSeries("", Layout())])


def settings_of(archive: Archive, good_config: str | None = None) -> config.Config | None:
    """Return the settings in force for an archive; None where each configuration has mistakes.

    `good_config` is an older configuration, in force where the archive's own has mistakes; None: there is
    none.
    """
    texts = [archive.config] if good_config is None else [archive.config, good_config]
    for text in texts:
        try:
            return config.read(text)
        except config.ConfigError:
            continue
    return None


def _paths(
    files: Collection[str], settings: config.Config, series: ArchiveSeries
) -> tuple[list[str], list[str]]:
    """Return the paths that may be the template, and those of the newest minutes, oldest first."""
    named = [settings.template] if settings.template else template_candidates(files, series.layout)
    templates = [path for path in named if path in files][:TEMPLATES]
    return templates, [past.path for past in series.meetings[-NEWEST:]]


def _has_headings(file: File) -> bool:
    return re.search(r"^#{1,6} |^(?:=+|-+)$", file.text or "", re.MULTILINE) is not None
