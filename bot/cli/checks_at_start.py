"""The checks of the App that `serve` makes once after its start, in the background.

They are those of `minutes-bot doctor` that are about the App itself. Each problem becomes a warning in the
log, with its cure. They neither delay nor end the service: they run in a thread of their own, which nobody
waits for.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.service.status import CheckResult

log = structlog.get_logger()

KEYS = ("github", "webhook", "permissions", "installations")
"""The checks that are made; what is in the settings, the service has checked itself."""
PAUSE = 3
"""Seconds before the checks: hosting platforms take some until they pass on requests to a new process."""

Tell = Callable[[Sequence[CheckResult]], None]


def begin(environment: Mapping[str, str], tell: Tell) -> None:
    """Begin the checks with the service's environment variables; `tell` gets what comes of them.

    It is called in the running event loop, unless that has ended before.
    """
    loop = asyncio.get_running_loop()

    def work() -> None:
        time.sleep(PAUSE)
        try:
            found = _check(environment)
        except Exception as error:  # the service runs without them, too
            log.info("set-up not checked", error=repr(error))
            return
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(tell, found)

    threading.Thread(target=work, name="checks at start", daemon=True).start()


def warn(found: Sequence[CheckResult]) -> None:
    """Log a warning for each result that is a problem."""
    for each in found:
        if each.level != "ok":
            log.warning("set-up", check=each.check, message=each.message, cure=each.cure)


def _check(environment: Mapping[str, str]) -> Sequence[CheckResult]:
    """Make the checks. Raises ModuleNotFoundError where the extra `admin` is not installed."""
    from bot.admin.doctor.checks import CHECKS, LEFT, run
    from bot.admin.doctor.context import Context

    found = run(Context(environment), [each for each in CHECKS if each.key in KEYS])
    return [
        CheckResult(each.check, each.level, each.message, each.cure) for each in found if each.check != LEFT
    ]
