"""A check run as GraphQL's input, with its annotations on lines of files. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.model import Annotation, Check

AT_ONCE = 50
"""How many annotations GitHub accepts in one request; updates append the others.
https://docs.github.com/en/rest/checks/runs"""


_FIX = {"label": "Fix", "description": "Commit these corrections", "identifier": "fix"}
"""The button of a check run; GitHub takes 20, 40 and 20 characters."""


def check_run(repository: str, step: Check) -> Mapping[str, Any]:
    """Return the input that creates a check run in the repository with the node id `repository`."""
    given = {
        "repositoryId": repository,
        "headSha": step.head,
        "name": step.name,
        "status": "COMPLETED",
        "conclusion": step.conclusion.upper(),
        "output": check_output(step, step.annotations[:AT_ONCE]),
    }
    return {**given, "actions": [_FIX]} if step.has_fix else given


def check_output(step: Check, annotations: Sequence[Annotation]) -> Mapping[str, Any]:
    """Return the `output` field of a check run: title and summary of `step`, and these annotations of it.

    GitHub takes it both when the check run is created and when it is updated.
    """
    return {
        "title": step.title,
        "summary": step.summary,
        "annotations": [
            {
                "path": each.path,
                "location": _location(each),
                "annotationLevel": each.level.upper(),
                "title": each.title,
                "message": each.message,
            }
            for each in annotations
        ],
    }


def _location(annotation: Annotation) -> Mapping[str, Any]:
    place = {"startLine": annotation.line, "endLine": annotation.line}
    if annotation.column is None:
        return place
    return {**place, "startColumn": annotation.column, "endColumn": annotation.column}
