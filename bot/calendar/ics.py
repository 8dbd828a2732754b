"""Meetings as an iCalendar file (RFC 5545).

Every meeting is an event of its own that starts at an instant in UTC. A rule with a zone would be shorter,
but needs the zone's history in the file (section 3.6.5), and programs differ over skipped hours and moved
meetings; an instant is read the same way everywhere. So the file holds the meetings of some years only.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.calendar.series import Occurrence

LONGEST = 75
"""Octets of a line, without its end (section 3.1)."""


def as_ics(meetings: Iterable[Occurrence], now: datetime, scope: str = "") -> str:
    """Write meetings as a file. `now` is when it is written; `scope` tells equal names of two teams apart."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//minutes bot//series//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for meeting in meetings for line in _event(meeting, now, scope)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def uid(meeting: Occurrence, scope: str = "") -> str:
    """Name a meeting by its series and its day: the same when it is moved to another time of that day."""
    known = "\n".join((scope, meeting.series.name, meeting.day.isoformat()))
    return f"{hashlib.sha256(known.encode()).hexdigest()[:32]}@minutes-bot"


def _event(meeting: Occurrence, now: datetime, scope: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(meeting, scope)}"
    yield f"DTSTAMP:{_instant(now)}"
    if meeting.is_all_day:
        yield f"DTSTART;VALUE=DATE:{meeting.day:%Y%m%d}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield f"DTSTART:{_instant(meeting.starts)}"
    yield f"SUMMARY:{_escaped(meeting.series.name)}"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """Write a text value (section 3.3.11); control characters have no place in one."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return "".join(char for char in text.replace("\n", "\\n") if char == "\t" or char.isprintable())


def _folded(line: str) -> str:
    """Fold a line after at most 75 octets, and within no character (section 3.1)."""
    lines, length = [""], 0
    for char in line:
        size = len(char.encode(errors="replace"))
        if length + size > LONGEST:
            lines.append(" ")
            length = 1
        lines[-1] += char
        length += size
    return "\r\n".join(lines)
