"""Which files of an archive show what its minutes look like: its template, and the newest minutes. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot import archive as paths
from bot import config
from bot.minutes import NEWEST
from bot.model import Archive, File, Text

TEMPLATES = 3  # how many files that may be the template are looked into


def texts_of(archive: Archive, good_config: str | None = None) -> tuple[Text, ...]:
    """Tell the blobs of these files; `good_config` is in force where the archive's own cannot be read."""
    templates, recent = _wanted(archive, good_config)
    return tuple(dict.fromkeys(Text(archive.files[path]) for path in (*templates, *recent)))


def shaped(archive: Archive, texts: Mapping[Text, str | None], good_config: str | None = None) -> Archive:
    """Put the template and the newest minutes into the archive."""
    templates, recent = _wanted(archive, good_config)
    found = [File(path, texts.get(Text(archive.files[path]))) for path in (*templates, *recent)]
    template = next((file for file in found[: len(templates)] if _has_headings(file)), None)
    if template is None and len(templates) == 1:
        template = found[0]  # it does not look like one: `plan` says so
    return replace(archive, template=template, recent=tuple(found[len(templates) :]))


def _wanted(archive: Archive, good_config: str | None) -> tuple[Sequence[str], Sequence[str]]:
    """Tell the paths that may be the template, and those of the newest minutes, oldest first.

    Only where no file is the template do minutes show it: then it takes more than one.
    """
    try:
        settings = _settings(archive, good_config)
        layout = paths.Layout(settings.path) if settings.path else paths.infer_layout(archive.files)
    except (config.ConfigError, paths.AmbiguousLayout):
        return (), ()  # people are asked before anything is written
    held = paths.meetings(layout, archive.files)
    named = [settings.template] if settings.template else paths.template_candidates(archive.files, layout)
    templates = [path for path in named if path in archive.files][:TEMPLATES]
    return templates, [meeting.path for meeting in held[-1 if templates else -NEWEST :]]


def _settings(archive: Archive, good_config: str | None) -> config.Config:
    try:
        return config.read(archive.config)
    except config.ConfigError:
        if good_config is None:
            raise
        return config.read(good_config)


def _has_headings(file: File) -> bool:
    return re.search(r"^#{1,6} |^(?:=+|-+)$", file.text or "", re.MULTILINE) is not None
