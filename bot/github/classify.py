"""Classifies the error messages of failed writes, by one table for REST and GraphQL. No I/O."""

import re
from typing import Literal

from bot.model import Commit, CreateBranch, OpenPull, Step

ErrorClass = Literal["stale", "early", "permission", "other"]

_ERROR_CLASSES: tuple[tuple[ErrorClass, str], ...] = (
    # The repository changed since it was read: read it again.
    ("stale", "reference already exists"),
    ("stale", "already exists in the repository"),  # a ref, in GraphQL's words
    ("stale", "pull request already exists"),  # https://github.com/realyze/pr-train/issues/37
    ("stale", "expected branch to point to"),  # https://github.com/planetscale/ghcommit/pull/153
    ("stale", "not a fast forward"),
    ("stale", "but expected"),  # git's own words for a reference that has moved
    ("stale", "beforeoid"),
    ("stale", "branch was modified"),  # a pull request's head or base, since it was looked at
    # A new branch has not reached all servers yet, so nothing was done: that step alone may be tried again.
    ("early", "head sha can't be blank"),  # https://github.com/cli/cli/issues/2691
    ("early", "head ref must be a branch"),
    ("early", "no commits between"),
    # A permission is missing; the message does not name it.
    ("permission", "not accessible by integration"),
    ("permission", "does not have the correct permissions"),
)

RETRY_DELAYS = (1.0, 2.0, 4.0)
"""Seconds to wait before each retry of a step whose error is "early"."""


def classify_error(message: str) -> ErrorClass:
    """Return which kind of failed write GitHub's error message is about, by words that are known from it.

    "stale": something changed since it was read; "early": a new branch is not known yet to all of GitHub's
    servers; "permission": the App lacks one; "other": any other message.
    """
    low = re.sub(r"[’`]", "'", message.lower())
    return next((kind for kind, words in _ERROR_CLASSES if words in low), "other")


def branch_of(step: Step) -> str | None:
    """Return the name of the branch that a step creates, commits to or opens a pull request for.

    None for other steps.
    """
    match step:
        case CreateBranch(name=name) | Commit(branch=name) | OpenPull(branch=name):
            return name
        case _:
            return None
