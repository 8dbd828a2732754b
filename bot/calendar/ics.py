"""Meetings as an iCalendar file (RFC 5545).

Every meeting is an event of its own that starts at an instant in UTC. A rule with a time zone would be
shorter, but needs the zone's history in the file (section 3.6.5), and programs differ over hours that
daylight saving time skips and over moved meetings. So the file lists meetings of a few years, not a rule.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.calendar.series import Occurrence

LONGEST = 75
"""Octets of a line at most, without its line ending (section 3.1)."""


def as_ics(meetings: Iterable[Occurrence], now: datetime, scope: str = "") -> str:
    """Return these meetings as the text of an iCalendar file.

    `now` (aware) becomes the DTSTAMP of the events. `scope`, such as the archive's name, is part of their
    UIDs, so that series of the same name in two archives stay apart.
    """
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
    """Return the UID of a meeting in an iCalendar file: it stays when the meeting's time of day changes.

    It is made of `scope` (see `as_ics`), the series and the day.
    """
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
    """Return a text escaped as a TEXT value (section 3.3.11), without control characters except tabs."""
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return "".join(char for char in text.replace("\n", "\\n") if char == "\t" or char.isprintable())


def _folded(line: str) -> str:
    """Return a line folded after at most 75 octets, never within a character (section 3.1)."""
    lines, length = [""], 0
    for char in line:
        size = len(char.encode(errors="replace"))
        if length + size > LONGEST:
            lines.append(" ")
            length = 1
        lines[-1] += char
        length += size
    return "\r\n".join(lines)
