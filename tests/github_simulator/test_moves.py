"""Threads and repositories are deleted or moved: the webhooks and the responses that the app gets."""

import json

import pytest

from tests.github_simulator.conftest import ARCHIVE, NOTES

ISSUE = """query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { nameWithOwner hasIssuesEnabled issue(number: $number) { title } }
}"""
COMMIT = """mutation($to: String!, $branch: String!, $head: GitObjectID!) {
  createCommitOnBranch(input: {branch: {repositoryNameWithOwner: $to, branchName: $branch},
    expectedHeadOid: $head, message: {headline: "M"},
    fileChanges: {additions: [{path: "x.md", contents: "eA=="}]}}) { commit { oid } }
}"""
COMMENT = 'mutation($to: ID!) { addComment(input: {subjectId: $to, body: "S"}) { clientMutationId } }'


@pytest.fixture
def lab(lab):
    for repository in (NOTES, ARCHIVE):
        lab.simulator.add_collaborator(repository, "eve", "admin")
    lab.eve = lab.simulator.person("eve")
    lab.simulator.world.installations[lab.installation].permissions["discussions"] = "write"
    lab.app.events += ["discussion", "discussion_comment", "repository", "label", "pull_request_review"]
    lab.token = lab.mint()
    return lab


async def received(lab, listener):
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    return [(name, each.get("action")) for name, each in zip(listener.names, payloads, strict=True)], payloads


async def ask(lab, repository, number):
    owner, name = repository.split("/")
    return (await lab.graphql(ISSUE, owner=owner, name=name, number=number)).body


async def test_a_transferred_issue_is_elsewhere_with_its_comments(lab, listener):
    issue = lab.ada.open_issue(NOTES, "Weekly", "Notes", labels=("meeting-notes",))
    lab.ben.comment(issue, "Hello")
    moved = lab.ada.transfer(issue, ARCHIVE)
    assert [(each.body, each.author.login) for each in moved.comments] == [("Hello", "ben")]
    assert (moved.repository.full_name, moved.labels) == (ARCHIVE, [])
    events, payloads = await received(lab, listener)
    assert events[-2:] == [("issues", "transferred"), ("issues", "opened")]
    assert payloads[-2]["changes"]["new_issue"]["number"] == moved.number
    assert payloads[-1]["changes"]["old_repository"]["full_name"] == NOTES
    assert payloads[-1]["repository"]["full_name"] == ARCHIVE
    gone = await ask(lab, NOTES, issue.number)
    assert gone["data"]["repository"]["issue"] is None
    assert gone["errors"][0]["type"] == "NOT_FOUND"
    path = f"/repos/{NOTES}/issues/{issue.number}"
    answer = await lab.rest("GET", path, allow_redirects=False)
    assert answer.status == 301
    followed = await lab.rest("GET", path)
    assert followed.body["html_url"].endswith(f"/{ARCHIVE}/issues/{moved.number}")


async def test_a_transferred_discussion_takes_its_replies_along(lab, listener):
    talk = lab.ada.open_discussion(NOTES, "Weekly", category="Meetings")
    lab.ben.comment(talk, "Hi", reply_to=lab.ada.comment(talk, "Hello"))
    moved = lab.ada.transfer(talk, ARCHIVE)
    assert moved.comments[1].reply_to is moved.comments[0]
    assert moved.category.repository is moved.repository
    events, _ = await received(lab, listener)
    assert events[-2:] == [("discussion", "transferred"), ("discussion", "created")]


async def test_a_converted_issue_stays_behind_closed_and_locked(lab, listener):
    issue = lab.ada.open_issue(NOTES, "Weekly", "Notes", labels=("meeting-notes",))
    lab.ben.comment(issue, "Hello")
    made = lab.ada.convert(issue, "Meetings")
    assert (issue.state, issue.locked) == ("closed", True)
    assert (made.title, [label.name for label in made.labels]) == ("Weekly", ["meeting-notes"])
    assert [each.body for each in made.comments] == ["Hello"]
    events, _ = await received(lab, listener)
    assert events[-3:] == [("issues", "closed"), ("issues", "locked"), ("discussion", "created")]


