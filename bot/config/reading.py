"""Reads the text of a configuration into a Config, or lists all mistakes with line, column and remedy."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from bot.calendar.remarks import remarks as series_remarks
from bot.config.keys import Config, SourceConfig
from bot.config.series import SeriesKeys
from bot.config.values import nearest, quoted
from bot.minutes import decode

PATH = ".github/minutes.yml"
LARGEST = 8_192  # characters; longer texts are refused, since parsing YAML is slow
UNREADABLE = "\0"
"""What stands for the text of a file that is no UTF-8; as a configuration it is a mistake."""
LONGEST_SETTLE = timedelta(days=7)
"""A time for which notes are rarely still; a longer one may not be meant."""
DEEPEST = 10  # levels of nested mappings and lists

_CURES = {
    "bool_type": "write `true` or `false`",
    "missing": "is missing",
    "model_type": "write keys and values, such as `schedule: every Tuesday 14:00`",
    "dict_type": "write names and values, such as `Ada Example: ada`",
    "string_too_short": "write at least one character",
    "string_type": "write a text, in quotes if it looks like a number",
    "too_short": "write at least one value",
    "tuple_type": "write a list, such as `[one, two]`",
}
"""What to write instead, by pydantic's type of error; the messages of other types say it themselves."""


class _Texts(RoundTripConstructor):
    """Constructs values as ruamel does, except that dates stay text: the models in `series` parse them."""


_Texts.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a configuration.

    Line and column count from 1; `message` says what is wrong and what to write.
    """

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """Return the mistake as compilers print it: `path:line:column: message`."""
        return f"{PATH}:{self.line}:{self.column}: {self.message}"


class ConfigError(ValueError):
    """The configuration has mistakes; all of them are in `mistakes`."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


@lru_cache(maxsize=64)
def read(text: str | None) -> Config:
    """Return the settings in the text of a configuration; None or an empty text gives the default ones.

    Raises ConfigError. Results are cached, since every plan reads the configuration.
    """
    return _config(tree_of(text))


def check(text: str | None, repository: str | None = None) -> tuple[Mistake, ...]:
    """Return the mistakes of a configuration, in the order of the file.

    With `repository`, the "owner/name" of the repository that has the file, the result includes keys that
    have no effect there: if `archive` names another repository, archive keys belong in that one's file.
    """
    try:
        tree = tree_of(text)
        config = _config(tree)
    except ConfigError as error:
        return error.mistakes
    archive = config.archive
    if repository is None or archive is None or archive.casefold() == repository.casefold():
        return ()
    elsewhere = f"belongs in `{PATH}` of `{archive}`, which keeps these minutes"
    misplaced = (key for key in tree if key not in SourceConfig.model_fields)
    return _sorted(Mistake(*_place(tree, [key]), f"`{key}` {elsewhere}") for key in misplaced)


def text_of(data: bytes) -> str:
    """Return the text of a configuration file, as GitHub would show it; UNREADABLE if that is UTF-16."""
    is_utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data
    return UNREADABLE if is_utf_16 else decode(data)


def templates(text: str | None) -> tuple[str, ...]:
    """Return the paths of the templates that a configuration names; none if it cannot be read."""
    try:
        return tuple(dict.fromkeys(path for _, path in _templates(read(text))))
    except ConfigError:
        return ()


def remarks(text: str | None, now: datetime, is_there: Callable[[str], bool] = bool) -> tuple[Mistake, ...]:
    """Return the doubtful entries of a valid configuration, in the order of the file; they are no mistakes.

    They depend on `now` (aware): a series that has ended, a skipped day without a meeting, two series that
    write one file. `is_there` says whether there is a text at a path in the archive; without it, templates
    are taken to be there. The result is empty for a configuration that cannot be read.
    """
    try:
        tree = tree_of(text)
        known = _config(tree)
    except ConfigError:
        return ()
    remarked = series_remarks(known.series, now, known.path)
    found = [(_indexed(tree, at, path), reason) for at, path, reason in remarked]
    found += _remarks_on_keys(known, is_there)
    return _sorted(Mistake(*_place(tree, path), f"{quoted(_name(path))}: {reason}") for path, reason in found)


def _remarks_on_keys(known: Config, is_there: Callable[[str], bool]) -> Iterator[tuple[list[str | int], str]]:
    if known.settle > LONGEST_SETTLE:
        yield (
            ["settle"],
            (
                f"nothing is written until the notes have been still for {known.settle.days} days: "
                "write a shorter time, such as `10 minutes`"
            ),
        )
    for path, template in _templates(known):
        if not is_there(template):
            yield (
                path,
                (
                    f"there is no text {quoted(template)} in this repository: add it, correct the path, or "
                    "leave the key out; until then the form is that of the newest minutes"
                ),
            )


def _templates(known: Config) -> Iterator[tuple[list[str | int], str]]:
    """Yield where a configuration names a template, and its path."""
    if known.template:
        yield ["template"], known.template
    for at, series in enumerate(known.series):
        if series.template:
            yield ["series", at, "template"], series.template


