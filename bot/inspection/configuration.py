"""What is said of a configuration on the commit that changed it: a check run. Pure."""

from collections.abc import Sequence

from bot.config import PATH, Mistake
from bot.model import Annotation, Check

NAME = "Minutes configuration"
MOST = 50
"""Mistakes that are shown; who mends them is shown the others."""


def check_of(commit: str, mistakes: Sequence[Mistake]) -> Check:
    """Make the check run of a commit: a failure that shows each mistake at its place, or success."""
    if not mistakes:
        return Check(commit, "All is well", f"`{PATH}` can be read.", "success", name=NAME)
    title = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    summary = (
        f"`{PATH}` cannot be used as it stands. On the default branch, the newest version that can be read "
        "stays in force until this is mended; notes of private repositories are not published meanwhile."
    )
    shown = (
        Annotation(
            PATH, each.line, "failure", f"Line {each.line}, column {each.column}", each.message, each.column
        )
        for each in mistakes[:MOST]
    )
    return Check(commit, title, summary, "failure", tuple(shown), NAME)
