"""The keys of one entry of `series:`, which becomes a Series of `bot.calendar`."""

import difflib
import re
from datetime import date, time
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic.config import JsonDict
from pydantic_core import core_schema

from bot.calendar import EXAMPLES, NEVER, Extra, Schedule, Series, read, verify
from bot.config import values

# -- types of values ---------------------------------------------------------------------------------------

_DATE = "(?:19[7-9][0-9]|2[01][0-9]{2})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_DAY_CURE = "write a day such as `2026-12-29`"
_MOMENT = rf"({_DATE})(?:[ T]([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?)?"
_MOMENT_CURE = "write a day such as `2026-12-29`, or a day and a time such as `2026-12-29 15:30`"


def _moment(value: Any) -> Extra:
    """Parse a day, with or without a time. Raises ValueError."""
    match = re.fullmatch(_MOMENT, value) if isinstance(value, str) else None
    if not match:
        raise ValueError(_MOMENT_CURE)
    try:
        day = date.fromisoformat(match[1])
    except ValueError:
        raise ValueError(f"`{match[1]}` is no day of the calendar") from None
    return Extra(day, time(int(match[2]), int(match[3])) if match[2] else None)


def _day(value: Any) -> date:
    if not isinstance(value, str) or not re.fullmatch(_DATE, value):
        raise ValueError(_DAY_CURE)
    return _moment(value).day


def _schedule(value: Any) -> Schedule:
    if not isinstance(value, str):
        raise ValueError(f"write a schedule such as `{EXAMPLES[0]}`")
    return read(value)


@cache
def _zones() -> frozenset[str]:
    """Return the names of all time zones; cached, since reading the system's files takes 20 ms."""
    return frozenset(available_timezones())


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, str) and value in _zones():
        return ZoneInfo(value)
    raise ValueError(
        _nearest_zone(str(value)[:40]) or "write the name of a time zone such as `Europe/London`"
    )


@cache
def _nearest_zone(typed: str) -> str:
    """Return a question that proposes the nearest time zone, by name or by city; empty when none is near."""
    zones = (zone for zone in sorted(_zones()) if "/" in zone and not zone.startswith("Etc/"))
    names = {name.casefold(): name for name in ("UTC", *zones)}  # without Etc/: fixed offsets have no DST
    towns = {name.rpartition("/")[2]: name for name in names}
    wanted = typed.casefold().strip().replace(" ", "_")
    near = difflib.get_close_matches(wanted, [*names, *towns], n=1)
    return f"did you mean `{names[towns.get(near[0], near[0])]}`?" if near else ""


Day = Annotated[date, PlainValidator(_day), WithJsonSchema(values.written(_DATE, _DAY_CURE))]
Moment = Annotated[Extra, PlainValidator(_moment), WithJsonSchema(values.written(_MOMENT, _MOMENT_CURE))]
When = Annotated[
    Schedule, PlainValidator(_schedule), WithJsonSchema({"type": "string", "examples": list(EXAMPLES)})
]
Zone = Annotated[
    ZoneInfo, PlainValidator(_zone), WithJsonSchema({"type": "string", "examples": ["Europe/London"]})
]
Name = Annotated[
    str, values.Written(r"(?! )[^\x00-\x1f\x7f]{1,60}", "write a name of at most 60 characters, in one line")
]

# -- keys --------------------------------------------------------------------------------------------------

_BOTH: JsonDict = {
    "properties": {"open_issue": {"const": True}},
    "required": ["open_issue", "open_discussion"],
}
"""JSON Schema of an entry that sets both `open_issue` and `open_discussion`, which is not allowed."""


