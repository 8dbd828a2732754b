"""Steps applied at the simulated GitHub: what they bring about, and what is told of a refusal."""

import base64
from dataclasses import replace
from typing import Any

import pytest

from bot.github.client import Client
from bot.github.errors import GitHubError, Limited, LostAnswer, Stale
from bot.github.folds import REVISIONS
from bot.github.publish import apply
from bot.model import (
    AddLabels,
    Annotation,
    Check,
    ClosePull,
    CloseSource,
    Commit,
    CreateBranch,
    DeleteBranch,
    DeleteComment,
    EditComment,
    EditPull,
    MergePull,
    OpenPull,
    PostComment,
    Pull,
    React,
    RemoveLabels,
    RequestReviews,
    Snapshot,
    Step,
)
from bot.state import PullState, embed_state
from github_simulator.state import PullRequest
from tests.github.conftest import ARCHIVE, PERMISSIONS, SOURCE, Lab, archive, source

NAME = "minutes/2026-11-24"
PATH = "2026/2026-11-24.md"
TEXT = "# Minutes 2026-11-24\r\n\r\nAttending: Imani, Zoë\r\n"


def first_batch(seen: Snapshot) -> list[Step]:
    """The branch, the commit, the pull request."""
    head = archive(seen).repository.head
    assert head is not None
    return [
        CreateBranch(NAME, head),
        Commit(NAME, head, PATH, TEXT, "Minutes of 2026-11-24", f"Minutes-File: {PATH}@{'0' * 40}"),
        OpenPull(
            NAME,
            "Minutes of 2026-11-24",
            embed_state(PullState(f"{SOURCE}#1", base_commit=head), "To be reviewed."),
        ),
    ]


async def publish(lab: Lab, client: Client | None = None) -> Snapshot:
    """Look at a new issue, and publish its minutes."""
    number = await lab.issue()
    seen = await lab.read(number, client)
    return await apply(client or lab.client, seen, first_batch(seen))


def own(seen: Snapshot) -> Pull:
    (pull,) = archive(seen).pulls
    return pull


async def look_again(lab: Lab, seen: Snapshot) -> Snapshot:
    """A new look; only the moment of the last change may differ from what was folded."""
    again = await lab.read(source(seen).number)
    folded = source(seen)
    fresh = replace(source(again), updated_at=folded.updated_at, edited_at=folded.edited_at)
    return replace(again, source=fresh, roles=seen.roles, texts=seen.texts)


# -- what is done, and what is told of it ------------------------------------------------------------------


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
async def test_what_was_folded_is_what_a_new_look_shows(lab: Lab, steps: Any) -> None:
    for name in ("meeting-notes", "objection"):
        label = {"name": name, "color": "aabbcc", "description": "To be minutes"}
        await lab.person("POST", f"/repos/{ARCHIVE}/labels", label)
    seen = await publish(lab)

    seen = await apply(lab.client, seen, steps(seen))

    assert seen == await look_again(lab, seen)


def on_github(lab: Lab) -> PullRequest:
    """The bot's pull request, as people have it before them."""
    (pull,) = lab.simulator.world.repository(*ARCHIVE.split("/")).threads.values()
    assert isinstance(pull, PullRequest)
    return pull


async def test_what_people_say_of_a_pull_request(lab: Lab) -> None:
    seen = await publish(lab)
    imani, rui = lab.simulator.person("imani"), lab.simulator.person("rui")
    for text in [*map(str, range(10)), "/minutes accept"]:
        rui.comment(on_github(lab), text)
    rui.review(on_github(lab), "APPROVED")
    assert not own(await look_again(lab, seen)).approved  # who cannot write holds nothing up
    imani.review(on_github(lab), "APPROVED")
    imani.review(on_github(lab), "COMMENTED", "Thanks!")
    objection = {"name": "objection", "color": "aabbcc", "description": "Not so"}
    await lab.person("POST", f"/repos/{ARCHIVE}/labels", objection)
    imani.label(on_github(lab), "objection")

    pull = own(await look_again(lab, seen))

    assert [each.body for each in pull.comments] == [*map(str, range(1, 10)), "/minutes accept", "Thanks!"]
    assert [each.actor for each in pull.comments] == [*(10 * ["rui"]), "imani"], "a review says something too"
    assert (pull.approved, pull.labels) == (True, ("objection",))

    imani.review(on_github(lab), "CHANGES_REQUESTED", "Wait")
    assert not own(await look_again(lab, seen)).approved


async def test_reactions_are_seen_again_and_may_be_sent_twice(lab: Lab) -> None:
    seen = await publish(lab)
    rui = lab.simulator.person("rui")
    rui.react(rui.comment(on_github(lab), "/minutes accept"), "confused")
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
    assert on_github(lab).merged_at


