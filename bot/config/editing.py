"""A day more to skip, put into a configuration that people wrote: all else stays as they typed it. Pure.

YAML is not written anew. The places where the words stand are asked of ruamel's marks, the day is put in as
text, and what comes out is read again: only what says exactly what was wanted is given back.
"""

import re
from dataclasses import replace
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.calendar import Series
from bot.config.reading import PATH, ConfigError, plain, read, tree_of
from bot.config.values import quoted

LONGEST_WHY = 100  # characters
_BREAK = re.compile(r"\r\n|\r|\n")
_NEWLINE = ("\n",)  # of a text without any


class CannotEdit(ValueError):
    """The day cannot be put in; the text says what to write where by hand."""


def with_skip(text: str, series: str, day: date, why: str = "") -> str:
    """Return the configuration with a day more among the `skip` of a series, and nothing else changed.

    An `extra` meeting of that day is taken out. `why` becomes a comment where the days stand one to a line.
    Text in which that day is skipped already comes back as it is. Raises CannotEdit.
    """
    try:
        text = _filled(text, series)
        old = read(text)
        at = next(at for at, each in enumerate(old.series) if plain(each.name) == plain(series))
        known = old.series[at]
        wanted = _skipped(known, day)
        made = text
        if wanted.extra != known.extra:
            made = _without(made, series, day)
        if wanted.skip != known.skip:
            made = _with(made, series, day, why)
        after = [*old.series[:at], wanted, *old.series[at + 1 :]]
        if read(made) == old.model_copy(update={"series": tuple(after)}):
            return made
    except ConfigError as error:
        raise CannotEdit(f"{_by_hand(series, day)}: {error.mistakes[0]}") from None
    raise CannotEdit(f"{_by_hand(series, day)}: it is written in a way that only people can edit")


def _by_hand(series: str, day: date) -> str:
    return f"write `{day}` among the `skip` of {quoted(series)} in `{PATH}` by hand"


def _skipped(series: Series, day: date) -> Series:
    """Say what the series is to be: without a meeting of that day, be it an extra one or of the schedule."""
    rest = tuple(each for each in series.extra if each.day != day)
    is_extra_alone = rest != series.extra and replace(series, extra=rest).on(day) is None
    return replace(series, extra=rest, skip=series.skip if is_extra_alone else series.skip | {day})


# -- where things stand ------------------------------------------------------------------------------------


def _pairs(text: str, series: str) -> MappingNode:
    """Find the keys of a series, as they are written. Raises ConfigError and CannotEdit."""
    tree_of(text)  # refuses what is no YAML, or too much of it
    root = YAML(typ="safe", pure=True).compose(text)
    listed = _values(root).get("series")
    names = []
    for entry in listed.value if isinstance(listed, SequenceNode) else ():
        name = _values(entry).get("name")
        if isinstance(entry, MappingNode) and isinstance(name, ScalarNode):
            if plain(name.value) == plain(series):
                return entry
            names.append(quoted(name.value))
    there = f"there are: {', '.join(names)}" if names else "there are none"
    raise CannotEdit(f"there is no series {quoted(series)} in `{PATH}`; {there}")


def _values(node: Node | None) -> dict[str, Node]:
    return {key.value: value for key, value in node.value} if isinstance(node, MappingNode) else {}


def _end(text: str, node: Node) -> int:
    """Return where the words of a node end; the mark of one with lines of its own lies at what comes next."""
    if isinstance(node, SequenceNode) and node.value and not node.flow_style:
        return _end(text, node.value[-1])
    return len(text[: node.end_mark.index].rstrip())


def _after_colon(text: str, key: Node) -> int:
    colon = re.compile(r"\s*:").match(text, key.end_mark.index)
    return colon.end() if colon else key.end_mark.index


def _lines(text: str, node: Node) -> tuple[int, int, str]:
    """Return where the lines of a node begin, where they end, and what ends them."""
    begin, end = node.start_mark.index, _end(text, node)
    found, usual = _BREAK.search(text, end), _BREAK.search(text)
    first = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    return first, found.start() if found else len(text), (found or usual or _NEWLINE)[0]


