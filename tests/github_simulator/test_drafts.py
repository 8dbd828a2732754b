"""Draft pull requests: who has them, and how they become ready for review."""

import json

import pytest

from github_simulator.errors import ApiError
from tests.github_simulator.conftest import ARCHIVE

CREATE = """mutation($pull: CreatePullRequestInput!) {
  createPullRequest(input: $pull) { pullRequest { id isDraft } }
}"""
READY = """mutation($id: ID!) {
  markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } }
}"""
BACK = """mutation($id: ID!) {
  convertPullRequestToDraft(input: {pullRequestId: $id}) { pullRequest { isDraft } }
}"""
REMARK = """mutation($id: ID!) {
  addComment(input: {subjectId: $id, body: "Nothing yet"}) { commentEdge { node { body author { login } } } }
}"""
NO_DRAFTS = "Draft pull requests are not supported in this repository."


@pytest.fixture
def a_pull(lab):
    lab.ada.push(ARCHIVE, {"x.md": "x"}, branch="x")
    return {"repositoryId": lab.archive.node_id, "baseRefName": "main", "headRefName": "x", "title": "X",
            "draft": True}  # fmt: skip


async def opened(lab, pull):
    return (await lab.graphql(CREATE, pull=pull)).body["data"]["createPullRequest"]["pullRequest"]


async def test_a_draft_becomes_ready_once_and_that_is_told(lab, a_pull, listener):
    draft = await opened(lab, a_pull)
    for _ in range(2):
        answer = await lab.graphql(READY, id=draft["id"])
        assert answer.body["data"]["markPullRequestReadyForReview"]["pullRequest"]["isDraft"] is False
    await lab.graphql(BACK, id=draft["id"])
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    assert [each["action"] for each in payloads] == ["opened", "ready_for_review", "converted_to_draft"]
    assert [each["pull_request"]["draft"] for each in payloads] == [True, False, True]


@pytest.mark.parametrize("missing", ["contents", "pull_requests"])
async def test_an_app_needs_both_permissions(lab, a_pull, missing):
    draft = await opened(lab, a_pull)
    given = {"contents": "write", "pull_requests": "write", "issues": "write"}
    lab.token = lab.mint(given | {missing: "read"})
    assert (await lab.graphql(READY, id=draft["id"])).body["errors"][0]["type"] == "FORBIDDEN"
    assert lab.archive.threads[1].draft


async def test_a_reader_marks_nothing_ready(lab, a_pull):
    await opened(lab, a_pull)
    with pytest.raises(ApiError):
        lab.ben.mark_ready(lab.archive.threads[1])
    lab.ada.mark_ready(lab.archive.threads[1])
    assert not lab.archive.threads[1].draft


@pytest.mark.parametrize(("visibility", "refused"), [("private", True), ("public", False)])
async def test_a_plan_without_drafts(lab, a_pull, visibility, refused):
    lab.archive.visibility, lab.archive.owner.has_drafts = visibility, False
    answer = await lab.graphql(CREATE, pull=a_pull)
    if refused:
        (error,) = answer.body["errors"]
        assert (error["type"], error["message"]) == ("UNPROCESSABLE", NO_DRAFTS)
        body = {"title": "X", "head": "x", "base": "main", "draft": True}
        by_rest = await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", body)
        assert (by_rest.status, by_rest.body["message"]) == (422, NO_DRAFTS)
        answer = await lab.graphql(CREATE, pull=a_pull | {"draft": False})
    made = answer.body["data"]["createPullRequest"]["pullRequest"]
    assert made["isDraft"] is not refused
    if refused:
        assert (await lab.graphql(BACK, id=made["id"])).body["errors"][0]["message"] == NO_DRAFTS


async def test_the_app_reminds_people_by_a_comment(lab, a_pull, listener):
    draft = await opened(lab, a_pull)
    answer = await lab.graphql(REMARK, id=draft["id"])
    node = answer.body["data"]["addComment"]["commentEdge"]["node"]
    assert node == {"body": "Nothing yet", "author": {"login": "minutes"}}
    await lab.simulator.idle()
    assert listener.names[-1] == "issue_comment"
