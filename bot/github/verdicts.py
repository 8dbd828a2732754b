"""What GitHub's words about a write that failed mean. One table, for REST and GraphQL. Pure."""

import re
from typing import Literal

from bot.model import Commit, CreateBranch, OpenPull, Step

Meaning = Literal["stale", "early", "permission", "other"]

_MEANINGS: tuple[tuple[Meaning, str], ...] = (
    # The world moved since it was looked at: look again.
    ("stale", "reference already exists"),
    ("stale", "already exists in the repository"),  # a ref, in GraphQL's words
    ("stale", "pull request already exists"),  # https://github.com/realyze/pr-train/issues/37
    ("stale", "expected branch to point to"),  # https://github.com/planetscale/ghcommit/pull/153
    ("stale", "not a fast forward"),
    ("stale", "but expected"),  # git's own words for a reference that has moved
    ("stale", "beforeoid"),
    ("stale", "branch was modified"),  # a pull request's head or base, since it was looked at
    # A branch just made is not known everywhere yet, so nothing was done: that step alone may be tried again.
    ("early", "head sha can't be blank"),  # https://github.com/cli/cli/issues/2691
    ("early", "head ref must be a branch"),
    ("early", "no commits between"),
    # Which permission, GitHub does not say.
    ("permission", "not accessible by integration"),
    ("permission", "does not have the correct permissions"),
)

PATIENCE = (1.0, 2.0, 4.0)
"""Seconds before another try of a step that came too early."""


def meaning(message: str) -> Meaning:
    """Return what a message means."""
    low = re.sub(r"[’`]", "'", message.lower())
    return next((kind for kind, words in _MEANINGS if words in low), "other")


def branch_of(step: Step) -> str | None:
    """Return the branch that a step needs: what fails on it later, fails because of the first."""
    match step:
        case CreateBranch(name=name) | Commit(branch=name) | OpenPull(branch=name):
            return name
        case _:
            return None
