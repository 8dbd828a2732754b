"""Trims GitHub's GraphQL schema to the types, queries and mutations in use."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from graphql import (
    DocumentNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

Definitions: TypeAlias = dict[str, TypeDefinitionNode]
BUILT_IN = frozenset({"Boolean", "Float", "ID", "Int", "String"})
COMPOSITES = (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, UnionTypeDefinitionNode)


def trim(sdl: str, types: Collection[str], queries: Collection[str], mutations: Collection[str]) -> str:
    """Return the schema of these types, without descriptions. Raises LookupError for an unknown name.

    A field is kept if its type is. `EnterpriseOwnerInfo` of the official schema defines two fields twice,
    which makes `graphql.build_schema` raise, but it is not in use.
    """
    nodes = parse(sdl, no_location=True).definitions
    definitions: Definitions = {
        node.name.value: node for node in nodes if isinstance(node, TypeDefinitionNode)
    }
    _refuse_unknown(types, definitions)
    definitions |= {
        "Query": _choose(definitions["Query"], queries),
        "Mutation": _choose(definitions["Mutation"], mutations),
    }
    kept = _kept(definitions, {"Query", "Mutation", *types})
    definitions |= {name: _trimmed(definitions[name], kept, definitions) for name in kept}
    names = sorted(kept | _leaves(kept, definitions))
    trimmed = DocumentNode(definitions=tuple(definitions[name] for name in names))
    return print_ast(visit(trimmed, _Bare())) + "\n"


def _choose(root: Any, wanted: Collection[str]) -> Any:
    fields = {field.name.value: field for field in root.fields}
    _refuse_unknown(wanted, fields)
    return replace(root, fields=tuple(fields[name] for name in sorted(wanted)))


def _refuse_unknown(names: Collection[str], known: Iterable[str]) -> None:
    if unknown := sorted(set(names) - set(known)):
        raise LookupError(f"not in the GraphQL schema: {', '.join(unknown)}")


def _kept(definitions: Definitions, wanted: Collection[str]) -> set[str]:
    """Return the wanted types, those that mutations return, and the connections and edges between them."""
    kept = {*wanted, *_types_of_fields(definitions["Mutation"])}
    along = {f"{name}{suffix}" for name in kept for suffix in ("Connection", "Edge")} & definitions.keys()
    reached = {each for name in kept | along for each in _types_of_fields(definitions[name])}
    return kept | (along & reached)


def _types_of_fields(node: Any) -> Iterator[str]:
    return (_named(field.type) for field in getattr(node, "fields", None) or ())


def _trimmed(node: Any, kept: Collection[str], definitions: Definitions) -> Any:
    if isinstance(node, UnionTypeDefinitionNode):
        return replace(node, types=tuple(each for each in node.types or () if each.name.value in kept))
    return replace(
        node,
        interfaces=tuple(each for each in node.interfaces or () if each.name.value in kept),
        fields=tuple(field for field in node.fields if _stays(_named(field.type), kept, definitions)),
    )


def _stays(name: str, kept: Collection[str], definitions: Definitions) -> bool:
    return name in kept or not isinstance(definitions.get(name), COMPOSITES)


def _leaves(kept: Iterable[str], definitions: Definitions) -> set[str]:
    """Return the enumerations, scalars and inputs to which the fields and arguments of these types lead."""
    found: set[str] = set()
    waiting = [name for each in kept for name in _leaves_of(definitions[each], definitions)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _leaves_of(definitions[name], definitions)
    return found


def _leaves_of(node: Any, definitions: Definitions) -> Iterator[str]:
    for field in getattr(node, "fields", None) or ():
        for each in (field, *(getattr(field, "arguments", None) or ())):
            name = _named(each.type)
            if name not in BUILT_IN and not isinstance(definitions[name], COMPOSITES):
                yield name


def _named(node: Any) -> str:
    while not isinstance(node, NamedTypeNode):
        node = node.type
    return node.name.value


class _Bare(Visitor):
    """Removes descriptions and directives from a syntax tree."""

    def leave(self, node: Any, key: Any, parent: Any, path: Any, ancestors: Any) -> Any:
        """Return the node without both, None (unchanged) if it cannot have a description."""
        return replace(node, description=None, directives=()) if "description" in node.keys else None
