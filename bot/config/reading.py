"""The reader: text -> Config, or every mistake at once, with line, column and what to write instead."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from bot.config.keys import Config, SourceConfig
from bot.config.values import nearest, quoted

PATH = ".github/minutes.yml"
LARGEST = 8_192  # characters; nobody's configuration is longer, and YAML takes its time
DEEPEST = 10  # levels of brackets and indentation

_CURES = {
    "bool_type": "write `true` or `false`",
    "dict_type": "write names and values, such as `Ada Example: ada`",
    "string_too_short": "write at least one character",
    "string_type": "write a text, in quotes if it looks like a number",
    "too_short": "write at least one value",
    "tuple_type": "write a list, such as `[one, two]`",
}
"""What to write instead, by pydantic's kind of error; the others say it themselves."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: line and column count from 1; `message` says what is wrong and what to write."""

    line: int
    column: int
    message: str

    def __str__(self) -> str:
        """As compilers write it."""
        return f"{PATH}:{self.line}:{self.column}: {self.message}"


class ConfigError(ValueError):
    """The configuration has mistakes; all of them are in `mistakes`."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


def read(text: str | None) -> Config:
    """Read a configuration; None or an empty text is the default one. Raises ConfigError."""
    return _config(_tree(text))


def check(text: str | None, repository: str | None = None) -> tuple[Mistake, ...]:
    """List the mistakes of a configuration, in the order of the file.

    With the `repository` ("owner/name") whose file it is, also the keys that would be in force in another:
    a repository that names another one as its archive keeps no minutes itself.
    """
    try:
        tree = _tree(text)
        config = _config(tree)
    except ConfigError as error:
        return error.mistakes
    archive = config.archive
    if repository is None or archive is None or archive.casefold() == repository.casefold():
        return ()
    elsewhere = f"belongs in `{PATH}` of `{archive}`, which keeps these minutes"
    misplaced = (key for key in tree if key not in SourceConfig.model_fields)
    return _sorted(Mistake(*_place(tree, [key]), f"`{key}` {elsewhere}") for key in misplaced)


def _config(tree: Mapping[str, Any]) -> Config:
    """Read keys and values. Raises ConfigError."""
    try:
        return Config.model_validate(dict(tree))
    except ValidationError as error:
        found = [each for each in error.errors(include_url=False) if not _follows(each)]
    raise ConfigError(_sorted(Mistake(*_place(tree, each["loc"]), _said(each)) for each in found))


def _follows(error: ErrorDetails) -> bool:
    """Tell whether a list is too short only because the items in it, which have errors of their own, fail."""
    return error["type"] == "too_short" and bool(error["input"])


def _sorted(mistakes: Iterator[Mistake]) -> tuple[Mistake, ...]:
    return tuple(sorted(mistakes, key=lambda mistake: (mistake.line, mistake.column)))


def _tree(text: str | None) -> Mapping[str, Any]:
    """Read YAML; ruamel notes where each key stood. Raises ConfigError."""
    if len(text or "") > LARGEST:
        raise ConfigError([Mistake(1, 1, f"longer than {LARGEST} characters")])
    try:
        _refuse_costly(text or "")
        tree = YAML(typ="rt").load(text or "")
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
    """Refuse what lets a small file grow or stand for something else, before it does. Raises ConfigError."""
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
    """Tell line and column of a key or an item, as near as ruamel knows."""
    line, column = 0, 0
    for step in path:
        try:
            marks = tree.lc  # ruamel's own: where each key and item stood
            line, column = marks.key(step) if isinstance(tree, Mapping) else marks.item(step)
            tree = tree[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line + 1, column + 1


def _said(error: ErrorDetails) -> str:
    """Say one of pydantic's errors: which key, and what to write instead."""
    path = [step for step in error["loc"] if step != "[key]"]  # pydantic's word for "the key, not its value"
    if error["type"] == "extra_forbidden":
        near = nearest(path[-1], Config.model_fields) or f"there are {', '.join(Config.model_fields)}"
        return f"unknown key {quoted(path[-1])}, {near}"
    cure = _CURES.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["type"] == "literal_error":
        choices = re.findall("'(.+?)'", error["ctx"]["expected"])
        cure = nearest(error["input"], choices) or f"write {' or '.join(map(quoted, choices))}"
    elif error["type"] == "tuple_type" and isinstance(value := error["input"], str):
        cure = f"write a list: {quoted(f'[{value}]')}"
    return f"{quoted('.'.join(map(str, path)))}: {cure}"
