"""Checks requests, responses and webhooks against GitHub's official descriptions.

The descriptions are package data, derived by `tools/derive_descriptions.py`. A check returns a list of
violations, each as "place: what", empty if there are none.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OverlappingFieldsCanBeMergedRule,
    build_ast_schema,
    parse,
    print_ast,
    specified_rules,
    validate,
)
from jsonschema_rs import Draft202012Validator, Registry, ValidationError, ValidationErrorKind

from github_simulator.pagination import PaginationRule
from github_simulator.routing import Operation, RoutePattern, by_specificity

BASE = "urn:github"
"""The URI of the shared schemas: every `$ref` in the description starts with it."""

EVERYWHERE = frozenset({301, 304, 307, 401, 403, 404, 410, 429, 500, 502, 503, 504})
"""Statuses with which any operation may respond, described or not: redirects, conditional requests,
credentials, rate limits, a retired API version, server errors.
https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
"""

LONGEST_MESSAGE = 400
"""Characters of a message at most: it quotes the value, which may be a whole file."""


@dataclass(frozen=True)
class Contract:
    """GitHub's descriptions of REST, webhooks and GraphQL, trimmed to what the simulator supports."""

    description: Mapping[str, Any]
    """`operations`, `webhooks` and `schemas` of the OpenAPI description."""
    sdl: str
    """The GraphQL schema, in the schema definition language."""
    _validators: dict[str, Draft202012Validator] = field(default_factory=dict, repr=False)
    _checked_documents: dict[tuple[str, bool], list[str]] = field(default_factory=dict, repr=False)

    @staticmethod
    @cache
    def load() -> "Contract":
        """Return GitHub's descriptions from the files in the package; they are read once, then shared."""
        return Contract(json.loads(_shipped("openapi.json.gz")), _shipped("schema.graphql.gz"))

    # -- REST ----------------------------------------------------------------------------------------------

    def operation(self, method: str, path: str) -> Operation | None:
        """Return the REST operation that GitHub describes for a method and path, None if there is none.

        `path` is percent-encoded as in the request line, without the query.
        """
        matches = (pattern.match(method, path) for pattern in self._route_patterns)
        return next((operation for operation in matches if operation), None)

    def check_request(self, operation: Operation, query: Mapping[str, str], body: Any) -> list[str]:
        """Return what in a REST request violates GitHub's description; empty if nothing does.

        `query` has the parameters of the query, `body` the parsed JSON (None: no body). Unknown names, which
        GitHub ignores, are violations too.
        """
        described = self._operations[operation.id]
        values = _typed(query, described["query"])
        wrong = self._wrong(f"{operation.id} query", described["query"], values, "query")
        if described["body"] is None:
            return wrong + (["body: this operation takes none"] if body else [])
        if body is None:
            return wrong + (["body: missing"] if described["body_required"] else [])
        return wrong + self._wrong(f"{operation.id} request", _closed(described["body"]), body, "body")

    def check_response(self, operation: Operation, status: int, body: Any) -> list[str]:
        """Return what in a REST response violates GitHub's description of `operation`; empty if nothing does.

        `body` is the parsed JSON (None: no body).
        """
        responses = self._operations[operation.id]["responses"]
        if str(status) not in responses:
            return [] if status in EVERYWHERE else [f"status: {operation.id} does not answer {status}"]
        schema = responses[str(status)]
        if schema is None:
            # errors have a body on GitHub, even where the description lists none
            return ["body: this answer has none"] if body and status < 400 else []
        return self._wrong(f"{operation.id} {status}", schema, body, "body")

    # -- webhooks ------------------------------------------------------------------------------------------

    def check_webhook(self, event: str, payload: Mapping[str, Any]) -> list[str]:
        """Return what in the payload of a webhook violates GitHub's description; empty if nothing does.

        `event` is the name in its header `X-GitHub-Event`.
        """
        name = f"{event}/{payload['action']}" if "action" in payload else event
        schema = self.description["webhooks"].get(name)
        if schema is None:
            return [f"event: no webhook {name} is described"]
        return self._wrong(f"webhook {name}", schema, payload, "payload")

    # -- GraphQL -------------------------------------------------------------------------------------------

    @cached_property
    def schema(self) -> GraphQLSchema:
        """GitHub's GraphQL schema, ready to execute."""
        return build_ast_schema(parse(self.sdl, no_location=True), assume_valid=True, assume_valid_sdl=True)

    def check_graphql(self, document: DocumentNode, *, strict: bool = True) -> list[str]:
        """Return what in a GraphQL document violates GitHub's schema, each with line and column.

        It is empty if nothing does. `strict=False` allows fields of different types under one name, as the
        client `gh` has in `... on Issue {state} ... on PullRequest {state}`: graphql-core refuses that,
        GitHub accepts it.
        """
        text = document.loc.source.body if document.loc else print_ast(document)
        if (text, strict) not in self._checked_documents:
            rules = [
                rule for rule in specified_rules if strict or rule is not OverlappingFieldsCanBeMergedRule
            ]
            errors = validate(self.schema, document, [*rules, PaginationRule])
            self._checked_documents[text, strict] = [_explained_graphql(error) for error in errors]
        return list(self._checked_documents[text, strict])

    # -- implementation -----------------------------------------------------------------------------------

    @cached_property
    def _operations(self) -> Mapping[str, Mapping[str, Any]]:
        return {operation["id"]: operation for operation in self.description["operations"]}

    @cached_property
    def _route_patterns(self) -> Sequence[RoutePattern]:
        return by_specificity(self.description["operations"])

    @cached_property
    def _registry(self) -> Registry:
        # shared by all validators: a copy of the shared schemas in each would take gigabytes
        return Registry([(BASE, {"schemas": self.description["schemas"]})])

    def _wrong(self, name: str, schema: Any, value: Any, place: str) -> list[str]:
        validator = self._validators.get(name)
        if validator is None:
            validator = Draft202012Validator(schema, registry=self._registry, validate_formats=True)
            self._validators[name] = validator
        return [message for error in validator.iter_errors(value) for message in _explained(error, place)]


