"""Executes GraphQL requests: validates them by the contract, computes the cost, resolves, converts errors."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLResolveInfo,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    parse,
)

from github_simulator.contract import Contract
from github_simulator.errors import UNICORN, ApiError
from github_simulator.faults import Fault
from github_simulator.graphql.context import Context
from github_simulator.graphql.cost import MOST_NODES, cost_of
from github_simulator.graphql.executor import ShortExecutor, in_json, reader
from github_simulator.graphql.mutations import MUTATIONS
from github_simulator.graphql.root import ROOT, type_name
from github_simulator.rest.request import RestResponse
from github_simulator.tokens import Actor
from github_simulator.violations import Violations
from github_simulator.world import World

if TYPE_CHECKING:
    from github_simulator.pipeline import RequestPipeline

Info = GraphQLResolveInfo[Context]

_parsed = lru_cache(64)(parse)
"""`parse`, cached: clients send the same few documents, and parsing takes longer than executing."""


@dataclass(frozen=True)
class GraphQLRequest:
    """A GraphQL request: the parsed document, the operation in it that is to be run, and its variables.

    `document` is None if it cannot be parsed; `error` says why.
    """

    document: DocumentNode | None
    operation: OperationDefinitionNode | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    error: GraphQLError | None = None

    @classmethod
    def read(cls, body: Any) -> Self:
        """Parse a JSON body. Raises ApiError 400 when it has no `query`."""
        if not isinstance(body, dict) or not isinstance(body.get("query"), str):
            raise ApiError(400, "A query attribute must be specified and must be a string.")
        try:
            document = _parsed(body["query"])
        except GraphQLSyntaxError as error:
            return cls(None, error=error)
        operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
        wanted = body.get("operationName")
        chosen = [o for o in operations if not wanted or (o.name and o.name.value == wanted)]
        return cls(document, chosen[0] if chosen else None, body.get("variables") or {})

    @property
    def mutating(self) -> bool:
        """Whether the operation to be run is a mutation."""
        return self.operation is not None and self.operation.operation is OperationType.MUTATION

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of the fields at the root of the operation, in order: for a mutation, what it does."""
        if self.operation is None:
            return ()
        selections = self.operation.selection_set.selections
        return tuple(each.name.value for each in selections if isinstance(each, FieldNode))


class Engine:
    """Executes GraphQL requests with GitHub's schema, as GitHub would."""

    def __init__(self, contract: Contract, violations: Violations) -> None:
        self._contract = contract
        self._violations = violations

    def execute(
        self,
        request: GraphQLRequest,
        world: World,
        actor: Actor,
        pipeline: "RequestPipeline",
        faults: Sequence[Fault] = (),
    ) -> tuple[RestResponse, int]:
        """Execute a GraphQL request as an actor in a world; return the response and its cost in points.

        `pipeline` has the rate limits of callers; `faults` are those that apply to the request. The status is
        200, also for errors, except that a "timeout" fault gives a 502.
        """
        where = f"graphql {', '.join(request.steps)}"
        if request.document is None or request.operation is None:
            self._violations.add(where, [str(request.error or "no operation of that name")])
            return _refused([str(request.error.message if request.error else "No operation")]), 1
        wrong = self._contract.check_graphql(request.document, strict=actor.installation is not None)
        if wrong:
            self._violations.add(where, wrong)
            return _refused(wrong), 1
        cost, nodes = cost_of(request.document, request.operation.selection_set, request.variables)
        if nodes > MOST_NODES:
            self._violations.add(where, [f"{nodes} nodes, more than {MOST_NODES}"])
            message = f"This query requests up to {nodes} possible nodes"
            return _refused([message], "MAX_NODE_LIMIT_EXCEEDED"), 1
        for fault in faults:
            if nodes > fault.nodes and (refusal := _too_much(fault, request)):
                return refusal, cost
        window = pipeline.limits.window(actor.name, "graphql")
        context = Context(world, actor, window, cost, nodes, tuple(faults))
        return self._run(request, context, where), cost

    def _run(self, request: GraphQLRequest, context: Context, where: str) -> RestResponse:
        assert request.document
        name = request.operation.name.value if request.operation and request.operation.name else None
        result = execute_sync(
            self._contract.schema, request.document, None, context, request.variables, name,
            field_resolver=_resolve, type_resolver=lambda value, *_: type_name(value),
            executor_class=ShortExecutor,
        )  # fmt: skip
        errors = result.errors or []
        for error in errors:
            if not isinstance(error.original_error, ApiError):
                self._violations.add(where, [_explained(error)])
        if result.data is None and errors and not errors[0].path:
            return _refused([error.message for error in errors])
        body: dict[str, Any] = {"data": result.data}
        if errors:
            body["errors"] = [_shown(error) for error in errors]
        return RestResponse(body)


def _refused(messages: Sequence[str], kind: str | None = None) -> RestResponse:
    errors = [{"message": message} | ({"type": kind} if kind else {}) for message in messages]
    return RestResponse({"errors": errors})


def _too_much(fault: Fault, request: GraphQLRequest) -> RestResponse | None:
    """Return the response of a "capped" or "timeout" fault to a query, None for other faults and mutations.

    GitHub limits the resources that a query may use.

    https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
    """
    if request.mutating or fault.kind not in ("capped", "timeout"):
        return None
    if fault.kind == "timeout":
        return RestResponse(UNICORN, 502)
    message = "Resource limits for this query exceeded."
    errors = [{"type": "RESOURCE_LIMITS_EXCEEDED", "message": message, "path": list(request.steps[:1])}]
    return RestResponse({"data": dict.fromkeys(request.steps), "errors": errors})


def _shown(error: GraphQLError) -> dict[str, Any]:
    """Return an error in GitHub's form: `type`, path, locations and message."""
    original = error.original_error
    shown: dict[str, Any] = {}
    if isinstance(original, ApiError):
        shown["type"] = original.kind
    shown["path"] = error.path or []
    shown["locations"] = [{"line": each.line, "column": each.column} for each in error.locations or ()]
    shown["message"] = original.graphql if isinstance(original, ApiError) else error.message
    return shown


def _explained(error: GraphQLError) -> str:
    original = error.original_error
    if original is None:
        return error.message
    return "".join(traceback.format_exception(original)[-3:])


def _resolve(source: Any, info: Info, **args: Any) -> Any:
    if source is None:
        return _root(info.field_name, info, args)
    kind: Any = type(source)  # mypy does not see that classes can be hashed
    return in_json(reader(kind, info.field_name)(source, info.context, **args))


def _root(name: str, info: Info, args: dict[str, Any]) -> Any:
    context = info.context
    if info.parent_type.name == "Mutation":
        if name not in MUTATIONS:
            raise NotImplementedError(f"the simulator does not know the mutation {name}")
        for fault in context.faults:
            fault.raise_for(name)
        given = args["input"]
        return MUTATIONS[name](context, given) | {"clientMutationId": given.get("clientMutationId")}
    if name not in ROOT:
        raise NotImplementedError(f"the simulator does not know the query {name}")
    return ROOT[name](None, context, **args)
