"""GitHub's own validation rule for GraphQL documents: a connection needs `first` or `last`.

https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#node-limit
"""

from typing import Any

from graphql import FieldNode, GraphQLError, IntValueNode, ValidationRule, get_named_type

MOST = 100
BOUNDS = ("first", "last")
LISTS = ("nodes", "edges")


class PaginationRule(ValidationRule):
    """A rule for GraphQL documents: every connection must have `first` or `last`, from 1 to 100.

    Only connections whose nodes or edges are selected need it.
    """

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Report an error for a field that is a connection without a valid `first` or `last`.

        `graphql.validate` calls this for every field of a document.
        """
        field = self.context.get_field_def()
        if field is None or not get_named_type(field.type).name.endswith("Connection"):
            return
        bounds = {each.name.value: each.value for each in node.arguments or () if each.name.value in BOUNDS}
        if not bounds and _wants_nodes(node) and "first" in field.args:
            missing = "You must provide a `first` or `last` value to properly paginate"
            self.report_error(GraphQLError(f"{missing} the `{node.name.value}` connection.", node))
        for name, value in bounds.items():
            if isinstance(value, IntValueNode) and not 1 <= int(value.value) <= MOST:
                message = f"`{name}` of `{node.name.value}` is {value.value}; GitHub takes 1 to {MOST}."
                self.report_error(GraphQLError(message, node))


def _wants_nodes(node: FieldNode) -> bool:
    selections = node.selection_set.selections if node.selection_set else ()
    return any(not isinstance(each, FieldNode) or each.name.value in LISTS for each in selections)
