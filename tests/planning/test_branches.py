"""The names of branches."""

import subprocess
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planning.branches import branch_name
from tests.depth import examples

DAY = date(2026, 8, 18)


@pytest.mark.parametrize(
    ("name", "branch"),
    [
        ("Team meeting", "minutes/team-meeting/2026-08-18"),
        ("  R&D / Ops!  ", "minutes/r-d-ops/2026-08-18"),
        ("会議", "minutes/series-6f7de8e4/2026-08-18"),
        ("2026-08-18", "minutes/series-0001e2c6/2026-08-18"),
    ],
)
def test_a_branch_is_named_after_series_and_day(name: str, branch: str) -> None:
    assert branch_name(name, DAY) == branch


def test_without_a_series_the_day_will_do() -> None:
    assert branch_name("", DAY) == "minutes/2026-08-18"
    assert branch_name("", DAY, "afternoon") == "minutes/2026-08-18-afternoon"


@examples(20)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=20))
def test_git_takes_every_name(names: list[str]) -> None:
    for name in names:
        branch = branch_name(name, DAY)
        command = ["git", "check-ref-format", "--branch", branch]
        assert subprocess.run(command, capture_output=True).returncode == 0
