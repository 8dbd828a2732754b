"""Play each event in each situation, and write the outcomes: `python tools/ends.py` updates docs/ends.md.

The text around the tables stays; rows for new situations and events are added. Read the difference: each
outcome is what the bot does, which need not be what it should do.
"""

import asyncio
import re
import sys
from itertools import product
from pathlib import Path
from typing import get_args

import structlog

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.model import Kind  # noqa: E402
from github_simulator.errors import ApiError  # noqa: E402
from tests.house.conftest import House, open_ground  # noqa: E402
from tests.house.ends import EVENTS, SITUATIONS, rows  # noqa: E402
from tests.house.scene import Scene  # noqa: E402

PAGE = ROOT / "docs" / "ends.md"


async def outcome(event: str, situation: str, kind: Kind) -> str:
    """Play an event in a situation on a simulated GitHub, and return the outcome in words.

    "cannot be: <exception>" if the event is not possible in that situation.
    """
    async with open_ground() as ground:
        house = House(*ground)
        house.install()
        scene = Scene(house, kind)
        await SITUATIONS[situation](scene)
        try:
            await EVENTS[event](scene)
        except (ApiError, IndexError, AssertionError) as error:
            return f"cannot be: {type(error).__name__}"
        return scene.outcome()


def written(known: dict[tuple[str, str], tuple[str, str]]) -> str:
    """Return the page with its present words, and with tables of the outcomes in `known`.

    `known` has, for each pair of event and situation, the outcomes for an issue and for a discussion.
    """
    text = PAGE.read_text()
    head, *_ = text.split("\n## ", 1)
    parts = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in text.split("\n## ")[1:]}
    page = [head]
    for event in EVENTS:
        words = re.split(r"^\| where", parts.get(event, "\n"), maxsplit=1, flags=re.MULTILINE)[0].strip("\n")
        table = ["| where it stood | an issue | a discussion |", "| --- | --- | --- |"]
        for situation in SITUATIONS:
            issue, discussion = known[event, situation]
            table.append(f"| {situation} | {issue} | {'the same' if discussion == issue else discussion} |")
        page.append("\n".join([f"## {event}", "", *([words, ""] if words else []), *table, ""]))
    return "\n".join(page)


def main() -> None:
    """Play the pairs that have no row yet, with `--all` all of them, and write the page."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    known = {} if "--all" in sys.argv else {(e, s): (i, d) for e, s, i, d in rows(PAGE.read_text())}
    for event, situation in product(EVENTS, SITUATIONS):
        if (event, situation) not in known:
            issue, discussion = (asyncio.run(outcome(event, situation, kind)) for kind in get_args(Kind))
            known[event, situation] = issue, discussion
            print(f"{event} / {situation}: {issue}")
    PAGE.write_text(written(known))


if __name__ == "__main__":
    main()
