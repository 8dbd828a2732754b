"""Find the date of a meeting: rank all candidates, report whether they disagree, and never guess."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.minutes.reading.date_candidates import (
    YEAR,
    DateCandidate,
    candidates_in_path,
    candidates_in_text,
    candidates_of,
)
from bot.minutes.reading.dates import falls_on
from bot.minutes.reading.document import Document

__all__ = ["DateCandidate", "DateEvidence", "candidates_of", "find_date", "rank"]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """The evidence for the date of a meeting: its most credible date, and all candidates, the best first.

    `date` is None where no candidate has one. `conflict`: whether the candidates disagree; one that is
    impossible or ambiguous disagrees with every date.
    """

    date: date | None
    candidates: tuple[DateCandidate, ...] = ()
    conflict: bool = False


def find_date(notes: str, title: str = "", path: str = "") -> DateEvidence:
    """Return the evidence for the date of the meeting in `notes`, their `title`, and their file's `path`.

    Title and path are empty where there is none. Candidates rank by place: title, path, heading, front
    matter, a line above the first section. The title is written for this meeting; a heading is often last
    week's, copied.
    """
    return rank(Document.read(notes), title, path)


def rank(document: Document, title: str = "", path: str = "", day: date | None = None) -> DateEvidence:
    """Return the evidence for the date of the meeting in parsed notes, their `title` and their `path`.

    Title and path are empty where there is none. `day` is the date if it is known already: it completes dates
    without a year, and decides between the readings of ambiguous ones.
    """
    year = _year_of(title, path, day)
    candidates = (
        *candidates_in_text("title", title, year),
        *candidates_in_path(path),
        *candidates_of(document, year),
    )
    candidates = tuple(_settled(candidates, day))
    days = {candidate.date for candidate in candidates}
    best = next((c.date for c in candidates if c.date), None)
    return DateEvidence(_of_several_in_path(candidates) or best, candidates, len(days) > 1)


def _of_several_in_path(candidates: tuple[DateCandidate, ...]) -> date | None:
    """Return the date that path and notes agree on, where the path has several and no title says one."""
    in_path = {each.date for each in candidates if each.where == "path"}
    if len(in_path) < 2 or any(each.where == "title" for each in candidates):
        return None
    return next((each.date for each in candidates if each.where != "path" and each.date in in_path), None)


def _year_of(title: str, path: str, day: date | None) -> int | None:
    """Return the year for dates without one: of `day`, else the last in path or title; None without any."""
    years = [*YEAR.findall(title), *YEAR.findall(path)]
    return day.year if day else int(years[-1]) if years else None


def _settled(candidates: tuple[DateCandidate, ...], day: date | None) -> Iterator[DateCandidate]:
    """Yield the candidates, ambiguous dates resolved by `day`, else the other dates, else their weekday."""
    sure = [day] if day else [candidate.date for candidate in candidates if candidate.date]
    for candidate in candidates:
        if candidate.date is None and candidate.readings:
            agreed = [reading for reading in candidate.readings if reading in sure]
            fit = agreed or [
                r for r in candidate.readings if candidate.weekday and falls_on(candidate.weekday, r)
            ]
            yield replace(candidate, date=fit[0] if len(fit) == 1 else None)
        else:
            yield candidate
