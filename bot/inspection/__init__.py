"""The findings of a whole archive: each file of minutes by itself, and beside the others. Pure.

A file is read as the normaliser reads notes, so what is found here is what a new pull request would show too;
what the normaliser would change of itself is a finding here, since nobody changes what was published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from bot import config
from bot.inspection.checks import CHECKS, GRAVE
from bot.inspection.copies import copies
from bot.inspection.pages import Page, read_pages
from bot.minutes import Finding, Severity, Template
from bot.minutes.findings import finding


@dataclass(frozen=True, slots=True)
class Located:
    """A finding in a file of the archive; its line counts from 1 in that file."""

    path: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found, by path and line, and the paths of the files that are minutes."""

    minutes: tuple[str, ...]
    found: tuple[Located, ...]


def inspect(files: Mapping[str, str], template: Template) -> Inspection:
    """Look through the Markdown files of an archive, and its configuration, given as texts by path."""
    markdown = {path: text for path, text in files.items() if path != config.PATH}
    pages = tuple(read_pages(markdown, template))
    alone = ((page, found) for page in pages for check in CHECKS for found in check(page))
    located = [Located(page.path, _weighed(page, found)) for page, found in chain(alone, copies(pages))]
    located += map(_misconfigured, config.check(files.get(config.PATH)))
    located.sort(key=lambda it: (it.path, it.finding.line or 0))
    return Inspection(tuple(page.path for page in pages), tuple(located))


def _misconfigured(mistake: config.Mistake) -> Located:
    column, message = mistake.column, mistake.message
    return Located(config.PATH, finding("configuration", mistake.line, column=column, mistake=message))


def _weighed(page: Page, found: Finding) -> Finding:
    """Make an error of what was published wrong; a line that has the right day too is none."""
    if found.rule in GRAVE and found.line not in page.right_lines:
        return replace(found, severity=Severity.ERROR)
    return found
