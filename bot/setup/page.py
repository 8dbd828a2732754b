"""The pages that register the App: `/setup`, with the one-time token, and `/setup/created`, the way back.

Whoever has no token finds nothing; who has it, and comes after the App was registered, is told so. No page
needs JavaScript.
"""

import asyncio
import json
import secrets
import shlex
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.model.clock import Clock
from bot.service import after_setup
from bot.service.pages import page_of, templates_of
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


class Setup:
    """One set-up of the bot, which is `done` when the App is registered.

    `store` gets the credentials. `base_url` is where this page is reached, None: at the bot's public URL.
    `token` is what opens the page, and `credentials` what came of it.
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
    ) -> None:
        self.host = host
        self.base_url = base_url
        self.token = secrets.token_urlsafe(32)
        self.credentials: Credentials | None = None
        self.not_stored = ""
        """Why the credentials could only be shown, empty if they are stored."""
        self.done = asyncio.Event()
        self._store = store
        self._clock = clock
        self._filled = filled or Filled()
        self._proxy = proxy
        self._states: dict[str, datetime] = {}
        self._state_used = ""  # the one with which the App was registered
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
            web.get(after_setup.INSTALLED, after_setup.installed),
        ]

    # -- what people ask for

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the form."""
        self._admit(request.query.get("token", ""))
        if self.credentials is not None:
            return self._registered(self.credentials, is_used=True)
        filled = self._filled
        if self.base_url is None and not filled.url:  # on a platform: most likely at the address asked for
            filled = Filled(filled.name, f"https://{request.host}", filled.organization)
        return self._form(filled)

    async def review(self, request: web.Request) -> web.Response:
        """Answer with what GitHub will be asked for, and the button that leads there."""
        sent = await request.post()
        self._admit(_text(sent.get("token")))
        if self.credentials is not None:
            return self._registered(self.credentials, is_used=True)
        filled = Filled(*(_text(sent.get(name)) for name in ("name", "url", "organization")))
        try:
            app = Registration.of(filled.name, filled.url, filled.organization, host=self.host)
        except ValueError as error:
            return self._form(filled, str(error))
        page, here = self.host.registration_page(app.organization), self.base_url or app.bot_url
        shown = _page(
            "review.html",
            form_action=self.host.url,
            app=app,
            manifest=app.manifest(f"{here}/setup/created"),
            action=f"{page}?state={self._new_state()}",
        )
        # with no-referrer the form would come from the origin "null"; this page's address has no secret
        shown.headers["Referrer-Policy"] = "strict-origin"
        return shown

    async def created(self, request: web.Request) -> web.Response:
        """Take the code with which GitHub leads back, store the credentials, say how to go on."""
        state = request.query.get("state", "")
        async with self._one_at_a_time:
            if self.credentials is not None and _is_same(state, self._state_used):
                return self._registered(self.credentials, is_used=True)  # the page was loaded again
            self._use_state(state)
            try:
                made = await redeem(request.query.get("code", ""), self.host, self._proxy)
            except NotGiven as error:
                return _problem(502, "The App's credentials did not come", f"{error}. {AGAIN}")
            answer = self._keep(made)
            self.credentials, self._state_used = made, state
            self._states.clear()
        self.done.set()
        return answer

    # -- tokens and states

    def _admit(self, token: str) -> None:
        """Raise HTTPNotFound unless this is the token."""
        if not _is_same(token, self.token):
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
            return self._registered(made, made.variables)
        return self._registered(made)

    # -- pages

    def _registered(
        self, made: Credentials, variables: Mapping[str, str] | None = None, *, is_used: bool = False
    ) -> web.Response:
        """Return the page that says what was done, where the credentials are, and how to go on.

        `variables` are shown; without any, nothing secret is. `is_used`: this is not the first time.
        """
        return _page(
            "registered.html",
            status=410 if is_used else 200,
            made=made,
            variables=variables,
            is_used=is_used,
            where=self._where(is_used),
            start=self._start(),
        )

    def _where(self, is_used: bool) -> str:
        if not self.not_stored:
            return f"Its credentials are in {self._store.place}."
        if not is_used:
            return f"{self.not_stored} This page shows its credentials once: copy them now."
        return (
            "Its credentials were shown once, on the page to which GitHub led. If nobody copied them, delete "
            "the App on GitHub, restart the bot, and begin again with the address that it prints then."
        )

    def _start(self) -> str:
        """Return how the bot gets to run."""
        if self.not_stored:
            return "Set them as environment variables on your platform, and restart the bot."
        if self.base_url is None:
            return "The bot starts with them by itself."
        return f"Start the bot: minutes-bot serve --env-file {shlex.quote(self._store.place)}"

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
