"""Steps applied at the simulated GitHub: what they bring about."""

from typing import Any

import pytest

from bot.github.apply import apply
from bot.github.update_snapshot import REVISIONS
from bot.model import (
    AddLabels,
    Annotation,
    Check,
    ClosePull,
    CloseSource,
    Commit,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    MergePull,
    PostComment,
    React,
    RemoveLabels,
    RequestReviews,
)
from github_simulator.state import PullRequest
from tests.github.conftest import ARCHIVE, SOURCE, Lab, archive, source
from tests.github.publishing import NAME, PATH, TEXT, first_batch, look_again, own, publish, pull_on_github


async def test_the_first_publication(lab: Lab) -> None:
    seen = await publish(lab)

    pull = own(seen)
    assert (pull.state, pull.branch, pull.title, pull.mine) == ("open", NAME, "Minutes of 2026-11-24", True)
    assert pull.revisions[0].author == "minutes[bot]"
    assert pull.revisions[0].message == f"Minutes of 2026-11-24\n\nMinutes-File: {PATH}@{'0' * 40}"
    git = lab.simulator.world.repository(*ARCHIVE.split("/")).git
    assert git.files(pull.head)[PATH].oid
    assert git.blob(git.files(pull.head)[PATH].oid) == TEXT.encode()


