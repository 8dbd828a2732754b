"""What all pages use: the person who acts, the templates, and the protection of forms."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from github_simulator.deliveries import Deliveries
from github_simulator.errors import ApiError
from github_simulator.pages.markdown import render
from github_simulator.permissions import check, may, right_on
from github_simulator.state import Repository, Thread, User
from github_simulator.tokens import Actor
from github_simulator.world import Event, World

COOKIE = "person"

HEADERS = {
    # pages show text that people typed: no scripts, frames or form targets from elsewhere
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Host(Protocol):
    """The parts of the simulator that its web pages use."""

    @property
    def world(self) -> World:
        """The state of the simulated GitHub."""

    @property
    def deliveries(self) -> Deliveries:
        """The log of webhook deliveries."""

    @property
    def requests(self) -> Sequence[Any]:
        """The logged requests that apps sent to the simulator, oldest first."""

    @property
    def violations(self) -> Sequence[str]:
        """Where requests or responses violated GitHub's official descriptions, as "where: what"."""


class Site:
    """The web pages of one simulator, `sim`, on which people can look at it and act in it.

    Every form contains `token`, to prevent cross-site request forgery. `helpers` are functions that the
    templates call.
    """

    def __init__(self, sim: Host, **helpers: Callable[[Thread], str]) -> None:
        self.sim = sim
        self.token = secrets.token_urlsafe()
        self._happened = 0
        sim.world.listeners.append(self._count)
        self._templates = Environment(
            loader=PackageLoader("github_simulator.pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"when": when, "markdown": render, "initials": initials}
        self._templates.globals |= {"may": may, "right_on": right_on, **helpers}

    @property
    def version(self) -> str:
        """A text that changes whenever the pages may show something new."""
        sim, deliveries = self.sim, self.sim.deliveries
        return f"{self._happened}.{len(sim.requests)}.{len(deliveries.log)}.{deliveries.waiting}"

    def _count(self, _: Event) -> None:
        self._happened += 1

    # -- the person who acts, and the repository

    def people(self) -> list[User]:
        """Return the accounts of people, those as whom a visitor may act."""
        return [user for user in self.sim.world.users.values() if user.type == "User"]

    def actor(self, request: web.Request) -> Actor:
        """Return the person as whom the visitor acts: the one in the cookie, else the first of all people.

        Without any people, it is an actor without an account.
        """
        chosen = request.cookies.get(COOKIE)
        people = self.people()
        return Actor(next((user for user in people if user.login == chosen), people[0] if people else None))

    def repository(self, request: web.Request) -> Repository:
        """Return the repository in the path of a request.

        Raises ApiError 404 if there is none that the person may see as whom the visitor acts.
        """
        found = self.sim.world.repository(request.match_info["owner"], request.match_info["repo"])
        check(self.actor(request), found, "metadata:read")
        return found

    # -- responses

    def page(self, request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
        """Return a rendered template as a page; `template` is its file name, `context` are values for it.

        Every template also gets this site as `site`, the person who acts as `actor`, the path with its query
        as `here`, and the time as `now`.
        """
        text = self._templates.get_template(template).render(
            site=self, actor=self.actor(request), here=request.path_qs, now=self.sim.world.now(), **context
        )
        body = text.encode("utf-8", "replace")  # JSON may contain lone surrogates, which UTF-8 cannot encode
        return web.Response(
            body=body, content_type="text/html", charset="utf-8", status=status, headers=HEADERS
        )

    async def check_token(self, request: web.Request) -> None:
        """Raise ApiError 403 unless the submitted form contains the token of this site."""
        token = (await request.post()).get("token")
        if not isinstance(token, str) or not secrets.compare_digest(token.encode(), self.token.encode()):
            raise ApiError(
                403, "This form is not from here, or older than this simulator. Go back and reload."
            )


async def text(request: web.Request, name: str) -> str:
    """Return the field `name` of the submitted form. Raises ApiError 422 if it is missing."""
    value = (await request.post()).get(name)
    if not isinstance(value, str):
        raise ApiError(422, f"The form has no field {name}.")
    return value


def back(path: str) -> web.Response:
    """Return a redirect (303) to a path of this site, or to `/` for any other target."""
    local = path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
    return web.Response(status=303, headers={"Location": local})


def when(time: datetime) -> Markup:
    """Return the HTML of a time for people: 18 Aug 2026, 14:03 (UTC)."""
    return Markup('<time datetime="{}">{}</time>').format(
        f"{time:%Y-%m-%dT%H:%M:%SZ}", f"{time:%-d %b %Y, %H:%M}"
    )


def initials(user: User | None) -> str:
    """Return the letter for a user's avatar; "?" for None, a deleted account."""
    return user.login[0].upper() if user else "?"