async def test_who_may_not_be_asked_to_review_keeps_nobody_else_from_it(lab: Lab) -> None:
    seen = await publish(lab)
    steps = [RequestReviews(own(seen), ("imani", "stranger", "nobody-of-that-name")), PostComment("Said.")]

    after = await apply(lab.client, seen, steps)

    assert [user.login for user in on_github(lab).requested] == ["imani"]
    assert [(no.step, no.permission) for no in after.refusals] == [("RequestReviews", None)]
    assert source(after).comments[-1].body == "Said."


async def test_reviews_may_be_asked_for_again_and_are_one_request(lab: Lab) -> None:
    seen = await publish(lab)

    for _ in range(2):
        before = lab.client.requests
        seen = await apply(lab.client, seen, [RequestReviews(own(seen), ("imani", "rui"))])
        assert lab.client.requests - before == 1

    assert [user.login for user in on_github(lab).requested] == ["imani", "rui"]
    assert seen.refusals == ()


# -- refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["checks", "contents", "issues", "pull_requests"])
async def test_a_missing_permission_is_named_once(lab: Lab, missing: str) -> None:
    seen = await publish(lab)
    permissions = {name: level for name, level in PERMISSIONS.items() if name != missing}
    less = lab.install(permissions, slug="less")
    head = archive(seen).repository.head
    assert head is not None
    steps: dict[str, list[Step]] = {
        "contents": [
            CreateBranch("minutes/x", head),
            Commit("minutes/x", head, "x.md", "x", "x", ""),
            OpenPull("minutes/x", "x", ""),
        ],
        "pull_requests": [OpenPull(NAME, "x", "")],
        "issues": [PostComment("Hello")],
        "checks": [Check(head, "Fine", "Nothing", "success")],
    }

    after = await apply(less, seen, steps[missing])

    ((step, permission),) = [(refusal.step, refusal.permission) for refusal in after.refusals]
    assert (step, permission) == (type(steps[missing][0]).__name__, f"{missing}: write")


