"""Where minutes belong: what the settings say, what the files show, and what of them is of another series."""

from datetime import date

import pytest

from bot import config
from bot.archive.location import locate

WEEKLY = "series:\n  - {name: Team, schedule: every Tuesday"
PRESS = "  - {name: Press, schedule: every Wednesday, path: press/YYYY-MM-DD.md}\n"
TEAM_AND_PRESS = WEEKLY + "}\n" + PRESS
BOTH_PLACED = WEEKLY + ", path: team/YYYY-MM-DD.md}\n" + PRESS
IN_PRESS = [f"press/2026-08-{day}.md" for day in ("05", "12", "19", "26")]

CASES = {
    "nothing is there": (WEEKLY + "}", [], ["YYYY/YYYY-MM-DD.md"]),
    "the files show it": (WEEKLY + "}", ["notes/2026-08-11.md"], ["notes/YYYY-MM-DD.md"]),
    "the settings say it": ("path: all/YYYY-MM-DD.md\n" + WEEKLY + "}", IN_PRESS, ["all/YYYY-MM-DD.md"]),
    "another series has most of the files": (
        TEAM_AND_PRESS,
        ["notes/2026-08-11.md", *IN_PRESS],
        ["notes/YYYY-MM-DD.md"],
    ),
    "another series has all of them": (TEAM_AND_PRESS, IN_PRESS, ["YYYY/YYYY-MM-DD.md"]),
    "each series has its place": (BOTH_PLACED, IN_PRESS, ["press/YYYY-MM-DD.md"]),
    "each series has its place, and there is another one": (
        BOTH_PLACED,
        [*IN_PRESS, "notes/2026-08-11.md"],
        ["notes/YYYY-MM-DD.md"],
    ),
    "two places are as common": (
        TEAM_AND_PRESS,
        ["a/2026-08-04.md", "b/2026-08-11.md", *IN_PRESS],
        ["a/YYYY-MM-DD.md", "b/YYYY-MM-DD.md"],
    ),
}


@pytest.mark.parametrize(
    "files", [["minutes/2026.md"], ["meetings/Meeting 071.md", "meetings/Meeting 072.md"]]
)
def test_minutes_without_a_day_in_their_names_are_not_an_empty_archive(files: list[str]) -> None:
    choice = locate(files, config.Config(), date(2026, 8, 18))

    assert (choice.series, choice.doubt) == (None, "unrecognised")
    assert f"{files[0].partition('/')[0]}/2026-08-18.md" in [
        each.path(date(2026, 8, 18)) for each in choice.candidates
    ]


@pytest.mark.parametrize("name", CASES)
def test_minutes_without_a_path_lie_outside_the_places_of_series(name: str) -> None:
    text, files, expected = CASES[name]
    choice = locate(files, config.read(text), date(2026, 8, 18))

    found = [choice.series] if choice.series else choice.candidates
    assert sorted(each.layout.pattern for each in found) == expected
