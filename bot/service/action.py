"""One event or schedule of a GitHub workflow, done in one run without a server or a queue.

What a job asks to be done soon is waited for within the run; the rest is left to a later run, which finds it
again as a server does at its start. So nothing is kept between two runs.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from bot.github.access import INSTALLATION, RepositoryAccess
from bot.github.errors import GitHubError, Limited, LostAnswer, Refused, Stale
from bot.github.hints import Hints
from bot.model import (
    AnyRequest,
    FilesRequest,
    InstallationRequest,
    LinksRequest,
    PadsRequest,
    Plan,
    Pull,
    Snapshot,
)
from bot.model.clock import Clock
from bot.service import events
from bot.service.job import Job
from bot.service.metrics import Metrics
from bot.service.reconcile import Reconciled
from bot.service.retry import GivenUp
from bot.service.service import proxy_for
from bot.service.work import Work

LARGEST_EVENT = 25 * 2**20
"""The most bytes of an event: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap"""
LONGEST_WAIT = 60
"""The most minutes that a run may wait."""
MOST_JOBS = 500
"""The most jobs of one run."""
TIMES = ("schedule", "workflow_dispatch")
"""Events at which is done whatever waits in the repository."""
SAME_AS = {"pull_request_target": "pull_request"}
"""Events of workflows whose payload is that of a webhook of another name."""
PASSING = (Limited, LostAnswer, Stale)
"""Errors of GitHub's that pass by themselves; a token and its permissions stay as they are."""


class CannotRun(Exception):
    """The workflow does not give what the run needs; the message says what, and what helps."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a workflow tells one run: the event, and where and with which token to act."""

    name: str
    payload: object = field(repr=False)
    repository: str
    token: str = field(repr=False)
    rest_url: str
    graphql_url: str
    wait: timedelta
    delivery: str
    """The id of the workflow's run, for the log and for "internal error <id>"."""


def load(environment: Mapping[str, str]) -> Event:
    """Return the event from the environment variables of a workflow. Raises CannotRun.

    https://docs.github.com/en/actions/reference/workflows-and-actions/variables
    """
    given = {name: text.strip() for name, text in environment.items()}
    name, repository = given.get("GITHUB_EVENT_NAME", ""), given.get("GITHUB_REPOSITORY", "")
    if not name or not events.NAME.fullmatch(repository):
        raise CannotRun(
            "GITHUB_EVENT_NAME and GITHUB_REPOSITORY are not set: run this in a workflow on GitHub."
        )
    token = given.get("GITHUB_TOKEN", "")
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise CannotRun("there is no token. Leave the input `token` out, or give a secret that is set.")
    rest = _address(given, "GITHUB_API_URL", "https://api.github.com")
    wait = given.get("MINUTES_WAIT", "") or "12"
    if not (wait.isascii() and wait.isdigit() and len(wait) < 4 and int(wait) <= LONGEST_WAIT):
        raise CannotRun(f"the input `wait` is not a number of minutes from 0 to {LONGEST_WAIT}.")
    return Event(
        name,
        None if name in TIMES else _payload(given.get("GITHUB_EVENT_PATH", "")),
        repository,
        token,
        rest,
        _address(given, "GITHUB_GRAPHQL_URL", f"{rest}/graphql"),
        timedelta(minutes=int(wait)),
        f"run-{given.get('GITHUB_RUN_ID', '') or '0'}",
    )


def _address(given: Mapping[str, str], name: str, default: str) -> str:
    url = (given.get(name, "") or default).rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CannotRun(f"{name} is no address. GitHub sets it; do not set it yourself.")
    return url


