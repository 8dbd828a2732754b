"""What GitHub says when something is wrong, or there is more than one page."""

import base64
import io
import tarfile
from datetime import timedelta

import pytest

from tests.github_simulator.conftest import ARCHIVE, NOTES


def text(content):
    return base64.b64encode(content.encode()).decode()


async def put(lab, path, content, **more):
    body = {"message": "Edit", "content": text(content)} | more
    return await lab.rest("PUT", f"/repos/{ARCHIVE}/contents/{path}", body)


async def test_a_file_is_made_and_replaced_only_over_the_one_that_is_known(lab):
    made = await put(lab, "x.md", "one\n")
    assert made.status == 201
    assert made.body["commit"]["verification"]["verified"] is True
    assert made.body["commit"]["author"]["name"] == "minutes[bot]"
    assert made.body["commit"]["committer"]["name"] == "GitHub"
    assert (await put(lab, "x.md", "two\n")).status == 422
    sha = made.body["content"]["sha"]
    assert (await put(lab, "x.md", "two\n", sha=sha)).status == 200
    stale = await put(lab, "x.md", "three\n", sha=sha)
    assert (stale.status, stale.body["message"]) == (409, f"x.md does not match {sha}")


async def test_the_first_commit_of_an_empty_repository(lab):
    lab.simulator.create_repository("hill-lab/empty")
    assert (await lab.rest("GET", "/repos/hill-lab/empty/commits")).status == 409
    assert (await lab.rest("GET", "/repos/hill-lab/empty/contents/README.md")).status == 404
    body = {"message": "First", "content": text("hello")}
    assert (await lab.rest("PUT", "/repos/hill-lab/empty/contents/README.md", body)).status == 201
    assert (await lab.rest("GET", "/repos/hill-lab/empty/branches/main")).status == 200


async def test_a_branch_is_made_once(lab):
    body = {"ref": "refs/heads/x", "sha": lab.archive.git.branch("main")}
    assert (await lab.rest("POST", f"/repos/{ARCHIVE}/git/refs", body)).status == 201
    again = await lab.rest("POST", f"/repos/{ARCHIVE}/git/refs", body)
    assert (again.status, again.body["message"]) == (422, "Reference already exists")
    assert (await lab.rest("DELETE", f"/repos/{ARCHIVE}/git/refs/heads/x")).status == 204
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}/git/ref/heads/x")).status == 404


async def test_a_branch_moves_forward_only_unless_forced(lab):
    old = lab.archive.git.branch("main")
    lab.ada.push(ARCHIVE, {"x.md": "x"})
    path = f"/repos/{ARCHIVE}/git/refs/heads/main"
    back = await lab.rest("PATCH", path, {"sha": old})
    assert (back.status, back.body["message"]) == (422, "Update is not a fast forward")
    assert (await lab.rest("PATCH", path, {"sha": old, "force": True})).status == 200


async def test_a_commit_by_blob_tree_and_reference(lab):
    head = lab.archive.git.branch("main")
    blob = (await lab.rest("POST", f"/repos/{ARCHIVE}/git/blobs", {"content": "x\n"})).body["sha"]
    entry = {"path": "2026/x.md", "mode": "100644", "type": "blob", "sha": blob}
    tree = await lab.rest("POST", f"/repos/{ARCHIVE}/git/trees", {"base_tree": head, "tree": [entry]})
    body = {"message": "By hand", "tree": tree.body["sha"], "parents": [head]}
    commit = await lab.rest("POST", f"/repos/{ARCHIVE}/git/commits", body)
    assert commit.body["verification"]["verified"] is True
    path = f"/repos/{ARCHIVE}/git/refs/heads/main"
    assert (await lab.rest("PATCH", path, {"sha": commit.body["sha"]})).status == 200
    all_of_it = await lab.rest("GET", f"/repos/{ARCHIVE}/git/trees/main?recursive=1")
    assert [each["path"] for each in all_of_it.body["tree"]] == [
        "2026", "2026/2026-11-17.md", "2026/x.md", "README.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "base", "word"),
    [("nowhere", "main", "Head ref must be a branch"), ("main", "main", "No commits between"),
     ("x", "nowhere", "Head ref must be a branch")],
)  # fmt: skip
async def test_a_pull_request_that_cannot_be(lab, head, base, word):
    lab.ada.push(ARCHIVE, {"x.md": "x"}, branch="x")
    body = {"title": "T", "head": head, "base": base}
    answer = await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", body)
    assert (answer.status, answer.body["message"]) == (422, "Validation Failed")
    assert word in answer.body["errors"][0]["message"]


