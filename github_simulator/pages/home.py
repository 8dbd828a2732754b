"""The home page, the clock, and the choice of the person to act as."""

from datetime import timedelta
from importlib.resources import files

from aiohttp import web

from github_simulator.errors import ApiError, not_found
from github_simulator.pages.lists import STATES, counts, newest
from github_simulator.pages.site import COOKIE, Site, back, text
from github_simulator.permissions import sees

FURTHEST = 60 * 24 * 366 * 10  # minutes
ASSETS = {"style.css": "text/css", "refresh.js": "text/javascript", "icon.svg": "image/svg+xml"}
"""The static files of the pages, with their media types."""


async def index(site: Site, request: web.Request) -> web.Response:
    """Show the repositories, with counts of their threads and the threads that changed last."""
    actor = site.actor(request)
    repositories = [each for each in site.sim.world.repositories.values() if sees(actor, each)]
    shown = [(each, counts(each), newest(each)) for each in repositories]
    return site.page(request, "home.html", repositories=shown, states=STATES)


async def move_clock(site: Site, request: web.Request) -> web.Response:
    """Advance the clock that the simulator and the bot share, by the minutes in the form."""
    try:
        minutes = float(await text(request, "minutes"))
    except ValueError:
        raise ApiError(422, "Minutes are a number.") from None
    if not 0 <= minutes <= FURTHEST:
        raise ApiError(422, "The clock moves forward, and not by more than ten years.")
    site.sim.world.clock.advance(timedelta(minutes=minutes))
    return back(await text(request, "back"))


async def choose_person(site: Site, request: web.Request) -> web.Response:
    """Save in a cookie the person as whom the visitor wants to act."""
    login = await text(request, "login")
    site.sim.world.user(login)
    response = back(await text(request, "back"))
    response.set_cookie(COOKIE, login, httponly=True, samesite="Lax")
    return response


async def version(site: Site, _: web.Request) -> web.Response:
    """Return a text that changes when a page may show something new, for the script that then reloads it."""
    return web.Response(text=site.version, headers={"Cache-Control": "no-store"})


async def asset(_: Site, request: web.Request) -> web.Response:
    """Return the style sheet, the script or the icon."""
    name = request.match_info.get("name", "icon.svg")
    if name not in ASSETS:
        raise not_found()
    content = (files("github_simulator.pages") / name).read_text("utf-8")
    return web.Response(text=content, content_type=ASSETS[name])
