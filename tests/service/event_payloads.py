"""What the tests of events share."""

from datetime import UTC, datetime
from typing import Any

from bot.model import (
    ReconcileRequest,
)
from bot.state import PullState, embed_state
from tests.service.conftest import labelled

UPDATED = datetime(2026, 8, 18, 14, tzinfo=UTC)


GONE = ReconcileRequest(77, "hill-lab/notes", 12)


STATE = PullState("hill-lab/notes#12")


MINUTES_PULL = {
    "number": 41,
    "merged": True,
    "user": {"login": "minutes-bot[bot]", "type": "Bot"},
    "body": embed_state(STATE, "Minutes of **Tuesday**"),
}


def without(*path: str, **changes: Any) -> dict[str, Any]:
    """Take the invented payload, without one field and with others."""
    payload = labelled() | changes
    inner = payload
    for key in path[:-1]:
        inner[key] = dict(inner[key])
        inner = inner[key]
    if path:
        del inner[path[-1]]
    return payload
