"""`minutes-bot setup` after the registration: what it says while it waits for the installation."""

from dataclasses import dataclass

import pytest

from bot.cli.look import variables
from bot.cli.setup import wait_for_installation
from bot.setup.credentials import Credentials
from bot.setup.page import Setup
from bot.setup.registration import GitHubHost
from bot.setup.store import NoStore
from tests.paper import NOON


@dataclass
class Seen:
    """What a look at the repositories sees."""

    level: str
    message: str
    check: str = "repositories"
    cure: str = ""


class Clock:
    """A clock that stands."""

    def now(self):
        return NOON


def registered(*later: Seen) -> Setup:
    """Return a set-up whose App is registered, and whose next look sees something."""

    async def look(_: Credentials) -> list[Seen]:
        return [*later]

    host = GitHubHost("https://github.example.org")
    page = Setup(host, NoStore(), Clock(), look=look)
    page.credentials = Credentials(1, "key", "secret", "hill-minutes", "https://github.example.org/x", host)
    return page


async def test_each_look_is_told_until_one_sees_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    page = registered(Seen("error", "never looked at"))
    page.seen.put_nowait([Seen("error", "The archive is empty.", cure="Click Add a README.")])
    page.seen.put_nowait([Seen("warning", "It is not understood."), Seen("ok", "The rest is.")])
    page.seen.put_nowait([Seen("ok", "never told")])

    await wait_for_installation(page, 10)

    shown = capsys.readouterr().out
    told = ("The archive is empty.", "Click Add a README.", "It is not understood.", "The rest is.")
    assert [shown.index(each) for each in told] == sorted(shown.index(each) for each in told)
    assert "never" not in shown


async def test_after_the_wait_it_looks_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    await wait_for_installation(registered(Seen("error", "The App is not installed anywhere.")), 0)

    assert "The App is not installed anywhere." in capsys.readouterr().out


def test_what_another_app_left_in_the_environment_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_PRIVATE_KEY_FILE", "/of/another/app.pem")
    monkeypatch.setenv("GITHUB_GRAPHQL_URL", "https://other.example/graphql")
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    made = registered().credentials
    assert made is not None

    known = variables(made)

    assert not known.keys() & {"GITHUB_PRIVATE_KEY_FILE", "GITHUB_GRAPHQL_URL"}
    assert known["LOG_LEVEL"] == "DEBUG"
    assert known["GITHUB_APP_ID"] == "1"
