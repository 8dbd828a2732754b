"""What the tests of process commands share."""

from dataclasses import replace
from datetime import timedelta

from bot.model import (
    Comment,
    Plan,
    React,
    Role,
    Snapshot,
    Step,
)
from bot.state import SourceState, find_state
from tests.paper import (
    LATER,
    snapshot,
    the_pull,
    with_pull,
    with_source,
)

SOURCE, ARCHIVE = "tern-lab/planning", "tern-lab/meeting-minutes"


def comment(body: str, author: str = "imani", number: int = 50, **changes: object) -> Comment:
    made = Comment(
        f"IC_{number}",
        body,
        author,
        LATER + timedelta(seconds=number),
        url=f"https://github.com/{SOURCE}/issues/7#issuecomment-{number}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def says_on_pull(seen: Snapshot, body: str, author: str = "imani") -> Snapshot:
    """Somebody comments on the pull request."""
    pull = the_pull(seen)
    return with_pull(seen, comments=(*pull.comments, comment(body, author, 80 + len(pull.comments))))


def may(seen: Snapshot, login: str, role: str, repository: str = SOURCE) -> Snapshot:
    return replace(seen, roles={**seen.roles, Role(repository, login): role})


def steps(plans: list[Plan]) -> list[Step]:
    return [step for plan in plans for step in plan.steps]


def kinds(plan: Plan) -> list[str]:
    return [type(step).__name__ for step in plan.steps]


def shown(plans: list[Plan]) -> list[str]:
    return [step.content for step in steps(plans) if isinstance(step, React)]


def stored_state(seen: Snapshot) -> SourceState:
    assert seen.source is not None
    (own,) = (find_state(each.body, SourceState) for each in seen.source.comments if each.mine)
    assert own is not None
    return own


def status(seen: Snapshot) -> str:
    assert seen.source is not None
    (own,) = (each.body for each in seen.source.comments if each.mine)
    return own


def unlabelled(**changes: object) -> Snapshot:
    return with_source(snapshot(), labels=(), labelled_by={}, **changes)
