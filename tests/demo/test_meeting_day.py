"""The served demo with a calendar: the clock is moved from outside, and the pages show what the bot opens."""

from datetime import UTC, datetime

import aiohttp

from bot.demo.constants import ARCHIVE
from bot.demo.environment import DemoEnvironment, start_environment
from bot.demo.meeting_day import calendar, fill_agenda


async def page(environment: DemoEnvironment, path: str) -> str:
    """Open a page as a browser does."""
    async with (
        aiohttp.ClientSession(headers={"Accept": "text/html"}) as browser,
        browser.get(f"{environment.simulator.url}/{ARCHIVE}{path}") as answer,
    ):
        return await answer.text()


async def test_moving_the_clock_opens_the_drafts_and_the_pages_show_them() -> None:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    async with start_environment(now=now, files=calendar(now), add_content=fill_agenda) as environment:
        await environment.simulator.idle()
        before = await page(environment, "/pulls")
        async with aiohttp.ClientSession() as program:
            moved = {"set": "2026-11-25T06:00:00Z"}
            await program.post(f"{environment.simulator.url}/_simulator/clock", json=moved)
            await program.get(f"{environment.simulator.url}/_simulator/idle")
        pulls, issues = await page(environment, "/pulls"), await page(environment, "/issues")
        violations = list(environment.simulator.violations)

    assert "Minutes of" not in before
    assert "Minutes of 2026-11-24" in pulls
    assert "Minutes of 2026-11-25" in pulls
    assert "Steering group 2026-11-25" in issues, "that series wants an issue for the notes"
    assert violations == []
