"""`.github/minutes.yml` -> Config; every mistake at once, with its line and column. Pure.

`keys` is the documentation, the reader and the checker in one; docs/configuration.md and the JSON Schema for
editors are written from it.
"""

from bot.config.editing import CannotEdit, with_skip
from bot.config.keys import Config, SourceConfig, usual_archive
from bot.config.reading import DEEPEST, LARGEST, PATH, ConfigError, Mistake, check, read, remarks

__all__ = [
    "DEEPEST",
    "LARGEST",
    "PATH",
    "CannotEdit",
    "Config",
    "ConfigError",
    "Mistake",
    "SourceConfig",
    "check",
    "read",
    "remarks",
    "usual_archive",
    "with_skip",
]
