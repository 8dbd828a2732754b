"""`.github/minutes.yml` -> Config; every mistake at once, with its line and column. Pure.

The models below are the documentation, the reader and the checker; every key is optional.
"""

import difflib
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from bot.archive import Layout

PATH = ".github/minutes.yml"
LARGEST = 8_192  # characters; nobody's configuration is longer, and YAML takes its time
DEEPEST = 10  # levels of brackets and indentation

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_SPAN = re.compile(r"(\d{1,5})\s*(s(?:econds?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?|d(?:ays?)?)?", re.IGNORECASE)


def _span(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    match = _SPAN.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
    if not match or isinstance(value, bool):
        raise ValueError("write a time such as `10 minutes`, `1 hour` or `0`")
    unit = next(unit for unit in ("minute", *_UNITS) if unit.startswith((match[2] or "m").lower()[0]))
    return timedelta(seconds=int(match[1]) * _UNITS[unit])


def _file(value: str) -> str:
    if value.startswith("/") or ".." in value.split("/") or "\\" in value:
        raise ValueError("write a path inside the repository, such as `minutes/template.md`")
    return value


def _layout(value: str) -> str:
    layout = Layout(_file(value))
    kept = all(layout.date(layout.path(day)) == day for day in (date(2026, 2, 3), date(2027, 11, 12)))
    # in its shortest form, since `./.github/` is `.github/` too
    if not kept or posixpath.normpath(value) != value.strip() or value.startswith(".github/"):
        raise ValueError(
            "write the path of one day's minutes, such as `YYYY/YYYY-MM-DD.md`, outside .github/"
        )
    if not value.endswith((".md", ".markdown")):
        raise ValueError("minutes are Markdown: let the path end in `.md`")
    return value


def _list(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError(f"write a list: `[{value}]`")
    return value


def _archive(value: str) -> str:
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", value):
        raise ValueError("name the repository in full, as `owner/name`")
    return value


def usual_archive(source: str) -> str:
    """Name the archive of a source repository that says nothing of one: `<owner>/meeting-minutes`."""
    return f"{source.split('/')[0]}/meeting-minutes"


class Config(BaseModel):
    """What a team may set in its archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    archive: Annotated[str, AfterValidator(_archive)] | None = Field(
        default=None,
        description="The repository that keeps the minutes, as `owner/name`: set in a source repository's "
        "own file. Default: `<owner>/meeting-minutes`.",
    )
    labels: Annotated[tuple[str, ...], BeforeValidator(_list)] = Field(
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
        _refuse_costly(text)
        tree = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError([Mistake(line, column, f"not YAML: {error.problem or error.context}")]) from None
    except ConfigError:
        raise
    except Exception as error:  # ruamel lets out whatever its constructors raise
        words = (str(error) or type(error).__name__).splitlines()[0]
        raise ConfigError([Mistake(1, 1, f"not YAML: {words}")]) from None
    if tree is None:
        return Config()
    if not isinstance(tree, Mapping):
        raise ConfigError([Mistake(1, 1, "write keys and values, such as `settle: 5 minutes`")])
    try:
        return Config.model_validate(dict(tree))
    except ValidationError as error:
        found = [_mistake(tree, each["type"], each["loc"], each["msg"]) for each in error.errors()]
        raise ConfigError(sorted(found, key=lambda mistake: (mistake.line, mistake.column))) from None


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
