"""The pages that register an app from a manifest, and install it.

GitHub shows the same to who comes from a form elsewhere: the name, which can be changed, and one button.
"""

from urllib.parse import urlencode, urlsplit

from aiohttp import web

from github_simulator import installations
from github_simulator.errors import ApiError, not_found
from github_simulator.pages.site import Site, text
from github_simulator.registrations import AppManifest, owner_of, register
from github_simulator.state import App


async def registration(site: Site, request: web.Request) -> web.Response:
    """Show the manifest that a form elsewhere posted, with the button that registers the app."""
    posted = await text(request, "manifest")
    manifest = AppManifest.read(posted)
    owner = owner_of(site.sim.world, site.actor(request).account, request.match_info.get("organization"))
    state = request.query.get("state", "")
    shown = site.page(
        request, "app_new.html", manifest=manifest, posted=posted, owner=owner, state=state,
        action=request.path.removesuffix("/new"),
    )  # fmt: skip
    # the button leads back to the site that sent the manifest
    _allow_form_to(shown, manifest.redirect_url)
    return shown


def _allow_form_to(page: web.Response, url: str) -> None:
    parts = urlsplit(url)
    policy = page.headers["Content-Security-Policy"]
    allowed = f"form-action 'self' {parts.scheme}://{parts.netloc}"
    page.headers["Content-Security-Policy"] = policy.replace("form-action 'self'", allowed)


async def create(site: Site, request: web.Request) -> web.Response:
    """Register the app in the form, and lead back to the site that sent the manifest, with a code."""
    manifest = AppManifest.read(await text(request, "manifest"))
    owner = owner_of(site.sim.world, site.actor(request).account, request.match_info.get("organization"))
    code = register(site.sim.world, owner, manifest, (await text(request, "name")).strip())
    state = await text(request, "state")
    query = urlencode({"code": code} | ({"state": state} if state else {}))
    joined = f"{manifest.redirect_url}{'&' if '?' in manifest.redirect_url else '?'}{query}"
    return web.Response(status=302, headers={"Location": joined})


def _app(site: Site, request: web.Request) -> App:
    slug = request.match_info["slug"]
    found = next((each for each in site.sim.world.apps.values() if each.slug == slug), None)
    if found is None:
        raise not_found()
    return found


async def choose(site: Site, request: web.Request) -> web.Response:
    """Show the repositories of the app's owner, of which some or all are chosen."""
    app = _app(site, request)
    mine = [each for each in site.sim.world.repositories.values() if each.owner is app.owner]
    shown = site.page(request, "app_install.html", app=app, repositories=mine)
    if app.setup_url:
        _allow_form_to(shown, app.setup_url)
    return shown


async def install(site: Site, request: web.Request) -> web.Response:
    """Install the app on what was chosen, and lead to its set-up, or else to the page of the installation."""
    app, world = _app(site, request), site.sim.world
    form = await request.post()
    names = [str(name) for name in form.getall("repository", [])]
    chosen = None
    if form.get("selection") != "all":
        if not names:
            raise ApiError(422, "Select at least one repository.")
        chosen = [world.repository(app.owner.login, name) for name in names]
    made = installations.install(world, app, app.owner, chosen)
    query = urlencode({"installation_id": made.id, "setup_action": "install"})
    page = f"/settings/installations/{made.id}"
    return web.Response(
        status=302, headers={"Location": f"{app.setup_url}?{query}" if app.setup_url else page}
    )


async def installed(site: Site, request: web.Request) -> web.Response:
    """Show an installation: the app, and the repositories that it is for."""
    found = site.sim.world.installations.get(int(request.match_info["id"]))
    if found is None:
        raise not_found()
    covered = [each for each in site.sim.world.repositories.values() if found.covers(each)]
    return site.page(request, "app_installed.html", installation=found, repositories=covered)
