"""What the service needs of GitHub: clients, and what to look through. An App gives it, or a single token."""

from collections.abc import Collection, Sequence
from typing import Protocol

import aiohttp

from bot.github.client import Client
from bot.github.errors import Gone
from bot.github.survey import Survey, survey_of
from bot.github.unfinished import Unfinished, unfinished_of
from bot.model.clock import Clock


class Access(Protocol):
    """What jobs need of GitHub."""

    def client(self, installation: int) -> Client:
        """Return the client that sends requests as an installation, given by its id."""
        ...

    def renew_token(self, installation: int) -> None:
        """Have the next request of an installation sent with a new token, where there can be one."""
        ...

    async def installations(self) -> Sequence[int]:
        """Return the ids of the installations that are not suspended."""
        ...

    async def survey(self, installation: int) -> Survey:
        """Return what the configurations of the repositories of an installation contain."""
        ...

    async def unfinished(self, installation: int, account: str, labels: Collection[str]) -> Unfinished:
        """Return what the bot may have left unfinished in the repositories of an installation.

        `account` is the owner of its repositories, `labels` are those that make a thread meeting notes.
        """
        ...


INSTALLATION = 1
"""Stands for the one installation of a RepositoryAccess, whose id nothing there tells."""


class RepositoryAccess:
    """Access to one repository ("owner/name") with a token that others made, as in a GitHub workflow.

    The parameters are those of `bot.github.app.App`.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        repository: str,
        token: str,
        *,
        rest_url: str,
        graphql_url: str,
        clock: Clock,
        between_writes: float = 1.0,
    ) -> None:
        self.repository = repository
        self._client = Client(
            session,
            FixedToken(token),
            rest_url=rest_url,
            graphql_url=graphql_url,
            clock=clock,
            identity=self,
            between_writes=between_writes,
        )

    def client(self, installation: int = INSTALLATION) -> Client:
        """Return the one client, whatever the installation."""
        return self._client

    def renew_token(self, installation: int) -> None:
        """Do nothing: nobody here can make another token."""

    async def installations(self) -> Sequence[int]:
        """Return the one id that stands for an installation."""
        return [INSTALLATION]

    async def installation_on(self, repository: str) -> int | None:
        """Return the id that stands for the installation if the token may write to a repository, else None.

        https://docs.github.com/en/rest/repos/repos#get-a-repository
        """
        if repository.casefold() == self.repository.casefold():
            return INSTALLATION
        owner, name = repository.split("/")
        try:
            found = await self._client.getitem("/repos/{owner}/{name}", {"owner": owner, "name": name})
        except Gone:
            return None
        return INSTALLATION if (found.get("permissions") or {}).get("push") else None

    async def survey(self, installation: int) -> Survey:
        """Return what the configuration of the repository contains."""
        return await survey_of(self._client, self.repository)

    async def unfinished(self, installation: int, account: str, labels: Collection[str]) -> Unfinished:
        """Return what the bot may have left unfinished in the repository."""
        return await unfinished_of(self._client, self.repository, labels)


class FixedToken:
    """Credentials that are always the same token; its `repr` does not show it."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def header(self) -> str:
        """Return the `Authorization` header with the token."""
        return f"token {self._token}"

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Return None, so that the request is not sent again: there is no other token."""
        return None

    def permission_missing(self, header: str) -> None:
        """Do nothing: a token keeps the permissions with which it was created."""
