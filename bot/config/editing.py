"""Adds a day to the `skip` or `extra` of a series in the text of a configuration; the rest stays. Pure.

The YAML is not dumped again: ruamel's marks give the position of each node, and the day is inserted there as
text. The result is read again, and is returned only if it means exactly what was intended.
"""

import re
from dataclasses import replace
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.calendar import Extra, Series
from bot.config.reading import PATH, ConfigError, plain, read, tree_of
from bot.config.values import quoted

LONGEST_WHY = 100  # characters
_BREAK = re.compile(r"\r\n|\r|\n")
_NEWLINE = ("\n",)  # the line ending for a text that has none


class CannotEdit(ValueError):
    """A skipped day cannot be added to the configuration by the bot.

    The message says what to write by hand, and where.
    """


def with_skip(text: str, series: str, day: date, why: str = "") -> str:
    """Return the text of a configuration with `day` added to the `skip` of the series named `series`.

    An `extra` meeting on that day is removed. `why`, the reason, becomes a YAML comment if each day has a
    line of its own. The text is returned unchanged if the day is skipped already. Raises CannotEdit when the
    series does not exist, the configuration has mistakes, or it is written in a form that this module cannot
    edit.
    """
    try:
        text = _filled(text, series, "skip")
        known = _read(text, series)
        made, wanted = text, _skipped(known, day)
        if wanted.extra != known.extra:
            made = _without(made, series, day)
        if wanted.skip != known.skip:
            made = _with(made, series, "skip", str(day), why)
        if _says(made, text, wanted):
            return made
    except ConfigError as error:
        raise CannotEdit(f"{_by_hand(series, 'skip', day)}: {error.mistakes[0]}") from None
    raise CannotEdit(f"{_by_hand(series, 'skip', day)}: it is written in a way that only people can edit")


def with_extra(text: str, series: str, extra: Extra, why: str = "") -> str:
    """Return the text of a configuration with a meeting added to the `extra` of a series.

    Another one on the same day is replaced. Otherwise as `with_skip`.
    """
    try:
        text = _filled(text, series, "extra")
        known = _read(text, series)
        rest = tuple(each for each in known.extra if each.day != extra.day)
        if extra in known.extra:
            return text
        made = _without(text, series, extra.day) if rest != known.extra else text
        written = f"{extra.day} {extra.at:%H:%M}" if extra.at else str(extra.day)
        made = _with(made, series, "extra", written, why)
        if _says(made, text, replace(known, extra=(*rest, extra))):
            return made
    except ConfigError as error:
        raise CannotEdit(f"{_by_hand(series, 'extra', extra.day)}: {error.mistakes[0]}") from None
    raise CannotEdit(
        f"{_by_hand(series, 'extra', extra.day)}: it is written in a way that only people can edit"
    )


def _by_hand(series: str, key: str, day: date) -> str:
    return f"write `{day}` among the `{key}` of {quoted(series)} in `{PATH}` by hand"


def _read(text: str, series: str) -> Series:
    """Return a series of a configuration that has it. Raises ConfigError."""
    return next(each for each in read(text).series if plain(each.name) == plain(series))


def _says(made: str, before: str, wanted: Series) -> bool:
    """Return whether a text means what it meant before, but for one series. Raises ConfigError."""
    old = read(before)
    after = (wanted if plain(each.name) == plain(wanted.name) else each for each in old.series)
    return read(made) == old.model_copy(update={"series": tuple(after)})


def _skipped(series: Series, day: date) -> Series:
    """Return the series without a meeting on that day, whether it is an `extra` or in the schedule."""
    rest = tuple(each for each in series.extra if each.day != day)
    is_extra_alone = rest != series.extra and replace(series, extra=rest).on(day) is None
    return replace(series, extra=rest, skip=series.skip if is_extra_alone else series.skip | {day})


# -- positions in the text ---------------------------------------------------------------------------------


