"""The archive as a list of paths: where minutes lie, which meetings were held, what to link to. Pure.

A layout is written as people say it, `YYYY/YYYY-MM-DD.md`, and is learned from the files that are there.
"""

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import quote

DEFAULT_LAYOUT = "YYYY/YYYY-MM-DD.md"
NEWEST = 12  # how many of the newest minutes decide the layout: teams change theirs over the years
CLEAR = 0.75  # the share of them that one layout needs, or people are asked

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)

_SLOTS = {
    "YYYY": r"(?P<year>(?:19|20)\d\d)",
    "MM": r"(?P<month>0[1-9]|1[0-2])",
    "DD": r"(?P<day>0[1-9]|[12]\d|3[01])",
    "month": rf"(?P<name>(?i:{'|'.join(MONTHS)}))",
}
_SLOT = re.compile(r"(?<![A-Za-z])(?:(?:YYYY|MM|DD)+|month)(?![A-Za-z])")
_ONE = re.compile("YYYY|MM|DD|month")

# How a file name says its date, the most telling first; the last two need a year in the folder.
_FAMILIES = tuple(
    re.compile(rf"(?<![0-9A-Za-z]){pattern}(?!\d)")
    for pattern in (
        r"(?P<YYYY>(?:19|20)\d\d)(?P<s>[-._])(?P<MM>\d\d)(?P=s)(?P<DD>\d\d)",
        r"(?P<YYYY>(?:19|20)\d\d)(?P<MM>\d\d)(?P<DD>\d\d)",
        r"(?P<MM>\d\d)(?P<s>[-._])(?P<DD>\d\d)(?P=s)(?P<YYYY>(?:19|20)\d\d)",
        r"(?P<MM>\d\d)[-._](?P<DD>\d\d)",
        rf"(?P<month>(?i:{'|'.join(MONTHS)}))[-._ ]?(?P<DD>\d\d)",
    )
)
_TEMPLATE = re.compile(r"(?i)(?!pull_request).*template.*\.(?:md|markdown)")
_YEAR_FOLDER = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


class AmbiguousLayout(ValueError):
    """Minutes lie in several layouts, and none is clearly today's; `candidates`, the most used first."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self.candidates = tuple(candidates)
        super().__init__("minutes lie in several places: " + ", ".join(self.candidates))


@dataclass(frozen=True)
class Layout:
    """Where the minutes of a day lie: a path with `YYYY`, `MM`, `DD` and `month` in it."""

    pattern: str = DEFAULT_LAYOUT

    def path(self, day: date, name: str | None = None) -> str:
        """Return the path of that day's minutes; `name` tells a second meeting of the day apart."""
        values = {
            "YYYY": f"{day.year:04}",
            "MM": f"{day.month:02}",
            "DD": f"{day.day:02}",
            "month": MONTHS[day.month - 1],
        }
        path = self._format.format_map(values)
        if not name:
            return path
        stem, extension = posixpath.splitext(path)
        return f"{stem}-{name}{extension}"

    def date(self, path: str) -> date | None:
        """Read the date from a path of this layout; None where it is none, or no day of the calendar."""
        match = self._regex.fullmatch(path)
        parts = match.groupdict() if match else {}
        if not {"year", "day"} <= parts.keys() or not parts.keys() & {"month", "name"}:
            return None
        month = parts.get("month") or MONTHS.index(parts["name"].lower()) + 1
        return _day(parts["year"], month, parts["day"])

    @cached_property
    def folder(self) -> str:
        """The folder above every year: where the team's minutes begin."""
        fixed = _SLOT.split(self.pattern)[0]
        return posixpath.dirname(fixed)

    @cached_property
    def _format(self) -> str:
        """The pattern as a format of Python, made once: the calendar asks for each path of a year."""
        pattern = self.pattern.replace("{", "{{").replace("}", "}}")
        return _SLOT.sub(lambda run: _ONE.sub(r"{\g<0>}", run[0]), pattern)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        seen: set[str] = set()

        def slot(match: re.Match[str]) -> str:
            if match[0] in seen:  # the year of the folder again: it must be the same year
                return rf"(?P={_SLOTS[match[0]].split('<')[1].split('>')[0]})"
            seen.add(match[0])
            return _SLOTS[match[0]]

        stem, extension = posixpath.splitext(self.pattern)
        pieces, end = [], 0
        for run in _SLOT.finditer(stem):
            pieces += [re.escape(stem[end : run.start()]), _ONE.sub(slot, run[0])]
            end = run.end()
        pieces.append(re.escape(stem[end:]))
        return re.compile("".join(pieces) + r"(?:[-_ (][^/]*)?" + re.escape(extension))


