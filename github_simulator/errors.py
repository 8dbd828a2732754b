"""The errors of the API: one exception for REST (status and body) and GraphQL (type and message)."""

from collections.abc import Mapping, Sequence

UNICORN = "<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>We had trouble.</body></html>\n"
"""The HTML page with which GitHub's proxies respond when the servers behind them fail."""
DOCUMENTATION = "https://docs.github.com/rest"

GRAPHQL_TYPES = {
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "STALE_DATA",
    405: "UNPROCESSABLE",
    422: "UNPROCESSABLE",
}
"""GraphQL's `type` of an error, by REST's status."""


class ApiError(Exception):
    """An error that becomes a response: a status, a message, and details as in GitHub's `errors`.

    In GraphQL, the message is `graphql` if that is given, and the type of the error is `kind`.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        graphql: str | None = None,
        kind: str | None = None,
        errors: Sequence[Mapping[str, object] | str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.graphql = graphql or message
        self.kind = kind or GRAPHQL_TYPES.get(status, "INTERNAL")
        self.errors = errors
        self.headers = headers or {}

    @property
    def body(self) -> dict[str, object]:
        """The JSON body of the REST response."""
        body: dict[str, object] = {
            "message": self.message,
            "documentation_url": DOCUMENTATION,
            "status": str(self.status),
        }
        return body | {"errors": list(self.errors)} if self.errors else body


def not_found(graphql: str = "Could not resolve to a node.") -> ApiError:
    """Return a 404 error: the thing does not exist, or the token may not see it.

    `graphql` is the message that a GraphQL response has instead.
    """
    return ApiError(404, "Not Found", graphql=graphql)


def not_accessible() -> ApiError:
    """Return a 403 error: the app lacks a permission, or is not installed on the repository."""
    return ApiError(403, "Resource not accessible by integration")


def invalid(resource: str, field: str, code: str, message: str | None = None) -> ApiError:
    """Return a 422 error that names the invalid field of a resource in GitHub's list of `errors`.

    `code` is GitHub's word for what is wrong, such as "invalid" or "custom".

    https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
    """
    error: dict[str, object] = {"resource": resource, "code": code, "field": field}
    if message:
        error["message"] = message
    return ApiError(422, "Validation Failed", graphql=message or f"{field} is {code}", errors=[error])


def unprocessable(message: str) -> ApiError:
    """Return a 422 error with only a message, as the git database API has it, without a list of `errors`."""
    return ApiError(422, message)
