"""Which day the meeting was: every place that says so, ranked; never a guess, never a silent choice."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.minutes.reading.date_candidates import YEAR, DateClaim, claims_of, said_by_path, said_in
from bot.minutes.reading.dates import falls_on
from bot.minutes.reading.document import Document

__all__ = ["DateClaim", "DateEvidence", "claims_of", "find_date", "weigh"]


@dataclass(frozen=True, slots=True)
class DateEvidence:
    """What is known of the day: the best claim's date, all claims, best first, and whether they disagree."""

    date: date | None
    claims: tuple[DateClaim, ...] = ()
    conflict: bool = False


def find_date(notes: str, title: str = "", path: str = "") -> DateEvidence:
    """Find the day of the meeting in the title of the source, the path of the file and the notes.

    The title of a source is written for this meeting; a heading is often last week's, copied. So they rank:
    title, path, heading, front matter, a line above the first section. No claim, or none possible: date None.
    """
    return weigh(Document.read(notes), title, path)


def weigh(document: Document, title: str = "", path: str = "", day: date | None = None) -> DateEvidence:
    """Do what `find_date` does, with notes that were read already. `day` is known from elsewhere."""
    year = _year_of(title, path, day)
    claims = (*said_in("title", title, year), *said_by_path(path), *claims_of(document, year))
    claims = tuple(_settled(claims, day))
    days = {claim.date for claim in claims}
    return DateEvidence(next((c.date for c in claims if c.date), None), claims, len(days) > 1)


def _year_of(title: str, path: str, day: date | None) -> int | None:
    """Return the year that completes a day without one: known, or last in path or title."""
    years = [*YEAR.findall(title), *YEAR.findall(path)]
    return day.year if day else int(years[-1]) if years else None


def _settled(claims: tuple[DateClaim, ...], day: date | None) -> Iterator[DateClaim]:
    """Read the days of which day and month may change places as the others do, or as their weekday says."""
    sure = [day] if day else [claim.date for claim in claims if claim.date]
    for claim in claims:
        if claim.date is None and claim.readings:
            agreed = [reading for reading in claim.readings if reading in sure]
            fit = agreed or [r for r in claim.readings if claim.weekday and falls_on(claim.weekday, r)]
            yield replace(claim, date=fit[0] if len(fit) == 1 else None)
        else:
            yield claim
