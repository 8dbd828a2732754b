"""The credentials of requests: the App's JWT, or the token of an installation, which is valid for an hour.

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

BACKDATED = timedelta(seconds=60)  # GitHub's advice against clocks that differ
LIFE = timedelta(minutes=9)  # GitHub allows 10 minutes into its future; its clock may be behind ours
EARLY = timedelta(minutes=10)  # a token is renewed this long before it expires, so none expires on its way
FRESH = timedelta(seconds=5)  # a token this young may not have reached every server of GitHub
SOON = timedelta(minutes=1)  # how long a token that lacks a permission is still used: for the report of it
RETRY_DELAYS = (1.0, 2.0, 4.0)  # seconds: https://github.com/octokit/auth-app.js/issues/65


class Credentials(Protocol):
    """The credentials of a client's requests."""

    async def header(self) -> str:
        """Return the `Authorization` header of the next request."""
        ...

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Handle a 401 response. Return the seconds to wait before another try, None to give up."""
        ...

    def permission_missing(self, header: str) -> None:
        """Handle a missing permission: a later request gets credentials with the permissions of that time."""
        ...


@dataclass(frozen=True, slots=True)
class AppKey:
    """The App's id and private key. Raises BadKey at once if the key cannot be used."""

    app_id: str
    _key: RSAPrivateKey = field(repr=False)

    @classmethod
    def read(cls, app_id: str | int, pem: str) -> "AppKey":
        """Read the PEM text that GitHub gave for download. Raises BadKey."""
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
        """Sign a JWT for the App: RS256, issued a minute ago, valid for 9 minutes."""
        claims = {"iat": int((now - BACKDATED).timestamp()), "exp": int((now + LIFE).timestamp())}
        return jwt.encode({**claims, "iss": self.app_id}, self._key, algorithm="RS256")


@lru_cache(1)
def _key_of(pem: str) -> PrivateKeyTypes:
    """Load a private key; it is checked, which takes some 50 ms, so the last one is remembered."""
    return load_pem_private_key(pem.encode(), password=None)


@dataclass(frozen=True, slots=True)
class Token:
    """An installation's token. Its text never shows in logs."""

    text: str = field(repr=False)
    minted_at: datetime
    expires_at: datetime


class Tokens:
    """The tokens of all installations; each is created on first use, and renewed before it expires.

    `mint` asks GitHub for a new token of an installation, and returns it with the time at which it expires.
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
        """Return a token that is valid for some minutes. Raises Gone when the App was uninstalled."""
        async with self._one_at_a_time[installation]:
            token = self._kept.get(installation)
            if token is None:
                text, expires_at = await self._mint(installation)
                token = Token(text, self._clock.now(), expires_at)
                self._kept[installation] = token
            return token

    def forget(self, installation: int, text: str) -> None:
        """Discard a token that GitHub rejects, unless it was replaced already."""
        token = self._kept.get(installation)
        if token is not None and token.text == text:
            del self._kept[installation]

    def renew(self, installation: int, after: timedelta = timedelta()) -> None:
        """Let the token of an installation expire `after` this time at most."""
        token = self._kept.get(installation)
        if token is not None:
            until = min(token.expires_at, self._clock.now() + after + EARLY)
            self._kept[installation] = replace(token, expires_at=until)


class AsApp:
    """Requests of the App itself (`/app/...`): a JWT, which is never retried."""

    def __init__(self, key: AppKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    async def header(self) -> str:
        """Sign a JWT."""
        return f"Bearer {self._key.jwt(self._clock.now())}"

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Return None: another JWT would be rejected, too."""
        return None

    def permission_missing(self, header: str) -> None:
        """Do nothing: each request has a JWT of its own."""


class AsInstallation:
    """Requests of an installation, with its token, which is looked up before each request."""

    def __init__(self, tokens: Tokens, installation: int, clock: Clock) -> None:
        self._tokens = tokens
        self._installation = installation
        self._clock = clock

    async def header(self) -> str:
        """Return the installation's token."""
        return f"token {(await self._tokens.get(self._installation)).text}"

    async def rejected(self, header: str, attempt: int) -> float | None:
        """Wait until a fresh token has reached all of GitHub's servers; replace an old one, once."""
        token = await self._tokens.get(self._installation)
        if header != f"token {token.text}":
            return 0.0 if attempt == 0 else None  # somebody else replaced it meanwhile
        if attempt == 0 and self._clock.now() - token.minted_at > FRESH:
            self._tokens.forget(self._installation, token.text)
            return 0.0
        return RETRY_DELAYS[attempt] if attempt < len(RETRY_DELAYS) else None

    def permission_missing(self, header: str) -> None:
        """Renew the token soon: it keeps the permissions with which it was created.

        https://docs.github.com/en/apps/using-github-apps/approving-updated-permissions-for-a-github-app
        """
        self._tokens.renew(self._installation, SOON)
