"""The web pages of the simulator: plain HTML, on which people do what they would do on GitHub's website.

Paths are GitHub's own (`/owner/name/issues/1`), so that links of the bot work; pages that GitHub does not
have are below `/-/`. No page needs JavaScript.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import web

from github_simulator.errors import ApiError
from github_simulator.pages import apps, checks, files, home, lists, log, threads
from github_simulator.pages.site import Host, Site

PageHandler = Callable[[Site, web.Request], Awaitable[web.StreamResponse]]

REPOSITORY = r"/{owner:[A-Za-z0-9][A-Za-z0-9-]*}/{repo:[\w.-]+}"
THREAD = REPOSITORY + r"/{kind:issues|pull|discussions}/{number:\d+}"

OWNERS = ("", r"/organizations/{organization:[\w-]+}")

PAGES: tuple[tuple[str, str, PageHandler], ...] = (
    ("GET", "/", home.index),
    ("POST", "/-/clock", home.move_clock),
    ("POST", "/-/person", home.choose_person),
    ("GET", "/-/version", home.version),
    ("GET", r"/-/{name:[a-z]+\.[a-z]+}", home.asset),
    ("GET", "/favicon.ico", home.asset),  # browsers request it without a link
    ("GET", "/-/deliveries", log.deliveries),
    ("GET", r"/-/deliveries/{id:\d+}", log.delivery),
    ("POST", r"/-/deliveries/{id:\d+}", log.redeliver),
    ("GET", "/-/requests", log.requests),
    *(("POST", owner + "/settings/apps/new", apps.registration) for owner in OWNERS),
    *(("POST", owner + "/settings/apps", apps.create) for owner in OWNERS),
    ("GET", r"/apps/{slug:[\w-]+}/installations/new", apps.choose),
    ("POST", r"/apps/{slug:[\w-]+}/installations/new", apps.install),
    ("GET", r"/settings/installations/{id:\d+}", apps.installed),
    ("GET", REPOSITORY + r"/{kind:issues|pulls|discussions}", lists.listing),
    ("GET", REPOSITORY + "/issues/new", threads.new),
    ("POST", REPOSITORY + "/issues/new", threads.open_issue),
    ("GET", REPOSITORY + "/discussions/new", threads.new_discussion),
    ("POST", REPOSITORY + "/discussions/new", threads.open_discussion),
    ("GET", THREAD, threads.show),
    ("GET", THREAD + "/files", threads.show),
    ("POST", THREAD + r"/{action:[a-z]+}", threads.act),
    ("GET", REPOSITORY, files.tree),
    ("GET", REPOSITORY + r"/tree/{rest:.+}", files.tree),
    ("GET", REPOSITORY + r"/blob/{rest:.+}", files.blob),
    ("GET", REPOSITORY + r"/new/{rest:.+}", files.new),
    ("POST", REPOSITORY + r"/new/{rest:.+}", files.create),
    ("GET", REPOSITORY + r"/edit/{rest:.+}", files.edit),
    ("POST", REPOSITORY + r"/edit/{rest:.+}", files.save),
    ("GET", REPOSITORY + r"/commits/{rest:.+}", files.commits),
    ("GET", REPOSITORY + r"/commit/{oid:[0-9a-f]{40}}", files.commit),
    ("GET", REPOSITORY + r"/runs/{id:\d+}", checks.show),
    ("POST", REPOSITORY + r"/runs/{id:\d+}", checks.press),
)

FROM_ELSEWHERE = (apps.registration,)
"""The forms that other sites post; they change nothing."""


def routes(sim: Host) -> list[web.RouteDef]:
    """Return the routes of all web pages, to be added after those of REST, which has paths like `/repos/x`.

    An ApiError becomes a page with its message.
    """
    site = Site(sim, link=lists.link, kind_of=lists.kind_of, state_of=lists.state_of)
    return [web.route(method, path, _with_error_page(site, handler)) for method, path, handler in PAGES]


def _with_error_page(
    site: Site, handler: PageHandler
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    return partial(_respond, site, handler)


async def _respond(site: Site, handler: PageHandler, request: web.Request) -> web.StreamResponse:
    try:
        if request.method == "POST" and handler not in FROM_ELSEWHERE:
            await site.check_token(request)
        return await handler(site, request)
    except ApiError as error:
        return site.page(request, "error.html", status=error.status, error=error)
