"""The day that a path names: in the file's name, in its folders, or in both. Pure.

Which of two numbers is the month is decided by all paths of one place: a number above 12 is a day, and
numbers between dots begin with the day. Where nothing decides, both readings are kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.archive.folders import (
    EDGE,
    NUMBER,
    RANGE,
    WORD,
    YEAR,
    Folder,
    Part,
    pattern_of,
    read_folder,
    slot_of,
    to_date,
)
from bot.archive.month_names import number_of

MARKDOWN = (".md", ".markdown")
OTHERS = (".qmd", ".rmd", ".mdx", ".rst", ".adoc", ".asciidoc", ".txt", ".org", ".textile", ".wiki")
"""Extensions of texts that hold minutes in other archives; they are recognised, and Markdown is written."""
TEXTS = (*MARKDOWN, *OTHERS)

_ISO = re.compile(rf"(?<!\d)(?P<Y>{YEAR})([-_. ]?)(?P<M>0[1-9]|1[0-2])\2(?P<D>0[1-9]|[12]\d|3[01])(?!\d)")
"""The most common form: the year first, then two digits each."""
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<Y>{YEAR})(?:(?P<s>[-_. ])(?P<M>\d\d?)(?P=s)(?P<D>\d\d?)(?!\d)"
    r"|年(?P<m>\d\d?)月(?P<d>\d\d?)日)"
)
_YEAR_LAST = re.compile(
    rf"(?<!\d)(?:(?P<A>\d\d?)(?P<s>[-_. ])(?P<B>\d\d?)(?P=s)(?P<Y>{YEAR})"
    rf"|(?P<a>\d\d)(?P<b>\d\d)(?P<y>{YEAR}))(?!\d)"
)
_SHORT_YEAR = re.compile(r"(?<!\d)(?P<a>\d\d)(?P<s>[-_. ]?)(?P<b>\d\d)(?P=s)(?P<c>\d\d)(?!\d)")
"""A date with a year of two digits, in any order."""
_NO_YEAR = re.compile(r"(?<!\d)(?:(?P<A>\d\d?)(?P<s>[-_. ])(?P<B>\d\d?)|(?P<a>\d\d)(?P<b>\d\d))(?!\d)")
"""Day and month, where a folder says the year."""
_AFTER_MONTH = re.compile(
    r"[-_., ]*(?:de[-_. ])?(?P<one>\d{1,4})(?:st|nd|rd|th)?(?:[-_., ]+(?:de[-_. ])?(?P<two>\d{4}))?(?!\d)"
)
_BEFORE_MONTH = re.compile(r"(?<!\d)(?P<one>\d{1,4})(?:st|nd|rd|th|er|\.|º)?[-_. ]*(?:de[-_. ])?$")
_FAR = 12  # characters before a month's name in which its day is looked for
_DIGIT = re.compile(r"\d")
_ORDINAL = re.compile("st|nd|rd|th")
_PARTS: dict[str, Part] = {"Y": "year", "M": "month", "D": "day"}


class DatedPath(NamedTuple):
    """The path of a file of the archive, of which it is known which day it names.

    `folders` and `words` are its folders and the words of its name, both without the date.
    """

    day: date
    path: str
    folders: str
    words: str
    folder: Folder
    spans: tuple[tuple[int, int, Part], ...] | None = None
    """Where the name says the parts of the day; None: in the most common form."""
    other: "DatedPath | None" = None
    """The other reading, where nothing decides which number is the month."""

    @property
    def month_name(self) -> str:
        """The month as a word, as the file's name has it (`January`); empty if it has a number, or none."""
        name = self.path[self.path.rfind("/") + 1 :]
        words = (name[start:end] for start, end, part in self.spans or () if part == "month")
        return next((word for word in words if word.isalpha()), "")

    @property
    def ending(self) -> str:
        """What the file's name says after the date, as typed, without the extension."""
        name = self.path[self.path.rfind("/") + 1 : self.path.rfind(".")]
        spans = _iso_spans(name) if self.spans is None else self.spans
        return name[max(end for _, end, _ in spans) :] if spans else ""

    @property
    def is_in_name(self) -> bool:
        """Whether the file's name has a part of the day, or all of it; else only its folders have it."""
        return self.spans is None or bool(self.spans)

    @property
    def is_in_own_folder(self) -> bool:
        """Whether the file is in a right folder: the folders' year, month and so on are those of its day."""
        return self.folder.agrees(self.day)

    @property
    def pattern(self) -> str:
        """The path with slots such as `YYYY` in place of the parts of the day, as a layout is written."""
        name = self.path[self.path.rfind("/") + 1 :]
        spans = _iso_spans(name) if self.spans is None else self.spans
        pattern = pattern_of(name, [slot_of(name, *span) for span in spans])
        return f"{self.folder.pattern_for(self.day)}/{pattern}" if self.folder.text else pattern


