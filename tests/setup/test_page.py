"""The page that registers the App, through real HTTP: the whole way, and all who try it without the right."""

import json
import stat
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.service.settings import load
from bot.setup.credentials import Credentials, NotGiven
from bot.setup.registration import GitHubHost
from bot.setup.store import NoStore, Store, read
from github_simulator import Simulator
from github_simulator.state import App
from tests.setup.conftest import Answer, Visitor, text_of

HOSTILE = "\"><script>alert('x')</script>"


def app_of(github: Simulator) -> App:
    (app,) = github.world.apps.values()
    return app


def secrets_of(github: Simulator) -> tuple[str, ...]:
    app = app_of(github)
    key = app.private_key.split("\n")[1]
    return key, app.webhook_secret


async def test_the_way_ends_with_credentials_stored_and_says_how_to_go_on(
    visitor: Visitor, env_file: Path, github: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = await visitor.get(await visitor.registered())

    assert ended.status == 200
    assert f"{github.url}/apps/hill-minutes/installations/new" in ended.text
    assert f"minutes-bot serve --env-file {env_file}" in ended.text
    assert visitor.setup.done.is_set()
    app = app_of(github)
    settings = load(read(env_file))
    assert (settings.app_id, settings.private_key) == (app.id, app.private_key)
    assert settings.webhook_secret == app.webhook_secret
    assert settings.rest_url == f"{github.url}/api/v3"
    assert mode_of(env_file) == 0o600
    assert app.owner.login == "hill-lab"
    assert app.webhook_url == "http://127.0.0.1:9/webhook"
    shown = "".join(each.text + str(each.headers) for each in visitor.seen) + "".join(capsys.readouterr())
    shown += repr(visitor.setup.credentials)
    for secret in secrets_of(github):
        assert secret not in shown


async def test_without_an_organisation_the_person_owns_it(visitor: Visitor, github: Simulator) -> None:
    await visitor.get(await visitor.registered(organization="", name="Ada minutes"))

    assert app_of(github).owner.login == "ada"


async def test_github_is_asked_for_what_app_yml_says(visitor: Visitor) -> None:
    review = await visitor.reviewed()
    manifest = json.loads(review.form.fields["manifest"])

    assert review.form.action.startswith(
        f"{visitor.github.url}/organizations/hill-lab/settings/apps/new?state="
    )
    assert manifest["redirect_url"] == f"{visitor.setup.base_url}/setup/created"
    assert f"form-action {visitor.github.url};" in review.headers["Content-Security-Policy"]
    assert visitor.setup.token not in review.text


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def write(file: Path, text: str) -> None:
    file.write_text(text)


def is_nothing(answer: Answer) -> bool:
    return answer.status == 404 and "There is nothing here" in answer.text


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=%ff%00", "?tok%C3%A9n=x"])
async def test_without_the_token_there_is_no_page(visitor: Visitor, query: str) -> None:
    assert is_nothing(await visitor.get(f"{visitor.setup.base_url}/setup{query}"))


async def test_without_the_token_the_form_is_not_taken(visitor: Visitor) -> None:
    page = await visitor.get(visitor.setup.address)

    assert is_nothing(await visitor.send(page.form, visitor.setup.address, token="x"))


@pytest.mark.parametrize("state", ["", "wrong", "%ff"])
async def test_a_state_that_was_never_given_is_refused(visitor: Visitor, env_file: Path, state: str) -> None:
    back = await visitor.registered()
    code = parse_qs(urlsplit(back).query)["code"][0]

    assert is_nothing(await visitor.get(f"{visitor.setup.base_url}/setup/created?code={code}&state={state}"))
    assert is_nothing(await visitor.get(f"{visitor.setup.base_url}/setup/created?code={code}"))
    assert not text_of(env_file)


async def test_a_state_is_worth_nothing_after_an_hour(visitor: Visitor, env_file: Path) -> None:
    back = await visitor.registered()
    visitor.github.clock.advance(timedelta(hours=1))

    assert is_nothing(await visitor.get(back))
    assert not text_of(env_file)


async def test_a_state_has_one_use_even_if_the_code_was_wrong(visitor: Visitor, env_file: Path) -> None:
    back = await visitor.registered()
    code = parse_qs(urlsplit(back).query)["code"][0]

    refused = await visitor.get(back.replace(code, "of-another-host"))

    assert refused.status == 502
    assert "GitHub does not know this code" in refused.text
    assert "of-another-host" not in refused.text
    assert is_nothing(await visitor.get(back))
    assert not text_of(env_file)
    assert (await visitor.get(visitor.setup.address)).status == 200, "the form can be sent again"


@pytest.mark.parametrize("code", ["", "../app", "a%2Fb", "x%0d%0ay"])
async def test_what_is_no_code_is_not_asked_of_github(visitor: Visitor, code: str) -> None:
    state = parse_qs(urlsplit(await visitor.registered()).query)["state"][0]

    refused = await visitor.get(f"{visitor.setup.base_url}/setup/created?code={code}&state={state}")

    assert refused.status == 502
    assert not [each for each in visitor.github.pipeline.log if "app-manifests" in each.path]


async def test_the_way_back_has_one_use(visitor: Visitor, env_file: Path) -> None:
    back = await visitor.registered()
    await visitor.get(back)
    stored = text_of(env_file)

    says_what_was_done(await visitor.get(back), f"Its credentials are in {env_file}.")
    assert text_of(env_file) == stored


async def test_after_the_registration_the_page_says_what_was_done(visitor: Visitor, env_file: Path) -> None:
    second = await visitor.registered(name="Second minutes")
    await visitor.get(await visitor.registered())
    where = f"Its credentials are in {env_file}."

    says_what_was_done(await visitor.get(visitor.setup.address), where)
    says_what_was_done(await visitor.send(visitor.seen[0].form, visitor.setup.address), where)
    assert is_nothing(await visitor.get(second))
    assert is_nothing(await visitor.get(f"{visitor.setup.base_url}/setup?token=x"))
    assert is_nothing(await visitor.get(f"{visitor.setup.base_url}/setup/created?state=&code=x"))


def says_what_was_done(shown: Answer, where: str) -> None:
    """Check that an address that was used says what was done, where, and how to go on."""
    assert shown.status == 410
    assert "hill-minutes is registered" in shown.text
    assert where in shown.text
    assert "/apps/hill-minutes/installations/new" in shown.text


async def test_what_only_asks_for_headers_uses_nothing_up(visitor: Visitor, env_file: Path) -> None:
    back = await visitor.registered()

    assert (await visitor._answer("HEAD", back)).status == 405
    await visitor.get(back)
    assert text_of(env_file)


@pytest.mark.parametrize("field", ["name", "url", "organization"])
async def test_what_is_typed_stays_text(visitor: Visitor, field: str) -> None:
    shown = await visitor.reviewed(**{field: HOSTILE})

    assert "<script" not in shown.text
    if field != "name":
        assert (shown.status, shown.form.fields[field]) == (422, HOSTILE)
    else:
        assert json.loads(shown.form.fields["manifest"])["name"] == HOSTILE


async def test_every_answer_keeps_its_address_and_itself_to_itself(visitor: Visitor) -> None:
    await visitor.get(await visitor.registered())
    await visitor.get(visitor.setup.address)
    mine = [each for each in visitor.seen if "no-store" in each.headers.get("Cache-Control", "")]
    mine = [each for each in mine if "nosniff" in each.headers.get("X-Content-Type-Options", "")]

    assert [each.status for each in mine] == [200, 200, 200, 410]
    for each in mine:
        policy = each.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        assert "<script" not in each.text
    policies = [each.headers["Referrer-Policy"] for each in mine]
    # the form to GitHub says from which site it comes; its own address has neither token nor code
    assert policies == ["no-referrer", "strict-origin", "no-referrer", "no-referrer"]


async def test_a_name_that_is_taken_is_asked_again_at_github(visitor: Visitor, env_file: Path) -> None:
    visitor.github.create_app("hill-minutes", permissions={}, events=[])
    review = await visitor.reviewed()
    at_github = await visitor.send(review.form, visitor.setup.address)

    refused = await visitor.send(at_github.form, visitor.github.url)
    assert "Name is already taken" in refused.text
    accepted = await visitor.send(at_github.form, visitor.github.url, name="Hill lab minutes")
    await visitor.get(accepted.leads_to)

    assert text_of(env_file)


class TestWithoutAPlace:
    """Where nothing can be stored the page shows the credentials, once."""

    @pytest.fixture
    def store(self) -> Store:
        return NoStore()

    async def test_they_are_shown_once(self, visitor: Visitor, github: Simulator) -> None:
        back = await visitor.registered()
        shown = await visitor.get(back)

        assert shown.status == 200
        assert f"WEBHOOK_SECRET={app_of(github).webhook_secret}\n" in shown.text
        assert "restart the bot" in shown.text
        assert f"{github.url}/apps/hill-minutes/installations/new" in shown.text
        assert shown.headers["Cache-Control"] == "no-store"
        for used in (back, visitor.setup.address):
            again = await visitor.get(used)
            says_what_was_done(again, "Its credentials were shown once")
            assert app_of(github).webhook_secret not in again.text


async def test_a_file_that_got_credentials_meanwhile_stays_and_they_are_shown(
    visitor: Visitor, env_file: Path, github: Simulator
) -> None:
    back = await visitor.registered()
    write(env_file, "GITHUB_APP_ID=1\n")
    shown = await visitor.get(back)

    assert "has credentials already" in shown.text
    assert app_of(github).webhook_secret in shown.text
    assert text_of(env_file) == "GITHUB_APP_ID=1\n"


@pytest.mark.parametrize(
    "changed", [{"pem": None}, {"webhook_secret": None}, {"webhook_secret": "a\nPORT=1"}, {"id": "x"}]
)
def test_an_answer_without_credentials_is_none(changed: dict[str, object]) -> None:
    answer = {
        "id": 1,
        "pem": "key",
        "webhook_secret": "ab12",
        "slug": "a",
        "html_url": "https://github.com/apps/a",
    }
    Credentials.of(answer, GitHubHost())

    with pytest.raises(NotGiven, match="has no"):
        Credentials.of(
            {key: value for key, value in (answer | changed).items() if value is not None}, GitHubHost()
        )


async def test_github_leads_whoever_installs_the_app_to_the_running_bot(
    visitor: Visitor, github: Simulator
) -> None:
    await visitor.get(await visitor.registered())

    assert app_of(github).setup_url == "http://127.0.0.1:9/installed"


async def test_who_installed_the_app_is_told_what_to_try(visitor: Visitor) -> None:
    for query in ("", "?installation_id=1&setup_action=install", "?installation_id=<script>"):
        shown = await visitor.get(f"{visitor.setup.base_url}/installed{query}")

        assert shown.status == 200
        assert "The minutes bot is installed" in shown.text
        assert "Comment <code>/minutes</code>" in shown.text
        assert "<script" not in shown.text
