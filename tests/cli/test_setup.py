"""`minutes-bot setup` after the registration: what it says while it waits for the installation."""

import pytest

from bot.admin.doctor import permissions
from bot.admin.doctor.finding import Finding, Level
from bot.cli import look
from bot.cli.look import Look, variables
from bot.cli.setup import wait_for_installation
from bot.setup.credentials import Credentials
from bot.setup.registration import GitHubHost

NOT_INSTALLED = Finding(Level.ERROR, permissions.NOT_INSTALLED, check="installations")
NO_REPOSITORY = Finding(Level.ERROR, "It is for no repository.", check="installations")
EMPTY = Finding(Level.ERROR, "The archive is empty.", "Click Add a README.", "repositories")
ODD = Finding(Level.WARNING, "It is not understood.", check="repositories")
GOOD = Finding(Level.OK, "The rest is.", check="repositories")


def seeing(*each_time: list[Finding]) -> Look:
    """Return a look that sees these one after the other."""
    left = iter(each_time)

    async def seen() -> list[Finding]:
        return next(left)

    return seen


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "UNTIL_INSTALLED", 0)
    monkeypatch.setattr(look, "UNTIL_MENDED", 0)


async def test_what_is_new_is_told_once_it_is_installed_until_there_is_no_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sees = seeing([NOT_INSTALLED], [NOT_INSTALLED], [NO_REPOSITORY], [EMPTY], [EMPTY], [ODD, GOOD], [EMPTY])

    await wait_for_installation(sees, 10)

    shown = capsys.readouterr().out
    told = (
        "It is for no repository.",
        "The archive is empty.",
        "Click Add a README.",
        "It is not understood.",
        "The rest is.",
    )
    assert [shown.index(each) for each in told] == sorted(shown.index(each) for each in told)
    assert [shown.count(each) for each in told] == [1] * 5
    assert "not installed" not in shown


async def test_after_the_wait_it_says_that_it_is_not_installed(capsys: pytest.CaptureFixture[str]) -> None:
    await wait_for_installation(seeing([NOT_INSTALLED]), 0)

    assert "The App is not installed anywhere." in capsys.readouterr().out


def test_what_another_app_left_in_the_environment_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_PRIVATE_KEY_FILE", "/of/another/app.pem")
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", "https://other.example/graphql")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    host = GitHubHost("https://github.example.org")
    made = Credentials(1, "key", "secret", "hill-minutes", "https://github.example.org/x", host)

    known = variables(made)

    assert not known.keys() & {"GITHUB_PRIVATE_KEY_FILE", "GITHUB_GRAPHQL_URL"}
    assert known["LOG_LEVEL"] == "DEBUG"
    assert known["GITHUB_APP_ID"] == "1"
