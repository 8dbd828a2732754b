"""What is remembered of issues that are none of the bot's."""

from dataclasses import replace
from typing import Any

import pytest

from bot.service.events import Ignored, read
from tests.service.event_payloads import GONE, MINUTES_PULL, UPDATED, without


class Known:
    """A memory: which label matters, and an issue of three comments that is no notes."""

    def matters(self, repository: str, label: str) -> bool:
        return (repository, label) == ("hill-lab/notes", "meeting-notes")

    def is_known(self, repository: str, number: int, comments: int) -> bool:
        return (repository, number, comments) == ("hill-lab/notes", 12, 3)


def tagged(*labels: str, comments: int = 0, **changes: Any) -> dict[str, Any]:
    """Invent an event of an issue with these labels."""
    names = [{"name": label} for label in labels]
    return without(issue={"number": 12, "labels": names, "comments": comments}) | changes


BUG = {"label": {"name": "bug"}}


YES = {"comment": {"body": "Yes"}}


@pytest.mark.parametrize(
    ("event", "payload", "expected"),
    [
        ("issues", tagged("bug", action="labeled", **BUG), Ignored("label")),
        ("issues", tagged("bug", action="edited"), Ignored("label")),
        ("issues", tagged("bug", "meeting-notes", action="edited"), GONE),
        ("issues", tagged("meeting-notes", action="unlabeled", **BUG), GONE),
        ("issues", tagged("bug", action="unlabeled", label={"name": "meeting-notes"}), GONE),
        ("issues", tagged("bug", action="unlabeled"), GONE),
        ("issues", tagged("bug", action="transferred"), GONE),
        ("issues", tagged("bug", comments=3, action="closed"), Ignored("label")),
        ("issues", tagged("bug", comments=5, action="closed"), GONE),  # one of them may be a command
        (
            "issue_comment",
            tagged("bug", comments=5, action="created", comment={"body": "Yes"}),
            Ignored("label"),
        ),
        (
            "issue_comment",
            tagged("bug", comments=3, action="edited", comment={"body": "Yes"}),
            Ignored("label"),
        ),
        ("issue_comment", tagged("bug", comments=5, action="edited", **YES), GONE),
        ("issue_comment", tagged("bug", comments=3, action="created", comment={"body": "/minutes"}), GONE),
    ],
)
def test_an_issue_that_is_known_to_be_none_of_ours_is_passed_over(
    event: str, payload: dict[str, Any], expected: Any
) -> None:
    assert read(event, payload, Known()) == (expected if isinstance(expected, Ignored) else (expected,))


@pytest.mark.parametrize("event", ["pull_request", "issue_comment"])
def test_a_look_knows_how_new_the_pull_request_is(event: str) -> None:
    pull = {**MINUTES_PULL, "updated_at": "2026-08-18T14:00:00Z"}
    payload = without("issue", action="closed", pull_request=pull)
    if event == "issue_comment":
        payload = without(
            action="created", issue={**pull, "pull_request": {}}, comment={"body": "/minutes accept"}
        )

    assert read(event, payload) == (replace(GONE, pull=41, pull_as_new_as=UPDATED),)


@pytest.mark.parametrize(
    ("event", "action"),
    [
        ("pull_request", "ready_for_review"),
        ("pull_request", "converted_to_draft"),
        ("pull_request_review", "submitted"),
        ("pull_request_review", "dismissed"),
    ],
)
def test_what_may_let_minutes_be_merged_leads_to_their_notes(event: str, action: str) -> None:
    assert read(event, without("issue", action=action, pull_request=MINUTES_PULL)) == (GONE,)
