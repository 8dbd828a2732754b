"""Whose meeting it is: chooses among the series of an archive by ranked evidence. Pure.

Where the evidence does not decide there is no choice, but candidates to ask for, the likeliest first.
"""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from bot.archive.grouping import RECURRING
from bot.archive.series import ArchiveSeries, tokens_of
from bot.archive.words import AGENDAS, COMPANIONS, MEETING, MINUTES, TEAM

Doubt = Literal["series", "agenda", "layout", "extension", "unrecognised"]
"""Why there is no choice: several series may be meant; minutes or the agenda beside them; two ways to write
the path; a series whose minutes are no Markdown; files that look like minutes, and in which no day was
found."""

_FORM = 5  # letters of a word that may be another form of a longer one: `canonical`, `canonicalisation`
_SHORT, _LEFT_OUT = 3, 3  # letters of a short form at least, and of what it leaves out: `dev`, `developer`
_ALIKE = 0.85  # how similar two forms of a word are (`difflib`'s ratio): `serialisation`, `serialization`
_RIVAL = 0.7  # the share of the best one's points from which on another series may be meant too
_HALF = 0.5  # the share of its name by which a text may mean a series that no longer meets
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Choice:
    """The series that a meeting belongs to; or None, and then the series it may belong to, and the doubt.

    `candidates` are those series, the likeliest first; `doubt` is the kind of question for people.
    """

    series: ArchiveSeries | None
    candidates: tuple[ArchiveSeries, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    """How well a text names a series: points, and which of the words of its name it has and lacks."""

    points: float
    share: float
    """The weight of the words that it has, of all of them: 0 to 1."""
    has: frozenset[str]
    lacks: frozenset[str]


def choose(found: Sequence[ArchiveSeries], day: date, *texts: str) -> Choice:
    """Return which of these series of an archive the meeting on `day` belongs to.

    `texts` may name a team, the most telling first: the title of an issue, its labels, a repository. The
    first that names one decides; without any, the only living series, the only one whose name says nothing of
    a team, and the weekday do. If it stays in doubt, the result has the candidates.
    """
    minutes = [each for each in found if each.accompanies is None]
    minutes = [
        each for each in minutes if not each.has_topics or MEETING.search(each.layout.pattern)
    ] or minutes
    if not minutes:
        return Choice(None)
    awake = {each.folders for each in found if each.accompanies is not None and each.is_living(day)}
    living = [each for each in minutes if each.is_living(day) or each.folders in awake] or minutes
    for text in texts:
        named = _named(minutes, living, day, text)
        if named:
            break
    else:
        named = _unnamed(minutes, living, day, "\n".join(texts))
    if len(named) > 1:
        beside = [
            it for each in named for it in found if it.folders == each.folders and it.accompanies is not None
        ]
        rest = [each for each in found if each.accompanies is None]
        return Choice(None, tuple({each.name: each for each in (*named, *beside, *rest)}.values()), "series")
    chosen = named[0]
    beside = [each for each in found if each.folders == chosen.folders and each.accompanies is not None]
    if beside and _may_be_agenda(chosen, beside, day, texts[0] if texts else ""):
        return Choice(None, (chosen, *beside), "agenda")
    return certain(chosen)


def certain(series: ArchiveSeries) -> Choice:
    """Return the choice of this series, unless it is in doubt where its next minutes belong.

    Then the choice has the candidates: two layouts, or one with Markdown files in place of others.
    """
    if series.other_layout:
        return Choice(None, (series, replace(series, layout=series.other_layout)), "layout")
    if not series.is_markdown:
        return Choice(None, (series.in_markdown(),), "extension")
    return Choice(series)


# -- by name -----------------------------------------------------------------------------------------------


def _named(
    minutes: Sequence[ArchiveSeries], living: Sequence[ArchiveSeries], day: date, text: str
) -> tuple[ArchiveSeries, ...]:
    """Return the series that a text names; several where it may be each of them, none where it names none."""
    matches = _matches(minutes, text)
    named = [
        each for each in minutes if matches[each.name].points and _may_be(each, living, matches[each.name])
    ]
    if any(each in living for each in named):  # a few old files are no rival to it
        named = [each for each in named if each in living or len(each.meetings) >= RECURRING]
    if not named:
        return ()
    named.sort(key=lambda each: -matches[each.name].points)
    first = matches[named[0].name]
    meant = [named[0], *(each for each in named[1:] if _is_rival(matches[each.name], first))]
    if len(meant) > 1 and all(matches[each.name].has == first.has for each in meant):
        alike = [each for each in meant if each in living or not matches[each.name].lacks]
        if one := _by_weekday(alike, day):
            meant = [one]
    is_asleep = len(meant[0].meetings) >= RECURRING and not any(each in living for each in named)
    is_clear = meant[0] in living or (not first.lacks and is_asleep)
    if len(meant) == 1 and is_clear and _fits(meant[0], day, living):
        return (meant[0],)
    return _ranked([*meant, *living], matches, day)


def _matches(found: Sequence[ArchiveSeries], text: str) -> Mapping[str, _Match]:
    """Weigh the words that a text shares with the name of each series; a rare word counts most."""
    words = tokens_of(text)
    uses = Counter(token for each in found for token in each.tokens)
    matches = {}
    for each in found:
        weights = {token: uses[token] ** -0.5 for token in each.tokens if uses[token] < len(found)}
        has = frozenset(token for token in weights if _stands_in(token, words))
        points = sum(weights[token] for token in has)
        share = points / sum(weights.values()) if weights else 0
        matches[each.name] = _Match(points * (1 + share), share, has, frozenset(weights) - has)
    return matches


def _stands_in(token: str, words: Sequence[str]) -> bool:
    """Return whether a text has that word, another form of it, or the words of which it is the initials."""
    if token in words:
        return True
    if len(token) >= _FORM and any(_is_form(token, word) for word in words if len(word) >= _FORM):
        return True
    if len(token) >= _SHORT and any(
        word.startswith(token) and len(word) >= len(token) + _LEFT_OUT for word in words
    ):
        return True
    return token.isalpha() and _is_initials(token, words)


def _is_initials(token: str, words: Sequence[str]) -> bool:
    """Return whether a word is the initials of words that follow each other.

    Two letters are so only where the second word is one for a team, as in `WG` for "Working Group".
    """
    if len(token) == 2:
        return any(
            one[0] == token[0] and two[0] == token[1] and TEAM.fullmatch(two) for one, two in pairwise(words)
        )
    return 2 < len(token) < 7 and token in "".join(word[0] for word in words)


def _is_form(one: str, two: str) -> bool:
    if one.startswith(two) or two.startswith(one):
        return True
    return one[0] == two[0] and difflib.SequenceMatcher(None, one, two).ratio() >= _ALIKE


def _may_be(series: ArchiveSeries, living: Sequence[ArchiveSeries], match: _Match) -> bool:
    """Return whether a name may mean a series: a dormant one, or a single file, only by all its words."""
    return not match.lacks or (series in living and len(series.meetings) > 1)


def _is_rival(other: _Match, first: _Match) -> bool:
    """Return whether a text that names the first may mean the other as well."""
    if other.has < first.has or (other.has == first.has and other.lacks > first.lacks):
        return False
    return other.points >= _RIVAL * first.points


# -- by what else is known ---------------------------------------------------------------------------------


def _unnamed(
    minutes: Sequence[ArchiveSeries], living: Sequence[ArchiveSeries], day: date, text: str
) -> tuple[ArchiveSeries, ...]:
    """Return the series of a text that names none; several where it may be each of them."""
    usual = [
        each for each in living if len(each.meetings) > 1 or MEETING.search(each.layout.pattern)
    ] or living
    matches = _matches(minutes, text)
    if asleep := [each for each in minutes if each not in living and matches[each.name].share >= _HALF]:
        return _ranked([*asleep, *usual], matches, day)
    if len(usual) == 1:
        return (usual[0],)
    general = [each for each in usual if not matches[each.name].lacks]
    if len(general) == 1 and _fits(general[0], day, usual):
        return (general[0],)
    one = None if TEAM.search(text) else _by_weekday(usual, day)
    return (one,) if one else _ranked(usual, matches, day)


def _by_weekday(candidates: Sequence[ArchiveSeries], day: date) -> ArchiveSeries | None:
    """Return the one that meets on that weekday, if no other ever does; None where that is not clear."""
    fitting = [each for each in candidates if day.weekday() in each.weekdays]
    return fitting[0] if len(fitting) == 1 and fitting[0].weekday is not None else None


def _fits(series: ArchiveSeries, day: date, living: Sequence[ArchiveSeries]) -> bool:
    """Return whether a series meets on that weekday, or at least no other does."""
    if series.weekday in (None, day.weekday()):
        return True
    return not any(each is not series and each.weekday == day.weekday() for each in living)


def _may_be_agenda(minutes: ArchiveSeries, beside: Sequence[ArchiveSeries], day: date, title: str) -> bool:
    """Return whether the text may be one of the agendas beside minutes: by its title, or by their number."""
    is_minutes = bool(MINUTES.search(title))
    if any(word in title.casefold() for word in COMPANIONS) or is_minutes:
        return not is_minutes
    agendas = [each for each in beside if each.tokens & AGENDAS]
    if not minutes.words:
        return False

    def recent(series: ArchiveSeries) -> int:
        return sum(timedelta() <= day - past.date < _YEAR for past in series.meetings)

    return any(recent(each) >= recent(minutes) for each in agendas)


def _ranked(
    candidates: Iterable[ArchiveSeries], matches: Mapping[str, _Match], day: date
) -> tuple[ArchiveSeries, ...]:
    """Return candidates in the order of their likelihood, each once."""

    def likelihood(series: ArchiveSeries) -> tuple[float, bool, int]:
        return matches[series.name].points, day.weekday() in series.weekdays, len(series.meetings)

    once = {each.name: each for each in candidates}
    return tuple(sorted(once.values(), key=likelihood, reverse=True))
