"""The files of an archive that are minutes, each with what its name and its neighbours say about it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from bot.archive.dates import read_paths
from bot.archive.grouping import find_series
from bot.archive.paths import linked_path
from bot.archive.profile import link_back
from bot.archive.series import ArchiveSeries, PastMeeting
from bot.minutes import Meeting, Template
from bot.minutes.normalising.task import Task
from bot.minutes.reading.document import Document
from bot.minutes.reading.evidence import DateCandidate, rank
from bot.minutes.reading.links import find_last_meeting, is_generic, leads_to

_WORN = 3  # so many minutes with one and the same link to the last meeting: it names no meeting
_AROUND = 5  # so many meetings before, and as many after, show on which weekday a series meets
_MOST = 0.8  # the share of them that must agree


TemplateOf = Callable[[ArchiveSeries | None], Template]
"""What returns the template of a series, or of minutes of none."""


@dataclass(frozen=True)
class Page:
    """A file of minutes in the archive.

    `ending` is what its name says after the day, `usual` the weekday (Monday 0) of its series around that
    day. `files` are the paths of all Markdown files in the archive.
    """

    path: str
    task: Task
    ending: str = ""
    usual: int | None = None
    files: Collection[str] = field(default=(), repr=False, compare=False)

    @property
    def day(self) -> date | None:
        """The day of the meeting, by the file's name, else by the text; None where neither names it."""
        return self.task.meeting.date

    @property
    def is_off_day(self) -> bool:
        """Whether the meeting was on another weekday than those before and after it in its series."""
        return self.usual is not None and self.day is not None and self.day.weekday() != self.usual

    @property
    def wrong_file(self) -> str | None:
        """The path in the archive to which the link to the last meeting leads, if not to the last meeting.

        There need not be such a file. None where the previous meeting is not known, or the link names no
        meeting, or the day of the previous one, or leads out of the archive.
        """
        link, before = self.task.link, self.task.meeting.previous
        if link is None or before is None or is_generic(link.target, self.task.template.links):
            return None
        is_right = leads_to(link.target, before.link, before.date)
        return None if is_right else linked_path(self.path, link.target)

    @property
    def is_link_dead(self) -> bool:
        """Whether the link to the last meeting leads to a file that is not in the archive.

        It does not count where it names no meeting, or the day of the previous one.
        """
        return self.wrong_file is not None and self.wrong_file not in self.files

    @cached_property
    def candidates(self) -> tuple[DateCandidate, ...]:
        """The days that the file's path and text name, any of which may be the day of the meeting."""
        return rank(self.task.document, path=self.path, day=self.day).candidates

    @property
    def dated_lines(self) -> frozenset[int]:
        """The numbers of the lines that name a day that may be that of the meeting, counted from 1."""
        return frozenset(candidate.line for candidate in self.candidates if candidate.line)

    @property
    def right_lines(self) -> frozenset[int]:
        """The numbers of the lines that name the day of the meeting itself, counted from 1."""
        return frozenset(
            candidate.line for candidate in self.candidates if candidate.line and candidate.date == self.day
        )


def read_pages(
    files: Mapping[str, str], template_of: TemplateOf, unread: Collection[str] = ()
) -> Iterator[Page]:
    """Yield those of an archive's files that are minutes; `files` are texts by path.

    Minutes have a day in the name, or a day and who attended in the text. `template_of` returns the template
    of a series. `unread` are the paths of further files, whose texts are not known.
    """
    paths = frozenset((*files, *unread))
    dated = {each.path: each for each in read_paths(sorted(paths))}
    series = _series_of((*files, *unread))
    readable = _series_of(tuple(files)) if unread else series  # a template is learned from texts
    templates = {path: template_of(readable.get(path)) for path in files}
    documents = {path: Document.read(text, templates[path].own_title) for path, text in files.items()}
    worn = tuple(_worn_links(documents, dated))
    for path, document in documents.items():
        if path in series and series[path].accompanies is not None:
            continue  # an agenda, a transcript or slides beside minutes
        day = dated[path].day if path in dated else rank(document, path=path).date
        own, template = series.get(path), templates[path]
        template = replace(template, links=(*template.links, *worn))
        before = link_back(own, day, path) if own else None
        task = Task(document, template, Meeting(day, before), "file")
        ending = dated[path].ending if path in dated else ""
        page = Page(path, task, ending, _usual_weekday(own.meetings if own else (), day), paths)
        named = path in dated or any(candidate.where == "path" for candidate in page.candidates)
        if named or (day and task.attendance.present):
            yield page


def _series_of(paths: tuple[str, ...]) -> dict[str, ArchiveSeries]:
    """Return the series that minutes at these paths belong to, by path."""
    return {past.path: each for each in find_series(paths) for past in each.meetings}


def _worn_links(documents: Mapping[str, Document], dated: Collection[str]) -> Iterator[str]:
    """Return what several minutes call the last meeting: it can be the last one of one of them at most.

    A link to one of the `dated` paths is none of these: in folders of months, `04.md` is of many days.
    """
    links = ((path, find_last_meeting(document)) for path, document in documents.items())
    uses = Counter(
        link.target for path, link in links if link and linked_path(path, link.target) not in dated
    )
    return (target for target, count in uses.items() if count >= _WORN)


def _usual_weekday(past: Sequence[PastMeeting], day: date | None) -> int | None:
    """Return on which weekday the meetings around that day were; None where they do not agree."""
    if day is None:
        return None
    first, last = (bisect_left(past, PastMeeting(when, "")) for when in (day, day + timedelta(days=1)))
    around = Counter(
        it.date.weekday() for it in (*past[max(0, first - _AROUND) : first], *past[last : last + _AROUND])
    )
    usual, count = max(around.items(), key=lambda item: item[1], default=(None, 0))
    return usual if around.total() >= _AROUND and count >= _MOST * around.total() else None
