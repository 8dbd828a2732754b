"""Where the minutes of an archive lie, and which files show what they look like. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot import config
from bot.archive import paths
from bot.minutes import NEWEST
from bot.model import Archive, File, FileRef

TEMPLATES = 3  # how many files that may be the template are looked into


def texts_of(archive: Archive, good_config: str | None = None) -> tuple[FileRef, ...]:
    """Return the blobs of these files, those of each series too.

    `good_config` is in force where the archive's own cannot be read; without either there is none, and people
    are asked before anything is written.
    """
    settings = settings_of(archive, good_config)
    if settings is None:
        return ()
    places = {(each.path, each.template): each for each in map(settings.within, (None, *settings.series))}
    wanted = (path for each in places.values() for paths in _wanted(archive, each) for path in paths)
    return tuple(dict.fromkeys(FileRef(archive.files[path]) for path in wanted))


def shaped(archive: Archive, texts: Mapping[FileRef, str | None], settings: config.Config) -> Archive:
    """Put the template and the newest minutes, as these settings name them, into the archive."""
    templates, recent = _wanted(archive, settings)
    found = [File(path, texts.get(FileRef(archive.files[path]))) for path in (*templates, *recent)]
    template = next((file for file in found[: len(templates)] if _has_headings(file)), None)
    if template is None and len(templates) == 1:
        template = found[0]  # it does not look like one: `plan` says so
    return replace(archive, template=template, recent=tuple(found[len(templates) :]))


def shaped_for_all(
    archive: Archive, texts: Mapping[FileRef, str | None], good_config: str | None = None
) -> Archive:
    """Put in the template and the newest minutes of notes that are of no series."""
    settings = settings_of(archive, good_config)
    return shaped(archive, texts, settings) if settings else archive


def place_of(archive: Archive, settings: config.Config) -> tuple[paths.Layout, tuple[str, ...]]:
    """Return where minutes lie, and the layouts that are as common where that is not clear.

    The settings say it, or the newest minutes show it: those outside the places that series have for
    themselves. Only where each series has one and nothing else is there, minutes lie where theirs do.
    """
    if settings.path:
        return paths.Layout(settings.path), ()
    claimed = [paths.Layout(each) for each in {series.path for series in settings.series} if each]
    files: Collection[str] = archive.files
    if claimed:
        outside = [path for path in files if not any(layout.date(path) for layout in claimed)]
        if any(map(paths.recognise, outside)) or not all(series.path for series in settings.series):
            files = outside
    try:
        return paths.infer_layout(files), ()
    except paths.AmbiguousLayout as found:
        return paths.Layout(found.candidates[0]), found.candidates[1:]


def settings_of(archive: Archive, good_config: str | None = None) -> config.Config | None:
    """Read the configuration in force; None where there is only one with mistakes."""
    texts = [archive.config] if good_config is None else [archive.config, good_config]
    for text in texts:
        try:
            return config.read(text)
        except config.ConfigError:
            continue
    return None


def _wanted(archive: Archive, settings: config.Config) -> tuple[Sequence[str], Sequence[str]]:
    """Return the paths that may be the template, and those of the newest minutes, oldest first.

    Only where no file is the template do minutes show it: then it takes more than one.
    """
    layout, _ = place_of(archive, settings)
    past = paths.meetings(layout, archive.files)
    named = [settings.template] if settings.template else paths.template_candidates(archive.files, layout)
    templates = [path for path in named if path in archive.files][:TEMPLATES]
    return templates, [meeting.path for meeting in past[-1 if templates else -NEWEST :]]


def _has_headings(file: File) -> bool:
    return re.search(r"^#{1,6} |^(?:=+|-+)$", file.text or "", re.MULTILINE) is not None
