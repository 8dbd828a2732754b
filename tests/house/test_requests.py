"""How many requests each step of a meeting takes, tokens apart; the same for issues and discussions."""

import pytest

from bot.model import Kind
from github_simulator.people import SimulatedPerson
from github_simulator.state import Discussion, Issue, PullRequest
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, SOURCE, House

NEXT = {"body": paper.NOTES.replace("08-18", "08-19"), "title": "Team meeting 2026-08-19"}
ROLE = ("repos/get-collaborator-permission-level",)
OPEN = ("createRef", "createCommitOnBranch", "createPullRequest")

pytestmark = pytest.mark.parametrize("kind", ["issue", "discussion"])


async def warm(house: House, kind: Kind) -> Issue | Discussion:
    """Publish one meeting, so that everything is known that can be."""
    house.imani.label(house.imani.open_issue(ARCHIVE, "Welcome"), LABEL)  # the label is there
    source = house.publish(kind=kind)
    await house.quiet()
    return source


async def command(
    house: House, source: Issue | Discussion, words: str, by: SimulatedPerson
) -> list[tuple[str, ...]]:
    """Return a command a little later, and list the requests that it leads to."""
    await house.quiet()
    sent = len(house.sent())
    house.pass_time()
    by.comment(source, words)
    delivery = house.simulator.deliveries.log[house.delivered]
    house.delivered += 1
    await house.follow(delivery)
    return house.sent(sent)


def is_read(steps: tuple[str, ...]) -> bool:
    return set(steps) <= {"repository", "node", "nodes", "git/get-tree"}


async def test_a_first_publication_is_three_and_cold_three_more(house: House, kind: Kind) -> None:
    house.publish(kind=kind)
    await house.deliver()
    house.start()
    sent = len(house.sent())
    await house.quiet()
    cold = house.sent(sent)

    house.publish(**NEXT, kind=kind)
    await house.deliver()  # the look that finds out that people still write
    sent = len(house.sent())
    await house.quiet()
    first, opened, announced, *later = house.sent(sent)

    assert is_read(first)
    assert opened == OPEN
    assert announced[0] in ("addComment", "addDiscussionComment")
    assert all(map(is_read, later))  # a discussion was opened and labelled: two events, two looks
    assert len(cold) - len(later) <= 6  # the role, the files, the shape


async def test_an_update_is_two_and_nothing_to_do_is_one(house: House, kind: Kind) -> None:
    source = await warm(house, kind)
    house.pass_time()
    house.imani.edit(source, body=paper.NOTES.replace("Tove", "Tove, Yuki"))
    await house.deliver()
    sent = len(house.sent())
    await house.quiet()
    read, write, check = house.sent(sent)

    assert is_read(read)
    assert is_read(check)  # a minute later
    assert write[:2] == ("createCommitOnBranch", "updatePullRequest")

    house.imani.comment(source, "Thanks!")
    sent = len(house.sent())
    await house.quiet()

    assert list(map(is_read, house.sent(sent))) == [True]


async def test_a_burst_of_edits_is_one_commit(house: House, kind: Kind) -> None:
    source = await warm(house, kind)
    sent = len(house.sent())
    for name in ("Yuki", "Bo", "Ada", "Kim"):
        house.pass_time()
        house.imani.edit(source, body=paper.NOTES.replace("Tove", f"Tove, {name}"))
        await house.deliver()
    await house.quiet()

    writes = [steps for steps in house.sent(sent) if not is_read(steps)]
    assert [write[0] for write in writes] == ["createCommitOnBranch"]
    assert "Tove, Kim" in house.minutes("2026/2026-08-18.md", house.pulls()[0].head_ref)


WITHOUT = {
    "/minutes": 1,
    "/minutes preview": 1,
    "/minutes help": 1,
    "/minutes accept": 1,
    "/minutes stop": 3,
    "/minutes date 2026-08-19": 3,
}
"""Requests without a command: nothing to do is 1; taking back, as when the label is removed,
and an update with a finding on a line are 3."""


@pytest.mark.parametrize("words", WITHOUT)
async def test_a_command_costs_three_more_and_two_when_the_role_is_known(
    house: House, kind: Kind, words: str
) -> None:
    house.simulator.add_collaborator(SOURCE, "ada", "write")
    house.simulator.add_collaborator(ARCHIVE, "ada", "write")
    source = await warm(house, kind)
    ada = house.simulator.person("ada")

    look, role, eyes, *answers = await command(house, source, words, ada)
    assert (is_read(look), role, eyes) == (True, ROLE, ("addReaction",))
    assert 3 + len(answers) <= WITHOUT[words] + 3

    look, eyes, *answers = await command(house, source, words, ada)
    assert (is_read(look), eyes, len(answers)) == (True, ("addReaction",), 1)


async def test_who_may_not_costs_the_question_and_a_reaction_each_time(house: House, kind: Kind) -> None:
    source = await warm(house, kind)

    for _ in range(2):  # by the second time the right to write may have been given
        assert (await command(house, source, "/minutes", house.yuki))[1:] == [ROLE, ("addReaction",)]


@pytest.mark.parametrize(("count", "pages"), [(101, 1), (2_500, 25)])
async def test_a_long_thread_is_read_to_its_end(house: House, kind: Kind, count: int, pages: int) -> None:
    """A hundred comments come with the look, each further hundred costs one request."""
    source = await warm(house, kind)
    house.imani.fill_thread(source, [f"Word {number}" for number in range(count)])

    looked = await command(house, source, "/minutes date 2026-08-19", house.imani)
    await house.quiet()

    assert [steps for steps in looked if steps == ("node",)] == [("node",)] * pages
    assert house.status_of(source) == ("ready", "")
    (pull,) = house.pulls()
    assert isinstance(pull, PullRequest)
    assert pull.title == "Minutes of 2026-08-19"
    assert len(house.comments(source)) == 1