@dataclass(frozen=True, slots=True, order=True)
class PastMeeting:
    """A meeting that has minutes: its day and where they lie."""

    date: date
    path: str


def infer_layout(paths: Iterable[str]) -> Layout:
    """Learn the layout from the newest dated Markdown files; the default one where there are none.

    Raises AmbiguousLayout where no layout has a clear majority: then people are asked, once.
    """
    dated = sorted(found for path in paths if (found := recognise(path)))
    newest = Counter(pattern for _, pattern in dated[-NEWEST:])
    if not newest:
        return Layout()
    pattern, count = newest.most_common(1)[0]
    if count < CLEAR * newest.total():
        raise AmbiguousLayout([pattern for pattern, _ in newest.most_common()])
    return Layout(pattern)


def meetings(layout: Layout, paths: Iterable[str]) -> tuple[PastMeeting, ...]:
    """List the meetings that have minutes in this layout, oldest first."""
    return tuple(sorted(PastMeeting(day, path) for path in paths if (day := layout.date(path))))


def previous(past: Sequence[PastMeeting], day: date) -> PastMeeting | None:
    """Find the newest meeting held before that day, among meetings oldest first."""
    at = bisect_left(past, PastMeeting(day, ""))
    return past[at - 1] if at else None


def template_candidates(paths: Iterable[str], layout: Layout) -> tuple[str, ...]:
    """List the files that may be the template, nearest to the minutes first.

    That is `*template*.md` beside or above the minutes, in the root, `.github/` or `templates/`.
    """
    folders, above = [], layout.folder
    while above:
        folders += [above, f"{above}/templates"]
        above = posixpath.dirname(above)
    folders += ["", "templates", ".github"]
    found = [
        (folders.index(posixpath.dirname(path)), path)
        for path in paths
        if posixpath.dirname(path) in folders and _TEMPLATE.fullmatch(posixpath.basename(path))
    ]
    return tuple(path for _, path in sorted(found))


def relative_link(from_path: str, to_path: str) -> str:
    """Write the link from one file of the archive to another, as Markdown wants it (RFC 3986 section 4.2)."""
    return quote(posixpath.relpath(to_path, posixpath.dirname(from_path) or "."), safe="/.-_~")


def recognise(path: str) -> tuple[date, str] | None:
    """Read the day from any dated Markdown path, with the layout that this path shows."""
    folder, name = posixpath.split(path)
    if not name.lower().endswith((".md", ".markdown")):
        return None
    for family in _FAMILIES:
        match = family.search(name)
        if not match:
            continue
        parts = match.groupdict()
        year = parts.get("YYYY") or (found[-1] if (found := _YEAR_FOLDER.findall(folder)) else None)
        month = parts.get("MM") or MONTHS.index(parts["month"].lower()) + 1
        day = _day(year, month, parts["DD"]) if year else None
        if day is not None:
            return day, posixpath.join(_folder_pattern(folder, day), _name_pattern(name, match))
    return None


def _name_pattern(name: str, match: re.Match[str]) -> str:
    """Put the slots where the date stood in a file name."""
    for slot, _ in sorted(match.groupdict().items(), key=lambda group: -match.start(group[0])):
        if slot != "s":
            name = name[: match.start(slot)] + slot + name[match.end(slot) :]
    return name


def _folder_pattern(folder: str, day: date) -> str:
    """Put the slots where a folder says the year, or the month below a year."""
    parts = re.sub(rf"(?<!\d){day.year}(?!\d)", "YYYY", folder).split("/")
    return "/".join("MM" if part == f"{day.month:02}" else part for part in parts)


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
