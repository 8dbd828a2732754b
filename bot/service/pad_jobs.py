"""The jobs that look at the pads of notes again: once a day until a text has been still for a day.

They ask GitHub nothing. Only a pad that has changed, and is still again, leads to a request for its source.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.model import PadRef, PadsRequest, ReconcileRequest, Snapshot
from bot.pads.reader import PadReader
from bot.planning.in_force import in_force
from bot.service.job import Job

log = structlog.get_logger()

STILL = timedelta(minutes=10)
"""How long a changed pad must be still before its source is reconciled."""
ROUND = timedelta(hours=1)
"""Jobs of one source that would be due within it are one job, since each comment leads to one."""


LASTS = timedelta(hours=2)
"""How long after its start a meeting is taken to be over; calendars name only the start."""


def later(done: Job, seen: Snapshot, now: datetime) -> list[Job]:
    """Return the job that looks at the pads again, after the source was reconciled with `seen`.

    It is due in a day, or at the end of a meeting before that, where a calendar knows one. The list is empty
    where the notes are in no pad.
    """
    source = seen.source
    if not seen.pads or source is None:
        return []
    request = PadsRequest(
        done.request.installation,
        source.repository.name,
        source.number,
        source.kind,
        tuple(ref.url for ref in seen.pads),
        tuple(pad.digest for pad in seen.pads.values()),
    )
    tomorrow = (now + timedelta(days=1) + ROUND).replace(minute=0, second=0, microsecond=0)
    return [Job(request, done.delivery, due=min([tomorrow, *_ends(seen, now, tomorrow)]))]


def _ends(seen: Snapshot, now: datetime, until: datetime) -> list[datetime]:
    """Return when meetings of the archive's calendar are over, between `now` and `until`."""
    _, settings = in_force(seen)
    found = (
        meeting.starts + LASTS
        for series in (settings.series if settings else ())
        for meeting in series.between(now - LASTS, until - LASTS)
        if not meeting.is_all_day
    )
    return [end for end in found if now < end < until]


async def look(job: Job, request: PadsRequest, pads: PadReader, now: datetime) -> Sequence[Job]:
    """Read the pads of a request once more, and return the job that follows; none if they are unchanged.

    It looks at them again as long as somebody writes, and then reconciles their source.
    """
    digests = tuple([(await pads.read(PadRef(url))).digest for url in request.pads])
    log.info("pads", changed=digests != request.known)
    if digests == request.known:
        return []
    if digests != request.seen:
        return [replace(job, request=replace(request, seen=digests), attempt=0, due=now + STILL)]
    source = ReconcileRequest(request.installation, request.repository, request.number, request.kind)
    return [Job(source, job.delivery, due=now)]
