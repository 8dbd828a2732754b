"""Executes the selections of a GraphQL operation: as graphql-core does, but most fields a shorter way.

For each field of each object graphql-core builds a path and a description for the resolver, and asks again of
which kind the field's type is. Here that is found once for all objects of a class, and only fields with
arguments and lists go the long way. https://spec.graphql.org/October2021/#sec-Executing-Selection-Sets
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from graphql import (
    GraphQLAbstractType,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)
from graphql.execution import Executor
from graphql.pyutils import Path

from github_simulator.graphql.context import FIELDS, Context
from github_simulator.graphql.root import type_name

Reader = Callable[..., Any]
"""Reads a field of an object: `read(it, context, **args)`."""


@dataclass(frozen=True, slots=True)
class ShortField:
    """A field without arguments, and no list, of the objects of one class."""

    read: Reader
    type: GraphQLOutputType
    kind: GraphQLLeafType | GraphQLAbstractType | GraphQLObjectType
    """Its type as far as it is not null."""
    is_leaf: bool
    is_object: bool


Plan = list[tuple[str, Any, ShortField | None]]
"""Fields by their names in the response, with their places in the query; None: it goes the long way."""


class ShortExecutor(Executor[Any]):
    """graphql-core's executor, for resolvers that never wait, with a short way for most fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans: dict[tuple[int, type], tuple[Any, Plan]] = {}

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: Any,
        *_: Any,
    ) -> dict[str, Any]:
        """Return the values of these fields of an object, by their names in the response."""
        key = (id(grouped_field_set), type(source_value))
        if key not in self._plans:  # with the set itself: while it lives, no other one has its id
            self._plans[key] = grouped_field_set, self._plan(parent_type, source_value, grouped_field_set)
        found: dict[str, Any] = {}
        for name, places, field in self._plans[key][1]:
            if field is None:
                here = Path(path, name, parent_type.name)
                value = self.execute_field(parent_type, source_value, places, here, None)
                if value is not Undefined:  # as it is of a field that the type does not have
                    found[name] = value
                continue
            try:
                found[name] = self._value(field, source_value, name, places, path, parent_type)
            except Exception as error:  # whatever a resolver raises is an error of its field
                found[name] = None
                self.handle_field_error(error, field.type, places, Path(path, name, parent_type.name))
        return found

    def _value(
        self,
        field: ShortField,
        source: Any,
        name: str,
        places: Any,
        path: Path | None,
        parent: GraphQLObjectType,
    ) -> Any:
        value = field.read(source, self.context_value)
        if value is None:
            if field.kind is field.type:
                return None
            raise TypeError(
                f"Cannot return null for non-nullable field {parent}.{places[0].node.name.value}."
            )
        kind: Any = field.kind
        if field.is_leaf:
            return self.complete_leaf_value(kind, in_json(value))
        if not field.is_object:
            runtime: Any = self.schema.get_type(type_name(value))
            if not (is_object_type(runtime) and self.schema.is_sub_type(kind, runtime)):
                raise TypeError(f"{type_name(value)} is no type that {kind} has.")
            kind = runtime
        below = self.collect_subfields(kind, places).grouped_field_set
        return self.execute_fields(kind, value, Path(path, name, parent.name), below)

    def _plan(self, parent_type: GraphQLObjectType, source: Any, fields: Any) -> Plan:
        return [(name, places, self._short(parent_type, source, places)) for name, places in fields.items()]

    def _short(self, parent_type: GraphQLObjectType, source: Any, places: Any) -> ShortField | None:
        """Return how to read a field; None if it goes the long way."""
        name = places[0].node.name.value
        field = self.schema.get_field(parent_type, name)
        if source is None or field is None or field.args:
            return None
        cls: Any = type(source)  # mypy does not see that classes can be hashed
        read = (lambda *_: parent_type.name) if name == "__typename" else reader(cls, name)
        kind: Any = get_nullable_type(field.type)
        if is_list_type(kind):
            return None
        assert is_leaf_type(kind) or is_abstract_type(kind) or is_object_type(kind)
        return ShortField(read, field.type, kind, is_leaf_type(kind), is_object_type(kind))


@cache
def reader(kind: Any, name: str) -> Reader:
    """Return what reads the field of a name of an object of the class `kind`.

    It raises NotImplementedError for an object that has no such field.
    """
    if kind is dict:
        return _reader_of_dicts(name)
    resolver = next((FIELDS[each][name] for each in kind.__mro__ if name in FIELDS.get(each, {})), None)
    return resolver or _reader_of_attributes(kind, name)


def _reader_of_dicts(name: str) -> Reader:
    def read(it: dict[str, Any], *_: Any, **__: Any) -> Any:
        value = it[name] if name != "clientMutationId" else it.get(name)
        return value() if callable(value) else value

    return read


def _reader_of_attributes(kind: type, name: str) -> Reader:
    attribute = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()  # `bodyText` becomes `body_text`

    def read(it: Any, _: Context) -> Any:
        try:
            return getattr(it, attribute)
        except AttributeError as error:
            raise NotImplementedError(f"the simulator does not know {kind.__name__}.{name}") from error

    return read


def in_json(value: Any) -> Any:
    """Return a value that a resolver returned; a time is written as GitHub does, in UTC, to the second."""
    return f"{value.isoformat()[:19]}Z" if isinstance(value, datetime) else value
