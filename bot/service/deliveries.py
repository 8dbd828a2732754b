"""Deliveries that did not arrive are asked for again: GitHub gives up on one after 10 seconds, and for good.

What is asked for comes like any other webhook, under the GUID that it had.
https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.github.client import Client
from bot.github.errors import Gone, Refused
from bot.model.clock import Clock
from bot.service.metrics import Metrics

log = structlog.get_logger()

EVERY = 600
"""Seconds between two sweeps."""
KEPT = timedelta(days=3)
"""So long GitHub delivers again."""
OVERLAP = timedelta(hours=1)
"""How far a sweep looks back beyond the one before: what was under way then is in the list now."""
PAUSE = timedelta(minutes=10)
"""After the first attempt; doubled after each further one."""
MOST = 100
"""How many are asked for in one sweep; the others in the next."""
MOST_READ = 5_000
"""How far one sweep reads the log, in attempts: fifty requests. What is older then, is not asked for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to deliver, as GitHub's log has it; `arrived` where it was answered with success."""

    id: int
    guid: str
    at: datetime
    arrived: bool
    is_first: bool = True


def missing(attempts: Iterable[Attempt]) -> Sequence[Sequence[Attempt]]:
    """List the attempts of each delivery that never arrived, the oldest first, of deliveries and attempts.

    Once its first attempt is so old that GitHub has forgotten it, a delivery is over.
    """
    tried: defaultdict[str, list[Attempt]] = defaultdict(list)
    for each in sorted(attempts, key=lambda attempt: (attempt.at, attempt.id)):
        tried[each.guid].append(each)
    return [
        found for found in tried.values() if found[0].is_first and not any(each.arrived for each in found)
    ]


def is_due(tried: Sequence[Attempt], now: datetime) -> bool:
    """Return whether a delivery is asked for again: ever more rarely, since it may be the bot that cannot."""
    return now - tried[-1].at >= (1 << len(tried) - 1) * PAUSE


class Deliveries:
    """The sweeps of one service; the first one asks at once for all that is missing.

    `client_as_app` authenticates as the App: an installation's token cannot read the log.
    """

    def __init__(self, client_as_app: Client, clock: Clock, metrics: Metrics) -> None:
        self._client_as_app = client_as_app
        self._clock = clock
        self._metrics = metrics
        self._since: datetime | None = None

    async def sweep(self) -> int:
        """Ask for what is missing, and tell how many there were. One request a page, and one for each.

        Raises what `bot.github.errors` lists.
        """
        now = self._clock.now()
        since = self._since or now - KEPT
        found = missing([each async for each in self._attempts(since)])
        wanted = [each for each in found if self._since is None or is_due(each, now)][:MOST]
        for tried in wanted:
            await self._ask_for(tried[-1])
        # what is still missing is looked at again, as long as GitHub keeps it
        self._since = max(now - KEPT, min([now - OVERLAP, *(tried[0].at for tried in found)]))
        return len(wanted)

    async def _attempts(self, since: datetime) -> AsyncIterator[Attempt]:
        """Read GitHub's log, the newest first, back to a moment; `MOST_READ` at most.

        https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook
        """
        left = MOST_READ
        async for each in self._client_as_app.getiter("/app/hook/deliveries?per_page=100"):
            attempt = _read(each)
            if attempt.at < since:
                return
            yield attempt
            left -= 1
            if not left:
                log.warning("the log of deliveries is longer than is read", back_to=str(attempt.at))
                return

    async def _ask_for(self, attempt: Attempt) -> None:
        url = "/app/hook/deliveries/{id}/attempts"
        try:
            await self._client_as_app.post(url, {"id": str(attempt.id)}, data=b"")
        except (Gone, Refused) as error:  # it is too old by now, say; the others may be had
            log.warning("not delivered again", delivery=attempt.guid, error=str(error))
            return
        self._metrics.asked_again.inc()
        log.info("asked for again", delivery=attempt.guid)


def _read(node: Mapping[str, object]) -> Attempt:
    code = int(str(node["status_code"]))
    return Attempt(
        int(str(node["id"])),
        str(node["guid"]),
        datetime.fromisoformat(str(node["delivered_at"])),
        arrived=200 <= code < 300,
        is_first=not node["redelivery"],
    )
