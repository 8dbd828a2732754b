"""The derivation of the descriptions, without the network: what is fetched is invented here."""

import gzip
import importlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from graphql import parse, print_ast

from github_simulator.contract import Contract

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture(autouse=True)
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))


def tool(name):
    return importlib.import_module(name)


# -- what is shipped ---------------------------------------------------------------------------------------


def test_all_that_the_table_names_is_shipped():
    used, contract = tomllib.loads((TOOLS / "used.toml").read_text()), Contract.load()
    assert {each["id"] for each in contract.description["operations"]} == set(used["operations"].split())
    webhooks = {
        f"{event}/{action}" for event, actions in used["webhooks"].items() for action in actions.split()
    }
    webhooks |= {event for event, actions in used["webhooks"].items() if not actions}
    assert set(contract.description["webhooks"]) == webhooks
    assert set(contract.schema.mutation_type.fields) == set(used["mutations"].split())
    assert set(contract.schema.query_type.fields) == set(used["queries"].split())
    assert set(used["types"].split()) <= set(contract.schema.type_map)


def test_without_npm_it_says_so_and_leaves_the_files_alone(tmp_path):
    script = TOOLS / "derive_descriptions.py"
    done = subprocess.run(
        [sys.executable, script], env={"PATH": str(tmp_path)}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr == "error: npm is not installed; the shipped descriptions stay as they are\n"


def test_a_difference_is_named_and_another_packing_is_none(tmp_path, monkeypatch, capsys):
    derive = tool("derive_descriptions")
    monkeypatch.setattr(derive, "DESCRIPTIONS", tmp_path)
    files = {"a.gz": gzip.compress(b"text", 9, mtime=0), "VERSIONS": b"1\n"}
    derive.write(files)
    assert derive.compare({**files, "a.gz": gzip.compress(b"text", 1, mtime=7)}) == 0
    capsys.readouterr()
    assert derive.compare({"a.gz": gzip.compress(b"other"), "VERSIONS": b"2\n", "new": b""}) == 1
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "a.gz",
        "VERSIONS",
        "new",
    ]


# -- OpenAPI -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("described", "plain"),
    [
        ({"type": "string", "description": "x", "example": 1, "x-y": 2}, {"type": "string"}),
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"enum": ["a"], "nullable": True}, {"enum": ["a", None]}),
        ({"oneOf": [{"type": "string"}, {"title": "t"}]}, {"anyOf": [{"type": "string"}, {}]}),
        (
            {"allOf": [{"$ref": "#/components/schemas/user"}], "nullable": True},
            {"anyOf": [{"allOf": [{"$ref": "urn:github#/schemas/user"}]}, {"type": "null"}]},
        ),
        ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date-time"}),
        ({"type": "string", "format": "repo.nwo"}, {"type": "string"}),
        # names of properties are no keywords
        (
            {"properties": {"title": {"type": "string"}, "nullable": {"type": "boolean"}}},
            {"properties": {"title": {"type": "string"}, "nullable": {"type": "boolean"}}},
        ),
        (
            {"type": "array", "items": {"nullable": True, "type": "integer"}},
            {"type": "array", "items": {"type": ["integer", "null"]}},
        ),
    ],
)
def test_openapi_becomes_json_schema(described, plain):
    assert tool("trim_openapi").plain(described) == plain


