"""Discussions: what people and the app do there, the webhooks of it, what GraphQL returns."""

import json

import pytest

from tests.github_simulator.conftest import NOTES

THREAD = """query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    discussionCategories(first: 9) { nodes { name slug emoji } }
    discussion(number: $number) {
      id title closed locked category { name slug emoji } labels(first: 9) { nodes { name } }
      lastEditedAt editor { __typename login } url
      comments(first: 50) { totalCount nodes { id body viewerDidAuthor author { login } deletedAt isMinimized
        replies(first: 50) { nodes { id body replyTo { id } editor { login } } } } }
    }
  }
}"""
COMMENT = """mutation($to: ID!, $body: String!, $reply: ID) {
  addDiscussionComment(input: {discussionId: $to, body: $body, replyToId: $reply}) { comment { id body } }
}"""
EDIT = """mutation($id: ID!, $body: String!) {
  updateDiscussionComment(input: {commentId: $id, body: $body}) { comment { body } }
}"""
DELETE = "mutation($id: ID!) { deleteDiscussionComment(input: {id: $id}) { comment { id } } }"


@pytest.fixture
def lab(lab):
    installation = lab.simulator.world.installations[lab.installation]
    installation.permissions["discussions"] = "write"
    lab.app.events += ["discussion", "discussion_comment"]
    lab.token = lab.mint()
    return lab


async def seen(lab, discussion, by=None):
    owner, name = discussion.repository.full_name.split("/")
    answer = await lab.graphql(THREAD, by, owner=owner, name=name, number=discussion.number)
    assert "errors" not in answer.body, answer.body
    return answer.body["data"]["repository"]["discussion"]


async def test_it_is_read_with_comments_and_replies(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly", "Notes", "Meetings", labels=("meeting-notes",))
    first = lab.ben.comment(talk, "Was there")
    lab.ada.comment(talk, "Noted", reply_to=first)
    lab.ada.edit(talk, body="More notes")
    shown = await seen(lab, talk)
    assert shown["category"] == {"name": "Meetings", "slug": "meetings", "emoji": ":date:"}
    assert [each["name"] for each in shown["labels"]["nodes"]] == ["meeting-notes"]
    assert shown["editor"] == {"__typename": "User", "login": "ada"}
    (comment,) = shown["comments"]["nodes"]
    assert comment["body"] == "Was there"
    (reply,) = comment["replies"]["nodes"]
    assert (reply["body"], reply["replyTo"]["id"]) == ("Noted", comment["id"])


async def test_the_app_writes_edits_and_deletes_what_it_wrote(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly")
    made = (await lab.graphql(COMMENT, to=talk.node_id, body="Status")).body["data"]["addDiscussionComment"]
    await lab.graphql(EDIT, id=made["comment"]["id"], body="Status 2")
    (comment,) = (await seen(lab, talk))["comments"]["nodes"]
    assert (comment["body"], comment["viewerDidAuthor"], comment["author"]["login"]) == (
        "Status 2", True, "minutes"
    )  # fmt: skip
    await lab.graphql(DELETE, id=comment["id"])
    assert (await seen(lab, talk))["comments"]["nodes"] == []


async def test_the_app_closes_it(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly", "Notes", "Meetings")
    close = "mutation($id: ID!) { closeDiscussion(input: {discussionId: $id}) { discussion { closed } } }"
    answer = await lab.graphql(close, id=talk.node_id)
    assert answer.body["data"]["closeDiscussion"]["discussion"]["closed"]
    assert (talk.state, talk.state_reason) == ("closed", "resolved")


async def test_no_reply_to_a_reply(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly")
    reply = lab.ada.comment(talk, "B", reply_to=lab.ada.comment(talk, "A"))
    answer = await lab.graphql(COMMENT, to=talk.node_id, body="C", reply=reply.node_id)
    assert "already in a thread" in answer.body["errors"][0]["message"]


async def test_a_deleted_comment_with_replies_keeps_their_place(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly")
    first = lab.ben.comment(talk, "Sorry")
    lab.ada.comment(talk, "What?", reply_to=first)
    lab.ben.delete_comment(first)
    (comment,) = (await seen(lab, talk))["comments"]["nodes"]
    assert (comment["body"], comment["deletedAt"] is None) == ("", False)
    assert [each["body"] for each in comment["replies"]["nodes"]] == ["What?"]


async def test_an_app_without_the_permission_only_reads(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly")
    lab.token = lab.mint({"issues": "write"})
    answer = await lab.graphql(COMMENT, to=talk.node_id, body="Status")
    assert answer.body["errors"][0]["type"] == "FORBIDDEN"


async def test_everything_is_told(lab, listener):
    talk = lab.ada.open_discussion(NOTES, "Weekly", "Notes")
    lab.ada.label(talk, "meeting-notes")
    lab.ada.edit(talk, "Monthly", "More")
    lab.ada.move_to_category(talk, "Ideas")
    comment = lab.ben.comment(talk, "Hello")
    reply = lab.ada.comment(talk, "Hi", reply_to=comment)
    lab.ada.edit_comment(comment, "Hello, Ada")
    lab.ada.delete_comment(reply)
    lab.ada.unlabel(talk, "meeting-notes")
    lab.ada.close(talk)
    lab.ada.reopen(talk)
    lab.ada.lock(talk)
    lab.ada.unlock(talk)
    lab.ada.delete(talk)
    await lab.simulator.idle()
    payloads = [json.loads(body) for _, body in listener.came]
    assert [(name, each["action"]) for name, each in zip(listener.names, payloads, strict=True)] == [
        ("discussion", "created"), ("discussion", "labeled"), ("discussion", "edited"),
        ("discussion", "category_changed"), ("discussion_comment", "created"),
        ("discussion_comment", "created"), ("discussion_comment", "edited"),
        ("discussion_comment", "deleted"), ("discussion", "unlabeled"), ("discussion", "closed"),
        ("discussion", "reopened"), ("discussion", "locked"), ("discussion", "unlocked"),
        ("discussion", "deleted"),
    ]  # fmt: skip
    assert (payloads[1]["label"]["name"], payloads[1]["sender"]["login"]) == ("meeting-notes", "ada")
    assert payloads[2]["changes"] == {"title": {"from": "Weekly"}, "body": {"from": "Notes"}}
    assert payloads[3]["changes"]["category"]["from"]["name"] == "General"
    assert (payloads[4]["comment"]["parent_id"], payloads[5]["comment"]["parent_id"]) == (None, comment.id)
    assert payloads[6]["changes"] == {"body": {"from": "Hello"}}


async def test_a_locked_one_refuses_the_app(lab):
    talk = lab.ada.open_discussion(NOTES, "Weekly")
    lab.ada.lock(talk)
    answer = await lab.graphql(COMMENT, to=talk.node_id, body="Status")
    assert answer.body["errors"][0]["type"] == "FORBIDDEN"
    assert (await seen(lab, talk))["locked"] is True
