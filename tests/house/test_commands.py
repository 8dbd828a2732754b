"""Who may give which command, through GitHub and back: those who may not move nothing but a reaction.

The whole table, role by role, is pure and in `docs/commands.md`; here is one person of each kind.
"""

import pytest

from bot.commands import COMMANDS, Command
from github_simulator.state import IssueComment
from tests import paper
from tests.house.conftest import ARCHIVE, LABEL, SOURCE, House
from tests.house.scene import Scene

PEOPLE = {
    "a stranger": ("kim", None, ()),
    "a reader": ("bo", "read", ()),
    "the author, a reader": ("yuki", "read", ("preview", "date", "series", "object", "stop")),
    "a listed attendee": ("tove", None, ("object",)),
    "a writer": ("ada", "write", tuple(command.name for command in COMMANDS)),
}
"""Login, role in both repositories, and the commands that are theirs to give."""
SILENT = {"repository", "nodes", "git/get-tree", "repos/get-collaborator-permission-level", "addReaction"}
"""What the bot may send about the words of who has no say: it looks, asks for the role, and reacts."""


async def published(house: House) -> Scene:
    """A reader wrote the notes, a maintainer labelled them, and everybody is there."""
    for login, role, _ in PEOPLE.values():
        house.simulator.person(login)
        if role:
            house.simulator.add_collaborator(SOURCE, login, role)
            house.simulator.add_collaborator(ARCHIVE, login, role)
    source = house.yuki.open_issue(SOURCE, "Team meeting 2026-08-18", paper.NOTES)
    house.imani.label(source, LABEL)
    await house.quiet()
    return Scene(house, "issue", [source])


def shown(comment: IssueComment) -> list[str]:
    return sorted(reaction.content for reaction in comment.reactions)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.shown)
async def test_who_may_give_a_command(house: House, command: Command, who: str) -> None:
    scene = await published(house)
    login, _, granted = PEOPLE[who]
    before, answer, sent = scene.everything(), house.comments(scene.source)[0].body, len(house.sent())
    house.pass_time()
    given = house.simulator.person(login).comment(scene.source, command.example)
    await house.quiet()

    steps = {step for steps in house.sent(sent) for step in steps}
    if command.name in granted:
        assert steps - SILENT
        assert f"`{command.example}`" in house.comments(scene.source)[0].body
        assert "eyes" in shown(given)
    else:
        assert steps <= SILENT
        assert shown(given) == ["confused"]
        assert house.comments(scene.source)[0].body == answer
        scene.source.comments.remove(given)
        assert scene.everything() == before


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.shown)
async def test_a_stranger_on_the_pull_request_has_no_say_either(house: House, command: Command) -> None:
    scene = await published(house)
    before, sent = scene.everything(), len(house.sent())
    given = house.simulator.person("kim").comment(scene.pull, command.example)
    await house.quiet()

    assert {step for steps in house.sent(sent) for step in steps} <= SILENT
    scene.pull.comments.remove(given)
    assert scene.everything() == before


async def test_before_anybody_with_a_say_has_started_it_a_stranger_starts_nothing(house: House) -> None:
    """Not with an issue of his own, whatever he writes into it, nor with every command there is."""
    everything = "\n\n".join(command.example for command in COMMANDS)
    issue = house.yuki.open_issue(SOURCE, "Team meeting 2026-08-18", f"{paper.NOTES}\n{everything}")
    discussion = house.yuki.open_discussion(SOURCE, "Team meeting 2026-08-18", paper.NOTES, LABEL)
    for thread in (issue, discussion):
        house.yuki.comment(thread, everything)
        house.pass_time()
        house.yuki.edit(thread, body=thread.body + "\n\n/minutes")
    await house.quiet()

    assert {step for steps in house.sent() for step in steps} <= SILENT
    assert house.pulls() == []
    assert [*house.comments(issue), *house.comments(discussion)] == []
