"""Meetings that an open pull request against the calendar puts on another day: they count already. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from bot.calendar import Extra
from bot.config import Config
from bot.model import Pull
from bot.state import PullState, find_state

_MOVED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)(?: (?P<at>\d\d:\d\d))? (?P<series>.+)")


def moved_key(extra: Extra, series: str) -> str:
    """Return how a state names a meeting on another day: `2026-12-30 15:00 Team meeting`."""
    at = f" {extra.at:%H:%M}" if extra.at else ""
    return f"{extra.day}{at} {series}"


def read_moved_key(key: str) -> tuple[Extra, str] | None:
    """Return the meeting and the name of the series of a key; None for one that names no day."""
    match = _MOVED.fullmatch(key)
    try:
        at = time.fromisoformat(match["at"]) if match and match["at"] else None
        return (Extra(date.fromisoformat(match["day"]), at), match["series"]) if match else None
    except ValueError:
        return None


def with_moves(settings: Config, pulls: Iterable[Pull]) -> Config:
    """Return the settings with the meetings that open pull requests of the bot put on other days."""
    moved = [
        found
        for pull in pulls
        if pull.mine and pull.state == "open" and (state := find_state(pull.body, PullState))
        for found in map(read_moved_key, state.moved)
        if found
    ]
    if not moved:
        return settings
    changed = []
    for series in settings.series:
        days = {extra.day: extra for extra, name in moved if name == series.name}
        kept = (extra for extra in series.extra if extra.day not in days)
        changed.append(replace(series, extra=(*kept, *days.values())))
    return settings.model_copy(update={"series": tuple(changed)})
