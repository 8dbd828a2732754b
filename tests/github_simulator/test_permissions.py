import base64

import pytest

from tests.github_simulator.conftest import ARCHIVE, NOTES, PERMISSIONS

FORBIDDEN = "Resource not accessible by integration"
WRITES = [
    ("issues", "POST", f"/repos/{NOTES}/issues", {"title": "x"}),
    ("issues", "POST", f"/repos/{NOTES}/issues/1/comments", {"body": "x"}),
    ("issues", "POST", f"/repos/{NOTES}/issues/1/labels", {"labels": ["x"]}),
    ("contents", "PUT", f"/repos/{ARCHIVE}/contents/x.md", {"message": "x", "content": "eA=="}),
    ("contents", "POST", f"/repos/{ARCHIVE}/git/blobs", {"content": "x"}),
    ("pull_requests", "POST", f"/repos/{ARCHIVE}/pulls", {"title": "x", "head": "x", "base": "main"}),
    ("checks", "POST", f"/repos/{ARCHIVE}/check-runs", {"name": "x", "head_sha": "HEAD"}),
]


@pytest.mark.parametrize(("permission", "method", "path", "body"), WRITES)
async def test_an_app_needs_its_permission_for_each_write(lab, permission, method, path, body):
    lab.ada.open_issue(NOTES, "Weekly")
    lab.ada.push(ARCHIVE, {"y.md": "y"}, branch="x")
    if body.get("head_sha"):
        body = body | {"head_sha": lab.archive.git.branch("main")}
    less = {name: level for name, level in PERMISSIONS.items() if name != permission}
    refused = await lab.rest(method, path, body, by=lab.mint(less))
    assert (refused.status, refused.body["message"]) == (403, FORBIDDEN)
    assert (await lab.rest(method, path, body, by=lab.mint({permission: "write"}))).status in (200, 201)


async def test_what_is_private_is_not_there_for_strangers(lab):
    lab.archive.private = True
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}", by="ben")).status == 200
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}", by="mallory")).status == 404
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}", by="")).status == 404
    answer = await lab.graphql('{repository(owner:"hill-lab",name:"meeting-minutes"){id}}', by="mallory")
    assert answer.body["data"] == {"repository": None}
    assert answer.body["errors"][0]["type"] == "NOT_FOUND"


async def test_what_is_private_wants_each_permission_for_reading_too(lab):
    lab.archive.private = True
    answer = await lab.rest("GET", f"/repos/{ARCHIVE}/contents/README.md", by=lab.mint({"issues": "write"}))
    assert (answer.status, answer.body["message"]) == (403, FORBIDDEN)


async def test_people_by_their_role(lab):
    issue = lab.ben.open_issue(NOTES, "Mine")
    path = f"/repos/{NOTES}/issues/{issue.number}"
    assert (await lab.rest("PATCH", path, {"body": "edited"}, by="ben")).status == 200, "one's own"
    assert (await lab.rest("PATCH", path, {"body": "edited"}, by="mallory")).status == 403
    assert (await lab.rest("PATCH", path, {"body": "edited"}, by="ada")).status == 200
    assert (await lab.rest("POST", f"{path}/labels", {"labels": ["x"]}, by="ben")).status == 403
    assert (await lab.rest("POST", f"{path}/labels", {"labels": ["x"]}, by="ada")).status == 200
    assert (await lab.rest("POST", f"{path}/comments", {"body": "x"}, by="mallory")).status == 201
    assert (await lab.rest("POST", f"{path}/comments", {"body": "x"}, by="")).status == 401


@pytest.mark.parametrize(
    ("login", "permission", "role"),
    [
        ("ada", "write", "write"),
        ("ben", "read", "read"),
        ("hill-lab", "admin", "admin"),
        ("mallory", "read", "read"),
    ],
)
async def test_the_role_of_a_person(lab, login, permission, role):
    answer = await lab.rest("GET", f"/repos/{NOTES}/collaborators/{login}/permission")
    assert (answer.body["permission"], answer.body["role_name"]) == (permission, role)


async def test_finer_roles_are_told_by_role_name(lab):
    lab.simulator.add_collaborator(NOTES, "ben", "triage")
    answer = await lab.rest("GET", f"/repos/{NOTES}/collaborators/ben/permission")
    assert (answer.body["permission"], answer.body["role_name"]) == ("read", "triage")


async def test_an_archived_repository_is_read_only(lab):
    lab.archive.archived = True
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}/contents/README.md")).status == 200
    body = {"message": "x", "content": base64.b64encode(b"x").decode()}
    answer = await lab.rest("PUT", f"/repos/{ARCHIVE}/contents/x.md", body, by="ada")
    assert (answer.status, answer.body["message"]) == (403, "Repository was archived so is read-only.")


async def test_a_locked_issue_refuses_apps_and_readers(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    lab.ada.lock(issue)
    path = f"/repos/{NOTES}/issues/1/comments"
    for by, status in ((None, 403), ("ben", 403), ("ada", 201)):
        assert (await lab.rest("POST", path, {"body": "x"}, by=by)).status == status


async def test_workflows_want_a_permission_of_their_own(lab):
    body = {"message": "x", "content": "eA=="}
    path = f"/repos/{ARCHIVE}/contents/.github/workflows/x.yml"
    assert (await lab.rest("PUT", path, body)).status == 403
    assert (
        await lab.rest("PUT", path, body, by=lab.mint(PERMISSIONS | {"workflows": "write"}))
    ).status == 201
