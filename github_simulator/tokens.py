"""Authentication by JWT of an app, installation token or personal access token; the clock is simulated."""

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
"""What PyJWT does not verify: times are checked by the simulated clock, and `iss` may be a number (Octokit's
is), which PyJWT refuses."""


@dataclass(frozen=True)
class Actor:
    """Who sends a request: a person, an app with an installation token, an app with a JWT, or nobody.

    With an installation token, `user` is the app's bot, and `permissions` and `repositories` (ids; None: all
    of the installation) are the token's. With a JWT, `user` is None.
    """

    user: User | None
    app: App | None = None
    installation: Installation | None = None
    permissions: Mapping[str, str] = field(default_factory=dict)
    repositories: frozenset[int] | None = None  # None: all that the installation covers
    is_jwt: bool = False

    @property
    def name(self) -> str:
        """The name of the caller, by which rate limits are counted: for example a login.

        For an app it has the id of its installation, or with a JWT its slug.
        """
        if self.installation:
            return f"installation {self.installation.id}"
        return self.user.login if self.user else f"app {self.app.slug}" if self.app else "anonymous"

    @property
    def account(self) -> User:
        """The account that acts. Raises ApiError 401 if there is none."""
        if self.user is None:
            raise ApiError(401, "Requires authentication")
        return self.user

    def covers(self, repository: Repository) -> bool:
        """Return whether the actor is an app whose installation token is for the repository."""
        return (
            self.installation is not None
            and self.installation.covers(repository)
            and (self.repositories is None or repository.id in self.repositories)
        )


@dataclass(frozen=True)
class Token:
    """An issued token, with the actor who uses it; `expires_at` is None for a person's."""

    actor: Actor
    expires_at: datetime | None = None


@cache
def key_for(slug: str) -> tuple[str, str]:
    """Return the private and the public RSA key of an app by its slug, as PEM.

    They are cached, since creating them is slow.
    """
    return new_key()


def new_key() -> tuple[str, str]:
    """Return a new pair of RSA keys, the private and the public one, as PEM."""
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
    """All issued tokens, by which the sender of a request is identified."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._given: dict[str, Token] = {}
        self._of_users: dict[str, str] = {}

    def for_user(self, user: User) -> str:
        """Return the personal access token of a person: always the same one, without expiry."""
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
        """Create an installation token that is valid for one hour; return its text, and the token itself.

        `permissions` and `repositories` (ids) restrict it; None: all of the installation's.
        """
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
        """Revoke the token with which an actor sent a request."""
        self._given = {text: token for text, token in self._given.items() if token.actor is not actor}

    def identify(self, authorization: str | None) -> Actor:
        """Return who sends a request, by its header `Authorization`; an actor without an account for None.

        Raises ApiError 401 for an unknown, expired or wrongly signed token, 403 for a suspended installation.
        """
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
        """Return the app of a JWT.

        Raises ApiError 401 unless it is signed with RS256, `iat` is at most 60 seconds ahead, and `exp` is in
        the next 10 minutes, as GitHub requires.

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
