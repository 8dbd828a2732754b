"""What went wrong and how often -> when to try again. Pure.

Waiting is a delayed job, never a sleep: a job that sleeps holds up its whole installation.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.github.errors import GitHubError, Limited, LostAnswer, Stale
from bot.model import Look
from bot.service.job import Job


class Lagging(Exception):
    """What GitHub answered is older than the event, or not there yet: reads may lag behind webhooks."""


class Restless(Exception):
    """There was still something to do after as many rounds as there may be; a plan must come to an end."""


WAITS: Mapping[type[Exception], tuple[int, ...]] = {
    Lagging: (1, 2, 4, 8),
    Stale: (1, 2, 4, 8, 60),
    LostAnswer: (2, 4, 8, 60, 300, 1800, *(24 * (3600,))),  # GitHub is away: it comes back within a day
    GitHubError: (10, 60, 300, 1800),
    Exception: (5, 60),
}
"""Seconds before each further try; the first class that fits counts. After the last one it is over."""


def after(error: Exception, job: Job, now: datetime) -> Job | None:
    """Tell what to do after this job failed so: the job that follows it, or None to give up.

    A limit only moves the job. An answer that still lags after the last try is taken for the truth.
    """
    if isinstance(error, Limited):
        return replace(job, due=max(error.until, now + timedelta(seconds=1)))
    waits = next(waits for kind, waits in WAITS.items() if isinstance(error, kind))
    if job.attempt >= len(waits):
        if isinstance(error, Lagging) and isinstance(job.look, Look):
            return Job(replace(job.look, as_new_as=None), job.delivery, due=now)
        return None
    return replace(job, attempt=job.attempt + 1, due=now + timedelta(seconds=waits[job.attempt]))
