"""What each event leads to, as data; and that no payload whatever makes the reader raise."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import (
    AnyRequest,
    CalendarRequest,
    ConfigCheckRequest,
    FilesRequest,
    InstallationRequest,
    LinksRequest,
    ReconcileRequest,
    UninstallRequest,
)
from bot.service.events import READERS, Ignored, read, wanted
from bot.state import PullState, embed_state
from tests.service.conftest import labelled
from tests.service.event_payloads import GONE, MINUTES_PULL, STATE, UPDATED, without

HERE = ReconcileRequest(77, "hill-lab/notes", 12, as_new_as=UPDATED)


THERE = replace(HERE, kind="discussion")


DISCUSSED = replace(GONE, kind="discussion")


CALENDAR = CalendarRequest(77, "hill-lab/notes")


IN_FORCE = CalendarRequest(77, "hill-lab/notes", head="c" * 40)


CHECKED = ConfigCheckRequest(77, "hill-lab/notes", "c" * 40)


PATH, OTHER = "2026/2026-08-18.md", "2026/2026-08-25.md"
OURS = f"Links\n\nMinutes-File: {PATH}@{'a' * 40}\nMinutes-File: {OTHER}@{'b' * 40}"
FILES = FilesRequest(77, "hill-lab/notes", "c" * 40, (PATH,))
LINKS = LinksRequest(77, "hill-lab/notes", head="c" * 40)
ALL = InstallationRequest(77)


def discussed(**changes: Any) -> dict[str, Any]:
    """Invent an event of a discussion; as in the official examples its labels are not told."""
    discussion = {"number": 12, "updated_at": "2026-08-18T14:00:00Z", "category": {"name": "General"}}
    return without("issue") | {"discussion": discussion} | changes


def on_pull(body: str, state: PullState = STATE, by: str = "Bot") -> dict[str, Any]:
    """Invent a comment in the conversation of a pull request."""
    text = embed_state(state, "Minutes of **Tuesday**")
    issue = {"number": 41, "labels": [], "pull_request": {"url": "x"}, "user": {"type": by}, "body": text}
    return without(action="created", issue=issue, comment={"body": body})


def pushed(*commits: Any, branch: str = "topic") -> dict[str, Any]:
    """Invent a push; it has no action."""
    return without("action") | {
        "ref": f"refs/heads/{branch}",
        "after": "c" * 40,
        "commits": list(commits),
        "repository": {"full_name": "hill-lab/notes", "default_branch": "trunk"},
    }


def pressed(summary: str, branch: str | None = "topic") -> dict[str, Any]:
    """Invent the event of a button of a check run with this summary."""
    suite = {"head_branch": branch}
    run = {"head_sha": "c" * 40, "output": {"summary": summary}, "check_suite": suite}
    return without(action="requested_action", check_run=run)


def installed(action: str, **changes: Any) -> dict[str, Any]:
    """Invent an event of an installation; it has no repository."""
    return {
        "action": action,
        "installation": {"id": 77},
        "sender": {"login": "ada", "type": "User"},
    } | changes


def changed(action: str, **changes: Any) -> dict[str, Any]:
    """Invent an event of a repository."""
    return without("issue", action=action, changes=changes)


def marked(state: PullState, action: str = "closed", by: str = "Bot") -> dict[str, Any]:
    """Invent an event of a pull request whose text has a mark."""
    body = embed_state(state, "Minutes of **Tuesday**")
    return without(action=action, pull_request={"number": 41, "user": {"type": by}, "body": body})


CASES = [
    *[
        ("issues", without(action=action), HERE)
        for action in ("edited", "labeled", "unlabeled", "closed", "reopened")
    ],
    *[("issues", without(action=action), GONE) for action in ("deleted", "transferred")],
    *[("issue_comment", without(action=action, comment={"id": 1}), HERE) for action in ("created", "edited")],
    ("issues", without(action="pinned"), Ignored("action")),
    ("issue_comment", without(action="deleted", comment={"id": 1}), Ignored("action")),
    *[
        (
            "issues",
            without(action=action, issue={"number": 12, "labels": [], "comments": 0}),
            Ignored("label"),
        )
        for action in ("edited", "closed", "reopened")
    ],
    *[
        ("issues", without(action=action, issue={"number": 12, "labels": [], "comments": comments}), GONE)
        for comments, action in [
            (0, "deleted"),
            (0, "transferred"),
            (0, "unlabeled"),  # a label that was deleted
            (1, "edited"),  # it may be notes since `/minutes`
            (1, "closed"),
            (None, "edited"),
        ]
    ],
    # a command makes an issue without labels notes
    *[
        (
            "issue_comment",
            without(action="created", issue={"number": 12, "labels": []}, comment={"body": body}),
            expected,
        )
        for body, expected in [
            ("/minutes", GONE),
            ("Thanks!\r\n  /Minutes preview\r\n", GONE),
            ("see docs/minutes and /minuteshop", Ignored("label")),
            ("> /minutes", Ignored("label")),
            (None, Ignored("label")),
        ]
    ],
    # one that moved is looked at where it is now
    (
        "issues",
        without(
            action="transferred",
            changes={"new_issue": {"number": 3}, "new_repository": {"full_name": "hill-lab/other"}},
        ),
        ReconcileRequest(77, "hill-lab/other", 3),
    ),
    (
        "issues",
        without(action="transferred", changes={"new_issue": 3, "new_repository": {"full_name": "../x"}}),
        GONE,
    ),
    *[
        ("discussion", discussed(action=action), THERE)
        for action in ("created", "edited", "unlabeled", "closed", "reopened", "category_changed")
    ],
    ("discussion", discussed(action="labeled"), replace(THERE, labelled_by="ada")),
    ("discussion", discussed(action="labeled", sender={}), THERE),
    ("discussion", discussed(action="deleted"), replace(THERE, as_new_as=None)),
    ("discussion", discussed(action="answered"), Ignored("action")),
    ("discussion", discussed(action="created", sender={"type": "Bot"}), Ignored("bot")),
    ("discussion", discussed(action="created", discussion=None), Ignored("payload")),
    (
        "discussion",
        discussed(
            action="transferred",
            changes={"new_discussion": {"number": 3}, "new_repository": {"full_name": "hill-lab/other"}},
        ),
        ReconcileRequest(77, "hill-lab/other", 3, "discussion"),
    ),
    *[
        ("discussion_comment", discussed(action=action, comment={"body": "yes"}), THERE)
        for action in ("created", "edited")
    ],
    ("discussion_comment", discussed(action="deleted", comment={"body": "yes"}), Ignored("action")),
    # commands in the conversation of a minutes pull request
    ("issue_comment", on_pull("/minutes accept"), GONE),
    (
        "issue_comment",
        on_pull("/minutes accept", state=PullState("hill-lab/notes#12", "discussion")),
        DISCUSSED,
    ),
    ("issue_comment", on_pull("Well done!"), Ignored("pull request")),
    ("issue_comment", on_pull("/minutes accept", by="User"), Ignored("source")),
    ("issue_comment", on_pull("/minutes accept", state=PullState("~0123456789abcdef")), Ignored("source")),
    *[("push", pushed({name: [".github/minutes.yml"]}), CHECKED) for name in ("added", "modified")],
    ("push", pushed({"removed": [".github/minutes.yml"]}), Ignored("files")),
    # in the default branch it is in force, and the calendar may be another one
    *[
        ("push", pushed({name: [".github/minutes.yml"]}, branch="trunk"), (CHECKED, IN_FORCE))
        for name in ("added", "modified")
    ],
    ("push", pushed({"removed": [".github/minutes.yml"]}, branch="trunk"), IN_FORCE),
    (
        "push",
        pushed({"removed": [".github/minutes.yml"]}, {"added": [".github/minutes.yml"]}, branch="trunk"),
        (CHECKED, IN_FORCE),
    ),
    ("push", pushed({"modified": ["README.md"]}, branch="trunk"), Ignored("files")),
    # minutes of people: they are checked, and others may have to link them
    ("push", pushed({"modified": [PATH]}), (FILES,)),
    ("push", pushed({"modified": [PATH]}, branch="trunk"), (FILES,)),
    ("push", pushed({"added": [PATH, "README.md"]}, branch="trunk"), (LINKS, FILES)),
    ("push", pushed({"removed": [PATH]}, branch="trunk"), (LINKS,)),
    ("push", pushed({"removed": [PATH]}), Ignored("files")),
    ("push", pushed({"added": [PATH]}, branch="minutes/2026-08-18"), Ignored("files")),
    ("push", pushed({"added": ["plan.md", "2026.txt", 7]}, branch="trunk"), Ignored("files")),
    (
        "push",
        pushed({"added": [PATH], "modified": [OTHER], "message": OURS}, branch="trunk"),
        Ignored("files"),
    ),
    ("check_run", pressed(f'x\n\n<!-- minutes-files ["{PATH}"] -->'), replace(FILES, branch="topic")),
    ("check_run", pressed("All is well"), Ignored("payload")),
    ("check_run", pressed("<!-- minutes-files [7, {}] -->"), Ignored("payload")),
    ("check_run", pressed("<!-- minutes-files [ -->"), Ignored("payload")),
    ("check_run", pressed(f'<!-- minutes-files ["{PATH}"] -->', branch=None), Ignored("payload")),
    # whatever may have brought or moved an archive
    *[
        ("installation", installed(action), ALL)
        for action in ("created", "unsuspend", "new_permissions_accepted")
    ],
    *[("installation", installed(action), UninstallRequest(77)) for action in ("deleted", "suspend")],
    ("installation", installed("created", installation={}), Ignored("installation")),
    ("installation_repositories", installed("added"), ALL),
    ("installation_repositories", installed("removed"), Ignored("action")),
    *[("repository", changed(action), ALL) for action in ("renamed", "transferred", "unarchived")],
    ("repository", changed("edited", default_branch={"from": "master"}), ALL),
    ("repository", changed("edited", description={"from": "Notes"}), Ignored("action")),
    ("repository", changed("publicized"), Ignored("action")),
    ("repository", installed("renamed"), Ignored("payload")),
    # the pull request of a meeting of the calendar
    *[
        ("pull_request", marked(state, action), expected)
        for action in ("closed", "reopened")
        for state, expected in [
            (PullState("", series="weekly"), CALENDAR),
            (PullState("hill-lab/notes#12", series="weekly"), (GONE, CALENDAR)),
            (PullState("~0123456789abcdef", series="weekly"), CALENDAR),
        ]
    ],
    ("pull_request", marked(PullState("", series="weekly"), "synchronize"), Ignored("source")),
    ("pull_request", marked(PullState("hill-lab/notes#12", series="weekly"), "synchronize"), GONE),
    ("pull_request", marked(PullState("", series="weekly"), by="User"), Ignored("source")),
    ("issue_comment", on_pull("/minutes skip 2026-08-25", state=PullState("", series="weekly")), CALENDAR),
    (
        "issue_comment",
        on_pull("/minutes accept", state=PullState("hill-lab/notes#12", series="weekly")),
        GONE,
    ),
    ("issue_comment", on_pull("Well done!", state=PullState("", series="weekly")), Ignored("pull request")),
    ("push", pushed({"modified": None}, None, 3), Ignored("files")),
    ("push", pushed({"added": [".github/minutes.yml"]}) | {"after": "0" * 40}, Ignored("payload")),
    ("push", pushed({"added": [".github/minutes.yml"]}) | {"after": "main"}, Ignored("payload")),
    ("issues", without(action="edited", issue={"number": 12, "labels": [{"name": "bug"}]}), GONE),
    ("issues", without("action"), Ignored("action")),
    ("issues", without(action=["labeled"]), Ignored("action")),
    ("push", without(), Ignored("payload")),
    ("", without(), Ignored("event")),
    ("issues", without("installation"), Ignored("installation")),
    ("issues", without(installation={"id": "77"}), Ignored("installation")),
    ("issues", without(installation={"id": True}), Ignored("installation")),
    ("issues", without(installation={"id": 2**80}), Ignored("installation")),
    ("issues", without(sender={"login": "minutes-bot[bot]", "type": "Bot"}), Ignored("bot")),
    ("issues", without("sender"), HERE),
    ("issues", without("issue"), Ignored("payload")),
    ("issues", without("issue", "number"), Ignored("payload")),
    ("issues", without("repository"), Ignored("payload")),
    ("issues", without(repository={"full_name": "../../etc"}), Ignored("payload")),
    ("issues", without(repository={"full_name": 'a/b") { id }'}), Ignored("payload")),
    ("issues", without("issue", "updated_at"), GONE),
    ("issues", without(issue={"number": 12, "updated_at": "yesterday"}), GONE),
    ("issues", without(issue={"number": 12, "updated_at": "0001-01-01T00:00:00+14:00"}), GONE),
    ("issues", without(issue={"number": 12, "updated_at": "2026-08-18T16:00:00.000+02:00"}), HERE),
    ("issues", without(issue={"number": 12, "pull_request": {"url": "x"}}), Ignored("pull request")),
    ("issues", None, Ignored("payload")),
    ("issues", [labelled()], Ignored("payload")),
    ("pull_request", without(action="closed", pull_request=MINUTES_PULL), GONE),
    ("pull_request", without(action="reopened", pull_request=MINUTES_PULL), GONE),
    # an automatic merge is done by a bot, and matters
    ("pull_request", without(action="closed", pull_request=MINUTES_PULL, sender={"type": "Bot"}), GONE),
    ("pull_request", without(action="synchronize", pull_request=MINUTES_PULL), GONE),
    # our own commit
    (
        "pull_request",
        without(action="synchronize", pull_request=MINUTES_PULL, sender={"type": "Bot"}),
        Ignored("bot"),
    ),
    ("pull_request", without(action="opened", pull_request=MINUTES_PULL), Ignored("action")),
    (
        "pull_request",
        without(action="closed", pull_request=MINUTES_PULL | {"user": {"login": "eve", "type": "User"}}),
        Ignored("source"),
    ),
    (
        "pull_request",
        without(action="closed", pull_request={"user": {"type": "Bot"}, "body": "Fix a typo"}),
        Ignored("source"),
    ),
    (
        "pull_request",
        without(action="closed", pull_request={"user": {"type": "Bot"}, "body": None}),
        Ignored("source"),
    ),
    *[
        (
            "pull_request",
            without(action="closed", pull_request={"user": {"type": "Bot"}, "body": body}),
            Ignored("source"),
        )
        for body in (
            '<!-- minutes-bot {"source": ' + "[" * 60_000 + "} -->",
            '<!-- minutes-bot {"source": 12} -->',
            "<!-- minutes-bot {" * 3_500,
        )
    ],
    (  # the account has another name by now
        "pull_request",
        without(
            action="closed",
            pull_request=MINUTES_PULL | {"body": embed_state(PullState("other-lab/notes#12"), "")},
        ),
        ReconcileRequest(77, "hill-lab/notes", 12),
    ),
    *[
        (
            "pull_request",
            without(action="closed", pull_request=MINUTES_PULL | {"body": embed_state(state, "")}),
            Ignored("source"),
        )
        for state in map(
            PullState,
            [
                "",
                "hill-lab/..#1",
                "hill-lab/notes",
                "a/b#0",
                "#12",
                "a/b#12 or so",
                "a/b#" + "9" * 30,
            ],
        )
    ],
]


@pytest.mark.parametrize(("event", "payload", "expected"), CASES)
def test_what_an_event_leads_to(
    event: str, payload: Any, expected: AnyRequest | tuple[AnyRequest, ...] | Ignored
) -> None:
    assert read(event, payload) == (expected if isinstance(expected, Ignored | tuple) else (expected,))


def test_only_events_that_can_lead_to_a_look_are_wanted() -> None:
    assert wanted("issues", b"{}")
    assert not wanted("watch", b"{}")
    assert not wanted("push", b'{"modified": ["README.md"]}')
    assert wanted("push", b'{"modified": [".github\\/minutes.yml"]}')


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


field = st.sampled_from(
    [
        "action",
        "issue",
        "repository",
        "installation",
        "sender",
        "pull_request",
        "comment",
        "discussion",
        "changes",
        "commits",
        "after",
    ]
)


@given(st.sampled_from([*READERS, "ping"]), st.dictionaries(field, json), st.sets(field))
def test_no_payload_makes_it_raise(event: str, odd: dict[str, Any], whole: set[str]) -> None:
    payload = odd | {key: value for key, value in labelled().items() if key in whole}

    found = read(event, payload)

    assert isinstance(found, Ignored) or all(isinstance(look, AnyRequest) for look in found)
    assert found
