"""Finds the series of an archive by its paths. Pure.

Dated files fall into series by their folders and by the words beside the date. A number that rises with the
dates is a counter. Words that are never the same, of topics or people, belong to the minutes of one meeting.
A misspelt name belongs to the series that it resembles. Agendas, transcripts and slides are apart where there
are minutes beside them.
"""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from bot.archive.dates import DatedPath, read_paths
from bot.archive.layout import Layout, month_slot
from bot.archive.month_names import style_of
from bot.archive.names import named
from bot.archive.series import ArchiveSeries, PastMeeting, words_of
from bot.archive.words import COMPANIONS, SAYS_NOTHING

RECURRING = 3
"""Files with the same words that make a series of their own beside others."""

_MANY = 12  # files with words of their own, from which on these are topics
_NEWEST = 5  # minutes that show how paths are written: teams change that over the years
_ALIKE = 0.84  # how similar two words are of which one is misspelt (`difflib`'s ratio)
_SHORTEST = 5  # letters of a word below which another letter makes another name: `TSC`, `TOC`
_SHARED = 3  # words that two names share of which one has a word more
_COMPARED = 200  # names of one place above which misspelt ones are not looked for
_SAME_DAYS = 0.25  # the share of days with several files from which on their words name teams
_DIGITS = re.compile(r"\d+")
_SLOT = r"(?:YYYY|MM|DD|month|\{[^={}]+\})"
_FROM_SLOT_TO_SLOT = re.compile(rf"{_SLOT}.*{_SLOT}|{_SLOT}")

_Files = list[DatedPath]
_ByWords = dict[str, _Files]
"""The files of a place by the words that they share."""


@lru_cache(maxsize=64)
def find_series(paths: tuple[str, ...]) -> tuple[ArchiveSeries, ...]:
    """Return the series of meetings that the paths of an archive's files show.

    Those with the newest meetings come first; no two have the same name.
    """
    places: defaultdict[str, defaultdict[str, _Files]] = defaultdict(lambda: defaultdict(list))
    keys: dict[tuple[str, str], str] = {}
    for dated in read_paths(paths):
        names = dated.folders, dated.words
        key = keys.get(names)
        if key is None:
            key = keys[names] = _key(dated)
        places[dated.folders][key].append(dated)
    found = [series for groups in places.values() for series in _of_place(groups)]
    found.sort(key=lambda it: (it.meetings[-1].date, len(it.meetings), it.layout.pattern), reverse=True)
    return tuple(named(found))


def _key(dated: DatedPath) -> str:
    """Return what the names of a series share: words that say more than the folders; `#` for a number."""
    if not dated.words:
        return ""
    known = _known(dated.folders)
    words = _DIGITS.sub(" # ", dated.words).split("#")
    return " ".join(
        " # ".join(" ".join(it for it in words_of(part) if it not in known) for part in words).split()
    )


@lru_cache(maxsize=1024)
def _known(folders: str) -> frozenset[str]:
    """Return the words of file names that say nothing more than the folders do."""
    return SAYS_NOTHING.union(words_of(folders))


def _of_place(groups: _ByWords) -> list[ArchiveSeries]:
    """Return the series of one place."""
    groups, companions = _without_companions(_by_constant_numbers(groups))
    beside = [replace(_series(key, files), accompanies=rest) for key, (rest, files) in companions.items()]
    groups, misspelt = _with_misspelt(groups)
    recurring = {key: files for key, files in groups.items() if len(files) >= RECURRING}
    if not recurring and _are_teams(groups):
        recurring = groups
    if len(recurring) > 1:
        topics = _topics(groups)
        kept = {key: files for key, files in groups.items() if not topics or (key and key in recurring)}
        named_ones = [_series(key, files, misspelt.get(key, ())) for key, files in kept.items()]
        return [*named_ones, *([_series("", topics, topics)] if topics else []), *beside]
    main = next(iter(recurring), "")
    others = [dated for key, files in groups.items() if key != main for dated in files]
    everything = sorted([*groups.get(main, ()), *others])
    return [_series(main, everything, [*misspelt.get(main, ()), *others]), *beside] if everything else beside


