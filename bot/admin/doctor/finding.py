"""What a check says: a line about one thing that is right or wrong, with its cure."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is: `ok` is none, with an `error` the bot does not work."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a sentence, and what to click or to set; where all is right, what can be tried.

    `check` is the key of the check in the table, filled in there.
    """

    level: Level
    message: str
    cure: str = ""
    check: str = ""


def ok(message: str, cure: str = "") -> Finding:
    """Return a finding that something is right; `cure` is what can be tried with it."""
    return Finding(Level.OK, message, cure)


def warning(message: str, cure: str) -> Finding:
    """Return a finding that something may be wrong, or will be."""
    return Finding(Level.WARNING, message, cure)


def error(message: str, cure: str) -> Finding:
    """Return a finding that something is wrong."""
    return Finding(Level.ERROR, message, cure)