def _before(text: str, node: Node) -> str:
    """Return what stands before a node on its line."""
    return text[_lines(text, node)[0] : node.start_mark.index]


# -- what is put in and taken out --------------------------------------------------------------------------
# Forms that are known to none of these come back as they are, and then the proof says so.


def _filled(text: str, series: str) -> str:
    """Write an empty list, of which the reader asks whether it is meant, as one: `skip: []`."""
    for key, value in _pairs(text, series).value:
        if key.value == "skip" and value.tag == "tag:yaml.org,2002:null":
            begin = value.start_mark.index if value.value else _after_colon(text, key)
            return text[:begin] + ("[]" if value.value else " []") + text[begin + len(value.value) :]
    return text


def _with(text: str, series: str, day: date, why: str) -> str:
    """Put a day into the `skip` of a series."""
    pairs = _pairs(text, series)
    days = _values(pairs).get("skip")
    if not isinstance(days, SequenceNode):
        return _with_key(text, pairs, day, why)
    last = days.value[-1] if days.value else days
    mark = last.style if isinstance(last, ScalarNode) and last.style else ""
    if days.flow_style:
        return _in_brackets(text, days, f"{mark}{day}{mark}")
    if not re.fullmatch(" *- +", _before(text, last)):
        return text
    _, end, newline = _lines(text, last)
    return f"{text[:end]}{newline}{_before(text, last)}{mark}{day}{mark}{_comment(why)}{text[end:]}"


def _with_key(text: str, pairs: MappingNode, day: date, why: str) -> str:
    first, last = pairs.value[0][0], pairs.value[-1][1]
    if pairs.flow_style:
        end = _end(text, last)
        return f"{text[:end]}, skip: [{day}]{text[end:]}"
    _, end, newline = _lines(text, last)
    indent = newline + " " * first.start_mark.column
    return f"{text[:end]}{indent}skip:{indent}  - {day}{_comment(why)}{text[end:]}"


def _in_brackets(text: str, days: SequenceNode, day: str) -> str:
    """Put a day behind the last one, on a line of its own where that one has one."""
    if not days.value:
        end = days.start_mark.index + 1
        return text[:end] + day + text[end:]
    last = days.value[-1]
    behind = last.end_mark.index
    _, end, newline = _lines(text, last)
    before = _before(text, last)
    if before.strip() or end >= days.end_mark.index:
        return f"{text[:behind]}, {day}{text[behind:]}"
    if text[behind] == ",":
        return f"{text[:end]}{newline}{before}{day},{text[end:]}"
    return f"{text[:behind]},{text[behind:end]}{newline}{before}{day}{text[end:]}"


def _comment(why: str) -> str:
    """Write a reason so that it stays a comment: in one line, and with nothing that YAML refuses."""
    words = "".join(char for char in " ".join(why.split()) if char.isprintable())
    return f"  # {words[:LONGEST_WHY].strip()}" if words.strip() else ""


def _without(text: str, series: str, day: date) -> str:
    """Take a day out of the `extra` of a series, with the comment on its line where it has a line."""
    key, days = next(pair for pair in _pairs(text, series).value if pair[0].value == "extra")
    at = next(at for at, item in enumerate(days.value) if item.value.startswith(str(day)))
    if days.flow_style:
        return _out_of_brackets(text, days.value[at])
    first, end, newline = _lines(text, days.value[at])
    if not re.fullmatch(" *- +", _before(text, days.value[at])):
        return text
    if len(days.value) == 1:
        colon = _after_colon(text, key)
        text, first, end = f"{text[:colon]} []{text[colon:]}", first + 3, end + 3
    return text[:first] + text[end + len(newline) :]


def _out_of_brackets(text: str, item: Node) -> str:
    """Take an item out with the comma behind it or, where it is the last one, before it."""
    begin, end = item.start_mark.index, item.end_mark.index
    behind = re.compile(r"\s*,[ \t]*").match(text, end)
    if behind:
        return text[:begin] + text[behind.end() :]
    return re.sub(r",\s*\Z", "", text[:begin]) + text[end:]
