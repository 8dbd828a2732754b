"""Find candidates, dates that may be that of the meeting, in titles, paths and notes."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

from bot.minutes.reading.dates import (
    DayMention,
    days_in,
    falls_on,
    is_day,
    names_meeting,
    weekday_beside,
    without_days,
)
from bot.minutes.reading.document import Document
from bot.minutes.reading.labels import is_field_heading
from bot.minutes.reading.time_words import MEETING, OTHER, OTHER_AT_ALL
from bot.minutes.text.caseless import Caseless
from bot.minutes.text.markdown import Block, plain, through_blanks
from bot.minutes.text.tables import rows_of

Where = Literal["title", "path", "heading", "front matter", "line"]

_PATH = re.compile(
    r"(?P<year>(?:19|20)\d\d)/(?:[^/]*/)*(?:[^/]*?\D)??(?P<month>\d\d)-(?P<day>\d\d)(?!\d)[^/]*$"
    r"|(?P<year_folder>(?:19|20)\d\d)[/_-]?(?P<month_folder>[01]\d)/(?P<day_folder>[0-3]\d)"
    r"(?:[-_ ](?:[a-z]{2,12}[-_ ])?(?:tele)?(?:con|conference|calls?|meetings?|minutes|notes|sync|session|f2f"
    r"|agenda|plenary|plenum|standup|assembly|board|workshop|summit|sitzung|treffen|vorstand|protokoll|réunion|reunion|reunión"
    r"|reunião|comité|conseil|ata|acta|pv|consejo|conselho|consiglio|riunione|verbale|bestuur|overleg"
    r"|vergadering|verslag|notulen|styrelse|styret|bestyrelse|referat|möte|møde|møte|zarząd|zebranie))?"
    r"(?:/[^/]*|\.\w+)$"
)
_LONGEST_TITLE = 120  # characters
_DAY_FIRST = re.compile(
    r"(?i)\A[\W_]{0,8}(?:fecha|datum|data|dato|dia|día)\b|\b(?:atas?|actas?|reunião"
    r"|reunión|réunion|compte[- ]rendu|procès[- ]verbal|protokoll|verbale|riunione|notulen|verslag"
    r"|vergadering|referat|protokół|spotkanie|zebranie)\b|(?:sitzung|möte|møte)\b"
)
"""Words of languages in which the day comes before the month."""
_RIGHT_BELOW = 3  # lines below the title
_WEEKDAY_ENDS = 24  # characters: there a weekday before a date has ended
_ONE_WORD = re.compile(r"[^\W\d_]+[.,]*")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATE_KEYS = ("date", "title")
# Targets of links and images, tags and addresses: dates in them may be of something else.
_ADDRESS = re.compile(
    r":[a-z_]{2,40}:|(?<=\])\([^()\n]{0,2000}\)|</?[A-Za-z][^<>]{0,400}>|https?://\S+"
    r"|[\w.+-]{1,60}@[\w.-]{1,60}|(?<![\w.-])(?:[\w-]{1,60}\.){1,5}[A-Za-z]{2,20}/\S*"
)
# Labels of the date of a meeting, in the languages of the minutes that were read.
_DATE = (
    r"(?:meeting |start )?(?:date|held on|held(?=\W*[:：])|when|time|day|datum|dátum|fecha|data|dato|дата"
    r"|日期|时间|時間|日時|日付|開催日|会议时间|会議日時|일시|날짜)"
    rf"(?: (?:of (?:the|this)|der|des|de la|de l['’]|du|da|del|della|van de|spotkania|for) ?(?:{MEETING}))?"
)
_AND_TIME = (
    r"(?:[ ]?(?:and|&|/|und|et|y|e|i|en|och|og)[ ]?(?:time|uhrzeit|zeit|heure|hora|ora|tijd|tid|godzina))?"
)
_ORNAMENT = r"(?:[\W_]*:[a-z0-9_+-]{2,40}:)?[\W_]*"
"""Signs before a label, and the short code of an emoji: `:calendar: **`."""
_DATE_LINE = re.compile(rf"(?i){_ORNAMENT}(?:{_DATE}|on(?=[ ]?:)){_AND_TIME}[\W_]")
_DATE_HEADING = Caseless(rf"(?!data){_DATE}{_AND_TIME}")
_DATE_COLUMN = Caseless(rf"{_DATE}{_AND_TIME}")
_DATE_LABEL = re.compile(rf"(?i){_ORNAMENT}{_DATE}{_AND_TIME}[*_]*[ ]?[:：]")
_WORDS = re.compile(
    r"(?i)(?!(?:utc|gmt|ces?t|[ecmp][sd]?t|bst|wes?t|ees?t|jst|ist|uhr|from|until|am|pm|at"
    r"|to)\b)\b[^\W\d]{2,}"
)
# A sentence about this meeting, and one about another.
_THIS = re.compile(
    rf"(?i)\b(?:{MEETING}|\w+(?:sitzung|versammlung|treffen|besprechung|vergadering|möte|møte|møde)"
    rf"|minutes|notes|held|agenda|protok[oó]ll?|referat|compte[ -]rendu|pv|acta|ata"
    rf"|verbale|notulen)\b"
)
_OPENING = re.compile(r"(?i)\bcall(?:ed)? to order\b|\bmeeting (?:was )?(?:opened|started|began)\b")
_OTHER = re.compile(rf"(?i)\b(?:{OTHER}|follow|approv\w*|accept\w*|due|until|by|again)\b|{OTHER_AT_ALL}")
_NOT_THIS = re.compile(rf"(?i)\b(?:{OTHER})\b|{OTHER_AT_ALL}")
"""Words before a date that is another meeting's, also after a label such as `Date of the next meeting:`."""


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A date that may be that of the meeting: `text` as typed; `where` is the kind of place, such as "title".

    `line` counts from 1 in the notes, and is None for title and path. `date` is None where `text` is no day
    of the calendar, or may be either of two `readings`. `weekday` is the name of a weekday beside it, as
    typed, or empty.
    """

    where: Where
    line: int | None
    text: str
    date: datetime.date | None
    readings: tuple[datetime.date, ...] = ()
    weekday: str = ""

    @property
    def off_weekday(self) -> bool:
        """Whether `date` falls on another weekday than the one that is typed beside it."""
        return bool(self.date and self.weekday and not falls_on(self.weekday, self.date))


def candidates_of(document: Document, year: int | None = None) -> tuple[DateCandidate, ...]:
    """Return the dates in notes that may be that of the meeting, the most credible first.

    `year` completes dates without one. If it is None, the year in the titles and front matter does.
    """
    return tuple(_candidates(document, year))


def first_candidate(document: Document) -> DateCandidate | None:
    """Return the date in the notes that is most likely that of the meeting, None without any date.

    The notes are read only up to that date.
    """
    return next(_candidates(document), None)


def _candidates(document: Document, year: int | None = None) -> Iterator[DateCandidate]:
    year = year or year_within(document)
    places = (_in_headings, _in_front_matter, _in_header, _in_fields)
    candidates = chain.from_iterable(place(document, year) for place in places)
    first = next(candidates, None)
    if first is None:  # what follows is less sure
        later = (_in_labels, _in_table_heads, _mentioned, _in_day_headings, _at_opening)
        candidates = chain.from_iterable(place(document, year) for place in later)
        yield from islice(candidates, 1)
        return
    yield first
    yield from candidates


def year_within(document: Document) -> int | None:
    """Return the year in the titles and the front matter; None where they have none, or several."""
    texts = [plain(heading.text) for heading in document.titles]
    texts += [
        key.value
        for front_matter in document.front_matters
        for key in front_matter.keys
        if key.name.lower() in _DATE_KEYS
    ]
    years = set(YEAR.findall(" ".join(texts)))
    return int(years.pop()) if len(years) == 1 else None


def _in_headings(document: Document, year: int | None) -> Iterator[DateCandidate]:
    if _has_several(document):
        return
    fields = [it for it in document.headings if names_meeting(plain(it.text)) and is_field_heading(it)]
    titles = document.dated[:1] or document.titles[:1]
    has_day = any(days_in(plain(it.text), year) for it in titles)
    next_text = through_blanks(document.lines, titles[0].end) if titles else 0
    below = [it for it in document.headings[1:2] if it.start <= next_text and names_meeting(plain(it.text))]
    others = fields[:1] or below or titles
    for heading in titles if has_day else others:
        text = plain(heading.text)
        yield from _candidates_at("heading", heading.start, text, days_in(text, year))


def _has_several(document: Document) -> bool:
    """Return whether headings of one level are days, and nothing else: the notes are of several meetings."""
    days = (plain(heading.text) for heading in document.dated)
    return len({day for day in days if is_day(day)}) > 1


def _in_front_matter(document: Document, year: int | None) -> Iterator[DateCandidate]:
    for key in (
        key
        for front_matter in document.front_matters
        for key in front_matter.keys
        if key.name.lower() in _DATE_KEYS
    ):
        yield from _candidates_at("front matter", key.start, key.value, days_in(key.value, year))


def _in_header(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidates in lines above the first section that are only a date, or begin with `Date:`.

    Of the lines right below the title one may also say more after its date, such as the place.
    """
    first = through_blanks(document.lines, document.titles[0].end if document.titles else document.body)
    for number, line in _lines(document, _above(document)):
        days = days_in(_said(line), year)
        if not days or _NOT_THIS.search(line[: days[0].start]):
            continue
        begins = first <= number < first + _RIGHT_BELOW and _begins_with_day(_said(line), days[0])
        if begins or _DATE_LINE.match(line) or not _WORDS.search(without_days(_said(line), days)):
            yield from _candidates_at("line", number, line, days)


