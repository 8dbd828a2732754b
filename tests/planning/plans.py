"""What the tests of plan share."""

from dataclasses import replace
from datetime import timedelta

from bot.model import (
    Comment,
    Commit,
    Plan,
    Pull,
    Role,
    Snapshot,
)
from bot.state import PullState, SourceState, find_state
from tests.paper import (
    NOON,
    the_pull,
)


def kinds(plan: Plan) -> list[str]:
    return [type(step).__name__ for step in plan.steps]


def status(seen: Snapshot) -> Comment:
    assert seen.source is not None
    (comment,) = (comment for comment in seen.source.comments if comment.mine)
    return comment


def text_of(plan: Plan) -> str:
    (commit,) = (step for step in plan.steps if isinstance(step, Commit))
    return commit.text


def paper_text(seen: Snapshot) -> str:
    return the_pull(seen).body.replace("\\", "").replace("\u2060", "")


def roles(role: str | None) -> dict[Role, str]:
    return {Role("tern-lab/planning", "imani"): role or "none"}


def status_of(seen: Snapshot) -> tuple[str, str]:
    stored = find_state(status(seen).body, SourceState)
    assert stored is not None
    return stored.status, stored.detail


def other_pull(**changes: object) -> Pull:
    made = Pull(
        "PR_9", 9, "https://github.com/tern-lab/meeting-minutes/pull/9", "open", "t", "b", "x", "c" * 40
    )
    return replace(made, **changes)  # type: ignore[arg-type]


MARK_OF_13TH = PullState("tern-lab/planning#5", day=NOON.date() - timedelta(days=5))