def _by_constant_numbers(groups: _ByWords) -> _ByWords:
    """Part files that differ in a number which does not rise with their dates, such as `wg1` and `wg2`."""
    found: defaultdict[str, _Files] = defaultdict(list)
    for key, files in groups.items():
        if "#" not in key or len(files) == 1 or _rises(files):
            found[key] += files
            continue
        by_number: defaultdict[str, _Files] = defaultdict(list)
        for dated in files:
            by_number[" ".join(_DIGITS.findall(dated.words))].append(dated)
        if len(by_number) > len(files) / 2:  # nearly each file has another: they name no team
            found[key] += files
        else:
            for number, group in by_number.items():
                found[f"{key} {number}"] += group
    return dict(found)


def _topics(groups: _ByWords) -> _Files:
    """Return the files that have words of their own, with those that have none, where most files do.

    Else the result is empty: the words of a few files name teams.
    """
    rare = {key: files for key, files in groups.items() if len(files) < RECURRING}
    worded = sum(len(files) for key, files in rare.items() if key and "#" not in key)
    if worded < _MANY or 2 * worded < sum(map(len, groups.values())):
        return []
    own = [dated for files in rare.values() for dated in files]
    return sorted([*own, *(groups.get("", []) if len(groups.get("", [])) >= RECURRING else [])])


def _rises(files: Sequence[DatedPath]) -> bool:
    """Return whether the last number of the words rises with the dates, by steps of three at most."""
    numbers = [int(found[-1]) for dated in files if (found := _DIGITS.findall(dated.words))]
    rising = len(numbers) == len(files) and all(one < two for one, two in pairwise(numbers))
    return rising and numbers[-1] - numbers[0] <= 3 * len(numbers)


def _without_companions(groups: _ByWords) -> tuple[_ByWords, dict[str, tuple[str, _Files]]]:
    """Leave out what accompanies minutes; it is returned by its own words, with the words of the minutes."""
    kept, companions = dict(groups), {}
    for key in sorted(groups):
        rest = " ".join(word for word in key.split() if word not in COMPANIONS)
        if rest != key and rest in groups:
            companions[key] = rest, kept.pop(key)
    return kept, companions


def _with_misspelt(groups: _ByWords) -> tuple[_ByWords, Mapping[str, _Files]]:
    """Join names that are nearly the same; return also the files with the rarer name by the more common
    words.
    """
    misspelt: defaultdict[str, _Files] = defaultdict(list)
    if not 1 < len(groups) <= _COMPARED:
        return groups, misspelt
    kept = dict(groups)
    common = [key for key, files in groups.items() if len(files) >= RECURRING]
    for key, files in groups.items():
        near = [
            other for other in common if 3 * len(files) <= len(groups[other]) and _is_misspelt(key, other)
        ]
        if len(near) == 1:
            kept[near[0]] = sorted([*kept[near[0]], *kept.pop(key)])
            misspelt[near[0]] += files
    return kept, misspelt


def _is_misspelt(key: str, other: str) -> bool:
    """Return whether two names differ as typing errors and short forms do."""
    one, two = key.split(), other.split()
    shared = set(one) & set(two)
    if abs(len(one) - len(two)) == 1:  # a word more, or `mintues` beside a name of nothing but `minutes`
        extra = next(iter(set(one) ^ set(two)), "") if len(set(one) ^ set(two)) == 1 else ""
        return bool(extra) and (len(shared) >= _SHARED or _is_near(extra, SAYS_NOTHING))
    differing = [(a, b) for a, b in zip(one, two, strict=False) if a != b]
    if len(one) != len(two) or len(differing) != 1:
        return "".join(one) == "".join(two)
    a, b = differing[0]
    if len(one) > 2 and min(len(a), len(b)) > 1 and (a.startswith(b) or b.startswith(a)):
        return True  # `go`, `golang`
    return min(len(a), len(b)) >= _SHORTEST and (a + b).isalpha() and _is_near(a, [b])


def _is_near(word: str, others: Collection[str]) -> bool:
    return bool(difflib.get_close_matches(word, others, 1, _ALIKE))


