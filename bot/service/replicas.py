"""The pulses of the replicas, by which the jobs of a dead one can be taken over.

The engine recovers only the jobs of the same executor; without this, one dead process would block its
installations for ever. Each replica writes a new random pulse every few seconds. The others measure with
their own monotonic clocks how long it stands still, so the machines need not agree on the time.
"""

import uuid
from collections.abc import Mapping

import sqlalchemy as sa

TABLE = sa.Table(
    "minutes_replicas",
    sa.MetaData(),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("pulse", sa.Text, nullable=False),
)


class Replicas:
    """The table of the replicas' pulses in the database of the queue, as one replica, `name`, uses it.

    A pulse is a random text that a replica changes every few seconds, to show that it is alive. All methods
    block; call them in a thread.
    """

    def __init__(self, database_url: str, name: str) -> None:
        url = sa.make_url(database_url)
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        self._name = name
        self._pulse = ""

    def begin(self) -> None:
        """Write this replica's row, in place of any other: the last process to start under a name owns it."""
        TABLE.metadata.create_all(self._engine)
        self._pulse = uuid.uuid4().hex
        with self._engine.begin() as connection:
            connection.execute(sa.delete(TABLE).where(TABLE.c.name == self._name))
            connection.execute(sa.insert(TABLE).values(name=self._name, pulse=self._pulse))

    def beat(self) -> bool:
        """Write a new pulse of this replica. Return False if another process has changed it meanwhile.

        That process has taken over the replica's jobs, or its name.
        """
        old, self._pulse = self._pulse, uuid.uuid4().hex
        return self._swap(self._name, old, self._pulse)

    def pulses(self) -> dict[str, str]:
        """Return the newest pulse of each replica that has a row, by the replica's name."""
        with self._engine.connect() as connection:
            return {row.name: row.pulse for row in connection.execute(sa.select(TABLE))}

    def claim(self, name: str, pulse: str | None) -> bool:
        """Take over the jobs of the replica `name`, whose `pulse` stood still; None: it never wrote one.

        Of several processes that try, only one gets True.
        """
        if pulse is not None:
            return self._swap(name, pulse, uuid.uuid4().hex)
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(TABLE).values(name=name, pulse=uuid.uuid4().hex))
        except sa.exc.IntegrityError:
            return False
        return True

    def end(self) -> None:
        """Delete this replica's row, unless another process has its name by now; close all connections."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.delete(TABLE).where(TABLE.c.name == self._name, TABLE.c.pulse == self._pulse)
            )
        self._engine.dispose()

    def _swap(self, name: str, old: str, new: str) -> bool:
        change = sa.update(TABLE).where(TABLE.c.name == name, TABLE.c.pulse == old).values(pulse=new)
        with self._engine.begin() as connection:
            return connection.execute(change).rowcount == 1


class Watch:
    """A memory of since when each replica's pulse has stood still."""

    def __init__(self, patience: float) -> None:
        self.patience = patience  # seconds
        self._since: dict[str, tuple[str | None, float]] = {}

    def still(self, pulses: Mapping[str, str | None], now: float) -> dict[str, str | None]:
        """Return the pulses that have not changed for `patience` seconds, by the name of the replica.

        `pulses` are the newest ones, None for a replica without one; `now` is a monotonic time in seconds.
        """
        self._since = {
            name: seen if (seen := self._since.get(name)) and seen[0] == pulse else (pulse, now)
            for name, pulse in pulses.items()
        }
        return {name: pulse for name, (pulse, since) in self._since.items() if now - since >= self.patience}
