"""What a query costs in points, and how many nodes it may bring.

https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
"""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass
class _Count:
    requests: int = 0
    nodes: int = 0


def cost_of(document: DocumentNode, root: SelectionSetNode, variables: Mapping[str, Any]) -> tuple[int, int]:
    """Return points and nodes, as if every connection reached its `first` or `last`."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    count = _Count()
    _walk(root, 1, fragments, variables, count)
    return max(1, round(count.requests / 100)), count.nodes


def _walk(
    selection: SelectionSetNode | None, times: int, fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any], count: _Count,
) -> None:  # fmt: skip
    for node in selection.selections if selection else ():
        if isinstance(node, FragmentSpreadNode):
            _walk(fragments[node.name.value].selection_set, times, fragments, variables, count)
        elif isinstance(node, FieldNode) and (limit := _limit(node, variables)):
            count.requests += times
            count.nodes += times * limit
            _walk(node.selection_set, times * limit, fragments, variables, count)
        else:
            _walk(getattr(node, "selection_set", None), times, fragments, variables, count)


def _limit(node: FieldNode, variables: Mapping[str, Any]) -> int:
    """Tell how many things a field brings at most, 0 where it is one."""
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
