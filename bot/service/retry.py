"""When a failed job is tried again, by its error and the number of attempts. Pure.

Waiting is a delayed job, never a sleep: a job that sleeps blocks its whole installation.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.github.errors import GitHubError, Gone, Limited, LostAnswer, Refused, Stale
from bot.model import (
    AnyRequest,
    AppRequest,
    CalendarRequest,
    InstallationRequest,
    LinksRequest,
    ReconcileRequest,
)
from bot.service.job import Job


class Lagging(Exception):
    """GitHub's answer is older than the webhook event, or than an earlier answer: reads may lag behind."""


class GivenUp(Exception):
    """A job has failed, and is not tried again; the message says in a line why."""


class NotConverging(Exception):
    """After as many rounds as are allowed, plans still had steps, or still needed facts."""


WAITS: Mapping[type[Exception], tuple[int, ...]] = {
    Lagging: (1, 2, 4, 8, 16, 32),  # a minute
    Stale: (1, 2, 4, 8, 60),
    LostAnswer: (2, 4, 8, 60, 300, 1800, *(24 * (3600,))),  # GitHub is away: it comes back within a day
    Gone: (10, 60, 300, 1800, *(7 * (86400,))),  # uninstalled or deleted, if GitHub says so for a week
    Refused: (
        10,
        60,
        300,
        1800,
        *(7 * (86400,)),
    ),  # an organisation shuts the App out, for now
    GitHubError: (10, 60, 300, 1800),
    Exception: (5, 60),
}
"""Seconds before each further try, by the first class that fits the error. After the last one the job fails,
unless `AT_LAST` has a wait for it."""

LONGEST = 500
"""Characters of an error in words; the log has all of it."""

UNASKED = (CalendarRequest, InstallationRequest, AppRequest)
"""Requests that are never given up for good, since no event of the next days would bring them back."""
AT_LAST: Mapping[type[Exception], timedelta | None] = {
    Gone: None,  # when it comes back, GitHub sends an event
    Refused: timedelta(days=1),  # suspended, say
    Exception: timedelta(hours=1),
}
"""How long a request of `UNASKED` waits when all tries failed; None: it is given up."""


def after(error: Exception, job: Job, now: datetime) -> Job | None:
    """Return the job to queue after `job` failed with `error`, due some time after `now`; None to give up.

    The job that is tried again has the error in words. A rate limit only moves the job, and is not counted as
    an attempt. If GitHub's answer still lags after the last try, it is taken as true.
    """
    job = replace(job, error=in_words(error))
    if isinstance(error, Limited):
        return replace(job, due=max(error.until, now + timedelta(seconds=1)))
    waits = next(waits for kind, waits in WAITS.items() if isinstance(error, kind))
    if job.attempt < len(waits):
        return replace(job, attempt=job.attempt + 1, due=now + timedelta(seconds=waits[job.attempt]))
    if isinstance(error, Lagging):
        return Job(_without_doubt(job.request), job.delivery, due=now)
    last = next(last for kind, last in AT_LAST.items() if isinstance(error, kind))
    return replace(job, due=now + last) if last and isinstance(job.request, UNASKED) else None


def in_words(error: Exception) -> str:
    """Return an error as one line: its kind, and the last line of what it says."""
    said = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[-1]}"[:LONGEST] if said else type(error).__name__


def _without_doubt(request: AnyRequest) -> AnyRequest:
    """Return a request that accepts any answer, however old."""
    match request:
        case ReconcileRequest():
            return replace(request, as_new_as=None, pull=None, pull_as_new_as=None)
        case CalendarRequest() | LinksRequest():
            return replace(request, head=None)
    return request
