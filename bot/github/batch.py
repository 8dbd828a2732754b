"""Making things different by GraphQL: all steps in one document, whose answers are folded one by one.

GitHub runs the mutations of a document in order, and goes on after one that failed: so each step's answer
is judged by itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.github import folds
from bot.github.annotations import AT_ONCE, check_output
from bot.github.client import Client, QueryError
from bot.github.documents import with_fragments
from bot.github.errors import GitHubError, LostAnswer, Stale
from bot.github.mutations import mutation, permission
from bot.github.verdicts import PATIENCE, branch_of, meaning
from bot.model import Check, Refusal, Snapshot, Step


@dataclass(frozen=True, slots=True)
class Failure:
    """A step that GitHub did not do, and why."""

    step: Step
    error: QueryError

    @property
    def early(self) -> bool:
        """Whether GitHub does not know the branch yet, and so did nothing."""
        return meaning(self.error.message) == "early"


async def apply(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> Snapshot:
    """Do these steps in one document; see `publish.apply`."""
    snapshot, failures = await _send(client, snapshot, steps)
    for seconds in PATIENCE:
        early = [failure.step for failure in failures if failure.early]
        if not early:
            break
        await client.sleep(seconds)
        snapshot, again = await _send(client, snapshot, early)
        failures = [failure for failure in failures if not failure.early] + again
    return folds.with_refusals(snapshot, *(_refusal(snapshot, failure) for failure in failures))


async def _send(client: Client, snapshot: Snapshot, steps: Sequence[Step]) -> tuple[Snapshot, list[Failure]]:
    """Send one batch; fold what was done, list what was not."""
    answer = await client.execute(*batch(snapshot, steps))
    aliases = {f"s{index}" for index in range(len(steps))}
    for error in answer.errors:
        if not error.path or error.path[0] not in aliases:
            raise GitHubError(f"GitHub does not take the batch: {error.message}")
    failures: list[Failure] = []
    for index, step in enumerate(steps):
        node = answer.data.get(f"s{index}")
        errors = [error for error in answer.errors if error.path[0] == f"s{index}"]
        if errors:
            failures.append(Failure(step, errors[0]))
        elif node is None:
            raise LostAnswer(f"GitHub does not say what became of {type(step).__name__}")
        else:
            snapshot = mutation(snapshot, step).fold(snapshot, step, node)
            await _append_annotations(client, snapshot, step, node)
    return snapshot, list(_roots(failures))


def batch(snapshot: Snapshot, steps: Sequence[Step]) -> tuple[str, Mapping[str, Any]]:
    """Build one document of all steps, `s0`, `s1`, ..., and its variables."""
    kinds = [mutation(snapshot, step) for step in steps]
    inputs = ", ".join(f"$s{index}: {kind.type}!" for index, kind in enumerate(kinds))
    fields = "\n".join(
        f"  s{index}: {kind.field}(input: $s{index}) {{ {kind.answer} }}" for index, kind in enumerate(kinds)
    )
    text = with_fragments(f"mutation Publish({inputs}) {{\n{fields}\n}}")
    variables = {
        f"s{index}": kind.input(snapshot, step)
        for index, (kind, step) in enumerate(zip(kinds, steps, strict=True))
    }
    return text, variables


def _roots(failures: Iterable[Failure]) -> Iterable[Failure]:
    """Leave out what failed on a branch only because an earlier step on it did."""
    broken: set[str] = set()
    for failure in failures:
        branch = branch_of(failure.step)
        if branch not in broken:
            yield failure
        if branch is not None:
            broken.add(branch)


def _refusal(snapshot: Snapshot, failure: Failure) -> Refusal:
    """Say what GitHub refused, in its words. Raises Stale or LostAnswer where it was no refusal."""
    step, error = failure.step, failure.error
    what = f"{type(step).__name__}: {error.message}"
    # NOT_FOUND: the comment or pull request went away since the look
    if error.type in ("STALE_DATA", "NOT_FOUND") or meaning(error.message) in ("stale", "early"):
        raise Stale(what)
    if error.type is None or error.type in ("INTERNAL", "SERVICE_UNAVAILABLE"):
        raise LostAnswer(what)
    missing = meaning(error.message) == "permission"
    return Refusal(type(step).__name__, error.message, permission(snapshot, step) if missing else None)


async def _append_annotations(client: Client, snapshot: Snapshot, step: Step, node: Any) -> None:
    """Send the annotations beyond the first fifty, all in one more request."""
    if not isinstance(step, Check) or len(step.annotations) <= AT_ONCE or snapshot.archive is None:
        return
    answer = await client.execute(*annotating(step, snapshot.archive.repository.id, node["checkRun"]["id"]))
    if answer.errors:
        raise GitHubError(f"annotations were not taken: {answer.errors[0].message}")


def annotating(step: Check, repository: str, check_run: str) -> tuple[str, Mapping[str, Any]]:
    """Build one document that appends the annotations beyond the first fifty, and its variables."""
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
