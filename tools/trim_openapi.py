"""Trims GitHub's OpenAPI description, and converts it to plain JSON Schema (2020-12)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

BASE = "urn:github"
"""The URI under which the simulator registers the shared schemas."""

PROSE = frozenset({"title", "description", "example", "examples", "default", "deprecated", "readOnly"})
COMBINED = frozenset({"oneOf", "anyOf", "allOf", "properties", "nullable"})
CHECKED_FORMATS = frozenset({"date-time", "uri"})


@dataclass(frozen=True, slots=True)
class Patch:
    """A correction of a known mistake in the description.

    `where` are the keys that lead to it, `mend` returns what replaces it, `why` says how GitHub really
    behaves.
    """

    where: str
    mend: Callable[[Any], Any]
    why: str


def _any_of_all(schema: Json) -> Json:
    return {**{key: value for key, value in schema.items() if key != "allOf"}, "anyOf": schema["allOf"]}


PATCHES = (
    Patch(
        "paths /app/installations get responses 200 content application/json schema items properties account",
        _any_of_all,
        "an account is a user or an enterprise, never both at once: "
        "https://docs.github.com/rest/apps/apps#list-installations-for-the-authenticated-app",
    ),
)


def trim(document: Json, operations: Iterable[str], webhooks: Mapping[str, str]) -> Json:
    """Return the named operations and webhooks, and the schemas to which they refer.

    `webhooks` has the actions of each event, separated by blanks. Raises LookupError for an unknown name.
    Applies PATCHES to `document`.
    """
    for patch in PATCHES:
        _apply(document, patch)
    trimmed: Json = {
        "operations": list(_operations(document, set(operations))),
        "webhooks": dict(_webhooks(document, webhooks)),
    }
    trimmed["schemas"] = _reached(document["components"]["schemas"], trimmed)
    return trimmed


def _apply(document: Json, patch: Patch) -> None:
    *path, last = patch.where.split()
    parent: Any = document
    for key in path:
        parent = parent[key]
    parent[last] = patch.mend(parent[last])


# -- operations --------------------------------------------------------------------------------------------


def _operations(document: Json, wanted: set[str]) -> Iterator[Json]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if operation["operationId"] in wanted:
                wanted.remove(operation["operationId"])
                yield _operation(document, method.upper(), path, operation)
    if wanted:
        raise LookupError(f"no such operations in the description: {', '.join(sorted(wanted))}")


def _operation(document: Json, method: str, path: str, operation: Json) -> Json:
    parameters = [_resolved(document, each) for each in operation.get("parameters", [])]
    body = _resolved(document, operation.get("requestBody", {}))
    return {
        "id": operation["operationId"],
        "method": method,
        "path": path,
        "multi_segment": [each["name"] for each in parameters if each.get("x-multi-segment")],
        "integers": [each["name"] for each in _inside(parameters, "path") if _is_integer(each["schema"])],
        "query": _query(_inside(parameters, "query")),
        "body": _json_content(body),
        "body_required": body.get("required", False),
        "responses": {
            status: _json_content(_resolved(document, answer))
            for status, answer in operation["responses"].items()
        },
    }


def _inside(parameters: Sequence[Json], place: str) -> list[Json]:
    return [each for each in parameters if each["in"] == place]


def _is_integer(schema: Json) -> bool:
    return schema.get("type") == "integer"


def _query(parameters: Sequence[Json]) -> Json:
    return {
        "type": "object",
        "properties": {each["name"]: plain(each["schema"]) for each in parameters},
        "required": [each["name"] for each in parameters if each.get("required")],
        "additionalProperties": False,
    }


def _json_content(holder: Json) -> Json | None:
    content = holder.get("content", {}).get("application/json")
    return plain(content["schema"]) if content else None


def _resolved(document: Json, node: Json) -> Json:
    if "$ref" not in node:
        return node
    found: Any = document
    for key in node["$ref"].removeprefix("#/").split("/"):
        found = found[key]
    return _resolved(document, found)


# -- webhooks ----------------------------------------------------------------------------------------------


def _webhooks(document: Json, wanted: Mapping[str, str]) -> Iterator[tuple[str, Json]]:
    described = document["x-webhooks"]
    for event, actions in wanted.items():
        for name in [f"{event}/{action}" for action in actions.split()] or [event]:
            key = name.replace("_", "-").replace("/", "-")
            if key not in described:
                raise LookupError(f"no such webhook in the description: {key}")
            schema = _json_content(described[key]["post"]["requestBody"])
            assert schema is not None, f"webhook {key} has no JSON payload"
            yield name, schema


# -- schemas -----------------------------------------------------------------------------------------------


def plain(schema: Any) -> Any:
    """Return an OpenAPI 3.0 schema as JSON Schema: no prose, `nullable` as type null, `oneOf` as `anyOf`.

    `oneOf` becomes `anyOf` because several of GitHub's alternatives may fit at once (response 409 of "Create
    or update file contents" is a basic error, and a rule violation is one, too):
    https://docs.github.com/rest/repos/contents
    """
    if not isinstance(schema, dict):
        return schema
    made = {key: value for key, value in schema.items() if key not in PROSE | COMBINED and key[:2] != "x-"}
    if "$ref" in made:
        return {"$ref": made["$ref"].replace("#/components/schemas/", f"{BASE}#/schemas/")}
    if made.get("format", "date-time") not in CHECKED_FORMATS:
        del made["format"]
    for key in ("items", "additionalProperties"):
        if key in made:
            made[key] = plain(made[key])
    if "properties" in schema:
        made["properties"] = {name: plain(each) for name, each in schema["properties"].items()}
    made |= _combined(schema)
    return _or_null(made) if schema.get("nullable") else made


def _combined(schema: Json) -> Json:
    combined = {"allOf": [plain(each) for each in schema["allOf"]]} if "allOf" in schema else {}
    alternatives = schema.get("oneOf", []) + schema.get("anyOf", [])
    return combined | ({"anyOf": [plain(each) for each in alternatives]} if alternatives else {})


def _or_null(schema: Json) -> Json:
    if set(schema) & {"allOf", "anyOf", "$ref"}:
        return {"anyOf": [schema, {"type": "null"}]}
    if "enum" in schema and None not in schema["enum"]:
        schema = {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        schema = {**schema, "type": [schema["type"], "null"]}
    return schema


def _reached(schemas: Json, roots: Json) -> Json:
    found: Json = {}
    waiting = list(_references(roots))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = plain(schemas[name])
            waiting += _references(found[name])
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)
