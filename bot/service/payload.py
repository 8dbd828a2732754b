"""The fields of a webhook's payload: what is not there, or of another type, is read as empty. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

Payload = Mapping[str, object]
OID = re.compile(r"[0-9a-f]{40,64}")


def is_by_bot(payload: Payload) -> bool:
    """Return whether an App or a bot account caused the event."""
    return str_at(payload, "sender", "type") == "Bot"


def at(payload: object, *path: str) -> object:
    """Return what stands at the end of the keys `path`; None where there is nothing."""
    for key in path:
        payload = payload.get(key) if isinstance(payload, Mapping) else None
    return payload


def str_at(payload: Payload, *path: str) -> str:
    """Return the text at the end of the keys `path`; empty where there is none."""
    value = at(payload, *path)
    return value if isinstance(value, str) else ""


def int_at(payload: Payload, *path: str) -> int | None:
    """Return the number at the end of the keys `path`; None where there is none above 0."""
    value = at(payload, *path)
    # JSON's true is an int in Python; ids and numbers are positive and fit the database's 64 bits
    return value if type(value) is int and 0 < value < 2**63 else None


def to_time(text: str) -> datetime | None:
    """Return an ISO 8601 time in UTC, for which one without a zone is taken; None where it is not a time."""
    try:
        time = datetime.fromisoformat(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
