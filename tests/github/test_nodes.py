"""GitHub's GraphQL nodes in our words, also the odd ones."""

from typing import Any

import pytest

from bot.github import nodes
from bot.github.errors import Stale
from bot.model import Branch, Repository, Revision

WHEN = "2026-11-24T14:00:00Z"
HOME = Repository("R_1", "tern-lab/planning")
ISSUE: dict[str, Any] = {
    "id": "I_1",
    "number": 7,
    "title": "Team meeting",
    "body": "Notes",
    "url": "https://github.com/tern-lab/planning/issues/7",
    "closed": False,
    "locked": False,
    "createdAt": WHEN,
    "updatedAt": WHEN,
    "lastEditedAt": None,
    "viewerDidAuthor": False,
    "author": {"__typename": "User", "login": "imani"},
    "labels": {"nodes": [{"name": "meeting-notes"}]},
    "timelineItems": {"nodes": []},
}
PULL: dict[str, Any] = {
    "id": "P_1",
    "number": 3,
    "url": "https://github.com/tern-lab/meeting-minutes/pull/3",
    "state": "MERGED",
    "title": "Minutes",
    "body": "",
    "isDraft": False,
    "viewerDidAuthor": True,
    "headRefName": "minutes/2026-11-24",
    "headRefOid": "a" * 40,
    "headRef": None,
    "files": None,
}


def labelled(name: str, by: str | None, when: str) -> dict[str, Any]:
    actor = {"__typename": "User", "login": by} if by else None
    return {"createdAt": when, "actor": actor, "label": {"name": name}}


def test_who_set_a_label_last() -> None:
    events = [
        labelled("meeting-notes", "bo", "2026-11-24T10:00:00Z"),
        None,  # an event that GitHub could not tell
        {},  # an event of another kind
        labelled("gone-again", "bo", "2026-11-24T11:00:00Z"),
        labelled("meeting-notes", "tove", "2026-11-24T12:00:00Z"),
    ]

    source = nodes.source(ISSUE | {"timelineItems": {"nodes": events}}, HOME, "issue", [])

    assert {name: by for name, (by, _) in source.labelled_by.items()} == {"meeting-notes": "tove"}


def test_deleted_users() -> None:
    events = [labelled("meeting-notes", None, WHEN)]
    node = {"id": "C_1", "body": "x", "createdAt": WHEN, "author": None, "viewerDidAuthor": False, "url": ""}

    source = nodes.source(ISSUE | {"author": None, "timelineItems": {"nodes": events}}, HOME, "issue", [node])

    assert source.author is None
    assert source.labelled_by["meeting-notes"][0] is None
    assert source.comments[0].author is None


@pytest.mark.parametrize(
    ("actor", "login"),
    [
        (None, None),
        ({"__typename": "User", "login": "imani"}, "imani"),
        ({"__typename": "Bot", "login": "dependabot"}, "dependabot[bot]"),
        ({"__typename": "Bot", "login": "dependabot[bot]"}, "dependabot[bot]"),
    ],
)
def test_no_user_can_be_taken_for_a_bot(actor: dict[str, str] | None, login: str | None) -> None:
    assert nodes.login(actor) == login


def test_a_pull_request_without_branch_commits_or_files() -> None:
    pull = nodes.pull(PULL | {"files": {"nodes": [None]}})

    assert (pull.state, pull.head, pull.revisions, pull.files) == ("merged", None, (), ())


def test_files_that_are_not_there_yet_are_not_taken_for_deleted() -> None:
    with pytest.raises(Stale):
        nodes.pull(PULL | {"files": None})


def test_the_head_of_a_pull_request_is_that_of_its_branch() -> None:
    bot = {"name": "minutes[bot]", "user": None}
    amended = {"oid": "b" * 40, "message": "Typos", "author": bot, "committer": {"name": "Imani"}}
    first = {"oid": "a" * 40, "message": "Minutes", "author": bot, "committer": None}
    target = {"oid": "b" * 40, "history": {"nodes": [amended, None, first]}}

    pull = nodes.pull(PULL | {"headRef": {"target": target}, "files": {"nodes": []}})

    assert pull.head == "b" * 40
    assert pull.revisions == (
        Revision("b" * 40, "Typos", "minutes[bot]", "Imani"),
        Revision("a" * 40, "Minutes", "minutes[bot]", ""),
    )


@pytest.mark.parametrize(
    ("author", "name"),
    [
        (None, ""),
        ({"name": "minutes[bot]", "user": None}, "minutes[bot]"),
        ({"name": "minutes[bot]", "user": {"login": "minutes"}}, "minutes[bot]"),
        ({"name": "minutes[bot]", "user": {"login": "mallory"}}, "mallory"),
        ({"name": "Imani", "user": {"login": "imani"}}, "imani"),
        ({"name": None, "user": None}, ""),
    ],
)
def test_who_made_a_commit(author: dict[str, Any] | None, name: str) -> None:
    assert nodes.commit_author({"author": author}) == name


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("refs/heads/minutes/", "2026-11-24"),
        ("refs/heads/", "minutes/2026-11-24"),
        ("refs/heads/minutes/", "minutes/2026-11-24"),
    ],
)
def test_the_name_of_a_branch_however_it_is_cut(prefix: str, name: str) -> None:
    node = {"prefix": prefix, "name": name, "target": {"oid": "a", "message": "m"}}

    assert nodes.branch(node) == Branch("minutes/2026-11-24", "a", "m")


@pytest.mark.parametrize(
    ("blob", "text"),
    [
        (None, None),
        ({}, None),  # not a blob: a folder stands at that path
        ({"text": "a\r\n", "isBinary": False, "isTruncated": False}, "a\r\n"),
        ({"text": None, "isBinary": True, "isTruncated": False}, None),
        ({"text": "the first half", "isBinary": None, "isTruncated": True}, None),
        ({"text": "", "isBinary": None, "isTruncated": False}, ""),
    ],
)
def test_texts(blob: dict[str, Any] | None, text: str | None) -> None:
    assert nodes.text(blob) == text
