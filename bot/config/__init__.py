"""Reads a team's configuration, `.github/minutes.yml`; lists all its mistakes with line and column. Pure.

The models in `keys` and `series` define the keys. docs/configuration.md and the JSON Schema for editors
(minutes.schema.json) are generated from them.
"""

from bot.config.editing import CannotEdit, with_extra, with_skip
from bot.config.keys import Config, SourceConfig, usual_archive
from bot.config.reading import (
    DEEPEST,
    LARGEST,
    PATH,
    UNREADABLE,
    ConfigError,
    Mistake,
    check,
    read,
    remarks,
    templates,
    text_of,
)
from bot.config.values import MOST_REVIEWERS

__all__ = [
    "DEEPEST",
    "LARGEST",
    "MOST_REVIEWERS",
    "PATH",
    "UNREADABLE",
    "CannotEdit",
    "Config",
    "ConfigError",
    "Mistake",
    "SourceConfig",
    "check",
    "read",
    "remarks",
    "templates",
    "text_of",
    "usual_archive",
    "with_extra",
    "with_skip",
]
