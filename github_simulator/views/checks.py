"""The JSON of check runs."""

from github_simulator.pulls import pulls_of
from github_simulator.state import CheckRun
from github_simulator.views.accounts import app
from github_simulator.views.base import Json, page, repo_api, time, time_or_none
from github_simulator.world import World


def check_run(world: World, it: CheckRun) -> Json:
    """Return the JSON of a check run, with the open pull requests that have its commit as head."""
    url = repo_api(world, it.repository, f"/check-runs/{it.id}")
    html = page(world, it.repository, f"/runs/{it.id}")
    open_here = [p for p in pulls_of(it.repository) if p.head_oid == it.head_oid and p.state == "open"]
    pointer = {"id": it.repository.id, "url": repo_api(world, it.repository), "name": it.repository.name}
    return {
        "id": it.id,
        "node_id": it.node_id,
        "head_sha": it.head_oid,
        "external_id": it.external_id,
        "url": url,
        "html_url": html,
        "details_url": it.details_url or html,
        "status": it.status,
        "conclusion": it.conclusion,
        "started_at": time(it.started_at),
        "completed_at": time_or_none(it.completed_at),
        "output": {
            "title": it.title,
            "summary": it.summary,
            "text": it.text,
            "annotations_count": len(it.annotations),
            "annotations_url": f"{url}/annotations",
        },
        "name": it.name,
        "check_suite": {"id": it.id},
        "app": app(world, it.app),
        "pull_requests": [
            {
                "id": pull.id,
                "number": pull.number,
                "url": repo_api(world, it.repository, f"/pulls/{pull.number}"),
                "head": {"ref": pull.head_ref, "sha": pull.head_oid, "repo": pointer},
                "base": {"ref": pull.base_ref, "sha": pull.base_oid, "repo": pointer},
            }
            for pull in open_here
        ],
    }


def check_run_of_event(world: World, it: CheckRun) -> Json:
    """Return the JSON of a check run in a webhook, with its suite, which names the branch of the push."""
    heads = (ref for ref, oid in it.repository.git.refs().items() if oid == it.head_oid)
    branch = next(heads, "").removeprefix("refs/heads/") or None
    suite = {"id": it.id, "head_branch": branch, "head_sha": it.head_oid, "status": it.status}
    return {**check_run(world, it), "check_suite": suite}
