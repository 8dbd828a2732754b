"""The types of values in the configuration: one pattern each, for validation and for the JSON Schema.

The patterns use only syntax that means the same in Python's `re` and in ECMA 262, which JSON Schema uses.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class Written:
    """A constraint on a text in the configuration: it must match `pattern` as a whole.

    `cure` says what to write if it does not.
    """

    pattern: str
    cure: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema with which pydantic checks the pattern."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON Schema with which editors check the pattern."""
        return handler(schema) | written(self.pattern, self.cure)

    def _checked(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            raise ValueError(self.cure)
        return value


def written(pattern: str, cure: str) -> JsonSchemaValue:
    """Return the JSON Schema of a text that must match `pattern` as a whole.

    `cure` says what to write if it does not; VS Code shows it, as `patternErrorMessage`.
    """
    return {"type": "string", "pattern": f"^(?:{pattern})$", "patternErrorMessage": cure}


def not_empty(value: Any) -> Any:
    """Return the value of a configuration's key.

    Raises ValueError if it is None: a key without a value may mean two things.
    """
    if value is None:
        raise ValueError("write a value, or leave the key out")
    return value


# -- names -------------------------------------------------------------------------------------------------

_PART = r"[A-Za-z0-9._-]+"
_LOGIN = "[A-Za-z0-9][A-Za-z0-9_-]{0,38}"  # with an underscore: accounts of Enterprise Managed Users

NonEmpty = Annotated[str, Field(min_length=1)]
Repository = Annotated[str, Written(f"{_PART}/{_PART}", "name the repository in full, as `owner/name`")]
Source = Annotated[str, Written(f"(?:{_PART}/)?{_PART}", "name a repository, as `name` or `owner/name`")]
Login = Annotated[str, Written(_LOGIN, "write the name of a GitHub account, without @")]

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
Host = Annotated[
    str,
    Written(
        rf"(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])",
        "write the name of a host without `https://` and path, such as `pad.example.org`",
    ),
]
"""A name of the domain name system with two parts at least, whose last part is no number: no IP address."""

# -- paths -------------------------------------------------------------------------------------------------

# Relative, in the shortest form, without backslashes and control characters.
_SEGMENT = r"(?!\.\.?(?:/|$))[^/\\\x00-\x1f\x7f]+"
_PATH = f"(?! )(?:{_SEGMENT}/)*{_SEGMENT}"
_MARKDOWN = r"\.(?:md|markdown)"


# A slot as in `bot.archive.layout`: in a run of bare ones, with no letter beside it, or in braces.
_RUN = "(?:YYYY|MM|DD)*"
_BARE = (f"{_RUN}YYYY{_RUN}", f"{_RUN}MM{_RUN}|month", f"{_RUN}DD{_RUN}")
_BRACED = (r"\{YY\}", r"\{(?:M|[^0-9{}=_ /-]{3,12})\}", r"\{D(?:th)?\}")
_DATED = "".join(
    rf"(?=(?:[^\n]*[^A-Za-z])?(?:{bare})(?![A-Za-z])|[^\n]*{braced})"
    for bare, braced in zip(_BARE, _BRACED, strict=True)
)

File = Annotated[str, Written(_PATH, "write a path inside the repository, such as `minutes/template.md`")]
Layout = Annotated[
    str,
    Written(
        rf"(?!\.github/){_DATED}(?=[^\n]*{_MARKDOWN}$){_PATH}",
        "write the path of one day's minutes, outside .github/, such as `YYYY/YYYY-MM-DD.md`",
    ),
]

# -- times -------------------------------------------------------------------------------------------------

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}  # seconds, by the first letter
_LONGEST = 99_999
_SPAN = "([0-9]{1,5}) *([Ss](?:econds?)?|[Mm](?:in(?:ute)?s?)?|[Hh](?:ours?)?|[Dd](?:ays?)?)?"
_SPAN_CURE = "write a time such as `10 minutes`, `1 hour`, `2 days` or `0`"


def _span(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(_SPAN, str(value)) if isinstance(value, str | int) else None
    if not match:
        raise ValueError(_SPAN_CURE)
    return timedelta(seconds=int(match[1]) * _UNITS[(match[2] or "m")[0].lower()])


Span = Annotated[
    timedelta,
    PlainValidator(_span),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 0, "maximum": _LONGEST}, written(_SPAN, _SPAN_CURE)]}
    ),
]

