"""The output of a check run, with findings on their lines, as GraphQL takes it. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.model import Annotation, Check

AT_ONCE = 50
"""Annotations at most in one request; more are appended by updates.
https://docs.github.com/en/rest/checks/runs"""


def check_output(step: Check, annotations: Sequence[Annotation]) -> Mapping[str, Any]:
    """Write the output of a check run, or of an update that appends annotations."""
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
