"""Whose meeting the notes of a source are of, and where its minutes belong in the archive. Pure.

Evidence, the strongest first: the series that `/minutes series` set, the pull request that the source has
already, the configuration, what earlier notes of the same kind became, the words of title and labels against
those of the archive's paths. Where it does not decide, people are asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.archive.choice import Choice
from bot.archive.grouping import find_series
from bot.archive.layout import Layout
from bot.archive.location import locate, series_in, undated
from bot.archive.month_names import number_of
from bot.archive.series import ArchiveSeries, tokens_of
from bot.archive.understood import understood
from bot.calendar import Series
from bot.config import Config
from bot.model import Archive
from bot.planning.case import Case
from bot.planning.pulls import is_unclaimed
from bot.state import PullState, digest, find_state

MOST_OFFERED = 8
"""How many series a question offers."""
_QUESTIONS = {
    "series": "which-series",
    "agenda": "which-series",
    "extension": "which-series",
    "layout": "which-layout",
    "unrecognised": "unrecognised",
}


class Question(Exception):
    """Raised where only people can decide something; the bot then asks them in its status comment.

    `name` is the name of the question's template in `texts/questions`, `facts` are the values that fill it
    in.
    """

    def __init__(self, name: str, **facts: object) -> None:
        self.name = name
        self.facts: Mapping[str, object] = facts
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the minutes of a meeting belong in the archive.

    `kept` is the series as the archive shows it, `series` as the configuration describes it, None if it does
    not. `settings` are in force for the series. `name` is empty where the archive has one series only, and
    the configuration names none.
    """

    settings: Config
    kept: ArchiveSeries
    series: Series | None = None
    name: str = ""
    is_one_of_several: bool = False
    source_kind: str = ""
    """The kind of the notes (see `kind_of_source`) where a person set the series for it; else empty, as what
    the bot chose by itself, by a weekday say, is no evidence for later notes."""

    def is_of(self, series: str) -> bool:
        """Return whether a pull request for the series named `series` may be for the series of these minutes.

        An empty name, on either side, means a series that is not known, or the only one.
        """
        return not self.name or series in ("", self.name)

    @property
    def shown(self) -> str:
        """The name of the series if the archive has several, so that people see which it is; else empty."""
        return self.name if self.is_one_of_several else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A series that a question to people offers: what to call it, and where the minutes would lie."""

    name: str
    path: str
    previous: date | None
    pattern: str


def place(case: Case, archive: Archive, day: date) -> Placement:
    """Return where the minutes of a source for a meeting on `day` belong in the archive.

    Raises Question when people must decide.
    """
    series = _configured(case, archive, day)
    settings = case.settings.within(series)
    found = series_in(archive.files, case.settings)
    learned = _learned(case, archive)
    named = _named(case) or (learned if series is None else None)
    choice = locate(archive.files, settings, day, *_texts(case, archive, series), name=named)
    kept = choice.series
    if kept is None:
        raise _question(archive, day, choice)
    if series is None and kept.name:  # the configuration may name the place that the paths show
        same = (each for each in case.settings.series if each.path and Layout(each.path) == kept.layout)
        series = next(same, None)
        settings = case.settings.within(series)
    several = len(case.settings.series) > 1 or sum(each.accompanies is None for each in found) > 1
    name = series.name if series else kept.name if several else ""
    is_said = name.casefold() in {case.state.series_override.casefold(), (learned or "").casefold()} - {""}
    kind = kind_of_source(case) if is_said else ""
    return Placement(settings, kept, series, name, several, kind)


def names_of_series(case: Case) -> tuple[str, ...]:
    """Return the names of all series of the archive: of its configuration, then those that its files show."""
    found = series_in(case.archive.files, case.settings) if case.archive else ()
    names = [*(each.name for each in case.settings.series), *(each.name for each in found)]
    return tuple(dict.fromkeys(names))


def kind_of_source(case: Case) -> str:
    """Return a digest that recurring notes of a team have in common, to find the series of later ones.

    It is of the repository, the labels or the category, and the words of the title without days. Empty for a
    source that fewer people can see than the archive, so that the archive tells nothing of it.
    """
    if case.is_pseudonymous:
        return ""
    source = case.source
    signs = sorted(source.labels) or [source.category or ""]
    words = (
        word for word in tokens_of(source.title) if not any(map(str.isdigit, word)) and not number_of(word)
    )
    return digest(source.repository.name, *signs, "", *words)


def adopt(case: Case, day: date | None) -> Case:
    """Return the case with the archive's open draft for a meeting on `day` as its pull request.

    It is the same case if it has a pull request, if the day is not known (None), or if there is no such draft
    that no other source has adopted. Raises Question when people must decide.
    """
    if case.pull or day is None or case.archive is None:
        return case
    series = _configured(case, case.archive, day)
    for pull in case.archive.pulls:
        pull_state = find_state(pull.body, PullState) if pull.mine and pull.state == "open" else None
        if (
            pull_state is None
            or not is_unclaimed(pull_state)
            or (pull_state.day, pull_state.suffix) != (day, case.state.suffix_override)
        ):
            continue
        if _is_of(case, pull_state.series, series):
            return replace(case, adopted=pull)
    return case


def _is_of(case: Case, name: str, series: Series | None) -> bool:
    """Return whether a draft of the series `name` fits a series.

    It does for the same one, one with the same path and template, or one that is no longer in the settings.
    """
    if series is None or name == series.name:
        return series is not None
    other = next((each for each in case.settings.series if each.name == name), None)
    return other is None or (other.path, other.template) == (series.path, series.template)


# -- evidence ----------------------------------------------------------------------------------------------


def _named(case: Case) -> str | None:
    """Return the series that `/minutes series` set, or that the source's pull request has; None: neither."""
    if case.state.series_override:
        return case.state.series_override
    configured = {each.name for each in case.settings.series}
    own = case.pull_state.series if case.pull and case.pull.state != "closed" else ""
    return own if own and own not in configured else None  # labels and calendar may change


