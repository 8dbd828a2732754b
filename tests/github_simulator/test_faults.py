import asyncio

import aiohttp
import pytest

from tests.github_simulator.conftest import NOTES

COMMENT = "mutation($input: AddCommentInput!) { addComment(input: $input) { subject { id } } }"
READ = """{ repository(owner: "hill-lab", name: "notes") {
  issue(number: 1) { comments(first: 9) { totalCount } }
} }"""


@pytest.fixture
def issue(lab):
    return lab.ada.open_issue(NOTES, "Weekly")


async def say(lab, issue):
    return await lab.graphql(COMMENT, input={"subjectId": issue.node_id, "body": "Hello"})


async def test_a_status_instead_of_an_answer_and_nothing_done(lab, issue):
    lab.simulator.faults.set("status", {"mutation": "addComment"}, status=502)
    answer = await say(lab, issue)
    assert answer.status == 502
    assert "<html>" in answer.body
    assert not issue.comments
    assert (await say(lab, issue)).status == 200
    assert [each.faults for each in lab.simulator.requests] == [["status"], []]


async def test_it_acts_and_loses_the_answer(lab, issue):
    lab.simulator.faults.set("lose", {"mutation": "*"})
    with pytest.raises(aiohttp.ClientError):
        await say(lab, issue)
    assert len(issue.comments) == 1


@pytest.mark.parametrize(("kind", "acted"), [("hold", 1), ("hold-before", 0)])
async def test_it_is_held_until_released(lab, issue, kind, acted):
    lab.simulator.faults.set(kind, {"mutation": "addComment"})
    waiting = asyncio.create_task(say(lab, issue))
    while not (lab.simulator.requests and lab.simulator.requests[-1].faults):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    await asyncio.sleep(0.02)
    assert len(issue.comments) == acted
    assert not waiting.done()
    lab.simulator.faults.release()
    assert (await waiting).status == 200
    assert len(issue.comments) == 1


async def test_one_step_of_a_batch_fails(lab, issue):
    lab.simulator.faults.set(
        "error", {"mutation": "addComment"}, type="UNPROCESSABLE", message="was submitted too quickly"
    )
    answer = await say(lab, issue)
    assert answer.status == 200
    assert answer.body["data"] == {"addComment": None}
    assert answer.body["errors"][0]["message"] == "was submitted too quickly"


async def test_a_stale_head(lab):
    text = """mutation($input: CreateCommitOnBranchInput!) {
      createCommitOnBranch(input: $input) { commit { oid } }
    }"""
    head = lab.archive.git.branch("main")
    branch = {"repositoryNameWithOwner": lab.archive.full_name, "branchName": "main"}
    lab.simulator.faults.set("stale", {"mutation": "createCommitOnBranch"})
    answer = await lab.graphql(
        text, input={"branch": branch, "expectedHeadOid": head, "message": {"headline": "x"}}
    )
    assert answer.body["errors"][0]["type"] == "STALE_DATA"
    assert lab.archive.git.branch("main") == head


@pytest.mark.parametrize(("kind", "status"), [("secondary", 403), ("secondary-429", 429)])
async def test_secondary_limits_say_when_to_come_back(lab, kind, status):
    lab.simulator.faults.set(kind, seconds=7)
    answer = await lab.rest("GET", f"/repos/{NOTES}")
    assert (answer.status, answer.headers["Retry-After"]) == (status, "7")
    assert "secondary rate limit" in answer.body["message"]


async def test_the_primary_limit_in_both_tongues(lab, issue):
    lab.simulator.faults.set("primary", {"operation": "graphql"})
    limited = await lab.graphql("{ viewer { login } }")
    assert (limited.status, limited.body["errors"][0]["type"]) == (200, "RATE_LIMITED")
    assert limited.headers["X-RateLimit-Remaining"] == "0"
    lab.simulator.faults.set("primary", {"operation": "repos/get"})
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 403


async def test_a_read_that_lags_behind(lab, issue):
    await say(lab, issue)
    lab.simulator.faults.set("lag", times=2)
    await say(lab, issue)
    lab.ada.edit(issue, body="New")

    async def count():
        return (await lab.graphql(READ)).body["data"]["repository"]["issue"]["comments"]["totalCount"]

    assert await count() == 1
    assert (await lab.rest("GET", f"/repos/{NOTES}/issues/1")).body["body"] == ""
    assert await count() == 2


async def test_a_lagging_read_knows_who_calls(lab, issue):
    await say(lab, issue)
    lab.simulator.faults.set("lag")
    answer = await lab.graphql(READ.replace("totalCount", "nodes { viewerDidAuthor }"))
    assert answer.body["data"]["repository"]["issue"]["comments"]["nodes"] == [{"viewerDidAuthor": True}]


async def test_a_token_that_expired(lab):
    lab.simulator.faults.set("expired-token", {"path": f"/repos/{NOTES}"})
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 401
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 200


async def test_after_some_that_are_spared_and_for_ever(lab):
    lab.simulator.faults.set("status", {"method": "GET", "app": "minutes"}, status=500, skip=1, times=None)
    statuses = [(await lab.rest("GET", f"/repos/{NOTES}")).status for _ in range(4)]
    assert statuses == [200, 500, 500, 500]
    assert (await lab.rest("GET", f"/repos/{NOTES}", by="ada")).status == 200
    lab.simulator.faults.clear()
    assert (await lab.rest("GET", f"/repos/{NOTES}")).status == 200


@pytest.mark.parametrize("how", [{"kind": "nonsense"}, {"kind": "lose", "match": {"nonsense": "x"}}])
async def test_a_fault_that_makes_no_sense(lab, how):
    with pytest.raises(ValueError, match="nonsense"):
        lab.simulator.faults.set(**how)
