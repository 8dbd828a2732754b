"""Check runs."""

from github_simulator import checks, views
from github_simulator.errors import invalid
from github_simulator.rest.request import RestRequest, RestResponse, operation, or_404
from github_simulator.state import CheckRun
from github_simulator.views.base import Json


def _run(request: RestRequest) -> CheckRun:
    wanted = int(request.params["check_run_id"])
    return or_404(next((run for run in request.repository("check:read").checks if run.id == wanted), None))


@operation("checks/create", 201)
def create(request: RestRequest) -> Json:
    """Create a check run."""
    given = request.body
    if given.get("status") == "completed" and not given.get("conclusion"):
        raise invalid("CheckRun", "conclusion", "missing_field")
    run = checks.create_check(
        request.world, request.actor, request.repository(), given["name"], given["head_sha"], given
    )
    return views.check_run(request.world, run)


@operation("checks/update")
def update(request: RestRequest) -> Json:
    """Change a check run."""
    run = _run(request)
    checks.update_check(request.world, request.actor, run, request.body)
    return views.check_run(request.world, run)


@operation("checks/get")
def get(request: RestRequest) -> Json:
    """Return a check run."""
    return views.check_run(request.world, _run(request))


@operation("checks/list-for-ref")
def list_for_ref(request: RestRequest) -> RestResponse:
    """Return the check runs of a branch or commit; with `check_name` in the query, those of that name."""
    repository = request.repository("check:read")
    oid = repository.git.resolve(request.params["ref"], repository.default_branch)
    name = request.query.get("check_name")
    runs = [run for run in repository.checks if run.head_oid == oid and name in (None, run.name)]
    shown, headers = request.page(runs)
    body = {"total_count": len(runs), "check_runs": [views.check_run(request.world, each) for each in shown]}
    return RestResponse(body, headers=headers)


@operation("checks/list-annotations")
def annotations(request: RestRequest) -> RestResponse:
    """Return the annotations of a check run."""
    run = _run(request)
    href = {"blob_href": "", "title": None, "raw_details": None, "start_column": None, "end_column": None}
    shown, headers = request.page(run.annotations)
    return RestResponse([href | each for each in shown], headers=headers)
