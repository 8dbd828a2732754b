"""Errors in GraphQL responses of reads: which one is a refusal, and which one means to try again."""

from collections.abc import Mapping
from typing import Any

from bot.github.client import ApiResponse, QueryError
from bot.github.errors import Capped, LostAnswer, Refused
from bot.model import Refusal

# The permission of app.yml that a field of the query needs.
PERMISSIONS: Mapping[str, str] = {
    "issue": "issues: write",
    "discussion": "discussions: write",
    "config": "contents: write",
    "tree": "contents: write",
    "refs": "contents: write",
    "pullRequests": "pull_requests: write",
    "open": "pull_requests: write",
    "pulls": "pull_requests: write",
    "labels": "issues: write",
}


def to_refusal(error: QueryError) -> Refusal:
    """Return what could not be read. Raises LostAnswer for an error that is about the whole query."""
    raise_if_capped(error)
    if error.type not in ("NOT_FOUND", "FORBIDDEN"):
        raise LostAnswer(f"a part of the answer is missing: {error.message}")
    part, *below = (str(each) for each in error.path) if error.path else ("look",)
    missing = next((PERMISSIONS[field] for field in below if field in PERMISSIONS), None)
    return Refusal(part, error.message, missing if error.type == "FORBIDDEN" else None)


def raise_if_shut_out(error: QueryError) -> None:
    """Raise Refused where an organisation hides the repository of the source from the App.

    Its list of allowed IP addresses, or single sign-on, may do so: no permission of the App changes that.
    """
    if error.type == "FORBIDDEN" and error.path == ("source",):
        raise Refused(error.message)


def raise_if_capped(error: QueryError) -> None:
    """Raise Capped where GitHub gave up on a query that is too large."""
    if error.type == "RESOURCE_LIMITS_EXCEEDED":
        raise Capped(error.message)


def whole(response: ApiResponse) -> Mapping[str, Any]:
    """Return the data of a response. Raises LostAnswer where it has errors, or no node."""
    if response.errors or not response.data.get("node"):
        raise LostAnswer(response.errors[0].message if response.errors else "the node is gone")
    return response.data
