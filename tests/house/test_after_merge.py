"""Notes that go on after their minutes were merged: a follow-up brings what is new, and nobody is stuck."""

import pytest

from tests.house.conftest import ARCHIVE, House

FILE = "2026/2026-08-18.md"
WAYS = ["merge", "squash", "rebase"]


def with_line(text: str, line: str, heading: str = "## AOB") -> str:
    """Add a line below a heading."""
    return text.replace(f"{heading}\n", f"{heading}\n\n- {line}\n")


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("keeps_branch", [False, True])
@pytest.mark.parametrize("restarted", [False, True])
async def test_people_pushed_and_the_branch_is_gone(
    house: House, how: str, *, keeps_branch: bool, restarted: bool
) -> None:
    issue = house.publish()
    await house.quiet()
    (pull,) = house.pulls()
    mine = with_line(house.minutes(FILE, pull.head_ref), "pushed", "## Project status")
    house.imani.push(ARCHIVE, {FILE: mine}, "Add a line", pull.head_ref)
    await house.quiet()
    house.pass_time(30)
    house.imani.edit(issue, body=with_line(issue.body, "once"))
    await house.quiet()
    house.imani.merge(pull, how)
    if not keeps_branch:
        house.imani.delete_branch(ARCHIVE, pull.head_ref)
    await house.quiet()
    if restarted:
        house.start()

    house.pass_time(30)
    house.imani.edit(issue, body=with_line(issue.body, "again"))
    await house.quiet()
    assert house.status_of(issue) == ("merged", "changed")
    house.imani.comment(issue, "/minutes")
    await house.quiet()

    assert house.status_of(issue)[0] == "ready"
    (following,) = house.pulls()
    text = house.minutes(FILE, following.head_ref)
    assert all(f"- {line}\n" in text for line in ("pushed", "once", "again"))