class _Name(NamedTuple):
    """A path and its parts: the file's name, which ends at `dot`, and what the folders say."""

    path: str
    name: str
    dot: int
    folder: Folder

    def dated(self, day: date, *spans: tuple[int, int, Part]) -> DatedPath:
        """Return the path with its day, of which the name says the parts in these places."""
        ordered = tuple(sorted(spans))
        words = self.name[: self.dot].strip(EDGE)
        if ordered:
            words = _words(self.name[: self.dot], ordered[0][0], ordered[-1][1])
        return DatedPath(day, self.path, self.folder.place, words, self.folder, ordered)


@dataclass(frozen=True, slots=True)
class _Doubtful:
    """A name whose numbers can be read in several orders, such as `DMY`, the most usual first."""

    name: _Name
    spans: tuple[tuple[int, int], ...]
    """Where the numbers stand in the name."""
    orders: tuple[str, ...]
    separator: str

    @property
    def group(self) -> tuple[str, str, tuple[str, ...]]:
        """What the paths that are read in the same order share: place, separator and orders."""
        return self.name.folder.place, self.separator, self.orders

    def day(self, order: str) -> date | None:
        """Read the day in an order; None where there is no such day."""
        name = self.name.name
        numbers = [int(name[start:end]) for start, end in self.spans]
        year = numbers[order.index("Y")] if "Y" in order else self.name.folder.year
        if year is None:
            return None
        return to_date(
            year if year > 99 else 2000 + year, numbers[order.index("M")], numbers[order.index("D")]
        )

    def read(self, order: str) -> DatedPath | None:
        """Return the path as it is read in an order; None where there is no such day."""
        day = self.day(order)
        return (
            self.name.dated(
                day, *((*span, _PARTS[part]) for part, span in zip(order, self.spans, strict=True))
            )
            if day
            else None
        )


def read_paths(paths: Iterable[str]) -> list[DatedPath]:
    """Return those of these paths of text files that name a day, in the order of their days.

    Where nothing decides which of two numbers is the month, `other` of the result is the second reading.
    """
    folders: dict[str, Folder] = {}
    found: list[DatedPath] = []
    doubtful: defaultdict[tuple[str, str, tuple[str, ...]], list[_Doubtful]] = defaultdict(list)
    for path in paths:
        folder, _, name = path.rpartition("/")
        dot = name.rfind(".")
        if dot < 0 or name[dot:].lower() not in TEXTS:
            continue
        known = folders.get(folder)
        if known is None:
            known = folders[folder] = read_folder(folder)
        match = _ISO.search(name, 0, dot)
        day = to_date(int(match["Y"]), int(match["M"]), int(match["D"])) if match else None
        if match and day:  # nearly all: nothing else is made for them
            words = _words(name[:dot], *match.span())
            found.append(DatedPath(day, path, known.place, words, known))
            continue
        read = _read(_Name(path, name, dot, known))
        if isinstance(read, DatedPath):
            found.append(read)
        elif read is not None:
            doubtful[read.group].append(read)
    for group in doubtful.values():
        found += _decided(group)
    found.sort()
    return found


def _read(name: _Name) -> DatedPath | _Doubtful | None:
    """Read the day from a file's name, with what its folders say; None where there is none."""
    if name.folder.day is None and not _DIGIT.search(name.name):
        return None
    return _year_first(name) or _year_last(name) or _month_name(name) or _partly(name)


def _year_first(name: _Name) -> DatedPath | None:
    match = _YEAR_FIRST.search(name.name, 0, name.dot)
    if not match:
        return None
    month, day = ("M", "D") if match["M"] else ("m", "d")
    found = to_date(int(match["Y"]), int(match[month]), int(match[day]))
    if found is None:
        return None
    return name.dated(
        found, (*match.span("Y"), "year"), (*match.span(month), "month"), (*match.span(day), "day")
    )


def _year_last(name: _Name) -> _Doubtful | None:
    match = _YEAR_LAST.search(name.name, 0, name.dot)
    if not match:
        return None
    keys = ("A", "B", "Y") if match["Y"] else ("a", "b", "y")
    return _Doubtful(name, tuple(map(match.span, keys)), ("DMY", "MDY"), match["s"] or "")


