"""Check runs: only apps may write them. https://docs.github.com/rest/checks/runs"""

from collections.abc import Mapping
from typing import Any

from github_simulator.errors import invalid, not_accessible, unprocessable
from github_simulator.permissions import check
from github_simulator.state import CheckRun, Repository
from github_simulator.tokens import Actor
from github_simulator.world import World, check_length

ANNOTATIONS = 50  # at most in one request; further requests append
SUMMARY = 65_535  # characters at most


def create_check(
    world: World, actor: Actor, repository: Repository, name: str, head_oid: str, fields: Mapping[str, Any]
) -> CheckRun:
    """Create a check run called `name` on the commit `head_oid`.

    `fields` are further fields, named as in REST (status, conclusion, output ...). Raises ApiError 403 for
    anyone but an app, 422 when there is no such commit.
    """
    check(actor, repository, "check:write")
    if actor.app is None:
        raise not_accessible()
    if not repository.git.commit_at(head_oid):
        raise unprocessable(f"No commit found for SHA: {head_oid}")
    run = CheckRun(repository=repository, app=actor.app, head_oid=head_oid, name=name, started_at=world.now())
    _apply(world, run, fields)
    repository.checks.append(world.add(run))
    return run


def update_check(world: World, actor: Actor, run: CheckRun, fields: Mapping[str, Any]) -> None:
    """Change fields of a check run; `fields` are named as in REST (status, conclusion, output ...).

    Raises ApiError 403 when another app created it.
    """
    check(actor, run.repository, "check:write")
    if actor.app is not run.app:
        raise not_accessible()
    _apply(world, run, fields)


def _apply(world: World, run: CheckRun, fields: Mapping[str, Any]) -> None:
    output = fields.get("output") or {}
    check_length(output.get("summary") or "", SUMMARY, "summary", "CheckRun")
    check_length(output.get("text") or "", SUMMARY, "text", "CheckRun")
    annotations = output.get("annotations") or []
    if len(annotations) > ANNOTATIONS:
        raise invalid("CheckRun", "annotations", "invalid", "annotations exceeds a maximum quantity of 50")
    for name in ("name", "status", "conclusion", "details_url", "external_id"):
        if fields.get(name) is not None:
            setattr(run, name, fields[name])
    for name in ("title", "summary", "text"):
        if output.get(name) is not None:
            setattr(run, name, output[name])
    run.annotations.extend(annotations)
    if run.conclusion:
        run.status = "completed"
        run.completed_at = world.now()
