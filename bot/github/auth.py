"""The credentials of requests: the App's JWT, or the access token of an installation, valid for an hour.

Sources: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/
(generating-a-json-web-token-jwt-for-a-github-app, generating-an-installation-access-token-for-a-github-app)
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

import jwt
from cachetools import TLRUCache
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bot.github.errors import BadKey
from bot.model.clock import Clock

BACKDATED = timedelta(seconds=60)  # how far `iat` of a JWT is in the past, as GitHub advises: clocks differ
LIFE = timedelta(minutes=9)  # until `exp` of a JWT; GitHub allows 10, by its own clock
EARLY = timedelta(minutes=10)  # a token is replaced this long before it expires, so none expires in transit
FRESH = timedelta(seconds=5)  # a token younger than this may be unknown to some of GitHub's servers
SOON = timedelta(minutes=1)  # how long a token that lacks a permission is still used, to report that
RETRY_DELAYS = (1.0, 2.0, 4.0)  # seconds before each retry: https://github.com/octokit/auth-app.js/issues/65


class Credentials(Protocol):
    """What authenticates the requests that a client sends to GitHub: the App itself, or an installation."""

    async def header(self) -> str:
        """Return the value of the `Authorization` header for the next request."""
        ...

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Return how many seconds to wait before a request that got 401 is sent again, None to give up.

        `header` is the `Authorization` header that was rejected; `attempt` counts the retries so far, from 0.
        """
        ...

    def permission_missing(self, header: str) -> None:
        """React to a response that reported that the App lacks a permission for the request.

        `header` is the `Authorization` header of that request. An installation may replace its token soon,
        since a token keeps the permissions with which it was created.
        """
        ...


@dataclass(frozen=True, slots=True)
class AppKey:
    """The App's id and private key."""

    app_id: str
    _key: RSAPrivateKey = field(repr=False)

    @classmethod
    def read(cls, app_id: str | int, pem: str) -> "AppKey":
        """Return the key of the App with this id from the PEM text that GitHub offers for download.

        Raises BadKey if it is unusable.
        """
        cure = "generate a new private key on the App's settings page, and give its whole PEM text"
        try:
            key = _key_of(pem)
        except TypeError:
            raise BadKey(f"the private key is encrypted, GitHub's keys are not: {cure}") from None
        except ValueError:
            what = (
                "a public key or a certificate" if "BEGIN" in pem and "PRIVATE" not in pem else "not readable"
            )
            raise BadKey(f"the private key is {what}: {cure}") from None
        if not isinstance(key, RSAPrivateKey):
            raise BadKey(f"the private key is not an RSA key: {cure}")
        return cls(str(app_id), key)

    def jwt(self, now: datetime) -> str:
        """Return a JWT signed with RS256: issued a minute before `now`, valid until 9 minutes after it."""
        claims = {"iat": int((now - BACKDATED).timestamp()), "exp": int((now + LIFE).timestamp())}
        return jwt.encode({**claims, "iss": self.app_id}, self._key, algorithm="RS256")


@lru_cache(1)
def _key_of(pem: str) -> PrivateKeyTypes:
    """Return the private key in a PEM text; the last one is cached, since its check takes some 50 ms.

    Raises TypeError when the key is encrypted, ValueError when the text is not a private key.
    """
    return load_pem_private_key(pem.encode(), password=None)


@dataclass(frozen=True, slots=True)
class Token:
    """The access token of an installation.

    Its `repr`, which may be logged, leaves out the field `text`, the secret token itself.
    """

    text: str = field(repr=False)
    minted_at: datetime
    expires_at: datetime


class Tokens:
    """The tokens of all installations; each is created on first use, and replaced before it expires.

    `mint` takes the id of an installation, and returns a new token from GitHub with the time when it expires.
    """

    def __init__(self, mint: Callable[[int], Awaitable[tuple[str, datetime]]], clock: Clock) -> None:
        self._mint = mint
        self._clock = clock
        self._kept: TLRUCache[int, Token] = TLRUCache(
            maxsize=10_000,
            ttu=lambda _, token, __: (token.expires_at - EARLY).timestamp(),
            timer=lambda: clock.now().timestamp(),
        )
        self._one_at_a_time: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def get(self, installation: int) -> Token:
        """Return a token of an installation, valid for 10 minutes at least; a new one when none is cached.

        Raises what `mint` (see the constructor) raises: Gone when the App was uninstalled.
        """
        async with self._one_at_a_time[installation]:
            token = self._kept.get(installation)
            if token is None:
                text, expires_at = await self._mint(installation)
                token = Token(text, self._clock.now(), expires_at)
                self._kept[installation] = token
            return token

    def forget(self, installation: int, text: str) -> None:
        """Discard the cached token of an installation if it is still `text`, a token that GitHub rejected."""
        token = self._kept.get(installation)
        if token is not None and token.text == text:
            del self._kept[installation]

    def renew(self, installation: int, after: timedelta = timedelta()) -> None:
        """Make `get` return a new token of an installation once the time span `after` from now has passed.

        That is sooner when the present token expires sooner; by default it is at once.
        """
        token = self._kept.get(installation)
        if token is not None:
            until = min(token.expires_at, self._clock.now() + after + EARLY)
            self._kept[installation] = replace(token, expires_at=until)


class AsApp:
    """Credentials of the App itself, for `/app/...`: a new JWT for each request, which is not retried."""

    def __init__(self, key: AppKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    async def header(self) -> str:
        """Return the `Authorization` header with a new JWT."""
        return f"Bearer {self._key.jwt(self._clock.now())}"

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Return None, so that the request is not sent again: another JWT would be rejected, too."""
        return None

    def permission_missing(self, header: str) -> None:
        """Do nothing: each request has a new JWT anyway."""


class AsInstallation:
    """Credentials of an installation: its access token, which is looked up before each request."""

    def __init__(self, tokens: Tokens, installation: int, clock: Clock) -> None:
        self._tokens = tokens
        self._installation = installation
        self._clock = clock

    async def header(self) -> str:
        """Return the `Authorization` header with the installation's token."""
        return f"token {(await self._tokens.get(self._installation)).text}"

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Return how many seconds to wait before a request that got 401 is sent again, None to give up.

        `header` is the `Authorization` header that was rejected; `attempt` counts the retries so far, from 0.
        A token older than 5 seconds is replaced, once, without a wait. A younger one may not have reached all
        of GitHub's servers, so the request is retried after 1, 2 and 4 seconds.
        """
        token = await self._tokens.get(self._installation)
        if header != f"token {token.text}":
            return 0.0 if attempt == 0 else None  # somebody else replaced it meanwhile
        if attempt == 0 and self._clock.now() - token.minted_at > FRESH:
            self._tokens.forget(self._installation, token.text)
            return 0.0
        return RETRY_DELAYS[attempt] if attempt < len(RETRY_DELAYS) else None

    def permission_missing(self, header: str) -> None:
        """Have the installation's token replaced in a minute, since it keeps the permissions it began with.

        `header`, that of the request that lacked a permission, is not needed.
        https://docs.github.com/en/apps/using-github-apps/approving-updated-permissions-for-a-github-app
        """
        self._tokens.renew(self._installation, SOON)