def document():
    """Return a small OpenAPI description with the shapes of GitHub's."""
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/thing"}}}}
    account = {"allOf": [{"type": "string"}, {"type": "object"}]}
    listing = {"schema": {"items": {"properties": {"account": account}}}}
    installations = {
        "operationId": "apps/list-installations",
        "responses": {"200": {"content": {"application/json": listing}}},
    }
    get = {
        "operationId": "things/get",
        "parameters": [{"$ref": "#/components/parameters/ref"}, {"name": "n", "in": "query", "schema": {}}],
        "responses": {"200": {"$ref": "#/components/responses/thing"}, "404": {"description": "gone"}},
    }
    return {
        "paths": {"/things/{ref}": {"get": get}, "/app/installations": {"get": installations}},
        "x-webhooks": {"thing-made": {"post": {"requestBody": answer}}},
        "components": {
            "schemas": {
                "thing": {"properties": {"next": {"$ref": "#/components/schemas/thing"}}},
                "other": {},
            },
            "parameters": {"ref": {"name": "ref", "in": "path", "schema": {}, "x-multi-segment": True}},
            "responses": {"thing": answer},
        },
    }


def test_only_what_is_wanted_and_reached_is_kept():
    trimmed = tool("trim_openapi").trim(document(), ["things/get"], {"thing": "made"})
    (operation,) = trimmed["operations"]
    thing = {"$ref": "urn:github#/schemas/thing"}
    assert (operation["method"], operation["multi_segment"]) == ("GET", ["ref"])
    assert operation["responses"] == {"200": thing, "404": None}
    assert trimmed["webhooks"] == {"thing/made": thing}
    assert list(trimmed["schemas"]) == ["thing"]
    json.dumps(trimmed)


def test_a_known_flaw_is_mended():
    trimmed = tool("trim_openapi").trim(document(), ["apps/list-installations"], {})
    account = trimmed["operations"][0]["responses"]["200"]["items"]["properties"]["account"]
    assert account == {"anyOf": [{"type": "string"}, {"type": "object"}]}


@pytest.mark.parametrize(("operations", "webhooks"), [(["things/eat"], {}), ([], {"thing": "eaten"})])
def test_a_name_that_is_not_described_is_refused(operations, webhooks):
    with pytest.raises(LookupError, match=r"things/eat|thing-eaten"):
        tool("trim_openapi").trim(document(), operations, webhooks)


# -- GraphQL -----------------------------------------------------------------------------------------------

SDL = '''
"""Prose."""
type Query { thing(order: Order = {by: NAME}): Thing, other: Other }
type Mutation { make(input: MakeInput!): MakePayload, eat: Other }
input Order { by: Field! }
enum Field { NAME @deprecated(reason: "no") AGE }
input MakeInput { "prose" name: Text! }
scalar Text
type MakePayload { thing: Thing }
interface Node { id: ID! }
type Thing implements Node & Starrable {
  id: ID!, things(first: Int): ThingConnection, other: Other, age: Int
}
type ThingConnection { nodes: [Thing], others: [Other] }
interface Starrable { id: ID! }
type Other { id: ID! }
type Twice { a: Int, a: Int }
union Either = Thing | Other
scalar Unused
'''

TRIMMED = """
union Either = Thing
enum Field { NAME AGE }
input MakeInput { name: Text! }
type MakePayload { thing: Thing }
type Mutation { make(input: MakeInput!): MakePayload }
interface Node { id: ID! }
input Order { by: Field! }
type Query { thing(order: Order = {by: NAME}): Thing }
scalar Text
type Thing implements Node { id: ID! things(first: Int): ThingConnection age: Int }
type ThingConnection { nodes: [Thing] }
"""


def test_a_schema_is_trimmed_to_its_types_and_all_that_they_need():
    trimmed = tool("trim_graphql").trim(SDL, ["Thing", "Node", "Either"], ["thing"], ["make"])
    assert print_ast(parse(trimmed)) == print_ast(parse(TRIMMED))
    assert '"' not in trimmed


@pytest.mark.parametrize(
    "names",
    [
        (["Nothing"], ["thing"], ["make"]),
        (["Thing"], ["nothing"], ["make"]),
        (["Thing"], ["thing"], ["nothing"]),
    ],
)
def test_a_name_that_the_schema_does_not_know_is_refused(names):
    with pytest.raises(LookupError, match=r"(?i)nothing"):
        tool("trim_graphql").trim(SDL, *names)
