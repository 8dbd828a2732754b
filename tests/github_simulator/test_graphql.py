import base64

import pytest

from tests.github_simulator.conftest import ARCHIVE, NOTES, PERMISSIONS

REPOSITORY = 'repository(owner: "hill-lab", name: "meeting-minutes")'


def inside(fields):
    return f"{{ {REPOSITORY} {{ {fields} }} }}"


PUBLISH = """
mutation($branch: CreateRefInput!, $commit: CreateCommitOnBranchInput!, $pull: CreatePullRequestInput!) {
  branch: createRef(input: $branch) { ref { id name prefix target { oid } } }
  commit: createCommitOnBranch(input: $commit) {
    commit { oid message signature { isValid wasSignedByGitHub } author { name user { login } } }
  }
  pull: createPullRequest(input: $pull) { pullRequest { number files(first: 5) { nodes { path } } } }
}"""


def batch(lab, head=None):
    head = head or lab.archive.git.branch("main")
    content = base64.b64encode(b"# Now\n").decode()
    return {
        "branch": {"repositoryId": lab.archive.node_id, "name": "refs/heads/minutes/x", "oid": head},
        "commit": {
            "branch": {"repositoryNameWithOwner": ARCHIVE, "branchName": "minutes/x"},
            "expectedHeadOid": head,
            "message": {"headline": "Minutes", "body": "Trailer: x"},
            "fileChanges": {"additions": [{"path": "2026/now.md", "contents": content}]},
        },
        "pull": {
            "repositoryId": lab.archive.node_id, "baseRefName": "main", "headRefName": "minutes/x",
            "title": "Minutes", "body": "Read them",
        },
    }  # fmt: skip


async def test_branch_commit_and_pull_request_in_one_batch(lab):
    answer = await lab.graphql(PUBLISH, **batch(lab))
    assert "errors" not in answer.body
    data = answer.body["data"]
    assert (data["branch"]["ref"]["prefix"], data["branch"]["ref"]["name"]) == ("refs/heads/", "minutes/x")
    assert data["commit"]["commit"]["message"] == "Minutes\n\nTrailer: x"
    assert data["commit"]["commit"]["signature"] == {"isValid": True, "wasSignedByGitHub": True}
    assert data["commit"]["commit"]["author"]["user"]["login"] == "minutes[bot]"
    assert data["pull"]["pullRequest"]["files"]["nodes"] == [{"path": "2026/now.md"}]
    assert lab.simulator.requests[-1].steps == ("createRef", "createCommitOnBranch", "createPullRequest")


