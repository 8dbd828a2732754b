"""The cost of a query in points, and the number of nodes that it may return.

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
    """Return what a GraphQL query costs in points of the rate limit, and how many nodes it may return.

    Both are computed as if every connection returned its `first` or `last` items. `root` is the selection of
    the operation to be run.
    """
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}

    @cache
    def of_fragment(name: str) -> tuple[int, int]:
        """Return the counts of a fragment; cached, since it may be spread often."""
        return count(fragments[name].selection_set)

    def count(selection: SelectionSetNode) -> tuple[int, int]:
        """Return the numbers of requests (one per connection, as GitHub counts them) and of nodes."""
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
    """Return how many nodes a field returns at most, by `first`, `last` or `ids`; 0 without them."""
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
