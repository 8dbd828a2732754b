"""What each file of an archive is looked at for. Each check gives findings, on lines of the file."""

import re
from calendar import day_name
from collections.abc import Callable, Iterator

from bot.archive.inspection.pages import Page
from bot.minutes import Finding
from bot.minutes.normalising.checks import CHECKS as OF_NOTES
from bot.minutes.normalising.checks import fit, previous
from bot.minutes.normalising.findings import finding
from bot.minutes.normalising.normalise import STEPS

GRAVE = frozenset({"date-conflict", "date-impossible", "conflict-marker"})
"""Findings that are errors in an archive: in notes they may still be put right, here they were published."""

CHANGES = {
    "duplicate-front-matter": "front-matter-twice",
    "duplicate-paste": "pasted-twice",
    "previous-link": "previous-link-generic",
    "title-date": "title-unfilled",
}
"""What the normaliser would do to a file, by rule, and the finding that says so."""

# What a file's name ends in when a browser, an office or an editor made a second one, or a finger slipped.
SLIP = re.compile(r"[ _-]*\(\d+\)|[ _-]*[Cc]opy(?:[ _-]?\(?\d+\)?)?|[ ._~-]+|\.(?:orig|bak|old)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def as_notes(page: Page) -> Iterator[Finding]:
    """Yield what the bot would find in a file of minutes if it were notes.

    Left out is that today's template does not fit old minutes, and what `wrong_link` knows better.
    """
    left_out = {fit} if page.wrong_file is None else {fit, previous}
    for check in OF_NOTES:
        if check not in left_out:
            yield from check(page.task)


def changes(page: Page) -> Iterator[Finding]:
    """Yield what the bot would write in another way in a file of minutes if it were notes."""
    before = page.task.meeting.previous
    facts = {"date": page.day, "previous": before and before.date, "link": before and before.link}
    for edit in (edit for step in STEPS for edit in step(page.task)):
        if edit.rule in CHANGES:
            yield finding(CHANGES[edit.rule], edit.start + 1, **facts)


def wrong_link(page: Page) -> Iterator[Finding]:
    """Yield a finding if the link to the last meeting leads to a wrong file of the archive, or to none."""
    link, before = page.task.link, page.task.meeting.previous
    if page.wrong_file is not None and link and before:
        rule = "previous-link-dead" if page.is_link_dead else "previous-link-other"
        yield finding(rule, link.line + 1, target=link.target, date=before.date, link=before.link)


def name(page: Page) -> Iterator[Finding]:
    """Yield what is wrong about the name of a file of minutes, or about its folder.

    That is a day that no calendar has, what a copy's name ends in, the folder of another year.
    """
    for candidate in page.candidates:
        if candidate.where == "path" and not candidate.readings:
            day = page.day or "an unknown day"
            yield finding("date-impossible", where="file's name", text=candidate.text, date=day)
    if SLIP.fullmatch(page.ending):
        yield finding("file-name", text=page.ending)
    folder = page.path.rpartition("/")[0]
    years = _YEAR.findall(folder)
    if years and page.day and str(page.day.year) not in years:
        yield finding("folder-year", folder=folder, date=page.day)


def weekday(page: Page) -> Iterator[Finding]:
    """Yield a finding if a meeting was on another weekday than those around it.

    It names a day in the text of the minutes that would fit, if there is one.
    """
    if page.is_off_day and page.day and page.usual is not None:
        fits = (
            candidate.date
            for candidate in page.candidates
            if candidate.date and candidate.date.weekday() == page.usual
        )
        better = next((f": the text says {day}, which was one" for day in fits), "")
        was, usual = day_name[page.day.weekday()], day_name[page.usual]
        yield finding("odd-weekday", date=page.day, weekday=was, usual=usual, better=better)


CHECKS: tuple[Callable[[Page], Iterator[Finding]], ...] = (name, weekday, as_notes, changes, wrong_link)
"""Every check of a file, in the order in which findings are shown."""