def _are_teams(groups: _ByWords) -> bool:
    """Return whether the words of a few files name teams, not topics.

    Then each stands several times, or beside another on the same day, or all share a word: `hw-board`,
    `sw-board`.
    """
    if len(groups) < 2 or all(len(files) > 1 for files in groups.values()):
        return True
    days = Counter(day for files in groups.values() for day in {dated.day for dated in files})
    if sum(count > 1 for count in days.values()) >= max(_SAME_DAYS * len(days), 1):
        return True
    keys = groups if len(groups) > 2 else (files[0].words for files in groups.values())
    return bool(frozenset.intersection(*(frozenset(words_of(key)) for key in keys)))


def _series(key: str, files: Sequence[DatedPath], others: Sequence[DatedPath] = ()) -> ArchiveSeries:
    """Make a series of files, of which `others` have other words than the rest."""
    apart = {dated.path for dated in others}
    regular = [dated for dated in files if dated.path not in apart]
    newest = (regular or files)[-_NEWEST:]
    patterns = _patterns(newest, has_topics=not regular)
    layout, as_likely = _newest_form(newest, patterns)
    other_reading = newest[-1].other
    if other_reading:
        as_likely = other_reading.pattern
    odd = {
        dated.path
        for dated, pattern in zip(newest, patterns, strict=True)
        if pattern != layout and _plain(pattern) == _plain(layout)
    }
    if regular and len({dated.words for dated in others}) <= 2:
        odd |= apart
    return ArchiveSeries(
        "",
        Layout(layout),
        tuple(PastMeeting(dated.day, dated.path) for dated in files),
        newest[-1].folders,
        "" if not regular else _DIGITS.sub("", regular[-1].words) if key.endswith("#") else regular[-1].words,
        tuple(sorted(odd)),
        Layout(as_likely) if as_likely else None,
        has_topics=not regular,
    )


def _newest_form(files: Sequence[DatedPath], patterns: Sequence[str]) -> tuple[str, str | None]:
    """Return the newest pattern that is no slip, and another one that is as likely, or None.

    A slip is a rare pattern that differs from a more common one in case, separators or extension only, has a
    folder of another day, or stands once among several that agree.
    """
    counts = Counter(patterns)
    common, most = counts.most_common(1)[0]
    for dated, pattern in zip(reversed(files), reversed(patterns), strict=True):
        alike = max(counts[it] for it in counts if _plain(it) == _plain(pattern))
        count = counts[pattern]
        if alike <= count and dated.is_in_own_folder and (count > 1 or most < 3):
            return pattern, common if count == 2 < most else None
    return common, None


def _plain(pattern: str) -> str:
    """Return a pattern without what a slip changes: case, blanks and separators, the extension."""
    return re.sub(r"[-_. ]+", "", pattern.rpartition(".")[0]).casefold()


def _patterns(files: Sequence[DatedPath], *, has_topics: bool) -> list[str]:
    """Return the patterns of files: months in one style, a slot for a rising number, no words of topics."""
    patterns = [dated.pattern for dated in files]
    if style_of(dated.month_name for dated in files if dated.month_name):
        common = month_slot(dated.month_name for dated in files if dated.month_name)
        patterns = [
            pattern.replace(month_slot([dated.month_name]), common) if dated.month_name else pattern
            for dated, pattern in zip(files, patterns, strict=True)
        ]
    if has_topics:
        return [_without_words(pattern, dated) for dated, pattern in zip(files, patterns, strict=True)]
    if len(files) > 1 and _rises(files):
        return [_with_counter(pattern, dated) for dated, pattern in zip(files, patterns, strict=True)]
    return patterns


def _without_words(pattern: str, dated: DatedPath) -> str:
    """Take the words beside the date out of a pattern; a name without a date stays."""
    folder, slash, name = pattern.rpartition("/")
    match = _FROM_SLOT_TO_SLOT.search(name) if dated.is_in_name else None
    return f"{folder}{slash}{match[0]}{name[name.rindex('.') :].lower()}" if match else pattern


def _with_counter(pattern: str, dated: DatedPath) -> str:
    """Put the slot of a rising number where the last number of the words stands."""
    number = _DIGITS.findall(dated.words)[-1]
    at = pattern.rindex(number)
    slot = "{" + "N" * (len(number) if number.startswith("0") else 1) + "}"
    return pattern[:at] + slot + pattern[at + len(number) :]
