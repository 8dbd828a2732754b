"""The pages that register the App: `/setup`, with the one-time token, and `/setup/created`, the way back.

Whoever has no token, or comes after the App was registered, finds nothing. No page needs JavaScript. On the
machine of who sets up the bot, `/setup/installed/…` says after that what is understood of the repositories.
"""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiohttp import web

from bot.model.clock import Clock
from bot.service.pages import headers_of_page, page_of, templates_of
from bot.setup.credentials import Credentials, NotGiven, redeem
from bot.setup.registration import UNIQUE, GitHubHost, Registration
from bot.setup.store import CannotStore, Store

LIFETIME = timedelta(hours=1)
"""How long GitHub gives for the whole way; a `state` is valid as long."""
MOST_STATES = 20
LARGEST_FORM = 2**14  # bytes

TEMPLATES = templates_of("bot.setup")
TEMPLATES.filters["tojson_text"] = json.dumps  # the template escapes it as any other text


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the fields of the form."""

    name: str = "minutes-bot"
    url: str = ""
    organization: str = ""


class Seen(Protocol):
    """A sentence on what is understood of the repositories, and what to do next."""

    @property
    def check(self) -> str:
        """What was looked at, in a word."""

    @property
    def level(self) -> str:
        """How grave it is: `ok`, `warning`, `error`."""

    @property
    def message(self) -> str:
        """The sentence."""

    @property
    def cure(self) -> str:
        """What to do next, or empty."""


Look = Callable[[Credentials], Awaitable[Sequence[Seen]]]


class Setup:
    """One set-up of the bot, which is `done` when the App is registered.

    `store` gets the credentials. `base_url` is where this page is reached, None: at the bot's public URL.
    `token` is what opens the page, and `credentials` what came of it. With a `look`, GitHub leads to a page
    that shows what it sees once the App is installed, and then that is `seen`.
    """

    def __init__(
        self,
        host: GitHubHost,
        store: Store,
        clock: Clock,
        *,
        filled: Filled | None = None,
        base_url: str | None = None,
        proxy: str | None = None,
        look: Look | None = None,
    ) -> None:
        self.host = host
        self.base_url = base_url
        self.token = secrets.token_urlsafe(32)
        self.credentials: Credentials | None = None
        self.not_stored = ""
        """Why the credentials could only be shown, empty if they are stored."""
        self.done = asyncio.Event()
        self.seen: asyncio.Queue[Sequence[Seen]] = asyncio.Queue()
        """What each look at the repositories saw."""
        self._store = store
        self._clock = clock
        self._filled = filled or Filled()
        self._proxy = proxy
        self._look = look
        self._look_token = secrets.token_urlsafe(32)  # GitHub knows it, and so this one opens nothing else
        self._states: dict[str, datetime] = {}
        self._one_at_a_time = asyncio.Lock()

    @property
    def address(self) -> str:
        """The address of the page, with the token; without a base URL only its path."""
        return f"{self.base_url or ''}/setup?token={self.token}"

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the page."""
        return [
            web.get("/setup", self._safely(self.show), allow_head=False),
            web.post("/setup", self._safely(self.review)),
            web.get("/setup/created", self._safely(self.created), allow_head=False),
            web.get("/setup/installed/{token}", self._safely(self.installed), allow_head=False),
        ]

    @property
    def has_look(self) -> bool:
        """Whether the repositories can be looked at."""
        return self._look is not None

    async def look(self) -> Sequence[Seen]:
        """Look at the repositories of the App that is registered, and return what is seen."""
        assert self._look is not None
        assert self.credentials is not None
        return await self._look(self.credentials)

    # -- what people ask for

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the form."""
        self._admit(request.query.get("token", ""))
        filled = self._filled
        if self.base_url is None and not filled.url:  # on a platform: most likely at the address asked for
            filled = Filled(filled.name, f"https://{request.host}", filled.organization)
        return self._form(filled)

    async def review(self, request: web.Request) -> web.Response:
        """Answer with what GitHub will be asked for, and the button that leads there."""
        sent = await request.post()
        self._admit(_text(sent.get("token")))
        filled = Filled(*(_text(sent.get(name)) for name in ("name", "url", "organization")))
        try:
            app = Registration.of(filled.name, filled.url, filled.organization, host=self.host)
        except ValueError as error:
            return self._form(filled, str(error))
        page, here = self.host.registration_page(app.organization), self.base_url or app.bot_url
        installed = f"{here}/setup/installed/{self._look_token}" if self._look else ""
        shown = _page(
            "review.html",
            form_action=self.host.url,
            app=app,
            manifest=app.manifest(f"{here}/setup/created", installed),
            action=f"{page}?state={self._new_state()}",
        )
        # with no-referrer the form would come from the origin "null"; this page's address has no secret
        shown.headers["Referrer-Policy"] = "strict-origin"
        return shown

    async def created(self, request: web.Request) -> web.Response:
        """Take the code with which GitHub leads back, store the credentials, lead on to the installation."""
        async with self._one_at_a_time:
            self._use_state(request.query.get("state", ""))
            try:
                made = await redeem(request.query.get("code", ""), self.host, self._proxy)
            except NotGiven as error:
                return _problem(502, "The App's credentials did not come", f"{error}. {AGAIN}")
            answer = self._keep(made)
            self.credentials = made
            self._states.clear()
        self.done.set()
        return answer

    async def installed(self, request: web.Request) -> web.Response:
        """Answer with what is understood of the repositories, to which GitHub leads after the installation.

        What GitHub adds to the address is not read: anybody can write it.
        """
        is_admitted = _is_same(request.match_info["token"], self._look_token)
        if self._look is None or self.credentials is None or not is_admitted:
            raise web.HTTPNotFound
        async with self._one_at_a_time:
            seen = await self.look()
        self.seen.put_nowait(seen)
        return _page("installed.html", seen=seen, has_errors=any(each.level == "error" for each in seen))

    # -- tokens and states

    def _admit(self, token: str) -> None:
        """Raise HTTPNotFound unless this is the token, and the App is not registered yet."""
        if self.credentials is not None or not _is_same(token, self.token):
            raise web.HTTPNotFound

    def _new_state(self) -> str:
        while len(self._states) >= MOST_STATES:
            del self._states[next(iter(self._states))]
        state = secrets.token_urlsafe(32)
        self._states[state] = self._clock.now() + LIFETIME
        return state

    def _use_state(self, given: str) -> None:
        """Raise HTTPNotFound unless this is a state of the last hour; it is not one any more."""
        found = [state for state in self._states if _is_same(given, state)]
        if not found or self._states.pop(found[0]) <= self._clock.now():
            raise web.HTTPNotFound

    def _keep(self, made: Credentials) -> web.Response:
        try:
            self._store.write(made.variables)
        except CannotStore as error:
            self.not_stored = str(error)
            return _page(
                "copy.html",
                why=self.not_stored,
                variables=made.variables,
                installation_page=made.installation_page,
            )
        return web.Response(status=303, headers=headers_of_page() | {"Location": made.installation_page})

    # -- pages

    def _form(self, filled: Filled, problem: str = "") -> web.Response:
        return _page(
            "form.html",
            status=422 if problem else 200,
            form_action="'self'",
            host=self.host,
            token=self.token,
            filled=filled,
            problem=problem,
            unique=UNIQUE,
        )

    def _safely(
        self, handler: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answered(request: web.Request) -> web.Response:
            try:
                return await handler(request)
            except web.HTTPNotFound:
                return _problem(404, "There is nothing here", f"An address has one use, for an hour. {AGAIN}")

        return answered


AGAIN = "As long as no App is registered, the address that minutes-bot printed opens the form again."


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _problem(status: int, title: str, text: str) -> web.Response:
    return _page("problem.html", status=status, title=title, text=text)


def _page(template: str, *, status: int = 200, form_action: str = "'none'", **context: Any) -> web.Response:
    return page_of(TEMPLATES, template, status=status, form_action=form_action, context=context)


def make_app(setup: Setup) -> web.Application:
    """Return a web application with the page of a set-up, and nothing else."""
    app = web.Application(client_max_size=LARGEST_FORM)
    app.add_routes(setup.routes())
    return app