def _indexed(tree: Any, at: int, path: Iterable[str | int | date]) -> list[str | int]:
    """Return the path of a remark in the tree of the YAML; a day to skip becomes its index in the list."""
    days = tree["series"][at].get("skip", [])
    return ["series", at, *(days.index(str(step)) if isinstance(step, date) else step for step in path)]


def _name(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path))


def _config(tree: Mapping[str, Any]) -> Config:
    """Validate the tree of the YAML as a Config. Raises ConfigError."""
    found: list[ErrorDetails] = []
    try:
        config = Config.model_validate(dict(tree))
    except ValidationError as error:
        found = [each for each in error.errors(include_url=False) if not _follows(each)]
    else:
        if not any(_namesakes(tree)):
            return config
    mistakes = [Mistake(*_place(tree, each["loc"]), _message(each)) for each in found]
    raise ConfigError(_sorted([*mistakes, *_namesakes(tree)]))


def _follows(error: ErrorDetails) -> bool:
    """Return whether a list is too short only because its items, which have errors of their own, fail."""
    return error["type"] == "too_short" and bool(error["input"])


def plain(name: str) -> str:
    """Return the name of a series in a form in which names are compared, without case and extra blanks."""
    return " ".join(name.casefold().split())


def _namesakes(tree: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield a mistake for each series with the name of an earlier one."""
    listed = tree.get("series")
    first: dict[str, int] = {}
    for at, keys in enumerate(listed if isinstance(listed, Sequence) else ()):
        name = keys.get("name") if isinstance(keys, Mapping) else None
        if isinstance(name, str):
            known = plain(name)
            if first.setdefault(known, at) != at:
                line, _ = _place(tree, ["series", first[known], "name"])
                message = f"`series.{at}.name`: {quoted(name)} is the name of the series in line {line}"
                yield Mistake(*_place(tree, ["series", at, "name"]), message)


def _sorted(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column)))


def tree_of(text: str | None) -> Mapping[str, Any]:
    """Return the text of a configuration as parsed YAML, a mapping that has the position of each key.

    Raises ConfigError.
    """
    if UNREADABLE in (text or ""):
        raise ConfigError([Mistake(1, 1, "no text in UTF-8, it may be UTF-16: save it as UTF-8")])
    if len(text or "") > LARGEST:
        raise ConfigError([Mistake(1, 1, f"longer than {LARGEST} characters")])
    try:
        _refuse_costly(text or "")
        yaml = YAML(typ="rt")
        yaml.Constructor = _Texts
        tree = yaml.load(text or "")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError([Mistake(line, column, _not_yaml(error.problem or error.context))]) from None
    except ConfigError:
        raise
    except Exception as error:  # ruamel lets out whatever its constructors raise
        raise ConfigError([Mistake(1, 1, _not_yaml(str(error) or type(error).__name__))]) from None
    if tree is None:
        return {}
    if not isinstance(tree, Mapping):
        raise ConfigError([Mistake(1, 1, "write keys and values, such as `settle: 5 minutes`")])
    return tree


def _not_yaml(words: object) -> str:
    return f"not YAML: {quoted(words, most=120)}"


def _refuse_costly(text: str) -> None:
    """Raise ConfigError for anchors, aliases and tags, and for nesting deeper than DEEPEST.

    Aliases let a small file expand to a huge one, so the events are checked before anything is constructed.
    """
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        where = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            cure = "anchors (&), aliases (*) and tags (!) are not read here: write the value itself"
            raise ConfigError([Mistake(*where, cure)])
        if depth > DEEPEST:
            raise ConfigError([Mistake(*where, f"deeper than {DEEPEST} levels")])


def _place(tree: Any, path: Sequence[str | int]) -> tuple[int, int]:
    """Return line and column, from 1, of a key or an item, or of the nearest one above it that is known."""
    line, column = 0, 0
    for step in path:
        try:
            marks = tree.lc  # ruamel's: the position of each key and item
            line, column = marks.key(step) if isinstance(tree, Mapping) else marks.item(step)
            tree = tree[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line + 1, column + 1


def _message(error: ErrorDetails) -> str:
    """Return the message for an error of pydantic: which key, and what to write instead."""
    path = [step for step in error["loc"] if step != "[key]"]  # pydantic's word for "the key, not its value"
    if error["type"] == "extra_forbidden":
        known = (SeriesKeys if path[0] == "series" else Config).model_fields
        near = nearest(path[-1], known) or f"there are {', '.join(known)}"
        return f"unknown key {quoted(path[-1])}, {near}"
    cure = _CURES.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["type"] == "literal_error":
        choices = re.findall("'(.+?)'", error["ctx"]["expected"])
        cure = nearest(error["input"], choices) or f"write {' or '.join(map(quoted, choices))}"
    elif error["type"] == "tuple_type" and isinstance(value := error["input"], str):
        cure = f"write a list: {quoted(f'[{value}]')}"
    return f"{quoted(_name(path))}: {cure}"
