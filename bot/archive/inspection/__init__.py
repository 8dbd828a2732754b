"""The findings of a whole archive: each file of minutes by itself, and beside the others. Pure.

A file is read as the normaliser reads notes, so what is found here is what a new pull request would show too;
what the normaliser would change of itself is a finding here, since nobody changes what was published.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from bot import config
from bot.archive.dates import MARKDOWN
from bot.archive.eligible import is_hidden
from bot.archive.grouping import find_series
from bot.archive.inspection.checks import CHECKS, GRAVE
from bot.archive.inspection.copies import copies
from bot.archive.inspection.pages import Page, TemplateOf, read_pages
from bot.minutes import Finding, Severity, Template
from bot.minutes.normalising.findings import finding


@dataclass(frozen=True, slots=True)
class Located:
    """Something that was found in the file of the archive at `path`; its line counts from 1 in that file."""

    path: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in an archive, by path and line, and the paths of the files that are minutes."""

    minutes: tuple[str, ...]
    found: tuple[Located, ...]


def inspect(
    files: Mapping[str, str],
    template: Template | TemplateOf,
    now: datetime | None = None,
    unread: Mapping[str, str] | None = None,
) -> Inspection:
    """Return what is wrong in an archive's minutes and in its configuration.

    `files` are the texts of its Markdown files and of the configuration, by path; `template` is the template
    of the minutes, or a function that returns that of a series. What is odd about the configuration depends
    on the day: without `now` only its mistakes are listed. `unread` says why files cannot be read, by
    path; they may be minutes too.
    """
    markdown = {path: text for path, text in files.items() if path != config.PATH}
    unread = unread or {}
    template_of = template if callable(template) else lambda _: template
    pages = tuple(read_pages(markdown, template_of, unread.keys() - {config.PATH}))
    located = [each for page in pages for each in findings_of(page)]
    located += (Located(page.path, _weighed(page, found)) for page, found in copies(pages))
    located += (Located(path, finding("unreadable", why=why)) for path, why in unread.items())
    located += _odd_names((*markdown, *(unread.keys() - {config.PATH})))
    located += _of_configuration(files.get(config.PATH), now, {*markdown, *unread})
    located.sort(key=lambda it: (it.path, it.finding.line or 0))
    return Inspection(tuple(page.path for page in pages), tuple(located))


def findings_of(page: Page) -> list[Located]:
    """Return what is wrong in one file of minutes, without what only a comparison with others shows."""
    return [Located(page.path, _weighed(page, found)) for check in CHECKS for found in check(page)]


def _odd_names(files: tuple[str, ...]) -> Iterator[Located]:
    """Yield the files whose names are written in another way than those of their series."""
    for series in find_series(files):
        for path in series.odd:
            day = next(past.date for past in series.meetings if past.path == path)
            yield Located(path, finding("odd-file", path=path, like=series.path(day)))


def _of_configuration(text: str | None, now: datetime | None, paths: Collection[str]) -> Iterator[Located]:
    for each in config.check(text):
        found = finding("configuration", each.line, column=each.column, mistake=each.message)
        yield Located(config.PATH, found)

    def is_there(path: str) -> bool:
        where = PurePosixPath(path)  # only Markdown files outside of hidden folders are known here
        return path in paths or where.suffix.lower() not in MARKDOWN or is_hidden(where)

    for each in config.remarks(text, now, is_there) if now else ():
        found = finding("configuration-remark", each.line, column=each.column, remark=each.message)
        yield Located(config.PATH, found)


def _weighed(page: Page, found: Finding) -> Finding:
    """Make an error of what was published wrong; a line that has the right day too is none."""
    if found.rule in GRAVE and found.line not in page.right_lines:
        return replace(found, severity=Severity.ERROR)
    return found
