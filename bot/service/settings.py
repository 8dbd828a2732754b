"""The operator's settings: one table of environment variables, of which reading, errors and help are made.

Invalid and missing ones prevent the start, with one error that lists them all, each with what to do. Secrets
appear neither in errors nor in a repr.
"""

import base64
import binascii
import hashlib
import os
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from bot.service.log import FORMATS

CREDENTIALS = ("GITHUB_APP_ID", "GITHUB_PRIVATE_KEY", "GITHUB_PRIVATE_KEY_FILE", "WEBHOOK_SECRET")
"""The variables that the registration of the App gives."""


SHORTEST_TOKEN = 16


class SettingsError(Exception):
    """Settings are missing or invalid; the message has a line for each mistake, with what to do."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the service, read from environment variables and checked; see the table VARIABLES."""

    app_id: int
    private_key: str = field(repr=False)  # PEM
    webhook_secret: str = field(repr=False)
    previous_secret: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)  # may contain a password
    rest_url: str = "https://api.github.com"
    graphql_url: str = ""
    host: str = ""
    port: int = 0
    replica: str = ""
    log_level: str = "INFO"
    log_format: str = "auto"
    status_token: str = field(default="", repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The webhook secrets that are valid now: two while the operator replaces one."""
        return tuple(filter(None, (self.webhook_secret, self.previous_secret)))

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The keys, 32 bytes each, that make pseudonyms of private sources; the newest first.

        They are derived from the webhook secrets, so that there is no further secret to keep.
        """
        return tuple(hashlib.sha256(f"minutes-bot {secret}".encode()).digest() for secret in self.secrets)


def load(environment: Mapping[str, str]) -> Settings:
    """Return the settings of the service from these environment variables.

    Raises SettingsError with every mistake found.
    """
    values, mistakes = _read(environment, VARIABLES)
    if values.get("private_key") == "" and "GITHUB_PRIVATE_KEY" not in "".join(mistakes):
        mistakes.append("GITHUB_PRIVATE_KEY is missing. Set it, or GITHUB_PRIVATE_KEY_FILE.")
    if mistakes:
        raise SettingsError(mistakes)
    return _completed(Settings(**values), environment)  # type: ignore[arg-type]  # each reader gives its field's type


def load_without_credentials(environment: Mapping[str, str]) -> Settings:
    """Return the settings with neither App id nor secrets, before the App is registered.

    Raises SettingsError if others are invalid, with every mistake found.
    """
    values, mistakes = _read(environment, [each for each in VARIABLES if each.name not in CREDENTIALS])
    if mistakes:
        raise SettingsError(mistakes)
    values |= {"app_id": 0, "private_key": "", "webhook_secret": ""}
    return _completed(Settings(**values), environment)  # type: ignore[arg-type]  # as above


def load_database_url(environment: Mapping[str, str]) -> str:
    """Return the URL of the queue's database; no other variable is looked at.

    Raises SettingsError if it is invalid.
    """
    values, mistakes = _read(environment, [each for each in VARIABLES if each.field == "database_url"])
    if mistakes:
        raise SettingsError(mistakes)
    return str(values["database_url"])


def _read(
    environment: Mapping[str, str], variables: "Iterable[Variable]"
) -> tuple[dict[str, object], list[str]]:
    """Return the values of the fields, and a sentence for each mistake."""
    values: dict[str, object] = {}
    mistakes = []
    for variable in variables:
        text = environment.get(variable.name, "").strip() or variable.default
        try:
            if text is None:
                raise ValueError("is missing")
            if text or variable.field not in values:
                values[variable.field] = variable.read(text)
        except (ValueError, OSError) as error:
            mistakes.append(f"{variable.name} {error}. {variable.what} Example: {variable.example}")
    return values, mistakes


def _completed(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """Return the settings with defaults that depend on other settings, and with the warnings."""
    rest = settings.rest_url
    # GHES: https://docs.github.com/en/enterprise-server/graphql/guides/forming-calls-with-graphql
    graphql = settings.graphql_url or re.sub(r"(/api)/v3$", r"\1", rest) + "/graphql"
    # two on one machine need two ports, and so get two names
    replica = settings.replica or f"{environment.get('DYNO') or socket.gethostname()}-{settings.port}"
    return replace(settings, graphql_url=graphql, replica=replica, warnings=_warnings(settings, environment))


def _warnings(settings: Settings, environment: Mapping[str, str]) -> tuple[str, ...]:
    if not settings.database_url.startswith("sqlite"):
        return ()
    return tuple(
        f"{platform} throws its disk away at each restart, and the queue in SQLite with it: set DATABASE_URL "
        "to a PostgreSQL database. (What is lost there is looked at again at its next event on GitHub.)"
        for variable, platform in EPHEMERAL.items()
        if variable in environment
    )


EPHEMERAL = {
    "DYNO": "Heroku",
    "K_SERVICE": "Cloud Run",
    "RENDER": "Render (without a disk)",
    "RAILWAY_ENVIRONMENT": "Railway (without a volume)",
    "FLY_APP_NAME": "Fly (without a volume)",
    "KUBERNETES_SERVICE_HOST": "Kubernetes (without a volume)",
}
"""Variables that identify platforms whose disk does not survive a restart."""


def _number(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or not 0 < int(text) < 2**63:
        raise ValueError("is not a positive number")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or int(text) > 65535:
        raise ValueError("is not a port, 0 to 65535")
    return int(text)


def _key(text: str) -> str:
    r"""Return a private key as PEM, given as PEM, as base64 of it, or with line breaks written as `\n`.

    Raises ValueError.
    """
    if not text:
        return ""
    pem = text.replace("\\n", "\n")
    if "-----BEGIN" not in pem:
        try:
            pem = base64.b64decode("".join(pem.split()), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise ValueError("is neither PEM nor base64 of it") from None
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("is not a private key that can be read (cut short, or with a password?)") from None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("is not an RSA key; GitHub makes RSA keys")
    return pem


def _key_file(text: str) -> str:
    if not text:
        return ""
    try:
        return _key(Path(text).expanduser().read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"names a file that cannot be read ({type(error).__name__})") from None


def _database(text: str) -> str:
    """Return the database's URL: of PostgreSQL, or of a SQLite file (absolute path). Raises ValueError."""
    if re.match(r"postgres(ql)?(\+\w+)?://", text):
        url = re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", text)
        try:
            sa.make_url(url)
        except (sa.exc.ArgumentError, ValueError):
            raise ValueError("cannot be read: in user and password @ is %40, : is %3A, / is %2F") from None
        return url
    file = text.removeprefix("sqlite:///")
    if file == text or not file or file == ":memory:":
        raise ValueError("is not an address of PostgreSQL or of a SQLite file")
    path = Path(file).expanduser().absolute()
    if path.is_dir():
        raise ValueError(f"names {path}, which is a folder")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise ValueError(f"names {path}, which cannot be written")
    return f"sqlite:///{path}"


def _address(text: str) -> str:
    if text and (urlsplit(text).scheme not in ("https", "http") or not urlsplit(text).hostname):
        raise ValueError("is not an http or https address")
    return text.rstrip("/")


def _token(text: str) -> str:
    if text and len(text) < SHORTEST_TOKEN:
        raise ValueError(f"has less than {SHORTEST_TOKEN} characters, and could be guessed")
    return text


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        word = next((word for word in words if word.lower() == text.lower()), None)
        if word is None:
            raise ValueError(f"is none of {', '.join(words)}")
        return word

    return read


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable: the setting that it fills, how its text is read, and what it is for.

    `default` is the text to read where it is not set; None: it is required; empty: it may be left out.
    """

    name: str
    field: str
    read: Callable[[str], object]
    what: str
    example: str
    default: str | None = None


VARIABLES = (
    Variable("GITHUB_APP_ID", "app_id", _number, "The App ID from the app's settings page.", "123456"),
    Variable(
        "GITHUB_PRIVATE_KEY",
        "private_key",
        _key,
        "The app's private key (settings page, Generate a private key): PEM, also with \\n, or as base64.",
        "-----BEGIN RSA PRIVATE KEY-----\\n...",
        "",
    ),
    Variable(
        "GITHUB_PRIVATE_KEY_FILE",
        "private_key",
        _key_file,
        "The file that holds the key; this or GITHUB_PRIVATE_KEY must be set.",
        "/run/secrets/minutes-bot.pem",
        "",
    ),
    Variable(
        "WEBHOOK_SECRET",
        "webhook_secret",
        str,
        "The webhook secret from the app's settings page; nothing is accepted without a signature.",
        "the output of `openssl rand -hex 32`",
    ),
    Variable(
        "WEBHOOK_SECRET_PREVIOUS",
        "previous_secret",
        str,
        "The secret before, valid too while you change it.",
        "the former value of WEBHOOK_SECRET",
        "",
    ),
    Variable(
        "DATABASE_URL",
        "database_url",
        _database,
        "Where jobs are kept: a SQLite file on a disk that lasts, or PostgreSQL (for more than one replica).",
        "postgresql://user:password@host/minutes or sqlite:////var/lib/minutes-bot.sqlite",
        "sqlite:///minutes-bot.sqlite",
    ),
    Variable(
        "GITHUB_REST_URL",
        "rest_url",
        _address,
        "GitHub's REST address; another one for GitHub Enterprise Server.",
        "https://github.example.com/api/v3",
        "https://api.github.com",
    ),
    Variable(
        "GITHUB_GRAPHQL_URL",
        "graphql_url",
        _address,
        "GitHub's GraphQL address; follows from GITHUB_REST_URL where it is left out.",
        "https://github.example.com/api/graphql",
        "",
    ),
    Variable("HOST", "host", str, "The address to listen on.", "127.0.0.1", "0.0.0.0"),  # noqa: S104  # hosting platforms connect from outside
    Variable("PORT", "port", _port, "The port to listen on; 0 takes a free one.", "8080", "8000"),
    Variable(
        "REPLICA",
        "replica",
        str,
        "This process's own name, the same after a restart: no two that run may share it. "
        "Follows from host name and port where it is left out.",
        "web.1",
        "",
    ),
    Variable(
        "LOG_LEVEL",
        "log_level",
        _one_of("DEBUG", "INFO", "WARNING", "ERROR"),
        "How much is logged, one line per event.",
        "DEBUG",
        "INFO",
    ),
    Variable(
        "LOG_FORMAT",
        "log_format",
        _one_of(*FORMATS),
        "`text` for people or `json` for programs; `auto` is text on a terminal, and JSON elsewhere.",
        "text",
        "auto",
    ),
    Variable(
        "STATUS_TOKEN",
        "status_token",
        _token,
        "The password of the page at `/status`, which shows jobs and deliveries; there is none without it.",
        "the output of `openssl rand -hex 32`",
        "",
    ),
)
"""All that can be set. The README's table of variables is made from this one (a test compares them)."""


def describe() -> str:
    """Return a table in Markdown that explains every environment variable of the service."""
    rows = [
        (f"`{each.name}`", "required" if each.default is None else each.default, each.what)
        for each in VARIABLES
    ]
    return "\n".join(
        ["| variable | default | what |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)]
    )
