"""Symbolic links and submodules are no minutes, whatever their names: none is read or replaced."""

import pytest

from github_simulator.state import CheckRun
from tests import paper
from tests.house.conftest import ARCHIVE, FILES, House

CONFIGURED = {**FILES, ".github/minutes.yml": "settle: 10 minutes\n"}
PATH = "2026/2026-08-18.md"


def checks(house: House) -> list[CheckRun]:
    runs = house.simulator.world.repository(*ARCHIVE.split("/")).checks
    return [run for run in runs if run.name == "Minutes"]


@pytest.mark.parametrize("branch", [None, "theirs"])
@pytest.mark.parametrize("target", ["2026-08-11.md", "<script>x</script>.md", "../nowhere"])
async def test_a_link_is_not_read_as_minutes(bare: House, target: str, branch: str | None) -> None:
    bare.install(CONFIGURED)
    bare.imani.push_link(ARCHIVE, PATH, target, branch)
    await bare.quiet()

    assert checks(bare) == []


@pytest.mark.parametrize("branch", [None, "theirs"])
async def test_a_submodule_is_not_read_as_minutes(bare: House, branch: str | None) -> None:
    bare.install(CONFIGURED)
    bare.imani.push_submodule(ARCHIVE, PATH, "5" * 40, branch)
    await bare.quiet()

    assert checks(bare) == []


async def test_minutes_beside_a_link_are_checked_and_corrected_alone(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push_link(ARCHIVE, "latest/2026-08-11.md", "../2026/2026-08-11.md", "theirs")
    bare.imani.push(ARCHIVE, {PATH: paper.NOTES}, "Minutes", "theirs")
    await bare.quiet()
    (run,) = checks(bare)
    assert {each["path"] for each in run.annotations} == {PATH}
    bare.imani.press(run, "fix")
    await bare.quiet()

    assert "(2026-08-11.md)" in bare.minutes(PATH, "theirs")
    assert bare.minutes("latest/2026-08-11.md", "theirs") == "../2026/2026-08-11.md"


async def test_a_file_that_a_link_replaced_is_no_minutes_any_more(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push(ARCHIVE, {PATH: paper.MADE}, "Minutes")
    await bare.quiet()
    before = len(checks(bare))
    bare.imani.push_link(ARCHIVE, PATH, "2026-08-11.md")
    await bare.quiet()

    assert len(checks(bare)) == before
    assert bare.pulls() == []


async def test_a_link_in_a_pull_request_from_a_fork_is_not_read(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.simulator.add_collaborator(ARCHIVE, "yuki", "write")
    bare.yuki.push_link(ARCHIVE, PATH, "<script>", "theirs")
    pull = bare.yuki.open_pull(ARCHIVE, "theirs", "Our minutes")
    pull.fork = bare.simulator.create_repository("yuki/meeting-minutes", fork=True)
    bare.simulator.deliveries.log[:] = [
        each for each in bare.simulator.deliveries.log if each.event != "push"
    ]  # to a fork nobody here hears of a push
    await bare.quiet()

    assert checks(bare) == []


async def test_minutes_that_people_replace_by_a_link_are_theirs(bare: House) -> None:
    bare.install(CONFIGURED)
    source = bare.publish()
    await bare.quiet()
    (pull,) = bare.pulls()
    bare.imani.push_link(ARCHIVE, PATH, "2026-08-11.md", pull.head_ref)
    bare.imani.edit(source, body=paper.NOTES.replace("10:00", "10:05"))
    await bare.quiet()

    assert bare.status_of(source)[0] == "edited-by-people"
    assert bare.minutes(PATH, pull.head_ref) == "2026-08-11.md"


async def test_a_link_in_the_archive_is_no_minutes_of_a_meeting(bare: House) -> None:
    bare.install(CONFIGURED)
    bare.imani.push_link(ARCHIVE, "2026/2026-08-17.md", "2026-08-11.md")
    bare.publish()
    await bare.quiet()
    (pull,) = bare.pulls()

    assert "(2026-08-11.md)" in bare.minutes(PATH, pull.head_ref)


@pytest.mark.parametrize("is_submodule", [False, True])
async def test_the_path_of_a_link_is_taken(bare: House, is_submodule: bool) -> None:
    bare.install(CONFIGURED)
    if is_submodule:
        bare.imani.push_submodule(ARCHIVE, PATH, "5" * 40)
    else:
        bare.imani.push_link(ARCHIVE, PATH, "2026-08-11.md")
    source = bare.publish()
    await bare.quiet()

    assert bare.status_of(source) == ("question", "taken")
    assert bare.pulls() == []
