"""The clock as a parameter, so that tests and the demo can move time by hand."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """Return the current time, aware and in UTC."""
        ...
