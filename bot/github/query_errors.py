"""Turns the errors in responses to GraphQL queries into refusals and exceptions."""

from collections.abc import Mapping
from typing import Any

from bot.github.client import ApiResponse, QueryError
from bot.github.errors import Capped, LostAnswer, Refused
from bot.model import Refusal

# The permission, as in app.yml, that reading a field of the queries needs, by the field's name or alias.
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
    """Return the refusal for a part of a GraphQL query that does not exist or that the App may not read.

    It names the missing permission if the type of the error is FORBIDDEN. Raises Capped when GitHub gave up
    on the query, LostAnswer for any other type of error.
    """
    raise_if_capped(error)
    if error.type not in ("NOT_FOUND", "FORBIDDEN"):
        raise LostAnswer(f"a part of the answer is missing: {error.message}")
    part, *below = (str(each) for each in error.path) if error.path else ("look",)
    missing = next((PERMISSIONS[field] for field in below if field in PERMISSIONS), None)
    return Refusal(part, error.message, missing if error.type == "FORBIDDEN" else None)


def raise_if_shut_out(error: QueryError) -> None:
    """Raise Refused if an error means that an organisation does not let the App see the source's repository.

    An IP allow list or single sign-on can be the cause; no permission of the App changes that.
    """
    if error.type == "FORBIDDEN" and error.path == ("source",):
        raise Refused(error.message)


def raise_if_capped(error: QueryError) -> None:
    """Raise Capped if an error means that GitHub gave up on a query because it is too large."""
    if error.type == "RESOURCE_LIMITS_EXCEEDED":
        raise Capped(error.message)


def whole(response: ApiResponse) -> Mapping[str, Any]:
    """Return the data of the response to a GraphQL query whose only field is one `node`.

    Raises LostAnswer when the response has errors, or `node` is null.
    """
    if response.errors or not response.data.get("node"):
        raise LostAnswer(response.errors[0].message if response.errors else "the node is gone")
    return response.data
