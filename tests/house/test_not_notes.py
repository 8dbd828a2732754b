"""Issues that are no meeting notes: they cost nothing, and none that is one is missed."""

from datetime import timedelta

import pytest

from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, SOURCE, House

TITLE = "Team meeting 2026-08-18"


async def test_issues_with_other_labels_cost_nothing(house: House) -> None:
    await house.quiet(until=None)
    known = house.publish()
    await house.quiet()
    sent = len(house.sent())

    for number in range(20):
        other = house.imani.open_issue(SOURCE, f"Bug {number}")
        house.imani.label(other, "bug")
        house.imani.edit(other, body="It crashes")
        house.imani.comment(other, "Indeed")
        house.imani.unlabel(other, "bug")
    await house.quiet()

    assert house.sent(sent) == []
    assert house.status_of(known) == ("ready", "")


async def test_one_with_comments_costs_one_look(house: House) -> None:
    house.publish()
    await house.quiet()
    other = house.imani.open_issue(SOURCE, "Bug", "It crashes")
    house.imani.label(other, "bug")
    house.imani.comment(other, "Indeed")
    sent = len(house.sent())

    for text in "once", "twice", "three times":
        house.imani.edit(other, body=f"It crashes {text}")
        await house.quiet()

    assert len(house.sent(sent)) == 1


@pytest.mark.parametrize("label", [None, "bug"])
@pytest.mark.parametrize("restarted", [False, True])
async def test_notes_without_a_label_are_followed_after_a_command(
    house: House, label: str | None, *, restarted: bool
) -> None:
    house.publish(paper.NOTES.replace("08-18", "08-11"), "Team meeting 2026-08-12")
    await house.quiet()
    issue = house.imani.open_issue(SOURCE, TITLE, paper.NOTES)
    if label:
        house.imani.label(issue, label)
    house.yuki.comment(issue, "Is this all?")
    house.imani.edit(issue, body=f"{paper.NOTES}\n")
    await house.quiet()
    house.imani.comment(issue, "/minutes")
    await house.quiet()
    if restarted:
        house.start()

    house.pass_time(30)
    house.imani.edit(issue, body=paper.NOTES.replace("Tove", "Tove, Yuki"))
    await house.quiet()

    pull = next(each for each in house.pulls() if each.head_ref == "minutes/2026-08-18")
    assert "Tove, Yuki" in house.minutes("2026/2026-08-18.md", pull.head_ref)


async def test_a_label_that_the_configuration_knows_later_is_found(house: House) -> None:
    house.publish(paper.NOTES.replace("08-18", "08-12"), "Team meeting 2026-08-12")
    await house.quiet()
    issue = house.imani.open_issue(SOURCE, TITLE, paper.NOTES)
    house.imani.label(issue, "standup")
    await house.quiet()
    assert house.comments(issue) == []

    house.imani.push(ARCHIVE, {".github/minutes.yml": f"labels: [{LABEL}, standup]\n"})
    await house.live(house.simulator.clock.now() + timedelta(minutes=15))
    await house.quiet()

    assert house.status_of(issue) == ("ready", "")
