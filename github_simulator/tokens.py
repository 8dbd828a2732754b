"""Authentication: JWTs of apps, installation tokens and user tokens; expiry by the simulated clock."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.types import Options

from github_simulator.errors import ApiError
from github_simulator.state import App, Installation, Repository, User
from github_simulator.world import World

LIFETIME = timedelta(
    hours=1
)  # https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app

UNTIMED: Options = {"verify_iss": False, "verify_exp": False, "verify_iat": False, "verify_nbf": False}
"""Times are checked by the simulated clock; `iss` may be a number (Octokit sends one), PyJWT wants text."""


@dataclass(frozen=True)
class Actor:
    """The user and app of a request. An app's JWT acts for the app alone, on no repository."""

    user: User | None
    app: App | None = None
    installation: Installation | None = None
    permissions: Mapping[str, str] = field(default_factory=dict)
    repositories: frozenset[int] | None = None  # None: all that the installation covers
    is_jwt: bool = False

    @property
    def name(self) -> str:
        """The account whose limits are counted."""
        if self.installation:
            return f"installation {self.installation.id}"
        return self.user.login if self.user else f"app {self.app.slug}" if self.app else "anonymous"

    @property
    def account(self) -> User:
        """The account that acts. ApiError 401 for nobody."""
        if self.user is None:
            raise ApiError(401, "Requires authentication")
        return self.user

    def covers(self, repository: Repository) -> bool:
        """Whether this installation token reaches the repository."""
        return (
            self.installation is not None
            and self.installation.covers(repository)
            and (self.repositories is None or repository.id in self.repositories)
        )


@dataclass(frozen=True)
class Token:
    """An issued token."""

    actor: Actor
    expires_at: datetime | None = None


@cache
def key_for(slug: str) -> tuple[str, str]:
    """Return the keys of an app: made in this process when they are first wanted (it takes a while)."""
    return new_key()


def new_key() -> tuple[str, str]:
    """Make a private and a public RSA key, as PEM text."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


class Tokens:
    """All issued tokens, and the actor of an Authorization header."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._given: dict[str, Token] = {}
        self._of_users: dict[str, str] = {}

    def for_user(self, user: User) -> str:
        """Return the (one, lasting) personal access token of a person."""
        if user.login not in self._of_users:
            token = f"ghp_{secrets.token_hex(18)}"
            self._given[token] = Token(Actor(user))
            self._of_users[user.login] = token
        return self._of_users[user.login]

    def for_installation(
        self,
        installation: Installation,
        permissions: Mapping[str, str] | None = None,
        repositories: frozenset[int] | None = None,
    ) -> tuple[str, Token]:
        """Mint a token for one hour, narrowed to fewer permissions or repositories if asked."""
        granted = {"metadata": "read"} | installation.permissions
        actor = Actor(
            installation.app.bot,
            installation.app,
            installation,
            permissions if permissions is not None else granted,
            repositories,
        )
        token = Token(actor, self._world.now() + LIFETIME)
        text = f"ghs_{secrets.token_hex(18)}"
        self._given[text] = token
        return text, token

    def revoke(self, actor: Actor) -> None:
        """Take back the token of this caller."""
        self._given = {text: token for text, token in self._given.items() if token.actor is not actor}

    def identify(self, authorization: str | None) -> Actor:
        """Return the actor of a header. ApiError 401 for an unknown, expired or wrongly signed token."""
        if not authorization:
            return Actor(None)
        kind, _, text = authorization.partition(" ")
        if kind.lower() not in ("bearer", "token") or not text:
            raise ApiError(401, "Bad credentials")
        if text.count(".") == 2:
            return self._app_of(text.strip())
        token = self._given.get(text.strip())
        if token is None or (token.expires_at and token.expires_at <= self._world.clock.now()):
            raise ApiError(401, "Bad credentials")
        installation = token.actor.installation
        if installation and installation.id not in self._world.installations:
            raise ApiError(401, "Bad credentials")
        if installation and installation.suspended_at:
            raise ApiError(403, "This installation has been suspended")
        return token.actor

    def _app_of(self, text: str) -> Actor:
        """Check a JWT as GitHub does: RS256, iat not ahead, exp at most 10 minutes ahead.

        https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
        """
        try:
            claims = jwt.decode(text, options={"verify_signature": False})
            app = self._issuer(str(claims.get("iss")))
            jwt.decode(text, app.public_key, algorithms=["RS256"], options=UNTIMED)
        except jwt.InvalidTokenError:
            raise ApiError(401, "A JSON web token could not be decoded") from None
        now = self._world.clock.now().timestamp()
        issued, expires = claims.get("iat"), claims.get("exp")
        if not isinstance(issued, int) or issued > now + 60:
            raise ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time that "
                           "the assertion was issued")  # fmt: skip
        if not isinstance(expires, int) or expires <= now:
            raise ApiError(401, "'Expiration time' claim ('exp') must be a numeric value representing the "
                           "future time at which the assertion expires")  # fmt: skip
        if expires > now + 600:
            raise ApiError(401, "'Expiration time' claim ('exp') is too far in the future")
        return Actor(None, app, is_jwt=True)

    def _issuer(self, issuer: str) -> App:
        for app in self._world.apps.values():
            if issuer in (str(app.id), f"Iv1.{app.slug}"):
                return app
        raise ApiError(401, "Integration not found")
