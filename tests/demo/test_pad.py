"""The demo with a pad: the issue has only the link, and what is typed there is in the minutes."""

from datetime import UTC, datetime, timedelta

from bot.demo.constants import ARCHIVE, LABEL, SOURCE
from bot.demo.environment import start_environment
from bot.demo.pad import LINK, PAD


async def test_what_is_typed_in_the_pad_is_in_the_pull_request() -> None:
    notes = "# 2026-08-18\n\nAttending: Ada\n\n- Kites fly\n"
    async with start_environment(now=datetime(2026, 8, 18, 10, tzinfo=UTC), pad=notes) as environment:
        imani, idle = environment.simulator.person("imani"), environment.simulator.idle
        imani.label(imani.open_issue(SOURCE, "Team meeting", LINK), LABEL)
        await idle()
        environment.clock.advance(timedelta(minutes=10))
        await idle()
        environment.pads.texts[PAD] += "- Bo lands\n"
        for hours in (26, 1):
            environment.clock.advance(timedelta(hours=hours))
            await idle()
        git = environment.simulator.world.repository(*ARCHIVE.split("/")).git
        file = git.file_at(git.branch("minutes/2026-08-18") or "", "2026/2026-08-18.md")
        assert file is not None
        text = (git.blob(file.oid) or b"").decode()

    assert "- Kites fly\n- Bo lands\n" in text