async def test_labels_of_the_source_need_the_other_permission(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    less = lab.install({"metadata": "read", "contents": "read"}, slug="less")
    label, *_ = await lab.person("GET", f"/repos/{SOURCE}/labels")

    after = await apply(less, seen, [AddLabels(source(seen).id, (label["node_id"],))])

    assert [refusal.permission for refusal in after.refusals] == ["issues: write"]


async def test_an_archived_repository(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    lab.simulator.world.repository(*ARCHIVE.split("/")).archived = True

    after = await apply(lab.client, seen, first_batch(seen))

    (refusal,) = after.refusals
    assert (refusal.step, refusal.permission) == ("CreateBranch", None)
    assert "archived" in refusal.message


async def test_a_locked_issue(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    await lab.person("PUT", f"/repos/{SOURCE}/issues/{source(seen).number}/lock")

    after = await apply(lab.client, seen, [PostComment("Hello")])

    (refusal,) = after.refusals
    assert (refusal.step, refusal.permission) == ("PostComment", None)
    assert "locked" in refusal.message


async def test_too_long_a_body(lab: Lab) -> None:
    seen = await publish(lab)

    after = await apply(lab.client, seen, [EditPull(own(seen), "Title", "x" * 65_537)])

    assert [refusal.step for refusal in after.refusals] == ["EditPull"]


# -- the world moved ---------------------------------------------------------------------------------------


async def test_a_branch_that_exists_already(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    await apply(lab.client, seen, first_batch(seen)[:1])

    with pytest.raises(Stale, match="exists"):
        await apply(lab.client, seen, first_batch(seen)[:1])


async def test_a_pull_request_that_exists_already(lab: Lab) -> None:
    seen = await publish(lab)

    with pytest.raises(Stale, match="already exists"):
        await apply(lab.client, seen, [OpenPull(NAME, "Again", "")])


async def test_a_branch_that_moved(lab: Lab) -> None:
    seen = await publish(lab)
    head = archive(seen).repository.head
    assert head is not None

    with pytest.raises(Stale):
        await apply(lab.client, seen, [Commit(NAME, head, PATH, "other", "Other", "")])

    assert own(await look_again(lab, seen)).head == own(seen).head


async def test_a_branch_that_moved_is_not_merged(lab: Lab) -> None:
    seen = await publish(lab)
    lab.simulator.person("imani").push(ARCHIVE, {PATH: "by hand"}, "Typos", NAME)

    with pytest.raises(Stale):
        await apply(lab.client, seen, [MergePull(own(seen), own(seen).head or "")])

    assert on_github(lab).merged_at is None


async def test_what_cannot_be_merged_is_a_refusal_in_githubs_words(lab: Lab) -> None:
    seen = await publish(lab)
    lab.simulator.world.repository(*ARCHIVE.split("/")).merge_methods = ("squash",)

    after = await apply(lab.client, seen, [MergePull(own(seen), own(seen).head or "")])

    (refusal,) = after.refusals
    assert (refusal.step, refusal.permission) == ("MergePull", None)
    assert "not allowed" in refusal.message


async def test_a_push_between_look_and_deletion_is_kept(lab: Lab) -> None:
    seen = await publish(lab)
    (branch,) = archive(seen).branches
    lab.simulator.person("imani").push(ARCHIVE, {PATH: "hours of work\n"}, "By hand", NAME)

    with pytest.raises(Stale):
        await apply(lab.client, seen, [DeleteBranch(branch)])

    git = lab.simulator.world.repository(*ARCHIVE.split("/")).git
    assert git.branch(NAME) not in (None, branch.head)


async def test_a_comment_that_somebody_deleted(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    seen = await apply(lab.client, seen, [PostComment("Hello")])
    (comment,) = source(seen).comments
    (listed,) = await lab.person("GET", f"/repos/{SOURCE}/issues/{source(seen).number}/comments")
    await lab.person("DELETE", f"/repos/{SOURCE}/issues/comments/{listed['id']}")

    with pytest.raises(Stale):
        await apply(lab.client, seen, [EditComment(comment, "Better")])


# -- too early, lost, limited ------------------------------------------------------------------------------


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client slept, without sleeping."""
    slept: list[float] = []

    async def sleep(self: Client, seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(Client, "sleep", sleep)
    return slept


EARLY = "Head sha can't be blank, Base sha can't be blank, Head ref must be a branch"


async def test_a_branch_that_is_not_known_everywhere_yet(lab: Lab, naps: list[float]) -> None:
    lab.simulator.faults.set("error", {"mutation": "createPullRequest"}, times=2, message=EARLY)

    seen = await publish(lab)

    assert naps == [1.0, 2.0]
    assert own(seen).state == "open"
    steps = [each.steps for each in lab.simulator.requests if "createPullRequest" in each.steps]
    assert steps == [
        ("createRef", "createCommitOnBranch", "createPullRequest"),
        ("createPullRequest",),
        ("createPullRequest",),
    ]


async def test_a_branch_that_stays_unknown(lab: Lab, naps: list[float]) -> None:
    lab.simulator.faults.set("error", {"mutation": "createPullRequest"}, times=None, message=EARLY)

    with pytest.raises(Stale):
        await publish(lab)

    assert naps == [1.0, 2.0, 4.0]


async def test_a_lost_answer_is_not_sent_again(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    before = lab.client.requests
    lab.simulator.faults.set("lose", {"mutation": "*"})

    with pytest.raises(LostAnswer):
        await apply(lab.client, seen, first_batch(seen))

    assert lab.client.requests - before == 1
    assert own(await look_again(lab, seen)).branch == NAME  # it was done all the same


async def test_an_html_page_instead_of_an_answer(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    lab.simulator.faults.set("status", {"method": "POST"}, status=502)

    with pytest.raises(LostAnswer, match="502"):
        await apply(lab.client, seen, [PostComment("Hello")])


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"data": {"s0": None}}, LostAnswer),
        ({"data": None}, LostAnswer),
        ({"data": {"s0": None}, "errors": [{"message": "Something went wrong", "path": ["s0"]}]}, LostAnswer),
        ({"errors": [{"message": "Variable $s0 was provided invalid value"}]}, GitHubError),
        ({"errors": [{"message": "no such field", "path": ["mutation Publish", "s0"]}]}, GitHubError),
    ],
)
async def test_answers_that_say_nothing_of_a_step(lab: Lab, answer: Any, error: type[Exception]) -> None:
    seen = await lab.read(await lab.issue())
    lab.simulator.faults.set("status", {"operation": "graphql"}, status=200, body=answer)

    with pytest.raises(error):
        await apply(lab.client, seen, [PostComment("Hello")])


async def test_submitted_too_quickly(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    lab.simulator.faults.set("error", {"mutation": "addComment"}, message="was submitted too quickly")

    with pytest.raises(Limited, match="too quickly"):
        await apply(lab.client, seen, [PostComment("Hello")])


async def test_nothing_to_do_is_no_request(lab: Lab) -> None:
    seen = await lab.read(await lab.issue())
    before = lab.client.requests

    assert await apply(lab.client, seen, []) is seen
    assert lab.client.requests == before


async def test_a_public_archive_on_which_the_app_is_not_installed(lab: Lab) -> None:
    lab.simulator.create_repository("other-lab/records", files={"a.md": "A"})
    text = base64.b64encode(b"archive: other-lab/records\n").decode()
    path = f"/repos/{SOURCE}/contents/.github/minutes.yml"
    await lab.person("PUT", path, {"message": "Elsewhere", "content": text})
    seen = await lab.read(await lab.issue())
    assert archive(seen).repository.name == "other-lab/records"

    after = await apply(lab.client, seen, first_batch(seen))

    assert after.archive is None
    (refusal,) = after.refusals
    assert (refusal.step, refusal.permission) == ("archive", None)
    assert "not installed on other-lab/records" in refusal.message
