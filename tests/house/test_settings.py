"""What a team may set for its pull requests, through to GitHub: reviews, merging, closing."""

from datetime import timedelta

import pytest

from bot.model import Kind
from bot.state import PullState, find_state
from github_simulator.state import Discussion, Issue
from tests.house.conftest import ARCHIVE, FILES, NOON, House

PATH = "2026/2026-08-18.md"
KINDS: tuple[Kind, ...] = ("issue", "discussion")


def install(house: House, settings: str) -> None:
    house.install(FILES | {".github/minutes.yml": settings})


async def published(house: House, kind: Kind = "issue") -> Issue | Discussion:
    source = house.publish(kind=kind)
    await house.quiet()
    return source


@pytest.mark.parametrize("kind", KINDS)
async def test_minutes_merge_after_quiet_days_and_close_their_source(bare: House, kind: Kind) -> None:
    install(bare, "merge: after 3 quiet days\nclose_source_when_merged: true\n")

    source = await published(bare, kind)

    (pull,) = bare.pulls("closed")
    assert pull.merged_at is not None
    assert pull.merged_at - NOON >= timedelta(days=3)
    assert bare.status_of(source)[0] == "merged"
    assert source.state == "closed"


async def test_a_push_by_people_makes_the_quiet_days_begin_again(bare: House) -> None:
    install(bare, "merge: after 3 quiet days\n")
    bare.publish()
    await bare.quiet(NOON + timedelta(days=2))
    (pull,) = bare.pulls()
    bare.pass_time(2 * 24 * 60)
    text = bare.minutes(PATH, pull.head_ref)
    bare.imani.push(ARCHIVE, {PATH: f"{text}\nAnd cake.\n"}, "Cake", pull.head_ref)

    await bare.quiet()

    assert pull.merged_at is not None
    assert pull.merged_at - NOON >= timedelta(days=5)
    assert "And cake." in bare.minutes(PATH, "main")


@pytest.mark.parametrize("kind", KINDS)
async def test_who_wrote_the_notes_is_credited_by_the_address_of_the_account(bare: House, kind: Kind) -> None:
    install(bare, "credit: co-author\n")

    await published(bare, kind)

    (pull,) = bare.pulls()
    git = pull.repository.git
    commit = git.commit_at(pull.head_oid)
    assert commit is not None
    user = bare.imani.actor.user
    address = f"{user.id}+imani@users.noreply.{bare.simulator.url.removeprefix('http://')}"
    assert f"Co-authored-by: imani <{address}>" in commit.message.decode().split("\n")


@pytest.mark.parametrize("kind", KINDS)
async def test_minutes_merge_when_they_are_accepted(bare: House, kind: Kind) -> None:
    install(bare, "merge: when accepted\n")
    source = await published(bare, kind)
    (pull,) = bare.pulls()

    bare.imani.comment(pull, "/minutes accept")
    await bare.quiet()

    assert pull.merged_at is not None
    assert bare.status_of(source)[0] == "merged"


async def test_where_merging_is_refused_the_pull_request_stays(
    bare: House,
) -> None:
    install(bare, "merge: when accepted\n")
    await published(bare)
    (pull,) = bare.pulls()
    bare.simulator.world.repository(*ARCHIVE.split("/")).merge_methods = ()

    bare.imani.comment(pull, "/minutes accept")
    await bare.live(bare.simulator.clock.now() + timedelta(hours=1))

    assert (pull.state, pull.merged_at) == ("open", None)
    assert len([step for steps in bare.sent() for step in steps if step == "mergePullRequest"]) <= 2


async def test_what_keeps_github_from_merging_is_told_and_a_review_is_enough(bare: House) -> None:
    install(bare, "merge: when accepted\n")
    source = await published(bare)
    (pull,) = bare.pulls()
    bare.simulator.world.repository(*ARCHIVE.split("/")).reviews_needed = 1

    bare.imani.comment(pull, "/minutes accept")
    await bare.live(bare.simulator.clock.now() + timedelta(hours=1))
    (comment,) = bare.comments(source)
    assert "At least 1 approving review is required by reviewers with write access." in comment.body
    assert pull.merged_at is None

    bare.simulator.add_collaborator(ARCHIVE, "ada", "write")
    bare.simulator.person("ada").review(pull, "APPROVED")
    await bare.live(bare.simulator.clock.now() + timedelta(hours=1))

    assert pull.merged_at is not None
    assert bare.status_of(source)[0] == "merged"
    assert "At least 1" not in comment.body


async def test_a_merge_that_was_refused_is_tried_each_day(bare: House) -> None:
    install(bare, "merge: when accepted\n")
    await published(bare)
    (pull,) = bare.pulls()
    archive = bare.simulator.world.repository(*ARCHIVE.split("/"))
    archive.reviews_needed = 1
    bare.imani.comment(pull, "/minutes accept")
    await bare.live(bare.simulator.clock.now() + timedelta(hours=1))
    sent = len(bare.sent())
    await bare.live(bare.simulator.clock.now() + timedelta(days=5))
    tried = [steps for steps in bare.sent(sent) if "mergePullRequest" in steps]
    assert len(tried) == 5

    archive.reviews_needed = 0  # a check became green, say: of that there is no event
    await bare.live(bare.simulator.clock.now() + timedelta(days=1))

    assert pull.merged_at is not None


async def test_a_command_in_a_review_is_heard(bare: House) -> None:
    bare.install()
    await published(bare)
    (pull,) = bare.pulls()
    bare.simulator.add_collaborator(ARCHIVE, "ada", "write")
    ada = bare.simulator.person("ada")

    ada.review(pull, "APPROVED", "All right.\n\n/minutes accept")
    await bare.quiet()

    state = find_state(pull.body, PullState)
    assert state is not None
    assert state.accepted.endswith("ada")
    assert [each.content for each in pull.reviews[0].reactions][-1] == "rocket"


async def test_a_commit_that_is_refused_leaves_no_branch(bare: House) -> None:
    bare.install()
    refused = bare.simulator.faults.set(
        "error", {"mutation": "createCommitOnBranch"}, times=None, message="Commits must be signed."
    )
    source = bare.publish()
    await bare.quiet()
    for day in range(3):
        bare.imani.push(ARCHIVE, {"README.md": f"{day}\n"})  # the default branch moves on
        bare.imani.comment(source, "/minutes")
        await bare.quiet()
    archive = bare.simulator.world.repository(*ARCHIVE.split("/"))
    assert bare.status_of(source)[0] == "refused"
    assert [name for name in archive.git.refs() if "minutes/" in name] == []

    bare.simulator.faults.all.remove(refused)
    bare.imani.comment(source, "/minutes")
    await bare.quiet()

    assert [pull.head_ref for pull in bare.pulls()] == ["minutes/2026-08-18"]


async def test_attendees_are_asked_for_a_review_once_in_one_request_more(bare: House) -> None:
    install(bare, "reviewers: attendees\npeople: {Tove: yuki, Bo: nobody-here}\n")
    bare.simulator.add_collaborator(ARCHIVE, "yuki", "read")

    await published(bare)

    (pull,) = bare.pulls()
    assert [user.login for user in pull.requested] == ["yuki"]
    asked = [steps for steps in bare.sent() if steps == ("pulls/request-reviewers",)]
    assert len(asked) == 1