def _month_name(name: _Name) -> DatedPath | None:
    """Read a day with the month's name: the numbers beside it are the day and the year."""
    for word in WORD.finditer(name.name, 0, name.dot):
        month = number_of(word[0])
        found = _beside_month(name, word, month) if month else None
        if found:
            return found
    return None


def _beside_month(name: _Name, word: re.Match[str], month: int) -> DatedPath | None:
    """Read the day around the name of a month; None where there is none."""
    text, shift = name.name, max(0, word.start() - _FAR)
    spans = []
    if after := _AFTER_MONTH.match(text, word.end(), name.dot):
        spans += [after.span(key) for key in ("one", "two") if after[key]]
    if len(spans) < 2 and (before := _BEFORE_MONTH.search(text[shift : word.start()])):
        start, end = before.span("one")
        spans.append((start + shift, end + shift))
    years = [span for span in spans if re.fullmatch(YEAR, text[slice(*span)])]
    days = [span for span in spans if span[1] - span[0] <= 2]
    year = int(text[slice(*years[0])]) if years else name.folder.year
    day = int(text[slice(*days[0])]) if days else name.folder.day
    found = to_date(year, month, day) if year and day else None
    if not found:
        return None
    parts: list[tuple[int, int, Part]] = [(*word.span(), "month")]
    parts += [(*span, "year") for span in years[:1]]
    for start, end in days[:1]:
        ordinal = _ORDINAL.match(text, end)
        parts.append((start, ordinal.end() if ordinal else end, "day"))
    return name.dated(found, *parts)


def _partly(name: _Name) -> DatedPath | _Doubtful | None:
    """Read a name that says less than a whole date: a folder says the rest, or the year has two digits."""
    folder, text, dot = name.folder, name.name, name.dot
    if folder.year and folder.month and folder.day:
        day = to_date(folder.year, folder.month, folder.day)
        return name.dated(day) if day else None
    if folder.year and (match := _NO_YEAR.search(text, 0, dot)) and not re.fullmatch(YEAR, match[0]):
        spans = tuple(map(match.span, ("A", "B") if match["A"] else ("a", "b")))
        found = _Doubtful(name, spans, ("MD", "DM"), match["s"] or "")
        if any(map(found.day, found.orders)):
            return found
    if match := _SHORT_YEAR.search(text, 0, dot):
        return _Doubtful(name, tuple(map(match.span, "abc")), ("YMD", "DMY", "MDY"), match["s"])
    if folder.year and folder.month and (match := NUMBER.search(text, 0, dot)):
        day = to_date(folder.year, folder.month, int(match[0]))
        return name.dated(day, (*match.span(), "day")) if day else None
    return None


def _decided(group: Sequence[_Doubtful]) -> list[DatedPath]:
    """Read paths of one place in the order that fits all; where none does, each that fits one order only."""
    fitting = [order for order in group[0].orders if all(each.day(order) for each in group)]
    if not fitting:
        alone = (([order for order in each.orders if each.day(order)], each) for each in group)
        return [read for orders, each in alone if len(orders) == 1 and (read := each.read(orders[0]))]
    first, *others = _likeliest(group, fitting)
    found = []
    for each in group:
        read = each.read(first)
        if read:
            found.append(read._replace(other=each.read(others[0]) if others else None))
    return found


def _likeliest(group: Sequence[_Doubtful], orders: Sequence[str]) -> Sequence[str]:
    """Return the orders between which nothing decides, the most usual first."""
    if len(orders) > 1 and "YMD" in group[0].orders:  # a wrong order tears the meetings apart
        spread = {order: _span([day for each in group if (day := each.day(order))]) for order in orders}
        orders = [order for order in orders if spread[order] <= 2 * min(spread.values())]
    if group[0].separator == ".":
        orders = [order for order in orders if order.index("D") < order.index("M")][:1] or orders
    if "Y" not in orders[0]:  # `2026/05-06.md`: from the large to the small, as the folder begins
        orders = orders[:1]
    return orders


def _span(days: Sequence[date]) -> int:
    return (max(days) - min(days)).days


def _words(stem: str, start: int, end: int) -> str:
    """Return a name without the date from `start` to `end`, and without the last day of a range."""
    after = stem[end:]
    if after and (rest := RANGE.match(after)):
        after = after[rest.end() :]
    return f"{stem[:start].strip(EDGE)} {after.strip(EDGE)}".strip()


def _iso_spans(name: str) -> list[tuple[int, int, Part]]:
    """Return where a name says the day, which it says in the most common form."""
    match = _ISO.search(name)
    assert match is not None  # it was read so
    return [(*match.span(key), part) for key, part in _PARTS.items()]