def _payload(path: str) -> object:
    """Return the parsed file of the event. Raises CannotRun."""
    if not path:
        raise CannotRun("GITHUB_EVENT_PATH is not set: run this in a workflow on GitHub.")
    try:
        with Path(path).open("rb") as file:
            body = file.read(LARGEST_EVENT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is none"
        raise CannotRun(f"the file of the event at GITHUB_EVENT_PATH cannot be read: {why}.") from None
    if len(body) > LARGEST_EVENT:
        raise CannotRun(f"the file of the event is larger than {LARGEST_EVENT // 2**20} MiB.")
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise CannotRun("the file of the event at GITHUB_EVENT_PATH is not JSON.") from None


def requests_of(event: Event) -> tuple[AnyRequest, ...] | events.Ignored:
    """Return what is to be done at an event, or why there is nothing."""
    if event.name in TIMES:
        return (InstallationRequest(INSTALLATION), LinksRequest(INSTALLATION, event.repository))
    payload = event.payload
    if isinstance(payload, Mapping):  # a workflow's event has no installation
        payload = {**payload, "installation": {"id": INSTALLATION}}
    return events.read(SAME_AS.get(event.name, event.name), payload)


@dataclass
class Done:
    """What was done about one source or archive: the names of the steps, and the last reason."""

    subject: str
    steps: list[str] = field(default_factory=list)
    why: str = ""
    pulls: Mapping[int, Pull] = field(default_factory=dict)
    """The bot's pull requests that were changed, by number."""
    _before: tuple[Pull, ...] | None = None

    def see(self, seen: Snapshot, plan: Plan) -> None:
        """Add a plan, and the snapshot that it was made of."""
        pulls = seen.archive.pulls if seen.archive else ()
        if self._before is None:
            self._before = pulls
        self.pulls = {each.number: each for each in pulls if each.mine and each not in self._before}
        self.steps += [type(step).__name__ for step in plan.steps]
        self.why = plan.why


@dataclass
class Result:
    """What came of a run."""

    done: dict[str, Done] = field(default_factory=dict)
    """By the subject of a job, what was done about it."""
    errors: list[str] = field(default_factory=list)
    later: dict[str, datetime] = field(default_factory=dict)
    """What a later run does, with the time from which it can."""
    ignored: str = ""
    """Why there was nothing to do."""

    def add_error(self, error: str) -> None:
        """Add an error, once."""
        if error not in self.errors:
            self.errors.append(error)


async def run(
    event: Event, clock: Clock, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> Result:
    """Do what an event asks for, and what follows from it soon; return what was done."""
    found = requests_of(event)
    if isinstance(found, events.Ignored):
        return Result(ignored=str(found))
    async with aiohttp.ClientSession(proxy=proxy_for(event.rest_url)) as session:
        github = RepositoryAccess(
            session,
            event.repository,
            event.token,
            rest_url=event.rest_url,
            graphql_url=event.graphql_url,
            clock=clock,
        )
        return await _Run(event, github, clock, sleep).work_off(found)


class _Run:
    """The jobs of one run, which are done one after the other."""

    def __init__(
        self,
        event: Event,
        github: RepositoryAccess,
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.result = Result()
        self._event = event
        self._clock = clock
        self._sleep = sleep
        self._until = clock.now() + event.wait
        self._error: Exception | None = None
        self._work = Work(
            github, Hints(clock), clock, Metrics(), on_plan=self._see, on_error=self._keep_error
        )

    async def work_off(self, requests: Sequence[AnyRequest]) -> Result:
        """Do these requests, and the jobs that follow from them as long as they are due soon."""
        now = self._clock.now()
        waiting = {
            job.waiting: job for job in (Job(each, self._event.delivery, due=now) for each in requests)
        }
        for _ in range(MOST_JOBS):
            job = min(waiting.values(), key=_due, default=None)
            pause = (_due(job) - self._clock.now()).total_seconds() if job else 0.0
            if job is None or (pause > 0 and _due(job) > self._until):
                break
            if pause > 0:
                await self._sleep(pause)
            del waiting[job.waiting]
            waiting |= {each.waiting: each for each in await self._do(job)}
        for job in waiting.values():
            self._leave(job)
        return self.result

    async def _do(self, job: Job) -> list[Job]:
        """Do a job, and return the jobs that follow from it in this run."""
        self._error = None
        following: Sequence[Job] = ()
        with contextlib.suppress(GivenUp):
            following = await self._work(job)
        error = self._error
        if isinstance(error, GitHubError) and not isinstance(error, PASSING):
            self.result.add_error(f"{job.subject}: {_words(error)}")
            return []
        if error and not following:
            self.result.add_error(
                f"{job.subject}: an internal error; the log has it ({type(error).__name__})"
            )
        return [each for each in map(self._soon, following) if each]

    def _soon(self, job: Job) -> Job | None:
        """Return a following job as this run does it; None if it leaves it."""
        if job.checks:
            return None  # every run looks anew, so that none begins with an old answer of GitHub's
        if isinstance(job.request, PadsRequest):
            self._leave(job)  # pads may be typed in for hours
            return None
        if isinstance(job.request, InstallationRequest):
            return replace(job, due=self._clock.now())  # a server waits for its memory of what is no notes
        return job

    def _leave(self, job: Job) -> None:
        self.result.later[job.subject] = _due(job)
        if job.attempt:
            self.result.add_error(f"{job.subject}: GitHub did not do it now; a later run tries again")

    def _keep_error(self, job: Job, error: Exception) -> None:
        self._error = error

    def _see(self, request: Reconciled | FilesRequest, seen: Snapshot, plan: Plan) -> None:
        subject = Job(request, "").subject
        self.result.done.setdefault(subject, Done(subject)).see(seen, plan)
        for refusal in seen.refusals:
            if refusal.permission:
                self.result.add_error(
                    f"{subject}: the token lacks the permission `{refusal.permission}`; "
                    "add it to `permissions:` of the workflow"
                )
        if _lacks_archive(seen, plan):
            self.result.add_error(
                f"{subject}: the archive {seen.archive_name} cannot be reached with this token. A workflow's "
                "own token reaches its own repository only: keep the minutes here, by "
                f"`archive: {self._event.repository}` in .github/minutes.yml, or give an App's token"
            )


def _lacks_archive(seen: Snapshot, plan: Plan) -> bool:
    """Return whether there are notes, but their archive cannot be read or written to."""
    if seen.source is None or seen.archive:
        return False
    refused = any(each.step == "archive" for each in seen.refusals)
    return refused or bool(plan.steps) or any(each.mine for each in seen.source.comments)


def _due(job: Job) -> datetime:
    assert job.due is not None  # all jobs of a run have a time
    return job.due


def _words(error: GitHubError) -> str:
    if isinstance(error, Refused) and error.permission:
        return (
            f"the token lacks the permission `{error.permission}`; add it to `permissions:` of the workflow"
        )
    if "HTTP 401" in str(error):
        return "GitHub does not accept the token"
    return f"GitHub refused: {error}"
