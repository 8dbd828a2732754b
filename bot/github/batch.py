"""Applies steps by GraphQL: all in one document, one mutation for each step.

GitHub runs the mutations of a document in order, and goes on after one that failed; so each step succeeds or
fails by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.github import update_snapshot
from bot.github.annotations import AT_ONCE, check_output
from bot.github.classify import RETRY_DELAYS, branch_of, classify_error
from bot.github.client import Client, QueryError
from bot.github.documents import with_fragments
from bot.github.errors import GitHubError, LostAnswer, Stale
from bot.github.mutations import mutation, permission
from bot.model import Check, Refusal, Snapshot, Step


@dataclass(frozen=True, slots=True)
class Failure:
    """A step of a plan that GitHub did not do, with the error that it returned for the step."""

    step: Step
    error: QueryError

    @property
    def early(self) -> bool:
        """Whether GitHub did nothing because some of its servers do not know the step's new branch yet."""
        return classify_error(self.error.message) == "early"


async def apply(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> Snapshot:
    """Apply the steps by one GraphQL request, and return the snapshot as it is after them.

    Steps that came too early, since GitHub did not know a new branch yet, are sent again after 1, 2 and 4
    seconds. Refusals and exceptions are as in `bot.github.apply.apply`.
    """
    snapshot, failures = await _send(client, snapshot, steps)
    for seconds in RETRY_DELAYS:
        early = [failure.step for failure in failures if failure.early]
        if not early:
            break
        await client.sleep(seconds)
        snapshot, again = await _send(client, snapshot, early)
        failures = [failure for failure in failures if not failure.early] + again
    return update_snapshot.with_refusals(snapshot, *(_refusal(snapshot, failure) for failure in failures))


async def _send(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> tuple[Snapshot, list[Failure]]:
    """Send the steps in one document. Return the snapshot with the results, and the steps that failed.

    Raises GitHubError when GitHub rejects the document, LostAnswer when a step has neither result nor error.
    """
    response = await client.execute(*batch(snapshot, steps))
    aliases = {f"s{index}" for index in range(len(steps))}
    for error in response.errors:
        if not error.path or error.path[0] not in aliases:
            raise GitHubError(f"GitHub does not take the batch: {error.message}")
    failures: list[Failure] = []
    for index, step in enumerate(steps):
        node = response.data.get(f"s{index}")
        errors = [error for error in response.errors if error.path[0] == f"s{index}"]
        if errors:
            failures.append(Failure(step, errors[0]))
        elif node is None:
            raise LostAnswer(f"GitHub does not say what became of {type(step).__name__}")
        else:
            snapshot = mutation(snapshot, step).apply_result(snapshot, step, node)
            await _append_annotations(client, snapshot, step, node)
    return snapshot, list(_roots(failures))


def batch(snapshot: Snapshot, steps: Sequence[Step]) -> tuple[str, Mapping[str, Any]]:
    """Return a GraphQL document with a mutation for each step, and the variables to send with it.

    The mutations have the aliases `s0`, `s1`, and so on, by which the response names their results.
    """
    kinds = [mutation(snapshot, step) for step in steps]
    inputs = ", ".join(f"$s{index}: {kind.type}!" for index, kind in enumerate(kinds))
    fields = "\n".join(
        f"  s{index}: {kind.field}(input: $s{index}) {{ {kind.selection} }}"
        for index, kind in enumerate(kinds)
    )
    text = with_fragments(f"mutation Publish({inputs}) {{\n{fields}\n}}")
    variables = {
        f"s{index}": kind.input(snapshot, step)
        for index, (kind, step) in enumerate(zip(kinds, steps, strict=True))
    }
    return text, variables


def _roots(failures: Iterable[Failure]) -> Iterable[Failure]:
    """Yield the failures, without those that follow from an earlier failure on the same branch."""
    broken: set[str] = set()
    for failure in failures:
        branch = branch_of(failure.step)
        if branch not in broken:
            yield failure
        if branch is not None:
            broken.add(branch)


def _refusal(snapshot: Snapshot, failure: Failure) -> Refusal:
    """Return the refusal for a failed step, with GitHub's message.

    Raises Stale when something changed since it was read, LostAnswer when GitHub had an internal error.
    """
    step, error = failure.step, failure.error
    what = f"{type(step).__name__}: {error.message}"
    # NOT_FOUND: the comment or pull request was deleted since it was read
    if error.type in ("STALE_DATA", "NOT_FOUND") or classify_error(error.message) in ("stale", "early"):
        raise Stale(what)
    if error.type is None or error.type in ("INTERNAL", "SERVICE_UNAVAILABLE"):
        raise LostAnswer(what)
    missing = classify_error(error.message) == "permission"
    return Refusal(type(step).__name__, error.message, permission(snapshot, step) if missing else None)


async def _append_annotations(client: Client, snapshot: Snapshot, step: Step, node: Any) -> None:
    """Append to a new check run the annotations beyond the first AT_ONCE, by one more request.

    `node` is the payload of the mutation. Does nothing for other steps. Raises GitHubError when GitHub
    rejects them.
    """
    if not isinstance(step, Check) or len(step.annotations) <= AT_ONCE or snapshot.archive is None:
        return
    response = await client.execute(*annotating(step, snapshot.archive.repository.id, node["checkRun"]["id"]))
    if response.errors:
        raise GitHubError(f"annotations were not taken: {response.errors[0].message}")


def annotating(step: Check, repository: str, check_run: str) -> tuple[str, Mapping[str, Any]]:
    """Return a GraphQL document that adds the annotations of `step` from the 51st on, and its variables.

    GitHub takes 50 annotations at once. `repository` and `check_run` are the node ids of the archive and of
    the check run, which has the first 50 already.
    """
    rest = step.annotations[AT_ONCE:]
    parts = [rest[start : start + AT_ONCE] for start in range(0, len(rest), AT_ONCE)]
    inputs = ", ".join(f"$s{index}: UpdateCheckRunInput!" for index in range(len(parts)))
    fields = "\n".join(
        f"  s{index}: updateCheckRun(input: $s{index}) {{ clientMutationId }}" for index in range(len(parts))
    )
    common = {"repositoryId": repository, "checkRunId": check_run}
    variables = {
        f"s{index}": {**common, "output": check_output(step, part)} for index, part in enumerate(parts)
    }
    return f"mutation Annotate({inputs}) {{\n{fields}\n}}", variables