async def test_a_pull_request_from_opening_to_merging(lab):
    lab.ada.push(ARCHIVE, {"x.md": "x\n"}, branch="x")
    body = {"title": "T", "head": "x", "base": "main", "body": "B"}
    assert (await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", body)).body["commits"] == 1
    again = await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", body)
    assert again.body["errors"][0]["message"] == "A pull request already exists for hill-lab:x."
    found = await lab.rest("GET", f"/repos/{ARCHIVE}/pulls?head=hill-lab:x")
    assert [each["number"] for each in found.body] == [1]
    files = await lab.rest("GET", f"/repos/{ARCHIVE}/pulls/1/files")
    assert [(each["filename"], each["patch"]) for each in files.body] == [("x.md", "@@ -0,0 +1 @@\n+x")]
    merge = f"/repos/{ARCHIVE}/pulls/1/merge"
    assert (await lab.rest("PUT", merge, {"sha": "0" * 40}, by="ada")).status == 409
    assert (await lab.rest("PUT", merge, {}, by="ada")).body["merged"] is True
    assert (await lab.rest("PUT", merge, {}, by="ada")).status == 405
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}/pulls?state=all")).body[0]["merged_at"]


async def test_closing_a_pull_request_by_deleting_its_branch(lab):
    lab.ada.push(ARCHIVE, {"x.md": "x\n"}, branch="x")
    await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", {"title": "T", "head": "x", "base": "main"})
    await lab.rest("DELETE", f"/repos/{ARCHIVE}/git/refs/heads/x")
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}/pulls/1")).body["state"] == "closed"
    assert (await lab.rest("PATCH", f"/repos/{ARCHIVE}/pulls/1", {"state": "open"})).status == 422


async def test_comments_over_pages(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    for number in range(5):
        lab.ada.comment(issue, f"Comment {number}")
    url, bodies = f"/repos/{NOTES}/issues/1/comments?per_page=2", []
    while url:
        answer = await lab.rest("GET", url)
        bodies += [each["body"] for each in answer.body]
        following = [part for part in answer.headers.get("Link", "").split(", ") if 'rel="next"' in part]
        url = following[0][1:].partition(">")[0].removeprefix(lab.simulator.url) if following else None
    assert bodies == [f"Comment {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("issues", {"title": " "}),
        ("issues", {"title": "x" * 257}),
        ("issues", {"title": "x", "body": "x" * 65_537}),
        ("issues/1/comments", {"body": ""}),
        ("labels", {"name": "taken"}),
    ],
)
async def test_what_github_does_not_take(lab, path, body):
    lab.ada.label(lab.ada.open_issue(NOTES, "Weekly"), "taken")
    answer = await lab.rest("POST", f"/repos/{NOTES}/{path}", body)
    assert (answer.status, answer.body["message"]) == (422, "Validation Failed")


async def test_the_longest_body_that_github_takes(lab):
    body = {"title": "x" * 256, "body": "ü" * 65_536}
    assert (await lab.rest("POST", f"/repos/{NOTES}/issues", body)).status == 201


