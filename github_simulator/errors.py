"""GitHub says no: one exception for REST (status and body) and GraphQL (type and message)."""

from collections.abc import Mapping, Sequence

UNICORN = "<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>We had trouble.</body></html>\n"
"""What GitHub's proxies answer when nobody behind them does."""
DOCUMENTATION = "https://docs.github.com/rest"

GRAPHQL_TYPES = {
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "STALE_DATA",
    405: "UNPROCESSABLE",
    422: "UNPROCESSABLE",
}
"""What GraphQL calls an error for which REST has a status."""


class ApiError(Exception):
    """A refusal. `graphql` is its message there, where GitHub words it otherwise than in REST."""

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
        """The body of the REST answer."""
        body: dict[str, object] = {
            "message": self.message,
            "documentation_url": DOCUMENTATION,
            "status": str(self.status),
        }
        return body | {"errors": list(self.errors)} if self.errors else body


def not_found(graphql: str = "Could not resolve to a node.") -> ApiError:
    """404: gone, never there, or not to be seen with this token."""
    return ApiError(404, "Not Found", graphql=graphql)


def not_accessible() -> ApiError:
    """403: the app lacks a permission or the repository."""
    return ApiError(403, "Resource not accessible by integration")


def invalid(resource: str, field: str, code: str, message: str | None = None) -> ApiError:
    """422 in the usual form: https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api."""
    error: dict[str, object] = {"resource": resource, "code": code, "field": field}
    if message:
        error["message"] = message
    return ApiError(422, "Validation Failed", graphql=message or f"{field} is {code}", errors=[error])


def unprocessable(message: str) -> ApiError:
    """422 with a sentence of its own, as the git database answers."""
    return ApiError(422, message)
