"""What runs until somebody ends it: by Ctrl-C (SIGINT), or as hosts do, by SIGTERM."""

import asyncio
import signal
from collections.abc import Awaitable

SIGNALS = (signal.SIGTERM, signal.SIGINT)


async def until_signal(work: Awaitable[bool]) -> bool:
    """Return what comes of some work, or False if SIGTERM or SIGINT ended it."""
    task = asyncio.ensure_future(work)
    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return False