# -- conditions for merging --------------------------------------------------------------------------------

_QUIET = "after ([1-9][0-9]{0,2}) quiet days?"
_MERGE_CURE = "write `by hand`, `after 7 quiet days` or `when accepted`"


def _merge(value: Any) -> Any:
    if isinstance(value, timedelta) or value in ("by hand", "when accepted"):
        return value
    if match := re.fullmatch(_QUIET, str(value)):
        return timedelta(days=int(match[1]))
    days = re.search("[1-9][0-9]{0,2}", str(value))
    near = nearest(value, ("by hand", "when accepted", f"after {days[0] if days else 7} quiet days"))
    raise ValueError(near or _MERGE_CURE)


Merge = Annotated[
    Literal["by hand", "when accepted"] | timedelta,
    PlainValidator(_merge),
    WithJsonSchema({"anyOf": [{"enum": ["by hand", "when accepted"]}, written(_QUIET, _MERGE_CURE)]}),
]

_AFTER = "after ([1-9][0-9]{0,2}) days?"
_ACCEPTANCE_CURE = "write `when said` or `after 14 days`"


def _acceptance(value: Any) -> Any:
    if isinstance(value, timedelta) or value == "when said":
        return value
    if match := re.fullmatch(_AFTER, str(value)):
        return timedelta(days=int(match[1]))
    days = re.search("[1-9][0-9]{0,2}", str(value))
    raise ValueError(
        nearest(value, ("when said", f"after {days[0] if days else 14} days")) or _ACCEPTANCE_CURE
    )


Acceptance = Annotated[
    Literal["when said"] | timedelta,
    PlainValidator(_acceptance),
    WithJsonSchema({"anyOf": [{"enum": ["when said"]}, written(_AFTER, _ACCEPTANCE_CURE)]}),
]

# -- reviewers ---------------------------------------------------------------------------------------------

MOST_REVIEWERS = 15
"""How many people GitHub lets one ask to review a pull request."""
_GROUPS = ("none", "attendees")
_REVIEWERS_CURE = "write `none`, `attendees` or a list of GitHub accounts such as `[ada-example]`"


def _reviewers(value: Any) -> Any:
    if isinstance(value, str):
        if value in _GROUPS:
            return str(value)
        listed = f"write a list: `[{value}]`" if re.fullmatch(_LOGIN, value) else _REVIEWERS_CURE
        raise ValueError(nearest(value, _GROUPS) or listed)
    if not isinstance(value, list | tuple):
        raise ValueError(_REVIEWERS_CURE)
    for login in value:
        if not isinstance(login, str) or not re.fullmatch(_LOGIN, login):
            raise ValueError(f"{quoted(login)} is no name of a GitHub account; write it without @")
    if len(value) > MOST_REVIEWERS:
        raise ValueError(f"write {MOST_REVIEWERS} accounts at most: GitHub asks no more")
    return tuple(map(str, value))


Reviewers = Annotated[
    Literal["none", "attendees"] | tuple[str, ...],
    PlainValidator(_reviewers),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": [*_GROUPS]},
                {
                    "type": "array",
                    "items": written(_LOGIN, "write the name of a GitHub account, without @"),
                    "maxItems": MOST_REVIEWERS,
                },
            ]
        }
    ),
]
"""Who is asked to review: nobody, those who were there, or accounts by name."""

# -- messages ----------------------------------------------------------------------------------------------


def nearest(value: object, choices: Iterable[str]) -> str:
    """Return the question whether a mistaken value was meant to be the nearest of the choices.

    Empty if none is near.
    """
    near = difflib.get_close_matches(str(value)[:40].casefold(), list(choices), n=1)
    return f"did you mean `{near[0]}`?" if near else ""


def quoted(value: object, most: int = 40) -> str:
    """Return a value as Markdown code, for a message: on one line, backticks replaced.

    What is longer than `most` characters is cut off, with an ellipsis.
    """
    words = " ".join(str(value).replace("`", "'").split())
    return f"`{words if len(words) <= most else words[: most - 1] + '…'}`"
