"""Reviews of pull requests."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from github_simulator.errors import unprocessable
from github_simulator.permissions import check
from github_simulator.state import PullRequest, PullRequestReview
from github_simulator.tokens import Actor
from github_simulator.world import Event, World

ReviewState = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"]
STATES: Mapping[str, ReviewState] = {
    "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED",
}  # fmt: skip
"""What becomes of the `event` of a new review, a word of REST."""
OPINIONS = ("APPROVED", "CHANGES_REQUESTED", "DISMISSED")
"""The states of reviews that count. COMMENTED does not: an earlier review of the person stays in force."""


def review(
    world: World,
    actor: Actor,
    pull: PullRequest,
    state: ReviewState,
    body: str = "",
    comments: Sequence[Mapping[str, Any]] = (),
) -> PullRequestReview:
    """Review a pull request at its current head, with the result `state`, a text, and comments on lines.

    Raises ApiError 422 for authors who approve, or request changes on, their own, and for a line that is not
    in the diff.
    """
    check(actor, pull.repository, "pull:comment")
    if pull.author is actor.user and state != "COMMENTED":
        what = "approve" if state == "APPROVED" else "request changes on"
        raise unprocessable(f"Can not {what} your own pull request")
    for comment in comments:
        first, last = comment.get("start_line", comment["line"]), comment["line"]
        if not set(range(first, last + 1)) <= _lines(pull, comment["path"]):
            raise unprocessable("Pull request review thread line must be part of the diff")
    made = world.add(
        PullRequestReview(
            pull=pull, state=state, commit_oid=pull.head_oid, body=body,
            author=actor.account, app=actor.app, created_at=world.now(), updated_at=world.now(),
            comments=list(comments),
        )
    )  # fmt: skip
    pull.reviews.append(made)
    pull.updated_at = world.now()
    _emit_event(world, actor, made, "submitted")
    return made


def _lines(pull: PullRequest, path: str) -> set[int]:
    """Return the lines of a file, counted from 1, that the diff of a pull request shows."""
    git = pull.repository.git
    base = git.merge_base(pull.base_oid, pull.head_oid)

    def lines(oid: str | None) -> list[str]:
        entry = git.file_at(oid, path) if oid else None
        return (git.blob(entry.oid) or b"").decode().splitlines() if entry else []

    matcher = SequenceMatcher(None, lines(base), lines(pull.head_oid), autojunk=False)
    groups = matcher.get_grouped_opcodes(3)
    return {line + 1 for group in groups for *_, start, end in group for line in range(start, end)}


def dismiss(world: World, actor: Actor, made: PullRequestReview) -> None:
    """Dismiss the review `made`, so that it no longer counts."""
    check(actor, made.pull.repository, "pull:write")
    made.state, made.updated_at = "DISMISSED", world.now()
    _emit_event(world, actor, made, "dismissed")


def _emit_event(world: World, actor: Actor, made: PullRequestReview, action: str) -> None:
    shown = {"pull_request": made.pull, "review": made}
    world.emit(Event("pull_request_review", action, made.pull.repository, actor.account, shown))


def opinions(pull: PullRequest) -> list[PullRequestReview]:
    """Return the review of each reviewer that counts: the newest one that is no mere comment.

    They come oldest first.
    """
    newest = {made.author: made for made in pull.reviews if made.state in OPINIONS}
    return sorted(newest.values(), key=lambda made: made.id)


def decision(pull: PullRequest) -> str | None:
    """Return what the newest reviews together decide, as GraphQL's `reviewDecision`.

    It is CHANGES_REQUESTED if any reviewer requests changes, else APPROVED if any approves, else None.
    """
    found = {made.state for made in opinions(pull)} - {"DISMISSED"}
    return "CHANGES_REQUESTED" if "CHANGES_REQUESTED" in found else next(iter(found), None)
