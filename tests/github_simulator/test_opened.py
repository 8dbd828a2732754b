"""What an app creates itself: issues, discussions, labels; how it finds and edits them, and the webhooks."""

import json
from datetime import timedelta

import pytest

from github_simulator import discussions
from tests.github_simulator.conftest import ARCHIVE, NOTES

OPEN = """mutation($issue: CreateIssueInput!) {
  createIssue(input: $issue) { issue {
    id number title body url viewerDidAuthor createdAt updatedAt lastEditedAt closed locked
    author { login } labels(first: 9) { nodes { name } } repository { nameWithOwner }
  } }
}"""
EDIT = """mutation($issue: UpdateIssueInput!) {
  updateIssue(input: $issue) { issue { title body closed labels(first: 9) { nodes { name } } } }
}"""
START = """mutation($talk: CreateDiscussionInput!) {
  createDiscussion(input: $talk) { discussion {
    id number title body viewerDidAuthor category { name } author { login }
  } }
}"""
REWRITE = """mutation($talk: UpdateDiscussionInput!) {
  updateDiscussion(input: $talk) { discussion { title body lastEditedAt category { name } } }
}"""
LABEL = """mutation($label: CreateLabelInput!) { createLabel(input: $label) { label { id name color } } }"""
SET = """mutation($id: ID!, $labels: [ID!]!) {
  addLabelsToLabelable(input: {labelableId: $id, labelIds: $labels}) { labelable { __typename } }
}"""
LISTED = """query($labels: [String!], $states: [IssueState!]) {
  repository(owner: "hill-lab", name: "meeting-minutes") {
    issues(first: 50, labels: $labels, states: $states, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes { title viewerDidAuthor }
    }
  }
}"""
TALKS = """query($order: DiscussionOrder!, $category: ID, $states: [DiscussionState!]) {
  repository(owner: "hill-lab", name: "meeting-minutes") {
    discussionCategories(first: 50) { nodes { id name } }
    label(name: "Agenda") { id name }
    discussions(first: 50, orderBy: $order, categoryId: $category, states: $states) {
      nodes { title viewerDidAuthor labels(first: 9) { nodes { name } } }
    }
  }
}"""
BY_DATE = {"field": "CREATED_AT", "direction": "DESC"}


@pytest.fixture
def lab(lab):
    lab.simulator.world.installations[lab.installation].permissions["discussions"] = "write"
    lab.app.events += ["discussion"]
    lab.token = lab.mint()
    return lab


@pytest.fixture
def category(lab):
    return discussions.create_category(lab.simulator.world, lab.archive, "Meetings")


async def done(lab, text, **variables):
    """Send a mutation or query that must succeed; return the payload of its first field."""
    answer = await lab.graphql(text, **variables)
    assert "errors" not in answer.body, answer.body
    (payload,) = answer.body["data"].values()
    return payload


async def refused(lab, text, **variables):
    """Send a mutation that must be refused; return type and message."""
    (error,) = (await lab.graphql(text, **variables)).body["errors"]
    return error["type"], error["message"]


async def made_label(lab, name="agenda"):
    label = {"repositoryId": lab.archive.node_id, "name": name, "color": "c5def5"}
    return (await done(lab, LABEL, label=label))["label"]["id"]


def an_issue(lab, **more):
    return {"repositoryId": lab.archive.node_id, "title": "Agenda", "body": "- [ ] Roof", **more}


def a_talk(lab, category, **more):
    return {"repositoryId": lab.archive.node_id, "categoryId": category.node_id, "title": "Agenda",
            "body": "- Roof", **more}  # fmt: skip


async def test_an_issue_with_labels_and_all_that_is_told(lab, listener):
    label = await made_label(lab)
    issue = (await done(lab, OPEN, issue=an_issue(lab, labelIds=[label])))["issue"]
    assert issue["viewerDidAuthor"] is True
    assert (issue["author"]["login"], issue["body"], issue["closed"]) == ("minutes", "- [ ] Roof", False)
    assert issue["labels"]["nodes"] == [{"name": "agenda"}]
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    assert [each["action"] for each in payloads] == ["opened", "labeled"]
    assert {each["sender"]["login"] for each in payloads} == {"minutes[bot]"}
    assert payloads[1]["label"]["name"] == "agenda"