def _begins_with_day(line: str, day: DayMention) -> bool:
    """Return whether a line begins with a date or its weekday: not in a list, and not before a colon."""
    before = line[: day.start].strip("*_ ")
    begins = not before or (
        day.start < _WEEKDAY_ENDS and weekday_beside(line, day) and _ONE_WORD.fullmatch(before)
    )
    return bool(begins) and not line[day.end :].lstrip("*_ ").startswith(":")


def _in_fields(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidates in the first block below a heading `Date`, one for each line."""
    for heading in document.headings:
        if _DATE_HEADING.fullmatch(plain(heading.text).rstrip(": ")):
            for number, line in _lines(document, document.between(heading.end, len(document.lines))[:1]):
                yield from _candidates_at("line", number, line, days_in(_said(line), year)[:1])


def _in_labels(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidate after a label `Date:` below the first section, in a line or in a heading.

    None below a heading about another meeting; in a list only in the first section.
    """
    end, section, sections = document.header_end, "", 0
    headings = {heading.start: heading for heading in document.headings}
    for block in document.top:
        kinds = ("heading", "paragraph") if sections > 1 else ("heading", "paragraph", "bullet_list")
        if block.start < end or block.kind not in kinds:
            continue
        sections += block.start in headings
        section = plain(headings[block.start].text) if block.start in headings else section
        if _OTHER.search(section):
            continue
        for number, line in _lines(document, [block]):
            if _DATE_LABEL.match(line) and (days := days_in(_said(line), year)):
                yield from _candidates_at("line", number, line, days[:1])
                return


def _in_table_heads(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidate in a table of which the head of a column is a label: `| Date | Place |`."""
    for block in document.top:
        rows = rows_of(document.lines[block.start : block.end]) if block.kind == "table" else []
        head, *body = [*rows][:2] or [()]
        for cell, value in zip(head, body[0] if body else (), strict=False):
            if _DATE_COLUMN.fullmatch(plain(cell)) and (days := days_in(value, year)):
                yield from _candidates_at("line", block.start + 2, value, days[:1])
                return


def _in_day_headings(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidate in the only heading, of whatever level, that is a date or names this meeting's."""
    named = [heading for heading in document.headings if is_day(plain(heading.text))]
    named = named or [heading for heading in document.headings if _is_of_this_day(plain(heading.text))]
    if len(named) == 1:
        text = plain(named[0].text)
        yield from _candidates_at("heading", named[0].start, text, days_in(text, year))


def _is_of_this_day(heading: str) -> bool:
    """Return whether a heading begins with a date and names a meeting: `5/31/2031 first meeting notes`."""
    days = days_in(heading)
    begins = len(days) == 1 and not heading[: days[0].start].strip()
    return begins and bool(_THIS.search(heading)) and not _OTHER.search(heading)


def _at_opening(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidate in the first line that says when the meeting was opened: `called to order`."""
    for number, line in enumerate(document.lines):
        if _OPENING.search(line) and (days := days_in(_said(line), year)):
            yield from _candidates_at("line", number, line, days[:1])
            return


def _mentioned(document: Document, year: int | None) -> Iterator[DateCandidate]:
    """Yield the candidate in the first line above the sections that has a date and a word like `meeting`.

    The very first line of the notes needs no such word: it is their title.
    """
    for number, line in _lines(document, _above(document)):
        said = _said(line)
        days = days_in(said, year)
        is_title = number == document.body and len(days) == 1 and len(line) <= _LONGEST_TITLE
        if days and (is_title or _THIS.search(said)) and not _OTHER.search(said):
            yield from _candidates_at("line", number, line, days[:1])
            return


def _above(document: Document) -> Iterable[Block]:
    """Return the paragraphs, lists and tables above the first section."""
    end = document.header_end
    kinds = ("paragraph", "bullet_list", "table")
    return (block for block in document.top if block.kind in kinds and block.end <= end)


def _said(line: str) -> str:
    """Return a line with blanks in place of the targets of links, of tags and of addresses."""
    may_have = ":" in line or "](" in line or "<" in line or "/" in line or "@" in line
    return _ADDRESS.sub(lambda address: " " * len(address[0]), line) if may_have else line


def _lines(document: Document, blocks: Iterable[Block]) -> Iterator[tuple[int, str]]:
    return ((at, document.lines[at]) for block in blocks for at in range(block.start, block.end))


def _candidates_at(
    where: Where, line: int | None, text: str, days: tuple[DayMention, ...]
) -> Iterator[DateCandidate]:
    for day in days:
        at = None if line is None else line + 1
        readings = (
            day.readings[-1:] if _DAY_FIRST.search(text[:_LONGEST_TITLE]) else day.readings
        )  # else the month may be first
        known = readings[0] if len(readings) == 1 else None
        yield DateCandidate(where, at, day.text, known, readings, weekday_beside(text, day))


def candidates_in_text(where: Where, text: str, year: int | None = None) -> Iterator[DateCandidate]:
    """Yield the dates in a text that may be that of a meeting; the text is one outside of its notes.

    `where` is the kind of text, such as "title". `year` completes dates without one; if it is None, they are
    ignored.
    """
    yield from _candidates_at(where, None, text, days_in(text, year))


def candidates_in_path(path: str) -> Iterator[DateCandidate]:
    """Yield the dates in the path of a file that may be that of a meeting.

    They are those in the file's name, completed by a year anywhere in the path; else the one that folder and
    name make together, `2031/03-04.md`; else those of the innermost folder that has any.
    """
    folder, _, name = path.rpartition("/")
    years = [*YEAR.findall(folder), *YEAR.findall(name)]
    named = list(candidates_in_text("path", name, int(years[-1]) if years else None))
    if not named and (match := _PATH.search(path)):
        parts = ("year", "month", "day") if match["year"] else ("year_folder", "month_folder", "day_folder")
        named = list(candidates_in_text("path", "-".join(match.group(*parts))))
    above = (list(candidates_in_text("path", part)) for part in reversed(folder.split("/")))
    yield from named or next(filter(None, above), [])
