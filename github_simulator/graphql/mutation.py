"""The table of mutations, and helpers for their input."""

from collections.abc import Callable
from typing import Any

from github_simulator.errors import not_found
from github_simulator.graphql.context import Context
from github_simulator.permissions import check, right_on
from github_simulator.state import CheckRun, Issue, IssueComment, PullRequestReview, Repository, Thread

MutationInput = dict[str, Any]
Payload = dict[str, Any]
MutationHandler = Callable[[Context, MutationInput], Payload]
MUTATIONS: dict[str, MutationHandler] = {}
"""The handlers of mutations, by name: functions of context and input that return the payload's fields."""


def mutation(function: MutationHandler) -> MutationHandler:
    """Register a function as the handler of the GraphQL mutation with its name in camel case; return it.

    A decorator: `create_issue` handles `createIssue`.
    """
    first, *rest = function.__name__.split("_")
    MUTATIONS[first + "".join(word.capitalize() for word in rest)] = function
    return function


def only(given: MutationInput, *known: str) -> None:
    """Raise NotImplementedError if a mutation's input has a field that is not among `known`.

    So the simulator does not ignore what it does not support.
    """
    if unknown := [name for name in given if name not in ("clientMutationId", *known)]:
        raise NotImplementedError(f"the simulator does not know the input {', '.join(unknown)} here")


def see(c: Context, node_id: str, kind: type[Any]) -> Any:
    """Return the node, of the class `kind`, whose node id is in a mutation's input.

    Raises ApiError 404 when there is none of this class, or the caller may not see its repository; 403 when
    the caller may not read it.
    """
    found = c.world.node(node_id, kind)
    thread = found.thread if isinstance(found, IssueComment) else found
    thread = found.pull if isinstance(found, PullRequestReview) else thread
    if isinstance(thread, Issue) and not thread.repository.has_issues:
        raise not_found(f"Could not resolve to a node with the global id of '{node_id}'")
    if isinstance(thread, Thread):
        check(c.actor, thread.repository, right_on(thread, "read"))
    elif isinstance(thread, Repository | CheckRun):
        check(c.actor, thread if isinstance(thread, Repository) else thread.repository, "metadata:read")
    return found