def _shipped(name: str) -> str:
    return gzip.decompress((files("github_simulator") / "descriptions" / name).read_bytes()).decode()


def _closed(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Forbid additional properties in the schema of a plain object; other schemas stay as they are."""
    is_plain = "properties" in schema and not schema.keys() & {"anyOf", "allOf", "additionalProperties"}
    return {**schema, "additionalProperties": False} if is_plain else schema


def _typed(query: Mapping[str, str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Convert the values of a query, which are text, to the described types."""
    kinds = {name: each.get("type") for name, each in schema["properties"].items()}
    return {name: _as(kinds.get(name), value) for name, value in query.items()}


def _as(kind: Any, value: str) -> Any:
    if kind == "integer" and value.isdecimal():
        return int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value.split(",") if kind == "array" else value


def _explained(error: ValidationError, place: str) -> Iterator[str]:
    """Yield an error as text; for `anyOf`, the errors of the alternative that has the fewest."""
    if isinstance(error.kind, ValidationErrorKind.AnyOf) and any(error.kind.context):
        nearest = min(error.kind.context, key=lambda errors: (_is_of_other_type(errors, error), len(errors)))
        for each in nearest:
            yield from _explained(each, place)
        return
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
    yield f"{place}{path}: {_shortened(error.message)}"


def _shortened(message: str) -> str:
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}…"


def _is_of_other_type(errors: Sequence[ValidationError], whole: ValidationError) -> bool:
    return any(each.kind.name == "type" and each.instance_path == whole.instance_path for each in errors)


def _explained_graphql(error: GraphQLError) -> str:
    where = error.locations[0] if error.locations else None
    return f"{where.line}:{where.column}: {error.message}" if where else error.message
