"""Check runs."""

from github_simulator import checks, views
from github_simulator.errors import invalid
from github_simulator.rest.request import Answer, Call, found, operation
from github_simulator.state import CheckRun
from github_simulator.views.base import Json


def _run(call: Call) -> CheckRun:
    wanted = int(call.params["check_run_id"])
    return found(next((run for run in call.repository("check:read").checks if run.id == wanted), None))


@operation("checks/create", 201)
def create(call: Call) -> Json:
    """Create a check run."""
    given = call.body
    if given.get("status") == "completed" and not given.get("conclusion"):
        raise invalid("CheckRun", "conclusion", "missing_field")
    run = checks.create_check(
        call.world, call.actor, call.repository(), given["name"], given["head_sha"], given
    )
    return views.check_run(call.world, run)


@operation("checks/update")
def update(call: Call) -> Json:
    """Change a check run."""
    run = _run(call)
    checks.update_check(call.world, call.actor, run, call.body)
    return views.check_run(call.world, run)


@operation("checks/get")
def get(call: Call) -> Json:
    """Answer with a check run."""
    return views.check_run(call.world, _run(call))


@operation("checks/list-for-ref")
def list_for_ref(call: Call) -> Answer:
    """Answer with the check runs of a branch or commit, by `check_name`."""
    repository = call.repository("check:read")
    oid = repository.git.resolve(call.params["ref"], repository.default_branch)
    name = call.query.get("check_name")
    runs = [run for run in repository.checks if run.head_oid == oid and name in (None, run.name)]
    shown, headers = call.page(runs)
    body = {"total_count": len(runs), "check_runs": [views.check_run(call.world, each) for each in shown]}
    return Answer(body, headers=headers)


@operation("checks/list-annotations")
def annotations(call: Call) -> Answer:
    """Answer with the annotations of a check run."""
    run = _run(call)
    href = {"blob_href": "", "title": None, "raw_details": None, "start_column": None, "end_column": None}
    shown, headers = call.page(run.annotations)
    return Answer([href | each for each in shown], headers=headers)