def _pairs(text: str, series: str) -> MappingNode:
    """Return the YAML node of a series: its keys and values.

    Raises ConfigError when the text cannot be read, CannotEdit when there is no such series.
    """
    tree_of(text)  # raises ConfigError for a text that is not YAML, or too long or too deep
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
    """Return the offset at which the text of a node ends.

    The end mark of a block sequence is at the start of the next node, so its last item is used.
    """
    if isinstance(node, SequenceNode) and node.value and not node.flow_style:
        return _end(text, node.value[-1])
    return len(text[: node.end_mark.index].rstrip())


def _after_colon(text: str, key: Node) -> int:
    colon = re.compile(r"\s*:").match(text, key.end_mark.index)
    return colon.end() if colon else key.end_mark.index


def _lines(text: str, node: Node) -> tuple[int, int, str]:
    """Return the offsets at which the lines of a node begin and end, and their line ending."""
    begin, end = node.start_mark.index, _end(text, node)
    found, usual = _BREAK.search(text, end), _BREAK.search(text)
    first = max(text.rfind("\n", 0, begin), text.rfind("\r", 0, begin)) + 1
    return first, found.start() if found else len(text), (found or usual or _NEWLINE)[0]


def _before(text: str, node: Node) -> str:
    """Return the text before a node on its line."""
    return text[_lines(text, node)[0] : node.start_mark.index]


# -- adding and removing days ------------------------------------------------------------------------------
# A form that these functions do not know is returned unchanged; `with_skip` then raises CannotEdit.


def _filled(text: str, series: str, name: str) -> str:
    """Write a key without a value as `skip: []`, since `read` refuses it."""
    for key, value in _pairs(text, series).value:
        if key.value == name and value.tag == "tag:yaml.org,2002:null":
            begin = value.start_mark.index if value.value else _after_colon(text, key)
            return text[:begin] + ("[]" if value.value else " []") + text[begin + len(value.value) :]
    return text


def _with(text: str, series: str, key: str, day: str, why: str) -> str:
    """Add a day to the list of a key of a series; add the key if it is missing."""
    pairs = _pairs(text, series)
    days = _values(pairs).get(key)
    if not isinstance(days, SequenceNode):
        return _with_key(text, pairs, key, day, why)
    last = days.value[-1] if days.value else days
    mark = last.style if isinstance(last, ScalarNode) and last.style else ""
    if days.flow_style:
        return _in_brackets(text, days, f"{mark}{day}{mark}")
    if not re.fullmatch(" *- +", _before(text, last)):
        return text
    _, end, newline = _lines(text, last)
    return f"{text[:end]}{newline}{_before(text, last)}{mark}{day}{mark}{_comment(why)}{text[end:]}"


def _with_key(text: str, pairs: MappingNode, key: str, day: str, why: str) -> str:
    first, last = pairs.value[0][0], pairs.value[-1][1]
    if pairs.flow_style:
        end = _end(text, last)
        return f"{text[:end]}, {key}: [{day}]{text[end:]}"
    _, end, newline = _lines(text, last)
    indent = newline + " " * first.start_mark.column
    return f"{text[:end]}{indent}{key}:{indent}  - {day}{_comment(why)}{text[end:]}"


def _in_brackets(text: str, days: SequenceNode, day: str) -> str:
    """Add a day to a flow sequence (`[a, b]`), on a new line if the last item has a line of its own."""
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
    """Return a reason as a YAML comment: one line of printable characters; empty for no reason."""
    words = "".join(char for char in " ".join(why.split()) if char.isprintable())
    return f"  # {words[:LONGEST_WHY].strip()}" if words.strip() else ""


def _without(text: str, series: str, day: date) -> str:
    """Remove a day from the `extra` of a series, with its whole line if it has a line of its own."""
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
    """Remove an item of a flow sequence with the comma after it or, for the last item, before it."""
    begin, end = item.start_mark.index, item.end_mark.index
    behind = re.compile(r"\s*,[ \t]*").match(text, end)
    if behind:
        return text[:begin] + text[behind.end() :]
    return re.sub(r",\s*\Z", "", text[:begin]) + text[end:]
