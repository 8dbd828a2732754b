"""What is said of a configuration on the commit that changed it: a check run. Pure."""

from collections.abc import Iterator, Sequence
from typing import Literal

from bot.config import PATH, Mistake
from bot.minutes.text.counts import counted
from bot.model import Annotation, Check

NAME = "Minutes configuration"
MOST = 50
"""Mistakes and remarks that are shown; who mends them is shown the others."""


def check_of(commit: str, mistakes: Sequence[Mistake], remarks: Sequence[Mistake] = ()) -> Check:
    """Return the step that creates a check run, on a commit, about the archive's configuration in it.

    It is a failure that shows each mistake at its place, or a success. Remarks are notices at their places:
    with nothing else the check run is neutral, which holds up no merge.
    """
    shown = tuple([*_shown(mistakes, "failure"), *_shown(remarks, "notice")][:MOST])
    if mistakes:
        summary = (
            f"`{PATH}` cannot be used as it stands. On the default branch, the newest version that can be "
            "read stays in force until this is mended; notes of private repositories are not published "
            "meanwhile."
        )
        return Check(commit, counted(len(mistakes), "mistake"), summary, "failure", shown, NAME)
    if remarks:
        summary = f"`{PATH}` can be read and is used as it stands. Is this what is meant?"
        return Check(commit, counted(len(remarks), "remark"), summary, "neutral", shown, NAME)
    return Check(commit, "All is well", f"`{PATH}` can be read.", "success", name=NAME)


def _shown(found: Sequence[Mistake], level: Literal["failure", "notice"]) -> Iterator[Annotation]:
    for each in found:
        title = f"Line {each.line}, column {each.column}"
        yield Annotation(PATH, each.line, level, title, each.message, each.column)
