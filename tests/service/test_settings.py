"""Settings from the environment: what is read, what is refused with which cure; no secret ever shows."""

import base64
import hashlib
from pathlib import Path

import pytest

from bot.service.service import proxy_for
from bot.service.settings import EPHEMERAL, VARIABLES, Settings, SettingsError, describe, load


@pytest.fixture
def environment(private_key: str, tmp_path: Path) -> dict[str, str]:
    return {
        "GITHUB_APP_ID": "12",
        "GITHUB_PRIVATE_KEY": private_key,
        "WEBHOOK_SECRET": "present",
        "DATABASE_URL": f"sqlite:///{tmp_path}/jobs.sqlite",
    }


def refusals(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(environment)
    return caught.value.mistakes


def test_the_least_that_must_be_set(environment: dict[str, str]) -> None:
    settings = load(environment)

    assert (settings.app_id, settings.secrets, settings.port) == (12, ("present",), 8000)
    assert settings.graphql_url == "https://api.github.com/graphql"
    assert settings.replica.endswith("-8000")
    assert settings.warnings == ()


def test_all_that_is_missing_is_said_at_once_each_with_what_to_do() -> None:
    mistakes = refusals({"DATABASE_URL": "postgres://db/minutes"})

    assert [mistake.split()[0] for mistake in mistakes] == [
        "GITHUB_APP_ID",
        "WEBHOOK_SECRET",
        "GITHUB_PRIVATE_KEY",
    ]
    assert all("Example:" in mistake or "Set it" in mistake for mistake in mistakes)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GITHUB_APP_ID", "minutes", "not a positive number"),
        ("GITHUB_APP_ID", "-3", "not a positive number"),
        ("GITHUB_APP_ID", "١٢", "not a positive number"),
        ("GITHUB_PRIVATE_KEY", "hunter2", "neither PEM nor base64"),
        ("GITHUB_PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----\nAAAA", "cut short"),
        ("GITHUB_PRIVATE_KEY_FILE", "/nowhere/key.pem", "FileNotFoundError"),
        ("WEBHOOK_SECRET", "  ", "is missing"),
        ("DATABASE_URL", "mysql://db/minutes", "not an address"),
        ("DATABASE_URL", "sqlite://", "not an address"),
        ("DATABASE_URL", "sqlite:///:memory:", "not an address"),
        ("DATABASE_URL", "sqlite:////nowhere/jobs.sqlite", "cannot be written"),
        ("DATABASE_URL", "sqlite:////tmp", "is a folder"),
        ("DATABASE_URL", "postgresql://bot:hunter2@db:port/minutes", "cannot be read"),
        ("DATABASE_URL", "postgresql://bot:hun@ter2@[::1/minutes", "cannot be read"),
        ("GITHUB_REST_URL", "github.example.com", "not an http"),
        ("LOG_FORMAT", "xml", "none of auto, json, text"),
        ("PORT", "70000", "not a port"),
        ("PORT", "web", "not a port"),
        ("LOG_LEVEL", "loud", "none of DEBUG"),
        ("STATUS_TOKEN", "sesame", "could be guessed"),
    ],
)
def test_what_is_wrong_is_refused_alone(
    environment: dict[str, str], name: str, value: str, words: str
) -> None:
    if name == "GITHUB_PRIVATE_KEY_FILE":
        del environment["GITHUB_PRIVATE_KEY"]

    (mistake,) = refusals(environment | {name: value})

    assert mistake.startswith(name)
    assert words in mistake


@pytest.mark.parametrize("form", ["escaped", "base64", "base64 in lines", "file"])
def test_the_forms_of_a_private_key(
    environment: dict[str, str], private_key: str, form: str, tmp_path: Path
) -> None:
    encoded = base64.b64encode(private_key.encode()).decode()
    (tmp_path / "key.pem").write_text(private_key)
    changes = {
        "escaped": {"GITHUB_PRIVATE_KEY": private_key.replace("\n", "\\n")},
        "base64": {"GITHUB_PRIVATE_KEY": encoded},
        "base64 in lines": {"GITHUB_PRIVATE_KEY": "\n".join([encoded[:76], encoded[76:]])},
        "file": {"GITHUB_PRIVATE_KEY": "", "GITHUB_PRIVATE_KEY_FILE": str(tmp_path / "key.pem")},
    }

    assert load(environment | changes[form]).private_key.strip() == private_key.strip()


def test_no_secret_is_ever_shown(environment: dict[str, str], private_key: str) -> None:
    environment |= {
        "WEBHOOK_SECRET": "s3cr3t-one",
        "WEBHOOK_SECRET_PREVIOUS": "s3cr3t-two",
        "DATABASE_URL": "postgres://me:s3cr3t-three@db/minutes",
    }
    settings = load(environment)
    mistakes = refusals(environment | {"PORT": "x", "GITHUB_PRIVATE_KEY": "s3cr3t-four"})

    assert settings.secrets == ("s3cr3t-one", "s3cr3t-two")
    assert "s3cr3t" not in repr(settings) + str(mistakes)
    assert private_key[40:80] not in repr(settings)


def test_an_enterprise_server_has_its_graphql_beside_rest(environment: dict[str, str]) -> None:
    def graphql(rest: str) -> str:
        return load(environment | {"GITHUB_REST_URL": rest}).graphql_url

    assert graphql("https://git.example.com/api/v3/") == "https://git.example.com/api/graphql"
    assert graphql("https://api.hills.ghe.com") == "https://api.hills.ghe.com/graphql"


@pytest.mark.parametrize("given", ["postgres://db/m", "postgresql://db/m", "postgresql+psycopg://db/m"])
def test_the_spellings_of_postgresql(environment: dict[str, str], given: str) -> None:
    assert load(environment | {"DATABASE_URL": given}).database_url == "postgresql://db/m"


@pytest.mark.parametrize("platform", EPHEMERAL)
def test_a_disk_that_does_not_last_is_warned_of(environment: dict[str, str], platform: str) -> None:
    (warning,) = load(environment | {platform: "1"}).warnings

    assert "PostgreSQL" in warning
    assert load(environment | {platform: "1", "DATABASE_URL": "postgres://db/m"}).warnings == ()


def test_each_setting_has_a_variable_and_each_variable_is_described() -> None:
    after = {variable.field for variable in VARIABLES}

    assert after == set(Settings.__dataclass_fields__) - {"warnings"}
    assert all(f"`{variable.name}`" in describe() for variable in VARIABLES)


def test_the_keys_that_hide_private_sources_follow_from_the_secrets(environment: dict[str, str]) -> None:
    settings = load(environment | {"WEBHOOK_SECRET_PREVIOUS": "past"})
    before = load(environment | {"WEBHOOK_SECRET": "past"})

    assert [len(key) for key in settings.keys] == [32, 32]
    assert settings.keys[1:] == before.keys  # the newest first, and the former one is still known
    # other keys would hide the sources of before under other names
    assert settings.keys[0].hex() == hashlib.sha256(b"minutes-bot present").hexdigest()


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"https_proxy": "http://proxy.example:3128"}, "http://proxy.example:3128"),
        ({"https_proxy": "http://proxy.example:3128", "no_proxy": "github.com"}, None),
        ({"http_proxy": "http://proxy.example:3128"}, None),
    ],
)
def test_a_proxy_of_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], proxy: str | None
) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert proxy_for("https://api.github.com") == proxy
