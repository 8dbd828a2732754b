"""Primary rate limits, in GitHub's points, by token owner and resource.

https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
https://docs.github.com/rest/search/search#rate-limit
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from github_simulator.clock import SimulatedClock

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LIMITS = {"core": (5000, HOUR), "graphql": (5000, HOUR), "search": (30, MINUTE)}
"""By resource: the points of a window, and its length."""


@dataclass
class Window:
    """A period, which ends at `reset`, in which a caller has `limit` points to use: GitHub's rate limit."""

    limit: int
    reset: datetime
    used: int = 0

    @property
    def remaining(self) -> int:
        """How many points of the window the caller has not used yet."""
        return max(0, self.limit - self.used)


class Limits:
    """The current rate limit windows of all callers."""

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self._windows: dict[tuple[str, str], Window] = {}

    def window(self, who: str, resource: str) -> Window:
        """Return the current rate limit window of the caller `who` (`Actor.name`); a new one if it ended.

        `resource` is GitHub's name for what is limited: "core", "graphql" or "search".
        """
        now = self._clock.now()
        window = self._windows.get((who, resource))
        if window is None or window.reset <= now:
            limit, lasts = LIMITS[resource]
            window = Window(limit, now + lasts)
            self._windows[who, resource] = window
        return window

    def headers(self, who: str, resource: str) -> dict[str, str]:
        """Return the rate limit headers of a response to the caller `who` (`Actor.name`).

        `resource` is GitHub's name for what is limited: "core", "graphql" or "search".
        """
        window = self.window(who, resource)
        return {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(window.remaining),
            "X-RateLimit-Used": str(window.used),
            "X-RateLimit-Reset": str(int(window.reset.timestamp())),
            "X-RateLimit-Resource": resource,
        }
