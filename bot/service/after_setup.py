"""The pages to which people come after the set-up: once they installed the App, or with a used address.

Anybody may read them, so they say nothing of any installation.
"""

from aiohttp import web

from bot.service.pages import page_of, templates_of

INSTALLED = "/installed"
"""The path of the App's setup URL, to which GitHub leads whoever installed it.

https://docs.github.com/en/apps/creating-github-apps/registering-a-github-app/about-the-setup-url
"""
TEMPLATES = templates_of("bot.service")


async def installed(_: web.Request) -> web.Response:
    """Answer with what happens next, and what to try first; what GitHub adds to the address is not read."""
    return page_of(TEMPLATES, "installed.html", context={})


async def set_up(_: web.Request) -> web.Response:
    """Answer at the former addresses of the set-up that it is done."""
    return page_of(TEMPLATES, "set_up.html", status=410, context={})


def routes() -> list[web.RouteDef]:
    """Return the routes of the pages of the running service."""
    return [
        web.get(INSTALLED, installed),
        web.get("/setup", set_up),
        web.get("/setup/created", set_up),
    ]
