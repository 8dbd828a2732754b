"""The jobs in the queue's database, for whoever looks after the bot: to list, to do again, to drop.

Only the database is needed, so all of it works while the service runs and while it does not. All methods
block; call them in a thread where others wait.
"""

import contextlib
import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

import sqlalchemy as sa
from dbos import DBOSClient, DBOSPortableJSONSerializer, WorkflowStatus

from bot.service.job import Job
from bot.service.jobs import NAME, QUEUE, options_of
from bot.service.replicas import TABLE
from bot.service.retry import GivenUp
from bot.service.starting import shown, why_no_database

PATIENCE = 10
"""Seconds that the database may take to answer."""
SHORT = 10
"""Hexadecimal digits of a short id."""
BY_CRASHES = "the process ended each time while the job ran"


class State(StrEnum):
    """What has become of a job so far."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    FAILED = "failed"
    DONE = "done"


STATES: Mapping[str, State] = {
    "ENQUEUED": State.QUEUED,
    "PENDING": State.RUNNING,
    "DELAYED": State.WAITING,
    "ERROR": State.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": State.FAILED,
    "CANCELLED": State.FAILED,
    "SUCCESS": State.DONE,
}
"""The engine's words for the states."""
LEFT = (State.QUEUED, State.RUNNING, State.WAITING, State.FAILED)
"""The states of jobs that are not done."""
ALL = (*LEFT, State.DONE)


class NotPossible(Exception):
    """What was asked for cannot be done with the jobs; the message says why, and what helps."""


@dataclass(frozen=True, slots=True)
class Record:
    """A job as the queue has it.

    `since` is when the job came into its state; `attempts` counts how often it was begun, and `error` says in
    a line why the last attempt failed, empty if none did.
    """

    full_id: str
    job: Job
    state: State
    since: datetime
    attempts: int
    error: str

    @property
    def id(self) -> str:
        """The short id, by which people name the job."""
        return short_id(self.full_id)

    @property
    def state_in_words(self) -> str:
        """The state, and until when a waiting job waits."""
        until = f" until {in_words(self.job.due)}" if self.state is State.WAITING and self.job.due else ""
        return f"{self.state}{until}"

    def to_json(self) -> dict[str, object]:
        """Return what people may want to know as JSON."""
        return {
            "id": self.id,
            "subject": self.job.subject,
            "state": self.state,
            "due": self.job.due.isoformat() if self.job.due else None,
            "since": self.since.isoformat(),
            "attempts": self.attempts,
            "error": self.error,
            "installation": self.job.request.installation,
            "request": type(self.job.request).__name__,
            "delivery": self.job.delivery,
            "queued_as": self.full_id,
        }


