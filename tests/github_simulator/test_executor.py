"""The short way through a query gives what graphql-core gives."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from graphql import build_schema, execute_sync, parse
from graphql.execution import Executor

from github_simulator.graphql.executor import ShortExecutor, in_json, reader
from github_simulator.graphql.root import type_name

SCHEMA = build_schema("""
interface Thing { name: String! }
type Cup implements Thing { name: String! size: Int }
type Table implements Thing {
  name: String! nickname: String size: Int! madeAt: String color: Color
  upon: Thing beside: Cup below: Cup! all: [Thing!]! broken: Int unknown: Int cups(first: Int): [Cup]
  further: Table others: [Table]
}
enum Color { RED GREEN }
type Query { table: Table must: Table! }
""")


@dataclass
class Cup:
    name: str | None = "cup"
    size: object = 3


@dataclass
class Shelf:
    """Of no type of the schema."""

    name: str = "shelf"


@dataclass
class Table:
    name: str | None = "table"
    nickname: str | None = None
    size: object = 5
    color: str = "RED"
    made_at: datetime = datetime(2026, 8, 18, 12, tzinfo=UTC)
    upon: object = None
    beside: object = None
    below: object = None
    all: tuple[object, ...] = ()
    further: "Table | None" = None
    others: "tuple[Table, ...]" = ()

    @property
    def broken(self) -> int:
        raise ValueError("broken")


def answer(executor, query, table):
    def resolve(source, info, **args):
        if source is None:
            return table
        kind = type(source)
        return in_json(reader(kind, info.field_name)(source, info.context, **args))

    found = execute_sync(
        SCHEMA, parse(query), field_resolver=resolve, executor_class=executor,
        type_resolver=lambda value, *_: type_name(value),
    )  # fmt: skip
    return found.data, sorted((each.path, each.locations) for each in found.errors or ())


FULL = Table(
    upon={"__typename": "Cup", "name": lambda: "called", "size": 1}, beside=Cup(), below=Cup("below"),
    all=(Cup(), Table("small")), further=Table(), others=(Table("one"), Table(None), Table(below=Cup())),
)  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        "__typename name nickname size madeAt color other: name",
        "upon { __typename name ... on Cup { size } } beside { name size } below { name }",
        "all { __typename name ... on Table { size } ... on Cup { ok: size } }",
        "beside { ... on Thing { name } }",
        "name nothing",
        "name broken unknown",
        "further { name below { name } }",
        "further { upon { name } further { name } }",
        "others { name size }",
        "others { below { name } }",
    ],
)
@pytest.mark.parametrize("root", ["table", "must"])
def test_it_answers_as_graphql_core_does(root, fields):
    query = f"{{ {root} {{ {fields} }} }}"
    assert answer(ShortExecutor, query, FULL) == answer(Executor, query, FULL)


@pytest.mark.parametrize(
    "table",
    [None, Table(None), Table(size=None), Table(size="many"), Table(color="BLUE"), Table(upon=Shelf()),
     Table(beside=Cup(size="big")), Table(below=Cup(None)), Table(upon=Cup(None))],
)  # fmt: skip
@pytest.mark.parametrize("root", ["table", "must"])
def test_it_fails_as_graphql_core_does(root, table):
    query = f"{{ {root} {{ size color upon {{ name }} beside {{ name size }} below {{ name }} }} }}"
    assert answer(ShortExecutor, query, table) == answer(Executor, query, table)
    assert table is None or answer(ShortExecutor, query, table)[1] != []