async def test_two_requests_for_two_batches(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    before = lab.client.requests

    seen = await apply(lab.client, seen, first_batch(seen))
    await apply(lab.client, seen, [AddLabels(own(seen).id, ()), PostComment("Done.")])

    assert lab.client.requests - before == 2


async def test_a_commit_is_verified_and_moves_a_file(lab: Lab) -> None:
    seen = await publish(lab)
    head = own(seen).head
    assert head is not None

    seen = await apply(
        lab.client, seen, [Commit(NAME, head, "2026/2026-11-25.md", TEXT, "Moved", "", delete=PATH)]
    )

    moved = own(seen)
    assert moved.revisions[0].message == "Moved"
    git = lab.simulator.world.repository(*ARCHIVE.split("/")).git
    files = git.files(moved.head)
    assert "2026/2026-11-25.md" in files
    assert PATH not in files
    commit = await lab.person("GET", f"/repos/{ARCHIVE}/commits/{moved.head}")
    assert commit["commit"]["verification"]["verified"]


FOLLOWING = {
    "nothing": lambda seen: [],
    "edit the pull request": lambda seen: [EditPull(own(seen), "New title", "New body")],
    "close it": lambda seen: [ClosePull(own(seen))],
    "take back": lambda seen: [ClosePull(own(seen)), DeleteBranch(archive(seen).branches[0])],
    "comment": lambda seen: [PostComment("Said.")],
    "commit": lambda seen: [Commit(NAME, own(seen).head, PATH, "new", "Again", "Body")],
    "label it": lambda seen: [AddLabels(own(seen).id, (archive(seen).labels["meeting-notes"],))],
    "label it twice and back": lambda seen: [
        AddLabels(own(seen).id, (archive(seen).labels["objection"],)),
        AddLabels(own(seen).id, (archive(seen).labels["objection"], archive(seen).labels["meeting-notes"])),
        RemoveLabels(own(seen).id, (archive(seen).labels["objection"],)),
        RemoveLabels(own(seen).id, (archive(seen).labels["objection"],)),
    ],
    "close the source": lambda seen: [CloseSource(source(seen))],
    "check": lambda seen: [Check(own(seen).head, "Fine", "Nothing to look at", "success")],
}


@pytest.mark.parametrize("steps", FOLLOWING.values(), ids=FOLLOWING)
async def test_the_applied_result_is_what_a_new_look_shows(lab: Lab, steps: Any) -> None:
    for name in ("meeting-notes", "objection"):
        label = {"name": name, "color": "aabbcc", "description": "To be minutes"}
        await lab.person("POST", f"/repos/{ARCHIVE}/labels", label)
    seen = await publish(lab)

    seen = await apply(lab.client, seen, steps(seen))

    assert seen == await look_again(lab, seen)


async def test_what_people_say_of_a_pull_request(lab: Lab) -> None:
    seen = await publish(lab)
    imani, rui = lab.simulator.person("imani"), lab.simulator.person("rui")
    for text in [*map(str, range(10)), "/minutes accept"]:
        rui.comment(pull_on_github(lab), text)
    rui.review(pull_on_github(lab), "APPROVED")
    assert not own(await look_again(lab, seen)).approved  # who cannot write holds nothing up
    imani.review(pull_on_github(lab), "APPROVED")
    imani.review(pull_on_github(lab), "COMMENTED", "Thanks!")
    objection = {"name": "objection", "color": "aabbcc", "description": "Not so"}
    await lab.person("POST", f"/repos/{ARCHIVE}/labels", objection)
    imani.label(pull_on_github(lab), "objection")

    pull = own(await look_again(lab, seen))

    assert [each.body for each in pull.comments] == [*map(str, range(1, 10)), "/minutes accept", "Thanks!"]
    assert [each.actor for each in pull.comments] == [*(10 * ["rui"]), "imani"], "a review says something too"
    assert (pull.approved, pull.labels) == (True, ("objection",))

    imani.review(pull_on_github(lab), "CHANGES_REQUESTED", "Wait")
    assert not own(await look_again(lab, seen)).approved


async def test_reactions_are_seen_again_and_may_be_sent_twice(lab: Lab) -> None:
    seen = await publish(lab)
    rui = lab.simulator.person("rui")
    rui.react(rui.comment(pull_on_github(lab), "/minutes accept"), "confused")
    rui.comment(lab.simulator.world.repository(*SOURCE.split("/")).threads[source(seen).number], "/minutes")
    seen = await look_again(lab, seen)
    (below,), (on_pull,) = source(seen).comments, own(seen).comments
    steps = [React(below, "EYES"), React(below, "EYES"), React(below, "ROCKET"), React(on_pull, "CONFUSED")]

    seen = await apply(lab.client, seen, steps)

    assert seen.refusals == ()
    assert (on_pull.reacted, below.reacted) == (frozenset(), frozenset())
    for each in (seen, await look_again(lab, seen)):
        assert source(each).comments[0].reacted == {"EYES", "ROCKET"}
        assert own(each).comments[0].reacted == {"CONFUSED"}


async def test_what_was_committed_before(lab: Lab) -> None:
    seen = await publish(lab)
    for text in ("one", "two"):
        head = own(seen).head
        assert head is not None
        seen = await apply(lab.client, seen, [Commit(NAME, head, PATH, text, text, "")])
    first = f"Minutes of 2026-11-24\n\nMinutes-File: {PATH}@{'0' * 40}"
    assert [each.message for each in own(seen).revisions[:3]] == ["two", "one", first]

    lab.simulator.person("imani").push(ARCHIVE, {PATH: "by hand"}, "Typos", NAME)

    newest, *older = own(await look_again(lab, seen)).revisions
    assert (newest.message, newest.author, newest.committer) == ("Typos", "imani", "GitHub")
    assert [each.message for each in older[:2]] == ["two", "one"]
    assert len(older) < REVISIONS


async def test_a_pull_request_that_lags_behind_its_branch(lab: Lab) -> None:
    seen = await publish(lab)
    lagging = next(iter(lab.simulator.world.repository(*ARCHIVE.split("/")).threads.values()))
    assert isinstance(lagging, PullRequest)
    before = lagging.head_oid
    lab.simulator.person("imani").push(ARCHIVE, {PATH: "by hand"}, "Typos", NAME)
    lagging.head_oid = before  # GitHub brings it up to date a moment later

    pull = own(await look_again(lab, seen))

    assert (pull.revisions[0].message, pull.revisions[0].author) == ("Typos", "imani")
    assert pull.head != before


async def test_the_comment_is_edited_and_taken_away(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    seen = await apply(lab.client, seen, [PostComment("First."), PostComment("Twice.")])
    first, second = source(seen).comments
    assert (first.body, first.mine, second.body) == ("First.", True, "Twice.")

    seen = await apply(lab.client, seen, [EditComment(first, "Better."), DeleteComment(second)])

    assert source(seen).comments == source(await look_again(lab, seen)).comments
    assert [comment.body for comment in source(seen).comments] == ["Better."]


async def test_annotations_beyond_fifty(lab: Lab) -> None:
    seen = await publish(lab)
    head = own(seen).head
    assert head is not None
    notes = tuple(Annotation(PATH, line, "warning", "Rule", f"Line {line}") for line in range(1, 121))

    await apply(lab.client, seen, [Check(head, "Look", "120 places", "neutral", notes)])

    runs = await lab.person("GET", f"/repos/{ARCHIVE}/commits/{head}/check-runs")
    assert [run["output"]["annotations_count"] for run in runs["check_runs"]] == [120]


@pytest.mark.parametrize("allowed", [("merge", "rebase"), ("squash", "rebase"), ("rebase",)])
async def test_it_merges_as_the_settings_allow(lab: Lab, allowed: tuple[str, ...]) -> None:
    lab.simulator.world.repository(*ARCHIVE.split("/")).merge_methods = allowed
    seen = await publish(lab)

    seen = await apply(lab.client, seen, [MergePull(own(seen), own(seen).head or "")])

    assert archive(seen).repository.merge_method == allowed[0]
    assert own(seen).state == "merged"
    assert pull_on_github(lab).merged_at


async def test_who_may_not_be_asked_to_review_keeps_nobody_else_from_it(lab: Lab) -> None:
    seen = await publish(lab)
    steps = [RequestReviews(own(seen), ("imani", "stranger", "nobody-of-that-name")), PostComment("Said.")]

    after = await apply(lab.client, seen, steps)

    assert [user.login for user in pull_on_github(lab).requested] == ["imani"]
    assert [(no.step, no.permission) for no in after.refusals] == [("RequestReviews", None)]
    assert source(after).comments[-1].body == "Said."


async def test_reviews_may_be_asked_for_again_and_are_one_request(lab: Lab) -> None:
    seen = await publish(lab)

    for _ in range(2):
        before = lab.client.requests
        seen = await apply(lab.client, seen, [RequestReviews(own(seen), ("imani", "rui"))])
        assert lab.client.requests - before == 1

    assert [user.login for user in pull_on_github(lab).requested] == ["imani", "rui"]
    assert seen.refusals == ()
