"""Which replicas are alive, so that a dead one's jobs can be taken over.

The engine recovers only what the same executor left behind; without this, one dead process would block its
installations for ever. Each replica writes a new pulse every few seconds. Who watches compares pulses by its
own monotonic clock, so no two machines need to agree on the time.
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
    """The table of pulses in the engine's database. All methods block; call them in a thread."""

    def __init__(self, database_url: str, name: str) -> None:
        url = sa.make_url(database_url)
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)
        self._name = name
        self._pulse = ""

    def begin(self) -> None:
        """Take this replica's row over, whatever is in it: who starts under a name has it."""
        TABLE.metadata.create_all(self._engine)
        self._pulse = uuid.uuid4().hex
        with self._engine.begin() as connection:
            connection.execute(sa.delete(TABLE).where(TABLE.c.name == self._name))
            connection.execute(sa.insert(TABLE).values(name=self._name, pulse=self._pulse))

    def beat(self) -> bool:
        """Write a new pulse. False: somebody else wrote ours, who took us for dead or has our name."""
        old, self._pulse = self._pulse, uuid.uuid4().hex
        return self._swap(self._name, old, self._pulse)

    def pulses(self) -> dict[str, str]:
        """Read the pulse of each replica that has one."""
        with self._engine.connect() as connection:
            return {row.name: row.pulse for row in connection.execute(sa.select(TABLE))}

    def claim(self, name: str, pulse: str | None) -> bool:
        """Claim the jobs of a replica whose pulse stood still; of all that try, one gets True."""
        if pulse is not None:
            return self._swap(name, pulse, uuid.uuid4().hex)
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(TABLE).values(name=name, pulse=uuid.uuid4().hex))
        except sa.exc.IntegrityError:
            return False
        return True

    def end(self) -> None:
        """Take this replica's row away, unless somebody else has the name by now."""
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
    """Remembers since when each pulse has stood still. Pure but for its memory."""

    def __init__(self, patience: float) -> None:
        self.patience = patience  # seconds
        self._since: dict[str, tuple[str | None, float]] = {}

    def still(self, pulses: Mapping[str, str | None], now: float) -> dict[str, str | None]:
        """Return which of these pulses have not moved for `patience` seconds. `now` is monotonic time."""
        self._since = {
            name: seen if (seen := self._since.get(name)) and seen[0] == pulse else (pulse, now)
            for name, pulse in pulses.items()
        }
        return {name: pulse for name, (pulse, since) in self._since.items() if now - since >= self.patience}