async def test_an_issue_is_edited_labelled_and_closed(lab):
    issue = (await done(lab, OPEN, issue=an_issue(lab)))["issue"]["id"]
    label = await made_label(lab)
    change = {"id": issue, "body": "- [x] Roof", "labelIds": [label], "state": "CLOSED"}
    assert (await done(lab, EDIT, issue=change))["issue"] == {
        "title": "Agenda", "body": "- [x] Roof", "closed": True, "labels": {"nodes": [{"name": "agenda"}]},
    }  # fmt: skip
    assert (await done(lab, EDIT, issue={"id": issue, "labelIds": []}))["issue"]["labels"]["nodes"] == []


async def test_a_label_of_another_repository_is_not_there(lab):
    lab.ada.open_issue(NOTES, "X", labels=("agenda",))
    label = lab.simulator.world.repository(*NOTES.split("/")).labels["agenda"].node_id
    assert (await refused(lab, OPEN, issue=an_issue(lab, labelIds=[label])))[0] == "NOT_FOUND"
    assert lab.archive.threads == {}


@pytest.mark.parametrize(
    ("permissions", "right"), [({"issues": "read"}, "issues"), ({"discussions": "read"}, "discussions")]
)
async def test_without_the_permission_nothing_is_opened(lab, category, permissions, right):
    lab.token = lab.mint(permissions)
    document = OPEN if right == "issues" else START
    given = {"issue": an_issue(lab)} if right == "issues" else {"talk": a_talk(lab, category)}
    assert await refused(lab, document, **given) == ("FORBIDDEN", "Resource not accessible by integration")


async def test_what_would_be_left_out_silently_fails_loudly(lab):
    answer = await lab.graphql(OPEN, issue=an_issue(lab, milestoneId="M_1"))
    assert "milestoneId" in answer.body["errors"][0]["message"]
    lab.broke("milestoneId")


async def test_a_discussion_and_what_is_told(lab, category, listener):
    talk = (await done(lab, START, talk=a_talk(lab, category)))["discussion"]
    assert talk["viewerDidAuthor"] is True
    assert (talk["author"]["login"], talk["category"]["name"]) == ("minutes", "Meetings")
    label = await made_label(lab)
    assert (await done(lab, SET, id=talk["id"], labels=[label]))["labelable"]["__typename"] == "Discussion"
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    assert [each["action"] for each in payloads] == ["created", "labeled"]
    assert payloads[0]["sender"]["login"] == "minutes[bot]"


async def test_a_discussion_is_rewritten_and_moved(lab, category):
    talk = (await done(lab, START, talk=a_talk(lab, category)))["discussion"]["id"]
    other = discussions.create_category(lab.simulator.world, lab.archive, "Ideas")
    change = {"discussionId": talk, "body": "- Boat", "categoryId": other.node_id}
    shown = (await done(lab, REWRITE, talk=change))["discussion"]
    assert (shown["title"], shown["body"], shown["category"]["name"]) == ("Agenda", "- Boat", "Ideas")
    assert shown["lastEditedAt"] is not None


async def test_a_category_of_another_repository_is_not_there(lab):
    lab.ada.open_discussion(NOTES, "X", category="Meetings")
    elsewhere = lab.simulator.world.repository(*NOTES.split("/")).categories["meetings"]
    assert (await refused(lab, START, talk=a_talk(lab, elsewhere)))[0] == "NOT_FOUND"


async def test_where_discussions_are_off_there_are_none(lab, category):
    await done(lab, START, talk=a_talk(lab, category))
    lab.archive.has_discussions = False
    assert "disabled" in (await refused(lab, START, talk=a_talk(lab, category)))[1]
    shown = await done(lab, TALKS, order=BY_DATE)
    assert (shown["discussions"]["nodes"], shown["discussionCategories"]["nodes"]) == ([], [])


