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
    """An error response. `graphql` is the message in GraphQL if it differs, `kind` the `type` there."""

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
    """Return a 404: the thing does not exist, or the token may not see it."""
    return ApiError(404, "Not Found", graphql=graphql)


def not_accessible() -> ApiError:
    """Return a 403: the app lacks a permission, or is not installed on the repository."""
    return ApiError(403, "Resource not accessible by integration")


def invalid(resource: str, field: str, code: str, message: str | None = None) -> ApiError:
    """Return a 422 with the usual list of `errors`.

    https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
    """
    error: dict[str, object] = {"resource": resource, "code": code, "field": field}
    if message:
        error["message"] = message
    return ApiError(422, "Validation Failed", graphql=message or f"{field} is {code}", errors=[error])


def unprocessable(message: str) -> ApiError:
    """Return a 422 with only a message, as the git database API has it."""
    return ApiError(422, message)
