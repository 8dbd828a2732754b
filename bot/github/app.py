"""The App at GitHub: its key, and a client for each of its installations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import aiohttp

from bot.github.auth import AppKey, AsApp, AsInstallation, Tokens
from bot.github.client import Client
from bot.github.errors import Gone
from bot.github.limits import RateLimit
from bot.github.survey import Survey, survey
from bot.github.unfinished import Unfinished, unfinished_in
from bot.model.clock import Clock


class App:
    """A GitHub App: it has a client for each of its installations, and one for the App itself.

    `rest_url` and `graphql_url` are github.com's by default; GHES has `https://HOST/api/v3` and
    `https://HOST/api/graphql`, data residency `https://api.SUBDOMAIN.ghe.com` and the same with `/graphql`
    (https://docs.github.com/en/graphql/guides/forming-calls-with-graphql). `between_writes` is how many
    seconds a client leaves between two writes at least; GitHub asks for 1. `client_as_app` sends requests
    with the App's JWT. The constructor raises BadKey when the private key cannot be used.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        app_id: str | int,
        private_key: str,
        *,
        rest_url: str = "https://api.github.com",
        graphql_url: str = "https://api.github.com/graphql",
        clock: Clock,
        between_writes: float = 1.0,
    ) -> None:
        self._session = session
        self._clock = clock
        self._rest_url = rest_url
        self._graphql_url = graphql_url
        self._between_writes = between_writes
        self._clients: dict[int, Client] = {}
        self._known: Mapping[str, Any] = {}  # what GitHub says of the App, once it was asked
        self._tokens = Tokens(self._mint, self._clock)
        self.client_as_app = self._new_client(AsApp(AppKey.read(app_id, private_key), self._clock))

    def client(self, installation: int) -> Client:
        """Return the client that sends requests as an installation of the App, given by its id.

        Each call returns the same client, which keeps track of rate limits and of the time of the last write.
        """
        if installation not in self._clients:
            credentials = AsInstallation(self._tokens, installation, self._clock)
            self._clients[installation] = self._new_client(credentials)
        return self._clients[installation]

    async def installations(self) -> Sequence[int]:
        """Return the ids of the installations that are not suspended.

        https://docs.github.com/en/rest/apps/apps#list-installations-for-the-authenticated-app
        """
        found = self.client_as_app.getiter("/app/installations?per_page=100")
        return [int(each["id"]) async for each in found if not each.get("suspended_at")]

    async def installation_on(self, repository: str) -> int | None:
        """Return the id of the installation that covers a repository ("owner/name"), None if there is none.

        https://docs.github.com/en/rest/apps/apps#get-a-repository-installation-for-the-authenticated-app
        """
        owner, name = repository.split("/")
        url = "/repos/{owner}/{name}/installation"
        try:
            return int((await self.client_as_app.getitem(url, {"owner": owner, "name": name}))["id"])
        except Gone:
            return None

    async def slug(self) -> str:
        """Return the App's slug, its name in URLs; only the first call sends a request.

        https://docs.github.com/en/rest/apps/apps#get-the-authenticated-app
        """
        self._known = self._known or await self.client_as_app.getitem("/app")
        return str(self._known["slug"])

    @property
    def page(self) -> str:
        """The URL of the App's own page on GitHub; empty until the first call of `slug`."""
        url = str(self._known.get("html_url", ""))
        return url if url.startswith(("https://", "http://")) else ""

    async def survey(self, installation: int) -> Survey:
        """Return what the configurations of the repositories of an installation contain."""
        return await survey(self.client(installation))

    async def unfinished(self, installation: int, account: str, labels: Collection[str]) -> Unfinished:
        """Return what the bot may have left unfinished in the repositories of an installation.

        `account` is the owner of its repositories, `labels` are those that make a thread meeting notes.
        """
        return await unfinished_in(self.client(installation), account, labels, await self.slug())

    @property
    def rate_limits(self) -> Mapping[int | None, Sequence[RateLimit]]:
        """The rate limits as GitHub told them last, by installation; None stands for the App itself."""
        clients = [(None, self.client_as_app), *self._clients.items()]
        return {key: [*each.rate_limits.values()] for key, each in clients if each.rate_limits}

    def renew_token(self, installation: int) -> None:
        """Discard the token of an installation, so that the next request as that installation creates one.

        A token keeps the permissions with which it was created; the new one has the current ones.
        """
        self._tokens.renew(installation)

    def _new_client(self, credentials: AsApp | AsInstallation) -> Client:
        return Client(
            self._session,
            credentials,
            rest_url=self._rest_url,
            graphql_url=self._graphql_url,
            clock=self._clock,
            identity=self,
            between_writes=self._between_writes,
        )

    async def _mint(self, installation: int) -> tuple[str, datetime]:
        response = await self.client_as_app.post(
            "/app/installations/{id}/access_tokens", {"id": str(installation)}, data=b""
        )
        return response["token"], datetime.fromisoformat(response["expires_at"])