async def test_issues_are_listed_by_label_and_state_and_by_who_wrote_them(lab):
    label = await made_label(lab)
    await done(lab, OPEN, issue=an_issue(lab, labelIds=[label], title="Ours"))
    lab.ada.open_issue(ARCHIVE, "Theirs", labels=("agenda",))
    lab.ada.open_issue(ARCHIVE, "Plain")
    lab.ada.close(lab.ada.open_issue(ARCHIVE, "Done", labels=("agenda",)))
    shown = await done(lab, LISTED, labels=["agenda"], states=["OPEN"])
    assert shown["issues"]["nodes"] == [
        {"title": "Theirs", "viewerDidAuthor": False}, {"title": "Ours", "viewerDidAuthor": True},
    ]  # fmt: skip
    everything = (await done(lab, LISTED))["issues"]["nodes"]
    assert [each["title"] for each in everything] == ["Done", "Plain", "Theirs", "Ours"]


async def test_discussions_are_listed_by_date_category_and_state(lab, category):
    await done(lab, START, talk=a_talk(lab, category, title="Ours"))
    lab.simulator.clock.advance(timedelta(minutes=1))
    theirs = lab.ada.open_discussion(ARCHIVE, "Theirs", category="General", labels=("agenda",))
    shown = await done(lab, TALKS, order=BY_DATE)
    assert [(each["title"], each["viewerDidAuthor"]) for each in shown["discussions"]["nodes"]] == [
        ("Theirs", False), ("Ours", True),
    ]  # fmt: skip
    assert {each["name"] for each in shown["discussionCategories"]["nodes"]} == {"Meetings", "General"}
    assert shown["label"]["name"] == "agenda"
    lab.ada.close(theirs)
    opened = (await done(lab, TALKS, order=BY_DATE, states=["OPEN"]))["discussions"]["nodes"]
    assert [each["title"] for each in opened] == ["Ours"]
    general = theirs.category.node_id
    inside = (await done(lab, TALKS, order=BY_DATE, category=general))["discussions"]["nodes"]
    assert [each["title"] for each in inside] == ["Theirs"]


async def test_the_same_by_rest(lab):
    label = {"name": "agenda", "color": "c5def5", "description": "To talk about"}
    assert (await lab.rest("POST", f"/repos/{ARCHIVE}/labels", label)).status == 201
    again = await lab.rest("POST", f"/repos/{ARCHIVE}/labels", {**label, "name": "AGENDA"})
    assert (again.status, again.body["errors"][0]["code"]) == (422, "already_exists")
    body = {"title": "Agenda", "body": "- Roof", "labels": ["agenda"]}
    made = await lab.rest("POST", f"/repos/{ARCHIVE}/issues", body)
    assert (made.status, made.body["user"]["login"]) == (201, "minutes[bot]")
    edited = await lab.rest("PATCH", f"/repos/{ARCHIVE}/issues/{made.body['number']}", {"body": "- Boat"})
    assert edited.body["body"] == "- Boat"


async def test_rest_lists_by_label_state_creator_and_order(lab):
    for title in ("A", "B"):
        await lab.rest("POST", f"/repos/{ARCHIVE}/issues", {"title": title, "labels": ["agenda"]})
        lab.simulator.clock.advance(timedelta(minutes=1))
    lab.ada.open_issue(ARCHIVE, "C", labels=("agenda",))
    lab.ada.comment(lab.archive.threads[1], "Hello")

    async def listed(query):
        answer = await lab.rest("GET", f"/repos/{ARCHIVE}/issues?{query}")
        return [each["title"] for each in answer.body]

    assert await listed("labels=agenda&state=open") == ["C", "B", "A"]
    assert await listed("labels=agenda&creator=minutes%5Bbot%5D&direction=asc") == ["A", "B"]
    assert await listed("state=all&sort=comments") == ["A", "C", "B"]
    assert (await lab.rest("GET", f"/repos/{ARCHIVE}/issues?assignee=ada")).status == 501
    lab.broke("assignee")


async def test_an_app_may_make_a_label_with_either_permission_and_not_without(lab):
    label = {"name": "agenda", "color": "c5def5"}
    for permission, status in (("contents", 403), ("pull_requests", 201)):
        lab.token = lab.mint({permission: "write"})
        assert (await lab.rest("POST", f"/repos/{ARCHIVE}/labels", label)).status == status
