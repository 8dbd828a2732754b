"""Steps that fail at the simulated GitHub: refusals, changes by others, lost responses, limits."""

import base64
from typing import Any

import pytest

from bot.github.apply import apply
from bot.github.client import Client
from bot.github.errors import GitHubError, Limited, LostAnswer, Stale
from bot.model import (
    AddLabels,
    Check,
    Commit,
    CreateBranch,
    DeleteBranch,
    EditComment,
    EditPull,
    MergePull,
    OpenPull,
    PostComment,
    Step,
)
from tests.github.conftest import ARCHIVE, PERMISSIONS, SOURCE, Lab, archive, source
from tests.github.publishing import NAME, PATH, first_batch, look_again, own, publish, pull_on_github

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


# -- changes by others -------------------------------------------------------------------------------------


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

    assert pull_on_github(lab).merged_at is None


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
