"""The page of one check run, where GitHub's own is too, with the buttons of its app."""

from aiohttp import web

from github_simulator import checks
from github_simulator.errors import not_found
from github_simulator.pages.site import Site, back, text
from github_simulator.state import CheckRun


async def show(site: Site, request: web.Request) -> web.Response:
    """Show what a check run found, and its buttons to people who may push."""
    run = _run(site, request)
    return site.page(request, "run.html", repository=run.repository, tab="files", run=run)


async def press(site: Site, request: web.Request) -> web.Response:
    """Press the button in the form, as the person whom the visitor chose to act as."""
    run = _run(site, request)
    checks.press(site.sim.world, site.actor(request), run, await text(request, "identifier"))
    return back(await text(request, "back"))


def _run(site: Site, request: web.Request) -> CheckRun:
    wanted = int(request.match_info["id"])
    found = next((run for run in site.repository(request).checks if run.id == wanted), None)
    if found is None:
        raise not_found()
    return found
