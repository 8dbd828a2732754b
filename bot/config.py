"""`.github/minutes.yml` -> Config; every mistake at once, with its line and column. Pure.

The models below are the documentation, the reader and the checker; every key is optional.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

PATH = ".github/minutes.yml"
LARGEST = 65_536  # characters; nobody's configuration is longer, and YAML takes its time

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_SPAN = re.compile(r"(\d{1,5})\s*(s(?:econds?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?|d(?:ays?)?)?", re.IGNORECASE)


def _span(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    match = _SPAN.fullmatch(str(value).strip())
    if not match or isinstance(value, bool):
        raise ValueError("write a time such as `10 minutes`, `1 hour` or `0`")
    unit = next(unit for unit in ("minute", *_UNITS) if unit.startswith((match[2] or "m").lower()[0]))
    return timedelta(seconds=int(match[1]) * _UNITS[unit])


def _file(value: str) -> str:
    if value.startswith("/") or ".." in value.split("/") or "\\" in value:
        raise ValueError("write a path inside the repository, such as `minutes/template.md`")
    return value


def _layout(value: str) -> str:
    if value.startswith(".github/") or not re.search(r"YYYY.*MM.*DD|month.*DD", value):
        raise ValueError(
            "write the path of one day's minutes, such as `YYYY/YYYY-MM-DD.md`, outside .github/"
        )
    return _file(value)


def _archive(value: str) -> str:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", value):
        raise ValueError("name the repository in full, as `owner/name`")
    return value


class Config(BaseModel):
    """What a team may set in its archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    archive: Annotated[str, AfterValidator(_archive)] | None = Field(
        default=None,
        description="The repository that keeps the minutes, as `owner/name`: set in a source repository's "
        "own file. Default: `<owner>/meeting-minutes`.",
    )
    labels: tuple[str, ...] = Field(
        default=("meeting-notes",),
        min_length=1,
        description="An issue with one of these labels is meeting notes. Default: `[meeting-notes]`.",
    )
    settle: Annotated[timedelta, BeforeValidator(_span)] = Field(
        default=timedelta(minutes=10),
        description="How long an issue must be still before anything is written. Default: `10 minutes`.",
    )
    template: Annotated[str, AfterValidator(_file)] | None = Field(
        default=None,
        description="The template of the minutes, a Markdown file of the archive. Default: the "
        "`*template*.md` beside or above the minutes, else the shape of the newest ones.",
    )
    path: Annotated[str, AfterValidator(_layout)] | None = Field(
        default=None,
        description="Where the minutes of a day lie. Default: as the newest ones, else `YYYY/YYYY-MM-DD.md`.",
    )


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
    if text is None:
        return Config()
    if len(text) > LARGEST:
        raise ConfigError([Mistake(1, 1, f"longer than {LARGEST} characters")])
    try:
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError([Mistake(line, column, f"not YAML: {error.problem or error.context}")]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise ConfigError([Mistake(1, 1, f"not YAML: {str(error).splitlines()[0]}")]) from None
    if tree is None:
        return Config()
    if not isinstance(tree, Mapping):
        raise ConfigError([Mistake(1, 1, "write keys and values, such as `settle: 5 minutes`")])
    try:
        return Config.model_validate(dict(tree))
    except ValidationError as error:
        found = [_mistake(tree, each["type"], each["loc"], each["msg"]) for each in error.errors()]
        raise ConfigError(sorted(found, key=lambda mistake: (mistake.line, mistake.column))) from None


def _mistake(tree: Any, kind: str, path: Sequence[str | int], message: str) -> Mistake:
    """Say one of pydantic's errors with the place where ruamel saw the key."""
    line, column = 0, 0
    for step in path:
        try:
            marks = tree.lc  # ruamel's own: where each key and item stood
            line, column = marks.key(step) if isinstance(tree, Mapping) else marks.item(step)
            tree = tree[step]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    if kind == "extra_forbidden":
        key = str(path[-1])
        near = difflib.get_close_matches(key, Config.model_fields, n=1)
        hint = f", did you mean `{near[0]}`?" if near else f"; there are {', '.join(Config.model_fields)}"
        return Mistake(line + 1, column + 1, f"unknown key `{key}`{hint}")
    cure = message.removeprefix("Value error, ")
    return Mistake(line + 1, column + 1, f"`{'.'.join(map(str, path))}`: {cure}")