async def test_a_deleted_issue_is_410_and_null(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    lab.ada.delete(issue)
    assert (await lab.rest("GET", f"/repos/{NOTES}/issues/1")).status == 410
    assert (await ask(lab, NOTES, 1))["errors"][0]["type"] == "NOT_FOUND"
    assert lab.ada.open_issue(NOTES, "Next").number == 2


async def test_disabled_issues_are_not_there(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    lab.eve.disable_issues(NOTES)
    shown = await ask(lab, NOTES, 1)
    assert shown["data"]["repository"] == {
        "nameWithOwner": NOTES, "hasIssuesEnabled": False, "issue": None
    }  # fmt: skip
    assert (await lab.rest("GET", f"/repos/{NOTES}/issues/1")).status == 410
    assert (await lab.graphql(COMMENT, to=issue.node_id)).body["errors"][0]["type"] == "NOT_FOUND"


async def test_a_renamed_repository_answers_to_its_old_name(lab, listener):
    lab.ada.open_issue(NOTES, "Weekly")
    lab.eve.rename_repository(NOTES, "talks")
    assert (await ask(lab, NOTES, 1))["data"]["repository"]["nameWithOwner"] == "hill-lab/talks"
    path = f"/repos/{NOTES}/issues/1/comments"
    assert (await lab.rest("GET", path, allow_redirects=False)).status == 301
    assert (await lab.rest("GET", path)).body == []
    assert (await lab.rest("POST", path, {"body": "B"}, allow_redirects=False)).status == 307
    assert (await lab.rest("POST", path, {"body": "B"})).status == 201
    events, payloads = await received(lab, listener)
    renamed = payloads[events.index(("repository", "renamed"))]
    assert renamed["changes"]["repository"]["name"]["from"] == "notes"
    lab.simulator.create_repository(NOTES)
    assert (await ask(lab, NOTES, 1))["data"]["repository"]["issue"] is None


async def test_an_archived_repository_refuses(lab, listener):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    lab.eve.archive(NOTES)
    assert "archived" in (await lab.graphql(COMMENT, to=issue.node_id)).body["errors"][0]["message"]
    lab.eve.archive(NOTES, archived=False)
    assert "errors" not in (await lab.graphql(COMMENT, to=issue.node_id)).body
    events, _ = await received(lab, listener)
    assert ("repository", "archived") in events


async def test_only_administrators_move_repositories(lab):
    for act in (
        lambda: lab.ada.archive(NOTES),
        lambda: lab.ada.protect(NOTES, "minutes/**"),
        lambda: lab.ada.rename_repository(NOTES, "x"),
        lambda: lab.ada.disable_issues(NOTES),
    ):
        with pytest.raises(Exception, match="admin rights"):
            act()


async def test_protected_branches_are_for_administrators(lab):
    head = lab.archive.git.branch("main")
    lab.eve.push(ARCHIVE, {"a.md": "A"}, branch="minutes/old")
    lab.eve.protect(ARCHIVE, "minutes/**")
    made = await lab.rest(
        "POST", f"/repos/{ARCHIVE}/git/refs", {"ref": "refs/heads/minutes/team/2026", "sha": head}
    )
    assert (made.status, made.body["message"]) == (422, "Reference update failed")
    old = lab.archive.git.branch("minutes/old")
    answer = await lab.graphql(COMMIT, to=ARCHIVE, branch="minutes/old", head=old)
    assert "rule violations" in answer.body["errors"][0]["message"]
    assert lab.archive.git.branch("minutes/old") == old
    lab.eve.delete_branch(ARCHIVE, "minutes/old")
    assert lab.archive.git.branch("minutes/old") is None


async def test_a_deleted_label_is_off_everywhere(lab, listener):
    issue = lab.ada.open_issue(NOTES, "Weekly", labels=("meeting-notes",))
    lab.ada.delete_label(NOTES, "meeting-notes")
    assert issue.labels == []
    events, payloads = await received(lab, listener)
    assert events[-2:] == [("label", "deleted"), ("issues", "unlabeled")]
    assert "label" not in payloads[-1]


async def test_a_locked_issue_refuses_the_app_words_and_reactions(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly")
    comment = lab.ada.comment(issue, "/minutes")
    react = """mutation($on: ID!, $as: ReactionContent!) {
      addReaction(input: {subjectId: $on, content: $as}) { reaction { content } } }"""
    for _ in range(2):
        assert "errors" not in (await lab.graphql(react, **{"on": comment.node_id, "as": "EYES"})).body
    assert len(comment.reactions) == 1
    lab.ada.lock(issue)
    for refused in (
        await lab.graphql(react, **{"on": comment.node_id, "as": "ROCKET"}),
        await lab.graphql(COMMENT, to=issue.node_id),
    ):
        assert refused.body["errors"][0]["type"] == "FORBIDDEN"


async def test_another_person_edits_and_hides(lab):
    issue = lab.ada.open_issue(NOTES, "Weekly", "Mine")
    comment = lab.ben.comment(issue, "Ours")
    lab.eve.edit(issue, body="Corrected")
    lab.eve.edit_comment(comment, "Yours")
    lab.eve.minimize(comment)
    query = """query($id: ID!) { node(id: $id) { ... on Issue { lastEditedAt editor { __typename login }
      comments(first: 1) { nodes { isMinimized minimizedReason lastEditedAt editor { login } } } } } }"""
    node = (await lab.graphql(query, id=issue.node_id)).body["data"]["node"]
    assert (node["editor"], bool(node["lastEditedAt"])) == ({"__typename": "User", "login": "eve"}, True)
    (shown,) = node["comments"]["nodes"]
    assert (shown["isMinimized"], shown["minimizedReason"], shown["editor"]["login"]) == (
        True, "outdated", "eve"
    )  # fmt: skip


# -- pull requests


async def pull_of(lab):
    lab.ada.push(ARCHIVE, {"x.md": "one\n"}, "One", branch="minutes/x")
    lab.ada.push(ARCHIVE, {"x.md": "two\n"}, "Two", branch="minutes/x")
    await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", {"title": "T", "head": "minutes/x", "base": "main"})
    return lab.archive.threads[1]


@pytest.mark.parametrize(
    ("how", "messages"),
    [("merge", ["One", "Two", "Merge pull request #1"]), ("squash", ["T (#1)"]), ("rebase", ["One", "Two"])],
)
async def test_the_three_ways_to_merge(lab, how, messages):
    pull, git = await pull_of(lab), lab.archive.git
    before = git.branch("main")
    lab.ada.merge(pull, how)
    after = git.branch("main")
    found = [commit.message.decode() for commit in git.between(before, after)]
    assert all(text.startswith(start) for text, start in zip(found, messages, strict=True)), found
    assert git.blob(git.at(after, "x.md")) == b"two\n"
    assert git.has_ancestor(after, pull.head_oid) == (how == "merge")
    assert pull.merged_at
    assert git.branch("minutes/x") == pull.head_oid


async def test_the_branch_goes_when_it_is_merged_where_the_settings_say_so(lab):
    lab.archive.delete_branch_on_merge = True
    pull = await pull_of(lab)
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}")).body["delete_branch_on_merge"] is True
    assert (await lab.rest("PUT", f"/repos/{ARCHIVE}/pulls/{pull.number}/merge", {})).status == 200
    assert lab.archive.git.branch("minutes/x") is None
    assert (pull.state, bool(pull.merged_at), bool(pull.head_oid)) == ("closed", True, True)


async def test_only_the_ways_to_merge_that_the_settings_allow(lab):
    pull = await pull_of(lab)
    lab.archive.merge_methods = ("squash",)
    shown = (await lab.rest("GET", f"/repos/{ARCHIVE}")).body
    assert (shown["allow_merge_commit"], shown["allow_squash_merge"]) == (False, True)
    answer = await lab.rest("PUT", f"/repos/{ARCHIVE}/pulls/{pull.number}/merge", {})
    assert (answer.status, answer.body["message"]) == (
        405, "Merge commits are not allowed on this repository."
    )  # fmt: skip


async def test_only_collaborators_are_asked_for_a_review(lab):
    pull = await pull_of(lab)
    url = f"/repos/{ARCHIVE}/pulls/{pull.number}/requested_reviewers"
    refused = await lab.rest("POST", url, {"reviewers": ["ada", "nobody"]})
    assert (refused.status, pull.requested) == (422, [])
    for _ in range(2):
        answer = await lab.rest("POST", url, {"reviewers": ["ada"]})
        assert [each["login"] for each in answer.body["requested_reviewers"]] == ["ada"]


async def test_reviews_decide_by_the_newest_opinion_of_each(lab, listener):
    pull = await pull_of(lab)
    query = """query($id: ID!) { node(id: $id) { ... on PullRequest { reviewDecision
      latestOpinionatedReviews(first: 9, writersOnly: true) { nodes { state author { login } } } } } }"""

    async def seen():
        node = (await lab.graphql(query, id=pull.node_id)).body["data"]["node"]
        opinions = node["latestOpinionatedReviews"]["nodes"]
        return node["reviewDecision"], [(each["author"]["login"], each["state"]) for each in opinions]

    lab.ben.review(pull, "APPROVED")
    lab.ada.review(pull, "CHANGES_REQUESTED", "Not yet")
    assert await seen() == ("CHANGES_REQUESTED", [("ada", "CHANGES_REQUESTED")])
    lab.ada.review(pull, "APPROVED")
    lab.ada.review(pull, "COMMENTED", "Thanks")
    assert await seen() == ("APPROVED", [("ada", "APPROVED")])
    events, payloads = await received(lab, listener)
    assert events.count(("pull_request_review", "submitted")) == 4
    assert payloads[-1]["review"]["state"] == "commented"


async def test_nobody_approves_their_own(lab):
    lab.ada.push(ARCHIVE, {"x.md": "x"}, branch="x")
    await lab.rest("POST", f"/repos/{ARCHIVE}/pulls", {"title": "T", "head": "x", "base": "main"}, by="ada")
    with pytest.raises(Exception, match="your own"):
        lab.ada.review(lab.archive.threads[1], "APPROVED")


async def test_comments_on_a_pull_request_are_told_with_it(lab, listener):
    pull = await pull_of(lab)
    lab.ada.edit(pull, body="The body")
    lab.ben.edit_comment(lab.ben.comment(pull, "/minutes accept"), "/minutes help")
    _, payloads = await received(lab, listener)
    assert payloads[-1]["changes"] == {"body": {"from": "/minutes accept"}}
    assert payloads[-1]["issue"]["body"] == "The body"
    assert payloads[-1]["issue"]["pull_request"]["html_url"].endswith("/pull/1")


async def test_pushes_say_which_files_changed(lab, listener):
    lab.ada.push(ARCHIVE, {"a.md": "A", "README.md": "New"}, branch="side")
    lab.ada.rename_file(ARCHIVE, "a.md", "b.md", "side")
    events, (first, second) = await received(lab, listener)
    assert events == [("push", None)] * 2
    assert (first["ref"], first["created"]) == ("refs/heads/side", True)
    (commit,) = first["commits"]
    assert (commit["added"], commit["modified"], commit["removed"]) == (["a.md"], ["README.md"], [])
    (commit,) = second["commits"]
    assert (commit["added"], commit["removed"]) == (["b.md"], ["a.md"])


# -- long threads


async def test_thousands_of_comments_come_by_pages(lab, listener):
    issue = lab.ada.open_issue(NOTES, "Long")
    lab.ben.fill_thread(issue, (f"Comment {n}" for n in range(2500)))
    query = """query($id: ID!, $after: String) { node(id: $id) { ... on Issue {
      comments(first: 100, after: $after) { nodes { body } pageInfo { hasNextPage endCursor } } } } }"""
    bodies, after, more = [], None, True
    while more:
        page = (await lab.graphql(query, id=issue.node_id, after=after)).body["data"]["node"]["comments"]
        bodies += [each["body"] for each in page["nodes"]]
        more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
    assert bodies == [f"Comment {n}" for n in range(2500)]
    assert listener.names == ["issues"]


async def test_many_replies_come_by_pages(lab):
    talk = lab.ada.open_discussion(NOTES, "Long")
    first = lab.ada.comment(talk, "First")
    lab.ben.fill_thread(talk, ("R" for _ in range(150)), reply_to=first)
    query = """query($id: ID!, $after: String) { node(id: $id) { ... on DiscussionComment {
      replies(first: 100, after: $after) { totalCount nodes { body } pageInfo { endCursor } } } } }"""
    page = (await lab.graphql(query, id=first.node_id)).body["data"]["node"]["replies"]
    assert (page["totalCount"], len(page["nodes"])) == (150, 100)
    after = page["pageInfo"]["endCursor"]
    page = (await lab.graphql(query, id=first.node_id, after=after)).body["data"]["node"]["replies"]
    assert len(page["nodes"]) == 50


# -- what else the plan asks for


async def test_files_history_parents_and_pages_of_things(lab):
    lab.ada.push(ARCHIVE, {"c.yml": "a: 1"}, "First")
    oid = lab.ada.push(ARCHIVE, {"c.yml": "a: 2"}, "Second")
    lab.ada.push(ARCHIVE, {"other.md": "x"}, "Third")
    issue = lab.ada.open_issue(NOTES, "Weekly")
    query = """query($owner: String!, $name: String!, $oid: GitObjectID!, $text: String!, $url: URI!) {
      repository(owner: $owner, name: $name) {
        commit: object(oid: $oid) { ... on Commit { parents(first: 1) { nodes { message } }
          file(path: "c.yml") { object { ... on Blob { text } } } gone: file(path: "none") { name }
          history(first: 9, path: "c.yml") { nodes { message } } } }
        blob: object(expression: $text) { ... on Blob { text } }
      }
      resource(url: $url) { ... on Issue { title reactionGroups { content viewerHasReacted } } }
    }"""
    asked = {"oid": oid, "text": f"{oid}:c.yml", "url": f"{lab.simulator.url}/{NOTES}/issues/{issue.number}"}
    owner, name = ARCHIVE.split("/")
    answer = (await lab.graphql(query, owner=owner, name=name, **asked)).body
    assert "errors" not in answer, answer
    commit = answer["data"]["repository"]["commit"]
    assert commit["parents"]["nodes"] == [{"message": "First"}]
    assert commit["file"]["object"]["text"] == answer["data"]["repository"]["blob"]["text"] == "a: 2"
    assert commit["gone"] is None
    assert [each["message"] for each in commit["history"]["nodes"]] == ["Second", "First"]
    assert answer["data"]["resource"]["title"] == "Weekly"