class Records:
    """The jobs in the database at a URL, as `Settings.database_url` has it. A context manager."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        url = sa.make_url(database_url)
        patience = {"timeout": PATIENCE}
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
            patience = {"connect_timeout": PATIENCE}
        self._engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args=patience)
        self._client = DBOSClient(
            system_database_engine=self._engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
            lazy=True,
            retry_connection_errors=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._client.destroy()
        self._engine.dispose()

    def check(self) -> None:
        """Raise NotPossible if the database cannot be used. It need not have a queue yet."""
        with self._usable(needs_queue=False):
            pass

    # Each of these raises NotPossible for a database that cannot be used, or that has no queue.

    def list(self, states: Collection[State] = LEFT, limit: int | None = None) -> Sequence[Record]:
        """Return the jobs in these states, the newest first, `limit` at most."""
        return [*map(_record, self._statuses(states, limit=limit))]

    def count(self, states: Collection[State] = LEFT) -> Mapping[State, int]:
        """Return how many jobs are in each of these states."""
        found = self._statuses(states, load_input=False, load_output=False)
        counted = Counter(STATES[each.status] for each in found)
        return {state: counted[state] for state in states}

    def find(self, name: str) -> Record:
        """Return the job with this short or full id. Raises NotPossible if there is none."""
        known = self._statuses(ALL, load_input=False, load_output=False)
        ids = [each.workflow_id for each in known if name in (each.workflow_id, short_id(each.workflow_id))]
        found = self._statuses(ALL, workflow_ids=ids) if ids else ()
        if not found:
            raise NotPossible(f"There is no job {name}. `minutes-bot jobs list` shows the ids of all.")
        return _record(found[0])

    def retry(self, record: Record, now: datetime) -> Record:
        """Queue a failed job anew, due at once, and return it. Raises NotPossible for any other job."""
        if record.state is not State.FAILED:
            raise NotPossible(f"Job {record.id} has not failed: it is {record.state_in_words}.")
        job = replace(record.job, attempt=0, due=now, error="")
        options = options_of(job)
        with self._usable():
            self._client.enqueue(options, job.to_json())
            self._client.delete_workflow(record.full_id)
        return Record(options["workflow_id"], job, State.QUEUED, now, 0, "")

    def drop(self, record: Record) -> None:
        """Delete a job that waits, or the record of one that failed. Raises NotPossible for any other job."""
        if record.state is State.RUNNING:
            raise NotPossible(f"Job {record.id} runs now, and cannot be dropped: wait until it is done.")
        if record.state is State.DONE:
            raise NotPossible(f"Job {record.id} is done: there is nothing to drop.")
        with self._usable():
            self._client.delete_workflow(record.full_id)

    def _statuses(self, states: Collection[State], **which: object) -> Sequence[WorkflowStatus]:
        words = [word for word, state in STATES.items() if state in states]
        with self._usable():
            return self._client.list_workflows(queue_name=QUEUE, status=words, sort_desc=True, **which)  # type: ignore[arg-type]  # as its callers above give it

    @contextlib.contextmanager
    def _usable(self, *, needs_queue: bool = True) -> Iterator[None]:
        """Raise NotPossible where the database cannot be used, or has no queue yet though it needs one."""
        try:
            if not self._has_queue() and needs_queue:
                raise NotPossible(
                    f"There is no queue at {shown(self._url)}. Is DATABASE_URL that of the server? "
                    "The first start of `minutes-bot serve` makes it."
                )
            yield
        except sa.exc.OperationalError as error:
            words = why_no_database(error, self._url)
            raise NotPossible(words[:1].upper() + words[1:]) from None
        except sa.exc.DatabaseError as error:
            raise NotPossible(
                f"The database at {shown(self._url)} has no queue that can be read "
                f"({type(error.orig).__name__}). Correct DATABASE_URL, or start `minutes-bot serve` once."
            ) from None

    def _has_queue(self) -> bool:
        file = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and not Path(file or "").exists():
            return False  # to connect would make it
        return sa.inspect(self._engine).has_table(TABLE.name)


def short_id(full_id: str) -> str:
    """Return the short form of a job's id in the queue, which needs no quotes in a shell."""
    return hashlib.sha256(full_id.encode()).hexdigest()[:SHORT]


def in_words(time: datetime) -> str:
    """Return a time as people read it, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _record(status: WorkflowStatus) -> Record:
    assert status.input is not None
    job = Job.from_json(status.input["args"][0])
    state = STATES[status.status]
    begun = {
        State.RUNNING: status.dequeued_at,
        State.FAILED: status.completed_at,
        State.DONE: status.completed_at,
    }
    since = begun.get(state) or (state in begun and status.updated_at) or status.created_at or 0
    is_begun = state in begun
    return Record(
        status.workflow_id,
        job,
        state,
        datetime.fromtimestamp(since / 1000, UTC),
        job.attempt + is_begun,
        _error(status) or job.error,
    )


def _error(status: WorkflowStatus) -> str:
    """Return the last line of the error of a failed job; empty for any other."""
    if status.status == "MAX_RECOVERY_ATTEMPTS_EXCEEDED":
        return BY_CRASHES
    if status.error is None:
        return ""
    kind = getattr(status.error, "name", type(status.error).__name__)
    said = (str(status.error).strip().splitlines() or [""])[-1]
    return said if kind == GivenUp.__name__ else f"{kind}: {said}".removesuffix(": ")