async def test_a_failed_step_is_null_and_the_later_ones_still_run(lab):
    comment = " last: addComment(input: $comment) { commentEdge { node { viewerDidAuthor } } } }"
    text = PUBLISH.replace("$pull: Create", "$comment: AddCommentInput!, $pull: Create")[:-1] + comment
    issue = lab.ada.open_issue(NOTES, "Weekly")
    await lab.graphql(PUBLISH, **batch(lab))
    answer = await lab.graphql(text, **batch(lab), comment={"subjectId": issue.node_id, "body": "Done"})
    assert answer.status == 200
    assert answer.body["data"] == {
        "branch": None, "commit": None, "pull": None,
        "last": {"commentEdge": {"node": {"viewerDidAuthor": True}}},
    }  # fmt: skip
    assert [(each["type"], each["path"]) for each in answer.body["errors"]] == [
        ("UNPROCESSABLE", ["branch"]), ("STALE_DATA", ["commit"]), ("UNPROCESSABLE", ["pull"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("permission", "refused"),
    [("contents", ["branch", "commit", "pull"]), ("pull_requests", ["pull"]), ("issues", [])],
)
async def test_each_step_needs_its_permission(lab, permission, refused):
    less = {name: level for name, level in PERMISSIONS.items() if name != permission}
    answer = await lab.graphql(PUBLISH, by=lab.mint(less), **batch(lab))
    errors = {each["path"][0]: each for each in answer.body.get("errors", [])}
    assert list(errors) == refused
    if refused:
        first = errors[refused[0]]
        assert (first["type"], first["message"]) == ("FORBIDDEN", "Resource not accessible by integration")


@pytest.mark.parametrize("what", ["deletion", "folder", "base64", "path"])
async def test_a_commit_that_cannot_be(lab, what):
    given = batch(lab)
    changes = {
        "deletion": {"deletions": [{"path": "nowhere.md"}]},
        "folder": {"deletions": [{"path": "2026"}]},
        "base64": {"additions": [{"path": "x", "contents": "no base64!"}]},
        "path": {"additions": [{"path": "../x", "contents": ""}]},
    }
    given["commit"]["fileChanges"] = changes[what]
    answer = await lab.graphql(PUBLISH, **given)
    assert answer.body["data"]["commit"] is None
    assert answer.body["errors"][0]["type"] == "UNPROCESSABLE"


async def test_what_is_not_there(lab):
    text = """{
      a: repository(owner: "hill-lab", name: "nowhere") { id }
      b: repository(owner: "hill-lab", name: "notes") {
        issue(number: 7) { id } object(expression: "HEAD:nowhere") { oid } ref(qualifiedName: "x") { id }
      }
      node(id: "I_nonsense") { id }
    }"""
    answer = await lab.graphql(text)
    assert answer.body["data"] == {"a": None, "b": {"issue": None, "object": None, "ref": None}, "node": None}
    assert {(each["type"], tuple(each["path"])) for each in answer.body["errors"]} == {
        ("NOT_FOUND", ("a",)), ("NOT_FOUND", ("b", "issue")), ("NOT_FOUND", ("node",)),
    }  # fmt: skip


async def test_trees_texts_and_what_is_no_text(lab):
    lab.simulator.world.commit_files(lab.archive, {"logo.png": b"\x89PNG\0"}, "Logo")
    text = inside("""
      tree: object(expression: "HEAD:") { ... on Tree { entries { name type oid } } }
      file: object(expression: "main:README.md") { __typename ... on Blob { text isBinary byteSize } }
      logo: object(expression: "HEAD:logo.png") { ... on Blob { text isBinary isTruncated } }
    """)
    found = (await lab.graphql(text)).body["data"]["repository"]
    assert [(each["name"], each["type"]) for each in found["tree"]["entries"]] == [
        ("2026", "tree"), ("README.md", "blob"), ("logo.png", "blob"),
    ]  # fmt: skip
    assert found["file"] == {"__typename": "Blob", "text": "# Minutes\n", "isBinary": False, "byteSize": 10}
    assert found["logo"] == {"text": None, "isBinary": True, "isTruncated": False}


async def test_an_issue_and_who_labelled_it(lab):
    issue = lab.ben.open_issue(NOTES, "Weekly", "Notes")
    lab.ada.label(issue, "meeting-notes")
    lab.ada.unlabel(issue, "meeting-notes")
    lab.ada.edit(issue, body="Edited")
    text = """{ repository(owner: "hill-lab", name: "notes") { issue(number: 1) {
      author { login __typename } editor { login } body lastEditedAt labels(first: 5) { totalCount }
      timelineItems(last: 5, itemTypes: [LABELED_EVENT]) { nodes { ... on LabeledEvent { actor { login } } } }
    } } }"""
    found = (await lab.graphql(text)).body["data"]["repository"]["issue"]
    assert found.pop("lastEditedAt").endswith("Z")
    assert found == {
        "author": {"login": "ben", "__typename": "User"}, "editor": {"login": "ada"}, "body": "Edited",
        "labels": {"totalCount": 0}, "timelineItems": {"nodes": [{"actor": {"login": "ada"}}]},
    }  # fmt: skip


async def test_comments_over_pages(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    for number in range(5):
        lab.ada.comment(issue, str(number))
    text = """query($id: ID!, $after: String) { node(id: $id) { ... on Issue {
      comments(first: 2, after: $after) { nodes { body } pageInfo { hasNextPage endCursor } }
    } } }"""
    bodies, after = [], None
    while True:
        page = (await lab.graphql(text, id=issue.node_id, after=after)).body["data"]["node"]["comments"]
        bodies += [each["body"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert bodies == ["0", "1", "2", "3", "4"]


async def test_a_bot_goes_by_its_slug(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    await lab.rest("POST", f"/repos/{NOTES}/issues/1/comments", {"body": "Hello"})
    text = """query($id: ID!) { node(id: $id) { ... on Issue {
      comments(last: 1) { nodes { author { login __typename } } }
    } } }"""
    answer = await lab.graphql(text, id=issue.node_id)
    (comment,) = answer.body["data"]["node"]["comments"]["nodes"]
    assert comment["author"] == {"login": "minutes", "__typename": "Bot"}


async def test_a_discussion_is_read_and_answered(lab):
    discussion = lab.ada.open_discussion(NOTES, "Weekly", "Notes", "Meeting notes")
    text = """mutation($input: AddDiscussionCommentInput!) { addDiscussionComment(input: $input) {
      comment { discussion { title category { name } comments(first: 5) { totalCount } } } } }"""
    refused = await lab.graphql(text, input={"discussionId": discussion.node_id, "body": "x"})
    assert refused.body["errors"][0]["type"] == "FORBIDDEN"
    token = lab.mint({"discussions": "write"})
    answer = await lab.graphql(text, by=token, input={"discussionId": discussion.node_id, "body": "x"})
    comment = answer.body["data"]["addDiscussionComment"]["comment"]
    assert comment["discussion"] == {
        "title": "Weekly", "category": {"name": "Meeting notes"}, "comments": {"totalCount": 1},
    }  # fmt: skip


async def test_points_are_counted(lab):
    text = inside("pullRequests(first: 50) { nodes { files(first: 10) { nodes { path } } } }")
    answer = await lab.graphql(text[:-1] + "rateLimit { cost remaining nodeCount } }")
    assert answer.body["data"]["rateLimit"] == {"cost": 1, "remaining": 4999, "nodeCount": 550}
    assert (answer.headers["X-RateLimit-Resource"], answer.headers["X-RateLimit-Used"]) == ("graphql", "1")


async def test_nested_lists_cost_what_they_may_bring(lab):
    text = inside("""pullRequests(first: 100) { nodes {
      comments(first: 100) { nodes { reactions(first: 10) { totalCount } } }
    } }""")
    answer = await lab.graphql(text[:-1] + "rateLimit { cost } }")
    assert answer.body["data"]["rateLimit"]["cost"] == 101, "1 + 100 + 100 * 100 requests, in hundreds"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{ viewer { login", "Syntax Error"),
        ("{ viewer { nonsense } }", "nonsense"),
        (inside("labels { nodes { name } }"), "first"),
        (inside("stargazerCount"), "does not know Repository.stargazerCount"),
    ],
)
async def test_what_breaks_the_schema_fails_loudly(lab, text, word):
    answer = await lab.graphql(text)
    assert answer.status == 200
    assert answer.body["errors"]
    lab.broke(word)


async def test_no_query_and_no_token(lab):
    assert (await lab.rest("POST", "/graphql", {"nonsense": 1})).status == 400
    assert (await lab.rest("POST", "/graphql", {"query": "{ viewer { login } }"}, by="")).status == 401


ZERO = "0" * 40
MOVE = "mutation($refs: UpdateRefsInput!) { updateRefs(input: $refs) { clientMutationId } }"


async def move(lab, *updates):
    refs = [dict(zip(("name", "beforeOid", "afterOid"), each, strict=True)) for each in updates]
    return await lab.graphql(MOVE, refs={"repositoryId": lab.archive.node_id, "refUpdates": refs})


async def test_references_are_made_and_deleted_together(lab):
    head = lab.archive.git.branch("main")

    await move(lab, ("refs/heads/a", ZERO, head), ("refs/heads/b", None, head))
    assert lab.archive.git.branch("a") == lab.archive.git.branch("b") == head
    await move(lab, ("refs/heads/a", head, ZERO), ("refs/heads/b", None, ZERO))
    assert list(lab.archive.git.refs()) == ["refs/heads/main"]


@pytest.mark.parametrize(
    ("before", "after"), [("1" * 40, ZERO), (ZERO, ZERO), (None, "1" * 40)], ids=["moved", "there", "nowhere"]
)
async def test_all_references_are_moved_or_none(lab, before, after):
    head = lab.archive.git.branch("main")

    answer = await move(lab, ("refs/heads/a", ZERO, head), ("refs/heads/main", before, after))

    assert answer.body["errors"][0]["type"] == "UNPROCESSABLE"
    assert lab.archive.git.refs() == {"refs/heads/main": head}


async def test_the_history_of_a_branch_comes_in_pages_and_is_counted_when_asked(lab):
    oids = [lab.archive.git.branch("main")] + [lab.ada.push(ARCHIVE, {"x.md": str(n)}) for n in range(4)]
    page = "nodes { oid } pageInfo { hasNextPage hasPreviousPage endCursor }"
    target = "defaultBranchRef {{ target {{ ... on Commit {{ history({}) {{ {} }} }} }} }}"

    async def history(args, fields=page):
        answer = await lab.graphql(inside(target.format(args, fields)))
        return answer.body["data"]["repository"]["defaultBranchRef"]["target"]["history"]

    first = await history("first: 3")
    assert [each["oid"] for each in first["nodes"]] == oids[:1:-1]
    assert (first["pageInfo"]["hasNextPage"], first["pageInfo"]["hasPreviousPage"]) == (True, False)
    rest = await history(f'first: 3, after: "{first["pageInfo"]["endCursor"]}"')
    assert [each["oid"] for each in rest["nodes"]] == oids[1::-1]
    assert rest["pageInfo"]["hasNextPage"] is False
    assert (await history("first: 1", "totalCount"))["totalCount"] == 5
    assert [each["oid"] for each in (await history("last: 2"))["nodes"]] == oids[1::-1]
    assert len((await history('first: 9, path: "x.md"'))["nodes"]) == 4
