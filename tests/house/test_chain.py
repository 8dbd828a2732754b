"""The link to the previous minutes follows what becomes of these: merged late, given up, filed late."""

from tests import paper
from tests.house.conftest import FILES, House


def notes(day: str) -> str:
    return paper.NOTES.replace("2026-08-18", day)


async def filed(house: House, *days: str) -> None:
    """Publish notes of these days, one after the other."""
    for day in days:
        house.publish(notes(day), f"Team meeting {day}")
        await house.quiet()


def branch(day: str) -> str:
    return f"minutes/{day}"


def linked(house: House, day: str) -> str:
    """Return which minutes those of a day link, as their file on the branch says."""
    text = house.minutes(f"2026/{day}.md", branch(day))
    return text.partition("[last meeting](")[2].partition(")")[0]


def pull_of(house: House, day: str):
    return next(pull for pull in house.pulls() if pull.head_ref == branch(day))


async def test_merging_the_older_minutes_mends_the_link_of_the_newer_ones(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")
    newer = pull_of(house, "2026-08-25")
    assert linked(house, "2026-08-25") == "2026-08-11.md"
    assert "not merged yet" in newer.body

    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-18.md"
    assert "not merged yet" not in newer.body


async def test_late_minutes_between_two_are_linked_when_they_are_merged(house: House) -> None:
    await filed(house, "2026-08-25", "2026-08-18")
    assert linked(house, "2026-08-25") == "2026-08-11.md"

    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-18.md"


async def test_minutes_that_are_given_up_are_no_longer_waited_for(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")

    house.imani.close(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-11.md"
    assert "not merged yet" not in pull_of(house, "2026-08-25").body


async def test_a_link_that_people_set_on_the_branch_stays(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")
    text = house.minutes("2026/2026-08-25.md", branch("2026-08-25"))
    theirs = text.replace("2026-08-11.md", "2026-08-04.md")
    house.imani.push("tern-lab/meeting-minutes", {"2026/2026-08-25.md": theirs}, "Mend", branch("2026-08-25"))
    await house.quiet()

    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()

    assert linked(house, "2026-08-25") == "2026-08-04.md"
    assert len(house.pulls()) == 1


async def test_nothing_is_merged_before_the_previous_minutes(bare: House) -> None:
    bare.install({**FILES, ".github/minutes.yml": "merge: when accepted\n"})
    await filed(bare, "2026-08-18", "2026-08-25")
    bare.imani.comment(pull_of(bare, "2026-08-25"), "/minutes accept")
    await bare.quiet()
    assert {pull.head_ref for pull in bare.pulls()} == {branch("2026-08-18"), branch("2026-08-25")}

    bare.imani.comment(pull_of(bare, "2026-08-18"), "/minutes accept")
    await bare.quiet()

    assert bare.pulls() == []
    assert "[last meeting](2026-08-18.md)" in bare.minutes("2026/2026-08-25.md", "main")


async def test_after_that_no_request_is_made(house: House) -> None:
    await filed(house, "2026-08-18", "2026-08-25")
    house.imani.merge(pull_of(house, "2026-08-18"))
    await house.quiet()
    sent = len(house.sent())
    await house.quiet()
    house.pass_time(60)
    await house.quiet()

    assert house.sent(sent) == []
