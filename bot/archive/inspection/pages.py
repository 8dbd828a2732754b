"""The files of an archive that are minutes, each with what its name and its neighbours say about it."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from bot.archive import paths
from bot.archive.profile import link_back
from bot.minutes import Meeting, Template
from bot.minutes.normalising.task import Task
from bot.minutes.reading.document import Document
from bot.minutes.reading.evidence import DateCandidate, rank
from bot.minutes.reading.links import find_last_meeting

_NAME = re.compile(r"(?P<series>.*(?:YYYY|MM|DD|month))(?P<ending>.*)\.\w+")
_WORN = 3  # so many minutes with one and the same link to the last meeting: it names no meeting
_AROUND = 5  # so many meetings before, and as many after, show on which weekday a series meets
_MOST = 0.8  # the share of them that must agree


@dataclass(frozen=True)
class Page:
    """A file of minutes. `ending` is what its name says after the day, `usual` the weekday of its series."""

    path: str
    task: Task
    ending: str = ""
    usual: int | None = None

    @property
    def day(self) -> date | None:
        """The day of the meeting: the file's name says it, else the text."""
        return self.task.meeting.date

    @property
    def is_off_day(self) -> bool:
        """Whether the meetings before and after were on another weekday."""
        return self.usual is not None and self.day is not None and self.day.weekday() != self.usual

    @cached_property
    def candidates(self) -> tuple[DateCandidate, ...]:
        """What path and text say about the day."""
        return rank(self.task.document, path=self.path, day=self.day).candidates

    @property
    def dated_lines(self) -> frozenset[int]:
        """The lines that say which day it was, counted from 1."""
        return frozenset(candidate.line for candidate in self.candidates if candidate.line)

    @property
    def right_lines(self) -> frozenset[int]:
        """Those of them that agree with the file's name."""
        return frozenset(
            candidate.line for candidate in self.candidates if candidate.line and candidate.date == self.day
        )


def read_pages(files: Mapping[str, str], template: Template) -> Iterator[Page]:
    """Read the files that are minutes: their name has a day, or their text has one and says who was there."""
    documents = {path: Document.read(text, template.own_title) for path, text in files.items()}
    template = replace(template, links=(*template.links, *_worn_links(documents.values())))
    known = {path: found for path in files if (found := paths.recognise(path))}
    series = _series(known)
    for path, document in documents.items():
        day, pattern = known.get(path) or (rank(document, path=path).date, "")
        name, ending = _split(pattern)
        past = series.get(name, ())
        task = Task(document, template, Meeting(day, link_back(past, day, path)), "file")
        page = Page(path, task, ending, _usual_weekday(past, day))
        named = pattern or any(candidate.where == "path" for candidate in page.candidates)
        if named or (day and task.attendance.present):
            yield page


def _worn_links(documents: Iterable[Document]) -> Iterator[str]:
    """Return what several minutes call the last meeting: it can be the last one of one of them at most."""
    links = (find_last_meeting(document) for document in documents)
    uses = Counter(link.target for link in links if link)
    return (target for target, count in uses.items() if count >= _WORN)


def _series(known: Mapping[str, tuple[date, str]]) -> Mapping[str, Sequence[paths.PastMeeting]]:
    """Sort the dated files into series: those whose paths are alike but for the day and what follows it."""
    series: defaultdict[str, list[paths.PastMeeting]] = defaultdict(list)
    for path, (day, pattern) in known.items():
        series[_split(pattern)[0]].append(paths.PastMeeting(day, path))
    return {name: sorted(past) for name, past in series.items()}


def _split(pattern: str) -> tuple[str, str]:
    match = _NAME.fullmatch(pattern)
    return (match["series"], match["ending"]) if match else ("", "")


def _usual_weekday(past: Sequence[paths.PastMeeting], day: date | None) -> int | None:
    """Return on which weekday the meetings around that day were; None where they do not agree."""
    if day is None:
        return None
    first, last = (bisect_left(past, paths.PastMeeting(when, "")) for when in (day, day + timedelta(days=1)))
    around = Counter(
        it.date.weekday() for it in (*past[max(0, first - _AROUND) : first], *past[last : last + _AROUND])
    )
    usual, count = max(around.items(), key=lambda item: item[1], default=(None, 0))
    return usual if around.total() >= _AROUND and count >= _MOST * around.total() else None