async def test_labels_are_found_in_any_case(lab):
    lab.ada.open_issue(NOTES, "Weekly")
    path = f"/repos/{NOTES}/issues/1/labels"
    await lab.rest("POST", path, {"labels": ["Meeting Notes"]})
    await lab.rest("POST", path, {"labels": ["meeting notes"]})
    assert [each["name"] for each in (await lab.rest("GET", path)).body] == ["Meeting Notes"]
    assert (await lab.rest("DELETE", f"{path}/MEETING%20notes")).body == []
    assert (await lab.rest("DELETE", f"{path}/meeting%20notes")).status == 404


async def test_reactions_count_once(lab):
    comment = lab.ada.comment(lab.ada.open_issue(NOTES, "Weekly"), "/minutes")
    path = f"/repos/{NOTES}/issues/comments/{comment.id}/reactions"
    assert [(await lab.rest("POST", path, {"content": "eyes"})).status for _ in range(2)] == [201, 200]
    assert [each["user"]["login"] for each in (await lab.rest("GET", path)).body] == ["minutes[bot]"]


async def test_a_check_run_takes_fifty_annotations_at_a_time(lab):
    head = lab.archive.git.branch("main")
    note = {"path": "x", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "m"}
    output = {"title": "t", "summary": "s", "annotations": [note] * 50}
    body = {"name": "minutes", "head_sha": head, "conclusion": "neutral", "output": output}
    made = await lab.rest("POST", f"/repos/{ARCHIVE}/check-runs", body)
    assert (made.status, made.body["status"]) == (201, "completed")
    path = f"/repos/{ARCHIVE}/check-runs/{made.body['id']}"
    more = await lab.rest("PATCH", path, {"output": output | {"annotations": [note]}})
    assert more.body["output"]["annotations_count"] == 51
    too_many = output | {"annotations": [note] * 51}
    assert (await lab.rest("PATCH", path, {"output": too_many})).status == 422
    lab.broke("annotations", "does not answer 422")
    assert (
        await lab.rest("POST", f"/repos/{ARCHIVE}/check-runs", body | {"output": output}, by="ada")
    ).status == 403


async def test_a_deleted_person_leaves_the_words(lab):
    lab.ben.open_issue(NOTES, "Weekly")
    lab.simulator.world.delete_user("ben")
    assert (await lab.rest("GET", f"/repos/{NOTES}/issues/1")).body["user"]["login"] == "ghost"
    text = '{ repository(owner: "hill-lab", name: "notes") { issue(number: 1) { author { login } } } }'
    assert (await lab.graphql(text)).body["data"]["repository"]["issue"]["author"] is None


async def test_limits_are_counted_and_end_with_the_hour(lab):
    before = int((await lab.rest("GET", f"/repos/{NOTES}")).headers["X-RateLimit-Remaining"])
    after = await lab.rest("GET", f"/repos/{NOTES}")
    assert int(after.headers["X-RateLimit-Remaining"]) == before - 1
    asked = await lab.rest("GET", f"/repos/{NOTES}", headers={"If-None-Match": after.headers["ETag"]})
    assert asked.status == 304
    window = lab.simulator.limits.window(f"installation {lab.installation}", "core")
    assert window.remaining == before - 1, "not modified is free"
    window.used = window.limit
    refused = await lab.rest("GET", f"/repos/{NOTES}")
    assert (refused.status, refused.headers["X-RateLimit-Remaining"]) == (403, "0")


async def test_a_body_that_is_no_json(lab):
    answer = await lab.http.post(
        f"{lab.simulator.url}/repos/{NOTES}/issues",
        data=b"{nonsense",
        headers={"Authorization": f"Bearer {lab.token}"},
    )
    assert (answer.status, (await answer.json())["message"]) == (400, "Problems parsing JSON")


async def test_an_unknown_route_fails_loudly(lab):
    assert (await lab.rest("GET", "/repos/hill-lab/notes/nonsense")).status == 404
    lab.broke("does not know this operation")
    assert (await lab.rest("GET", "/nonsense", headers={"Accept": "text/html"})).status == 404