def _learned(case: Case, archive: Archive) -> str | None:
    """Return the series that a person set for earlier notes of the same kind; None where nobody did."""
    kind = kind_of_source(case)
    earlier = (
        find_state(pull.body, PullState) for pull in archive.pulls if pull.mine and pull.state != "closed"
    )
    return next((state.series for state in earlier if state and kind and state.source_kind == kind), None)


def _configured(case: Case, archive: Archive, day: date) -> Series | None:
    """Return the series of the configuration whose meeting it is; None: of none of them.

    By its name, its labels, titles and sources, its calendar; or the only one. Where several fit that differ
    in path or template, what people said of earlier notes of this kind decides; else Question is raised.
    """
    known = case.settings.series
    if named := _named(case):
        return next((each for each in known if each.name.casefold() == named.casefold()), None)
    marked = [each for each in known if _is_marked(case, each)]
    meeting = [each for each in marked or known if each.on(day)]
    candidates = meeting or marked or (known if len(known) == 1 else ())
    if len({(each.path, each.template) for each in candidates}) > 1:
        learned = _learned(case, archive)
        if one := next((each for each in candidates if each.name == learned), None):
            return one
        offered = (_candidate(case, archive, day, each) for each in candidates)
        raise Question(
            "which-series", day=day, doubt="series", candidates=tuple(offered), more=0, understood=()
        )
    return candidates[0] if candidates else None


def _is_marked(case: Case, series: Series) -> bool:
    """Return whether the source has a label or a repository of a series, or words of its titles."""
    source = case.source
    labels = {label.casefold() for label in source.labels}
    if labels & {label.casefold() for label in series.labels}:
        return True
    title = f" {' '.join(source.title.casefold().split())} "
    if any(words.casefold() in title for words in series.titles):
        return True
    names = {source.repository.name.casefold(), source.repository.name.casefold().rpartition("/")[2]}
    return any(name.casefold() in names for name in series.sources)


def _texts(case: Case, archive: Archive, series: Series | None) -> Iterator[str]:
    """Yield what may name a team, the most telling first."""
    if series is not None:
        yield series.name
    source = case.source
    yield source.title
    notes = {label.casefold() for label in case.settings.labels}
    yield " ".join(label for label in source.labels if label.casefold() not in notes)
    if source.repository.name != archive.repository.name:
        yield source.repository.name.rpartition("/")[2]


# -- questions ---------------------------------------------------------------------------------------------


def _question(archive: Archive, day: date, choice: Choice) -> Question:
    """Return the question for a choice that is not made."""
    assert choice.doubt is not None
    return Question(
        _QUESTIONS[choice.doubt],
        day=day,
        doubt=choice.doubt,
        candidates=tuple(_offered(choice.candidates, day)),
        more=max(len(choice.candidates) - MOST_OFFERED, 0),
        understood=understood(find_series(tuple(archive.files)), day),
        undated=undated(archive.files),
    )


def _offered(candidates: Sequence[ArchiveSeries], day: date) -> Iterable[Candidate]:
    for each in candidates[:MOST_OFFERED]:
        previous = each.previous(day)
        yield Candidate(each.name, each.path(day), previous.date if previous else None, each.layout.pattern)


def _candidate(case: Case, archive: Archive, day: date, series: Series) -> Candidate:
    """Return what a question offers of a configured series."""
    choice = locate(archive.files, case.settings.within(series), day, series.name)
    kept = choice.series or next(iter(choice.candidates), ArchiveSeries("", Layout()))
    [offered] = _offered([kept], day)
    return replace(offered, name=series.name)
