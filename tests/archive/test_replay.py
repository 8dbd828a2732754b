"""Meetings of real archives, one by one: is each filed where people filed it?"""

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.archive.choice import choose
from bot.archive.grouping import find_series

ARCHIVES = Path(__file__).parents[3] / "shared" / "archives"
DAY = re.compile(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])(?!\d)")
pytestmark = pytest.mark.skipif(
    not ARCHIVES.is_dir(), reason="the paths of real archives (../shared) are not on this machine"
)


@cache
def paths(archive: str) -> tuple[str, ...]:
    return tuple(line.split("\t")[0] for line in (ARCHIVES / f"{archive}.tsv").read_text().splitlines())


@cache
def as_of(archive: str, day: str) -> tuple[str, ...]:
    """Return the archive as it was before a day, and its files without one."""
    days = ((path, DAY.search(path.rsplit("/", 1)[-1])) for path in paths(archive))
    return tuple(path for path, match in days if not match or "-".join(match.groups()) < day)


def replayed(archive: str, day: str, title: str, path: str, previous: str) -> str:
    when = date.fromisoformat(day)
    choice = choose(find_series(as_of(archive, day)), when, title)
    if choice.series is None:
        return "offered" if path in [each.path(when) for each in choice.candidates] else "asked"
    before = choice.series.previous(when)
    return "right" if (choice.series.path(when), before and before.path) == (path, previous) else "wrong"


def test_meetings_of_real_archives_are_filed_where_people_filed_them() -> None:
    rows = [line.split("\t") for line in (ARCHIVES / "replay.tsv").read_text().splitlines()[1:]]

    counts = Counter(replayed(*row) for row in rows)

    assert counts.total() == 540
    assert counts["right"] >= 415
    assert counts["wrong"] <= 20