class SeriesKeys(BaseModel):
    """The keys of one series."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, json_schema_extra={"not": _BOTH}
    )

    name: Name = Field(description="What the meeting is called; no two series share a name.")
    timezone: Zone | None = Field(
        default=None, description="The time zone of its clocks, by its IANA name. Default: `UTC`."
    )
    since: Day | None = Field(
        default=None,
        description="The first day; every other week and the like are counted from it, and minutes are "
        "missed from it on (without it, since there were any of that weekday). Default: Monday 2000-01-03.",
    )
    schedule: When | None = Field(
        default=None,
        description="When it meets, in plain words or as an RRULE of RFC 5545: `every Tuesday 14:00`. "
        "Default: no minutes are opened on meeting day.",
    )
    open_before: values.Span | None = Field(
        default=None,
        description="How long before the meeting its minutes are opened. "
        "Default: when the day of the meeting begins.",
    )
    skip: tuple[Day, ...] = Field(
        default=(), description="Days of the schedule without a meeting: holidays, say. Default: `[]`."
    )
    extra: tuple[Moment, ...] = Field(
        default=(),
        description="Days with a meeting besides, each with a time if it is another one; a meeting that is "
        "moved is a `skip` and an `extra`. Default: `[]`.",
    )
    template: values.File | None = Field(
        default=None, description="Its template, where it has one of its own. Default: that of the archive."
    )
    path: values.Layout | None = Field(
        default=None, description="Where its minutes of a day lie. Default: as for all minutes."
    )
    labels: tuple[values.NonEmpty, ...] = Field(
        default=(), description="Labels that say that notes are of this series. Default: `[]`."
    )
    titles: tuple[values.NonEmpty, ...] = Field(
        default=(),
        description="Words of titles that say that notes are of this series, such as `Tech meeting`; case "
        "does not count. Default: `[]`.",
    )
    sources: tuple[values.Source, ...] = Field(
        default=(),
        description="Repositories whose notes are of this series, as `name` or `owner/name`. Default: `[]`.",
    )
    open_issue: bool = Field(
        default=False,
        strict=True,
        description="Whether an issue is opened in the archive for the notes of each meeting, together with "
        "its minutes. Default: `false`.",
    )
    open_discussion: values.NonEmpty | None = Field(
        default=None,
        description="The category in which a discussion is opened in the archive for the notes of each "
        "meeting, instead of an issue. Default: none is opened.",
    )

    @field_validator("*", mode="before")
    @classmethod
    def _not_empty(cls, value: Any) -> Any:
        return values.not_empty(value)

    @field_validator("extra", mode="after")
    @classmethod
    def _once_a_day(cls, extra: tuple[Extra, ...]) -> tuple[Extra, ...]:
        days = [each.day for each in extra]
        twice = next((day for day in days if days.count(day) > 1), None)
        if twice:
            raise ValueError(f"a series meets once a day, and `{twice}` stands here twice")
        return extra

    @field_validator("open_discussion", mode="after")
    @classmethod
    def _one_place(cls, category: str | None, info: ValidationInfo) -> str | None:
        if category is not None and info.data.get("open_issue"):
            raise ValueError("notes are opened in one place: keep `open_issue` or `open_discussion`")
        return category

    @field_validator("schedule", mode="after")
    @classmethod
    def _can_meet(cls, schedule: Schedule | None, info: ValidationInfo) -> Schedule | None:
        """Raise ValueError when schedule, time zone and first day contradict each other."""
        if schedule is None or not {"timezone", "since"} <= info.data.keys():
            return schedule
        zone, since = info.data["timezone"], info.data["since"]
        if schedule.zone is not None and schedule.zone != (zone.key if zone else _zone(schedule.zone).key):
            raise ValueError(f"DTSTART says {values.quoted(schedule.zone)}, `timezone` another one: keep one")
        if schedule.since and since and schedule.since != since:
            raise ValueError(f"DTSTART says `{schedule.since}`, `since` another day: keep one of the two")
        verify(schedule, since)
        return schedule

    def series(self) -> Series:
        """Return the recurring meeting that these keys of a configuration describe."""
        return Series(
            self.name,
            self.schedule or NEVER,
            self.timezone or ZoneInfo((self.schedule and self.schedule.zone) or "UTC"),
            self.since,
            self.open_before,
            frozenset(self.skip),
            self.extra,
            self.template,
            self.path,
            self.labels,
            self.open_issue,
            self.open_discussion,
            self.titles,
            self.sources,
        )


def _made(_: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
    """Return the pydantic schema that validates SeriesKeys into a Series; serialising keeps the Series."""
    same = core_schema.plain_serializer_function_ser_schema(lambda series: series)
    return core_schema.no_info_after_validator_function(
        SeriesKeys.series, handler(SeriesKeys), serialization=same
    )


ASeries = Annotated[Series, GetPydanticSchema(_made)]
"""The type of an entry of `series:`: a mapping of SeriesKeys in YAML, a Series once validated."""