async def test_an_answer_in_another_form_is_not_given_silently(lab):
    readme = f"/repos/{NOTES}/contents/README.md"
    for accepted in ("application/vnd.github.raw+json", "application/vnd.github.v3.raw"):
        answer = await lab.rest("GET", readme, headers={"Accept": accepted})
        assert answer.body["encoding"] == "base64"
        lab.broke("does not know this media type")
    for accepted in ("application/vnd.github+json", "application/vnd.github.v3+json", "*/*"):
        await lab.rest("GET", readme, headers={"Accept": accepted})


async def test_an_unknown_word_in_a_body_is_a_violation(lab):
    await lab.rest("POST", f"/repos/{NOTES}/issues", {"title": "x", "lables": ["meeting-notes"]})
    lab.broke("lables")


@pytest.mark.parametrize("prefix", ["", "/api/v3"])
async def test_both_addresses_of_the_api(lab, prefix):
    root = await lab.rest("GET", prefix + "/")
    assert root.body["current_user_url"] == f"{lab.simulator.url}/api/v3/user"
    assert (await lab.rest("GET", f"{prefix}/repos/{NOTES}")).body["full_name"] == NOTES


async def tarball_of(lab, repository, by):
    """Follow the redirect to a tarball as GitHub's clients do; return its status, and its files by path."""
    where = (
        await lab.rest("GET", f"/repos/{repository}/tarball/main", by=by, allow_redirects=False)
    ).headers["Location"]
    async with lab.http.get(where) as answer:
        data = await answer.read()
    if answer.status != 200:
        return where, answer.status, {}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return where, 200, {it.name: tar.extractfile(it).read() for it in tar if it.isfile()}


async def test_a_tarball_has_every_file_below_one_folder(lab):
    where, status, files = await tarball_of(lab, ARCHIVE, "ben")
    top = f"hill-lab-meeting-minutes-{lab.archive.git.branch('main')[:7]}"
    assert (status, "token" in where) == (200, False)
    assert files == {f"{top}/README.md": b"# Minutes\n", f"{top}/2026/2026-11-17.md": b"# Then\n"}


async def test_the_link_to_a_private_tarball_lives_five_minutes(lab):
    lab.simulator.create_repository("hill-lab/secret", files={"a.md": "A\n"}, private=True)
    lab.simulator.add_collaborator("hill-lab/secret", "ben", "read")
    where, status, files = await tarball_of(lab, "hill-lab/secret", "ben")
    assert (status, [*files.values()]) == (200, [b"A\n"])
    async with lab.http.get(where.partition("?")[0]) as answer:
        assert answer.status == 404
    lab.simulator.clock.advance(timedelta(minutes=6))
    async with lab.http.get(where) as answer:
        assert answer.status == 404
    assert (await lab.rest("GET", "/repos/hill-lab/secret/tarball/main", by="mallory")).status == 404


async def test_the_tarball_of_an_empty_repository_is_missed_at_the_end(lab):
    lab.simulator.create_repository("hill-lab/empty")
    assert (await tarball_of(lab, "hill-lab/empty", "ben"))[1] == 404


async def test_a_review_comments_on_lines_of_the_diff_only(lab):
    lab.ada.push(ARCHIVE, {"x.md": "one\ntwo\n"}, branch="theirs")
    pull = lab.ada.open_pull(ARCHIVE, "theirs", "Two lines")
    url = f"/repos/{ARCHIVE}/pulls/{pull.number}/reviews"

    def review(path, line):
        comment = {"path": path, "line": line, "side": "RIGHT", "body": "```suggestion\nthree\n```"}
        body = {"commit_id": pull.head_oid, "event": "COMMENT", "body": "Look", "comments": [comment]}
        return lab.rest("POST", url, body)

    made = await review("x.md", 2)
    assert (made.status, made.body["state"], made.body["body"]) == (200, "COMMENTED", "Look")
    for path, line in (("x.md", 3), ("y.md", 1)):
        refused = await review(path, line)
        assert refused.status == 422
        assert "must be part of the diff" in refused.body["message"]
    assert len(pull.reviews) == 1
