"""A year as it passes: the real service, a simulated GitHub, and a clock that goes from stop to stop."""

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from bot.config import PATH
from bot.service import Service
from bot.state import PullState, find_state
from github_simulator.state import PullRequest
from tests.service.town import ARCHIVE, Town
from tests.year.place import DAY, Span

MINUTE = timedelta(minutes=1)
PAUSE = 0.03
"""Seconds between two looks at the queue, which take time as well."""
Act = Callable[[], Awaitable[None]]


class Machine:
    """A span of time in a town: what happens in it, and what comes of that."""

    def __init__(self, span: Span, town: Town, folder: Path) -> None:
        self.span = span
        self.town = town
        self.stirred: set[date] = set()
        """Days on which people did something, a webhook came again, or the bot was started."""
        self._clock = town.github.clock
        self._settings = town.settings(f"sqlite:///{folder}/jobs.sqlite")
        self._running = AsyncExitStack()
        self._chance = random.Random(span.place.zone)

    async def live(self) -> None:
        """Let the time of the span pass."""
        self._clock.set(self.span.at(self.span.first, time()))
        self.town.maintainer.push(ARCHIVE, {PATH: self.span.calendar(is_moved=False)})
        async with self._running:
            await self._do(self._restart)
            for moment, acts in self._stops():
                self._clock.set(moment)
                await self._rest()
                for act in acts:
                    await self._do(act)

    async def _do(self, act: Act) -> None:
        self.stirred.add(self.span.day_of(self._clock.now()))
        await act()
        await self._rest()

    async def _rest(self) -> None:
        """Wait until nothing is left to do."""
        async with asyncio.timeout(60):
            while not await self.town.github.is_idle():  # noqa: ASYNC110  # there is no event for it
                await asyncio.sleep(PAUSE)

    # -- what happens, and when ----------------------------------------------------------------------------

    def _stops(self) -> Iterable[tuple[datetime, list[Act]]]:
        """List when the clock stops, and what people do then.

        It stops at the end of each day, and around each minute at which a meeting is to be opened.
        """
        span, stops = self.span, defaultdict[datetime, list[Act]](list)
        for day in span.days:
            stops[span.at(day, time(23, 59))] += []
            stops[span.at(day, time(12))] += [self._redeliver] if day.weekday() == 2 else []
            stops[span.at(day, time(12))] += [self._restart] if day.day == 15 else []
        stops[span.at(span.moved[0] - 3 * DAY, time(12))].append(self._move)
        for (series, day), opens in span.openings().items():
            stops[opens - MINUTE] += []
            stops[opens] += []
            if series == "Weekly" and day == span.closed:
                stops[opens + 10 * MINUTE].append(partial(self._close, day))
            elif series == "Weekly" and day in span.written:
                stops[opens + 180 * MINUTE].append(partial(self._write, day))
        return sorted(stops.items())

    async def _restart(self) -> None:
        """End the service, if it runs, and start it on the database that there is."""
        await self._running.aclose()
        service = Service(self._settings, self._clock, between_writes=0, poll=0.02)
        await self._running.enter_async_context(service)
        self.town.app.webhook_url = f"{service.url}/webhook"
        self.town.github.idle_checks[:] = [service.idle]

    async def _redeliver(self) -> None:
        """Let some webhook of the past come again, but a push: that of an older head is waited for."""
        deliveries = self.town.github.deliveries
        if past := [each for each in deliveries.log if each.event != "push"]:
            deliveries.redeliver(self._chance.choice(past))

    async def _move(self) -> None:
        """Move a meeting from Sunday to Wednesday."""
        self.town.maintainer.push(ARCHIVE, {PATH: self.span.calendar(is_moved=True)})

    async def _close(self, day: date) -> None:
        """Say that there is no meeting, before it was to begin."""
        self.town.maintainer.close(self._pull(day))

    async def _write(self, day: date) -> None:
        """Write the minutes into the draft, and merge them."""
        pull, path = self._pull(day), f"weekly/{day}.md"
        git = pull.repository.git
        text = (git.blob(git.at(pull.head_oid, path) or "") or b"").decode()
        self.town.maintainer.push(ARCHIVE, {path: f"{text}\n- The press is cleaned\n"}, branch=pull.head_ref)
        self.town.maintainer.mark_ready(pull)
        self.town.maintainer.merge(pull)

    def _pull(self, day: date) -> PullRequest:
        (found,) = (pull for pull in self.town.pulls() if pull.head_ref == f"minutes/weekly/{day}")
        return found

    # -- what came of it -----------------------------------------------------------------------------------

    def opened(self) -> dict[tuple[str, date], list[datetime]]:
        """Return when each meeting was opened: of one that was opened twice, both times."""
        found = defaultdict(list)
        for pull in self.town.pulls():
            state = find_state(pull.body, PullState)
            assert state is not None
            assert state.day is not None
            found[state.series, state.day].append(pull.created_at)
        return dict(found)

    def reminders(self) -> Counter[date]:
        """Count the comments of the bot, by the day of the meeting."""
        found = Counter[date]()
        for pull in self.town.pulls():
            state = find_state(pull.body, PullState)
            assert state is not None
            assert state.day is not None
            found[state.day] += len(pull.comments)
        return found

    def requests(self) -> Counter[date]:
        """Count what the bot asked of GitHub, tokens too, by day."""
        return Counter(self.span.day_of(each.at) for each in self.town.github.requests)
