"""What a query costs in points, and how many nodes it may bring.

https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    SelectionSetNode,
    VariableNode,
)

MOST_NODES = 500_000


def cost_of(document: DocumentNode, root: SelectionSetNode, variables: Mapping[str, Any]) -> tuple[int, int]:
    """Return points and nodes, as if every connection reached its `first` or `last`."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}

    @cache
    def of_fragment(name: str) -> tuple[int, int]:
        """Count a fragment once, however often it is spread."""
        return count(fragments[name].selection_set)

    def count(selection: SelectionSetNode) -> tuple[int, int]:
        """Count requests and nodes of one thing."""
        requests = nodes = 0
        for node in selection.selections:
            if isinstance(node, FragmentSpreadNode):
                inner = of_fragment(node.name.value)
            else:
                own = getattr(node, "selection_set", None)
                inner = count(own) if own else (0, 0)
            limit = _limit(node, variables) if isinstance(node, FieldNode) and node.arguments else 0
            requests += limit * inner[0] + 1 if limit else inner[0]
            nodes += limit * inner[1] + limit if limit else inner[1]
        return requests, nodes

    requests, nodes = count(root)
    return max(1, round(requests / 100)), nodes


def _limit(node: FieldNode, variables: Mapping[str, Any]) -> int:
    """Return how many things a field brings at most, 0 where it is one."""
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last"):
            value = argument.value
            if isinstance(value, IntValueNode):
                return int(value.value)
            if isinstance(value, VariableNode):
                return int(variables.get(value.name.value) or 0)
        if argument.name.value == "ids" and isinstance(argument.value, VariableNode):
            return len(variables.get(argument.value.name.value) or ())
    return 0
