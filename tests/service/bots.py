"""The bot as a process that serves a town, and the wait until it is at rest."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import aiohttp

from tests.service.processes import Process, started
from tests.service.town import SECRET, Town


def bot(town: Town, database_url: str, replica: str) -> AbstractAsyncContextManager[Process]:
    """Start the bot; what it says is its address. Its clock shows the town's time."""
    return started(
        "tests.service.bot_process",
        GITHUB_APP_ID=str(town.app.id),
        GITHUB_PRIVATE_KEY=town.app.private_key,
        GITHUB_REST_URL=town.github.url,
        GITHUB_GRAPHQL_URL=f"{town.github.url}/graphql",
        WEBHOOK_SECRET=SECRET,
        DATABASE_URL=database_url,
        REPLICA=replica,
        HOST="127.0.0.1",
        PORT="0",
        AHEAD=str((town.github.clock.now() - datetime.now(UTC)).total_seconds()),
    )


async def at_rest(town: Town, url: str) -> list[str]:
    """Wait until no delivery is under way and the bot's queue is empty, but for the looks that it returns."""
    async with asyncio.timeout(40), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{url}/waiting") as answer:
                at: dict[str, Any] = await answer.json()
                if at["idle"] and not town.github.deliveries.busy:
                    return [str(subject) for subject in at["waiting"]]
            await asyncio.sleep(0.05)
