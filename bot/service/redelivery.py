"""The sweep for lost deliveries: asks GitHub to redeliver webhooks that never arrived.

GitHub waits 10 seconds for an answer, and does not redeliver by itself. A redelivery comes like any other
webhook, with the GUID of the original.
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
"""How long after a delivery GitHub can redeliver it."""
OVERLAP = timedelta(hours=1)
"""How far a sweep reads back before the start of the last one: what was under way then is in the log now."""
PAUSE = timedelta(minutes=10)
"""The wait after the first attempt before a redelivery is asked for; doubled with each further attempt."""
MOST = 100
"""The most redeliveries asked for in one sweep; the others follow in the next."""
MOST_READ = 5_000
"""The most attempts that one sweep reads, newest first, 100 a request. Older ones are not asked for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt of GitHub's to deliver a webhook to the bot, from the log that GitHub keeps.

    `guid` is the id of the delivery, which its attempts share; `arrived`: the bot answered with a status of
    2xx.
    """

    id: int
    guid: str
    at: datetime
    arrived: bool
    is_first: bool = True


def missing(attempts: Iterable[Attempt]) -> Sequence[Sequence[Attempt]]:
    """Return the webhook deliveries that never arrived, oldest first, each as its attempts, oldest first.

    A delivery whose first attempt is no longer in GitHub's log is left out: it is too old to be redelivered.
    """
    tried: defaultdict[str, list[Attempt]] = defaultdict(list)
    for each in sorted(attempts, key=lambda attempt: (attempt.at, attempt.id)):
        tried[each.guid].append(each)
    return [
        found for found in tried.values() if found[0].is_first and not any(each.arrived for each in found)
    ]


def is_due(tried: Sequence[Attempt], now: datetime) -> bool:
    """Return whether to ask GitHub again now for a delivery that never arrived.

    `tried` are its attempts so far, oldest first: with each, the pause gets longer, as the bot itself may be
    failing.
    """
    return now - tried[-1].at >= (1 << len(tried) - 1) * PAUSE


class Deliveries:
    """The regular sweeps by which a service asks GitHub again for webhook deliveries that were lost.

    `client_as_app` authenticates as the App: an installation's token cannot read GitHub's log of deliveries.
    The first sweep asks for all of them at once, later ones wait longer after each attempt.
    """

    def __init__(self, client_as_app: Client, clock: Clock, metrics: Metrics) -> None:
        self._client_as_app = client_as_app
        self._clock = clock
        self._metrics = metrics
        self._since: datetime | None = None

    async def sweep(self) -> int:
        """Ask GitHub again for the deliveries that never arrived and are due; return how many those were.

        Sends a request for each page of GitHub's log and each delivery. Raises what `bot.github.errors`
        lists.
        """
        now = self._clock.now()
        since = self._since or now - KEPT
        found = missing([each async for each in self._attempts(since)])
        wanted = [each for each in found if self._since is None or is_due(each, now)][:MOST]
        for tried in wanted:
            await self._ask_for(tried[-1])
        # the next sweep reads back to what is still missing, as long as GitHub can redeliver it
        self._since = max(now - KEPT, min([now - OVERLAP, *(tried[0].at for tried in found)]))
        return len(wanted)

    async def _attempts(self, since: datetime) -> AsyncIterator[Attempt]:
        """Yield the attempts in GitHub's log since a time, newest first, `MOST_READ` at most.

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
        except (Gone, Refused) as error:  # too old by now, for example; the others may succeed
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
