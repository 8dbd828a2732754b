"""Check runs: only apps may write them. https://docs.github.com/rest/checks/runs"""

from collections.abc import Mapping, Sequence
from typing import Any

from github_simulator.errors import invalid, not_accessible, not_found, unprocessable
from github_simulator.permissions import check
from github_simulator.state import CheckRun, Repository
from github_simulator.tokens import Actor
from github_simulator.world import Event, World, check_length

ANNOTATIONS = 50  # at most in one request; further requests append
ACTIONS = 3  # buttons at most
LENGTHS = {"label": 20, "description": 40, "identifier": 20}  # characters of a button
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


def press(world: World, actor: Actor, run: CheckRun, identifier: str) -> None:
    """Let a person press a button of a check run; only the app that created the run gets an event.

    GitHub shows the buttons to people who may push. Raises ApiError 404 where there is no such button.
    """
    check(actor, run.repository, "code:write")
    if identifier not in [each["identifier"] for each in run.actions]:
        raise not_found("There is no such action.")
    installation = world.installation_on(run.app, run.repository)
    if installation and "check_run" in run.app.events:
        extra = {"check_run": run, "requested_action": {"identifier": identifier}}
        event = Event("check_run", "requested_action", run.repository, actor.account, extra, installation)
        world.emit(event)


def _check_actions(actions: Sequence[Mapping[str, str]]) -> None:
    if len(actions) > ACTIONS:
        raise invalid("CheckRun", "actions", "invalid", "actions exceeds a maximum quantity of 3")
    for action in actions:
        for name, most in LENGTHS.items():
            check_length(action[name], most, name, "CheckRun")


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
    if fields.get("actions") is not None:
        _check_actions(fields["actions"])
        run.actions = list(fields["actions"])
    if run.conclusion:
        run.status = "completed"
        run.completed_at = world.now()
