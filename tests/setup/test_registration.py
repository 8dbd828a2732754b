"""What GitHub gets to register the App: nothing but app.yml, the name and the address."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner

from bot import manifest
from bot.__main__ import main
from bot.setup.registration import GitHubHost, Registration, is_local

HOST = GitHubHost()
MADE = Registration.of("Hill minutes", "https://minutes.example.org/", "hill-lab", host=HOST)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("github.com", "https://api.github.com"),
        ("https://github.com/", "https://api.github.com"),
        ("hill.ghe.com", "https://api.hill.ghe.com"),
        ("github.example.org", "https://github.example.org/api/v3"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v3"),
    ],
)
def test_each_host_has_its_rest_api(text: str, rest: str) -> None:
    host = GitHubHost.of(text)

    assert host.rest_url == rest
    assert GitHubHost.with_rest(rest) == host


@pytest.mark.parametrize(
    ("host", "organization", "page"),
    [
        ("github.com", "", "https://github.com/settings/apps/new"),
        ("github.com", "hill-lab", "https://github.com/organizations/hill-lab/settings/apps/new"),
        ("ghe.example.org", "hill", "https://ghe.example.org/organizations/hill/settings/apps/new"),
    ],
)
def test_who_owns_the_app_decides_the_page(host: str, organization: str, page: str) -> None:
    assert GitHubHost.of(host).registration_page(organization) == page


@pytest.mark.parametrize(
    ("app", "page"),
    [
        ("https://github.com/apps/hill", "https://github.com/apps/hill/installations/new"),
        ("https://github.com.evil.example/apps/hill", "https://github.com/apps/a%2Fb/installations/new"),
        ("", "https://github.com/apps/a%2Fb/installations/new"),
    ],
)
def test_the_installation_page_is_one_of_the_host(app: str, page: str) -> None:
    assert HOST.installation_page(app, "a/b") == page


def test_the_manifest_is_app_yml_with_name_and_addresses() -> None:
    made, known = MADE.manifest("http://127.0.0.1:8080/setup/created"), manifest.load()

    changed = {name for name in made if made.get(name) != known.get(name)}
    assert changed == {"name", "url", "hook_attributes", "redirect_url", "setup_url"}
    assert made["name"] == "Hill minutes"
    assert made["url"] == "https://minutes.example.org"
    assert made["hook_attributes"] == {"url": "https://minutes.example.org/webhook", "active": True}
    assert made["setup_url"] == "https://minutes.example.org/installed"
    assert made["redirect_url"] == "http://127.0.0.1:8080/setup/created"
    assert known["name"] == "minutes-bot", "what was read stays as it was"


def test_the_link_fills_in_all_fields_of_the_form() -> None:
    link, known = MADE.link(HOST), manifest.load()
    fields = parse_qsl(urlsplit(link).query, strict_parsing=True)

    assert link.startswith("https://github.com/organizations/hill-lab/settings/apps/new?name=Hill%20minutes&")
    assert [value for name, value in fields if name == "events[]"] == known["default_events"]
    assert known["default_permissions"].items() <= dict(fields).items()
    rest = {name: value for name, value in fields if name not in {"events[]", *known["default_permissions"]}}
    assert rest == {
        "name": "Hill minutes",
        "description": known["description"],
        "url": "https://minutes.example.org",
        "setup_url": "https://minutes.example.org/installed",
        "public": "false",
        "webhook_active": "true",
        "webhook_url": "https://minutes.example.org/webhook",
    }


@pytest.mark.parametrize(
    ("name", "url", "organization", "said"),
    [
        ("", "https://a.example", "", "needs a name"),
        ("-_-", "https://a.example", "", "needs a name"),
        ("a\nb", "https://a.example", "", "needs a name"),
        ("a" * 35, "https://a.example", "", "more than 34 characters"),
        ("minutes", "https://a.example", "hill/lab", "The organisation"),
        ("minutes", "https://a.example", "../settings", "The organisation"),
        ("minutes", "", "", "The public URL of the bot is not"),
        ("minutes", "javascript:alert(1)", "", "is not an address"),
        ("minutes", "https://a.example?x=1", "", "is not an address"),
        ("minutes", "https://me:pw@a.example", "", "is not an address"),
        ("minutes", "https://a.example:port", "", "is not an address"),
        ("minutes", 'https://a.example/"><script>', "", "is not an address"),
        ("minutes", "http://localhost:8000", "", "cannot reach"),
        ("minutes", "http://192.168.2.1", "", "cannot reach"),
    ],
)
def test_what_github_would_refuse_is_said_before(name: str, url: str, organization: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Registration.of(name, url, organization, host=HOST)


def test_a_server_of_ones_own_may_reach_private_addresses() -> None:
    made = Registration.of("minutes", "http://10.0.0.7:8000", host=GitHubHost.of("github.example.org"))

    assert is_local(made.bot_url)


def test_the_command_prints_the_link_alone() -> None:
    asked = ["setup", "--link", "--url", "https://minutes.example.org", "--name", "Hill minutes"]
    shown = CliRunner().invoke(main, [*asked, "--organization", "hill-lab"])

    assert shown.exit_code == 0
    assert shown.stdout == MADE.link(HOST) + "\n"
    assert "unique" in shown.stderr


@pytest.mark.parametrize("asked", [["--link"], ["--link", "--url", "nowhere"], ["--host", "a b"]])
def test_the_command_says_in_one_line_what_is_wrong(asked: list[str]) -> None:
    shown = CliRunner().invoke(main, ["setup", *asked])

    assert shown.exit_code == 2
    assert "is not an address such as" in shown.stderr
