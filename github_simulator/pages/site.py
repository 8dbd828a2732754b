"""What every page shares: who looks, the templates, and where a form may come from."""

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
    # what people typed is shown here: no script but our own, no frame, no form to elsewhere
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' https: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Host(Protocol):
    """What the pages need of the simulator."""

    @property
    def world(self) -> World:
        """Everything there is."""

    @property
    def deliveries(self) -> Deliveries:
        """The log of webhooks."""

    @property
    def requests(self) -> Sequence[Any]:
        """What apps sent, oldest first."""

    @property
    def violations(self) -> Sequence[str]:
        """What went against the official descriptions."""


class Site:
    """The pages of one simulator. `token` is in each of its forms, and no other site can know it.

    `helpers` are functions that the templates call.
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
        """Changes when there is something new to see."""
        sim, deliveries = self.sim, self.sim.deliveries
        return f"{self._happened}.{len(sim.requests)}.{len(deliveries.log)}.{deliveries.waiting}"

    def _count(self, _: Event) -> None:
        self._happened += 1

    # -- who looks, and at what

    def people(self) -> list[User]:
        """Return those one may act as."""
        return [user for user in self.sim.world.users.values() if user.type == "User"]

    def actor(self, request: web.Request) -> Actor:
        """Return the person that was chosen at the top of the page, else the first, else nobody."""
        chosen = request.cookies.get(COOKIE)
        people = self.people()
        return Actor(next((user for user in people if user.login == chosen), people[0] if people else None))

    def repository(self, request: web.Request) -> Repository:
        """Return the repository of the address. ApiError 404 when the person does not see one there."""
        found = self.sim.world.repository(request.match_info["owner"], request.match_info["repo"])
        check(self.actor(request), found, "metadata:read")
        return found

    # -- answers

    def page(self, request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
        """Fill a template; every template also sees `site`, `actor`, `here` and `now`."""
        text = self._templates.get_template(template).render(
            site=self, actor=self.actor(request), here=request.path_qs, now=self.sim.world.now(), **context
        )
        body = text.encode("utf-8", "replace")  # half a surrogate pair may come as JSON, and is no UTF-8
        return web.Response(
            body=body, content_type="text/html", charset="utf-8", status=status, headers=HEADERS
        )

    async def check_token(self, request: web.Request) -> None:
        """Refuse a form that another site sent. ApiError 403."""
        token = (await request.post()).get("token")
        if not isinstance(token, str) or not secrets.compare_digest(token.encode(), self.token.encode()):
            raise ApiError(
                403, "This form is not from here, or older than this simulator. Go back and reload."
            )


async def text(request: web.Request, name: str) -> str:
    """Return a field of the form that was sent. ApiError 422 when it is not there."""
    value = (await request.post()).get(name)
    if not isinstance(value, str):
        raise ApiError(422, f"The form has no field {name}.")
    return value


def back(path: str) -> web.Response:
    """Go to a page of ours after a form was obeyed."""
    local = path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
    return web.Response(status=303, headers={"Location": local})


def when(time: datetime) -> Markup:
    """Write a time for people: 18 Aug 2026, 14:03."""
    return Markup('<time datetime="{}">{}</time>').format(
        f"{time:%Y-%m-%dT%H:%M:%SZ}", f"{time:%-d %b %Y, %H:%M}"
    )


def initials(user: User | None) -> str:
    """Write the letter in a person's circle."""
    return user.login[0].upper() if user else "?"
